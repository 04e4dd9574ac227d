"""The strings and comments of front matter, with the place of every character.

The text is known to be sound TOML, so that reading it again for places can be simple.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_TOKEN = re.compile(
    r'''
    (?P<comment>\#[^\r\n]*)
    | (?P<string>"""(?:[^\\]|\\.)*?"{3,5} | \'\'\'.*?\'{3,5} | "(?:[^"\\\n]|\\.)*" | \'[^\'\n]*\')
    | (?P<word>[A-Za-z0-9_-]+)
    | (?P<equals>=)
    ''',
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([ \t]*\r?\n\s*)|(.))", re.DOTALL
)
_SHORT_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


class FieldString(NamedTuple):
    """One string of the front matter.

    `key` is the nearest name before it (`alt` for `image = { alt = "…" }`); `start` and `end`
    enclose the quotes; `places` has the offset of each character of `value`, and of its end.
    """

    key: str
    start: int
    end: int
    value: str
    places: Sequence[int]

    def is_escape(self, index: int) -> bool:
        r"""Whether a character is written as an escape such as `\u202e`."""
        return self.places[index + 1] - self.places[index] > 1


@dataclass(frozen=True, slots=True)
class FrontMatterText:
    """What stands in front matter: its string values and its comments (start, end)."""

    strings: tuple[FieldString, ...]
    comments: tuple[tuple[int, int], ...]


def read_strings(source: str, start: int, end: int) -> FrontMatterText:
    """The string values and comments of the TOML at `source[start:end]`."""
    strings: list[FieldString] = []
    comments: list[tuple[int, int]] = []
    key = last = ""
    last_is_string = False
    for match in _TOKEN.finditer(source, start, end):
        kind, token = match.lastgroup, match.group()
        if kind == "equals":
            key = last
            if last_is_string:
                strings.pop()  # it was a quoted name
        elif kind == "comment":
            comments.append(match.span())
        elif kind == "string":
            strings.append(_decode(token, key, match.start()))
            last = strings[-1].value
        else:
            last = token
        last_is_string = kind == "string"
    return FrontMatterText(tuple(strings), tuple(comments))


def _decode(token: str, key: str, start: int) -> FieldString:
    quotes = 3 if token.startswith(('"""', "'''")) else 1
    inner_end = len(token) - quotes
    position = quotes
    if quotes == 3:  # a line break right after the opening does not count
        position += len(token[3:5]) if token[3:5] == "\r\n" else token[3:4] == "\n"
    if token[0] == "'" or "\\" not in token:
        value = token[position:inner_end]
        places: Sequence[int] = range(start + position, start + inner_end + 1)
    else:
        pairs = list(_characters(token, position, inner_end))
        value = "".join(character for character, _place in pairs)
        places = (*(start + place for _character, place in pairs), start + inner_end)
    return FieldString(key, start, start + len(token), value, places)


def _characters(token: str, position: int, end: int) -> Iterator[tuple[str, int]]:
    """Each character that a basic string means, with the place where it is written."""
    while position < end:
        escape = _ESCAPE.match(token, position) if token[position] == "\\" else None
        if escape is None:
            yield token[position], position
            position += 1
            continue
        digits = escape[1] or escape[2] or escape[3]
        if digits:
            yield chr(int(digits, 16)), position
        elif escape[5]:
            yield _SHORT_ESCAPES.get(escape[5], escape[5]), position
        position = escape.end()
