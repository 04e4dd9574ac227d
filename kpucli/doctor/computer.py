"""The computer that kpucli runs on: Python, the terminal's letters, editor, clock and zone."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kpucli.dates import say_day, say_time
from kpucli.doctor.result import Result, advise, fine, mend
from kpucli.i18n import _
from kpucli.printable import printable

LEAST_PYTHON = (3, 11)

_FIRST_YEAR = 2020  # kpucli is younger: a clock that shows an earlier year has lost the time
_TOLERATED = timedelta(minutes=5)  # clocks of two computers, or a shared disk's


def check_python(version: tuple[int, int, int]) -> Result:
    """Whether this Python (major, minor, micro) is new enough."""
    words = ".".join(map(str, version))
    if version >= LEAST_PYTHON:
        return fine("python", _("Python {version}.").format(version=words))
    return mend(
        "python",
        _("Python {version} terlalu lama.").format(version=words),
        _("Pasang Python 3.11 atau yang lebih baru, lalu pasang ulang kpucli."),
    )


def check_encoding(encoding: str) -> Result:
    """Whether the locale's `encoding` is UTF-8, which is what kpucli writes in any case."""
    if encoding.lower().replace("-", "").replace("_", "") == "utf8":
        return fine("encoding", _("Terminal memakai UTF-8."))
    message = _("Lokal komputer ini memakai {encoding}, sedangkan kpucli selalu menulis UTF-8.")
    return advise(
        "encoding",
        message.format(encoding=printable(encoding)),
        _("Bila “kutip” tampak rusak, atur LANG=C.UTF-8 atau LANG=id_ID.UTF-8."),
    )


def check_editor(words: Sequence[str]) -> Result:
    """Whether the program that the user's editor command (its `words`) begins with is there."""
    editor = printable(words[0])
    if shutil.which(words[0]):
        return fine("editor", _("Editor “{editor}” ditemukan.").format(editor=editor))
    return mend(
        "editor",
        _("Editor “{editor}” tidak ditemukan.").format(editor=editor),
        _("Pasang editornya, atau ubah peubah lingkungan VISUAL atau EDITOR."),
    )


def check_clock(now: datetime, written: Iterable[tuple[Path, float]]) -> Result:
    """Whether the clock can be right: not before files that were `written` (seconds since 1970).

    `now` is in the office's zone.
    """
    shown = f"{say_day(now)}, {say_time(now)}"
    if now.year < _FIRST_YEAR:
        return mend(
            "clock",
            _("Jam komputer ini menunjukkan {now}; itu tidak mungkin.").format(now=shown),
            _("Atur tanggal dan jamnya, sebaiknya otomatis dari internet (NTP)."),
        )
    last = max(written, key=lambda item: item[1], default=None)
    moment = datetime.fromtimestamp(last[1], UTC) if last else now
    if last and moment > now + _TOLERATED:
        moment = moment.astimezone(now.tzinfo)
        message = _("Jam komputer ini {now}, padahal {path} ditulis {moment}.")
        return mend(
            "clock",
            message.format(
                now=shown,
                path=printable(str(last[0])),
                moment=f"{say_day(moment)}, {say_time(moment)}",
            ),
            _("Atur jamnya; bila jamnya sudah benar, simpan ulang berkas itu."),
        )
    return fine("clock", _("Jam komputer ini {now}.").format(now=shown))


def check_zone(now: datetime, local: timedelta | None) -> Result:
    """Whether the computer's offset from UTC (`local`) is that of the office, which `now` has.

    No time zone data is needed: the three zones of Indonesia never change their clocks.
    """
    zone = str(now.tzinfo)
    if now.utcoffset() == local:
        return fine("zone", _("Zona waktu komputer sama dengan kantor ({zone}).").format(zone=zone))
    hours = (local or timedelta()) / timedelta(hours=1)
    offset = f"{hours:+.2g}".replace(".", ",")
    message = _("Zona waktu komputer UTC{offset}, kantor {zone}; tanggal berita tetap {zone}.")
    return advise(
        "zone",
        message.format(offset=offset, zone=zone),
        _("Jadwal cron mengikuti zona komputer; hitunglah selisihnya atau samakan zonanya."),
    )
