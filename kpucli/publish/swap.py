"""A new site takes the place of the old: the whole old one or the whole new one, never a mixture.

What is new is written to a folder beside the old site, on the same disk; what is unchanged becomes
links to the old files, which therefore are never written to. Then the two folders change places in
one step (`renameat2` with RENAME_EXCHANGE). Where the system cannot do that (mount points, some
network disks), files are replaced one by one, each in one step: what is added, then what changed,
deletions last, so that no page ever leads to one that is not there.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _

STAGING = ".kpucli-baru"

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
# Links or the exchange do not work here: another disk, a mount point, an old or foreign system.
_NOT_HERE = {
    errno.EXDEV,
    errno.EBUSY,
    errno.EINVAL,
    errno.ENOSYS,
    errno.EOPNOTSUPP,
    errno.EPERM,
    errno.EMLINK,
}


@dataclass(slots=True)
class Outcome:
    """Paths of files by what a publish did, or would do, to them."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the site is already as it should be."""
        return not (self.added or self.changed or self.removed)


@contextmanager
def open_staging(output: Path) -> Iterator[Path]:
    """An empty folder for what is new, beside the site, or in it where nothing can be made there.

    What a killed run left is removed first, and whatever is in the folder at the end. The caller
    holds the lock.
    """
    beside, inside = output.parent / f".{output.name}{STAGING}", output / STAGING
    for folder in (beside, inside):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        beside.mkdir()
        staging = beside
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EROFS} or not output.exists():
            raise
        inside.mkdir()
        staging = inside
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def put_in_place(output: Path, staging: Path, outcome: Outcome) -> None:
    """Turn the site in `output` into the new one, whose new files are in `staging`.

    `staging` then holds what is no longer needed. Raises `OSError` while the old site is whole,
    `KpuError` when it no longer is.
    """
    if not output.exists():
        _flush(staging)
        staging.rename(output)
    elif staging.parent == output:
        _replace_each(output, staging, outcome)
    else:
        try:
            _link_unchanged(output, staging, outcome.unchanged)
            staging.chmod(output.stat().st_mode & 0o7777)
            _flush(staging)
            exchange(staging, output)
        except OSError as error:
            if error.errno not in _NOT_HERE:
                raise
            _copy_and_replace(output, staging, outcome)
    _flush(output.parent)


def exchange(first: Path, second: Path) -> None:
    """Let two folders change places in one step (Linux `renameat2`). Raises `OSError`."""
    arguments = (_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    _call("renameat2", arguments, second)


def _link_unchanged(output: Path, staging: Path, paths: list[str]) -> None:
    for path in paths:
        old, new = f"{output}/{path}", f"{staging}/{path}"
        try:
            os.link(old, new)
        except FileNotFoundError:
            Path(new).parent.mkdir(parents=True, exist_ok=True)
            os.link(old, new)


def _copy_and_replace(output: Path, staging: Path, outcome: Outcome) -> None:
    """Replace files one by one, from a folder that is certainly on the site's own disk."""
    inside = output / STAGING
    try:
        for path in (*outcome.added, *outcome.changed):
            (inside / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(staging / path, inside / path)
        _replace_each(output, inside, outcome)
    finally:
        shutil.rmtree(inside, ignore_errors=True)


def _replace_each(output: Path, staging: Path, outcome: Outcome) -> None:
    _flush(staging)
    try:
        for path in (*outcome.added, *outcome.changed):
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(output / path)
        for path in outcome.removed:
            (output / path).unlink()
            _remove_empty(output, (output / path).parent)
    except OSError as error:
        raise KpuError(
            _("Penerbitan terputus: {reason}.").format(reason=describe_os_error(error)),
            _("Sebagian halaman sudah baru, sebagian masih lama; ulangi penerbitan."),
            path=output,
        ) from error


def _remove_empty(top: Path, folder: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _flush(folder: Path) -> None:
    """Bring all that was written to this folder's disk to safety. Raises `OSError` if it failed."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Unlike sync, this tells of errors; unlike fsync of each file, it does not take seconds.
        _call("syncfs", (descriptor,), folder)
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
        os.sync()
    finally:
        os.close(descriptor)


def _call(name: str, arguments: tuple[int | bytes, ...], path: Path) -> None:
    """Call a function of the C library that Python has no name for. Raises `OSError`."""
    function = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    code = errno.ENOSYS if function is None else 0
    if function is not None and function(*arguments):
        code = ctypes.get_errno()
    if code:
        raise OSError(code, os.strerror(code), str(path))
