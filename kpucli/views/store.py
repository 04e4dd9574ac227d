"""The store of view counts: SQLite, by article and day, and the views of days still open.

While a day is open, `visits` has the visitors of its articles, and `days` the key that their hashes
are made with. Closing the day deletes both for good (`secure_delete`); what was counted stays in
`views`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from kpucli.counted import FILE, FOLDER, SCHEMA_VERSION, open_store
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.views.counting import DayCount, Visitors, count_day, merge, unpack
from kpucli.views.visitors import make_key

KEPT = timedelta(hours=48)  # a day stays open so long after its end, and after it is first read

# Days are ISO 8601, articles `YYYY/slug`. Of two sources for a day, both have seen the same
# readers: the greater number holds, whatever came first.
_SCHEMA = """
CREATE TABLE views (
    day TEXT NOT NULL,
    article TEXT NOT NULL,
    logged INTEGER NOT NULL DEFAULT 0,    -- counted in access logs
    imported INTEGER NOT NULL DEFAULT 0,  -- counted by another program
    PRIMARY KEY (day, article)
) WITHOUT ROWID;
CREATE TABLE totals (article TEXT PRIMARY KEY, views INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER view_added AFTER INSERT ON views BEGIN
    INSERT INTO totals VALUES (new.article, max(new.logged, new.imported))
        ON CONFLICT (article) DO UPDATE SET views = views + excluded.views;
END;
CREATE TRIGGER view_changed AFTER UPDATE ON views BEGIN
    UPDATE totals SET views = views
        + max(new.logged, new.imported) - max(old.logged, old.imported)
        WHERE article = new.article;
END;
CREATE TRIGGER view_removed AFTER DELETE ON views BEGIN
    UPDATE totals SET views = views - max(old.logged, old.imported) WHERE article = old.article;
END;
CREATE TABLE days (
    day TEXT PRIMARY KEY,
    key BLOB,                             -- NULL once the day is closed
    opened INTEGER NOT NULL               -- when it was first read, in seconds
) WITHOUT ROWID;
-- Visitors are 64-bit numbers in order. Each batch of lines adds rows of its
-- own, also for visitors that are there already; counting makes one row of them.
CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    article TEXT NOT NULL,
    visitors BLOB NOT NULL
);
CREATE INDEX visits_of_day ON visits (day, article);
"""

ROBOTS = ""  # in place of an article: those who asked for robots.txt

Batch = Mapping[tuple[str, str], Visitors]  # by day and article
Count = tuple[str, str, int]  # day, article, views


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Views of the days that are open: those counted, and those found to be a program's.

    `crowded` are the addresses that had more browsers than are believed.
    """

    counted: int
    robots: int
    crowded: int


