"""The day of a news item, from its own words: the event's day, not just any date in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kpucli.dates import (
    WEEKDAYS,
    DateSpan,
    find_dates,
    nearest_year,
    say_date,
    say_day,
)
from kpucli.i18n import _

_LEAD = 400  # characters; a first paragraph may be the whole article
_DATELINE = 80
_NEAR = timedelta(days=60)

# Words beside a date that make it another event's: before it, and after it.
_OTHER_BEFORE = re.compile(
    r"\b(?:akan|sejak|mulai|hingga|sampai|paling lambat|rencananya|dijadwalkan|sebelumnya|lahir|"
    r"(?:men)?jelang|menuju|"
    r"yang (?:di)?(?:adakan|laksanakan|gelar|selenggarakan|mulai)|tertanggal)\b[^.!?]{0,40}$"
    r"|\b(?:pemilu|pilkada|pemilihan|serentak|suara|hut)(?: (?:pada|hari|tanggal)){0,3}\s+$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"^\W{0,3}(?:minggu |pekan )?(?:yang lalu|lalu|kemarin|mendatang|nanti|yang akan datang)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NewsDay:
    """A day, or the best guess at it with the reason to doubt it (a sentence).

    `without_year` is the date that would be the day if its year were stated; `has_weekday` says
    that the text confirms the day by its weekday.
    """

    date: date | None
    doubt: str | None
    without_year: DateSpan | None = None
    has_weekday: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    span: DateSpan
    words: str  # as written, with the weekday
    in_title: bool
    in_lead: bool
    is_other: bool  # the words around it speak of another event

    @property
    def is_right(self) -> bool:
        """Whether the weekday, where the text gives one, is that of the date."""
        day = self.span.date()
        return day is not None and self.span.weekday in (None, day.weekday())


def find_news_day(title: str, paragraphs: Sequence[str], today: date) -> NewsDay:
    """The day that an item is about; `doubt` is set unless the text states it plainly.

    It is stated plainly by a date with its right weekday, or a dateline's date, in the title or
    the lead; else by the only such date of the text. Dates after `today` are doubted.
    """
    candidates = _find(title, is_title=True) + _find("\n".join(paragraphs), is_title=False)
    own = [candidate for candidate in candidates if not candidate.is_other]
    choice = _choose(own)
    if choice is None:
        return _doubt_all(candidates)
    day = choice.span.date()
    if choice.span.year is None:
        return NewsDay(
            None, _("Teks menyebut “{text}” tanpa tahun.").format(text=choice.words), choice.span
        )
    if day is None:
        return NewsDay(None, _("Tanggal “{text}” tidak ada.").format(text=choice.words))
    if not choice.is_right:
        return _doubt_weekday(choice, day)
    if day > today:
        return NewsDay(day, _("Teks menyebut {day}, yang belum tiba.").format(day=say_day(day)))
    return NewsDay(day, None, has_weekday=choice.span.weekday is not None)


def settle_year(day: NewsDay, neighbour: date) -> NewsDay:
    """A day without year, given the year that brings it near an item beside it on the page.

    Only where that is certain: within two months, and the weekday, where stated, is right.
    """
    span = day.without_year
    if span is None:
        return day
    found = replace(span, year=nearest_year(span, neighbour)).date()
    if found is None or abs(found - neighbour) > _NEAR:
        return day
    if span.weekday not in (None, found.weekday()):
        return day
    return NewsDay(found, None, has_weekday=span.weekday is not None)


def _choose(own: list[_Candidate]) -> _Candidate | None:
    titles = [candidate for candidate in own if candidate.in_title]
    leads = [candidate for candidate in own if candidate.in_lead and not candidate.in_title]
    if titles and leads:
        return _agree(titles[0], leads[0])
    if titles or leads:
        return (titles or leads)[0]
    stated = [
        candidate for candidate in own if candidate.is_right and candidate.span.weekday is not None
    ]
    return stated[0] if len({candidate.span.date() for candidate in stated}) == 1 else None


def _agree(title: _Candidate, lead: _Candidate) -> _Candidate | None:
    """The lead's date; None where the title, which may name another event's, contradicts it."""
    if title.span.weekday is None or title.span.year is None:
        return lead
    return lead if title.span.date() == lead.span.date() else None


def _find(text: str, *, is_title: bool) -> list[_Candidate]:
    candidates = []
    for span in find_dates(text):
        start = span.start if span.weekday_start is None else min(span.start, span.weekday_start)
        end = span.end if span.weekday_end is None else max(span.end, span.weekday_end)
        end += text[end : end + 1] == ")" and "(" in text[start:end]
        is_stated = span.weekday is not None or is_title or start < _DATELINE
        candidates.append(
            _Candidate(
                span,
                words=text[start:end],
                in_title=is_title,
                in_lead=is_stated and (is_title or start < _LEAD),
                is_other=bool(
                    _OTHER_BEFORE.search(text[max(0, start - 80) : start])
                    or _OTHER_AFTER.search(text[end : end + 40])
                ),
            )
        )
    return candidates


def _doubt_weekday(candidate: _Candidate, day: date) -> NewsDay:
    doubt = _("Teks menyebut “{text}”, padahal {date} jatuh pada hari {weekday}.").format(
        text=candidate.words, date=say_date(day), weekday=WEEKDAYS[day.weekday()]
    )
    return NewsDay(day, doubt)


def _doubt_all(candidates: list[_Candidate]) -> NewsDay:
    if not candidates:
        return NewsDay(None, _("Teks tidak menyebut tanggal."))
    texts = "; ".join(dict.fromkeys(f"“{candidate.words}”" for candidate in candidates[:3]))
    return NewsDay(
        candidates[0].span.date(),
        _("Hari beritanya tidak jelas; teks menyebut {texts}.").format(texts=texts),
    )
