"""Putting a site of small files, a folder a page, in place: beside writing the same files."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kpucli.publish.commit import commit_files, prepare_spare, roll_back
from kpucli.publish.render import File

_PAGE = "Isi berita yang hanya dibuat untuk pengukuran. " * 150  # about 7 kB, as a page is


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="on the disk to be measured")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Time each kind of commit once, in order; a table in seconds and ratios to the floor."""
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder, files = Path(name), arguments.files
        output = folder / "public"
        work: dict[str, Callable[[], object]] = {
            "floor: the same files, written": lambda: _write(folder / "lantai", files),
            "first": lambda: commit_files(output, _make_site(files)),
            "spare tree": lambda: prepare_spare(output),
            "nothing changed, all given": lambda: commit_files(output, _make_site(files)),
            "nothing changed, nothing given": lambda: commit_files(output, [], removed=[]),
            "one changed, all given": lambda: commit_files(output, _make_site(files, {7: "a"})),
            "five changed, five given": lambda: _change(output, "b"),
            "five changed again": lambda: _change(output, "c"),
            "rollback": lambda: roll_back(output),
            "all changed": lambda: commit_files(output, _make_site(files, "d")),
            "all changed again": lambda: commit_files(output, _make_site(files, "e")),
        }
        rows = {name: _time(action) for name, action in work.items()}
    floor = rows["floor: the same files, written"][0]
    return "\n".join([
        f"| {files} files | wall (s) | CPU (s) | to the floor |",
        "|---|---|---|---|",
        *(f"| {name} | {wall:.3f} | {cpu:.3f} | {wall / floor:.3f} |"
          for name, (wall, cpu) in rows.items()),
    ])  # fmt: skip


def _time(action: Callable[[], object]) -> tuple[float, float]:
    os.sync()
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - wall, time.process_time() - cpu


def _make_site(files: int, changed: dict[int, str] | str = "") -> Iterator[File]:
    for number in range(files):
        word = changed if isinstance(changed, str) else changed.get(number, "")
        yield File(_name(number), f"{number}{word} {_PAGE}".encode())


def _name(number: int) -> str:
    return f"berita/{2013 + number % 10}/berita-{number}/index.html"


def _change(output: Path, word: str) -> None:
    files = [File(_name(number), f"{number}{word} {_PAGE}".encode()) for number in range(5)]
    commit_files(output, files, removed=[])


def _write(folder: Path, files: int) -> None:
    """The plain way, with nothing but the calls that it takes."""
    for year in range(2013, 2023):
        os.makedirs(folder / "berita" / str(year))  # noqa: PTH103
    for file in _make_site(files):
        path = f"{folder}/{file.path}"
        os.mkdir(path.rpartition("/")[0])  # noqa: PTH102
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        os.write(descriptor, file.content)
        os.close(descriptor)
