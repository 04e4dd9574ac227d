"""How far a long run is, on a terminal, once it has taken a second."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from kpucli.i18n import _

if TYPE_CHECKING:
    from rich.progress import Progress, Task

_Item = TypeVar("_Item")
_UNNOTICED = 1.0  # seconds that a run may take without a bar
_QUIET = 0.5  # seconds without output after which the bar comes back


class LateProgress:
    """A bar on stderr for `total` steps; use it as a context. Off a terminal it does nothing."""

    def __init__(self, what: str, total: int) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._written = 0.0
        self._bar: Progress | None = None
        self._has_ended = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(_UNNOTICED, self._show)
        self._timer.daemon = True

    def __enter__(self) -> LateProgress:
        if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._has_ended = True
            if self._bar is not None:
                self._bar.stop()

    def track(
        self, items: Iterable[_Item], weigh: Callable[[_Item], int] = lambda _item: 1
    ) -> Iterator[_Item]:
        """The same items; each one taken is a step, or as many as it weighs."""
        for item in items:
            yield item
            self._done += weigh(item)
            if self._bar is not None:
                self._bar.update(self._bar.task_ids[0], completed=self._done)
                if time.monotonic() - self._written > _QUIET:
                    self._bar.start()

    @contextlib.contextmanager
    def out_of_the_way(self) -> Iterator[None]:
        """The bar is gone from the terminal while something is written, and a little longer."""
        with self._lock:
            if self._bar is not None:
                self._bar.stop()
            yield
            self._written = time.monotonic()

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            ProgressColumn,
            TextColumn,
        )
        from rich.text import Text

        class Pace(ProgressColumn):
            """How fast it goes, and how long it will yet take."""

            def render(self, task: Task) -> Text:
                if not task.speed or task.time_remaining is None:
                    return Text("")
                left = timedelta(seconds=int(task.time_remaining))
                words = _("{number}/detik, sisa {time}")
                return Text(words.format(number=f"{task.speed:.0f}", time=left))

        with self._lock:
            if self._has_ended:
                return
            bar = Progress(
                TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
                Pace(),
                console=Console(stderr=True), transient=True,
                redirect_stdout=False, redirect_stderr=False,
            )  # fmt: skip
            bar.add_task(self._what, total=self._total, completed=self._done)
            bar.start()
            self._bar = bar


def follow(
    what: str,
    results: Iterable[_Item],
    total: int,
    weigh: Callable[[_Item], int] = lambda _item: 1,
) -> Iterator[_Item]:
    """The same results, with a bar while they are worked out. See `kpucli.workers.Follow`."""
    with LateProgress(what, total) as progress:
        yield from progress.track(results, weigh)
