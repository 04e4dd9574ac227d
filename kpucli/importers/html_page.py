"""A page of a KPU site, saved from a browser: its title, day, views, photographs and text.

KPU offices use WordPress, Joomla and systems of their own. What a page says for machines (JSON-LD,
Open Graph, microdata) goes before names of classes, and those before where most of the words are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.importers.addresses import is_on_web, read_alias, resolve
from kpucli.importers.decoding import decode_any
from kpucli.importers.document import DocumentError, parse_html
from kpucli.importers.item import ImportedItem, Picture, make_key
from kpucli.importers.markup import Markdown, convert_soup
from kpucli.importers.moments import find_day, read_moment
from kpucli.photo import read_photo
from kpucli.visible import clean_line

MAX_BYTES = 8 * 1024 * 1024

_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_TEXT_PLACES = (
    "[itemprop=articleBody]", ".entry-content", ".post-content", ".td-post-content",
    ".article-content", ".article-body", ".news-content", ".isi-berita", ".detail-berita",
    ".content-berita", ".berita-isi", ".item-page", ".post-body", ".blog-details", ".single-post",
    "article", "[role=main]", "main",
)  # fmt: skip
_FEWEST = 150  # characters of a text that a name alone is believed for
_BESIDE = re.compile(
    r"share|sosmed|social|sharedaddy|related|terkait|lainnya|populer|comment|komentar|breadcrumb|"
    r"post-?nav|navigation|pager|pagination|author-box|sidebar|widget|iklan|\bads?\b|newsletter|"
    r"article-info|entry-meta|post-meta|meta-data|icons|print|screen-reader|tagcloud|post-tags",
    re.IGNORECASE,
)
_LABEL = 40  # characters: less is a menu's word or a label
_HOLDERS = ["p", "div", "table", "ul", "ol", "li", "blockquote", "td"]
_NOT_TEXT = ["nav", "aside", "footer", "header", "form", "button", "select", "input", "dialog"]
_DAY_PLACES = re.compile(
    r"date|tanggal|tgl|waktu|publish|posted|meta|create|calendar|info|hits|view|lihat|baca",
    re.IGNORECASE,
)
_COUNT = r"(\d{1,3}(?:[.,]\d{3})+|\d{1,9})"
_VIEWS = (
    re.compile(
        rf"(?:dilihat|dibaca|hits?|views?|pembaca|pengunjung)\s*:?\s*{_COUNT}\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b{_COUNT}\s*(?:x|kali)?\s*(?:dilihat|dibaca|hits|views|pembaca)\b", re.IGNORECASE
    ),
)
_LONGEST_NEAR = 300  # characters of a line that tells of a page's day or views


def read_html_page(path: Path, *, zone: tzinfo, now: datetime) -> ImportedItem:
    """The news on a saved page. Raises `KpuError`, naming `path`, where there is none."""
    html, lost = decode_any(path, MAX_BYTES)
    try:
        soup = parse_html(html, whole=True)
    except DocumentError as error:
        raise KpuError(
            _("HTML-nya terlalu dalam atau terlalu besar; tidak dibaca."), path=path
        ) from error
    machine = _read_machine(soup)
    base = _find_address(soup, html)
    title = _find_title(soup, machine)
    near = list(_near_lines(soup))
    date = _find_date(soup, machine, near, zone, now)
    place = _find_text(soup)
    if place is None or not title:
        raise KpuError(
            _("Di halaman ini tidak ditemukan judul dan teks berita."),
            _("Simpan halaman satu berita, bukan halaman daftar."),
            path=path,
        )
    _strip(place, title)
    find = partial(_find_file, path)
    text = convert_soup(place, base, find)
    main = _find_main(soup, machine, base, find, text)
    doubt = None
    if date is None:
        date, doubt = find_day(title, text.paragraphs, now, zone)
    alias = read_alias(base, lost) if base else None
    return ImportedItem(
        key=make_key("html", base or title + text.body),
        title=title,
        date=date,
        doubt=doubt,
        body=text.body,
        views=_find_views(near),
        category=_meta(soup, "article:section") or None,
        tags=tuple(_find_tags(soup)),
        aliases=(alias,) if alias else (),
        main=main,
        pictures=text.pictures,
        lost=(*lost, *text.lost),
    )


def _read_machine(soup: BeautifulSoup) -> dict[str, Any]:
    """The JSON-LD of the page's article, where there is one that can be read."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.string or "")
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for thing in graph if isinstance(graph, list) else []:
            if isinstance(thing, dict) and "Article" in str(thing.get("@type")):
                return thing
    return {}


