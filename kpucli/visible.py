"""Text without what cannot be seen: it comes along when people paste, and no reader wants it."""

from __future__ import annotations

import re

# What an arrow key types where lines cannot be edited, and what colours a terminal.
_TERMINAL_COMMAND = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
# Controls but tab and line ends, the soft hyphen, zero-width and direction marks, tag characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\U000e0000-\U000e007f]"
)


def drop_invisible(text: str) -> str:
    """The text without invisible characters; blanks, tabs and line ends stay."""
    return _INVISIBLE.sub("", _TERMINAL_COMMAND.sub("", text))


def clean_line(text: str) -> str:
    """The text on one line, with single blanks and nothing invisible."""
    return " ".join(drop_invisible(text).split())
