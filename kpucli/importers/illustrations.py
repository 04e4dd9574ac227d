"""The pictures in a tree of HTML: their addresses, words, captions and places."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from kpucli.i18n import _
from kpucli.importers.addresses import resolve
from kpucli.importers.item import Finder, Picture
from kpucli.visible import clean_line

_Tree = BeautifulSoup | Tag

_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)$", re.IGNORECASE)
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file")


def settle_pictures(soup: _Tree, base: str, find: Finder | None, lost: list[str]) -> list[Picture]:
    """Give every picture its address, words and caption, and a place of its own."""
    pictures: list[Picture] = []
    for image in soup.find_all("img"):
        picture = _read_picture(image, base, find)
        if picture is None:
            image.replace_with(str(image.get("alt") or ""))
            continue
        _take_caption_away(image)
        image.attrs = {"src": picture.address, "alt": picture.alt, "title": picture.caption}
        pictures.append(picture)
    if missing := sum(1 for picture in pictures if not picture.alt):
        lost.append(_("Foto tanpa teks pengganti (alt): {count}.").format(count=missing))
    return pictures


def _read_picture(image: Tag, base: str, find: Finder | None) -> Picture | None:
    """None for what is no photograph: smileys, counters, addresses that lead nowhere."""
    if {str(image.get("width")), str(image.get("height"))} & {"0", "1"}:
        return None
    if re.search(r"smiley|emoji", " ".join(image.get("class") or [])):
        return None
    source = _find_source(image)
    read = find(source) if find else None
    address = resolve("" if read else base, source)
    if not address or address.startswith("data:") or address.endswith("/"):
        return None
    caption = _find_caption(image)
    alt = clean_line(str(image.get("alt") or "")) or caption
    return Picture(address, alt, caption, read)


def _find_source(image: Tag) -> str:
    """Where the whole photograph is: behind a small copy, or one that is shown later."""
    source = str(image.get("src") or "")
    lazy = next((str(image[name]) for name in _LAZY if image.get(name)), "")
    if lazy and (not source or source.startswith("data:")):
        source = lazy
    link = image.find_parent("a")
    if link is not None and _PICTURE_FILE.search(str(link.get("href") or "").split("?")[0]):
        return str(link["href"])
    return source


def _find_caption(image: Tag) -> str:
    holder = image.find_parent(["figure", "dl"]) or image.find_parent(class_="wp-caption")
    caption = None
    if holder is not None and len(holder.find_all("img")) == 1:
        caption = holder.find("figcaption") or holder.find(class_="wp-caption-text")
    return clean_line(caption.get_text()) if isinstance(caption, Tag) else ""


def _take_caption_away(image: Tag) -> None:
    holder = image.find_parent(["figure", "dl"]) or image.find_parent(class_="wp-caption")
    if holder is not None and len(holder.find_all("img")) == 1:
        for caption in holder.find_all("figcaption") or holder.find_all(class_="wp-caption-text"):
            caption.decompose()
    link = image.find_parent("a")
    if link is not None and not link.get_text().strip():
        link.unwrap()


def set_pictures_apart(soup: _Tree) -> None:
    """A picture at a paragraph's beginning or end gets a paragraph of its own."""
    for paragraph in soup.find_all("p"):
        if paragraph.find("img", recursive=False) is None or not paragraph.get_text().strip():
            continue
        for image in _outermost_pictures(list(paragraph.contents)):
            own = Tag(name="p")
            paragraph.insert_before(own)
            own.append(image.extract())
        for image in _outermost_pictures(list(reversed(paragraph.contents))):
            own = Tag(name="p")
            paragraph.insert_after(own)
            own.append(image.extract())


def _outermost_pictures(nodes: list[PageElement]) -> list[Tag]:
    """The pictures before the first word."""
    found = []
    for node in nodes:
        if isinstance(node, Tag) and node.name == "img":
            found.append(node)
        elif isinstance(node, Tag) or str(node).strip():
            break
    return found
