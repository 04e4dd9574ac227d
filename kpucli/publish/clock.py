"""Whether the computer's clock can be right: what is public hangs on it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from kpucli.dates import say_day
from kpucli.i18n import _
from kpucli.publish.generation import MARKER

_FIRST_YEAR = 2025  # kpucli is no older; 1970 is what a clock says whose battery is empty
_LATE = timedelta(minutes=5)  # clocks are set back by less than that every day
_LONGEST = timedelta(days=5 * 365)  # no office publishes so seldom


def doubt_clock(now: datetime, output: str | os.PathLike[str]) -> str | None:
    """Why the time `now` seems wrong, by when the site in `output` last changed; None if right."""
    if now.year < _FIRST_YEAR:
        return _(
            "Jam komputer menunjukkan {now}; betulkan, karena yang terbit mengikutinya."
        ).format(now=say_day(now))
    last = _find_last_change(now, output)
    if last is not None and not last - _LATE <= now <= last + _LONGEST:
        return _(
            "Jam komputer menunjukkan {now}, padahal situs ini terakhir berubah {last}; periksa,"
            " karena yang terbit mengikutinya."
        ).format(now=say_day(now), last=say_day(last))
    return None


def _find_last_change(now: datetime, output: str | os.PathLike[str]) -> datetime | None:
    try:
        changed = os.stat(f"{os.fspath(output)}/{MARKER}").st_mtime
        return datetime.fromtimestamp(changed, now.tzinfo)
    except (OSError, OverflowError, ValueError):
        return None
