"""Where the parts of TOML text stand: statement by statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import tomli

PIECE = re.compile(
    r"""
      "{3}(?:[^\\]|\\.)*?"{3,5} | '{3}.*?'{3,5}  # strings over several lines
    | "(?:[^"\\\n]|\\.)*" | '[^'\n]*'
    | \#[^\r\n]*                                 # a comment
    | [\[\]{},=\n]
    | [^\s\[\]{},=\#"']+                         # numbers, dates, bare names
    """,
    re.VERBOSE | re.DOTALL,
)
_BARE = re.compile(r"[ \t]*([A-Za-z0-9_-]+)[ \t]*=0")
_BRACKETS = re.compile(r"[ \t]*\[{1,2}[ \t]*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A key with its value, or a table's header.

    `path` is the whole name, with the table it stands in; `start` and `end` take in whole lines;
    `value` is the place of the value without a comment behind it, of a header its name.
    """

    path: tuple[str, ...]
    start: int
    end: int
    value: tuple[int, int]
    is_header: bool


def read_statements(text: str) -> Iterator[Statement]:
    """The statements of sound TOML, in its order."""
    table: tuple[str, ...] = ()
    for lines in split_statements(text):
        start, stop = lines.start, lines.start + len(text[lines.start : lines.stop].rstrip())
        if start == stop:
            continue
        brackets = _BRACKETS.match(text, start, stop)
        if brackets:
            table = path = _read_path(text[start:stop])
            name = text[brackets.end() : stop].rstrip("]").rstrip()
            value = (brackets.end(), brackets.end() + len(name))
        else:
            path = (*table, *_read_path(f"{text[start : lines.equals]}0"))
            value = (stop - len(text[lines.equals : stop].lstrip()), stop)
        yield Statement(path, start, lines.end, value, is_header=bool(brackets))


class Lines(NamedTuple):
    """The whole lines of a statement, a comment, or nothing.

    `equals` is behind the first equals sign, `stop` before a comment that is not in a value.
    """

    start: int
    end: int
    equals: int
    stop: int


def split_statements(text: str) -> Iterator[Lines]:
    """The lines of each statement, each comment and each blank line.

    Also for text that is not sound: what is never closed goes on to the end.
    """
    start = depth = 0
    equals = comment = -1
    for match in PIECE.finditer(text):
        piece = match[0]
        if piece == "\n" and depth <= 0:
            yield Lines(start, match.end(), equals, match.start() if comment < 0 else comment)
            start, depth, equals, comment = match.end(), 0, -1, -1
        elif piece == "=" and equals < 0:
            equals = match.end()
        elif piece[0] == "#" and depth <= 0:
            comment = match.start()
        else:
            depth += (piece in "[{") - (piece in "]}")
    if start < len(text):
        yield Lines(start, len(text), equals, len(text) if comment < 0 else comment)


def _read_path(source: str) -> tuple[str, ...]:
    """The name in a header, or before an equals sign."""
    bare = _BARE.fullmatch(source)
    if bare:
        return (bare[1],)
    path: list[str] = []
    table: Any = tomli.loads(source)
    while table:
        if isinstance(table, list):
            table = table[0]
        else:
            name, table = next(iter(table.items()))
            path.append(name)
    return tuple(path)
