"""Where a site's articles come from: their outlines first, their texts when a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from kpucli.archive import Archive, read_file
from kpucli.article import Article, parse_article
from kpucli.counted import Counted, list_names
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.index import hash_content
from kpucli.outline import Outline, make_outline, read_aliases
from kpucli.publish.picture import NO_ALBUM, NO_PHOTOS, Album
from kpucli.publish.site import Entry, Site, make_entry

_KEPT = 2048  # entries: pages that are made one after the other show the same articles


class ChangedError(KpuError):
    """An article's file is no longer as it was when the site was planned."""


class Library(Protocol):
    """The articles of an archive."""

    def path_of(self, item: Outline) -> Path:
        """An article's file."""

    def read(self, item: Outline) -> Article:
        """An article as it was when its outline was made.

        Raises `ChangedError` where that can no longer be had, `ArticleError` as `read_file`.
        """


class Shelf:
    """Articles that are in memory."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {article.id: article for article in articles}

    def outlines(self) -> Iterator[Outline]:
        """The outlines of all."""
        for article in self._articles.values():
            yield make_outline(article, hash_content(article.source.encode("utf-8", "replace")))

    def path_of(self, item: Outline) -> Path:
        """See `Library`."""
        return self._articles[item.id].path

    def read(self, item: Outline) -> Article:
        """See `Library`."""
        return self._articles[item.id]


class Stacks:
    """Articles that are read from the disk one by one."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def path_of(self, item: Outline) -> Path:
        """See `Library`."""
        return self._archive.root / f"{item.id}.md"

    def read(self, item: Outline) -> Article:
        """See `Library`."""
        path = self.path_of(item)
        content = read_file(path)
        if hash_content(content) != item.content:
            raise ChangedError(
                _("Artikel ini berubah selagi situs dibangun."),
                _("Situs tidak diubah; ulangi penerbitan."),
                path=path,
            )
        return parse_article(content, path, self._archive.zone)


class Entries:
    """The entries of articles at one moment, made when they are asked for."""

    def __init__(
        self, library: Library, site: Site, now: datetime, album: Album = NO_ALBUM
    ) -> None:
        self.library = library
        self._site = site
        self._now = now
        self._album = album
        self._kept: dict[str, Entry] = {}

    def of(self, item: Outline) -> Entry:
        """An article's entry. Raises as `Library.read` and `make_entry`."""
        entry = self._kept.get(item.id)
        if entry is None:
            entry = self._make(item)
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[item.id] = entry
        return entry

    def all_of(self, items: Iterable[Outline]) -> list[Entry]:
        """The entries of several."""
        return [self.of(item) for item in items]

    def _make(self, item: Outline) -> Entry:
        article = self.library.read(item)
        photos = self._album.get(item.id, NO_PHOTOS)
        viewed = None if item.viewed is None else date.fromordinal(item.viewed)
        entry = make_entry(article, self._site, article.status(self._now), photos, viewed)
        return entry if entry.views == item.views else replace(entry, views=item.views)


def add_views(outlines: Iterable[Outline], counted: Counted) -> Iterator[Outline]:
    """The outlines, their views with what was counted, and until which day."""
    views = counted.views
    for item in outlines:
        if views and (item.aliases or item.id in views):
            names = list_names(item.id, read_aliases(item.aliases))
            number, day = sum(views.get(name, 0) for name in names), counted.last_day_of(names)
            if number and day:
                yield item._replace(views=(item.views or 0) + number, viewed=day.toordinal())
                continue
        yield item
