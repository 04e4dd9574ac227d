"""What an office does to its archive, done alike to the articles of every program."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.bench.corpus import DAYS, FIRST_DAY, Form, Writer, write_story

_VIEWS = re.compile(r"^(views = |Views: )(\d+)$", re.MULTILINE)
_ADDITION = "\nPanitia menyampaikan terima kasih kepada seluruh peserta.\n"


class Texts:
    """The same `count` articles in each place, as written by its form."""

    def __init__(self, places: Mapping[Path, Form], count: int) -> None:
        self._places = places
        self._count = count
        self._originals: dict[Path, tuple[bytes, int] | None] = {}
        # From the middle, where an article has older and newer neighbours.
        folder = next(iter(places))
        years = sorted(os.listdir(folder))
        year = years[len(years) // 2]
        self._edited = f"{year}/{min(os.listdir(folder / year))}"
        self._viewed = f"{year}/{max(os.listdir(folder / year))}"

    def edit(self) -> None:
        """One more sentence at the end of an article."""
        for place in self._places:
            path = self._touch(place / self._edited)
            path.write_text(path.read_text() + _ADDITION)

    def add(self) -> None:
        """One more article, the newest."""
        day = FIRST_DAY + timedelta(days=DAYS + 7)
        story = Writer(Random(0)).write(self._count, day)
        for place, form in self._places.items():
            self._touch(place / f"{story.id}.md")
            write_story(place, story, form)

    def count_views(self) -> None:
        """One article has been read once more."""
        for place in self._places:
            path = self._touch(place / self._viewed)
            path.write_text(_VIEWS.sub(_raise, path.read_text(), count=1))

    def restore(self) -> None:
        """Put back what was there."""
        for path, original in self._originals.items():
            if original is None:
                path.unlink()
                with suppress(OSError):  # others may be there
                    path.parent.rmdir()
            else:
                path.write_bytes(original[0])
                os.utime(path, ns=(original[1], original[1]))
        self._originals.clear()

    def _touch(self, path: Path) -> Path:
        """Remember an article as it is, before it is changed for the first time."""
        if path not in self._originals:
            state = (path.read_bytes(), path.stat().st_mtime_ns) if path.exists() else None
            self._originals[path] = state
        return path


def _raise(found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2]) + 1}"
