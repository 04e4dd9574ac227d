"""Sites of a few files: put into a folder, looked at, and killed on the way there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kpucli.publish import disk
from kpucli.publish.commit import Outcome, commit_files, lock_output, roll_back
from kpucli.publish.generation import MARKER, Generation
from kpucli.publish.render import File
from kpucli.publish.store import INSIDE

Site = Mapping[str, str]

_CALLS = "open mkdir rename replace link unlink rmdir write fsync chmod scandir".split()


def commit(output: Path, site: Site, **options: Any) -> Outcome:
    """Publish these files; with `removed`, as a part of the site."""
    files = (File(path, text.encode()) for path, text in site.items())
    with lock_output(output):
        return commit_files(output, files, **options)


def undo(output: Path, **options: Any) -> Outcome:
    """Go back to the site before."""
    with lock_output(output):
        return roll_back(output, **options)


def look(folder: Path) -> dict[str, str]:
    """The files of the site in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER and INSIDE not in path.parts
    }


def name_generation(site: Site) -> Generation:
    """The generation of a site with these files."""
    generation = Generation()
    for path, text in site.items():
        generation = generation.add(path, text.encode())
    return generation


class Killed(BaseException):
    """The process would be dead by now."""


@dataclass
class Calls:
    """How many calls to the disk were made."""

    made: int = 0


@contextmanager
def killed_at(call: int) -> Iterator[Calls]:
    """Inside, all calls to the disk after so many fail in a way that nothing can handle."""
    with _disturbed(lambda number: Killed() if number >= call else None) as calls:
        yield calls


@contextmanager
def failing_at(call: int, code: int) -> Iterator[Calls]:
    """Inside, one call to the disk, the nth from 0, fails with an error of the system."""
    error = OSError(code, os.strerror(code))
    with _disturbed(lambda number: error if number == call else None) as calls:
        yield calls


@contextmanager
def _disturbed(disturb: Callable[[int], BaseException | None]) -> Iterator[Calls]:
    calls = Calls()

    def guard(function: Any) -> Any:
        def guarded(*arguments: Any, **options: Any) -> Any:
            trouble = disturb(calls.made)
            calls.made += 1
            if trouble is not None:
                raise trouble
            return function(*arguments, **options)

        return guarded

    with (
        patch.multiple(os, **{name: guard(getattr(os, name)) for name in _CALLS}),
        patch.object(disk, "call_library", guard(disk.call_library)),
    ):
        yield calls
