"""The site as it stands here: its files and their hashes, read once and held to.

Hashes are remembered in `.kpucli/` by modification time, size and inode, so that a site of ten
thousand pages is known in a moment. The folder is opened once: a publish may put another in its
place meanwhile. Whatever is read later must still have the hash that it had.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _

OURS = ".kpucli"  # what begins so, in a site's folder or on a target, is no part of a site

_REMEMBERED = "sidik"
_Stamp = tuple[int, int, int]  # modification time in ns, size, inode


@dataclass(frozen=True, slots=True)
class Site:
    """A site's files: SHA-256 in hexadecimal digits by path; `folder` is a descriptor."""

    folder: int
    name: Path
    hashes: dict[str, str]

    def read(self, path: str) -> bytes:
        """A file's content. Raises `KpuError` where it is no longer what it was."""
        try:
            content = _read(self.folder, path)
        except OSError as error:
            raise _changed(self.name / path, describe_os_error(error)) from error
        if hashlib.sha256(content).hexdigest() != self.hashes[path]:
            raise _changed(self.name / path, _("isinya lain"))
        return content

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self.folder)


def open_site(folder: Path, memory: Path) -> Site:
    """The site in a folder; `memory` is the folder to remember hashes in.

    Raises `KpuError` where it cannot be read, or holds what no site does (links, devices).
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise KpuError(
            _("Folder situs tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error)),
            _("Bangun dahulu dengan `kpucli publish`."),
            path=folder,
        ) from error
    try:
        return Site(descriptor, folder, _hash_files(descriptor, folder, memory))
    except BaseException:
        os.close(descriptor)
        raise


def _hash_files(descriptor: int, folder: Path, memory: Path) -> dict[str, str]:
    known = _recall(memory / _REMEMBERED)
    found: dict[str, tuple[str, _Stamp]] = {}
    try:
        for path, stamp in _walk(descriptor, folder):
            digest, before = known.get(path, ("", None))
            if before != stamp:
                digest = hashlib.sha256(_read(descriptor, path)).hexdigest()
            found[path] = digest, stamp
    except OSError as error:
        raise KpuError(
            _("Situs tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error)),
            path=error.filename or folder,
        ) from error
    if found != known:
        with suppress(OSError):  # then it is hashed once more the next time
            _remember(memory / _REMEMBERED, found)
    return {path: digest for path, (digest, _stamp) in sorted(found.items())}


def _walk(descriptor: int, folder: Path) -> Iterator[tuple[str, _Stamp]]:
    """Every file below a folder; names are relative to the descriptor."""
    folders = [""]
    while folders:
        above = folders.pop()
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
        inner = os.open(above or ".", flags, dir_fd=descriptor)
        try:
            with os.scandir(inner) as entries:
                for entry in entries:
                    path = above + entry.name
                    status = entry.stat(follow_symlinks=False)
                    if path.startswith(OURS):
                        continue
                    if stat.S_ISDIR(status.st_mode):
                        folders.append(f"{path}/")
                    elif stat.S_ISREG(status.st_mode):
                        yield path, (status.st_mtime_ns, status.st_size, status.st_ino)
                    else:
                        raise KpuError(
                            _("Ini bukan berkas biasa; situs tidak diunggah."), path=folder / path
                        )
        finally:
            os.close(inner)


def _read(descriptor: int, path: str) -> bytes:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    with os.fdopen(os.open(path, flags, dir_fd=descriptor), "rb", buffering=0) as file:
        return file.readall()


def _recall(file: Path) -> dict[str, tuple[str, _Stamp]]:
    """What is remembered; nothing where that is not as we wrote it."""
    known: dict[str, tuple[str, _Stamp]] = {}
    try:
        for line in file.read_text("utf-8").splitlines():
            digest, time, size, inode, path = line.split(" ", 4)
            known[path] = digest, (int(time), int(size), int(inode))
    except (OSError, ValueError):
        return {}
    return known


def _remember(file: Path, found: dict[str, tuple[str, _Stamp]]) -> None:
    lines = [
        f"{digest} {time} {size} {inode} {path}\n"
        for path, (digest, (time, size, inode)) in found.items()
    ]
    new = file.with_name(f"{file.name}.{os.getpid()}")
    new.write_text("".join(lines), "utf-8")
    new.replace(file)


def _changed(path: Path, reason: str) -> KpuError:
    return KpuError(
        _("Situs berubah selagi diunggah: {reason}.").format(reason=reason),
        _("Ulangi; yang sudah terkirim tidak dikirim lagi."),
        path=path,
    )
