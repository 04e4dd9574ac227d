"""How often articles were viewed, as `kpucli views` has counted it so far.

The counts are in `.kpucli/views.sqlite3`, beside the archive and outside git. Unlike the index it
must not be deleted: logs that are gone cannot be counted again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kpucli.article import Article
from kpucli.errors import KpuError
from kpucli.i18n import _

if TYPE_CHECKING:
    import sqlite3

FOLDER, FILE = ".kpucli", "views.sqlite3"
SCHEMA_VERSION = 2

_WAIT_SECONDS = 30.0  # for another run that is writing


@dataclass(frozen=True, slots=True)
class Counted:
    """The views counted of each article (`YYYY/slug`), and the last day (ISO 8601) with some."""

    views: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)

    def views_of(self, article: Article) -> int:
        """The views counted of an article, under its former names too."""
        return sum(self.views.get(name, 0) for name in names_of(article))

    def last_day_of(self, names: Iterable[str]) -> date | None:
        """The last day on which an article of these names was viewed."""
        day = max((self.days[name] for name in names if name in self.days), default=None)
        return None if day is None else date.fromisoformat(day)

    def add_to(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles, their `views` with what was counted."""
        for article in articles:
            counted = self.views_of(article) if self.views else 0
            yield replace(article, counted=counted) if counted else article


NOTHING_COUNTED = Counted()


def names_of(article: Article) -> list[str]:
    """`YYYY/slug` of an article, and those it had before it was renamed."""
    return list_names(article.id, article.aliases)


def list_names(identifier: str, aliases: Iterable[str]) -> list[str]:
    """As `names_of`, for an article's `YYYY/slug` and older addresses."""
    former = (alias.strip("/").removeprefix("berita/") for alias in aliases)
    return [identifier, *dict.fromkeys(name for name in former if name != identifier)]


def read_counted(root: Path) -> Counted:
    """What is counted in the office whose configuration is in `root`; nothing, without a store.

    Raises `KpuError` for a store that cannot be read.
    """
    path = root / FOLDER / FILE
    if not path.exists():
        return Counted()
    with open_store(path) as connection:
        views = dict(connection.execute("SELECT article, views FROM totals WHERE views > 0"))
        days = connection.execute(
            "SELECT article, max(day) FROM views WHERE max(logged, imported) > 0 GROUP BY article"
        )
        return Counted(views, dict(days))


def read_last_day(root: Path) -> date | None:
    """The last day with views that were counted; None without any. Raises as `read_counted`."""
    path = root / FOLDER / FILE
    if not path.exists():
        return None
    with open_store(path) as connection:
        query = "SELECT day FROM views WHERE max(logged, imported) > 0 ORDER BY day DESC LIMIT 1"
        days = connection.execute(query).fetchall()
    return date.fromisoformat(days[0][0]) if days else None


def hash_counted(root: Path) -> bytes | None:
    """What stands for all that is counted; None while it may change unseen."""
    from kpucli.index import hash_states  # imports SQLite, which takes time

    path = root / FOLDER / FILE
    return hash_states([path, f"{path}-journal", f"{path}-wal"])


@contextlib.contextmanager
def open_store(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the store at `path`, which exists.

    Raises `KpuError` for one that is damaged, of another version, or locked for long.
    """
    import sqlite3  # takes 6 ms, and most offices begin without a store

    address = f"{path.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
        with contextlib.closing(connection):
            connection.execute("PRAGMA trusted_schema=OFF")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != SCHEMA_VERSION:
                raise KpuError(_("Angka dilihat ini dibuat oleh kpucli versi lain."), path=path)
            yield connection
    except sqlite3.Error as error:
        raise KpuError(
            _("Angka dilihat tidak dapat dibaca atau ditulis: {reason}.").format(reason=error),
            _("Berkas ini jangan dihapus; pulihkan dari cadangan."),
            path=path,
        ) from error
