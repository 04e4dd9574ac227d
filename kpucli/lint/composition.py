"""Paragraphs and sentences of an article's prose, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kpucli.lint.prose import FILLER
from kpucli.sentences import Sentence, find_sentences

_MARKER = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+|>[ \t]?|[a-z][.)][ \t]+)+")
_NO_PROSE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\||!?\[[^\]\n]*\]\ufffc*\s*\Z|[-=*_ ]+\s*\Z)")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of running text: a paragraph, or one item of a list (`is_item`)."""

    start: int
    end: int
    is_item: bool


@dataclass(frozen=True, slots=True)
class Composition:
    """The paragraphs of a body and their sentences, in order."""

    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]


def read_composition(text: str, start: int = 0) -> Composition:
    """How the prose from `start` is made up; headings, tables and lone pictures are left out."""
    paragraphs = tuple(_paragraphs(text, start))
    return Composition(
        paragraphs,
        tuple(
            sentence
            for paragraph in paragraphs
            for sentence in find_sentences(text, paragraph.start, paragraph.end)
        ),
    )


def count_words(text: str, start: int, end: int) -> int:
    """The words of a stretch: what stands between blanks and has a letter or a digit."""
    return sum(1 for word in text[start:end].split() if _WORD.search(word) or word[0] == FILLER)


def _paragraphs(text: str, start: int) -> Iterator[Paragraph]:
    opened, is_item = -1, False
    position = start
    for line in text[start:].split("\n"):
        first, position = position, position + len(line) + 1
        marker = _MARKER.match(line)
        is_new_item = marker is not None and marker[0].strip(" \t>") != ""
        ends = not line or line.isspace() or bool(_NO_PROSE.match(line))
        if opened >= 0 and (ends or is_new_item):
            yield Paragraph(opened, first, is_item)
            opened = -1
        if opened < 0 and not ends:
            opened, is_item = first + (marker.end() if marker else 0), is_new_item
    if opened >= 0:
        yield Paragraph(opened, len(text), is_item)
