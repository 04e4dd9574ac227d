"""Encoded photographs, kept between runs in `.kpucli/foto/` so that none is encoded twice.

A folder for each, named by the digest of its source and of the recipe. It may be deleted at any
time; where it cannot be written, a temporary folder does for one run. No link in it is followed:
it may have come with a copy, or out of a repository.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.index import FOLDER, make_folder
from kpucli.publish.encoding import Encoded

_NAME = "foto"
_MANIFEST = "isi.json"
_UNFINISHED = ".baru-"
_ABANDONED = 3600  # seconds: by then whoever was storing something has died
_FILE = re.compile(r"[0-9x]+\.[a-z]+")


@dataclass(frozen=True, slots=True)
class Stored:
    """An encoded photograph in its folder: its size in pixels, its files with their bytes."""

    folder: Path
    width: int
    height: int
    files: dict[str, int]


class PhotoStore:
    """The store of the office whose configuration is in `root`; use it as a context.

    Nothing is written before there is something to store.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER / _NAME
        self._is_open = False
        self._lock = threading.Lock()
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> PhotoStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._temporary is not None:
            self._temporary.cleanup()

    def find(self, key: str) -> Stored | None:
        """What is stored for a key; None where that is nothing, or no longer whole."""
        folder = self._folder / key
        if not all(map(_is_folder, (self._folder.parent, self._folder, folder))):
            return None
        try:
            data = json.loads(_read_regular(folder / _MANIFEST))
            stored = Stored(folder, int(data["width"]), int(data["height"]), dict(data["files"]))
            is_whole = all(_size_of(folder, name) == size for name, size in stored.files.items())
        except (OSError, ValueError, TypeError, LookupError):
            return None
        return stored if is_whole else None

    def put(self, key: str, photo: Encoded) -> Stored:
        """Store an encoded photograph, in one step. Raises `KpuError` when the disk refuses."""
        sizes = {name: len(content) for name, content in photo.files.items()}
        manifest = {"width": photo.width, "height": photo.height, "files": sizes}
        folder = self._open() / key
        try:
            staging = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
            try:
                for name, content in photo.files.items():
                    (staging / name).write_bytes(content)
                (staging / _MANIFEST).write_text(json.dumps(manifest))
                staging.chmod(0o755)
                _remove(folder)
                staging.rename(folder)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        except OSError as error:
            if found := self.find(key):  # another run was faster
                return found
            message = _("Foto tidak dapat disimpan: {reason}.")
            raise KpuError(message.format(reason=describe_os_error(error)), path=folder) from error
        return Stored(folder, photo.width, photo.height, sizes)

    def prune(self, used: Set[str]) -> None:
        """Remove what is not used, and what killed runs left; a disk that refuses is no matter."""
        with suppress(OSError):
            for item in list(self._folder.iterdir()) if _is_folder(self._folder) else []:
                is_new = time.time() - item.lstat().st_mtime < _ABANDONED
                if item.name not in used and not (item.name.startswith(_UNFINISHED) and is_new):
                    _remove(item)

    def _open(self) -> Path:
        """The folder to write to, made if need be."""
        with self._lock:
            if not self._is_open:
                self._is_open = True
                if not _can_be_written(self._folder):
                    self._temporary = tempfile.TemporaryDirectory(prefix="kpucli-")
                    self._folder = Path(self._temporary.name, FOLDER, _NAME)
                    self._folder.mkdir(parents=True)
            return self._folder


def _can_be_written(folder: Path) -> bool:
    try:
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
    except OSError:
        return False
    return _is_folder(folder.parent) and _is_folder(folder) and os.access(folder, os.W_OK)


def _is_folder(path: Path) -> bool:
    """Whether a folder stands there, not a link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _read_regular(path: Path) -> Any:
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        return file.read()


def _size_of(folder: Path, name: str) -> int | None:
    if not _FILE.fullmatch(name):
        return None
    status = os.lstat(folder / name)
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
