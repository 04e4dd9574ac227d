"""Publishes killed, starved, raced, and read through nginx meanwhile: what was seen how often."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kpucli.errors import KpuError
from tests.conftest import CONFIG, Office, make_environment
from tests.importers.wxr import write_wxr
from tests.interrupting import interrupt
from tests.publish.disturb import ARTICLES, Disturber
from tests.publish.sites import commit, look, undo
from tests.views.logs import article_names, make_labelled

CALLS = (
    "openat read write close fstat newfstatat lseek getdents64 mkdir rename renameat2 link unlink"
    " unlinkat rmdir fsync syncfs chmod flock"
).split()
SITES = [
    {"index.html": str(number), f"n/{number}/index.html": "n", "sama/index.html": "sama"}
    for number in range(3)
]
CHILD = """\
import sys
from pathlib import Path
from tests.publish.sites import commit, undo
from tests.bench.faults import SITES
action, output = sys.argv[1], Path(sys.argv[2])
if action == "publish":
    commit(output, SITES[2], keep=2)
elif action == "rollback":
    undo(output)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--interrupts", type=int, default=100, help="imports and counts killed")
    parser.add_argument("--races", type=int, default=100)
    parser.add_argument("--gets", type=int, default=100_000)
    parser.add_argument("--publishes", type=int, default=25)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Do it all; a table of what was seen. Parts that need root, strace or nginx say so."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            ("kill -9, any moment", _disturb(folder / "a", arguments.kills, "kill", "exchange")),
            ("the same, file by file", _disturb(folder / "b", arguments.kills, "kill", "files")),
            ("kill -9, every call of a publish", _kill_at_calls(folder / "c", "publish")),
            ("kill -9, every call of a rollback", _kill_at_calls(folder / "d", "rollback")),
            ("disk full at each page", _fill_disk(folder / "e")),
            ("two at once", _disturb(folder / "f", arguments.races, "race", "exchange")),
            ("import killed", _interrupt_import(folder / "h", arguments.interrupts)),
            ("views killed", _interrupt_views(folder / "i", arguments.interrupts)),
            ("read through nginx", _read(folder / "g", arguments.gets, arguments.publishes)),
        ]
    return "\n".join(
        ["| fault | seen |", "|---|---|", *(f"| {name} | {seen} |" for name, seen in rows)]
    )


def _say(seen: dict[str, Any]) -> str:
    return ", ".join(f"{name} {count}" for name, count in seen.items())


def _disturb(folder: Path, rounds: int, how: str, way: str) -> str:
    folder.mkdir()
    process = subprocess.run(
        [sys.executable, "-m", "tests.publish.disturb", str(folder), str(rounds), how, way],
        capture_output=True,
        check=True,
        text=True,
        env=make_environment(),
    )
    found = json.loads(process.stdout)
    return _say(found["seen"] | {key: found[key] for key in found if key == "finished"})


def _kill_at_calls(folder: Path, action: str) -> str:
    """The publish under strace, killed as each of its calls begins."""
    if shutil.which("strace") is None:
        return "needs strace"
    folder.mkdir()
    output = folder / "public"
    idle, busy = _count(output, "idle"), _count(output, action)
    seen: Counter[str] = Counter()
    before, after = SITES[1], SITES[2 if action == "publish" else 0]
    for name in CALLS:
        for number in range(idle[name] + 1, busy[name] + 1):
            _prepare(output)
            _trace(
                action, output, "-e", f"inject={name}:signal=KILL:when={number}", "-o", os.devnull
            )
            found = look(output)
            seen["old" if found == before else "new" if found == after else "mixed"] += 1
            if found == before:
                commit(output, after) if action == "publish" else undo(output)
            seen["lost"] += look(output) != after
    return _say(seen)


def _prepare(output: Path) -> None:
    for entry in output.parent.iterdir():
        shutil.rmtree(entry)
    for site in SITES[:2]:
        commit(output, site, keep=2)


def _count(output: Path, action: str) -> Counter[str]:
    """How often each call is made."""
    _prepare(output)
    with tempfile.NamedTemporaryFile() as log:
        _trace(action, output, "-o", log.name)
        lines = Path(log.name).read_text(errors="replace").splitlines()
    return Counter(line.split(maxsplit=1)[-1].partition("(")[0] for line in lines)


