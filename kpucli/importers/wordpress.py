"""WordPress's own export (WXR 1.0 to 1.2), read as a stream: posts become items.

https://wordpress.org/documentation/article/tools-export-screen/
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

from kpucli.i18n import _
from kpucli.importers.addresses import read_alias, resolve
from kpucli.importers.item import ImportedItem, Note, PendingItem, Picture, Piece, make_key
from kpucli.importers.markup import convert_html, words_of
from kpucli.importers.moments import doubt_reading, join_moment
from kpucli.importers.shortcodes import expand_shortcodes
from kpucli.importers.xml_stream import read_elements
from kpucli.visible import clean_line

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_WORDPRESS = re.compile(r"\{http://wordpress\.org/export/[0-9.]+/\}")
_EXCERPT = re.compile(r"\{http://wordpress\.org/export/[0-9.]+/excerpt/\}encoded")
_SHOWN = ("publish", "future")
_NO_CATEGORY = ("uncategorized", "tak-berkategori", "tidak-berkategori", "tanpa-kategori")
_BLOCK = re.compile(r"<!-- wp:([a-z][a-z0-9/-]*)[^>]*?/-->")
_BLOCKS = (
    r"(?:p|div|h[1-6]|ul|ol|li|table|tbody|thead|tr|td|th|blockquote|pre|figure|hr|section|article|"
    r"center|form|iframe|dl|dt|dd|address|script|style)\b[^>]*>"
)
_OPENS_BLOCK = re.compile(rf"<{_BLOCKS}", re.IGNORECASE)
_CLOSES_BLOCK = re.compile(rf"</{_BLOCKS}", re.IGNORECASE)
_STARTS_BLOCK = re.compile(rf"\s*</?{_BLOCKS}", re.IGNORECASE)


def find_attachments(chunks: Iterable[bytes], path: Path) -> dict[str, str]:
    """The addresses of an export's attachments by their numbers. Raises `KpuError`.

    They stand anywhere in the file, so it is read once for them alone.
    """
    found = {}
    for item in read_elements(chunks, path, frozenset({"item"}), frozenset({"rss"})):
        fields = _read_fields(item)
        if fields.get("post_type") == "attachment" and fields.get("attachment_url"):
            found[fields.get("post_id", "")] = fields["attachment_url"].strip()
    return found


def read_wordpress(
    chunks: Iterable[bytes],
    path: Path,
    attachments: Mapping[str, str],
    *,
    zone: tzinfo,
    now: datetime,
) -> Iterator[Piece]:
    """An export's posts, and notes on what else it holds. Raises `KpuError`, naming `path`."""
    skipped: Counter[str] = Counter()
    for item in read_elements(chunks, path, frozenset({"item"}), frozenset({"rss"})):
        fields = _read_fields(item)
        kind, status = fields.get("post_type", "post"), fields.get("status", "publish")
        if kind != "post" or status in ("trash", "auto-draft", "inherit"):
            skipped[kind if kind != "post" else status] += 1
            continue
        yield PendingItem(
            _key_of(fields),
            _title_of(fields),
            partial(_make, item, fields, attachments, zone, now),
        )
    for kind, count in skipped.most_common():
        yield Note(
            path.name, _("Bukan berita, dilewati: {count} {kind}.").format(count=count, kind=kind)
        )


def _read_fields(item: Element) -> dict[str, str]:
    """The texts of an item's elements by local name; WordPress's own go before others."""
    fields: dict[str, str] = {}
    for child in item:
        name = child.tag
        if _WORDPRESS.match(name) or name in ("title", "link", "guid", "pubDate"):
            fields[name.rpartition("}")[2]] = child.text or ""
        elif name == _CONTENT:
            fields["content"] = child.text or ""
        elif _EXCERPT.fullmatch(name):
            fields["excerpt"] = child.text or ""
        elif name == _CREATOR:
            fields["creator"] = child.text or ""
    return fields


