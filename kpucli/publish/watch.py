"""Noticing that files change, by looking at them twice a second: it works on every disk."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_POLL_SECONDS = 0.5


class Watch:
    """Some files and folders, from the moment it is made."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = list(paths)
        self._seen = self._look()

    def run(self, react: Callable[[], None], stop: threading.Event) -> None:
        """Call `react` after each change, until `stop` is set."""
        while not stop.wait(_POLL_SECONDS):
            now = self._look()
            if now != self._seen:
                self._seen = now
                react()

    def _look(self) -> dict[str, tuple[int, int]]:
        """Time and size of every file; those of editors, with a dot in front, do not count."""
        found: dict[str, tuple[int, int]] = {}
        for path in self._paths:
            for file in _files_below(path) if path.is_dir() else [str(path)]:
                try:
                    status = os.stat(file)
                except OSError:  # not there, or gone since it was listed
                    continue
                found[file] = (status.st_mtime_ns, status.st_size)
        return found


def _files_below(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                yield f"{parent}/{name}"
