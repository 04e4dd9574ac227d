"""A change to one file: shown as a diff, written atomically or not at all.

Everything that alters articles returns `Change`s; `Change.diff` shows one, and `write_changes`
is the only thing that writes them.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kpucli.errors import ConflictError, KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.printable import printable

_TEMPORARY = (".kpucli-", ".tmp")  # what the names of temporary files begin and end with
_ABANDONED = 3600  # seconds: by then whoever wrote a temporary file has died
_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # str.splitlines also ends lines at U+2028 and others


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

        old = _LINE.findall((self.before or b"").decode(errors="replace"))
        new = _LINE.findall(self.after.decode(errors="replace"))
        name = printable(self.path.as_posix())
        old_name = "/dev/null" if self.before is None else f"a/{name}"
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in unified_diff(old, new, old_name, f"b/{name}")
        )


def write_changes(changes: Iterable[Change]) -> int:
    """Write each change in turn and return how many there were; empty ones are passed over.

    A file is replaced in one step, after its new content is on the disk, so that a crash leaves
    the old bytes or the new. Raises `ConflictError`, writing nothing more, when a file is no
    longer what it was when the change was made, and `KpuError` when the disk refuses.
    """
    written = 0
    swept: set[Path] = set()
    for change in changes:
        if not change.is_empty:
            folder = change.path.parent
            if folder not in swept:
                _sweep(folder)
                swept.add(folder)
            _write(change)
            written += 1
    return written


def _write(change: Change) -> None:
    folder = change.path.parent
    try:
        with _folder_made(folder):
            _refuse_conflict(change)
            with _temporary_file(change) as temporary:
                _refuse_conflict(change)
                _put_in_place(temporary, change)
        flush(folder)
    except OSError as error:
        message = _("Berkas tidak dapat ditulis: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, path=change.path) from error


@contextmanager
def _folder_made(folder: Path) -> Iterator[None]:
    """Inside, the folder is there; what was made for it goes again when that fails."""
    made: list[Path] = []
    try:
        for missing in reversed([item for item in (folder, *folder.parents) if not item.exists()]):
            missing.mkdir(exist_ok=True)
            made.append(missing)
            flush(missing.parent)
        yield
    except BaseException:
        for empty in reversed(made):
            with suppress(OSError):
                empty.rmdir()
        raise


def _refuse_conflict(change: Change) -> None:
    try:
        status = change.path.lstat()
    except FileNotFoundError:
        if change.before is None:
            return
        raise _changed(change) from None
    if change.before is None:
        raise _taken(change)
    if not stat.S_ISREG(status.st_mode):
        message = _("Ini tautan simbolik atau bukan berkas biasa; tidak ditulis.")
        raise ConflictError(message, path=change.path)
    if status.st_size != len(change.before) or change.path.read_bytes() != change.before:
        raise _changed(change)


def _changed(change: Change) -> ConflictError:
    return ConflictError(
        _("Berkas ini berubah sejak dibaca; tidak ditimpa."),
        _("Ulangi perintahnya."),
        path=change.path,
    )


def _taken(change: Change) -> ConflictError:
    return ConflictError(_("Berkas ini sudah ada; tidak ditimpa."), path=change.path)


@contextmanager
def _temporary_file(change: Change) -> Iterator[Path]:
    """A hidden file beside the target, its new content on the disk; gone at the end."""
    path = change.path.with_name(os.urandom(8).hex().join(_TEMPORARY))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(change.after)
            file.flush()
            if change.before is not None:
                os.fchmod(descriptor, stat.S_IMODE(change.path.stat().st_mode))
            os.fsync(descriptor)
        yield path
    finally:
        path.unlink(missing_ok=True)


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


def flush(path: str | Path) -> None:
    """Bring a file, or the list of names in a folder, to safety. Raises `OSError`."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):  # some network shares cannot
            raise
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Take away the temporary files of runs that were killed."""
    start, end = _TEMPORARY
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(start) and entry.name.endswith(end):
                status = entry.stat(follow_symlinks=False)
                if time.time() - status.st_mtime > _ABANDONED:
                    Path(entry.path).unlink()
