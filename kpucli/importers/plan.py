"""From imported items to changes: only what is new is added, nothing is ever overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kpucli.archive import MAX_BYTES, Archive, read_file
from kpucli.article import compose_article, parse_article
from kpucli.change import Change
from kpucli.errors import ArticleError, KpuError
from kpucli.headline import settle_case
from kpucli.i18n import _
from kpucli.importers.item import ImportedItem, Note, PendingItem, Piece
from kpucli.importers.photographs import Fetch, Photographs, gather_photographs
from kpucli.slug import MAX_LENGTH, make_slug, tag_key
from kpucli.visible import clean_line

_KEY = re.compile(rb"^[ \t]*imported[ \t]*=[ \t]*[\"']([^\"'\r\n]+)[\"']", re.MULTILINE)


@dataclass(slots=True)
class Outcome:
    """What an import has done so far, and what to tell the user."""

    added: int = 0
    skipped: int = 0
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class ImportPlan:
    """Where items go: what the archive has, and what this import has added to it."""

    archive: Archive
    categories: frozenset[str] = frozenset()
    fetch: Fetch | None = None
    outcome: Outcome = field(default_factory=Outcome)
    failures: list[ArticleError] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)
    _taken: set[Path] = field(default_factory=set)
    _numbers: dict[Path, int] = field(default_factory=dict)
    _aliases: set[str] = field(default_factory=set)

    def changes(self, pieces: Iterable[Piece]) -> Iterator[list[Change]]:
        """For each item that the archive does not have, its files: photographs, then the article.

        An item is known by its key, which the article keeps in `imported`: it may have been edited,
        renamed or moved to another year since. Articles that cannot be read go to `failures`.
        Killed between two of them, the next import goes on.
        """
        self._look_around()
        for piece in pieces:
            if isinstance(piece, Note):
                self.outcome.notes.append(piece)
            elif changes := self._plan(piece):
                self.outcome.added += 1
                yield changes

    def _plan(self, piece: ImportedItem | PendingItem) -> list[Change]:
        if piece.key in self._seen:
            twice = _("Dua kali di sumbernya; yang kedua dilewati.")
            self.outcome.notes.append(Note(piece.title, twice))
        if piece.key in self._known or piece.key in self._seen:
            self.outcome.skipped += 1
            return []
        self._seen.add(piece.key)
        item = _settle_title(piece if isinstance(piece, ImportedItem) else piece.make())
        path = self._free_path(item)
        try:
            photographs = gather_photographs(item, self.fetch, path.with_suffix(""))
            content = compose_article(self._front_matter(item, path, photographs), photographs.body)
        except KpuError as error:
            self._note(item, _("Tidak dimasukkan: {reason}").format(reason=error.message))
            return []
        if problem := _find_problem(content, path, self.archive):
            self._note(item, problem)
            return []
        self._taken.add(path)
        for note in (item.doubt, *item.lost, *photographs.lost):
            if note:
                self._note(item, note)
        folder = path.with_suffix("")
        files = [
            Change(folder / name, None, photograph)
            for name, photograph in photographs.files.items()
            if not (folder / name).exists()
        ]
        return [*files, Change(path, None, content)]

    def _note(self, item: ImportedItem, note: str) -> None:
        self.outcome.notes.append(Note(item.title, note))

    def _look_around(self) -> None:
        """Learn the keys of the articles there are, and their paths."""
        if not self.archive.root.exists():
            return
        paths, misplaced = self.archive.paths()
        for path in paths:
            try:
                imported = self.archive.load(path).data.get("imported")
            except ArticleError as error:
                self.failures.append(error)
                imported = _find_key(path)
            if isinstance(imported, str):
                self._known.add(imported)
        self.failures += misplaced
        self._known |= {key for error in misplaced if (key := _find_key(Path(error.path or "")))}
        self._taken |= set(paths)

    def _free_path(self, item: ImportedItem) -> Path:
        """A path that no article has; `_numbers` remembers how far each title has been counted."""
        slug = make_slug(unquote(item.slug or "")) or make_slug(item.title) or "berita"
        first = path = self.archive.path_of(item.date.year, slug)
        # Cut first: the number must fit the slug's length.
        short = slug[: MAX_LENGTH - 6].rstrip("-")
        while path in self._taken or path.exists() or path.is_symlink():
            self._numbers[first] = self._numbers.get(first, 1) + 1
            path = self.archive.path_of(item.date.year, f"{short}-{self._numbers[first]}")
        return path

    def _front_matter(
        self, item: ImportedItem, path: Path, photographs: Photographs
    ) -> Mapping[str, Any]:
        category = tag_key(item.category or "")
        is_known = category in self.categories
        names = item.tags if is_known or not item.category else (item.category, *item.tags)
        tags = dict.fromkeys(key for name in names if (key := tag_key(name)))
        return {
            "title": item.title,
            "original_title": item.original_title,
            "date": item.date,
            "date_uncertain": item.doubt,
            "tags": list(tags) or None,
            "summary": clean_line(item.summary or "") or None,
            "author": clean_line(item.author or "") or None,
            "category": category if is_known else None,
            "draft": True if item.doubt or item.is_draft else None,
            "image": photographs.main,
            "views": item.views,
            "aliases": self._new_aliases(item, path) or None,
            "imported": item.key,
        }

    def _new_aliases(self, item: ImportedItem, path: Path) -> list[str]:
        """The item's older addresses that no other of this import has, and that are not its own."""
        own = f"/berita/{path.parent.name}/{path.stem}"
        new = [
            alias
            for alias in dict.fromkeys(item.aliases)
            if alias.rstrip("/") != own and alias.rstrip("/").casefold() not in self._aliases
        ]
        self._aliases.update(alias.rstrip("/").casefold() for alias in new)
        return new


def _settle_title(item: ImportedItem) -> ImportedItem:
    """An item whose title is not set in capitals; the title that it had is kept."""
    title = clean_line(item.title)
    settled = settle_case(title, item.body) if item.original_title is None else title
    return replace(
        item, title=settled, original_title=title if settled != title else item.original_title
    )


def _find_key(path: Path) -> str | None:
    """The key in an article that an edit has spoiled, or that stands where none can be read."""
    try:
        match = _KEY.search(read_file(path))
    except ArticleError:
        return None
    return match.group(1).decode(errors="replace") if match else None


def _find_problem(content: bytes, path: Path, archive: Archive) -> str | None:
    """Why an item cannot become an article, such as a text that never ends."""
    if len(content) > MAX_BYTES:
        return _("Lebih dari 1 MiB; tidak dimasukkan.")
    try:
        parse_article(content, path, archive.zone)
    except ArticleError as error:
        return _("Tidak dimasukkan: {reason}").format(reason=error.message)
    return None
