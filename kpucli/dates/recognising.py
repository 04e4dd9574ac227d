"""Dates in running Indonesian text, each with the weekday it is given.

Numbers are looked at first, and weekdays only in front of numbers that make a date: an article
is mostly words. One match of `patterns.DATE` is one date or several days of one month ("14 s.d.
16 April 2022"): a `_Group`. Groups joined by "dan", "s.d." … hand down their year and weekdays.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kpucli.dates import patterns

_WINDOW = 100  # characters before a date in which its weekdays are looked for


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date as written in a text; offsets count characters.

    `start` and `end` enclose the date alone, and `text` is what stands there: in "Rabu
    (20/4/2022)" it is "20/4/2022", and of "14–16 April 2022" the first date's is "14". The date
    may not exist (31/9/2023). `year` is None where the text states none; two digits are
    completed. `weekday` (0 is Senin) is the one the text gives to this date, standing at
    `weekday_start` to `weekday_end`, usually before the date; all three are None where it gives
    none.
    """

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None
    weekday: int | None = None
    weekday_start: int | None = None
    weekday_end: int | None = None

    def date(self) -> dt.date | None:
        """The date, or None if it does not exist or its year is unknown or mistyped (202)."""
        return None if self.year is None else existing_date(self.year, self.month, self.day)


def existing_date(year: int, month: int, day: int) -> dt.date | None:
    """The date with these parts, or None if there is none; years have four digits."""
    if not 1000 <= year <= 9999:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str, *, typed: bool = False) -> list[DateSpan]:
    """The dates in `text`, in their order; each end of a range is a date of its own.

    `typed` text is a user's answer to "which date?" and not prose: a bare "20/4" or "20 apr" is
    then a date too, and "minggu" is Sunday in small letters also.
    """
    groups = list(_groups(text, typed))
    for earlier, later in reversed(list(pairwise(groups))):
        _hand_down(text, earlier, later)
    return [
        _span(text, part) for group in groups if typed or group.is_date() for part in group.parts
    ]


@dataclass(slots=True)
class _Weekday:
    start: int
    end: int
    number: int


@dataclass(slots=True)
class _Part:
    start: int
    end: int
    day: int
    month: int
    year: int | None
    bare: bool = False  # day and month in numbers, no year: "20/4"
    weekday: _Weekday | None = None


@dataclass(slots=True)
class _Group:
    parts: list[_Part]
    weekdays: list[_Weekday]
    start: int  # where its weekdays, or else its date, begin
    end: int

    def is_date(self) -> bool:
        """Whether this is a date in prose, where "20/4" is one only with a weekday or a year."""
        last = self.parts[-1]
        known = last.year is not None or any(part.weekday for part in self.parts)
        return known or not last.bare


def _groups(text: str, typed: bool) -> Iterator[_Group]:
    end = 0
    for number in patterns.LIKELY.finditer(text):
        if number.start() < end:
            continue
        match = patterns.DATE.match(text, number.start())
        group = match and _group(text, match, end, typed)
        if group:
            end = group.end
            yield group


def _group(text: str, match: re.Match[str], previous_end: int, typed: bool) -> _Group | None:
    """The dates of one match, unless it is no date after all."""
    weekdays = _weekdays_before(text, previous_end, match.start(), typed)
    if not weekdays and not _stands_free(text, match, previous_end):
        return None
    part = _last_part(match, typed or bool(weekdays))
    if part is None:
        return None
    parts = [*_leading_parts(match, part), part]
    start, end = weekdays[0].start if weekdays else match.start(), match.end()
    after = None if weekdays else patterns.WEEKDAY_AFTER.match(text, match.end())
    if after:
        part.weekday, end = _weekday(after.group(1), after.start(1)), after.end()
    _give_weekdays(weekdays, parts)
    return _Group(parts, weekdays, start, end)


def _stands_free(text: str, match: re.Match[str], previous_end: int) -> bool:
    """Whether the number does not belong to what stands before it."""
    start = match.start()
    follows_date = 0 < previous_end == start - 1  # at 0 there is no previous one
    if not follows_date and patterns.TOUCHING.search(text, max(0, start - 2), start):
        return False
    in_numbers = match["mark"] or match["bare_month"]
    reference = patterns.REFERENCE if in_numbers else patterns.NUMBERED
    return not reference.search(text, max(0, start - 14), start)


def _last_part(match: re.Match[str], certain: bool) -> _Part | None:
    """The date that states a month; `certain` if a weekday says that this is a date."""
    if match["iso"]:
        return _iso_part(match)
    if match["mark"]:
        return _numeric_part(match, certain)
    if match["bare_month"]:
        return _bare_part(match, certain)
    year, day = match["written_year"], int(match["day"])
    if year is None and (day > 31 or (match["short"] and not certain)):
        return None
    month = patterns.MONTH_NUMBERS[(match["whole"] or match["short"]).lower()]
    return _Part(match.start("day"), match.end(), day, month, int(year) if year else None)


