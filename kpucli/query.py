"""Choosing articles and putting them in order, as `list` and its readers want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kpucli.archive import Archive
from kpucli.article import Article, Status
from kpucli.config import Config
from kpucli.counted import NOTHING_COUNTED, Counted
from kpucli.errors import ArticleError

# With fewer it takes longer to ask the index than to read them.
WORTH_REMEMBERING = 200


class Order(Enum):
    """What a list is sorted by."""

    DATE = "date"
    VIEWS = "views"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Query:
    """Which articles are wanted; a field left at its default does not narrow the choice.

    `since` is inclusive, `until` exclusive. All of `tags` must be there (compared by `tag_key`),
    one of `statuses`. `search` is looked for in title, summary and text, whatever its case.
    """

    tags: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    author: str | None = None
    category: str | None = None
    search: str | None = None

    def choose(
        self, articles: Iterable[Article], now: datetime, config: Config
    ) -> Iterator[Article]:
        """The articles that are wanted; see `matches`."""
        return (article for article in articles if self.matches(article, now, config))

    def matches(self, article: Article, now: datetime, config: Config) -> bool:
        """Whether an article is wanted.

        `now` decides which are scheduled; an article that names no author or category has the
        configuration's.
        """
        return (
            (not self.statuses or article.status(now) in self.statuses)
            and (self.since is None or article.date >= self.since)
            and (self.until is None or article.date < self.until)
            and self._has_tags(article)
            and (self.author is None or _contains(article.author or config.author, self.author))
            and self._has_category(article, config)
            and (self.search is None or self._is_found_in(article, self.search))
        )

    def _has_tags(self, article: Article) -> bool:
        if not self.tags:
            return True
        from kpucli.slug import tag_key  # only where tags are compared

        return {tag_key(tag) for tag in self.tags} <= {tag_key(tag) for tag in article.tags}

    def _has_category(self, article: Article, config: Config) -> bool:
        if self.category is None:
            return True
        from kpucli.slug import tag_key  # only where categories are compared

        return tag_key(article.category or config.category) == tag_key(self.category)

    @staticmethod
    def _is_found_in(article: Article, words: str) -> bool:
        words = " ".join(words.split())  # lines break anywhere
        texts = (article.title, article.summary or "", article.body)
        return any(_contains(" ".join(text.split()), words) for text in texts)


def find_articles(
    query: Query,
    archive: Archive,
    config: Config,
    now: datetime,
    failures: list[ArticleError],
    counted: Counted = NOTHING_COUNTED,
    *,
    order: Order = Order.DATE,
    reverse: bool = False,
    limit: int | None = None,
) -> list[Article]:
    """The articles that are wanted, in order, at most `limit`; what is wrong goes to `failures`.

    Their views are those of their files and what was `counted`.

    In a large archive they come from the index, without their texts, unless the query searches
    those.
    """
    is_newest = query == Query() and order is Order.DATE and not reverse
    if query.search is None and archive.has_more_than(WORTH_REMEMBERING):
        articles = _recall(archive, config, failures, limit if is_newest else None)
    else:
        articles = archive.articles(failures)
    wanted = query.choose(counted.add_to(articles), now, config)
    return sort_articles(wanted, order, reverse=reverse)[:limit]


def _recall(
    archive: Archive, config: Config, failures: list[ArticleError], newest: int | None
) -> Iterable[Article]:
    """The archive's articles from the index, the `newest` alone if that is a number."""
    from kpucli.index import Index  # imports SQLite, which takes time
    from kpucli.inventory import Inventory

    with Index(config.root) as index:
        inventory = Inventory(archive, index)
        if not inventory.refresh():
            return archive.articles(failures)
        if newest is None:
            return list(inventory.articles(failures))
        failures += inventory.broken()
        return list(inventory.newest(newest))


def _contains(text: str, part: str) -> bool:
    return part.casefold() in text.casefold()


def sort_articles(
    articles: Iterable[Article], order: Order = Order.DATE, *, reverse: bool = False
) -> list[Article]:
    """Newest first, most viewed first, or by title from A to Z; `reverse` turns it around.

    Ties fall to the address, so that the order never depends on the disk.
    """
    found = sorted(articles, key=lambda article: article.id)
    if order is Order.TITLE:
        found.sort(key=lambda article: article.title.casefold(), reverse=reverse)
    elif order is Order.VIEWS:
        found.sort(key=lambda article: article.views or 0, reverse=not reverse)
    else:
        found.sort(key=lambda article: article.date, reverse=not reverse)
    return found