def _trace(action: str, output: Path, *options: str) -> None:
    command = ["strace", "-f", "-qq", "-e", f"trace={','.join(CALLS)}", *options]
    subprocess.run(
        [*command, sys.executable, "-c", CHILD, action, str(output)],
        check=False,
        env=make_environment(PYTHONDONTWRITEBYTECODE="1"),
        stderr=subprocess.DEVNULL,
    )


def _interrupt_import(folder: Path, kills: int) -> str:
    """WordPress posts imported by runs that are killed one after the other, and a last one."""
    office = _open_office(folder)
    number = kills * 2
    write_wxr(folder / "a.xml", number, size=300)
    seen = Counter(interrupt(folder, "import", kills, "wordpress", "a.xml"))
    there = len(office.ids())
    office.run("import", "wordpress", "a.xml")
    titles = Counter(office.read(name).split("\n")[1] for name in office.ids())
    lost, twice = number - len(titles), titles.total() - len(titles)
    return _say(seen | {"imported by then": there, "lost": lost, "twice": twice})


def _interrupt_views(folder: Path, kills: int) -> str:
    office = _open_office(folder)
    names = article_names(70)
    for name in names:
        office.add(name, "date = 2022-04-01T08:00:00+07:00")
    (folder / "access.log").write_text(make_labelled(names).text())
    return _say(interrupt(folder, "record", kills, "record", "access.log"))


def _open_office(folder: Path) -> Office:
    (folder / "articles").mkdir(parents=True)
    (folder / "kpucli.toml").write_text(CONFIG)
    return Office(folder)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _fill_disk(folder: Path) -> str:
    """A publish of twenty pages with ever more room on the disk, until it has enough."""
    if os.geteuid():
        return "needs root"
    seen: Counter[str] = Counter()
    with _small_disk(folder) as disk:
        output, filler = disk / "public", disk / "penuh"
        sites = [{f"{n}/index.html": f"{version}" * 5000 for n in range(20)} for version in "ab"]
        for free in range(200):
            commit(output, sites[0])
            commit(output, sites[0] | {"0/index.html": "x"})
            commit(output, sites[0])
            _leave(filler, free)
            try:
                commit(output, sites[1])
                told = "fine"
            except KpuError as error:
                told = "refused" if "disk penuh" in error.message else error.message
            found = look(output)
            whole = found == sites[told == "fine"]
            seen[told if whole else f"{told}, mixed"] += 1
            filler.unlink()
            commit(output, sites[1])
            seen["lost"] += look(output) != sites[1]
            if told == "fine":
                break
    return _say(seen)


def _leave(filler: Path, pages: int) -> None:
    """Fill the disk but for so many pages of memory."""
    page = bytes(4096)
    with filler.open("wb", buffering=0) as file:
        with suppress(OSError):
            while file.write(page):
                pass
        file.truncate(max(0, file.tell() - pages * len(page)))


def _read(folder: Path, gets: int, publishes: int) -> str:
    """Pages got through nginx while the site is published again and again."""
    if shutil.which("nginx") is None:
        return "needs nginx"
    folder.mkdir(mode=0o755)
    disturber = Disturber(folder)
    disturber.publish(0)
    seen: Counter[str] = Counter()
    with _nginx(folder) as port:
        paths = ["/", *(article.url for article in ARTICLES[:20])]
        readers = [
            threading.Thread(target=_get, args=(port, paths, gets // 2, seen)) for _ in range(2)
        ]
        for reader in readers:
            reader.start()
        done = 0
        while any(reader.is_alive() for reader in readers):
            if done < publishes and seen.total() > done * gets / (publishes + 1):
                done += 1
                os.waitpid(disturber.start(done % 2), 0)
            time.sleep(0.001)
    return _say({"publishes": done} | seen)


@contextmanager
def _nginx(folder: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; user root; events {{}}\n"
        f"http {{ access_log off; keepalive_requests 1000000; server {{ listen 127.0.0.1:{port};"
        f" root {folder}/public; }} }}\n"
    )
    server = subprocess.Popen(
        ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    )
    time.sleep(1)
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


def _get(port: int, paths: list[str], gets: int, seen: Counter[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for number in range(gets):
        connection.request("GET", paths[number % len(paths)])
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != http.HTTPStatus.OK:
            seen[str(answer.status)] += 1
        else:
            seen["whole" if text.endswith(b"</html>") else "cut" if text else "empty"] += 1
