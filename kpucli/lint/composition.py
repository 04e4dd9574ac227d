"""Paragraphs and sentences of an article's prose, with the place of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from kpucli.lint.prose import FILLER
from kpucli.sentences import Sentence, find_sentences

_MARKER = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+|>[ \t]?|[a-z][.)][ \t]+)+")
# Possessive: a line of thousands of blanks is looked through once.
_NO_PROSE = re.compile(r"[ \t]*+(?:#{1,6}[ \t]|\||!?\[[^\]\n]*\]\ufffc*\s*\Z|[-=*_ ]++\s*\Z)")
_WORD = re.compile(r"[^\W_]")
_start_of = attrgetter("start")


class Paragraph(NamedTuple):
    """A stretch of running text: a paragraph, or one item of a list (`is_item`)."""

    start: int
    end: int
    is_item: bool


class Composition:
    """The paragraphs of a body and their sentences, in order."""

    def __init__(self, text: str, paragraphs: Iterable[Paragraph]) -> None:
        self.paragraphs = tuple(paragraphs)
        self._text = text
        self._sentences: dict[int, tuple[Sentence, ...]] = {}

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences."""
        numbers = range(len(self.paragraphs))
        return tuple(sentence for number in numbers for sentence in self.sentences_in(number))

    def sentences_in(self, number: int) -> tuple[Sentence, ...]:
        """The sentences of the paragraph with this number; one that is a mere mark has none."""
        if number not in self._sentences:
            start, end, _is_item = self.paragraphs[number]
            self._sentences[number] = tuple(find_sentences(self._text, start, end))
        return self._sentences[number]

    def sentence_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence in front of another."""
        number = bisect_right(self.paragraphs, sentence.start, key=_start_of) - 1
        for earlier in range(number, -1, -1):
            for other in reversed(self.sentences_in(earlier)):
                if other.start < sentence.start:
                    return other
        return None


def read_composition(text: str, start: int = 0) -> Composition:
    """How the prose from `start` is made up; headings, tables and lone pictures are left out."""
    return Composition(text, _paragraphs(text, start))


def count_words(text: str, start: int, end: int) -> int:
    """The words of a stretch: what stands between blanks and has a letter or a digit."""
    return sum(1 for word in text[start:end].split() if _WORD.search(word) or word[0] == FILLER)


def _paragraphs(text: str, start: int) -> Iterator[Paragraph]:
    opened, is_item = -1, False
    position = start
    for line in text[start:].split("\n"):
        first, position = position, position + len(line) + 1
        is_plain = line[:2].isalpha()
        marker = None if is_plain else _MARKER.match(line)
        is_new_item = marker is not None and marker[0].strip(" \t>") != ""
        ends = not is_plain and (not line or line.isspace() or bool(_NO_PROSE.match(line)))
        if opened >= 0 and (ends or is_new_item):
            yield Paragraph(opened, first, is_item)
            opened = -1
        if opened < 0 and not ends:
            opened, is_item = first + (marker.end() if marker else 0), is_new_item
    if opened >= 0:
        yield Paragraph(opened, len(text), is_item)
