"""Double quotation marks: which open, which close, and which belong together.

A mark's form does not tell: straight ones have no direction, and curly ones are often typed the
wrong way round. What stands beside a mark decides, and its form only where that leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kpucli.lint.pieces import PiecePattern
from kpucli.lint.speech import ATTRIBUTION

if TYPE_CHECKING:
    from kpucli.lint.manuscript import Manuscript, Passage

_MARK = PiecePattern(r"[“”„\"]|''|‘‘|’’", among="“”„\"'‘’")
_REPORTS = re.compile(ATTRIBUTION)
_EMPHASIS = "*_"
_BLANKS = frozenset(" \t\n\r\u00a0\u2009\u202f")
_OPENERS = frozenset("([{–—-/‘'“")
_CLOSERS = frozenset(".,;:!?)]}…–—-/’'”|")
_STRAY_BEFORE = frozenset(",.;:!?)")  # behind a quotation that ends with a stray blank
_SPEECH_ENDS = frozenset(",.?!")
_OPENING_FORMS = frozenset({"“", "„", "‘‘"})
_CLOSING_FORMS = frozenset({"”", "’’"})


class Mark(NamedTuple):
    """A quotation mark at `start` to `end` of a passage's text."""

    start: int
    end: int
    form: str
    opens: bool


class Quotation(NamedTuple):
    """Two marks that belong together; `is_nested` if they stand within two others."""

    opening: Mark
    closing: Mark
    is_nested: bool


class QuotedParagraph(NamedTuple):
    """A paragraph that has quotation marks, at `start` to `end` of the passage's text."""

    passage: Passage
    start: int
    end: int
    quotations: tuple[Quotation, ...]
    unpaired: tuple[Mark, ...]

    def text(self) -> str:
        """What it says."""
        return self.passage.text[self.start : self.end]


def read_paragraphs(manuscript: Manuscript) -> Iterator[tuple[Passage, int, int]]:
    """The strings of the front matter and the body's paragraphs, headings left out."""
    *fields, body = manuscript.passages
    for passage in fields:
        yield passage, 0, len(passage.text)
    for paragraph in manuscript.composition.paragraphs:
        yield body, paragraph.start - body.start, paragraph.end - body.start


def read_quotations(manuscript: Manuscript) -> list[QuotedParagraph]:
    """The paragraphs with their quotations, in order, whether or not they have any."""
    return [_read(*paragraph) for paragraph in read_paragraphs(manuscript)]


def _read(passage: Passage, start: int, end: int) -> QuotedParagraph:
    if not _MARK.is_in(passage.pieces, start, end):
        return QuotedParagraph(passage, start, end, (), ())
    pairs: list[tuple[Mark, Mark]] = []
    opened: list[Mark] = []
    unpaired: list[Mark] = []
    for match in _MARK.find(passage.pieces, start, end):
        opens = _opens(passage.text, match, start, end, is_open=bool(opened))
        if opens is None:
            continue
        mark = Mark(match.start(), match.end(), match.group(), opens)
        if opens:
            opened.append(mark)
        elif opened:
            pairs.append((opened.pop(), mark))
        elif pairs and _ends_speech(passage.text, mark, pairs[-1]):
            opening, stray = pairs.pop()
            pairs.append((opening, mark))
            unpaired.append(stray)
        else:
            unpaired.append(mark)
    pairs.sort(key=lambda pair: pair[0].start)
    unpaired = sorted([*unpaired, *opened], key=lambda mark: mark.start)
    return QuotedParagraph(passage, start, end, tuple(_nest(pairs)), tuple(unpaired))


def _ends_speech(text: str, mark: Mark, pair: tuple[Mark, Mark]) -> bool:
    """Whether a mark too many rather than the one before it ends the quotation of a pair."""
    opening, closing = pair
    return (
        text[mark.start - 1] in _SPEECH_ENDS
        and text[closing.start - 1] not in _SPEECH_ENDS
        and text[opening.end : opening.end + 1].isupper()
    )


def _nest(pairs: list[tuple[Mark, Mark]]) -> Iterator[Quotation]:
    reach = 0
    for opening, closing in pairs:
        yield Quotation(opening, closing, opening.start < reach)
        reach = max(reach, closing.end)


def _opens(text: str, match: re.Match[str], start: int, end: int, *, is_open: bool) -> bool | None:
    """Whether a mark opens; None if it is no quotation mark but inches or seconds."""
    first, last = match.start() - 1, match.end()
    while first >= start and text[first] in _EMPHASIS:
        first -= 1
    while last < end and text[last] in _EMPHASIS:
        last += 1
    before = text[first] if first >= start else " "
    after = text[last] if last < end else " "
    form = match.group()
    if form in ('"', "''") and before.isdigit() and not is_open:
        return None
    if is_open and before in _BLANKS and form not in _OPENING_FORMS and _REPORTS.match(text, last):
        return False  # "Kami siap, "ujarnya
    can_open = before in _BLANKS or before in _OPENERS
    can_close = after in _BLANKS or after in _CLOSERS
    if can_open != can_close:
        return can_open
    if can_open and after in _CLOSERS and text.startswith(("...", "…"), last):
        return True
    if before in _BLANKS and (after in _BLANKS or (is_open and after in _STRAY_BEFORE)):
        return not is_open
    if form in _OPENING_FORMS:
        return True
    if form in _CLOSING_FORMS:
        return False
    return not is_open
