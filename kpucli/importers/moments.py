"""When an item was published, as the sources write it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.importers.newsday import find_news_day

_ISO = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)"
    r" ?(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?",
    re.IGNORECASE,
)
_LONGEST = 100
_MOST_OFFSET = timedelta(hours=14)
_QUARTER = timedelta(minutes=15)


def read_moment(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    """A moment as ISO 8601, RFC 2822 or in Indonesian words; None where it is none of these.

    `zone` is for one that states no offset; it is midnight where no time is stated.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    try:
        found = _read_iso(text) or _read_mail(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    if found is None:
        found = _read_words(text, zone, now)
    return _bounded(found, zone)


def as_moment(value: date, zone: tzinfo) -> datetime | None:
    """A date of a spreadsheet or a front matter as a moment; see `read_moment`."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return _bounded(value, zone)


def join_moment(local: str, universal: str, zone: tzinfo) -> datetime | None:
    """The moment of a local time whose offset its twin in UTC gives away (WordPress).

    `zone` is for a twin that is missing, or contradicts it.
    """
    try:
        here, there = _read_iso(local.strip()), _read_iso(universal.strip())
    except ValueError:
        return None
    if here is None:
        return None
    here = here.replace(tzinfo=None)
    if there is None:
        return _bounded(here, zone)
    offset = here - there.replace(tzinfo=None)
    if abs(offset) > _MOST_OFFSET or offset % _QUARTER:
        return _bounded(here, zone)
    return _bounded(here.replace(tzinfo=timezone(offset)), zone)


def find_day(
    title: str, paragraphs: list[str], now: datetime, zone: tzinfo
) -> tuple[datetime, str | None]:
    """The day that a text tells of, `now` where it tells none, and why that is in doubt."""
    found = find_news_day(title, [part for part in paragraphs if part][:200], now.date())
    day = found.date or now.date()
    return datetime.combine(day, time(), zone), found.doubt


def doubt_reading(text: str) -> str:
    """Why a date that was stated is in doubt."""
    shown = " ".join(text.split())
    if not shown:
        return _("Tanggalnya tidak disebut.")
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}…"
    return _("Tanggal “{text}” tidak terbaca.").format(text=shown)


def _read_iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None or match[1].startswith("0000"):
        return None
    year, month, day = map(int, match[1].split("-"))
    clock = match[2] or "00:00"
    offset = (match[3] or "").upper()
    offset = "+00:00" if offset in ("Z", "UTC", "GMT") else offset
    hour, _colon, rest = clock.replace(",", ".").partition(":")
    return datetime.fromisoformat(
        f"{year:04}-{month:02}-{day:02}T{int(hour):02}:{rest[:5]}{offset}"
    )


def _read_mail(text: str) -> datetime | None:
    if not re.match(r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{2,4} \d", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None


def _read_words(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    from kpucli.dates import read_date

    try:
        return read_date(text, now=now, zone=zone)
    except KpuError:
        return None


def _bounded(moment: datetime | None, zone: tzinfo) -> datetime | None:
    """To the second, with an offset, within the years that an article can have.

    A moment in UTC was written by a machine: it becomes the office's own time.
    """
    if moment is None or not 1900 <= moment.year <= 2200:
        return None
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).replace(microsecond=0)
    return moment if moment.utcoffset() else moment.astimezone(zone)