@dataclass(frozen=True, slots=True)
class Store:
    """The store, open for writing by this process alone."""

    connection: sqlite3.Connection

    def begin(self) -> None:
        """Begin what `commit` makes last, and a crash takes back whole."""
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make all since `begin` last."""
        self.connection.execute("COMMIT")

    def open_day(self, day: str, now: datetime) -> bytes | None:
        """The key of a day, opened if it is new; None once the day is closed."""
        self.connection.execute(
            "INSERT OR IGNORE INTO days VALUES (?, ?, ?)", (day, make_key(), int(now.timestamp()))
        )
        (key,) = self.connection.execute("SELECT key FROM days WHERE day = ?", (day,)).fetchone()
        return None if key is None else bytes(key)

    def add_visits(self, batch: Batch) -> None:
        """Add who viewed what, and who asked for robots.txt, on open days."""
        self.connection.executemany(
            "INSERT INTO visits (day, article, visitors) VALUES (?, ?, ?)",
            ((*pair, visitors) for pair, visitors in batch.items()),
        )

    def count_open_days(self) -> OpenDays:
        """Count the views of the open days anew from what was seen on them."""
        days = self.connection.execute("SELECT day FROM days WHERE key IS NOT NULL").fetchall()
        counts = [self._count_day(day) for (day,) in days]
        return OpenDays(
            sum(count.views.total() for count in counts),
            sum(count.robots for count in counts),
            sum(count.crowded for count in counts),
        )

    def _count_day(self, day: str) -> DayCount:
        visits = self._gather(day)
        robots = visits.pop(ROBOTS, array("Q"))
        count = count_day(visits, robots)
        run = self.connection.execute
        rows = run("SELECT article, logged FROM views WHERE day = ?", (day,))
        known = dict(rows.fetchall())
        changed = [
            (day, article, count.views[article])
            for article in known.keys() | count.views.keys()
            if known.get(article, 0) != count.views[article]
        ]
        self.connection.executemany(
            "INSERT INTO views (day, article, logged) VALUES (?, ?, ?)"
            " ON CONFLICT (day, article) DO UPDATE SET logged = excluded.logged",
            sorted(changed),
        )
        run("DELETE FROM views WHERE day = ? AND logged = 0 AND imported = 0", (day,))
        return count

    def _gather(self, day: str) -> dict[str, Visitors]:
        """The visitors of a day by article, from now on in one row each."""
        rows = self.connection.execute(
            "SELECT article, visitors FROM visits WHERE day = ? ORDER BY article", (day,)
        )
        gathered, scattered = {}, []
        for article, group in groupby(rows, itemgetter(0)):
            parts = [unpack(visitors) for _article, visitors in group]
            gathered[article] = merge(parts)
            if len(parts) > 1:
                scattered.append((day, article))
        self.connection.executemany("DELETE FROM visits WHERE day = ? AND article = ?", scattered)
        self.add_visits({pair: gathered[pair[1]] for pair in scattered})
        return gathered

    def close_days(self, now: datetime) -> None:
        """Delete the keys, and all that was made with them, of the days that are safely over."""
        rows = self.connection.execute("SELECT day, opened FROM days WHERE key IS NOT NULL")
        for day, opened in rows.fetchall():
            end = datetime.combine(datetime.fromisoformat(day), time(), now.tzinfo)
            if now > end + timedelta(1) + KEPT and now.timestamp() > opened + KEPT.total_seconds():
                self.connection.execute("UPDATE days SET key = NULL WHERE day = ?", (day,))
                self.connection.execute("DELETE FROM visits WHERE day = ?", (day,))

    def set_imported(self, counts: Iterable[tuple[str, str, int]]) -> int:
        """Note what another program counted (day, article, views), in place of what it said before.

        Returns how many of these counts changed.
        """
        changed = 0
        for day, article, views in counts:
            changed += self.connection.execute(
                "INSERT INTO views (day, article, imported) VALUES (?, ?, ?)"
                " ON CONFLICT (day, article) DO UPDATE SET imported = excluded.imported"
                " WHERE imported <> excluded.imported",
                (day, article, views),
            ).rowcount
        return changed


@contextlib.contextmanager
def write_store(root: Path) -> Iterator[Store]:
    """The store of the office whose configuration is in `root`, made if there is none.

    Raises `KpuError` while another process writes it.
    """
    folder = root / FOLDER
    if not os.path.lexists(folder):
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n")
    path = folder / FILE
    with _locked(folder / f"{FILE}.lock", path):
        if not path.exists():
            _make(path)
        with open_store(path) as connection:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("PRAGMA cache_size=-32768")  # 32 MiB, so that readers rarely wait
            yield Store(connection)


@contextlib.contextmanager
def _locked(lock: Path, store: Path) -> Iterator[None]:
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(lock, flags, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KpuError(
                _("Perintah lain sedang mencatat angka dilihat."),
                _("Ulangi setelah perintah itu selesai."),
                path=store,
            ) from None
        yield
    finally:
        os.close(descriptor)


def _make(path: Path) -> None:
    """Make an empty store; there is a whole one or none, whenever the work is cut off."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version={SCHEMA_VERSION}; COMMIT;")
    fresh.rename(path)


def read_store(root: Path, first: str = "", last: str = "9999") -> list[Count]:
    """The counts (day, article, views) from one day to another, in this order; none without store.

    Raises `KpuError` for a store that cannot be read.
    """
    path = root / FOLDER / FILE
    if not path.exists():
        return []
    with open_store(path) as connection:
        rows = connection.execute(
            "SELECT day, article, max(logged, imported) FROM views WHERE day BETWEEN ? AND ?"
            " ORDER BY day, article",
            (first, last),
        )
        return rows.fetchall()
