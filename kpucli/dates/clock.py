"""The time of day in what a user types: "pukul 15.00 WITA", "jam 3 sore"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, tzinfo

from kpucli.dates.saying import ZONES
from kpucli.errors import KpuError
from kpucli.i18n import _

# The hours, of 24, that each part of the day has.
_PARTS = {
    "dini hari": range(6),
    "subuh": range(3, 7),
    "pagi": range(1, 12),
    "siang": range(10, 18),
    "sore": range(13, 20),
    "petang": range(15, 20),
    "malam": range(18, 24),
}
_CLOCK = re.compile(
    r"""
    (?<![\w.:/+-])
    (?: (?:pukul|pkl\.?|jam)\ ?(?P<hour>[0-9]{1,2})
        (?:[.:](?P<minute>[0-9]{2})(?:[.:](?P<second>[0-9]{2}))?)?
      | (?P<bare_hour>[0-9]{1,2})[.:](?P<bare_minute>[0-9]{2})
        (?::(?P<bare_second>[0-9]{2}))?
    )
    (?![\w:/%-]|[.,][0-9]|\ menit)
    """,
    re.VERBOSE,
)
_ZONE = re.compile(r"\b(?:wib|wita|wit)\b")
_PART = re.compile(rf"\b(?:{'|'.join(_PARTS)})\b")


@dataclass(frozen=True, slots=True)
class Clock:
    """What words say of the time of day, and the `rest` of them.

    `time` and `zone` are None where nothing is said. `is_midnight` marks "jam 12 malam" and
    "24.00", which belong to either of two days; `time` is then None.
    """

    rest: str
    time: time | None = None
    zone: tzinfo | None = None
    is_midnight: bool = False


def split_clock(simplified: str, words: str) -> Clock:
    """The time of day in the `simplified` words: small letters, single blanks.

    A part of the day counts only with an hour, wherever it stands: "Rabu malam (20/4) pukul 7".
    Raises KpuError, quoting the `words` as typed, for a time that does not exist and for two times.
    """
    clocks, zones = list(_CLOCK.finditer(simplified)), _ZONE.findall(simplified)
    parts = _PART.findall(simplified) if clocks else []
    if max(len(clocks), len(zones), len(parts)) > 1:
        raise KpuError(
            _("“{words}” menyebut lebih dari satu jam.").format(words=words),
            _("Tulis satu jam saja, misalnya pukul 15.00 WIB."),
        )
    zone = ZONES[zones[0].upper()] if zones else None
    rest = _ZONE.sub(" ", _CLOCK.sub(" ", simplified))
    if not clocks:
        return Clock(_single_blanks(rest), zone=zone)
    rest, part = _single_blanks(_PART.sub(" ", rest)), parts[0] if parts else None
    hour, minute, second = _digits(clocks[0])
    if minute == 0 and (hour == 24 or (hour == 12 and part == "malam")):
        return Clock(rest, zone=zone, is_midnight=True)
    moment = _time(_hour(hour, part), minute, second)
    if moment is None:
        raise KpuError(
            _("Jam dalam “{words}” tidak ada atau tidak jelas.").format(words=words),
            _("Tulis jam 0 sampai 23, misalnya pukul 02.00 atau pukul 19.30."),
        )
    return Clock(rest, moment, zone)


def has_part_of_day(words: str) -> bool:
    """Whether `words` name a part of the day, as in "besok malam"."""
    return _PART.search(words) is not None


def _single_blanks(words: str) -> str:
    return " ".join(words.split())


def _digits(clock: re.Match[str]) -> tuple[int, int, int]:
    named = clock.group("hour", "minute", "second")
    bare = clock.group("bare_hour", "bare_minute", "bare_second")
    hour, minute, second = (int(one or other or 0) for one, other in zip(named, bare, strict=True))
    return hour, minute, second


def _hour(hour: int, part: str | None) -> int | None:
    """The hour, of 24, in its part of the day; None if it has none there."""
    if part is None:
        return hour
    readings = {hour, (hour + 12) % 24} if hour <= 12 else {hour}
    fitting = readings.intersection(_PARTS[part])
    return fitting.pop() if len(fitting) == 1 else None


def _time(hour: int | None, minute: int, second: int) -> time | None:
    if hour is None or hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second)
