"""How many articles there are of each status, from the index: no unchanged article is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kpucli.archive import Archive
from kpucli.article import Article, Status, moment_of
from kpucli.errors import ArticleError
from kpucli.index import Index
from kpucli.inventory import Inventory
from kpucli.outline import Standing
from kpucli.workers import Follow, follow_not

NAMED = 3  # articles that are named of a kind

_STANDINGS = {Standing.DRAFT: Status.DRAFT, Standing.WITHDRAWN: Status.WITHDRAWN}
_SECOND = 1_000_000  # of moments


@dataclass(frozen=True, slots=True)
class Census:
    """The sound articles by status, and how many files are `broken`.

    `coming` are those scheduled next, `drafts` the newest ones: `YYYY/slug`, a few of each.
    """

    counts: Mapping[Status, int]
    broken: int
    coming: tuple[tuple[str, datetime], ...]
    drafts: tuple[str, ...]


def take_census(
    archive: Archive, index: Index, now: datetime, follow: Follow = follow_not
) -> Census:
    """The census of an archive at the moment `now`, read anew where there can be no index.

    Raises `KpuError` when the archive's folder is missing or cannot be read.
    """
    inventory = Inventory(archive, index, follow)
    return _ask(inventory, now) if inventory.refresh() else _read(archive, now)


def _ask(inventory: Inventory, now: datetime) -> Census:
    ask, moment = inventory.index.ask, moment_of(now)
    counts: Counter[Status] = Counter()
    broken = len(inventory.misplaced)
    query = "SELECT standing, moment > ?, count(*) FROM articles GROUP BY 1, 2"
    for standing, is_later, count in ask(query, moment):
        if standing is None:
            broken += count
        else:
            later = Status.SCHEDULED if is_later else Status.PUBLISHED
            counts[_STANDINGS.get(standing, later)] += count
    name = "SELECT folder || '/' || substr(name, 1, length(name) - 3), moment FROM articles"
    coming = ask(
        f"{name} WHERE standing = '' AND moment > ? ORDER BY moment, 1 LIMIT ?", moment, NAMED
    )
    drafts = ask(f"{name} WHERE standing = 'draft' ORDER BY moment DESC, 1 LIMIT ?", NAMED)
    return Census(
        counts,
        broken,
        tuple((name, datetime.fromtimestamp(at // _SECOND, now.tzinfo)) for name, at in coming),
        tuple(name for name, _at in drafts),
    )


def _read(archive: Archive, now: datetime) -> Census:
    failures: list[ArticleError] = []
    by_status: dict[Status, list[Article]] = {status: [] for status in Status}
    for article in archive.articles(failures):
        by_status[article.status(now)].append(article)
    coming = sorted(by_status[Status.SCHEDULED], key=lambda article: (article.date, article.id))
    drafts = sorted(by_status[Status.DRAFT], key=lambda article: article.id)
    drafts.sort(key=lambda article: article.date, reverse=True)
    return Census(
        {status: len(articles) for status, articles in by_status.items()},
        len(failures),
        tuple((article.id, article.date.astimezone(now.tzinfo)) for article in coming[:NAMED]),
        tuple(article.id for article in drafts[:NAMED]),
    )
