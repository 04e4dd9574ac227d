"""What an upload needs of a protocol, and the errors that all of them raise alike.

Paths are those of the site (`berita/2022/apel/index.html`), below the target's folder. A file is
always written whole: the old content stays until the new one is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from kpucli.errors import KpuError
from kpucli.i18n import _

STAGING = ".kpucli-kirim"  # folder on the target for files that are not complete yet


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to be sent; `headers` are what a storage is to say of it."""

    path: str
    content: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A file on the target: its size in bytes and, where the target tells, its MD5."""

    size: int
    md5: str | None = None


class LostError(KpuError):
    """The connection broke, or the server is not well: trying again may help."""


class Connection(Protocol):
    """One connection to a target. All raise `LostError` or, for what will not pass, `KpuError`."""

    def read(self, path: str) -> bytes | None:
        """A file's content; None where there is none."""

    def write(self, path: str, content: bytes) -> None:
        """Write a file; its folder exists."""

    def create(self, path: str, content: bytes) -> bool:
        """Write a file if there is none; whether there was none."""

    def send(self, parcels: Iterator[Parcel], sent: Callable[[str], None]) -> None:
        """Write many files, naming each to `sent` once it is whole; their folders exist."""

    def make_folders(self, folders: Iterable[str]) -> None:
        """Make folders, where they are missing; those above come before those below."""

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, where they are there."""

    def remove_folders(self, folders: Iterable[str]) -> None:
        """Remove folders that are empty; those below come before those above."""

    def drop_staging(self) -> None:
        """Remove the folder of files that are not complete, with all in it."""

    def find_files(self) -> dict[str, Found]:
        """All files on the target."""

    def close(self) -> None:
        """Leave."""


def lost(reason: object) -> LostError:
    """The error for a connection that broke."""
    return LostError(
        _("Sambungan ke tujuan terputus: {reason}.").format(reason=str(reason).strip().rstrip(".")),
        _("Ulangi; yang sudah terkirim tidak dikirim lagi."),
    )


def refused(path: str, reason: object) -> KpuError:
    """The error for a file that the target does not take or give."""
    return KpuError(
        _("Tujuan menolak “{path}”: {reason}.").format(
            path=path, reason=str(reason).strip().rstrip(".")
        ),
        _(
            "Periksa izin dan ruang di tujuan. Bila isinya diubah orang lain, ulangi dengan"
            " --verify."
        ),
    )


def login_failed(reason: object) -> KpuError:
    """The error for a user, a password or a key that the target does not know."""
    return KpuError(
        _("Tujuan menolak masuk: {reason}.").format(reason=str(reason).strip().rstrip(".")),
        _("Periksa nama pengguna, kunci, atau sandinya di lingkungan."),
    )
