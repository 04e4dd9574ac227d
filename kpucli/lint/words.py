"""The words of a passage, found once for all rules that look at words.

Most texts have few of the words that a rule looks for: which words there are is known before
where they stand, so that a table of a thousand words costs no more than the words that the text
shares with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from kpucli.lint.pieces import WORD, Pieces

_GAP = re.compile(r"(?=\s)[^\S\n]*\n?[^\S\n]*")

_OFFSETS, _WORDS, _SMALLS = map(attrgetter, ("offsets", "words", "smalls"))

T = TypeVar("T")
PhraseIndex = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


class Words:
    """The words of a text; each has a number, its place."""

    def __init__(self, pieces: Pieces) -> None:
        self.text = pieces.text
        self._pieces = pieces

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words in small letters."""
        return frozenset(self.smalls)

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins."""
        places = zip(self._pieces.starts, map(_OFFSETS, self._pieces.all), strict=True)
        return self._outside_paths([start + place for start, some in places for place in some])

    @cached_property
    def texts(self) -> list[str]:
        """Each word as it is written."""
        return self._outside_paths([*chain.from_iterable(map(_WORDS, self._pieces.all))])

    @cached_property
    def smalls(self) -> list[str]:
        """Each word in small letters."""
        return self._outside_paths([*chain.from_iterable(map(_SMALLS, self._pieces.all))])

    def _outside_paths(self, items: list[T]) -> list[T]:
        """What is known of all words, without those that stand in paths."""
        if not self._may_have_paths:
            return items
        places = zip(self._pieces.starts, map(_OFFSETS, self._pieces.all), strict=True)
        starts = (start + place for start, some in places for place in some)
        return [
            item for item, start in zip(items, starts, strict=True) if not self._is_in_path(start)
        ]

    @cached_property
    def _may_have_paths(self) -> bool:
        return " /" in self.text or "\n/" in self.text

    def is_in_path(self, position: int) -> bool:
        """Whether what stands here without blanks begins with a slash: /etc/hosts."""
        return self._may_have_paths and self._is_in_path(position)

    def _is_in_path(self, position: int) -> bool:
        begin = max(self.text.rfind(blank, 0, position) for blank in " \n\t\u00a0(“") + 1
        return self.text.startswith("/", begin)

    def find(self, words: Set[str]) -> list[int]:
        """The places of words that are in a set of small words, in order."""
        shared = self.vocabulary & words
        if not shared:
            return []
        return [place for place, small in enumerate(self.smalls) if small in shared]

    def span(self, place: int) -> tuple[int, int]:
        """Where a word begins and ends."""
        start = self.starts[place]
        return start, start + len(self.texts[place])

    def follows(self, place: int) -> bool:
        """Whether only blanks, or one line break, stand between a word and the one before it."""
        if not 0 < place < len(self.texts):
            return False
        gap = self.text[self.span(place - 1)[1] : self.starts[place]]
        return gap.isspace() and gap.count("\n") <= 1

    def find_phrases(self, index: PhraseIndex) -> Iterator[tuple[int, int, str]]:
        """The phrases in the text with where they begin and end, in order."""
        likely = {
            word
            for word in self.vocabulary & index.keys()
            if any(rest[0] in self.vocabulary for rest, _phrase in index[word])
        }
        for place in self.find(likely):
            start = self.starts[place]
            found = self.match_phrase(start, index)
            if found is not None:
                yield start, *found

    def match_phrase(self, start: int, index: PhraseIndex) -> tuple[int, str] | None:
        """The phrase that begins with the word here, and where it ends."""
        first = WORD.match(self.text, start)
        if first is None:
            return None
        for rest, phrase in index.get(first[0].lower(), ()):
            end = self._match_words(first.end(), rest)
            if end is not None:
                return end, phrase
        return None

    def _match_words(self, position: int, words: Sequence[str]) -> int | None:
        """Where some words end, if they follow here with nothing but blanks between them."""
        for wanted in words:
            gap = _GAP.match(self.text, position)
            word = WORD.match(self.text, gap.end()) if gap else None
            if word is None or word[0].lower() != wanted or self.is_in_path(word.start()):
                return None
            position = word.end()
        return position


def index_phrases(phrases: Iterable[str]) -> PhraseIndex:
    """Phrases of several words by their first, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        first, *rest = phrase.split()
        index.setdefault(first, []).append((tuple(rest), phrase))
    return index
