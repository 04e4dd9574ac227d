"""What was viewed: articles, tags, months and days, as rows for scripts and for the table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kpucli.article import Article
from kpucli.counted import names_of
from kpucli.dates import read_period
from kpucli.json_text import format_json
from kpucli.printable import defuse_cell, printable
from kpucli.slug import tag_key
from kpucli.views.course import Course, sum_days
from kpucli.views.store import Count

Row = dict[str, Any]

COLUMNS = {
    "article": ("slug", "url", "title", "date", "views"),
    "tag": ("tag", "articles", "views"),
    "month": ("month", "views"),
    "day": ("day", "views"),
}


@dataclass(frozen=True, slots=True)
class Days:
    """The days wanted, ISO 8601, both ends included; `is_all` where nobody chose."""

    first: str
    last: str
    is_all: bool


def read_days(since: str | None, until: str | None, now: datetime) -> Days:
    """The days between what a user names. Raises `KpuError` as `read_period` does."""
    assert now.tzinfo is not None
    first, last = "", "9999"
    if since is not None:
        first = read_period(since, now=now, zone=now.tzinfo)[0].date().isoformat()
    if until is not None:
        end = read_period(until, now=now, zone=now.tzinfo)[1]
        last = (end.date() - timedelta(1)).isoformat()
    return Days(first, last, since is None and until is None)


@dataclass(frozen=True, slots=True)
class Viewed:
    """An article and how often it was viewed on the days wanted."""

    article: Article
    views: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Articles, the most viewed first, and what was counted by day."""

    viewed: tuple[Viewed, ...]
    days: Course

    def rows(self, grouping: str) -> list[Row]:
        """The rows of `article`, `tag`, `month` or `day`; the keys and their order are a promise.

        Articles without views are left out.
        """
        if grouping == "article":
            return [_article_row(item) for item in self.viewed if item.views]
        if grouping == "tag":
            return self._tag_rows()
        if grouping == "month":
            return [{"month": month, "views": views} for month, views in self.days.months()]
        return [{"day": day.isoformat(), "views": views} for day, views in self.days.items()]

    def _tag_rows(self) -> list[Row]:
        articles: Counter[str] = Counter()
        views: Counter[str] = Counter()
        for item in self.viewed:
            for key in {tag_key(tag) for tag in item.article.tags}:
                articles[key] += 1
                views[key] += item.views
        ranked = sorted(articles, key=lambda key: (-views[key], key))
        return [{"tag": key, "articles": articles[key], "views": views[key]} for key in ranked]


def make_overview(articles: Sequence[Article], counts: Sequence[Count], days: Days) -> Overview:
    """What was viewed of some articles, whose `views` say how often in all.

    Where days were chosen, only what was counted on them; else what was carried over too.
    """
    names = {name: article.id for article in articles for name in names_of(article)}
    known = [(day, names[name], views) for day, name, views in counts if name in names]
    sums: Counter[str] = Counter()
    for _day, name, views in known:
        sums[name] += views
    viewed = [
        Viewed(article, (article.views or 0) if days.is_all else sums[article.id])
        for article in articles
    ]
    ranked = sorted(viewed, key=lambda item: (-item.views, item.article.id))
    return Overview(tuple(ranked), sum_days(known))


def _article_row(item: Viewed) -> Row:
    article = item.article
    return {
        "slug": article.slug,
        "url": article.url,
        "title": article.title,
        "date": article.date.isoformat(),
        "views": item.views,
    }


def _format_csv(rows: Sequence[Row], grouping: str) -> str:
    """CSV (RFC 4180) with a header; no cell can be a formula or command a terminal."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS[grouping])
    writer.writerows([defuse_cell(cell) for cell in row.values()] for row in rows)
    return out.getvalue()


def _format_plain(rows: Sequence[Row], grouping: str) -> str:
    """The name of what was viewed and its views, with a tab between them."""
    name = COLUMNS[grouping][1 if grouping == "article" else 0]
    return "".join(f"{printable(row[name])}\t{row['views']}\n" for row in rows)


FORMATS: dict[str, Callable[[Sequence[Row], str], str]] = {
    "json": lambda rows, _grouping: format_json(list(rows)),
    "csv": _format_csv,
    "plain": _format_plain,
}
