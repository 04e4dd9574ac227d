"""The store of view counts: SQLite, by article and day, and the views of days still open.

While a day is open, `visits` has a row for each visitor and article, and `days` the key that the
visitors' hashes are made with. Closing the day deletes both for good (`secure_delete`); what was
counted stays in `views`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from kpucli.counted import FILE, FOLDER, SCHEMA_VERSION, open_store
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.views.visitors import AGENT_BITS, make_key

KEPT = timedelta(hours=48)  # a day stays open so long after its end, and after it is first read
# Beyond these, in a day, it is a program: articles of one visitor, and browsers at one address on
# one article. Behind one address of a mobile network there are many people, but few versions of
# browsers.
MOST_ARTICLES = 50
MOST_AGENTS = 50

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
CREATE TABLE visits (
    day TEXT NOT NULL,
    visitor INTEGER NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (day, visitor, article)
) WITHOUT ROWID;
CREATE TABLE robots (
    day TEXT NOT NULL,
    visitor INTEGER NOT NULL,
    PRIMARY KEY (day, visitor)
) WITHOUT ROWID;
"""

Visit = tuple[str, int, str]  # day, visitor, article
Count = tuple[str, str, int]  # day, article, views


@dataclass(frozen=True, slots=True)
class Standing:
    """Views of the days that are open: those counted, and those found to be a program's.

    `crowded` is whether one address had more browsers than are believed.
    """

    counted: int
    robots: int
    crowded: bool


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

    def add_visits(self, visits: Iterable[Visit], robots: Iterable[tuple[str, int]]) -> None:
        """Add what was seen on open days; what is there already stays once."""
        self.connection.executemany("INSERT OR IGNORE INTO visits VALUES (?, ?, ?)", sorted(visits))
        self.connection.executemany("INSERT OR IGNORE INTO robots VALUES (?, ?)", sorted(robots))

    def count_open_days(self) -> Standing:
        """Count the views of the open days anew from what was seen on them."""
        days = self.connection.execute("SELECT day FROM days WHERE key IS NOT NULL").fetchall()
        crowded = [self._count_day(day) for (day,) in days]
        return self.measure(crowded=any(crowded))

    def measure(self, *, crowded: bool = False) -> Standing:
        """The standing of the open days as last counted."""
        (counted,) = self.connection.execute(
            "SELECT coalesce(sum(logged), 0) FROM views JOIN days USING (day) WHERE key IS NOT NULL"
        ).fetchone()
        (robots,) = self.connection.execute(
            "SELECT count(*) FROM visits JOIN robots USING (day, visitor)"
        ).fetchone()
        return Standing(counted, robots, crowded)

    def _count_day(self, day: str) -> bool:
        """Count a day; whether one address had too many browsers on it."""
        run = self.connection.execute
        run(
            "INSERT OR IGNORE INTO robots SELECT day, visitor FROM visits WHERE day = ?"
            " GROUP BY visitor HAVING count(*) > ?",
            (day, MOST_ARTICLES),
        )
        crowded = run(
            "INSERT OR IGNORE INTO robots SELECT DISTINCT day, visitor FROM visits WHERE day = ?1"
            " AND visitor >> ?2 IN (SELECT visitor >> ?2 FROM visits"
            " WHERE day = ?1 GROUP BY visitor >> ?2, article HAVING count(*) > ?3)",
            (day, AGENT_BITS, MOST_AGENTS),
        ).rowcount
        run("UPDATE views SET logged = 0 WHERE day = ? AND logged > 0", (day,))
        run(
            "INSERT INTO views (day, article, logged) SELECT day, article, count(*) FROM visits"
            " WHERE day = ?1 AND visitor NOT IN (SELECT visitor FROM robots WHERE day = ?1)"
            " GROUP BY article"
            " ON CONFLICT (day, article) DO UPDATE SET logged = excluded.logged",
            (day,),
        )
        run("DELETE FROM views WHERE day = ? AND logged = 0 AND imported = 0", (day,))
        return crowded > 0

    def close_days(self, now: datetime) -> None:
        """Delete the keys, and all that was made with them, of the days that are safely over."""
        rows = self.connection.execute("SELECT day, opened FROM days WHERE key IS NOT NULL")
        for day, opened in rows.fetchall():
            end = datetime.combine(datetime.fromisoformat(day), time(), now.tzinfo)
            if now > end + timedelta(1) + KEPT and now.timestamp() > opened + KEPT.total_seconds():
                self.connection.execute("UPDATE days SET key = NULL WHERE day = ?", (day,))
                self.connection.execute("DELETE FROM visits WHERE day = ?", (day,))
                self.connection.execute("DELETE FROM robots WHERE day = ?", (day,))

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
