"""TBC005, TBC006: quotation marks that do not pair, and those of the wrong kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.quotations import Mark, Quotation, QuotedParagraph
from kpucli.lint.rule import ERROR, WARNING, Hit, Replacement, rule, unsafe
from kpucli.lint.speech import ATTRIBUTION, IS_ATTRIBUTED

_LEADING_MARKS = " \t\n*_>"
_OPENING = PiecePattern(r"[‘'](?<![\w’'‘*_)].)(?=[^\W_])", among="‘'")
_SINGLE = re.compile(
    r"(?<![\w’'‘*_)])(?P<open>[‘'])(?=[^\W_])(?P<text>[^‘“”\"\n]{2,400}?)(?P<close>[’'])(?![\w’'])"
)
_ATTRIBUTED = re.compile(rf",? (?:{ATTRIBUTION})")
_BEFORE_GLOSS = re.compile(r"(?:[*_(]|\b(?:artinya|berarti|bermakna|maknanya|arti|makna)),? ?\Z")
_SENTENCE_MARKS = ",.!?"


@rule(
    "TBC005",
    N_("Tanda kutip tidak berpasangan"),
    severity=ERROR,
    explanation=N_(
        "Setiap kutipan dibuka dan ditutup dalam paragraf yang sama. Kutipan yang berlanjut ke"
        " paragraf berikutnya boleh ditutup di sana, asalkan paragraf itu dibuka lagi dengan tanda"
        " kutip."
    ),
    source=N_("Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab III: tanda petik."),
    bad=(
        "‹“›Ada air di balik pintu. ujarnya.",
        "Ada air di balik pintu,‹”› ujarnya.",
        'Ia membuka ‹"›kelas baru di aula.',
        "title = 'Kirab ‹\"›Pemilu Damai Digelar'",
        "‹“›Kami siap, kata Budi.\n\n“Kami datang,” kata Ani.",
    ),
    good=(
        "“Ada air di balik pintu,” ujarnya kepada Ma’ruf.",
        "“Kami siap.\n\n“Kami juga datang,” ujarnya.",
        'Layar 14" dan 15" dipasang.',
        "Ia berkata, “Kami ikut ‘Kelas Pemilu’ itu.”",
    ),
)
def unbalanced_quote(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A quotation that is opened and not closed, or closed and not opened."""
    paragraphs = manuscript.quotations
    continued = _continued(paragraphs)
    for paragraph in paragraphs:
        for mark in paragraph.unpaired:
            if (paragraph.passage.field, mark.start) in continued:
                continue
            message = (
                _("Kutipan yang dibuka di sini tidak ditutup.")
                if mark.opens
                else _("Tanda kutip tutup ini tidak punya kutip buka.")
            )
            yield paragraph.passage.hit((mark.start, mark.end), message)


def _continued(paragraphs: list[QuotedParagraph]) -> set[tuple[str, int]]:
    """The marks of quotations that go on over more than one paragraph."""
    found: set[tuple[str, int]] = set()
    for number, paragraph in enumerate(paragraphs, 1):
        last = paragraph.unpaired[-1] if paragraph.unpaired else None
        if last is None or not last.opens or paragraph.passage.field != "body":
            continue
        others = paragraphs[number:]
        if IS_ATTRIBUTED.search(paragraph.passage.text, last.end, paragraph.end):
            continue
        closing = _closing(others)
        if closing is not None:
            found |= {("body", last.start), ("body", closing.start)}
        elif others and others[0].text().lstrip(_LEADING_MARKS).startswith(("“", '"', "”")):
            found.add(("body", last.start))
    return found


def _closing(paragraphs: list[QuotedParagraph]) -> Mark | None:
    """The mark that closes a quotation of an earlier paragraph."""
    for paragraph in paragraphs:
        if paragraph.unpaired:
            first = paragraph.unpaired[0]
            return None if first.opens else first
        if paragraph.quotations:
            return None
    return None


