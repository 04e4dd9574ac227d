"""Feeds as readers want them: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from kpucli.dates import say_day
from kpucli.publish.context import show_figure
from kpucli.publish.plan import Feed
from kpucli.publish.site import Entry, Site

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ADDRESS = re.compile(r' (href|src)="([^"]*)"')
# Readers' programs show one picture, and often throw away what holds several.
_PICTURE = re.compile(
    r"<picture><source [^>]*>"
    r'(<img src="[^"]*" alt="[^"]*" width="\d+" height="\d+")[^>]*></picture>'
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def make_atom(feed: Feed, entries: Sequence[Entry], site: Site) -> bytes:
    """A feed as Atom, with the whole text of its articles, whose entries these are."""
    page = _escape(site.absolute(feed.path))
    updated = max((entry.updated for entry in entries), default=_EPOCH).isoformat()
    head = f"""\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">
<id>{page}</id>
<title>{_escape(feed.title_on(site))}</title>
<subtitle>{_escape(site.config.description)}</subtitle>
<updated>{updated}</updated>
<author><name>{_escape(site.config.long_name)}</name></author>
<link rel="self" type="application/atom+xml" href="{_escape(site.absolute(feed.atom_path))}"/>
<link rel="alternate" type="text/html" href="{page}"/>
"""
    items = "".join(_atom_entries(entries, site))
    return f"{head}{items}</feed>\n".encode()


def _atom_entries(entries: Sequence[Entry], site: Site) -> Iterator[str]:
    for entry in entries:
        address = _escape(site.absolute(entry.url))
        tags = "".join(
            f'<category term="{_escape(tag.key)}" label="{_escape(tag.label)}"/>\n'
            for tag in entry.tags
        )
        yield f"""\
<entry>
<id>{address}</id>
<title>{_escape(entry.title)}</title>
<link rel="alternate" type="text/html" href="{address}"/>
<published>{entry.date.isoformat()}</published>
<updated>{entry.updated.isoformat()}</updated>
<author><name>{_escape(entry.author)}</name></author>
{tags}{_enclose(entry, site)}<summary>{_escape(entry.description)}</summary>
<content type="html">{_escape(_whole_text(entry, site))}</content>
</entry>
"""


def _enclose(entry: Entry, site: Site) -> str:
    cover = _cover(entry, site)
    if cover is None:
        return ""
    address, length = cover
    return (
        f'<link rel="enclosure" type="image/jpeg" length="{length}" href="{_escape(address)}"/>\n'
    )


def make_json_feed(feed: Feed, entries: Sequence[Entry], site: Site) -> bytes:
    """The same feed as JSON Feed 1.1, with the same ids."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title_on(site),
        "description": site.config.description,
        "home_page_url": site.absolute(feed.path),
        "feed_url": site.absolute(feed.json_path),
        "authors": [{"name": site.config.long_name}],
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
                **({"image": cover[0]} if (cover := _cover(entry, site)) else {}),
            }
            for entry in entries
        ],
    }
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _whole_text(entry: Entry, site: Site) -> str:
    """The article's HTML as it makes sense elsewhere: corrections first, all links absolute."""
    page = site.absolute(entry.url)
    corrections = "".join(
        f"<p><strong>Ralat ({say_day(correction.date)}):</strong>"
        f" {html.escape(correction.text)}</p>\n"
        for correction in entry.corrections
    )
    body = _PICTURE.sub(r"\1>", f"{show_figure(entry)}\n{entry.markup.html}".lstrip())
    return corrections + _ADDRESS.sub(
        lambda match: f' {match.group(1)}="{_absolute(match.group(2), page, site)}"', body
    )


def _cover(entry: Entry, site: Site) -> tuple[str, int] | None:
    """The address of an article's picture for social networks, and its bytes."""
    photo = entry.illustration.photo if entry.illustration else None
    if photo is None or photo.cover is None:
        return None
    return site.absolute(entry.url + photo.address(photo.cover)), photo.stored.files[photo.cover]


def _absolute(address: str, page: str, site: Site) -> str:
    """An address written on a page, as it is to be written elsewhere."""
    if address.startswith("//"):
        return site.base_url.partition("//")[0] + address
    if address.startswith("/"):
        return site.base_url.removesuffix(site.prefix) + address
    return address if _SCHEME.match(address) else page + address


def _escape(text: str) -> str:
    """A text between tags, or in an attribute within quotation marks (XML 1.0, 2.4).

    The texts of a site hold no character that XML forbids.
    """
    return html.escape(text, quote=True)
