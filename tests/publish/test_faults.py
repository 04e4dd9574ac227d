"""Publishes killed, or run at once: the site is the old or the new one, and the next run works."""

from __future__ import annotations

import errno
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

from kpucli.errors import KpuError
from kpucli.publish import trees
from kpucli.publish.generation import read_generation
from tests.conftest import make_environment
from tests.publish.disturb import ARTICLES, Disturber, refuse_exchange
from tests.publish.sites import Killed, commit, failing_at, killed_at, look, name_generation, undo

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
    assert found["left"] == [".public.kpucli", "public"]


def test_killed_where_files_are_replaced_one_by_one_none_is_torn_or_lost(folder: Path) -> None:
    found = disturb(folder, KILLS // 2, "kill", "files")
    assert found["seen"].keys() <= {"old", "new", "mixed"}, found
    assert found["finished"]
    assert found["left"] == [".public.kpucli", "public"]


def test_of_two_publishes_at_once_the_site_is_that_of_one_that_said_it_was(folder: Path) -> None:
    found = disturb(folder, RACES, "race", "exchange")
    assert found["seen"] == {"fine": RACES}
    assert found["left"] == [".public.kpucli", "public"]


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


SITES = [
    {"index.html": str(number), f"n/{number}/index.html": "n", "sama/index.html": "sama"}
    for number in range(3)
]


def do_first(output: Path) -> None:
    commit(output, SITES[2])


def do_whole(output: Path) -> None:
    commit(output, SITES[2], keep=1)


def do_part(output: Path) -> None:
    part = {path: SITES[2][path] for path in ("index.html", "n/2/index.html")}
    commit(output, part, removed=SITES[1].keys() - SITES[2].keys())


ACTIONS: dict[Any, Any] = {
    do_first: ({}, SITES[2]),
    do_whole: (SITES[1], SITES[2]),
    do_part: (SITES[1], SITES[2]),
    undo: (SITES[1], SITES[0]),
}


def prepare(output: Path, before: dict[str, str]) -> None:
    for site in SITES[:2] if before else []:
        commit(output, site, keep=2)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_killed_at_every_call_the_site_is_the_old_or_the_new_one(folder: Path, action: Any) -> None:
    before, after = ACTIONS[action]
    seen = set()
    for call in range(1000):
        output = folder / str(call) / "public"
        prepare(output, before)
        try:
            with killed_at(call):
                action(output)
            break
        except Killed:
            found = look(output) if output.exists() else {}
            assert found in (before, after)
            assert read_generation(output) == (name_generation(found) if found else None)
            seen.add(found == after)
        if found != after:
            action(output)
        assert look(output) == after
    assert call > 20
    assert seen == {False, True}


def refused(action: Any, output: Path) -> str:
    """What is said when an action fails; nothing if it does not."""
    try:
        action(output)
    except KpuError as error:
        return f"{error.exit_code} {error.message}"
    return ""


@pytest.mark.parametrize("way", ["exchange", "files"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_an_error_at_any_call_is_told_and_the_site_stays_whole(
    folder: Path, action: Any, code: int, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "files":
        monkeypatch.setattr(trees, "exchange", refuse_exchange)
    before, after = ACTIONS[action]
    for call in range(1000):
        output = folder / str(call) / "public"
        prepare(output, before)
        with failing_at(call, code) as calls:
            told = refused(action, output)
        found = look(output) if output.exists() else {}
        assert told[:2] in ("", "2 ")
        if "Penerbitan terputus" in told:
            assert way == "files"
            assert read_generation(output) in (None, name_generation(found))
        else:
            assert found == (before if told and "sudah terpasang" not in told else after), told
        # Where the call that failed was to clear up, the next publish does.
        assert not told or not list(folder.glob(f"{call}/.*/baru"))
        assert not told or not (output / ".kpucli-baru").exists()
        commit(output, after)
        assert look(output) == after
        if calls.made <= call:
            break
    assert call > 20
