"""Articles and whole sites made in memory, by the functions that `kpucli publish` calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kpucli.article import Article, compose_article, parse_article
from kpucli.config import Config
from kpucli.dates import ZONES
from kpucli.outline import Outline
from kpucli.publish.build import render_stock, stock_articles
from kpucli.publish.library import Entries
from kpucli.publish.plan import Plan, make_plan
from kpucli.publish.site import Entry, Site, choose_items, make_site

WIB = ZONES["WIB"]
NOW = datetime(2022, 6, 1, 9, tzinfo=WIB)
BASE = "https://kpu.contoh.go.id"
CONFIG = Config(
    root=Path(),
    source=None,
    name="KPU Kota Contoh",
    long_name="Komisi Pemilihan Umum Kota Contoh",
    description="Kabar kegiatan dan pengumuman resmi Komisi Pemilihan Umum Kota Contoh.",
    base_url=BASE,
    author="Humas KPU Kota Contoh",
    page_size=20,
    tag_labels={"sop": "SOP"},
)
BODY = "Isi berita ini ditulis untuk pengujian dan tidak memuat kejadian yang sebenarnya.\n"


def article(slug: str = "berita", body: str = BODY, **fields: Any) -> Article:
    """An article of 20 April 2022, unless its fields say otherwise."""
    date = fields.pop("date", datetime(2022, 4, 20, 15, tzinfo=WIB))
    data = {"title": f"Berita {slug}", "date": date, **fields}
    path = Path("articles") / f"{date.year}" / f"{slug}.md"
    return parse_article(compose_article(data, body), path, WIB)


def series(count: int, start: int = 0) -> list[Article]:
    """Articles `start` to `start + count - 1`, one an hour from March 2022, with a few tags."""
    first = datetime(2022, 3, 1, 8, tzinfo=WIB)
    return [
        article(
            f"berita-{number:03}",
            f"Berita nomor {number} memuat isi yang hanya dibuat untuk pengujian. {BODY}",
            title=f"Kegiatan Nomor {number} di Kantor",
            date=first + timedelta(hours=number),
            tags=[f"tag-{number % 3}", "semua"],
            views=number,
        )
        for number in range(start, start + count)
    ]


def build(
    articles: Iterable[Article],
    *,
    now: datetime = NOW,
    base_url: str | None = None,
    preview: int | None = None,
    config: Config = CONFIG,
) -> dict[str, bytes]:
    """The site's files by path."""
    site = make_site(config, base_url, preview=preview)
    return {file.path: file.content for file in render_stock(stock_articles(articles), site, now)}


def items_of(articles: Iterable[Article], site: Site | None = None) -> list[Outline]:
    """The articles that a site shows, newest first."""
    outlines = stock_articles(articles).outlines
    return choose_items(outlines, site or make_site(CONFIG), NOW)[0]


def entries_of(articles: Iterable[Article], site: Site | None = None) -> list[Entry]:
    """Their entries."""
    articles, site = list(articles), site or make_site(CONFIG)
    entries = Entries(stock_articles(articles).library, site, NOW)
    return entries.all_of(items_of(articles, site))


def plan_of(articles: Iterable[Article], *, page_size: int = 20) -> Plan:
    """The plan of their site."""
    site = make_site(replace(CONFIG, page_size=page_size))
    return make_plan(items_of(articles, site), site)
