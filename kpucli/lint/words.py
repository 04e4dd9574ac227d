"""The words of a passage, found once for all rules that look at words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

# No part of an address, a tag, a code or a number; hyphens and apostrophes hold words together.
_WORD = re.compile(
    r"(?<![\w@#\\&.:'’\ufffc-])[^\W\d_]{2,60}(?:['’][^\W\d_]+)*(?:-[^\W\d_]+){0,3}"
    r"(?![\w@\\\ufffc-]|['’]\w|\.\w)"
)


class Word(NamedTuple):
    """A word at `text[start:end]` of its passage."""

    start: int
    end: int
    text: str


PhraseIndex = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


def read_words(text: str) -> list[Word]:
    """The words of a text in order, without the parts of paths such as /etc/hosts."""
    words = [Word(*match.span(), match[0]) for match in _WORD.finditer(text)]
    if " /" in text or "\n/" in text:
        return [word for word in words if not _is_in_path(text, word.start)]
    return words


def _is_in_path(text: str, position: int) -> bool:
    begin = max(text.rfind(blank, 0, position) for blank in " \n\t\u00a0(“") + 1
    return text.startswith("/", begin)


def follow(text: str, one: Word, other: Word) -> bool:
    """Whether nothing but blanks, or one line break, stands between two words."""
    gap = text[one.end : other.start]
    return gap.isspace() and gap.count("\n") <= 1


def index_phrases(phrases: Iterable[str]) -> PhraseIndex:
    """Phrases of several words by their first, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        first, *rest = phrase.split()
        index.setdefault(first, []).append((tuple(rest), phrase))
    return index


def find_phrases(
    text: str, words: Sequence[Word], index: PhraseIndex
) -> Iterator[tuple[int, int, str]]:
    """The phrases in a text, with the places of their first and last word among its words."""
    for place, word in enumerate(words):
        found = index.get(word.text.lower())
        if not found:
            continue
        for rest, phrase in found:
            if _continues(text, words, place, rest):
                yield place, place + len(rest), phrase
                break


def _continues(text: str, words: Sequence[Word], place: int, rest: Sequence[str]) -> bool:
    if place + len(rest) >= len(words):
        return False
    for offset, wanted in enumerate(rest, place + 1):
        if words[offset].text.lower() != wanted:
            return False
        if not follow(text, words[offset - 1], words[offset]):
            return False
    return True
