"""Single checks of the doctor, each with what it must find and what it must let be."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.counted import SCHEMA_VERSION
from kpucli.dates import ZONES
from kpucli.doctor.computer import (
    check_clock,
    check_editor,
    check_encoding,
    check_python,
    check_zone,
)
from kpucli.doctor.databases import check_index, check_views
from kpucli.doctor.folders import check_disk, check_memory, find_nearest
from kpucli.doctor.reach import find_unreachable
from kpucli.doctor.repository import check_conflicts, check_git, find_conflict
from kpucli.doctor.result import Result, Standing
from tests.properties import relaxed

NOW = datetime(2022, 4, 20, 15, tzinfo=ZONES["WIB"])
FINE, ADVICE, WRONG = Standing.FINE, Standing.ADVICE, Standing.WRONG


@pytest.mark.parametrize(
    ("version", "standing"),
    [((3, 10, 14), WRONG), ((3, 11, 0), FINE), ((3, 14, 1), FINE), ((4, 0, 0), FINE)],
)
def test_python_must_be_3_11(version: tuple[int, int, int], standing: Standing) -> None:
    assert check_python(version).standing is standing


@pytest.mark.parametrize(
    ("encoding", "standing"),
    [("UTF-8", FINE), ("utf8", FINE), ("ANSI_X3.4-1968", ADVICE), ("ISO-8859-1", ADVICE)],
)
def test_a_locale_that_is_not_utf_8_is_told(encoding: str, standing: Standing) -> None:
    assert check_encoding(encoding).standing is standing


def test_an_editor_is_looked_for_on_the_path(tmp_path: Path) -> None:
    program = tmp_path / "editor"
    program.write_text("#!/bin/sh\n")
    assert check_editor([str(program), "-w"]).standing is WRONG  # it cannot be run
    program.chmod(0o755)
    assert check_editor([str(program), "-w"]).standing is FINE
    missing = check_editor(["tidak-ada\x1b[31m"])
    assert missing.standing is WRONG
    assert "\x1b" not in missing.message


@pytest.mark.parametrize(
    ("later", "standing"),
    [
        (timedelta(days=-400), FINE),
        (timedelta(minutes=4), FINE),  # clocks of two computers differ
        (timedelta(minutes=6), WRONG),
        (timedelta(days=400), WRONG),
    ],
)
def test_a_clock_before_the_newest_file_is_wrong(later: timedelta, standing: Standing) -> None:
    written = [(Path("lama.md"), 0.0), (Path("baru.md"), (NOW + later).timestamp())]
    result = check_clock(NOW, written)
    assert result.standing is standing
    assert ("baru.md" in result.message) == (standing is WRONG)
    assert check_clock(NOW, []).standing is FINE


def test_a_clock_that_lost_the_time_is_wrong() -> None:
    result = check_clock(NOW.replace(year=1970), [])
    assert result.standing is WRONG
    assert "20 April 1970" in result.message


@pytest.mark.parametrize(
    ("zone", "hours", "standing", "shown"),
    [("WIB", 7, FINE, "WIB"), ("WIT", 7, ADVICE, "UTC+7"), ("WITA", -3.5, ADVICE, "UTC-3,5")],
)
def test_another_zone_of_the_computer_is_told(
    zone: str, hours: float, standing: Standing, shown: str
) -> None:
    result = check_zone(NOW.astimezone(ZONES[zone]), timedelta(hours=hours))
    assert (result.standing, shown in result.message) == (standing, True)


def _database(path: Path, version: int = 0) -> Path:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE a (b TEXT)")
    connection.executemany("INSERT INTO a VALUES (?)", [("x" * 1000,)] * 50)
    connection.execute(f"PRAGMA user_version={version}")
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize("check", [check_index, check_views])
def test_a_database_is_looked_through(tmp_path: Path, check: Callable[[Path], Result]) -> None:
    path = tmp_path / "data.sqlite3"
    assert check(path).standing is FINE
    assert not path.exists()  # nothing is made by looking
    _database(path, SCHEMA_VERSION)
    assert check(path).standing is FINE
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])
    assert check(path).standing is WRONG
    path.write_bytes(b"bukan basis data " * 100)
    assert check(path).standing is WRONG
    assert path.read_bytes() == b"bukan basis data " * 100


def test_views_of_another_version_are_told(tmp_path: Path) -> None:
    path = _database(tmp_path / "views.sqlite3", SCHEMA_VERSION + 1)
    assert check_views(path).standing is WRONG
    assert "versi lain" in check_views(path).message


def test_a_database_in_use_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpucli.doctor.databases._WAIT_SECONDS", 0.05)
    path = _database(tmp_path / "index.sqlite3")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert check_index(path).standing is ADVICE
    other.close()
    assert check_index(path).standing is FINE


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments],
        cwd=folder, check=False, capture_output=True,
    )  # fmt: skip


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_a_repository_and_what_is_half_done_in_it(tmp_path: Path) -> None:
    office = tmp_path / "kantor"
    office.mkdir()
    assert check_git(office).standing is ADVICE
    _git(tmp_path, "init", "-b", "utama")
    (office / "a.md").write_text("awal\n")
    for branch, text in (("utama", "awal\n"), ("lain", "satu\n"), ("utama", "dua\n")):
        _git(tmp_path, "checkout", "-B" if branch == "lain" else "-q", branch)
        (office / "a.md").write_text(text)
        _git(tmp_path, "add", "-A")
        _git(tmp_path, "commit", "-m", text)
    assert check_git(office).standing is FINE
    _git(tmp_path, "merge", "lain")
    result = check_git(office)
    assert result.standing is WRONG
    assert "git merge --abort" in result.advice
    content = (office / "a.md").read_bytes()
    assert find_conflict(office / "a.md", content) == (office / "a.md", 1)
    _git(tmp_path, "merge", "--abort")
    assert check_git(office).standing is FINE
    _git(tmp_path, "rebase", "lain")
    assert "git rebase --abort" in check_git(office).advice
    _git(tmp_path, "rebase", "--abort")
    _git(tmp_path, "worktree", "add", "../cabang", "lain")
    _git(tmp_path.parent / "cabang", "cherry-pick", "utama")
    assert "git cherry-pick --abort" in check_git(tmp_path.parent / "cabang").advice


@given(st.lists(st.sampled_from([b"<<<<<<< HEAD", b"=======", b">>>>>>> a", b"isi", b"", b"<<<"])))
@relaxed
def test_both_marks_make_a_conflict(lines: list[bytes]) -> None:
    found = find_conflict(Path("a.md"), b"\n".join(lines))
    begins = [number for number, line in enumerate(lines) if line.startswith(b"<<<<<<< ")]
    is_ended = bool(begins) and b">>>>>>> a" in lines[begins[0] :]
    assert found == ((Path("a.md"), begins[0] + 1) if is_ended else None)


def test_conflicts_are_counted_and_some_named() -> None:
    found = [(Path(f"{name}.md"), 3) for name in "abcde"]
    result = check_conflicts(found)
    assert result.standing is WRONG
    assert "5 berkas" in result.message
    assert "a.md:3, b.md:3, c.md:3, …" in result.message
    assert check_conflicts([]).standing is FINE


def test_room_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = tmp_path / "belum" / "ada"
    for free, standing in ((50, WRONG), (500, ADVICE), (5000, FINE)):
        usage = shutil._ntuple_diskusage(1, 1, free * 1_000_000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, usage=usage: usage)
        assert check_disk(far).standing is standing
    assert "5,0 GB" in check_disk(far).message
    assert find_nearest(far) == tmp_path


def test_the_memory_may_be_missing_but_no_file(tmp_path: Path) -> None:
    folder = tmp_path / ".kpucli"
    assert check_memory(folder).standing is FINE
    assert not folder.exists()
    folder.write_text("")
    assert check_memory(folder).standing is WRONG


def test_servers_are_tried_at_once_and_nothing_is_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        here, silent = server.getsockname()[1], unused.getsockname()[1]
        reasons = find_unreachable(
            {
                "ada": ("127.0.0.1", here),
                "tutup": ("127.0.0.1", silent),
                "nama": ("tidak-ada.invalid", 22),
            }
        )
        server.settimeout(2)
        connection, _address = server.accept()
        assert connection.recv(1) == b""  # closed, without a byte
        connection.close()
    assert set(reasons) == {"tutup", "nama"}
    assert reasons["tutup"] == "sambungan ditolak"


def test_a_server_that_is_silent_costs_no_more_than_the_time_given() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        port = server.getsockname()[1]
        # A queue that is full: Linux then drops the first packet of others.
        waiting = [socket.socket() for _number in range(4)]
        for item in waiting:
            item.setblocking(False)
            item.connect_ex(("127.0.0.1", port))
        started = time.monotonic()
        reasons = find_unreachable({"diam": ("127.0.0.1", port)}, seconds=0.3)
        assert time.monotonic() - started < 2
        for item in waiting:
            item.close()
    assert "tidak menjawab" in reasons["diam"]


def test_the_moment_of_a_file_is_said_in_the_offices_zone() -> None:
    moment = datetime(2023, 1, 1, 0, 30, tzinfo=UTC)
    result = check_clock(NOW, [(Path("a.md"), moment.timestamp())])
    assert "1 Januari 2023, 07.30 WIB" in result.message
