"""Making a folder hold a rendered site: what of it is new, and putting that in place."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.publish.render import File
from kpucli.publish.swap import STAGING, Outcome, open_staging, put_in_place

MARKER = ".kpucli-situs"
_MARKER_TEXT = "Folder ini dibuat oleh `kpucli publish`; isinya diganti pada tiap penerbitan.\n"


@contextmanager
def lock_output(output: Path) -> Iterator[None]:
    """Keep other publishes into the same place out, from before the articles are read.

    The lock is on a folder and dies with the process. Raises `KpuError` when another has it.
    """
    folder = next(parent for parent in output.resolve().parents if parent.is_dir())
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KpuError(
                _("Penerbitan lain sedang berjalan di folder ini."),
                _("Tunggu lalu ulangi."),
                path=folder,
            ) from None
        yield
    finally:
        os.close(descriptor)


def commit_files(output: Path, files: Iterable[File], *, dry_run: bool = False) -> Outcome:
    """Make `output` hold exactly `files` and say what that changed; with `dry_run` only say it.

    The caller holds `lock_output`. Raises `KpuError` when the folder is no site of ours or the
    disk refuses; the old site then stays whole.
    """
    output = output.resolve()  # `public` may be a link to a web server's folder
    files = chain([File(MARKER, _MARKER_TEXT.encode())], files)
    try:
        _refuse_foreign(output)
        if dry_run:
            return _compare(output, files)
        output.parent.mkdir(parents=True, exist_ok=True)
        with open_staging(output) as staging:
            outcome = _compare(output, files, staging)
            if not outcome.is_empty:
                put_in_place(output, staging, outcome)
            return outcome
    except OSError as error:
        message = _("Situs tidak dapat ditulis: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, _("Situs lama tetap utuh."), path=output) from error


def _refuse_foreign(output: Path) -> None:
    if not output.exists():
        return
    if not output.is_dir():
        raise KpuError(_("Ini bukan folder."), _("Pilih folder lain dengan --output."), path=output)
    if not (output / MARKER).is_file() and any(output.iterdir()):
        raise KpuError(
            _("Folder ini berisi berkas yang bukan hasil kpucli; tidak ditimpa."),
            _("Pilih folder lain dengan --output, atau kosongkan dahulu."),
            path=output,
        )


def _compare(output: Path, files: Iterable[File], staging: Path | None = None) -> Outcome:
    """Sort the files by what is to be done; new content is written to `staging`, if given."""
    outcome = Outcome()
    wanted: set[str] = set()
    for file in files:
        if file.path in wanted:
            raise KpuError(_("Dua halaman beralamat sama: {path}.").format(path=file.path))
        wanted.add(file.path)
        place = f"{output}/{file.path}"
        old = None
        if file.is_copied_to(place) or (old := _read(place)) == file.content:
            outcome.unchanged.append(file.path)
            continue
        (outcome.added if old is None else outcome.changed).append(file.path)
        if staging:
            _write(staging / file.path, file.content)
            file.stamp(staging / file.path)
    outcome.removed = sorted(path for path in _list_files(output) if path not in wanted)
    return outcome


def _read(path: str) -> bytes | None:
    """A file's content; None where there is none, or something that is no file of ours."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            return file.read()
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR}:
            return None
        raise


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True)
        path.write_bytes(content)


def _list_files(folder: Path) -> Iterator[str]:
    """The paths of all files below a folder, without what is being staged there."""
    start = len(str(folder)) + 1
    for parent, folders, names in os.walk(folder):
        if STAGING in folders:
            folders.remove(STAGING)
        below = parent[start:]
        for name in names:
            yield f"{below}/{name}" if below else name
