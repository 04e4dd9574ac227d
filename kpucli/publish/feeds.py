"""What machines read: Atom (RFC 4287), JSON Feed 1.1, the sitemap protocol 0.9, robots.txt."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from kpucli.publish.plan import Plan
from kpucli.publish.site import Entry, Site

ATOM_PATH = "/umpan.atom"
JSON_FEED_PATH = "/umpan.json"
SITEMAP_PATH = "/peta-situs.xml"
LENGTH = 20  # items in a feed

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SITEMAP_LENGTH = 50_000  # addresses in one file, by the protocol
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ADDRESS = re.compile(r' href="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def make_atom(entries: Sequence[Entry], site: Site) -> bytes:
    """The feed of these articles, newest first, with their whole text."""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "id"})
    _add(feed, "id", site.absolute("/"))
    _add(feed, "title", f"Berita {site.config.name}")
    _add(feed, "subtitle", site.config.description)
    _add(feed, "updated", max((entry.updated for entry in entries), default=_EPOCH).isoformat())
    _add(feed, "link", rel="self", type="application/atom+xml", href=site.absolute(ATOM_PATH))
    _add(feed, "link", rel="alternate", type="text/html", href=site.absolute("/"))
    for entry in entries:
        _add_entry(feed, entry, site)
    return _write(feed)


def _add_entry(feed: ElementTree.Element, entry: Entry, site: Site) -> None:
    item = ElementTree.SubElement(feed, "entry")
    address = site.absolute(entry.url)
    _add(item, "id", address)
    _add(item, "title", entry.title)
    _add(item, "link", rel="alternate", type="text/html", href=address)
    _add(item, "published", entry.date.isoformat())
    _add(item, "updated", entry.updated.isoformat())
    author = ElementTree.SubElement(item, "author")
    _add(author, "name", entry.author)
    for tag in entry.tags:
        _add(item, "category", term=tag.key, label=tag.label)
    _add(item, "summary", entry.description)
    _add(item, "content", _whole_text(entry, site), type="html")


def make_json_feed(entries: Sequence[Entry], site: Site) -> bytes:
    """The same feed as JSON Feed 1.1, with the same ids."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"Berita {site.config.name}",
        "description": site.config.description,
        "home_page_url": site.absolute("/"),
        "feed_url": site.absolute(JSON_FEED_PATH),
        "language": "id",
        "items": [
            {
                "id": site.absolute(entry.url),
                "url": site.absolute(entry.url),
                "title": entry.title,
                "summary": entry.description,
                "content_html": _whole_text(entry, site),
                "date_published": entry.date.isoformat(),
                "date_modified": entry.updated.isoformat(),
                "authors": [{"name": entry.author}],
                "tags": [tag.label for tag in entry.tags],
            }
            for entry in entries
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def make_sitemap(plan: Plan, site: Site) -> Iterator[tuple[str, bytes]]:
    """The sitemap's files as path and content: one, or an index and its parts when it is long."""
    changed = {entry.url: entry.updated for entry in plan.entries}
    addresses = [(path, changed.get(path)) for path in plan.paths]
    parts = [
        addresses[start : start + _SITEMAP_LENGTH]
        for start in range(0, len(addresses), _SITEMAP_LENGTH)
    ]
    if len(parts) == 1:
        yield SITEMAP_PATH, _write(_list_addresses("urlset", "url", parts[0], site))
        return
    names = [f"/peta-situs-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _write(_list_addresses("urlset", "url", part, site))
    index = [(name, None) for name in names]
    yield SITEMAP_PATH, _write(_list_addresses("sitemapindex", "sitemap", index, site))


def _list_addresses(
    root: str, item: str, addresses: Sequence[tuple[str, datetime | None]], site: Site
) -> ElementTree.Element:
    document = ElementTree.Element(root, {"xmlns": _SITEMAP})
    for path, changed in addresses:
        element = ElementTree.SubElement(document, item)
        _add(element, "loc", site.absolute(path))
        if changed:
            _add(element, "lastmod", changed.isoformat())
    return document


def make_robots(site: Site) -> bytes:
    """robots.txt (RFC 9309): all may be read; the sitemap is there."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute(SITEMAP_PATH)}\n".encode()


def _whole_text(entry: Entry, site: Site) -> str:
    """The article's HTML as it makes sense elsewhere: corrections first, all links absolute."""
    page = site.absolute(entry.url)
    corrections = "".join(
        f"<p><strong>Ralat:</strong> {html.escape(correction.text)}</p>\n"
        for correction in entry.corrections
    )
    return corrections + _ADDRESS.sub(
        lambda match: f' href="{_absolute(match.group(1), page, site)}"', entry.markup.html
    )


def _absolute(address: str, page: str, site: Site) -> str:
    """An address written on a page, as it is to be written elsewhere."""
    if address.startswith("//"):
        return site.base_url.partition("//")[0] + address
    if address.startswith("/"):
        return site.base_url.removesuffix(site.prefix) + address
    return address if _SCHEME.match(address) else page + address


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = text or None


def _write(document: ElementTree.Element) -> bytes:
    ElementTree.indent(document, " ")
    body: bytes = ElementTree.tostring(document, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"