@rule(
    "TBC006",
    N_("Jenis tanda kutip"),
    severity=WARNING,
    explanation=N_(
        "Kutipan diapit “…”, kutipan di dalam kutipan ‘…’. Tanda kutip dibuka dengan “ dan ditutup"
        " dengan ”, dan dalam satu artikel semuanya lengkung atau semuanya lurus. Petik tunggal"
        " sendiri hanya mengapit makna atau terjemahan."
    ),
    source=N_("Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab III: tanda petik."),
    bad=(
        "“Kami ikut ‹“Kelas Pemilu”› itu,” ujarnya.",
        "“Kami siap,‹“› ujarnya.",
        "“Kami siap,” ujarnya. “Kami datang,‹\"› katanya. “Ayo.”",
        "“Kami siap,” ujarnya. ‹\"›Kami datang,\" katanya.",
        "‹‘›Kami siap menjaga suara,’ ujarnya.",
        "Kirab bertema ‹'›Pemilu Damai' digelar.",
    ),
    fixed=(
        "“Kami ikut ‘Kelas Pemilu’ itu,” ujarnya.",
        "“Kami siap,” ujarnya.",
        "“Kami siap,” ujarnya. “Kami datang,” katanya. “Ayo.”",
        "“Kami siap,” ujarnya. “Kami datang,” katanya.",
        "“Kami siap menjaga suara,” ujarnya.",
        "Kirab bertema “Pemilu Damai” digelar.",
    ),
    good=(
        "“Kami ikut ‘Kelas Pemilu’ itu,” ujarnya.",
        '"Kami ikut \'Kelas Pemilu\' itu," ujarnya.',
        "Kata *money politics* ‘politik uang’ dipakai oleh ‘Aisyiyah dan Ma’arif.",
    ),
    fix=Applicability.UNSAFE,
)  # fmt: skip
def quote_style(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Nested, turned, mixed and single quotation marks."""
    paragraphs = manuscript.quotations
    unusual = _minority(paragraphs)
    for paragraph in paragraphs:
        for quotation in paragraph.quotations:
            yield from _judge(paragraph.passage, quotation, unusual)
        if paragraph.passage.field == "body":
            yield from _single(paragraph)


def _minority(paragraphs: list[QuotedParagraph]) -> str:
    """The marks, straight or curly, that are fewer in the article, if both are there."""
    forms = [
        mark.form
        for paragraph in paragraphs
        for quotation in paragraph.quotations
        for mark in (quotation.opening, quotation.closing)
    ]
    straight, curly = forms.count('"'), sum(form in "“”" for form in forms)
    if not straight or not curly:
        return ""
    return '"' if straight <= curly else "“”"


def _judge(passage: Passage, quotation: Quotation, unusual: str) -> Iterator[Hit]:
    opening, closing = quotation.opening, quotation.closing
    if quotation.is_nested:
        is_straight = opening.form == closing.form == '"'
        marks = ("'", "'") if is_straight else ("‘", "’")
        message = _("Kutipan di dalam kutipan diapit tanda petik tunggal: ‘…’.")
        fix = unsafe(*_replace(passage, ((opening, marks[0]), (closing, marks[1]))))
        yield passage.hit((opening.start, closing.end), message, None, fix)
        return
    wrong = [
        (mark, right)
        for mark, right in (
            (opening, _right(opening, unusual)),
            (closing, _right(closing, unusual)),
        )
        if right != mark.form
    ]
    if wrong:
        mark, right = wrong[0]
        message = _("Tanda kutip di sini seharusnya {right}, seperti yang lain.").format(
            right=right
        )
        fix = unsafe(*_replace(passage, tuple(wrong)))
        yield passage.hit((mark.start, mark.end), message, right, fix)


def _right(mark: Mark, unusual: str) -> str:
    """The form that a mark should have in its article."""
    if (mark.form == '"' and unusual != '"') or mark.form == "„":
        return mark.form
    if mark.form in "“”" and unusual == "“”":
        return '"'
    return "“" if mark.opens else "”"


def _replace(passage: Passage, marks: tuple[tuple[Mark, str], ...]) -> Iterator[Replacement]:
    for mark, text in marks:
        yield passage.replace((mark.start, mark.end), text)


def _single(paragraph: QuotedParagraph) -> Iterator[Hit]:
    """Single marks that do what double ones should, outside quotations."""
    passage = paragraph.passage
    span = paragraph.start, paragraph.end
    for match in _OPENING.find_longer(_SINGLE, passage.pieces, *span):
        if _is_within(match.start(), paragraph) or not _is_quotation(match, paragraph.end):
            continue
        message = _("Kutipan diapit “…”; petik tunggal hanya untuk kutipan di dalam kutipan.")
        fix = unsafe(
            passage.replace(match.span("open"), "“"), passage.replace(match.span("close"), "”")
        )
        yield passage.hit(match.span("open"), message, None, fix)


def _is_within(position: int, paragraph: QuotedParagraph) -> bool:
    if any(mark.opens and mark.start < position for mark in paragraph.unpaired):
        return True
    return any(
        quotation.opening.start < position < quotation.closing.start
        for quotation in paragraph.quotations
    )


def _is_quotation(match: re.Match[str], end: int) -> bool:
    """Whether this is speech or a title, and no gloss: ‘politik uang’."""
    text = match["text"]
    if _BEFORE_GLOSS.search(match.string, max(0, match.start() - 20), match.start()):
        return False
    if _ATTRIBUTED.match(match.string, match.end(), end):
        return True
    if text[-1] in _SENTENCE_MARKS:
        return len(text.split()) > 2
    return text[0].isupper() and not text.isupper()
