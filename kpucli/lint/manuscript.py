"""An article as the rules read it: its prose, its strings, and the places of both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kpucli.article import Article
from kpucli.dates import DateSpan, find_dates
from kpucli.front_matter import find_fields
from kpucli.lint.citations import Citation, find_citations
from kpucli.lint.composition import Composition, read_composition
from kpucli.lint.dateline import Dateline, read_dateline
from kpucli.lint.pieces import Pieces
from kpucli.lint.prose import Prose, read_prose
from kpucli.lint.quotations import QuotedParagraph, read_quotations
from kpucli.lint.rule import Hit, Repair, Replacement
from kpucli.lint.strings import FieldString, FrontMatterText, read_strings
from kpucli.lint.suppression import Suppression, read_suppressions
from kpucli.lint.suspects import Suspect, find_suspects
from kpucli.lint.words import Words

PROSE_FIELDS = frozenset({"title", "summary", "alt", "caption", "text", "reason"})

_NEW_LINE = re.compile("\n")
_EMPHASIS = re.compile(r"(?<!\w)_+|_+(?!\w)")


def _as_spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _without_emphasis(text: str) -> str:
    text = text.replace("*", " ")
    return _EMPHASIS.sub(_as_spaces, text) if "_" in text else text


@dataclass(frozen=True)
class Passage:
    """A stretch of text that readers see: the body, or a string of the front matter.

    Indexes into `text` are turned into offsets by `at`. Where `text` has a string's escapes
    resolved, `places` has the offset of each character.
    """

    field: str
    text: str
    start: int = 0
    places: Sequence[int] | None = None

    @cached_property
    def pieces(self) -> Pieces:
        """The pieces of `text`, which patterns are looked for in."""
        return Pieces(self.text)

    @cached_property
    def words(self) -> Words:
        """The words of `text`."""
        return Words(self.pieces)

    @cached_property
    def citations(self) -> tuple[tuple[Citation, re.Match[str]], ...]:
        """The regulations that `text` cites, with the match that found each."""
        return tuple(find_citations(self.text))

    def at(self, index: int) -> int:
        """The offset into the article's source of an index into `text`."""
        return self.places[index] if self.places else self.start + index

    def hit(
        self,
        span: tuple[int, int],
        message: str,
        suggestion: str | None = None,
        fix: Repair | None = None,
    ) -> Hit:
        """The hit for a span of `text`."""
        return Hit(self.at(span[0]), self.at(span[1]), message, suggestion, fix)

    def replace(self, span: tuple[int, int], text: str) -> Replacement:
        """The replacement of a span of `text`."""
        return Replacement(self.at(span[0]), self.at(span[1]), text)


@dataclass(frozen=True)
class Manuscript:
    """An article with what rules need of it, worked out once and only when asked for.

    `in_archive` tells whether it stands where its folder and name are its address.
    """

    article: Article
    in_archive: bool = True

    @cached_property
    def prose(self) -> Prose:
        """The body's prose, in offsets of the source. See `kpucli.lint.prose`."""
        return read_prose(self.article.source, self.article.body_start)

    @cached_property
    def front_matter(self) -> FrontMatterText:
        """The strings and comments of the front matter."""
        return read_strings(self.article.source, *self.article.front_matter_span)

    @cached_property
    def fields(self) -> Mapping[str, tuple[int, int]]:
        """Where the front matter's fields stand in it. See `find_fields`."""
        return find_fields(self.article.front_matter)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What readers see: title, summary, captions …, and last the body."""
        fields = [
            Passage(string.key, string.value, 0, string.places)
            for string in self.front_matter.strings
            if string.key in PROSE_FIELDS
        ]
        start = self.article.body_start
        return (*fields, Passage("body", self.prose.text[start:], start))

    @cached_property
    def dates(self) -> tuple[tuple[Passage, list[DateSpan]], ...]:
        """The dates in each passage."""
        return tuple(
            (passage, find_dates(_without_emphasis(passage.text))) for passage in self.passages
        )

    @cached_property
    def dateline(self) -> Dateline | None:
        """What the body begins with, if that is something like a dateline."""
        return read_dateline(self.prose.text, self.article.source, self.article.body_start)

    @cached_property
    def composition(self) -> Composition:
        """The paragraphs and sentences behind the dateline, in offsets of the source."""
        start = self.dateline.end if self.dateline else self.article.body_start
        return read_composition(self.prose.text, start)

    @cached_property
    def quotations(self) -> list[QuotedParagraph]:
        """The paragraphs with what they quote."""
        return read_quotations(self)

    @cached_property
    def suspects(self) -> tuple[Suspect, ...]:
        """The words that are not simply right."""
        return tuple(find_suspects(self.passages))

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        """What the article asks the linter to ignore."""
        return tuple(read_suppressions(self.article, self.front_matter, self.prose))

    def value(self, name: str) -> Any:
        """A field's value, where the file has a sound one; else None."""
        if any(problem.field == name for problem in self.article.problems):
            return None
        return self.article.data.get(name)

    def string(self, key: str, value: str) -> FieldString | None:
        """The front matter's string with this nearest name and value."""
        for string in self.front_matter.strings:
            if string.key == key and string.value == value:
                return string
        return None

    def field_span(self, name: str) -> tuple[int, int]:
        """Where a field's value stands, without a comment; the opening `+++` if it is not there."""
        start, end = self.article.front_matter_span
        found = self.fields.get(name)
        if found is None:
            return 0, 3
        first, last = start + found[0], start + found[1]
        comments = [span[0] for span in self.front_matter.comments if first <= span[0] < last]
        text = self.article.source[first : min([last, end, *comments])].rstrip()
        return first, first + len(text)

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_span(self, line: int) -> tuple[int, int]:
        """The offsets of a 1-based line, without its line break."""
        starts = self._line_starts
        start = starts[line - 1]
        end = starts[line] - 1 if line < len(starts) else len(self.article.source)
        return start, end - self.article.source.endswith("\r", start, end)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _NEW_LINE.finditer(self.article.source))]
