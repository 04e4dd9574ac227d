"""The course of views over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kpucli.views.store import Count


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends included, and the views in it."""

    first: date
    last: date
    views: int


class Course(dict[date, int]):
    """Views by day, in order; days without views are left out."""

    def months(self) -> Iterator[tuple[str, int]]:
        """Views by month (`2022-04`), in order."""
        months: Counter[str] = Counter()
        for day, views in self.items():
            months[f"{day:%Y-%m}"] += views
        yield from months.items()

    def spans(self, most: int) -> list[Span]:
        """All days from the first to the last, in at most `most` spans of equal length.

        Only the last may be shorter.
        """
        if not self:
            return []
        first, last = min(self), max(self)
        count = (last - first).days + 1
        length = -(-count // most)
        sums: Counter[int] = Counter()
        for day, views in self.items():
            sums[(day - first).days // length] += views
        return [
            Span(
                first + timedelta(start),
                min(first + timedelta(start + length - 1), last),
                sums[start // length],
            )
            for start in range(0, count, length)
        ]


def sum_days(counts: Iterable[Count]) -> Course:
    """Views by day."""
    days: Counter[str] = Counter()
    for day, _article, views in counts:
        days[day] += views
    return Course({date.fromisoformat(day): days[day] for day in sorted(days)})
