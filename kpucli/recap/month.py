"""The month that a report is about."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from kpucli.dates import MONTHS, read_period, say_month
from kpucli.errors import KpuError
from kpucli.i18n import _

_LAST_MONTH = "bulan lalu"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; `number` counts from 1."""

    year: int
    number: int

    def __str__(self) -> str:
        """`April 2022`."""
        return say_month(self.year, self.number)

    @property
    def iso(self) -> str:
        """`2022-04`."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def name(self) -> str:
        """`April`."""
        return MONTHS[self.number - 1]

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def before(self) -> Month:
        """The month before."""
        day = self.first - timedelta(1)
        return Month(day.year, day.month)

    def start(self, zone: tzinfo) -> datetime:
        """The moment it begins."""
        return datetime.combine(self.first, time(), zone)

    def end(self, zone: tzinfo) -> datetime:
        """The moment that no longer belongs to it."""
        return datetime.combine(self.last + timedelta(1), time(), zone)


def read_month(words: str | None, now: datetime) -> Month:
    """The month that a user names ("April 2022", 2022-04); the one before `now`'s, if None.

    Raises `KpuError` for what is not a month, or has not begun, and as `read_period` does.
    """
    assert now.tzinfo is not None
    start, end = read_period(_LAST_MONTH if words is None else words, now=now, zone=now.tzinfo)
    month = Month(start.year, start.month)
    if start != month.start(now.tzinfo) or end != month.end(now.tzinfo):
        raise KpuError(
            _("“{words}” bukan satu bulan.").format(words=words),
            _("Tulis misalnya “April 2022” atau 2022-04."),
        )
    if start > now:
        raise KpuError(_("{month} belum tiba.").format(month=month))
    return month
