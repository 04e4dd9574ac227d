"""What a writer may have meant by a date that lacks its year or contradicts its weekday."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from kpucli.dates.recognising import DateSpan, existing_date


def nearest_year(span: DateSpan, to: date) -> int:
    """The year of `span`; where it states none, the one that brings its day nearest `to`.

    A day that exists in none of the years around `to` (31 September) gets the year of `to`.
    """
    if span.year is not None:
        return span.year
    years = (to.year, to.year - 1, to.year + 1)
    days = [day for year in years if (day := existing_date(year, span.month, span.day))]
    return min(days, key=lambda day: abs(day - to)).year if days else to.year


def slips(stated: date, weekday: int, *, limit: int = 3) -> list[date]:
    """The dates a writer may have meant by `weekday` (0 is Senin) together with `stated`.

    Each falls on `weekday` and differs from `stated` in its day, year or month alone. The
    likeliest day comes first, then the neighbouring years, months, and other days mistyped in
    one digit; at most `limit`. Empty if `stated` falls on `weekday`.
    """
    if stated.weekday() == weekday:
        return []
    days = [day for day in _other_days(stated) if day.weekday() == weekday]
    elsewhere = [
        day
        for day in (*_other_years(stated), *_other_months(stated))
        if day is not None and day.weekday() == weekday
    ]
    mistyped = [day for day in days[1:] if _one_slip_apart(day.day, stated.day)]
    return [*days[:1], *elsewhere, *mistyped][:limit]


def _other_days(stated: date) -> list[date]:
    """The other days of the month, likeliest first."""
    numbers = range(1, monthrange(stated.year, stated.month)[1] + 1)
    likely = sorted(set(numbers) - {stated.day}, key=lambda day: _unlikeliness(day, stated.day))
    return [stated.replace(day=day) for day in likely]


def _other_years(stated: date) -> list[date | None]:
    return [existing_date(stated.year + step, stated.month, stated.day) for step in (1, -1)]


def _other_months(stated: date) -> list[date | None]:
    near = [
        month
        for month in range(1, 13)
        if abs(month - stated.month) == 1 or _one_slip_apart(month, stated.month)
    ]
    near.sort(key=lambda month: _unlikeliness(month, stated.month))
    return [existing_date(stated.year, month, stated.day) for month in near]


def _unlikeliness(meant: int, typed: int) -> tuple[bool, int]:
    return not _one_slip_apart(meant, typed), abs(meant - typed)


def _one_slip_apart(meant: int, typed: int) -> bool:
    """Whether the two numbers, as two digits, differ in one digit or in their order."""
    one, other = f"{meant:02}", f"{typed:02}"
    differing = sum(a != b for a, b in zip(one, other, strict=True))
    return differing == 1 or (differing == 2 and one == other[::-1])
