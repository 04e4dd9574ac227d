"""Moments as logs write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

_LOG_TIME = re.compile(rb"[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}")
_MONTHS = {
    name: number
    for number, name in enumerate(
        b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1
    )
}


def read_moment(moment: bytes, zone: tzinfo) -> datetime:
    """The time that a log writes, in `zone`: `21/Apr/2022:10:00:00 +0700`, ISO 8601, or Unix time.

    Unix time is in seconds, or in thousandths or millionths of them, as its size tells; a time
    without a zone is in `zone`. Raises `ValueError` for anything else.
    """
    try:
        if moment[2:3] == b"/":
            return _read_log_time(moment).astimezone(zone)
        text = moment.decode("ascii")
        if re.fullmatch(r"[0-9]{9,20}(?:\.[0-9]*)?", text):
            return datetime.fromtimestamp(_as_seconds(float(text)), zone)
        found = datetime.fromisoformat(text.replace("/", "-"))
        return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)
    except (KeyError, OverflowError, OSError) as error:
        raise ValueError(moment) from error


def _read_log_time(moment: bytes) -> datetime:
    if not _LOG_TIME.fullmatch(moment):
        raise ValueError(moment)
    offset = int(moment[22:24]) * 60 + int(moment[24:])
    seconds = datetime(
        int(moment[7:11]), _MONTHS[moment[3:6]], int(moment[:2]),
        int(moment[12:14]), int(moment[15:17]), int(moment[18:20]), tzinfo=UTC,
    ).timestamp()  # fmt: skip
    return datetime.fromtimestamp(
        seconds - (offset if moment[21:22] == b"+" else -offset) * 60, UTC
    )


def _as_seconds(number: float) -> float:
    while number > 1e11:  # in the year 5138
        number /= 1000
    return number
