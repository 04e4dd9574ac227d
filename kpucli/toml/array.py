"""Editing an array as it is written: items come and go, layout and comments stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kpucli.toml.layout import PIECE

_COMMENT_BEHIND = re.compile(r"(?:[ \t]*#[^\r\n]*)?")
_LAST_LINE = re.compile(r"(?:\r?\n)?[ \t]*\Z")
_DEFAULT_INDENT = "    "


@dataclass(slots=True)
class _Item:
    """One item: what stands before it, itself, what is between it and its comma, what is behind.

    `before` has line ends, indentation, and comments on lines of their own; `behind` a comment on
    the same line.
    """

    before: str
    text: str
    gap: str = ""
    behind: str = ""


@dataclass(slots=True)
class _Array:
    opening: str
    items: list[_Item]
    tail: str
    has_last_comma: bool

    def __str__(self) -> str:
        last = len(self.items) - 1
        written = (
            item.before
            + item.text
            + item.gap
            + ("," if index < last or self.has_last_comma else "")
            + item.behind
            for index, item in enumerate(self.items)
        )
        return self.opening + "".join(written) + self.tail + "]"

    @property
    def line_end(self) -> str:
        """What ends the array's lines; "" if it has only one."""
        spaces = "".join([*(item.before + item.gap for item in self.items), self.tail])
        return "\r\n" if "\r\n" in spaces else "\n" if "\n" in spaces else ""

    def remove(self, index: int) -> None:
        """Take an item out, with the comment behind it; comments above it stay."""
        line_end = self.line_end
        item = self.items.pop(index)
        comments = _LAST_LINE.sub("", item.before)
        if index < len(self.items):
            following = self.items[index]
            if "\n" in following.before:
                following.before = comments + following.before
            else:
                following.before = item.before
            return
        hanging = self.items[-1].behind if self.items else self.opening[1:]
        if (comments or hanging) and "\n" not in self.tail:
            self.tail = line_end + self.tail  # else the bracket would be part of a comment
        self.tail = comments + self.tail

    def insert(self, index: int, text: str) -> None:
        """Put an item in, laid out as its neighbours are."""
        if index:
            before = _last_line(self.items[index - 1].before) or " "
            if self.items[index - 1].behind and "\n" not in before:
                before = self.line_end + _DEFAULT_INDENT
        elif self.items:
            before = _last_line(self.items[0].before)
            if "\n" not in before:
                self.items[0].before = " "
        else:
            self.has_last_comma = bool(self.line_end)
            before = self.line_end + _DEFAULT_INDENT if self.line_end else ""
        self.items.insert(index, _Item(before, text))


def edit_array(source: str, old: Sequence[str], new: Sequence[str]) -> str:
    """The array written in `source`, whose items are `old`, with the items `new`."""
    array = _read_array(source)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, start, stop, first, last in reversed(steps):  # so that places before stay right
        if kind == "equal":
            continue
        kept = min(stop - start, last - first)
        for index in range(kept):
            array.items[start + index].text = new[first + index]
        for index in reversed(range(start + kept, stop)):
            array.remove(index)
        for index in range(kept, last - first):
            array.insert(start + index, new[first + index])
    return str(array)


def _last_line(before: str) -> str:
    """The line end and the indentation of an item, without the comments above it."""
    match = _LAST_LINE.search(before)
    return match.group() if match else ""


def _read_array(source: str) -> _Array:
    position = _behind(source, 1)
    array = _Array(source[:position], [], "", has_last_comma=False)
    for start, stop, comma in _find_items(source, position):
        array.has_last_comma = comma is not None
        after = stop if comma is None else comma + 1
        behind = _behind(source, after)
        item = _Item(source[position:start], source[start:stop], source[stop : comma or stop])
        item.behind = source[after:behind]
        array.items.append(item)
        position = behind
    array.tail = source[position:-1]
    return array


def _find_items(source: str, position: int) -> Iterator[tuple[int, int, int | None]]:
    """Start and end of each item, and the place of its comma, if it has one."""
    depth, start, stop = 0, -1, -1
    for match in PIECE.finditer(source, position, len(source) - 1):
        piece = match.group()
        if depth == 0 and piece == ",":
            yield start, stop, match.start()
            start = -1
        elif depth or not (piece == "\n" or piece.startswith("#")):
            depth += (piece in "[{") - (piece in "]}")
            start, stop = match.start() if start < 0 else start, match.end()
    if start >= 0:
        yield start, stop, None


def _behind(source: str, position: int) -> int:
    """Where a comment on the same line ends, if there is one."""
    match = _COMMENT_BEHIND.match(source, position)
    return match.end() if match else position
