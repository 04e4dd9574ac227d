"""What a month's report says, whatever form it takes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kpucli.article import Article
from kpucli.config import Config
from kpucli.labels import Category, Tag, make_category, make_labels, make_tags, make_title, one_line
from kpucli.recap.month import Month


@dataclass(frozen=True, slots=True)
class Item:
    """A published article; `date` is in the office's zone, `url` a whole address."""

    date: datetime
    slug: str
    title: str
    url: str
    category: Category
    tags: tuple[Tag, ...]
    author: str
    views: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many items a category or tag has, their views, and how many it had the month before."""

    key: str
    label: str
    items: int
    views: int
    before: int


@dataclass(frozen=True, slots=True)
class Week:
    """What of a week, Monday to Sunday, lies in the month: both ends belong to it."""

    first: date
    last: date
    items: int
    views: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A month in numbers; `days` are those that have come so far."""

    items: int
    views: int
    days_with_news: int
    days: int

    @property
    def share(self) -> float:
        """The share of days with news, from 0 to 1."""
        return self.days_with_news / self.days


@dataclass(frozen=True, slots=True)
class Recap:
    """The report: items from the first to the last, categories and tags with the most first.

    `days` has the number of items of each day of the month. `until` is the last day that was
    looked at, where the month is not over; `counted_until` the last one whose views are counted.
    """

    config: Config
    month: Month
    figures: Figures
    before: Figures
    items: tuple[Item, ...]
    top: tuple[Item, ...]
    categories: tuple[Count, ...]
    tags: tuple[Count, ...]
    weeks: tuple[Week, ...]
    days: tuple[int, ...]
    until: date | None
    counted_until: date | None


def make_recap(
    articles: Iterable[Article],
    month: Month,
    config: Config,
    now: datetime,
    counted_until: date | None = None,
) -> Recap:
    """The report on published `articles` of a month and of the one before it.

    Those of other months do not count. Their `views` say how often they were viewed in all.
    """
    items = sorted(_make_items(articles, config), key=lambda item: (item.date, item.url))
    here = [item for item in items if _is_in(month, item)]
    before = [item for item in items if _is_in(month.before, item)]
    until = now.astimezone(config.zone).date()
    until = min(until, month.last)
    of_days = Counter(item.date.day for item in here)
    return Recap(
        config=config,
        month=month,
        figures=_measure(here, until.day),
        before=_measure(before, month.before.last.day),
        items=tuple(here),
        top=tuple(_most_viewed(here)[: config.recap.top]),
        categories=_count(here, before, lambda item: (item.category,)),
        tags=_count(here, before, lambda item: item.tags),
        weeks=tuple(_make_weeks(month, here)),
        days=tuple(of_days[day] for day in range(1, month.last.day + 1)),
        until=until if until < month.last else None,
        counted_until=counted_until,
    )


def _make_items(articles: Iterable[Article], config: Config) -> Iterable[Item]:
    labels = make_labels(config)
    for article in articles:
        yield Item(
            date=article.date.astimezone(config.zone),
            slug=article.slug,
            title=make_title(article),
            url=config.base_url + article.url,
            category=make_category(article.category, config),
            tags=make_tags(article.tags, labels),
            author=one_line(article.author or config.author),
            views=article.views or 0,
        )


def _is_in(month: Month, item: Item) -> bool:
    return month.first <= item.date.date() <= month.last


def _measure(items: Sequence[Item], days: int) -> Figures:
    return Figures(
        items=len(items),
        views=sum(item.views for item in items),
        days_with_news=len({item.date.date() for item in items}),
        days=days,
    )


def _most_viewed(items: Iterable[Item]) -> list[Item]:
    viewed = [item for item in items if item.views]
    return sorted(viewed, key=lambda item: (-item.views, item.date, item.url))


def _count(
    items: Iterable[Item],
    before: Iterable[Item],
    groups_of: Callable[[Item], Iterable[Category | Tag]],
) -> tuple[Count, ...]:
    """The groups that have items in either month."""
    labels: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    views: Counter[str] = Counter()
    for item in items:
        for group in groups_of(item):
            labels[group.key] = group.label
            numbers[group.key] += 1
            views[group.key] += item.views
    earlier: Counter[str] = Counter()
    for item in before:
        for group in groups_of(item):
            labels[group.key] = group.label
            earlier[group.key] += 1
    counts = [Count(key, labels[key], numbers[key], views[key], earlier[key]) for key in labels]
    return tuple(sorted(counts, key=lambda count: (-count.items, -count.before, count.key)))


def _make_weeks(month: Month, items: Sequence[Item]) -> Iterable[Week]:
    first = month.first
    while first <= month.last:
        last = min(first + timedelta(6 - first.weekday()), month.last)
        these = [item for item in items if first <= item.date.date() <= last]
        yield Week(first, last, len(these), sum(item.views for item in these))
        first = last + timedelta(1)
