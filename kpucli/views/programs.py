"""What other programs call a page, a day and a view.

Sources: GoatCounter's exports as CSV and JSON (its help, `export` and `export-json`), Plausible's
`imported_pages` (its `Plausible.Exports`), Umami's `website_event.csv` (its table of that name),
Matomo's `Actions.getPageUrls` by day (`metadata_url` in CSV). Where a program tells readers
from requests, readers are taken: one view for a reader, an article and a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from itertools import chain
from typing import Any, NamedTuple

from kpucli.i18n import _
from kpucli.views.moments import read_moment

MOST_VIEWS = 10**9  # of an article on a day

Row = Mapping[str, Any]


class RowError(Exception):
    """A row that cannot be understood, in a line of a file if it has lines."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class View(NamedTuple):
    """How often a page was viewed on a day (ISO 8601)."""

    path: str
    day: str
    views: int


class _Names(NamedTuple):
    """The columns of a program that counts: page, day, and views, the best first."""

    path: tuple[str, ...]
    day: tuple[str, ...]
    views: tuple[str, ...]


class _Events(NamedTuple):
    """The columns of a program that gives every request; times without a zone are in UTC."""

    path: str
    moment: str
    reader: str
    wanted: Mapping[str, tuple[str, ...]]  # what else a row must say to be a view


_EVENTS = (
    # GoatCounter begins its header with the version of the format.
    _Events("2Path", "Date", "Session", {"Event": ("false", "0", ""), "Bot": ("0", "")}),
    _Events("1Path", "Date", "Session", {"Event": ("false", "0", ""), "Bot": ("0", "")}),
    _Events("url_path", "created_at", "session_id", {"event_type": ("1", "")}),
)
_COUNTS = _Names(
    path=("path", "page", "url", "metadata_url", "label"),
    day=("date", "day"),
    views=("views", "visitors", "nb_uniq_visitors", "nb_visits", "pageviews", "nb_hits", "hits"),
)


def recognise(rows: Iterable[tuple[int | None, Row]], now: datetime) -> Iterator[View]:
    """The views that rows (each with its line) tell of, by the columns that they have.

    `now` is in the office's zone, whose days are meant. Raises `RowError` where the columns are
    nobody's, or a value is none.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return iter(())
    events = next((item for item in _EVENTS if {item.path, item.moment} <= set(first[1])), None)
    every = chain([first], rows)
    return _from_events(every, events, now) if events else _from_counts(every, now)


def flatten_json(data: object) -> Iterator[Row]:
    """The rows of a JSON document: an array of objects, or one such array for each day (Matomo)."""
    if isinstance(data, dict):
        for day, rows in data.items():
            yield from ({"date": day, **row} for row in _objects(rows))
    else:
        yield from _objects(data)


def _objects(data: object) -> list[dict[str, Any]]:
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise RowError(_("JSON ini bukan daftar objek."))
    return data


def _from_counts(rows: Iterable[tuple[int | None, Row]], now: datetime) -> Iterator[View]:
    for line, row in rows:
        path, day, views = (
            next((str(row[name]) for name in names if row.get(name) not in (None, "")), None)
            for names in _COUNTS
        )
        if path is None or day is None or views is None:
            raise RowError(
                _("Baris ini tidak menyebut halaman, tanggal, dan jumlah dilihat."), line
            )
        yield View(path, _read_day(day, now, line), _read_number(views, line))


def _from_events(
    rows: Iterable[tuple[int | None, Row]], events: _Events, now: datetime
) -> Iterator[View]:
    seen: set[tuple[str, str, str]] = set()
    for line, row in rows:
        if any(str(row.get(name, "")) not in values for name, values in events.wanted.items()):
            continue
        path, reader = str(row.get(events.path, "")), str(row.get(events.reader, ""))
        day = _read_day(str(row.get(events.moment, "")), now, line, UTC)
        if (path, day, reader) not in seen or not reader:
            seen.add((path, day, reader))
            yield View(path, day, 1)


def _read_day(words: str, now: datetime, line: int | None, zone: tzinfo | None = None) -> str:
    assert now.tzinfo is not None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words):
            day = date.fromisoformat(words)
        else:
            moment = read_moment(words.strip().encode("ascii", "replace"), zone or now.tzinfo)
            day = moment.astimezone(now.tzinfo).date()
    except (ValueError, OverflowError):
        raise RowError(
            _("“{words}” bukan tanggal; tulis misalnya 2022-04-20.").format(words=words), line
        ) from None
    if not date(1990, 1, 1) <= day <= now.date():
        raise RowError(_("Tanggal {day} tidak mungkin.").format(day=day.isoformat()), line)
    return day.isoformat()


def _read_number(words: str, line: int | None) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", words) or int(words) > MOST_VIEWS:
        raise RowError(_("“{words}” bukan jumlah dilihat.").format(words=words), line)
    return int(words)