def _make(
    item: Element, fields: Mapping[str, str], attachments: Mapping[str, str],
    zone: tzinfo, now: datetime,
) -> ImportedItem:  # fmt: skip
    link = fields.get("link", "").strip()
    lost: list[str] = []
    text = convert_html(_prepare(fields.get("content", ""), attachments, lost), link)
    date = join_moment(fields.get("post_date", ""), fields.get("post_date_gmt", ""), zone)
    category, tags = _read_terms(item)
    is_draft = fields.get("status", "publish") not in _SHOWN
    if fields.get("post_password"):
        is_draft = True
        lost.append(_("Di situs lama memakai kata sandi; di sini menjadi draf."))
    alias = read_alias(link, lost) if not is_draft else None
    return ImportedItem(
        key=_key_of(fields),
        title=_title_of(fields),
        date=date or now,
        doubt=None if date else doubt_reading(fields.get("post_date", "")),
        body=text.body,
        slug=fields.get("post_name") or None,
        summary=words_of(fields.get("excerpt", "")) or None,
        category=category,
        tags=tags,
        is_draft=is_draft,
        aliases=(alias,) if alias else (),
        main=_find_main(item, attachments, link),
        pictures=text.pictures,
        lost=(*lost, *text.lost),
    )


def _key_of(fields: Mapping[str, str]) -> str:
    """WordPress gives each post an address that stays: the text may be edited there later."""
    words = fields.get("title", "") + fields.get("content", "")
    return make_key("wordpress", fields.get("guid") or fields.get("link") or words)


def _title_of(fields: Mapping[str, str]) -> str:
    return words_of(fields.get("title", "")) or _("Tanpa judul")


def _prepare(content: str, attachments: Mapping[str, str], lost: list[str]) -> str:
    """The HTML that WordPress would show."""
    lost += [
        _("Blok wp:{name} tidak dibawa.").format(name=name)
        for name in dict.fromkeys(_BLOCK.findall(content))
        if name not in ("more", "nextpage", "spacer", "separator")
    ]
    html = expand_shortcodes(content, attachments, lost)
    return html if "<!-- wp:" in content else _make_paragraphs(html)


def _make_paragraphs(html: str) -> str:
    """Blank lines end paragraphs, line ends break lines: so the classic editor kept its texts."""
    html = _OPENS_BLOCK.sub(r"\n\n\g<0>", html.replace("\r\n", "\n").replace("\r", "\n"))
    html = _CLOSES_BLOCK.sub(r"\g<0>\n\n", html)
    parts = []
    for part in re.split(r"\n[ \t]*\n", html):
        if not part.strip():
            continue
        if _STARTS_BLOCK.match(part):
            parts.append(part)
        else:
            parts.append(f"<p>{part.strip().replace(chr(10), '<br>')}</p>")
    return "\n\n".join(parts)


def _read_terms(item: Element) -> tuple[str | None, tuple[str, ...]]:
    """The first category, and the tags: the post's own and its further categories."""
    categories, tags = [], []
    for term in item.findall("category"):
        nicename, name = term.get("nicename") or "", clean_line(term.text or "")
        if term.get("domain") == "post_tag":
            tags.append(name or nicename)
        elif term.get("domain", "category") == "category" and nicename not in _NO_CATEGORY:
            categories.append(name or nicename)
    return (categories[0] if categories else None), tuple(categories[1:] + tags)


def _find_main(item: Element, attachments: Mapping[str, str], link: str) -> Picture | None:
    """The post's own photograph, where the export has it."""
    for meta in item:
        if not meta.tag.endswith("}postmeta"):
            continue
        values = {child.tag.rpartition("}")[2]: child.text or "" for child in meta}
        if values.get("meta_key") == "_thumbnail_id":
            address = attachments.get(values.get("meta_value", "").strip(), "")
            return Picture(resolve(link, address)) if address else None
    return None
