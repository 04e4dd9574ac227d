"""TGL001, TGL002: dates that the calendar does not have."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from kpucli.dates import MONTHS, WEEKDAYS, DateSpan, nearest_year, say_date, slips
from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.rule import ERROR, Hit, rule


@rule(
    "TGL001",
    N_("Hari tidak cocok dengan tanggal"),
    severity=ERROR,
    explanation=N_(
        "Hari yang ditulis bukan hari tanggal itu menurut kalender. Tanggal tanpa tahun dibaca"
        " dengan tahun yang paling dekat dengan `date`. Yang salah dapat harinya, tanggalnya,"
        " bulannya, atau tahunnya; karena itu temuan ini tidak dibetulkan otomatis."
    ),
    source=N_("Kalender Gregorius."),
    bad=(
        "Rapat berlangsung pada ‹Kamis (18/04/2022)› di kantor.",
        "Rapat berlangsung pada hari ‹Selasa, 20 April› di aula.",
        'title = "Apel ‹Selasa 18 April 2022›"',
    ),
    good=(
        "Rapat berlangsung pada Senin (18/04/2022) dan Rabu, 20 April.",
        "Rapat berlangsung Senin–Rabu, 18–20 April 2022.",
    ),
)
def weekday_mismatch(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A weekday that is not the date's; or, where no year is known, two for one date."""
    has_date = bool(manuscript.value("date"))
    undated: dict[tuple[int, int], int] = {}
    for passage, span in _dates(manuscript):
        if span.weekday is None:
            continue
        if span.year is None and not has_date:
            known = undated.setdefault((span.day, span.month), span.weekday)
            if known != span.weekday:
                yield _two_weekdays(passage, span, known)
            continue
        day = _resolve(span, manuscript)
        if day and day.weekday() != span.weekday:
            yield _mismatch(passage, span, day)


@rule(
    "TGL002",
    N_("Tanggal yang tidak ada"),
    severity=ERROR,
    explanation=N_(
        "Tanggal ini tidak ada di kalender: bulannya lebih dari dua belas, harinya melebihi"
        " panjang bulannya, atau tahunnya tidak empat angka."
    ),
    source=N_("Kalender Gregorius."),
    bad=("Penetapan pada ‹31/9/2023›.", "Penetapan pada ‹12/13/2023›.", "Pada ‹14/04/202›."),
    good="Penetapan pada 30/9/2023 dan 29 Februari 2024.",
)
def impossible_date(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A day, month or year that cannot be."""
    for passage, span in _dates(manuscript):
        reason = _why_impossible(span)
        if reason:
            yield passage.hit((span.start, span.end), reason)


def _dates(manuscript: Manuscript) -> Iterator[tuple[Passage, DateSpan]]:
    for passage, spans in manuscript.dates:
        for span in spans:
            yield passage, span


def _resolve(span: DateSpan, manuscript: Manuscript) -> date | None:
    if span.year is not None:
        return span.date()
    year = nearest_year(span, manuscript.article.date.date())
    try:
        return date(year, span.month, span.day)
    except ValueError:
        return None


def _mismatch(passage: Passage, span: DateSpan, day: date) -> Hit:
    given, right = WEEKDAYS[span.weekday or 0], WEEKDAYS[day.weekday()]
    start, end = _extent(passage, span)
    message = _("{text}: {date} jatuh pada hari {right}.").format(
        text=_one_line(passage.text[start:end]), date=say_date(day), right=right
    )
    meant = slips(day, span.weekday or 0)
    if meant:
        days = _either([say_date(item) for item in meant])
        message += " " + _("Jika hari {given} benar, mungkin maksudnya {days}.").format(
            given=given, days=days
        )
    return passage.hit((start, end), message, right)


def _two_weekdays(passage: Passage, span: DateSpan, known: int) -> Hit:
    start, end = _extent(passage, span)
    message = _("{text}: tanggal yang sama juga disebut hari {other}.").format(
        text=_one_line(passage.text[start:end]), other=WEEKDAYS[known]
    )
    return passage.hit((start, end), message)


def _extent(passage: Passage, span: DateSpan) -> tuple[int, int]:
    """From weekday to date, with the bracket that closes behind them."""
    start, end = span.start, span.end
    if span.weekday_start is not None and span.weekday_end is not None:
        start, end = min(start, span.weekday_start), max(end, span.weekday_end)
    text = passage.text[start:end]
    if text.count("(") > text.count(")") and passage.text[end : end + 1] == ")":
        end += 1
    return start, end


def _either(items: list[str]) -> str:
    if len(items) < 3:
        return _(" atau ").join(items)
    return ", ".join(items[:-1]) + "," + _(" atau ") + items[-1]


def _one_line(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def _why_impossible(span: DateSpan) -> str | None:
    if not 1 <= span.month <= 12:
        return _("{text}: bulan {month} tidak ada.").format(text=span.text, month=span.month)
    if span.year is not None and not 1000 <= span.year <= 9999:
        return _("{text}: tahun {year} tidak empat angka.").format(text=span.text, year=span.year)
    month = MONTHS[span.month - 1]
    last = monthrange(span.year or 2000, span.month)[1]  # in 2000 every day of a year existed
    if span.year is not None and span.month == 2:
        month = f"{month} {span.year}"
    if not 1 <= span.day <= last:
        return _("{text}: {month} hanya sampai tanggal {last}.").format(
            text=_one_line(span.text), month=month, last=last
        )
    return None
