"""What is known of unchanged files, kept between runs in `.kpucli/index.sqlite3`.

Two tables: `files` tells from a file's time, size and inode what its content is, so that it need
not be read; `derived` has what was worked out of a content, by whom. It is a memory and no more:
it may be deleted at any time, and where it is damaged, locked or cannot be written, the work is
done without it and nothing is said.

An index that came from elsewhere, by a copy or out of a repository, is not believed: it could
say that a file is sound which is not.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any

FOLDER, FILE = ".kpucli", "index.sqlite3"

_SCHEMA_VERSION = 4
_SCHEMA = """
CREATE TABLE files (
    path TEXT PRIMARY KEY,      -- below the configuration's folder
    mtime_ns INTEGER NOT NULL,
    size INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    content BLOB NOT NULL       -- the hash of the bytes
) WITHOUT ROWID;
CREATE TABLE folders (          -- of the articles, as they were when their rows were made
    name TEXT PRIMARY KEY,
    digest BLOB                 -- of the states of all files; NULL while one was just written
) WITHOUT ROWID;
CREATE TABLE articles (
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    mtime_ns INTEGER NOT NULL,
    size INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    content BLOB,               -- the hash of the bytes
    moment INTEGER,             -- from here to `has_links`: see `kpucli.outline`
    month INTEGER,
    corrected INTEGER,
    standing TEXT,
    facets TEXT,
    words TEXT,
    views INTEGER,
    aliases TEXT,
    has_images INTEGER,
    has_links INTEGER,
    front_matter TEXT,          -- JSON; NULL where it cannot be listed
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE INDEX articles_by_moment ON articles (moment);
CREATE TABLE site (             -- what the last publish made, and of what
    name TEXT PRIMARY KEY,
    value BLOB
) WITHOUT ROWID;
CREATE TABLE shown (            -- the articles that have a page
    id TEXT PRIMARY KEY,
    mark BLOB NOT NULL,         -- the hash of all that an article says and is said of it
    moment INTEGER NOT NULL,
    month INTEGER NOT NULL,
    facets TEXT NOT NULL,
    words TEXT NOT NULL,
    aliases TEXT NOT NULL,
    files TEXT NOT NULL         -- its files but the page, as JSON; "" for none
) WITHOUT ROWID;
CREATE TABLE checked (          -- the articles in which no error was found
    id TEXT PRIMARY KEY,
    mark BLOB NOT NULL,         -- the hash of what was looked at
    note TEXT NOT NULL          -- what the next check has to know of it
) WITHOUT ROWID;
CREATE TABLE pages (            -- all other files
    path TEXT PRIMARY KEY,
    mark BLOB NOT NULL          -- the hash of all that it shows
) WITHOUT ROWID;
CREATE TABLE makers (           -- who works something out: code, data and settings, as one hash
    maker BLOB PRIMARY KEY,
    used INTEGER NOT NULL       -- when last, in seconds
) WITHOUT ROWID;
CREATE TABLE derived (
    maker BLOB NOT NULL,
    subject BLOB NOT NULL,      -- the hash of a content and of what else counts
    value TEXT NOT NULL,        -- JSON
    PRIMARY KEY (maker, subject)
) WITHOUT ROWID;
"""
_WITHOUT_INFLUENCE = ("__pycache__", "theme", "views")  # on what is kept of articles
_WAIT_SECONDS = 0.5  # for another run that is writing
_MOST_MAKERS = 8
_MOST_ROWS = 20  # for each file; there are more only after years of edits
_ROWS_AT_ONCE = 2000
# A file may change again within a tick of its disk's clock, unseen: what is younger is read again.
TICK_NS = 2_000_000_000


def hash_content(content: bytes) -> bytes:
    """What stands for a content in the index."""
    return blake2b(content, digest_size=16).digest()


def hash_states(paths: Iterable[str | os.PathLike[str]]) -> bytes | None:
    """What stands for files being as they are; None while one may still change unseen."""
    states: list[tuple[int, int, int] | None] = []
    for path in paths:
        try:
            status = os.lstat(path)
        except (OSError, ValueError):
            states.append(None)
            continue
        if time.time_ns() - status.st_mtime_ns < TICK_NS:
            return None
        states.append((status.st_mtime_ns, status.st_size, status.st_ino))
    return hash_content(repr(states).encode())


@cache
def hash_program() -> bytes:
    """What stands for the program: all of it, since everything uses parsers, dates and lists."""
    program = blake2b(sys.version.encode(), digest_size=16)
    for parent, folders, names in os.walk(Path(__file__).parent):
        folders[:] = sorted(name for name in folders if name not in _WITHOUT_INFLUENCE)
        for name in sorted(names):
            program.update(f"{name}\0".encode() + Path(parent, name).read_bytes())
    return program.digest()


@dataclass
class Index:
    """The index of one office, opened when first asked; use it as a context.

    Nothing here raises for want of a disk.
    """

    root: Path
    _connection: sqlite3.Connection | None = None
    _is_opened: bool = False
    _files: list[tuple[str, int, int, int, bytes]] = field(default_factory=list)
    _derived: list[tuple[bytes, bytes, str]] = field(default_factory=list)
    _makers: set[bytes] = field(default_factory=set)
    _folders: dict[str, str] = field(default_factory=dict)  # how `root` sees them
    _known: dict[str, tuple[str, int, int, int, bytes]] | None = None

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._write()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def content_of(self, path: Path) -> bytes | None:
        """The hash of a file's content, if it is as it was when that was noted."""
        if self._known is None:
            rows = self.ask("SELECT path, mtime_ns, size, inode, content FROM files")
            self._known = {row[0]: row for row in rows}
        if not self._known:
            return None
        try:
            row = self._file_row(path, os.lstat(path), b"")
        except OSError:
            return None
        found = self._known.get(row[0])
        return found[4] if found and found[1:4] == row[1:4] else None

    def note_content(self, path: Path, status: os.stat_result, content: bytes) -> None:
        """Note a file's content hash; `status` is from before it was read."""
        if self._connect() is None or time.time_ns() - status.st_mtime_ns < TICK_NS:
            return
        self._files.append(self._file_row(path, status, content))
        self._write_if_many()

    def recall(self, maker: bytes, subject: bytes) -> str | None:
        """What `maker` worked out of `subject`."""
        self._makers.add(maker)
        query = "SELECT value FROM derived WHERE maker=? AND subject=?"
        return next((row[0] for row in self.ask(query, maker, subject)), None)

    def recall_all(self, maker: bytes) -> dict[bytes, str]:
        """All that `maker` worked out, by subject."""
        self._makers.add(maker)
        return dict(self.ask("SELECT subject, value FROM derived WHERE maker=?", maker))

    def keep(self, maker: bytes, subject: bytes, value: str) -> None:
        """Keep what `maker` worked out of `subject`."""
        if self._connect() is not None:
            self._makers.add(maker)
            self._derived.append((maker, subject, value))
            self._write_if_many()

    def _connect(self) -> sqlite3.Connection | None:
        if not self._is_opened:
            self._is_opened = True
            self._connection = _open(self.root)
        return self._connection

    def _file_row(
        self, path: Path, status: os.stat_result, content: bytes
    ) -> tuple[str, int, int, int, bytes]:
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.relpath(folder or ".", self.root)
        return (
            f"{self._folders[folder]}/{name}",
            status.st_mtime_ns,
            status.st_size,
            status.st_ino,
            content,
        )

    def change(self, statements: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> bool:
        """Carry out statements, each for many rows, all or none; whether that could be done."""
        connection = self._connect()
        if connection is None:
            return False
        some = [(statement, rows) for statement, rows in statements if rows]
        try:
            with connection:
                if some:
                    connection.execute("BEGIN IMMEDIATE")
                for statement, rows in some:
                    connection.executemany(statement, rows)
        except (sqlite3.Error, UnicodeEncodeError) as error:
            self._give_up(error)
            return False
        return True

    def ask(self, query: str, *values: object) -> list[Any]:
        """The rows of an answer; none where there is no index."""
        connection = self._connect()
        if connection is None:
            return []
        try:
            return connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _write_if_many(self) -> None:
        if len(self._files) + len(self._derived) >= _ROWS_AT_ONCE:
            self._write()

    def _write(self) -> None:
        """Write what is noted; where that cannot be, forget it."""
        if not self._files and not self._derived:
            return
        connection, now = self._connection, int(time.time())
        assert connection is not None
        try:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(
                    "INSERT OR REPLACE INTO files VALUES (?,?,?,?,?)", self._files
                )
                connection.executemany(
                    "INSERT OR REPLACE INTO derived VALUES (?,?,?)", self._derived
                )
                connection.executemany(
                    "INSERT OR REPLACE INTO makers VALUES (?,?)",
                    [(maker, now) for maker in self._makers],
                )
                _forget_old(connection)
        except (sqlite3.Error, UnicodeEncodeError) as error:
            self._give_up(error)
        self._files.clear()
        self._derived.clear()

    def _give_up(self, error: Exception) -> None:
        """Go on without the index; the next run makes a new one if this is damaged."""
        assert self._connection is not None
        self._connection.close()
        self._connection = None
        if getattr(error, "sqlite_errorcode", None) in _DAMAGED:
            with contextlib.suppress(OSError):
                _remove(self.root / FOLDER / FILE)


_DAMAGED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _open(root: Path) -> sqlite3.Connection | None:
    """A connection to an index that can be believed, new if need be; None if there can be none."""
    folder = root / FOLDER
    path = folder / FILE
    try:
        make_folder(folder)
        with _locked(folder):
            if not _is_believed(path):
                _remove(path)
                _make(path)
            return _connect(path, "rw")
    except (OSError, sqlite3.Error):
        return None


def make_folder(folder: Path) -> None:
    """Make the folder of what is remembered, which git ignores. Raises `OSError`."""
    if not os.path.lexists(folder):
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n")


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone in the folder, for the moment in which an index may be thrown away and made anew."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        deadline = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
        yield
    finally:
        os.close(descriptor)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)


def _is_believed(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with contextlib.closing(_connect(path, "ro")) as connection:
            (mark,) = connection.execute("PRAGMA user_version").fetchone()
    except FileNotFoundError:
        return False
    except sqlite3.Error as error:
        if error.sqlite_errorcode in _DAMAGED:
            return False
        raise
    return bool(mark == _mark(path))


def _mark(path: Path) -> int:
    """What an index made here, in this form, has in its head."""
    status = path.lstat()
    text = f"{_SCHEMA_VERSION} {status.st_dev} {status.st_ino}"
    return int.from_bytes(hash_content(text.encode())[:4]) >> 1


def _remove(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _make(path: Path) -> None:
    with contextlib.closing(_connect(path, "rwc")) as connection:
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA}")
        connection.execute(f"PRAGMA user_version={_mark(path)}")
        connection.execute("COMMIT")


def _forget_old(connection: sqlite3.Connection) -> None:
    """Drop what was worked out by code and settings that are no longer in use, and all excess."""
    connection.execute(
        "DELETE FROM makers WHERE maker NOT IN"
        " (SELECT maker FROM makers ORDER BY used DESC LIMIT ?)",
        (_MOST_MAKERS,),
    )
    connection.execute("DELETE FROM derived WHERE maker NOT IN (SELECT maker FROM makers)")
    (files,) = connection.execute("SELECT count(*) FROM files").fetchone()
    (rows,) = connection.execute("SELECT count(*) FROM derived").fetchone()
    if rows > _MOST_ROWS * (files + 1000):
        connection.execute("DELETE FROM derived")
