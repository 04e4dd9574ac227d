"""What search engines read: the sitemap protocol 0.9, Google's news sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from html import escape
from itertools import dropwhile, islice, takewhile

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


def make_sitemap(plan: Plan, site: Site) -> Iterator[tuple[str, bytes]]:
    """The sitemap's files as path and content: one, or an index and its parts when it is long."""
    changed = {entry.url: entry.updated for entry in plan.entries}
    # Oldest first: a new article then changes the last of the parts alone.
    paths = list(plan.paths)[::-1]
    parts = [paths[start : start + _LENGTH] for start in range(0, len(paths), _LENGTH)]
    if len(parts) == 1:
        yield SITEMAP_PATH, _write_addresses(parts[0], changed, site)
        return
    names = [f"/peta-situs-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _write_addresses(part, changed, site)
    locations = (f"<sitemap><loc>{_locate(name, site)}</loc></sitemap>" for name in names)
    yield SITEMAP_PATH, _write("sitemapindex", locations)


def _write_addresses(paths: Sequence[str], changed: dict[str, datetime], site: Site) -> bytes:
    base = escape(site.base_url)
    return _write(
        "urlset",
        (
            f"<url><loc>{base}{path}</loc><lastmod>{changed[path].isoformat()}</lastmod></url>"
            if path in changed
            else f"<url><loc>{base}{path}</loc></url>"
            for path in paths
        ),
    )


def make_news_sitemap(plan: Plan, site: Site, now: datetime) -> bytes:
    """The articles of the two days before `now`, newest first, at most a thousand.

    When there is none, the front page stands there without the news elements: an empty list is
    against the protocol, and Google reports it as an error.
    """
    due = dropwhile(lambda entry: entry.date > now, plan.entries)  # a preview has what is not
    recent = takewhile(lambda entry: entry.date >= now - _NEWS_AGE, due)
    items = [_describe_news(entry, site) for entry in islice(recent, _NEWS_LENGTH)]
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


def _locate(path: str, site: Site) -> str:
    return escape(site.absolute(path))


def _write(root: str, items: Iterable[str], namespaces: str = "") -> bytes:
    lines = "\n".join(items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<{root} xmlns="{_SITEMAP}"{namespaces}>\n{lines}\n</{root}>\n'
    ).encode()
