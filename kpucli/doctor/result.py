"""What one check found: whether it is well, in a sentence, and what to do where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kpucli.errors import KpuError
from kpucli.i18n import N_


class Standing(StrEnum):
    """How a check came out; `wrong` must be mended, `advice` need not."""

    FINE = "ok"
    ADVICE = "advice"
    WRONG = "wrong"


STANDING_WORDS = {
    Standing.FINE: N_("baik"),
    Standing.ADVICE: N_("saran"),
    Standing.WRONG: N_("BENAHI"),
}
SUBJECTS = {
    "python": N_("Python"),
    "config": N_("Konfigurasi"),
    "theme": N_("Tampilan situs"),
    "articles": N_("Folder artikel"),
    "output": N_("Folder situs"),
    "disk": N_("Ruang disk"),
    "memory": N_("Folder .kpucli"),
    "index": N_("Indeks"),
    "views": N_("Angka dilihat"),
    "git": N_("Git"),
    "conflicts": N_("Konflik"),
    "editor": N_("Editor"),
    "encoding": N_("Huruf"),
    "clock": N_("Jam"),
    "zone": N_("Zona waktu"),
    "search": N_("Pencarian"),
    "photos": N_("Foto"),
    "upload": N_("Unggahan"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found. `check` is its name for scripts, one of `SUBJECTS`."""

    check: str
    standing: Standing
    message: str
    advice: str = ""


def fine(check: str, message: str) -> Result:
    """The result of a check that found nothing wrong."""
    return Result(check, Standing.FINE, message)


def advise(check: str, message: str, advice: str) -> Result:
    """The result of a check that found something that could be better."""
    return Result(check, Standing.ADVICE, message, advice)


def mend(check: str, message: str, advice: str) -> Result:
    """The result of a check that found something that must be mended."""
    return Result(check, Standing.WRONG, message, advice)


def describe_error(check: str, error: KpuError, standing: Standing = Standing.WRONG) -> Result:
    """The result of a check that ended in an error: where and what, and the error's own hint."""
    where = KpuError(error.message, path=error.path, line=error.line)
    return Result(check, standing, str(where), error.hint or "")
