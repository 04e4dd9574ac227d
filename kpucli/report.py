"""The list of articles as rows for scripts (JSON, CSV, plain) and as a table for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kpucli.article import Article, Status
from kpucli.config import Config
from kpucli.errors import KpuError
from kpucli.i18n import N_, _, ngettext
from kpucli.json_text import format_json
from kpucli.printable import defuse_cell, group_thousands, printable

if TYPE_CHECKING:
    from rich.table import Table

STATUS_WORDS = {
    Status.PUBLISHED: N_("terbit"),
    Status.DRAFT: N_("draf"),
    Status.SCHEDULED: N_("terjadwal"),
    Status.WITHDRAWN: N_("ditarik"),
}
_STATUS_STYLES = {
    Status.PUBLISHED: "green",
    Status.DRAFT: "yellow",
    Status.SCHEDULED: "cyan",
    Status.WITHDRAWN: "red",
}

Row = dict[str, Any]


def read_status(word: str) -> Status:
    """The status a user names, in Indonesian, in the chosen language or as scripts write it.

    Raises `KpuError` for any other word.
    """
    for status, name in STATUS_WORDS.items():
        if word.casefold() in (status.value, name, _(name)):
            return status
    names = ", ".join(_(name) for name in STATUS_WORDS.values())
    raise KpuError(
        _("Status “{word}” tidak dikenal.").format(word=word),
        _("Pilih salah satu: {names}.").format(names=names),
    )


def make_row(article: Article, now: datetime, config: Config) -> Row:
    """One article as scripts read it; the keys and their order are a promise."""
    return {
        "slug": article.slug,
        "path": article.path.as_posix(),
        "url": article.url,
        "title": article.title,
        "date": article.date.isoformat(),
        "status": article.status(now).value,
        "tags": list(article.tags),
        "category": article.category or config.category,
        "author": article.author or config.author,
        "views": article.views or 0,
    }


COLUMNS = ("slug", "path", "url", "title", "date", "status", "tags", "category", "author", "views")


def format_csv(rows: Sequence[Row]) -> str:
    """CSV (RFC 4180) with a header; tags are joined by `;`.

    No cell can be a formula or command a terminal.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = {**row, "tags": ";".join(map(defuse_cell, row["tags"]))}
        writer.writerow(defuse_cell(cells[column]) for column in COLUMNS)
    return out.getvalue()


def format_plain(rows: Sequence[Row]) -> str:
    """One path a line."""
    return "".join(f"{row['path']}\n" for row in rows)


FORMATS: dict[str, Callable[[Sequence[Row]], str]] = {
    "json": format_json,
    "csv": format_csv,
    "plain": format_plain,
}


def make_table(articles: Sequence[Article], now: datetime) -> Table:
    """The articles as a rich table whose last line counts them and their views."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, show_footer=True)
    count = len(articles)
    total = ngettext("{number} berita", "{number} berita", count).format(
        number=group_thousands(count)
    )
    views = sum(article.views or 0 for article in articles)
    table.add_column(_("Tanggal"), no_wrap=True)
    table.add_column(_("Judul"), footer=total, overflow="fold")
    table.add_column(_("Tag"), overflow="fold")
    table.add_column(_("Status"), no_wrap=True)
    table.add_column(_("Dilihat"), footer=group_thousands(views), justify="right", no_wrap=True)
    for article in articles:
        status = article.status(now)
        table.add_row(
            _say_short_date(article.date),
            Text(printable(article.title)),
            Text(printable(", ".join(article.tags))),
            Text(_(STATUS_WORDS[status]), style=_STATUS_STYLES[status]),
            "–" if article.views is None else group_thousands(article.views),
        )
    return table


def _say_short_date(moment: datetime) -> str:
    months = _("Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des").split()
    return f"{moment.day:2} {months[moment.month - 1]} {moment.year}"
