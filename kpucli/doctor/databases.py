"""The index and the views that are counted: whether SQLite finds them sound."""

from __future__ import annotations

import contextlib
from pathlib import Path

from kpucli.counted import SCHEMA_VERSION
from kpucli.doctor.result import Result, advise, fine, mend
from kpucli.i18n import _

_WAIT_SECONDS = 2.0  # for another run that is writing


class _DamagedError(Exception):
    """SQLite found something wrong."""


class _BusyError(Exception):
    """Another run is writing."""


def check_index(path: Path) -> Result:
    """Whether the index at `path` is sound; it may be missing."""
    if not path.exists():
        return fine("index", _("Indeks belum ada; dibuat sendiri bila perlu."))
    try:
        _inspect(path)
    except _BusyError:
        return _advise_waiting("index")
    except _DamagedError as error:
        return mend(
            "index",
            _("Indeks {path} rusak: {reason}.").format(path=path, reason=error),
            _("Hapus berkas itu; indeks dibuat lagi sendiri. Bila berulang, periksa disknya."),
        )
    return fine("index", _("Indeks utuh."))


def check_views(path: Path) -> Result:
    """Whether the store of views at `path` is sound and of this version; it may be missing."""
    if not path.exists():
        return fine("views", _("Belum ada angka dilihat yang dicatat."))
    try:
        version = _inspect(path)
    except _BusyError:
        return _advise_waiting("views")
    except _DamagedError as error:
        return mend(
            "views",
            _("Angka dilihat di {path} rusak: {reason}.").format(path=path, reason=error),
            _("Berkas ini jangan dihapus; pulihkan dari cadangan."),
        )
    if version != SCHEMA_VERSION:
        return mend(
            "views",
            _("Angka dilihat di {path} dibuat oleh kpucli versi lain.").format(path=path),
            _("Pakai kpucli yang terbaru; berkas ini jangan dihapus."),
        )
    return fine("views", _("Angka dilihat utuh."))


def _inspect(path: Path) -> int:
    """The version in a database's head. Raises `_DamagedError`, `_BusyError`."""
    import sqlite3

    address = f"{path.absolute().as_uri()}?mode=rw"  # what a crash left half done is taken back
    try:
        connection = sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
        with contextlib.closing(connection):
            connection.execute("PRAGMA trusted_schema=OFF")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _BusyError from error
        raise _DamagedError(str(error)) from error
    if verdict != "ok":
        raise _DamagedError(" ".join(verdict.split()))
    return int(version)


def _advise_waiting(check: str) -> Result:
    return advise(check, _("Sedang dipakai kpucli lain."), _("Tunggu sampai selesai, lalu ulangi."))
