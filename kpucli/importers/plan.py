"""From imported items to changes: only what is new is added, nothing is ever overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kpucli.archive import MAX_BYTES, Archive, read_file
from kpucli.article import compose_article, parse_article
from kpucli.change import Change
from kpucli.errors import ArticleError
from kpucli.i18n import _
from kpucli.importers.item import ImportedItem, Note
from kpucli.slug import MAX_LENGTH, make_slug

_KEY = re.compile(rb"^[ \t]*imported[ \t]*=[ \t]*[\"']([^\"'\r\n]+)[\"']", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do: new articles, items already there, and what to tell the user."""

    changes: list[Change]
    skipped: int
    notes: list[Note]


def plan_import(
    archive: Archive, items: Iterable[ImportedItem], failures: list[ArticleError]
) -> ImportPlan:
    """The changes that add the items which the archive does not have yet.

    An item is known by its key, which the article keeps in `imported`: it may have been edited,
    renamed or moved to another year since. Articles that cannot be read go to `failures`.
    """
    known, taken = _look_around(archive, failures)
    numbers: dict[Path, int] = {}
    changes: list[Change] = []
    notes: list[Note] = []
    skipped = 0
    for item in items:
        if item.key in known:
            skipped += 1
            continue
        known.add(item.key)
        path = _free_path(archive, item, taken, numbers)
        content = _compose(item)
        if problem := _find_problem(content, path, archive):
            notes.append(Note(item.title, problem))
            continue
        taken.add(path)
        changes.append(Change(path, None, content))
        if item.doubt:
            notes.append(Note(item.title, item.doubt))
    return ImportPlan(changes, skipped, notes)


def _look_around(archive: Archive, failures: list[ArticleError]) -> tuple[set[str], set[Path]]:
    """The keys of the articles there are, and their paths."""
    if not archive.root.exists():
        return set(), set()
    paths, misplaced = archive.paths()
    known = set()
    for path in paths:
        try:
            imported = archive.load(path).data.get("imported")
        except ArticleError as error:
            failures.append(error)
            imported = _find_key(path)
        if isinstance(imported, str):
            known.add(imported)
    failures += misplaced
    known |= {key for error in misplaced if (key := _find_key(Path(error.path or "")))}
    return known, set(paths)


def _find_key(path: Path) -> str | None:
    """The key in an article that an edit has spoiled, or that stands where none can be read."""
    try:
        match = _KEY.search(read_file(path))
    except ArticleError:
        return None
    return match.group(1).decode(errors="replace") if match else None


def _free_path(
    archive: Archive, item: ImportedItem, taken: set[Path], numbers: dict[Path, int]
) -> Path:
    """A path that no article has; `numbers` remembers how far each title has been counted."""
    slug = make_slug(item.title) or "berita"
    first = path = archive.path_of(item.date.year, slug)
    # Cut first: the number must fit the slug's length.
    short = slug[: MAX_LENGTH - 6].rstrip("-")
    while path in taken or path.exists() or path.is_symlink():
        numbers[first] = numbers.get(first, 1) + 1
        path = archive.path_of(item.date.year, f"{short}-{numbers[first]}")
    return path


def _compose(item: ImportedItem) -> bytes:
    return compose_article(
        {
            "title": item.title,
            "original_title": item.original_title,
            "date": item.date,
            "date_uncertain": item.doubt,
            "draft": True if item.doubt else None,
            "views": item.views,
            "imported": item.key,
        },
        item.body,
    )


def _find_problem(content: bytes, path: Path, archive: Archive) -> str | None:
    """Why an item cannot become an article, such as a text that never ends."""
    if len(content) > MAX_BYTES:
        return _("Lebih dari 1 MiB; tidak dimasukkan.")
    try:
        parse_article(content, path, archive.zone)
    except ArticleError as error:
        return _("Tidak dimasukkan: {reason}").format(reason=error.message)
    return None
