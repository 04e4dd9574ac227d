"""What search engines read: the sitemap protocol 0.9, Google's news sitemap, robots.txt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from kpucli.article import moment_of
from kpucli.outline import Outline
from kpucli.publish.plan import HOME, Plan
from kpucli.publish.site import Entry, Site

SITEMAP_PATH = "/peta-situs.xml"
NEWS_PATH = "/peta-berita.xml"
ROBOTS_PATH = "/robots.txt"

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_LENGTH = 50_000  # addresses in one file, by the protocol
_NEWS_LENGTH = 1_000  # articles in a news sitemap, by Google's rules
_NEWS_AGE = timedelta(days=2)
_TICK = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the sitemap: its path, and the articles and other pages in it."""

    path: str
    items: Sequence[Outline]
    others: Sequence[str]


def divide_sitemap(plan: Plan) -> list[Part]:
    """The sitemap in parts: one or, where that would be too long, one a month and the rest.

    So a new article changes the part of its month, and none that is older.
    """
    others = list(plan.list_paths)
    if len(others) + len(plan.items) <= _LENGTH:
        return [Part(SITEMAP_PATH, plan.items, others)]
    parts = [Part(f"/peta-situs-{name}.xml", [], some) for name, some in _number("halaman", others)]
    month_of = attrgetter("month")  # the office's, which is not always that of the moment
    by_month = sorted(plan.items, key=month_of, reverse=True)[::-1]  # of a month, the oldest first
    for month, found in groupby(by_month, key=month_of):
        name = f"{month // 100}-{month % 100:02}"
        parts += [
            Part(f"/peta-situs-{name}.xml", some, []) for name, some in _number(name, list(found))
        ]
    return parts


def write_part(part: Part, site: Site) -> bytes:
    """A part of the sitemap, with the time of each article's last change."""
    base, zone = escape(site.base_url), site.config.zone

    def tell() -> Iterator[str]:
        for path in part.others:
            yield f"<url><loc>{base}{path}</loc></url>"
        for item in part.items:
            updated = (_EPOCH + timedelta(microseconds=item.updated)).astimezone(zone)
            yield f"<url><loc>{base}{item.url}</loc><lastmod>{updated.isoformat()}</lastmod></url>"

    return _write("urlset", tell())


def write_index(parts: Sequence[Part], site: Site) -> bytes:
    """The index of the parts of a long sitemap."""
    return _write(
        "sitemapindex",
        (f"<sitemap><loc>{_locate(part.path, site)}</loc></sitemap>" for part in parts),
    )


def find_news(items: Sequence[Outline], now: datetime) -> Sequence[Outline]:
    """Of articles, newest first, those of the two days before `now`, at most a thousand."""

    def place_of(moment: datetime) -> int:
        return bisect_left(items, -moment_of(moment), key=lambda item: -item.moment)

    # A preview has articles whose time is yet to come.
    first = place_of(now)
    return items[first : min(place_of(now - _NEWS_AGE - _TICK), first + _NEWS_LENGTH)]


def news_until(news: Sequence[Outline]) -> int | None:
    """The moment from which the first of some news is too old, in microseconds since 1970."""
    return news[-1].moment + _NEWS_AGE // _TICK + 1 if news else None


def make_news_sitemap(entries: Sequence[Entry], site: Site) -> bytes:
    """The news sitemap of some articles, newest first.

    When there is none, the front page stands there without the news elements: an empty list is
    against the protocol, and Google reports it as an error.
    """
    items = [_describe_news(entry, site) for entry in entries]
    front_page = f"<url><loc>{_locate(HOME.path, site)}</loc></url>"
    return _write("urlset", items or [front_page], f' xmlns:news="{_NEWS}"')


def _describe_news(entry: Entry, site: Site) -> str:
    return (
        f"<url><loc>{_locate(entry.url, site)}</loc>\n"
        f"<lastmod>{entry.updated.isoformat()}</lastmod>\n"
        f"<news:news><news:publication><news:name>{escape(site.config.name)}</news:name>"
        "<news:language>id</news:language></news:publication>\n"
        f"<news:publication_date>{entry.date.isoformat()}</news:publication_date>\n"
        f"<news:title>{escape(entry.title)}</news:title></news:news></url>"
    )


def make_robots(site: Site) -> bytes:
    """robots.txt (RFC 9309): all may be read; the sitemaps are there."""
    sitemaps = "".join(f"Sitemap: {site.absolute(path)}\n" for path in (SITEMAP_PATH, NEWS_PATH))
    return f"User-agent: *\nAllow: /\n\n{sitemaps}".encode()


def _number(name: str, some: Sequence[Thing]) -> Iterator[tuple[str, Sequence[Thing]]]:
    """Things under a name or, where they are too many for one file, under that with numbers."""
    for start in range(0, len(some), _LENGTH):
        more = f"-{start // _LENGTH + 1}" if start else ""
        yield f"{name}{more}", some[start : start + _LENGTH]


def _locate(path: str, site: Site) -> str:
    return escape(site.absolute(path))


def _write(root: str, items: Iterable[str], namespaces: str = "") -> bytes:
    lines = "\n".join(items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<{root} xmlns="{_SITEMAP}"{namespaces}>\n{lines}\n</{root}>\n'
    ).encode()
