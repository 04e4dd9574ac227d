"""What earlier publishes replaced, so that they can be undone.

Each has a numbered folder with the list of what it did and, under the numbers of their places in
that list, the old files. They are moved there only when the next publish brings the spare tree up
to date: until then it has them.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kpucli.publish.disk import remove_tree
from kpucli.publish.generation import Generation, parse_generation

_LIST = "daftar.json"


@dataclass(frozen=True, slots=True)
class Step:
    """What a publish does to which paths, and the site before and after it."""

    before: Generation | None
    after: Generation
    added: list[str]
    changed: list[str]
    removed: list[str]

    @property
    def paths(self) -> list[str]:
        """All that it touches."""
        return [*self.added, *self.changed, *self.removed]

    @property
    def written(self) -> list[str]:
        """The paths of files that it brings."""
        return [*self.added, *self.changed]

    @property
    def replaced(self) -> list[str]:
        """The paths of files that are gone after it."""
        return [*self.changed, *self.removed]


@dataclass(frozen=True, slots=True)
class Entry:
    """A publish that can be undone."""

    folder: str
    step: Step

    @property
    def places(self) -> dict[str, str]:
        """Where the old file of each path is, or will be."""
        return {path: f"{self.folder}/{n}" for n, path in enumerate(self.step.replaced)}


def add_entry(history: str, step: Step) -> Entry:
    """Note what a publish is about to do; its old files are for others to put there."""
    number = max(_numbers(history), default=0) + 1
    entry = Entry(f"{history}/{number}", step)
    Path(entry.folder).mkdir(parents=True)
    words = {name: str(value) for name in ("before", "after") if (value := getattr(step, name))}
    text = json.dumps(asdict(step) | words)
    Path(entry.folder, _LIST).write_text(text, "ascii")
    return entry


def find_entry(history: str, live: Generation | None) -> Entry | None:
    """The publish that made the site that is live; None where it cannot be undone.

    Later entries are of publishes that were killed, or have been undone.
    """
    for number in sorted(_numbers(history), reverse=True) if live else []:
        entry = _read_entry(f"{history}/{number}")
        if entry is not None and entry.step.after == live:
            return entry
    return None


def drop_later(history: str, last: Entry | None) -> None:
    """Forget what came after an entry; all, if it is None."""
    newest = int(os.path.basename(last.folder)) if last else 0  # noqa: PTH119
    for number in _numbers(history):
        if number > newest:
            remove_tree(f"{history}/{number}")


def drop_oldest(history: str, keep: int) -> None:
    """Forget all but the newest `keep` entries."""
    numbers = sorted(_numbers(history), reverse=True)
    for number in numbers[keep:]:
        remove_tree(f"{history}/{number}")


def _numbers(history: str) -> list[int]:
    try:
        return [int(name) for name in os.listdir(history) if name.isdecimal()]
    except FileNotFoundError:
        return []


def _read_entry(folder: str) -> Entry | None:
    """None where a publish was killed while it wrote the list."""
    try:
        table: dict[str, Any] = json.loads(Path(folder, _LIST).read_bytes())
        before, after = parse_generation(table["before"]), parse_generation(table["after"])
        if before is None or after is None:
            return None
        return Entry(folder, Step(**table | {"before": before, "after": after}))
    except (OSError, ValueError, KeyError, TypeError):
        return None
