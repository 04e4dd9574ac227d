"""Choosing articles and their order."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kpucli.article import Article, Status, parse_article
from kpucli.config import Config
from kpucli.query import Order, Query, sort_articles

WIB = timezone(timedelta(hours=7))
NOW = datetime(2022, 5, 1, tzinfo=WIB)
CONFIG = Config(Path(), None, author="Humas KPU")


def _article(
    slug: str = "x", fields: str = "", body: str = "", date: str = "2022-04-20"
) -> Article:
    source = f'+++\ntitle = "Judul {slug}"\ndate = {date}\n{fields}\n+++\n{body}'
    return parse_article(source.encode(), Path(f"articles/{date[:4]}/{slug}.md"), WIB)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), True),
        (Query(tags=("S.O.P",)), True),
        (Query(tags=("sop", "apel")), False),
        (Query(statuses=(Status.DRAFT, Status.PUBLISHED)), True),
        (Query(statuses=(Status.SCHEDULED,)), False),
        (Query(since=datetime(2022, 4, 20, tzinfo=WIB)), True),
        (Query(since=datetime(2022, 4, 20, 0, 0, 1, tzinfo=WIB)), False),
        (Query(until=datetime(2022, 4, 20, tzinfo=WIB)), False),
        (Query(until=datetime(2022, 4, 21, tzinfo=WIB)), True),
        (Query(author="humas"), True),
        (Query(author="teknis"), False),
        (Query(category="Berita"), True),
        (Query(category="opini"), False),
        (Query(search="JUDUL x"), True),
        (Query(search="dua  baris"), True),
        (Query(search="tiga"), False),
        (Query(tags=("sop",), search="tiga"), False),
    ],
    ids=str,
)
def test_every_condition_narrows_the_choice(query: Query, found: bool) -> None:
    article = _article(fields='tags = ["SOP"]', body="Teks dua\nbaris.")
    assert query.matches(article, NOW, CONFIG) is found


def test_moments_are_compared_across_zones() -> None:
    article = _article(date="2022-04-20T00:30:00+09:00")  # still 19 April in WIB
    assert not Query(since=datetime(2022, 4, 20, tzinfo=WIB)).matches(article, NOW, CONFIG)


def test_ties_fall_to_the_address_whatever_the_disk_says() -> None:
    articles = [_article(slug) for slug in ("c", "a", "b")]
    for order in (Order.DATE, Order.VIEWS):
        assert [item.slug for item in sort_articles(articles, order)] == ["a", "b", "c"]
        assert [item.slug for item in sort_articles(articles, order, reverse=True)] == [
            "a",
            "b",
            "c",
        ]


def test_orders() -> None:
    articles = [
        _article("b", "views = 5", date="2022-01-01"),
        _article("a", "views = 40", date="2021-01-01"),
        _article("c", date="2023-01-01"),
    ]
    assert [item.slug for item in sort_articles(articles)] == ["c", "b", "a"]
    assert [item.slug for item in sort_articles(articles, Order.VIEWS)] == ["a", "b", "c"]
    assert [item.slug for item in sort_articles(articles, Order.TITLE)] == ["a", "b", "c"]
    assert [item.slug for item in sort_articles(articles, Order.TITLE, reverse=True)] == [
        "c",
        "b",
        "a",
    ]
