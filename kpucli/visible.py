"""Text without what cannot be seen, or may not be shown.

It comes along when people paste, and no reader wants it.
"""

from __future__ import annotations

import re

# What an arrow key types where lines cannot be edited, and what colours a terminal.
_TERMINAL_COMMAND = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
# Controls but tab and line ends, the soft hyphen, zero-width and direction marks, tag characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\U000e0000-\U000e007f]"
)
# What no HTML (13.2.3.5) or XML (2.2) may hold, however it is written; ESC is among it.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def drop_invisible(text: str) -> str:
    """The text without invisible characters; blanks, tabs and line ends stay."""
    return _INVISIBLE.sub("", _TERMINAL_COMMAND.sub("", text))


def drop_forbidden(text: str) -> str:
    """The text without the characters that no page or feed may hold."""
    return _FORBIDDEN.sub("", text)


def clean_line(text: str) -> str:
    """The text on one line, with single blanks and nothing invisible."""
    return " ".join(drop_invisible(text).split())
