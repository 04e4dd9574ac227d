"""From access logs to the store: what is a view, and whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from kpucli.errors import KpuError
from kpucli.views.addresses import Addresses, Target
from kpucli.views.agents import is_robot
from kpucli.views.lines import Request, find_requests, read_moment
from kpucli.views.reading import open_log, read_blocks
from kpucli.views.store import Store, Visit
from kpucli.views.visitors import Visitors

ROBOTS_FILE = b"/robots.txt"

_MOST_FRESH = 100_000  # visits held in memory, some 15 MB
_MOST_REMEMBERED = 50_000  # visitors and minutes, some 20 MB


@dataclass(slots=True)
class Tally:
    """What came of logs: every line is counted once.

    `counted` are new views, less those that more lines have shown to be a program's; `bots` views
    by programs; `skipped` all other lines. `late` are requests for articles on days that are
    closed, by day; `untimely` those before an article's date or after now.
    """

    lines: int = 0
    counted: int = 0
    bots: int = 0
    late: Counter[str] = field(default_factory=Counter)
    untimely: int = 0
    crowded: bool = False

    @property
    def skipped(self) -> int:
        """Lines that are no view, or one that was counted before."""
        return self.lines - self.counted - self.bots


@dataclass(slots=True)
class Recorder:
    """Takes logs one after the other into `store`; `now` is in the office's zone.

    What is taken is there for good every so many lines. Whoever is cut off begins again: what is
    there already counts once.
    """

    store: Store
    addresses: Addresses
    now: datetime
    tally: Tally = field(default_factory=Tally)
    _days: dict[str, Visitors | None] = field(default_factory=dict)
    _names: dict[bytes, str | None] = field(default_factory=dict)
    _visits: set[Visit] = field(default_factory=set)
    _robots: set[tuple[str, int]] = field(default_factory=set)

    def take(self, log: BinaryIO, name: str) -> None:
        """Take in a log. Raises `DamagedLogError` as `read_blocks` does."""
        starts = (*self.addresses.starts, ROBOTS_FILE)
        for block in read_blocks(log, name):
            self.tally.lines += block.count(b"\n")
            for request in find_requests(block, starts):
                self._take_request(request)
            if len(self._visits) + len(self._robots) > _MOST_FRESH:
                self.save()
            self._forget()

    def save(self) -> None:
        """Write what is held in memory, for good."""
        self.store.add_visits(self._visits, self._robots)
        self._visits.clear()
        self._robots.clear()
        self.store.commit()
        self.store.begin()

    def _take_request(self, request: Request) -> None:
        target = self.addresses.find(request.path)
        if target is None:
            if request.path == ROBOTS_FILE:
                self._note_robot(request)
        elif request.agent is not None and is_robot(request.agent):
            self.tally.bots += 1
        else:
            self._note_visit(request, target)

    def _note_robot(self, request: Request) -> None:
        """Browsers do not ask for robots.txt."""
        day = self._find_day(request.moment)
        visitors = self._open_day(day) if day is not None else None
        if day is not None and visitors is not None:
            self._robots.add((day, visitors.find(request.address, request.agent)))

    def _note_visit(self, request: Request, target: Target) -> None:
        day = self._find_day(request.moment)
        if day is None or not target.first <= day <= target.last:
            self.tally.untimely += 1
            return
        visitors = self._open_day(day)
        if visitors is None:
            self.tally.late[day] += 1
        else:
            self._visits.add((day, visitors.find(request.address, request.agent), target.id))

    def _find_day(self, moment: bytes) -> str | None:
        """The day of a time in a log; None for one that cannot be, or is still to come."""
        # No zone begins its day within a minute.
        minute = moment[:17] + moment[20:] if moment[2:3] == b"/" else moment
        try:
            return self._names[minute]
        except KeyError:
            if len(self._names) > _MOST_REMEMBERED:
                self._names.clear()
            name = self._names[minute] = self._read_day(moment)
            return name

    def _read_day(self, moment: bytes) -> str | None:
        assert self.now.tzinfo is not None
        try:
            day = read_moment(moment, self.now.tzinfo).date()
        except ValueError:
            return None
        return day.isoformat() if day <= self.now.date() else None

    def _open_day(self, day: str) -> Visitors | None:
        """The visitors of a day; None once it is closed."""
        try:
            return self._days[day]
        except KeyError:
            self._forget()
            key = self.store.open_day(day, self.now)
            visitors = self._days[day] = None if key is None else Visitors(key)
            return visitors

    def _forget(self) -> None:
        """Let go of what is remembered of visitors where it is much."""
        known = [visitors for visitors in self._days.values() if visitors is not None]
        if sum(visitors.remembered for visitors in known) > _MOST_REMEMBERED:
            for visitors in known:
                visitors.forget()


def record_logs(
    names: Iterable[str], store: Store, addresses: Addresses, now: datetime
) -> tuple[Tally, list[KpuError]]:
    """Take logs into the store, and close the days that are safely over.

    Returns what came of them, and an error for each log that could not be read to its end.
    """
    store.begin()
    before = store.count_open_days()  # after a crash there may be more than was counted
    recorder, errors = Recorder(store, addresses, now), []
    for name in names:
        try:
            with open_log(name) as log:
                recorder.take(log, name)
        except KpuError as error:
            errors.append(error)
    recorder.save()
    after, tally = store.count_open_days(), recorder.tally
    tally.counted = after.counted - before.counted
    tally.bots += after.robots - before.robots
    tally.crowded = after.crowded
    store.close_days(now)
    store.commit()
    return tally, errors
