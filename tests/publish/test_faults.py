"""Publishes killed, or run at once: the site is the old or the new one, and the next run works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import make_environment
from tests.publish.disturb import ARTICLES, Disturber

KILLS = 60
RACES = 25
MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, if there is any such: what a kill leaves does not depend on the disk."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


def disturb(folder: Path, rounds: int, how: str, way: str) -> Any:
    process = subprocess.run(
        [sys.executable, "-m", "tests.publish.disturb", str(folder), str(rounds), how, way],
        capture_output=True,
        check=True,
        text=True,
        env=make_environment(),
    )
    return json.loads(process.stdout)


def test_killed_at_any_moment_the_site_is_the_old_or_the_new_one(folder: Path) -> None:
    found = disturb(folder, KILLS, "kill", "exchange")
    assert found["seen"].keys() <= {"old", "new"}, found
    assert found["finished"]
    assert found["left"] == ["public"]


def test_killed_where_files_are_replaced_one_by_one_none_is_torn_or_lost(folder: Path) -> None:
    found = disturb(folder, KILLS // 2, "kill", "files")
    assert found["seen"].keys() <= {"old", "new", "mixed"}, found
    assert found["finished"]
    assert found["left"] == ["public"]


def test_of_two_publishes_at_once_the_site_is_that_of_one_that_said_it_was(folder: Path) -> None:
    found = disturb(folder, RACES, "race", "exchange")
    assert found["seen"] == {"fine": RACES}
    assert found["left"] == ["public"]


def test_readers_never_meet_a_missing_or_empty_page(folder: Path) -> None:
    disturber = Disturber(folder)
    disturber.publish(0)
    pages = [disturber.output / "index.html"]
    pages += [disturber.output / article.url.strip("/") / "index.html" for article in ARTICLES[:3]]
    over = threading.Event()
    bad: list[str] = []
    reads = 0

    def read() -> None:
        nonlocal reads
        while not over.is_set():
            for page in pages:
                try:
                    if not page.read_bytes().endswith(b"</html>"):
                        bad.append(f"{page}: cut")
                except OSError as error:
                    bad.append(str(error))
                reads += 1

    reader = threading.Thread(target=read)
    reader.start()
    for round_ in range(10):
        disturber.publish((round_ + 1) % 2)
    over.set()
    reader.join()
    assert bad == []
    assert reads > 100
