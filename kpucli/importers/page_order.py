"""What the order of a page, newest item first, says of the days that its items state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kpucli.dates import say_date
from kpucli.i18n import _
from kpucli.importers.newsday import NewsDay, settle_year

_FAR = timedelta(days=183)  # from all that is near on the page: a mistyped year
_REACH = 2  # items above, and items below, that are near


def settle_days(days: Sequence[NewsDay], today: date) -> list[tuple[date, str | None]]:
    """A day for each item of the page, with the reason to doubt it, or None where it is sure.

    A day without year gets that of its neighbours; what is far from them is doubted; doubtful
    items get a day that fits between their neighbours, today where there are none.
    """
    sure = _doubt_strays(_settle_years(days))
    settled: list[tuple[date, str | None]] = []
    for day, newer, older in zip(sure, _sure_above(sure), _sure_below(sure), strict=True):
        if day.date is not None and day.doubt is None:
            settled.append((day.date, None))
        else:
            settled.append(_between(day, newer, older, today))
    return settled


def _sure_above(days: Iterable[NewsDay]) -> list[date | None]:
    """For each day the nearest sure one above it."""
    found: list[date | None] = []
    nearest: date | None = None
    for day in days:
        found.append(nearest)
        nearest = day.date if day.doubt is None else nearest
    return found


def _sure_below(days: Sequence[NewsDay]) -> list[date | None]:
    return _sure_above(reversed(days))[::-1]


def _settle_years(days: Sequence[NewsDay]) -> list[NewsDay]:
    settled: list[NewsDay] = []
    newer: date | None = None
    for stated, older in zip(days, _sure_below(days), strict=True):
        neighbour = newer or older
        day = settle_year(stated, neighbour) if neighbour else stated
        settled.append(day)
        newer = day.date if day.doubt is None else newer
    return settled


def _doubt_strays(days: Sequence[NewsDay]) -> list[NewsDay]:
    """Days that no weekday confirms, doubted where all near them on the page are far away."""
    checked = []
    for index, day in enumerate(days):
        around = [*days[max(0, index - _REACH) : index], *days[index + 1 : index + 1 + _REACH]]
        near = [other.date for other in around if other.date and other.doubt is None]
        checked.append(_doubt_stray(day, near))
    return checked


def _doubt_stray(day: NewsDay, near: Sequence[date]) -> NewsDay:
    if day.date is None or day.doubt or day.has_weekday or not near:
        return day
    if any(abs(day.date - other) <= _FAR for other in near):
        return day
    doubt = _("Teks menyebut {day}, jauh dari berita di dekatnya di halaman ({other}).")
    return replace(day, doubt=doubt.format(day=say_date(day.date), other=say_date(near[0])))


def _between(
    day: NewsDay, newer: date | None, older: date | None, today: date
) -> tuple[date, str | None]:
    """The doubtful day itself where the page's order allows it, else one that it allows."""
    if day.date and (older or date.min) <= day.date <= (newer or today):
        return day.date, day.doubt
    known = older or newer
    if known is None:
        return min(day.date or today, today), day.doubt
    order = _("Urutan halaman menunjukkan sekitar {first}.")
    if older and newer and older != newer:
        order = _("Urutan halaman menunjukkan antara {first} dan {last}.")
    first, last = sorted((known, newer or known))
    words = order.format(first=say_date(first), last=say_date(last))
    return known, f"{day.doubt} {words}"
