"""What articles there are and what their front matter says, without reading unchanged files.

The index has a row for each file and, for each year's folder, one digest of the names, times and
sizes in it: where that is as it was, not even the rows are looked at.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from sys import intern
from typing import Any

from kpucli.archive import Archive, FileState, Listing, read_file
from kpucli.article import Article, parse_article, problem_error
from kpucli.errors import ArticleError
from kpucli.front_matter import FIELDS
from kpucli.i18n import _
from kpucli.index import TICK_NS, Index, hash_content
from kpucli.outline import Outline, make_outline, read_facets
from kpucli.workers import Follow, count_cores, divide, follow_not, map_forked

_INSERT = "INSERT OR REPLACE INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_PART = 500  # articles that a process reads at a time
_WORTH_SHARING = 20_000  # articles that take longer to look at than processes to start
_UNSETTLED = FileState(0, 0, 0)  # of a file to be read again
_NOT_SOUND: tuple[Any, ...] = (None,) * 11

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """What stands in a year's folder; `changed` is None where that is what the index knows."""

    year: str
    digest: bytes | None
    misplaced: list[ArticleError]
    changed: Listing | None


@dataclass
class Inventory:
    """The articles of one archive, as far as the index knows them.

    `zone` of the archive decides what dates without offset mean; it is part of what is kept.
    `follow` is given what is being read.
    """

    archive: Archive
    index: Index
    follow: Follow = follow_not
    misplaced: list[ArticleError] = field(default_factory=list)

    def refresh(self) -> bool:
        """Bring the index up to date with the disk; False where there is no index to be had.

        Only new and changed files are read. `misplaced` then has an error for what stands where no
        article can stand. Raises `KpuError` when the archive's folder is missing.
        """
        years, self.misplaced = self.archive.years()
        known = dict(self.index.ask("SELECT name, digest FROM folders"))
        gone = [(name,) for name in sorted(known.keys() - set(years))]
        changes: list[tuple[str, Sequence[Row]]] = [
            ("DELETE FROM folders WHERE name=?", gone),
            ("DELETE FROM articles WHERE folder=?", gone),
        ]
        if not self.index.change(changes):
            return False
        for look in self._look_at(years, known):
            self.misplaced += look.misplaced
            if look.changed is not None and not self._catch_up(look.changed, look.digest):
                return False
        return True

    def _look_at(self, years: Sequence[str], known: Mapping[str, bytes | None]) -> list[_Look]:
        """What stands in the folders of some years, in order."""

        def look(year: str) -> _Look:
            listing = self.archive.listing(year)
            digest = self._digest(listing)
            is_known = digest is not None and known.get(year) == digest
            return _Look(year, digest, listing.misplaced, None if is_known else listing)

        ((count,),) = self.index.ask("SELECT count(*) FROM articles") or [(0,)]
        processes = count_cores() if count >= _WORTH_SHARING else 1
        return sorted(map_forked(look, years, processes), key=lambda look: look.year)

    def articles(self, failures: list[ArticleError]) -> Iterator[Article]:
        """Every sound article in path order, **without its text**; else as `Archive.articles`."""
        failures += self.misplaced
        query = "SELECT folder, name, front_matter FROM articles ORDER BY folder, name"
        yield from self._sound(self.index.ask(query), failures)

    def newest(self, count: int) -> Iterator[Article]:
        """The `count` newest articles, as `articles` gives them; of one moment, by their ids."""
        query = (
            "SELECT folder, name, front_matter FROM articles WHERE front_matter IS NOT NULL"
            " ORDER BY moment DESC, folder, name LIMIT ?"
        )
        yield from self._sound(self.index.ask(query, count), [])

    def outlines(self) -> list[Outline]:
        """What decides where the sound articles stand, in no order."""
        query = (
            "SELECT folder || '/' || substr(name, 1, length(name) - 3), content, moment, month,"
            " corrected, standing, facets, words, views, aliases, has_images, has_links"
            " FROM articles WHERE front_matter IS NOT NULL"
        )
        found = self.index.ask(query)
        # Thousands of articles share their facets: each is kept in memory once.
        return [
            Outline(name, content, moment, month, corrected, standing, intern(facets), *more)
            for name, content, moment, month, corrected, standing, facets, *more in found
        ]

    def tags(self) -> set[str]:
        """The tags of the sound articles, as written."""
        rows = self.index.ask("SELECT DISTINCT facets FROM articles WHERE facets IS NOT NULL")
        return {tag for (facets,) in rows for tag in read_facets(facets)[1]}

    def digest(self) -> bytes | None:
        """What stands for all articles and where they are; None while one may change unseen."""
        rows = self.index.ask("SELECT name, digest FROM folders ORDER BY name")
        if self.misplaced or any(digest is None for _name, digest in rows):
            return None
        return hash_content(f"{self.archive.root.name} {rows}".encode())

    def broken_paths(self) -> list[Path]:
        """The files that are no sound articles."""
        query = "SELECT folder, name FROM articles WHERE front_matter IS NULL ORDER BY folder, name"
        return [self.archive.root / folder / name for folder, name in self.index.ask(query)]

    def broken(self) -> Iterator[ArticleError]:
        """What is wrong with the files that are no sound articles."""
        yield from self.misplaced
        for path in self.broken_paths():
            error = self._explain(path)
            if error is not None:
                yield error

    def _explain(self, path: Path) -> ArticleError | None:
        """What is wrong with a file that is no sound article; None where it has become one."""
        try:
            return problem_error(self.archive.load(path))
        except ArticleError as error:
            return error

    def _digest(self, listing: Listing) -> bytes | None:
        """One hash for what a folder's files are; None while one may still be changing unseen."""
        newest = max((state.mtime_ns for _name, state in listing.files), default=0)
        if time.time_ns() - newest < TICK_NS:
            return None
        states = [
            f"{name} {state.mtime_ns} {state.size} {state.inode}" for name, state in listing.files
        ]
        return hash_content("\n".join([str(self.archive.zone), *states]).encode())

    def _catch_up(self, listing: Listing, digest: bytes | None) -> bool:
        """Bring a folder's rows up to date; False where that cannot be."""
        query = "SELECT name, mtime_ns, size, inode FROM articles WHERE folder=?"
        known = {row[0]: row[1:] for row in self.index.ask(query, listing.name)}
        changed = [(name, state) for name, state in listing.files if known.get(name) != state]
        gone = known.keys() - {name for name, _state in listing.files}

        def read(part: Sequence[tuple[str, FileState]]) -> list[Row]:
            return [self._read(listing, name, state) for name, state in part]

        found = map_forked(read, divide(changed, _PART), count_cores())
        what = _("Membaca artikel {year}").format(year=listing.name)
        followed = self.follow(what, found, len(changed), len)
        return self.index.change(
            [
                (
                    "DELETE FROM articles WHERE folder=? AND name=?",
                    [(listing.name, name) for name in sorted(gone)],
                ),
                (_INSERT, list(chain.from_iterable(followed))),
                ("INSERT OR REPLACE INTO folders VALUES (?,?)", [(listing.name, digest)]),
            ]
        )

    def _read(self, listing: Listing, name: str, state: FileState) -> Row:
        path = self.archive.root / listing.name / name
        # What is written while it is read is read again next time.
        is_settled = time.time_ns() - state.mtime_ns >= TICK_NS
        facts: tuple[Any, ...] = (None, *_NOT_SOUND)
        try:
            content = read_file(path)
            facts = (hash_content(content), *_NOT_SOUND)
            article = parse_article(content, path, self.archive.zone)
            if problem_error(article) is None:
                outline = make_outline(article, facts[0])
                # Its id is in folder and name; how often it was viewed since, no file says.
                facts = (*outline[1:-1], _write(article.data))
        except ArticleError:
            pass  # said when somebody asks for this article
        return (listing.name, name, *(state if is_settled else _UNSETTLED), *facts)

    def _sound(self, rows: Sequence[Row], failures: list[ArticleError]) -> Iterator[Article]:
        """The articles of rows (folder, name, front matter), in the same order."""
        for folder, name, front_matter in rows:
            path = self.archive.root / folder / name
            if front_matter is not None:
                data = _read_front_matter(front_matter)
                yield Article(path, "", False, data, (0, 0), 0, self.archive.zone, ())
                continue
            error = self._explain(path)
            if error is not None:
                failures.append(error)


def _write(data: Mapping[str, Any]) -> str:
    """The known fields of front matter as JSON, where dates are known again by their fields."""
    known = {name: value for name, value in data.items() if name in FIELDS}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"), default=_say_date)


def _say_date(value: date) -> str:
    return value.isoformat()  # of a datetime, its own, with the time


def _read_front_matter(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    data["date"] = _parse_date(data["date"])
    for item in data.get("corrections", ()):
        item["date"] = _parse_date(item["date"])
    if "withdrawn" in data:
        data["withdrawn"]["date"] = _parse_date(data["withdrawn"]["date"])
    return data


def _parse_date(text: str) -> date:
    return (
        datetime.fromisoformat(text) if len(text) > len("2022-04-20") else date.fromisoformat(text)
    )
