"""The errors that a user sees: one sentence, where it is, what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from kpucli.i18n import N_, _


class KpuError(Exception):
    """Something the user can put right.

    `message` is one Indonesian sentence; `hint` says what to do, if the sentence does not;
    `path` and `line` (1-based) say where; `exit_code` is 2 (usage, configuration, cannot go on)
    or 1 (refused because of findings).
    """

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        *,
        path: str | Path | None = None,
        line: int | None = None,
        exit_code: int = 2,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line
        self.exit_code = exit_code

    def __str__(self) -> str:
        """`path:line: message hint`, leaving out what is not known."""
        where = ""
        if self.path is not None:
            where = f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        return f"{where}{self.message}" + (f" {self.hint}" if self.hint else "")


class ConfigError(KpuError):
    """The configuration cannot be used."""


class ArticleError(KpuError):
    """An article cannot be read; `path` always names it."""


class ConflictError(KpuError):
    """A file changed, or came to be, since it was read: nothing was written."""


class RefusedError(KpuError):
    """What was asked is possible but refused because of findings (exit code 1)."""

    def __init__(
        self, message: str, hint: str | None = None, *, path: str | Path | None = None
    ) -> None:
        super().__init__(message, hint, path=path, exit_code=1)


_OS_REASONS = {
    errno.EACCES: N_("tidak ada izin"),
    errno.EPERM: N_("tidak diizinkan"),
    errno.EROFS: N_("disk hanya dapat dibaca"),
    errno.ENOSPC: N_("disk penuh"),
    errno.EDQUOT: N_("jatah disk habis"),
    errno.EIO: N_("disk rusak atau terputus"),
    errno.ENOENT: N_("tidak ada"),
    errno.EISDIR: N_("ini folder"),
    errno.ENOTDIR: N_("ini bukan folder"),
    errno.EEXIST: N_("sudah ada"),
    errno.ENAMETOOLONG: N_("namanya terlalu panjang"),
    errno.EFBIG: N_("terlalu besar"),
    errno.ELOOP: N_("tautan simboliknya berputar"),
    errno.EBUSY: N_("sedang dipakai"),
    errno.EMFILE: N_("terlalu banyak berkas terbuka"),
    errno.ENFILE: N_("terlalu banyak berkas terbuka"),
    errno.ENXIO: N_("bukan berkas biasa"),
    errno.EADDRINUSE: N_("porta ini sedang dipakai"),
}


def describe_os_error(error: OSError) -> str:
    """Why the system refused, in a few words; its own where we have none."""
    known = _OS_REASONS.get(error.errno or 0)
    return _(known) if known else str(error.strerror or error)