def _iso_part(match: re.Match[str]) -> _Part | None:
    year, month, day = map(int, match.group("iso", "iso_month", "iso_day"))
    if not 1900 <= year <= 2100:
        return None
    return _Part(match.start(), match.end(), day, month, year)


def _bare_part(match: re.Match[str], certain: bool) -> _Part | None:
    day, month = int(match["day"]), int(match["bare_month"])
    if not certain and not _can_be(day, month):
        return None
    return _Part(match.start("day"), match.end(), day, month, None, bare=True)


def _numeric_part(match: re.Match[str], certain: bool) -> _Part | None:
    mark, year = match["mark"], match["year"]
    day, month = int(match["day"]), int(match["month"])
    start, end = match.start("day"), match.end()
    spaced = patterns.SPACE.search(match.string, start, end)
    if len(year) == 4 and 1900 <= int(year) <= 2100:
        american = mark == "-" and max(day, month) <= 31
        plausible = mark == "/" or (not spaced and (american or _can_be(day, month)))
    else:
        plausible = not spaced and _can_be(day, month) and _is_plausible_year(year, mark, certain)
    return _Part(start, end, day, month, full_year(year)) if plausible else None


def _can_be(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _is_plausible_year(year: str, mark: str, certain: bool) -> bool:
    """Whether digits that are no year of our time are one all the same: shortened, mistyped."""
    if mark == "." or (mark == "-" and not certain):
        return False
    return certain or len(year) in (2, 4) or year.startswith(("19", "20"))


def full_year(digits: str) -> int:
    """The year; of two digits 45 and up are 1945 to 1999, as the Republic's dates are."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= 45 else 2000)


def _leading_parts(match: re.Match[str], last: _Part) -> list[_Part]:
    """The days before the last one that share its month: ascending ones only."""
    parts: list[_Part] = []
    if not match["days"]:
        return parts
    following = last.day
    for number in reversed(list(patterns.NUMBER.finditer(match["days"]))):
        day = int(number[0])
        if not 1 <= day < following:
            break
        start = match.start("days") + number.start()
        parts.insert(0, _Part(start, start + len(number[0]), day, last.month, last.year, last.bare))
        following = day
    return parts


def _weekdays_before(text: str, previous_end: int, start: int, typed: bool) -> list[_Weekday]:
    """The weekdays that belong to the date at `start`, if they follow `previous_end`."""
    match = patterns.WEEKDAYS_BEFORE.search(text, max(previous_end, start - _WINDOW), start)
    if match is None:
        return []
    first, last = match.span("weekdays")
    found = [
        _weekday(name[0], name.start()) for name in patterns.ONE_WEEKDAY.finditer(text, first, last)
    ]
    if len(found) == 1 and not typed and _is_week(text, found[0]):
        return []
    return found


def _is_week(text: str, weekday: _Weekday) -> bool:
    """Whether "minggu" says a week here and not Sunday."""
    word = text[weekday.start : weekday.end]
    before = max(0, weekday.start - 12), weekday.start
    if word.lower() != "minggu" or patterns.HARI_BEFORE.search(text, *before):
        return False
    return bool(
        word.islower()
        or patterns.COUNT_BEFORE.search(text, *before)
        or patterns.WEEK_AFTER.match(text, weekday.end)
    )


def _weekday(name: str, start: int) -> _Weekday:
    letters = "".join(character for character in name.lower() if character.isalpha())
    return _Weekday(start, start + len(name), patterns.WEEKDAY_NUMBERS[letters])


def _give_weekdays(weekdays: list[_Weekday], parts: list[_Part]) -> None:
    """Each date its own weekday: pair by pair, or one to the first, or two to both ends."""
    if len(weekdays) == len(parts):
        receivers = parts
    elif len(weekdays) == 1:
        receivers = parts[:1]
    elif len(weekdays) == 2 < len(parts):
        receivers = [parts[0], parts[-1]]
    else:
        return
    for weekday, part in zip(weekdays, receivers, strict=True):
        part.weekday = weekday


def _hand_down(text: str, earlier: _Group, later: _Group) -> None:
    """Give dates joined by "dan", "s.d." … the year stated last and the weekdays stated first."""
    joined = patterns.BETWEEN.fullmatch(text, earlier.end, later.start)
    if joined is None or (joined["comma"] and not later.weekdays):
        return
    if not later.weekdays and len(earlier.weekdays) > len(earlier.parts):
        _give_weekdays(earlier.weekdays, earlier.parts + later.parts)
    first, last = earlier.parts[-1], later.parts[0]
    if first.year is not None or last.year is None:
        return
    in_order = (first.month, first.day) <= (last.month, last.day)
    if in_order or joined["to"]:
        for part in earlier.parts:
            part.year = last.year if in_order else last.year - 1


def _span(text: str, part: _Part) -> DateSpan:
    weekday = part.weekday
    return DateSpan(
        part.start,
        part.end,
        text[part.start : part.end],
        part.day,
        part.month,
        part.year,
        *((weekday.number, weekday.start, weekday.end) if weekday else (None, None, None)),
    )
