"""A folder on this computer, or one that is mounted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.upload.connection import STAGING, Found, Parcel, refused
from kpucli.upload.target import Target


class FolderConnection:
    """The folder that a `file:` address names; it must exist, so that a share is mounted."""

    def __init__(self, target: Target) -> None:
        self._top = Path(target.folder)
        if not self._top.is_dir():
            raise KpuError(
                _("Folder tujuan tidak ada."),
                _("Buat dahulu, atau pasang disknya."),
                path=self._top,
            )

    def read(self, path: str) -> bytes | None:
        with _worded(path):
            try:
                return self._place(path).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def write(self, path: str, content: bytes) -> None:
        with _worded(path):
            os.sync()  # what was sent is safe before the record says that it is there
            self._replace(path, content)
            folder = os.open(self._place(path).parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def create(self, path: str, content: bytes) -> bool:
        with _worded(path):
            try:
                with self._place(path).open("xb") as file:
                    file.write(content)
            except FileExistsError:
                return False
        return True

    def send(self, parcels: Iterator[Parcel], sent: Callable[[str], None]) -> None:
        for parcel in parcels:
            with _worded(parcel.path):
                self._replace(parcel.path, parcel.content)
            sent(parcel.path)

    def _replace(self, path: str, content: bytes) -> None:
        staged = self._top / STAGING / str(os.getpid())
        staged.parent.mkdir(exist_ok=True)
        staged.write_bytes(content)
        staged.replace(self._place(path))

    def make_folders(self, folders: Iterable[str]) -> None:
        for folder in folders:
            with _worded(folder):
                self._place(folder).mkdir(exist_ok=True)

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            with _worded(path), suppress(FileNotFoundError, NotADirectoryError):
                self._place(path).unlink()

    def remove_folders(self, folders: Iterable[str]) -> None:
        for folder in folders:
            with suppress(OSError):  # something else is in it
                self._place(folder).rmdir()

    def drop_staging(self) -> None:
        shutil.rmtree(self._top / STAGING, ignore_errors=True)

    def find_files(self) -> dict[str, Found]:
        found = {}
        with _worded(str(self._top)):
            for folder, _folders, names in os.walk(self._top):
                for name in names:
                    path = Path(folder, name)
                    found[path.relative_to(self._top).as_posix()] = Found(path.lstat().st_size)
        return found

    def close(self) -> None:
        pass

    def _place(self, path: str) -> Path:
        return self._top / path


@contextmanager
def _worded(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise refused(path, describe_os_error(error)) from error
