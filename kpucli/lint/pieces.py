"""What stands between the blanks of a text, and patterns that are looked for in that.

An office writes the same few thousand pieces ("rapat", "terbuka,”") over and over. What is found
in a piece, words and matches of patterns, is remembered for the next text that has it, so that
many patterns together cost hardly more than one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import Any

PATTERNS: list[PiecePattern] = []

_ANY = " "  # no piece has it: for patterns that any piece may match
_BY_CHARACTER: defaultdict[str, list[PiecePattern]] = defaultdict(list)
_MOST_REMEMBERED = 2**15  # pieces, some 15 MB
_BLANK = re.compile(r"\s")
# No part of an address, a tag, a code or a number; hyphens and apostrophes hold words together.
WORD = re.compile(
    r"(?<![\w@#\\&.:'’\ufffc-])[^\W\d_]{2,60}(?:['’][^\W\d_]+)*(?:-[^\W\d_]+){0,3}"
    r"(?![\w@\\\ufffc-]|['’]\w|\.\w)"
)


class PiecePattern:
    """A pattern whose matches have no blanks in them; made once, in a module.

    Whether it matches must not hang on which blanks stand before and behind a piece, nor on what
    is beyond them. What it captures may. `among` are characters of which each match has one:
    pieces without them need not be looked at.
    """

    def __init__(self, pattern: str, flags: int = 0, *, among: str = "") -> None:
        self.pattern = re.compile(pattern, flags)
        PATTERNS.append(self)
        for character in among or _ANY:
            _BY_CHARACTER[character].append(self)
        _REMEMBERED.forget()

    def is_in(
        self, pieces: Pieces, start: int = 0, end: int | None = None, *, fewest: int = 1
    ) -> bool:
        """Whether one match, or more, begin in a text, or in a stretch of it."""
        places = pieces.places.get(self)
        if places is None:
            return False
        index = bisect_left(places, start) + fewest - 1
        return index < len(places) and (end is None or places[index] < end)

    def find(
        self, pieces: Pieces, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """The matches that begin in a text, or in a stretch of it, in order."""
        places = pieces.places.get(self, ())
        for index in range(bisect_left(places, start), len(places)):
            if end is not None and places[index] >= end:
                return
            match = self.pattern.match(pieces.text, places[index])
            if match is not None:  # always, but a type checker cannot know
                yield match

    def find_longer(
        self, pattern: re.Pattern[str], pieces: Pieces, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """The matches of a pattern with blanks in it that begin where this one matches, in order.

        They do not overlap, and end where the stretch ends.
        """
        for match in self.find(pieces, start, end):
            if match.start() >= start:
                longer = pattern.match(pieces.text, match.start(), end or len(pieces.text))
                if longer is not None:
                    start = longer.end()
                    yield longer


class Piece:
    """One piece: where which patterns match, and its words.

    Of each word it has the place, the word as written and in small letters. `doubts` is where
    `kpucli.lint.suspects` notes what it thinks of the words.
    """

    __slots__ = ("doubts", "offsets", "places", "smalls", "words")

    def __init__(self, text: str) -> None:
        found = list(WORD.finditer(text))
        self.offsets = tuple(match.start() for match in found)
        self.words = tuple(match[0] for match in found)
        smalls = tuple(map(str.lower, self.words))
        self.smalls = self.words if self.words == smalls else smalls
        self.doubts: tuple[tuple[int, tuple[Any, ...]], ...] | None = None
        likely = {
            pattern
            for character in {_ANY, *text} & _BY_CHARACTER.keys()
            for pattern in _BY_CHARACTER[character]
        }
        self.places = tuple(
            (pattern, match.start())
            for pattern in likely
            if pattern.pattern.search(text)
            for match in pattern.pattern.finditer(text)
        )


class _Remembered(dict[str, Piece]):
    """Pieces by their text; those that did not come again for long are forgotten.

    A plain table, because the order that a cache keeps of what was used last costs more than all
    else that is done with a piece.
    """

    def __init__(self) -> None:
        super().__init__()
        self._older: dict[str, Piece] = {}

    def __missing__(self, text: str) -> Piece:
        if len(self) >= _MOST_REMEMBERED:
            self._older = dict(self)
            self.clear()
        piece = self[text] = self._older.get(text) or Piece(text)
        return piece

    def forget(self) -> None:
        """Forget everything."""
        self._older = {}
        self.clear()


_REMEMBERED = _Remembered()


class Pieces:
    """The pieces of a text in order; `has_odd_blanks` tells of tabs, no-break spaces or such."""

    def __init__(self, text: str) -> None:
        self.text = text
        spaced = text.replace("\n", " ")
        self.has_odd_blanks = not spaced.isprintable()  # no other blank is
        if self.has_odd_blanks:
            spaced = _BLANK.sub(" ", spaced)
        self._texts = spaced.split(" ")
        self.all = [_REMEMBERED[piece] for piece in self._texts]

    @cached_property
    def _lengths(self) -> list[int]:
        """How many characters, blanks not counted, stand before each piece."""
        return [*accumulate(map(len, self._texts), initial=0)]

    def start(self, number: int) -> int:
        """Where the piece with this number begins in the text."""
        return self._lengths[number] + number

    @cached_property
    def starts(self) -> list[int]:
        """Where each piece begins in the text."""
        return [number + length for number, length in enumerate(self._lengths[:-1])]

    @cached_property
    def places(self) -> dict[PiecePattern, list[int]]:
        """Where each pattern matches, in order; those that do not are not there."""
        found: defaultdict[PiecePattern, list[int]] = defaultdict(list)
        for index, piece in enumerate(self.all):
            if piece.places:
                start = self._lengths[index] + index
                for pattern, place in piece.places:
                    found[pattern].append(start + place)
        return dict(found)
