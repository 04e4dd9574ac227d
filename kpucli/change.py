"""A change to one file: shown as a diff, written atomically or not at all.

Everything that alters articles returns `Change`s; `Change.diff` shows one, and `write_changes`
is the only thing that writes them.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kpucli.errors import ConflictError, KpuError, describe_os_error
from kpucli.i18n import _


@dataclass(frozen=True, slots=True)
class Change:
    """`path` holds `before` (None: no file yet) and shall hold `after`."""

    path: Path
    before: bytes | None
    after: bytes

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to do."""
        return self.before == self.after

    def diff(self) -> str:
        """The change as a unified diff; a missing last line end is said as git says it."""
        from difflib import unified_diff  # only where a diff is shown

        old = (self.before or b"").decode(errors="replace").splitlines(keepends=True)
        new = self.after.decode(errors="replace").splitlines(keepends=True)
        name = self.path.as_posix()
        lines = unified_diff(
            old, new, "/dev/null" if self.before is None else f"a/{name}", f"b/{name}"
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )


def write_changes(changes: Iterable[Change]) -> int:
    """Write each change in turn and return how many there were; empty ones are passed over.

    A file is replaced in one step, after its new content is on the disk, so that a crash leaves
    the old bytes or the new. Raises `ConflictError`, writing nothing more, when a file is no
    longer what it was when the change was made, and `KpuError` when the disk refuses.
    """
    written = 0
    for change in changes:
        if not change.is_empty:
            _write(change)
            written += 1
    return written


def _write(change: Change) -> None:
    folder = change.path.parent
    try:
        if change.before is None:
            folder.mkdir(parents=True, exist_ok=True)
        _refuse_conflict(change)
        temporary = _write_temporary(change, folder)
        try:
            _refuse_conflict(change)
            _put_in_place(temporary, change)
        finally:
            temporary.unlink(missing_ok=True)
        _flush_folder(folder)
    except OSError as error:
        message = _("Berkas tidak dapat ditulis: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, path=change.path) from error


def _refuse_conflict(change: Change) -> None:
    if change.path.is_symlink():
        raise ConflictError(_("Berkas ini tautan simbolik; tidak ditulis."), path=change.path)
    try:
        current = change.path.read_bytes()
    except FileNotFoundError:
        current = None
    if current == change.before:
        return
    if change.before is None:
        raise _taken(change)
    raise ConflictError(
        _("Berkas ini berubah sejak dibaca; tidak ditimpa."),
        _("Ulangi perintahnya."),
        path=change.path,
    )


def _write_temporary(change: Change, folder: Path) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{change.path.name}.", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(change.after)
            file.flush()
            os.fchmod(descriptor, _mode(change))
            os.fsync(descriptor)
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def _mode(change: Change) -> int:
    if change.before is not None:
        return change.path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _put_in_place(temporary: Path, change: Change) -> None:
    if change.before is not None:
        temporary.replace(change.path)
        return
    try:
        os.link(temporary, change.path)  # unlike a rename, refuses when the name is taken
    except FileExistsError:
        raise _taken(change) from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        temporary.replace(change.path)  # the name was free a moment ago


# What file systems without hard links answer (FAT, some network shares).
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def _taken(change: Change) -> ConflictError:
    return ConflictError(_("Berkas ini sudah ada; tidak ditimpa."), path=change.path)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
