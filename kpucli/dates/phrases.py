"""Days and spans of days in words: "lusa", "Senin depan", "dua minggu lagi", "bulan lalu".

A `phrase` is in small letters with single blanks and without apostrophes; the `words` it was
typed in are quoted in refusals. Weeks run from Senin to Minggu.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from kpucli.dates import refusals
from kpucli.dates.patterns import MONTH_NUMBERS, WEEKDAY_NUMBERS

Span = tuple[date, date]  # the first day, and the one after the last

_NAMED_DAYS = {
    "hari ini": 0,
    "kemarin": -1,
    "kemarin dulu": -2,
    "kemarin lusa": -2,
    "besok": 1,
    "esok": 1,
    "lusa": 2,
}
_NUMBERS = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
    "sepuluh": 10,
    "sebelas": 11,
    "dua belas": 12,
}
_PAST = r"(?:yang )?(?:lalu|silam)"
_NEXT = r"depan|berikutnya|mendatang|(?:yang )?akan datang"
_WHICH = rf"(?:(?P<this>ini)|(?P<past>{_PAST}|kemarin)|(?P<next>{_NEXT}))"
_DISTANCE = re.compile(
    rf"(?:(?P<number>[0-9]{{1,4}}|{'|'.join(_NUMBERS)}) |se)(?P<unit>hari|minggu|pekan|bulan|tahun)"
    rf" (?:(?P<past>{_PAST})|lagi|kemudian|ke depan|mendatang|(?:yang )?akan datang)"
)
_WEEKDAY = re.compile(
    rf"(?:hari )?(?P<day>{'|'.join(WEEKDAY_NUMBERS)})(?: (?P<week>minggu |pekan )?{_WHICH})?"
)
_UNIT = re.compile(rf"(?P<unit>minggu|pekan|bulan|tahun) {_WHICH}")
_YEAR = re.compile(r"(?:tahun )?([0-9]{4})")
_MONTH = re.compile(
    rf"(?:bulan )?(?P<name>{'|'.join(MONTH_NUMBERS)})(?: (?P<year>[0-9]{{4}}))?"
    r"|(?P<number>[0-9]{1,2})[/-](?P<last_year>[0-9]{4})"
    r"|(?P<first_year>[0-9]{4})-(?P<iso_number>[0-9]{2})"
)


def read_day(phrase: str, words: str, today: date) -> date | None:
    """The day that the phrase names, seen from `today`; None for other phrases.

    Raises KpuError where it may name two days, or a day or a week.
    """
    if phrase in _NAMED_DAYS:
        return today + timedelta(_NAMED_DAYS[phrase])
    if distance := _DISTANCE.fullmatch(phrase):
        number = distance["number"] or "1"
        count = _NUMBERS.get(number) or int(number)
        return _shifted(today, distance["unit"], -count if distance["past"] else count)
    if weekday := _WEEKDAY.fullmatch(phrase):
        return _weekday(weekday, words, today)
    return None


def read_span(phrase: str, words: str, today: date) -> Span | None:
    """The week, month or year that the phrase names, seen from `today`; None for other phrases.

    Raises KpuError for a month without its year.
    """
    if unit := _UNIT.fullmatch(phrase):
        return _span_of_unit(unit["unit"], _step(unit), today)
    if year := _YEAR.fullmatch(phrase):
        return _months(int(year[1]), 1, count=12)
    if month := _MONTH.fullmatch(phrase):
        return _named_month(month, words, today)
    return None


def _shifted(today: date, unit: str, count: int) -> date:
    if unit == "hari":
        return today + timedelta(count)
    if unit in ("minggu", "pekan"):
        return today + timedelta(weeks=count)
    return _months_later(today, count * (12 if unit == "tahun" else 1))


def _months_later(day: date, count: int) -> date:
    """The same day of another month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise refusals.outside_years(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weekday(match: re.Match[str], words: str, today: date) -> date:
    week = timedelta(weeks=1)
    monday = today - timedelta(today.weekday())
    this = monday + timedelta(WEEKDAY_NUMBERS[match["day"]])
    previous, following = (
        (this if this < today else this - week),
        (this if this > today else this + week),
    )
    if match["week"]:
        return this + _step(match) * week
    if match[0].startswith("minggu "):
        sunday = previous if match["past"] else following if match["next"] else this
        first = monday + _step(match) * week
        raise refusals.day_or_week(words, sunday, first, first + timedelta(6))
    if match["past"]:
        return previous
    if match["this"] and this >= today:
        return this
    if match["next"] and this <= today:
        return following
    first = this if match["next"] or this <= today else previous
    raise refusals.ambiguous(words, (first, first + week))


def _step(match: re.Match[str]) -> int:
    """How many weeks, months or years from this one `_WHICH` points."""
    return -1 if match["past"] else 1 if match["next"] else 0


def _span_of_unit(unit: str, step: int, today: date) -> Span:
    if unit in ("minggu", "pekan"):
        monday = today + timedelta(weeks=step) - timedelta(today.weekday())
        return monday, monday + timedelta(weeks=1)
    if unit == "tahun":
        return _months(today.year + step, 1, count=12)
    first = _months_later(today.replace(day=1), step)
    return _months(first.year, first.month, count=1)


def _months(year: int, month: int, count: int) -> Span:
    if not refusals.FIRST_YEAR <= year <= refusals.LAST_YEAR:
        raise refusals.outside_years(year)
    first = date(year, month, 1)
    return first, _months_later(first, count)


def _named_month(match: re.Match[str], words: str, today: date) -> Span | None:
    number = match["number"] or match["iso_number"]
    month = int(number) if number else MONTH_NUMBERS[match["name"]]
    year = match["year"] or match["last_year"] or match["first_year"]
    if not 1 <= month <= 12:
        return None
    if year is None:
        years = (today.year, today.year - 1, today.year + 1)
        nearest = sorted(
            years, key=lambda year: abs(year * 12 + month - today.year * 12 - today.month)
        )
        raise refusals.month_without_year(words, month, sorted(nearest[:2]))
    return _months(int(year), month, count=1)
