"""Servers that tests share: starting one takes longer than an upload."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.upload.places import Place
from tests.upload.servers import RCLONE, SSHD

_NEEDED = {"sftp": SSHD, "s3": RCLONE}

MEMORY = Path("/dev/shm")
MakePlace = Callable[..., Place]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, if there is any such: publishing waits for the disk."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


@pytest.fixture
def make_place(folder: Path) -> Iterator[MakePlace]:
    """Makes an office with a target on a server of a kind, which ends with the test."""
    places: list[Place] = []

    def make(kind: str, more: str = "") -> Place:
        if not _NEEDED.get(kind, "there"):
            pytest.skip(f"no server for {kind}")
        places.append(Place.make(folder / kind, kind, more))
        return places[-1]

    yield make
    for place in places:
        place.server.kill()
