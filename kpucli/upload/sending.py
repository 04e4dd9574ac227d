"""Sending many files over several connections, stage by stage, again where one breaks."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue

from kpucli.upload.connection import Connection, LostError, Parcel

_WORTH_A_CONNECTION = 20  # files: to connect takes as long as sending some
_PAUSES = (0.3, 1.0, 3.0)  # seconds before each further try of a connection that brings nothing


@dataclass(slots=True)
class Sender:
    """Up to `most` connections: those that are `idle`, and what `connect` makes.

    `pack` makes the parcel of a path; `sent` is told of each that is whole on the target, by any
    thread.
    """

    connect: Callable[[], Connection]
    most: int
    pack: Callable[[str], Parcel]
    sent: Callable[[str], None]
    idle: deque[Connection] = field(default_factory=deque)

    def send(self, stages: Iterable[list[str]]) -> Iterator[str]:
        """Send every path of a stage before any of the next; gives each once it is there.

        Raises what a connection or `pack` raises; what is under way is finished before.
        """
        for paths in stages:
            if paths:
                yield from _Stage(self, deque(paths)).run()

    def take(self) -> Connection:
        """A connection that nobody uses."""
        try:
            return self.idle.pop()
        except IndexError:
            return self.connect()


@dataclass(slots=True)
class _Batch:
    """What one connection has taken and not yet confirmed, and how much it has confirmed."""

    under_way: dict[str, None] = field(default_factory=dict)
    confirmed: int = 0


@dataclass(slots=True)
class _Stage:
    """The paths of a stage that are still to be sent, and what the threads say."""

    sender: Sender
    waiting: deque[str]
    news: SimpleQueue[str | None] = field(default_factory=SimpleQueue)
    errors: list[BaseException] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    working: int = 0

    def run(self) -> Iterator[str]:
        self.working = min(self.sender.most, 1 + len(self.waiting) // _WORTH_A_CONNECTION)
        threads = [threading.Thread(target=self._work) for _ in range(self.working)]
        running = len(threads)
        for thread in threads:
            thread.start()
        try:
            while running:
                path = self.news.get()
                if path is None:
                    running -= 1
                else:
                    yield path
        finally:
            self.stop.set()
            for thread in threads:
                thread.join()
        if self.errors:
            raise self.errors[0]

    def _work(self) -> None:
        try:
            fruitless = 0
            while self._has_work():
                batch = _Batch()
                try:
                    self._use_connection(batch)
                except LostError:
                    fruitless = 0 if batch.confirmed else fruitless + 1
                    if self._give_up(batch, is_final=fruitless > len(_PAUSES)):
                        return
                    self.stop.wait(_PAUSES[max(fruitless - 1, 0)])
        except BaseException as error:
            self.stop.set()
            self.errors.append(error)
        finally:
            self.news.put(None)

    def _has_work(self) -> bool:
        with self.lock:
            if self.waiting and not self.stop.is_set():
                return True
            self.working -= 1
            return False

    def _give_up(self, batch: _Batch, *, is_final: bool) -> bool:
        """Put back what was not confirmed; whether others go on with it, as servers have limits.

        Raises the error that is being handled when there are no others.
        """
        with self.lock:
            self.waiting.extendleft(batch.under_way)
            if not is_final:
                return False
            if self.working == 1:
                raise
            self.working -= 1
            return True

    def _use_connection(self, batch: _Batch) -> None:
        connection = self.sender.take()

        def confirm(path: str) -> None:
            del batch.under_way[path]
            batch.confirmed += 1
            self.sender.sent(path)
            self.news.put(path)

        connection.send(self._take_parcels(batch), confirm)
        self.sender.idle.append(connection)

    def _take_parcels(self, batch: _Batch) -> Iterator[Parcel]:
        while not self.stop.is_set():
            try:
                path = self.waiting.popleft()
            except IndexError:
                return
            batch.under_way[path] = None
            yield self.sender.pack(path)
