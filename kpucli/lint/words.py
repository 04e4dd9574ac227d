"""The words of a passage, found once for all rules that look at words.

Most texts have few of the words that a rule looks for: words are kept by their form too, so that
a table of a thousand words costs no more than the words that the text shares with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

# No part of an address, a tag, a code or a number; hyphens and apostrophes hold words together.
_WORD = re.compile(
    r"(?<![\w@#\\&.:'’\ufffc-])[^\W\d_]{2,60}(?:['’][^\W\d_]+)*(?:-[^\W\d_]+){0,3}"
    r"(?![\w@\\\ufffc-]|['’]\w|\.\w)"
)

PhraseIndex = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


class Words:
    """The words of a text in order: `matches[i]` is where the word at place `i` stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = _WORD.finditer(text)
        if " /" in text or "\n/" in text:
            found = (match for match in found if not _is_in_path(text, match.start()))
        self.matches = list(found)

    @cached_property
    def by_text(self) -> dict[str, list[int]]:
        """The places of each word, as it is written."""
        places: dict[str, list[int]] = {}
        for place, match in enumerate(self.matches):
            places.setdefault(match[0], []).append(place)
        return places

    @cached_property
    def by_small(self) -> dict[str, list[int]]:
        """The places of each word in small letters, in no order."""
        places: dict[str, list[int]] = {}
        for text, some in self.by_text.items():
            places.setdefault(text.lower(), []).extend(some)
        return places

    def find(self, words: Set[str]) -> list[int]:
        """The places of words that are in a set of small words, in order."""
        shared = self.by_small.keys() & words
        return sorted(place for word in shared for place in self.by_small[word])

    def small(self, place: int) -> str:
        """A word in small letters."""
        return self.matches[place][0].lower()

    def follows(self, place: int) -> bool:
        """Whether only blanks, or one line break, stand between a word and the one before it."""
        if not 0 < place < len(self.matches):
            return False
        gap = self.text[self.matches[place - 1].end() : self.matches[place].start()]
        return gap.isspace() and gap.count("\n") <= 1

    def find_phrases(self, index: PhraseIndex) -> Iterator[tuple[int, int, str]]:
        """The phrases in the text, with the places of their first and last word, in order."""
        for place in self.find(index.keys()):
            for rest, phrase in index[self.small(place)]:
                if self._continues(place, rest):
                    yield place, place + len(rest), phrase
                    break

    def _continues(self, place: int, rest: Sequence[str]) -> bool:
        if place + len(rest) >= len(self.matches):
            return False
        return all(
            self.small(next_place) == wanted and self.follows(next_place)
            for next_place, wanted in enumerate(rest, place + 1)
        )


def _is_in_path(text: str, position: int) -> bool:
    """Whether what stands here without blanks begins with a slash: /etc/hosts."""
    begin = max(text.rfind(blank, 0, position) for blank in " \n\t\u00a0(“") + 1
    return text.startswith("/", begin)


def index_phrases(phrases: Iterable[str]) -> PhraseIndex:
    """Phrases of several words by their first, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        first, *rest = phrase.split()
        index.setdefault(first, []).append((tuple(rest), phrase))
    return index
