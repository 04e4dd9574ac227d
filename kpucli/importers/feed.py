"""A site's feed: RSS 0.9x to 2.0, RSS 1.0, Atom, JSON Feed.

https://www.rssboard.org/rss-specification, RFC 4287, https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, tostring

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.importers.addresses import is_on_web, read_alias, resolve
from kpucli.importers.item import ImportedItem, Note, PendingItem, Picture, Piece, make_key
from kpucli.importers.markup import convert_html, words_of
from kpucli.importers.moments import doubt_reading, find_day, read_moment
from kpucli.importers.xml_stream import read_elements
from kpucli.text_file import decode_text

_ATOM = "{http://www.w3.org/2005/Atom}"
_RDF = "{http://purl.org/rss/1.0/}"
_ITEMS = frozenset({"item", f"{_RDF}item", f"{_ATOM}entry"})
_ROOTS = frozenset({"rss", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF", f"{_ATOM}feed"})
_MAX_JSON = 64 * 1024 * 1024
_IS_CUT = re.compile(r"(?:\[?(?:…|\.\.\.|&hellip;|&#8230;)\]?|selengkapnya)\W*\Z", re.IGNORECASE)


@dataclass(slots=True)
class _Entry:
    """An item of a feed, in whatever format it came."""

    title: str = ""
    id: str = ""
    link: str = ""
    date: str = ""
    html: str = ""
    summary: str = ""
    author: str = ""
    tags: list[str] = field(default_factory=list)
    image: str = ""


def read_feed(
    chunks: Iterable[bytes], path: Path, *, zone: tzinfo, now: datetime
) -> Iterator[Piece]:
    """A feed's items. Raises `KpuError`, naming `path`, for what is no feed."""
    chunks = iter(chunks)
    first = next(chunks, b"")
    chunks = chain([first], chunks)
    is_json = first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    entries = _read_json(chunks, path) if is_json else _read_xml(chunks, path)
    for number, entry in enumerate(entries, 1):
        if not entry.title and not entry.html and not entry.summary:
            yield Note(
                _("{name}, butir ke-{number}").format(name=path.name, number=number),
                _("Kosong; dilewati."),
            )
        else:
            yield PendingItem(_key_of(entry), entry.title, partial(_make, entry, zone, now))


def _make(entry: _Entry, zone: tzinfo, now: datetime) -> ImportedItem:
    base = entry.link if is_on_web(entry.link) else ""
    text = convert_html(entry.html or entry.summary, base)
    title = words_of(entry.title) or _make_title(text.paragraphs)
    lost = list(text.lost)
    if _IS_CUT.search(words_of(entry.html or entry.summary)[-80:]) or not entry.html:
        lost.append(_("Umpannya mungkin hanya memuat awal teks; bandingkan dengan situs lama."))
    date, doubt = read_moment(entry.date, zone, now), None
    if date is None:
        date, doubt = find_day(title, text.paragraphs, now, zone)
        doubt = doubt_reading(entry.date) if entry.date else doubt
    alias = read_alias(entry.link, lost)
    shown = {picture.address for picture in text.pictures}
    image = resolve(base, entry.image) if entry.image else ""
    return ImportedItem(
        key=_key_of(entry),
        title=title,
        date=date,
        doubt=doubt,
        body=text.body,
        author=words_of(entry.author) or None,
        tags=tuple(entry.tags),
        aliases=(alias,) if alias else (),
        main=Picture(image) if image and image not in shown else None,
        pictures=text.pictures,
        lost=tuple(lost),
    )


def _key_of(entry: _Entry) -> str:
    """What the feed calls an item: its words may be edited there later."""
    return make_key("feed", entry.id or entry.link or f"{entry.title} {entry.html}{entry.summary}")


def _make_title(paragraphs: list[str]) -> str:
    words = paragraphs[0].split() if paragraphs else []
    return " ".join(words[:10]) + ("…" if len(words) > 10 else "")