def _meta(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find("meta", property=name) or soup.find("meta", attrs={"name": name})
    return clean_line(str(tag.get("content") or "")) if isinstance(tag, Tag) else ""


def _find_address(soup: BeautifulSoup, html: str) -> str:
    named = [
        str(tag.get("href") or "")
        for tag in (soup.find("link", rel="canonical"), soup.find("base"))
        if isinstance(tag, Tag)
    ]
    saved = _SAVED_FROM.search(html[:2000])
    for address in (_meta(soup, "og:url"), *named, saved[1] if saved else ""):
        if is_on_web(address):
            return resolve("", address)
    return ""


def _find_title(soup: BeautifulSoup, machine: dict[str, Any]) -> str:
    stated = machine.get("headline")
    if isinstance(stated, str) and stated.strip():
        from html import unescape

        return clean_line(unescape(stated))
    marked = soup.select_one("[itemprop=headline]")
    heads = soup.find_all("h1")
    if isinstance(marked, Tag) and marked.get_text().strip():
        return clean_line(marked.get_text())
    named = soup.title.get_text() if soup.title else ""
    whole = clean_line(_meta(soup, "og:title") or named)
    site = _meta(soup, "og:site_name").casefold()
    fitting = [
        words
        for head in heads  # the site's own name may be one too
        if (words := clean_line(head.get_text()))
        and words.casefold() != site
        and (len(heads) == 1 or words.casefold() in whole.casefold())
    ]
    if fitting:
        return max(fitting, key=len)
    return _without_site(whole, _meta(soup, "og:site_name"))


def _without_site(title: str, site: str) -> str:
    """A page's title without the site's name: "Apel - KPU Kota Contoh"."""
    parts = re.split(r"\s+[|»–—-]\s+", title)
    if len(parts) > 1 and (parts[-1] == site or "KPU" in parts[-1].upper()):
        return " – ".join(parts[:-1])
    return title


def _find_date(
    soup: BeautifulSoup, machine: dict[str, Any], near: list[str], zone: tzinfo, now: datetime
) -> datetime | None:
    for stated in _stated_dates(soup, machine):
        if moment := read_moment(stated, zone, now):
            return moment
    from kpucli.dates import find_dates

    for line in near:
        days = {day for span in find_dates(line) if span.year and (day := span.date())}
        if len(days) == 1:
            return datetime.combine(days.pop(), datetime.min.time(), zone)
    return None


def _stated_dates(soup: BeautifulSoup, machine: dict[str, Any]) -> Iterator[str]:
    yield str(machine.get("datePublished") or "")
    yield _meta(soup, "article:published_time")
    for marked in soup.select("[itemprop=datePublished], time[datetime]"):
        yield str(marked.get("datetime") or marked.get("content") or marked.get_text())


def _near_lines(soup: BeautifulSoup) -> Iterator[str]:
    """Short lines that tell of the page: of elements whose class speaks of a day, or of views."""
    body = soup.body or soup
    for element in body.find_all(True):
        names = " ".join([*(element.get("class") or []), str(element.get("id") or "")])
        if _DAY_PLACES.search(names) or element.name in ("time", "small"):
            line = clean_line(element.get_text(" "))
            if line and len(line) <= _LONGEST_NEAR:
                yield line


def _find_views(near: list[str]) -> int | None:
    for pattern in _VIEWS:
        for line in near:
            if match := pattern.search(line):
                return int(re.sub(r"[.,]", "", match[1]))
    return None


def _find_text(soup: BeautifulSoup) -> Tag | None:
    """The element that holds the news."""
    for element in soup.find_all(["script", "style", "noscript", "template"]):
        element.decompose()
    for place in _TEXT_PLACES:
        found = [tag for tag in soup.select(place) if len(tag.get_text()) >= _FEWEST]
        if len(found) == 1:
            return found[0]
    return _find_densest(soup.body or soup)


def _find_densest(body: Tag) -> Tag | None:
    """The element whose paragraphs have most words that are no links."""
    scores: dict[int, tuple[int, Tag]] = {}
    for element in body.find_all(["p", "div", "td", "li", "blockquote"]):
        if element.find(_HOLDERS):
            words = "".join(str(text) for text in element.find_all(string=True, recursive=False))
            holder: Tag | None = element
        else:
            words = element.get_text()
            # Lines that breaks divide are paragraphs of their own.
            is_whole = element.name in ("div", "td") and element.find("br") is not None
            holder = element if is_whole else element.parent
        linked = sum(len(link.get_text()) for link in element.find_all("a"))
        weight = len(" ".join(words.split())) - 2 * linked
        if weight >= _LABEL and holder is not None:
            score, _tag = scores.get(id(holder), (0, holder))
            scores[id(holder)] = (score + weight, holder)
    best = max(scores.values(), key=lambda item: item[0], default=None)
    return best[1] if best and best[0] >= _LABEL else None


def _strip(place: Tag, title: str) -> None:
    """Take what is no news out of the element: menus, buttons, the title once more."""
    for element in place.find_all(_NOT_TEXT):
        element.decompose()
    for element in place.find_all(True):
        if element.parent is None or not element.attrs:
            continue
        names = " ".join([*(element.get("class") or []), str(element.get("id") or "")])
        if names and _BESIDE.search(names) and len(element.get_text()) < len(place.get_text()) / 2:
            element.decompose()
    for heading in place.find_all(["h1", "h2", "h3"]):
        if clean_line(heading.get_text()).casefold() == title.casefold():
            heading.decompose()
    for mark in place.select("[itemprop=datePublished], [itemprop=dateModified], time"):
        if mark.name == "time" or not mark.get_text().strip():
            mark.decompose()


def _find_tags(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all("meta", property="article:tag"):
        yield clean_line(str(tag.get("content") or ""))
    for link in soup.find_all("a", rel="tag"):
        yield clean_line(link.get_text())


def _find_main(
    soup: BeautifulSoup,
    machine: dict[str, Any],
    base: str,
    find: Callable[[str], Callable[[], bytes] | None],
    text: Markdown,
) -> Picture | None:
    """The photograph that the page is shared with, unless the text has it too."""
    named = _meta(soup, "og:image") or machine.get("image")
    if not isinstance(named, str) or re.search(r"logo|favicon|default", named, re.IGNORECASE):
        return None
    address = resolve(base, named)
    stems = {Path(picture.address).name for picture in text.pictures}
    if not address or Path(address).name in stems:
        return None
    return Picture(address, read=find(named))


def _find_file(page: Path, source: str) -> Callable[[], bytes] | None:
    """What reads a photograph that the browser saved beside the page, and nothing outside."""
    name = unquote(source).removeprefix("./")
    if not name or is_on_web(name) or name.startswith(("/", "data:")) or "\0" in name:
        return None
    folder = page.parent.resolve()
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            return None
    except (OSError, ValueError):
        return None
    return partial(read_photo, path)
