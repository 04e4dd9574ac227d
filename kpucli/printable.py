"""Text and numbers made fit to be shown."""

from __future__ import annotations

import re
from typing import Any

# Control characters (ESC among them), and characters that turn text around or hide in it.
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff]"
)


def printable(text: str) -> str:
    r"""One line of text, with what could command a terminal shown as an escape such as `\x1b`.

    rich passes ESC through, even in `Text`; so whatever came from a file goes through here.
    """
    return _HARMFUL.sub(lambda match: ascii(match.group())[1:-1], text)


def group_thousands(number: int) -> str:
    """A count as Indonesian writes it: 1.234.567."""
    return f"{number:,}".replace(",", ".")


def defuse_cell(cell: Any) -> Any:
    """A cell for CSV: a text that a spreadsheet would run gets an apostrophe in front (OWASP)."""
    if not isinstance(cell, str):
        return cell
    text = printable(cell)
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text