def _read_xml(chunks: Iterable[bytes], path: Path) -> Iterator[_Entry]:
    for element in read_elements(chunks, path, _ITEMS, _ROOTS):
        yield _read_atom(element) if element.tag.startswith(_ATOM) else _read_rss(element)


# What an RSS item's elements are to us, by their local names; `author` is a mail address.
_RSS = {
    "title": "title",
    "link": "link",
    "guid": "id",
    "encoded": "html",
    "description": "summary",
    "pubDate": "date",
    "date": "date",
    "creator": "author",
}


def _read_rss(item: Element) -> _Entry:
    entry = _Entry()
    for child in item:
        name, text = child.tag.rpartition("}")[2], (child.text or "").strip()
        if name in _RSS:
            setattr(entry, _RSS[name], getattr(entry, _RSS[name]) or text)
        elif name in ("category", "subject") and text:
            entry.tags.append(text)
        elif name in ("enclosure", "content", "thumbnail"):
            entry.image = entry.image or _read_enclosure(child, name)
    if not entry.link and is_on_web(entry.id):
        entry.link = entry.id
    if not entry.html:
        entry.html, entry.summary = entry.summary, ""
    return entry


def _read_enclosure(element: Element, name: str) -> str:
    kind = element.get("type") or element.get("medium") or ("image" if name == "thumbnail" else "")
    return element.get("url") or "" if kind.startswith("image") else ""


def _read_atom(element: Element) -> _Entry:
    entry = _Entry()
    for child in element:
        name, text = child.tag.removeprefix(_ATOM), (child.text or "").strip()
        if name in ("title", "content", "summary"):
            setattr(entry, {"content": "html"}.get(name, name), _read_text(child))
        elif name in ("published", "updated"):
            entry.date = text if name == "published" else entry.date or text
        elif name == "id":
            entry.id = text
        elif name == "link" and child.get("rel", "alternate") == "alternate":
            entry.link = entry.link or child.get("href") or ""
        elif name == "link" and child.get("rel") == "enclosure":
            entry.image = entry.image or _read_enclosure(child, name) or ""
        elif name == "category":
            entry.tags.append(child.get("label") or child.get("term") or "")
        elif name == "author":
            entry.author = child.findtext(f"{_ATOM}name") or ""
    return entry


def _read_text(element: Element) -> str:
    """An Atom text (RFC 4287, 3.1) as HTML."""
    from html import escape

    kind = element.get("type", "text")
    if kind == "xhtml":
        for part in element.iter():
            part.tag = part.tag.rpartition("}")[2]
        return "".join(tostring(part, encoding="unicode", method="html") for part in element)
    text = element.text or ""
    return text if kind in ("html", "text/html") else escape(text, quote=False)


def _read_json(chunks: Iterable[bytes], path: Path) -> Iterator[_Entry]:
    content = b""
    for chunk in chunks:
        content += chunk
        if len(content) > _MAX_JSON:
            raise KpuError(
                _("Berkas ini lebih dari {size} MiB; tidak dibaca.").format(size=64), path=path
            )
    try:
        data = json.loads(decode_text(content, path))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise KpuError(_("JSON-nya rusak."), path=path, line=line) from error
    items = data.get("items")
    if not isinstance(items, list) or "jsonfeed" not in str(data.get("version")):
        raise KpuError(_("Berkas ini bukan umpan JSON Feed."), path=path)
    for item in items:
        yield _read_json_item(item if isinstance(item, dict) else {})


def _read_json_item(item: Mapping[str, Any]) -> _Entry:
    from html import escape

    def text(name: str) -> str:
        value = item.get(name)
        return str(value) if isinstance(value, str | int) else ""

    authors = item.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    tags = item.get("tags")
    plain = "".join(f"<p>{escape(line)}</p>" for line in text("content_text").splitlines() if line)
    return _Entry(
        title=escape(text("title"), quote=False),
        id=text("id"),
        link=text("url"),
        date=text("date_published") or text("date_modified"),
        html=text("content_html") or plain,
        summary=escape(text("summary"), quote=False),
        author=str(author.get("name") or "") if isinstance(author, dict) else "",
        tags=[tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
        image=text("image"),
    )
