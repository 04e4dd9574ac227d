"""What this computer has sent in an upload that is not complete, and the lock on it.

One file a target in `.kpucli/unggah/`: the upload's token (`-` once it is complete), the manifest
that this computer wrote last, and the target's address; then a line for every file that the target
has confirmed. A line without its end was cut off and does not count.
The lock dies with its process.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _

FOLDER = "unggah"  # in `.kpucli/`


@dataclass(slots=True)
class Journal:
    """The journal of a target, which no other process has.

    `token` is "" where no upload is under way; `last` is the manifest that was written last from
    here, "" where there was none.
    """

    file: int
    url: str
    token: str = ""
    last: str = ""
    sent: dict[str, str] = field(default_factory=dict)

    def begin(self, token: str) -> None:
        """Begin anew for an upload."""
        self.token, self.sent = token, {}
        self._write_head()

    def add(self, path: str, mark: str) -> None:
        """Note that the target has a file; safe to be called by threads."""
        os.write(self.file, f"{mark} {path}\n".encode("utf-8", "surrogateescape"))

    def end(self, last: str) -> None:
        """Forget an upload, but for the manifest that was written last."""
        self.token, self.last, self.sent = "", last, {}
        self._write_head()

    def _write_head(self) -> None:
        os.ftruncate(self.file, 0)
        os.write(self.file, f"{self.token or '-'} {self.last or '-'} {self.url}\n".encode())
        os.fsync(self.file)


def recall_upload(folder: Path, name: str, url: str) -> tuple[float, bool] | None:
    """When a target was last sent to from here (seconds since 1970), and whether that is complete.

    None where it never was, or where the journal cannot be read.
    """
    path = folder / f"{name}.jurnal"
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        journal, written = _read(file, url), os.fstat(file).st_mtime
    finally:
        os.close(file)
    return (written, not journal.token) if journal.token or journal.last else None


@contextmanager
def open_journal(folder: Path, name: str, url: str) -> Iterator[Journal]:
    """The journal of a target; one for another address is as none.

    Raises `KpuError` where another process of this computer is uploading to the target.
    """
    path = folder / f"{name}.jurnal"
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise KpuError(
            _("Jurnal unggahan tidak dapat dibuka: {reason}.").format(
                reason=describe_os_error(error)
            ),
            path=path,
        ) from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KpuError(
                _("Unggahan lain ke “{name}” sedang berjalan.").format(name=name),
                _("Tunggu lalu ulangi."),
            ) from None
        yield _read(file, url)
    finally:
        os.close(file)


def _read(file: int, url: str) -> Journal:
    with os.fdopen(os.dup(file), "rb") as reader:
        reader.seek(0)
        head, *lines = reader.read().decode("utf-8", "surrogateescape").split("\n")[:-1] or [""]
    parts = head.split(" ", 2)
    if len(parts) != 3 or parts[2] != url:
        return Journal(file, url)
    token, last = (part.replace("-", "") for part in parts[:2])
    marks = (line.partition(" ") for line in lines)
    return Journal(file, url, token, last, {path: mark for mark, _space, path in marks})
