"""The days that requests in logs fall on, and who views what on them.

Each request asks for its day, its path's readers, its agent and its address. All four are found in
dictionaries that know the answer already or find it themselves: a log of millions of lines asks
the same again and again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from kpucli.views.addresses import Addresses
from kpucli.views.moments import read_moment
from kpucli.views.store import ROBOTS
from kpucli.views.visitors import Places, Programs

ROBOTS_FILE = b"/robots.txt"

_LONGEST_KEPT = 512  # bytes of a path: of longer ones, none is remembered
_MOST_MINUTES = 20_000  # with seconds and zones; of one zone there are 3,600
_AFTER_HOUR = re.compile(rb":([0-5][0-9]):[0-5][0-9] ([+-][0-9]{2})([0-9]{2})")


class Readers(Protocol):
    """What visitors are added to."""

    def add(self, visitor: int, /) -> None:
        """Add one who asks."""


class Refused:
    """Requests that do not count; only their number is known."""

    number = 0

    def add(self, _visitor: int, /) -> None:
        """One more."""
        self.number += 1


class Day(dict[bytes, Readers | None]):
    """Who asks for each path on a day (ISO 8601); None for a path that is nobody's.

    The day is opened by `open_day`, which gives its key or None where it is closed, as soon as
    something counts. `untimely` takes requests for articles that there cannot have been that day.
    """

    def __init__(
        self,
        name: str,
        addresses: Addresses,
        untimely: Refused,
        open_day: Callable[[str], bytes | None],
    ) -> None:
        self.name = name
        self.places, self.programs = Places(b""), Programs(b"")  # until the day has a key
        self.articles: defaultdict[str, set[int]] = defaultdict(set)
        self.late = Refused()
        self._addresses, self._untimely, self._open_day = addresses, untimely, open_day
        self._is_new, self._is_closed = True, False

    def __missing__(self, path: bytes) -> Readers | None:
        readers = self._find_readers(path)
        if len(path) <= _LONGEST_KEPT:
            self[path] = readers
        return readers

    def _find_readers(self, path: bytes) -> Readers | None:
        target = self._addresses.find(path)
        if target is None:
            return self._readers_of(ROBOTS) if path == ROBOTS_FILE else None
        if not target.first <= self.name <= target.last:
            return self._untimely
        return self._readers_of(target.id)

    def _readers_of(self, article: str) -> Readers | None:
        if self._is_new:
            self._open()
        if self._is_closed:
            return None if article == ROBOTS else self.late
        return self.articles[article]

    def _open(self) -> None:
        key = self._open_day(self.name)
        self._is_new, self._is_closed = False, key is None
        if key is not None:
            self.places, self.programs = Places(key), Programs(key)


class _Nothing(Day):
    """The day of a moment that there is not."""

    def __init__(self) -> None:
        pass

    def __missing__(self, path: bytes) -> None:
        return None


_NO_DAY = _Nothing()


class Hours(dict[bytes, "_Hours"]):
    """The days of moments by what stands after their hour, and then by their date and hour.

    So one entry does for every minute and second. `now` is in the office's zone, whose days are
    meant; `find_day` gives the day of a name, or of `None` for one that is still to come.
    """

    def __init__(self, now: datetime, find_day: Callable[[str | None], Day]) -> None:
        self._now, self._find_day = now, find_day
        self._shared: dict[bytes, _Hours] = {}

    def __missing__(self, rest: bytes) -> _Hours:
        match = _AFTER_HOUR.fullmatch(rest)
        if match is None:  # another form, with which there are too many to remember
            return _Hours(rest, self._read_day)
        minute, hours, minutes = match.groups()
        shift = timedelta(minutes=int(minutes)) - (self._now.utcoffset() or timedelta())
        # Where clocks differ by whole hours no day begins within one.
        offset = hours + minutes + (minute if shift % timedelta(hours=1) else b"")
        found = self[rest] = self._shared.setdefault(offset, _Hours(rest, self._read_day))
        return found

    def forget(self) -> None:
        """Let go of all days."""
        for hours in self._shared.values():
            hours.clear()
        if len(self) > _MOST_MINUTES:
            self.clear()
            self._shared.clear()

    def _read_day(self, moment: bytes) -> Day:
        assert self._now.tzinfo is not None
        try:
            day = read_moment(moment, self._now.tzinfo).date()
        except ValueError:
            return _NO_DAY
        return self._find_day(day.isoformat() if day <= self._now.date() else None)


class _Hours(dict[bytes, Day]):
    """The days of hours, all with the same zone."""

    def __init__(self, rest: bytes, read_day: Callable[[bytes], Day]) -> None:
        self._rest, self._read_day = rest, read_day

    def __missing__(self, hour: bytes) -> Day:
        day = self[hour] = self._read_day(hour + self._rest)
        return day
