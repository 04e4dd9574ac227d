"""View counts on their way out and in: ours, or any `path,date,views`, as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO
from urllib.parse import urlsplit

from kpucli.article import SLUG
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.json_text import format_json
from kpucli.views.addresses import Addresses
from kpucli.views.programs import RowError, View, recognise
from kpucli.views.reading import open_log
from kpucli.views.rows import read_rows
from kpucli.views.store import Count, Store

COLUMNS = ("path", "date", "views")

# What reading a file that is cut off, damaged, or of a form that is not known raises.
_NOT_WHOLE = (
    UnicodeError, csv.Error, json.JSONDecodeError, RecursionError,
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError,
)  # fmt: skip
_OWN_ADDRESS = re.compile(rf"/berita/([0-9]{{4}}/{SLUG.pattern})/?")


def format_csv(counts: Iterable[Count]) -> str:
    """Counts as CSV with a header; neither an address nor a date can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows((f"/berita/{name}/", day, views) for day, name, views in counts)
    return out.getvalue()


def format_counts_json(counts: Iterable[Count]) -> str:
    """Counts as a JSON array of `{"path","date","views"}`."""
    return format_json(
        [{"path": f"/berita/{name}/", "date": day, "views": views} for day, name, views in counts]
    )


EXPORT_FORMATS: dict[str, Callable[[Iterable[Count]], str]] = {
    "csv": format_csv,
    "json": format_counts_json,
}


@dataclass(slots=True)
class Imported:
    """What a file says: counts by day and article, and how many rows were of other pages."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    others: int = 0


def read_counts(file: BinaryIO, name: str, addresses: Addresses, now: datetime) -> Imported:
    """The counts in a file, whatever program wrote it; what it says twice of a page adds up.

    Raises `KpuError`, with the line where there is one, for what cannot be understood.
    """
    hint = _(
        "Yang diterima: kolom path, date, dan views, atau ekspor GoatCounter, Matomo, Plausible,"
        " dan Umami."
    )
    try:
        return _gather(recognise(read_rows(file), now), addresses)
    except RowError as error:
        raise KpuError(error.message, hint, path=name, line=error.line) from error
    except _NOT_WHOLE as error:
        message = _("Berkas ini bukan CSV, JSON, atau ZIP yang utuh.")
        raise KpuError(message, hint, path=name) from error


def _gather(views: Iterable[View], addresses: Addresses) -> Imported:
    found = Imported()
    for view in views:
        article = _find_article(view.path, addresses)
        if article is None:
            found.others += 1
        else:
            found.counts[view.day, article] += view.views
    return found


def _find_article(path: str, addresses: Addresses) -> str | None:
    """`YYYY/slug` of a page; of our own addresses as they say, so that what we export comes back.

    An article may have been renamed since: its former name still counts as its own.
    """
    if "://" in path:
        try:
            path = urlsplit(path).path
        except ValueError:
            return None
    own = _OWN_ADDRESS.fullmatch(path)
    if own:
        return own[1]
    target = addresses.find(path.encode("utf-8", "surrogatepass"))
    return target.id if target is not None else None


def import_counts(
    names: Iterable[str], store: Store, addresses: Addresses, now: datetime
) -> tuple[int, int]:
    """Take the counts of files into the store, all or none; see `Store.set_imported`.

    Returns how many counts changed, and how many rows were of other pages. Raises `KpuError` as
    `read_counts` and `open_log` do.
    """
    changed = others = 0
    store.begin()
    for name in names:
        with open_log(name) as file:
            found = read_counts(file, name, addresses, now)
        others += found.others
        counts = ((day, article, views) for (day, article), views in found.counts.items())
        changed += store.set_imported(counts)
    store.commit()
    return changed, others
