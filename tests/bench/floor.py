"""The floor: what writing the files of a site takes, with nothing but the calls that it needs."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.bench.timing import Usage

_AT_ONCE = 500  # files whose content is held


def write_again(site: Path, target: Path) -> Usage:
    """Time writing every file of a site into a new folder `target`, which is removed again."""
    os.sync()
    wall = cpu = 0.0
    files = walk(site)
    target.mkdir()
    made = {str(target)}
    while batch := list(islice(files, _AT_ONCE)):
        contents = [(f"{target}/{path}", (site / path).read_bytes()) for path in batch]
        started, used = time.perf_counter(), time.process_time()
        for path, content in contents:
            _write(path, content, made)
        wall += time.perf_counter() - started
        cpu += time.process_time() - used
    shutil.rmtree(target)
    return Usage(wall, cpu)


def walk(site: Path) -> Iterator[str]:
    """The paths of a site's files, as seen from its folder."""
    prefix = len(str(site)) + 1
    for folder, _folders, names in os.walk(site):
        for name in names:
            yield f"{folder}/{name}"[prefix:]


def _write(path: str, content: bytes, made: set[str]) -> None:
    folder = path.rpartition("/")[0]
    if folder not in made:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        made.add(folder)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    os.write(descriptor, content)
    os.close(descriptor)
