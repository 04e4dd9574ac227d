"""A text written in a word processor (DOCX), with its photographs.

mammoth gives HTML by the meaning of styles: headings, lists, tables, links, footnotes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.importers.document import DocumentError, parse_html
from kpucli.importers.item import ImportedItem, Picture, make_key
from kpucli.importers.markup import convert_soup
from kpucli.importers.moments import find_day
from kpucli.importers.packages import MAX_BYTES, check_package
from kpucli.importers.titles import is_headline, name_of
from kpucli.text_file import read_bytes
from kpucli.visible import clean_line

_MAX_XML = 8 * 1024 * 1024
_MAX_ALL = 256 * 1024 * 1024
_MOST_ELEMENTS = 50_000  # 50 pages; mammoth takes two seconds
_IGNORED = re.compile(r"An unrecognised element was ignored: (?:\w+:|\{[^}]*\})?(\w+)")
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_BACK = "↑"  # how mammoth links a footnote with its place


def read_word(path: Path, *, zone: tzinfo, now: datetime) -> ImportedItem:
    """The text in a DOCX file; its first photograph is the main one.

    The title is the first heading or a short first line, else the file's name. Raises `KpuError`,
    naming `path`.
    """
    if path.suffix.lower() in (".doc", ".odt", ".rtf"):
        raise KpuError(
            _("Jenis berkas ini tidak dibaca."), _("Simpan ulang sebagai .docx."), path=path
        )
    content = read_bytes(path, MAX_BYTES)
    check_package(
        content,
        path,
        needed="word/document.xml",
        max_xml=_MAX_XML,
        max_all=_MAX_ALL,
        max_elements=_MOST_ELEMENTS,
    )
    html, images, lost = _unpack(content, path)
    try:
        soup = parse_html(html)
    except DocumentError as error:
        raise KpuError(_("Dokumen ini terlalu rumit; tidak dibaca."), path=path) from error
    for link in soup.find_all("a", string=_BACK):
        link.decompose()
    title = _take_title(soup) or name_of(path)
    text = convert_soup(soup, "", images.get)
    main = text.pictures[0] if text.pictures else None
    date, doubt = find_day(title, text.paragraphs, now, zone)
    return ImportedItem(
        key=make_key("docx", title, text.body),
        title=title,
        date=date,
        doubt=doubt,
        body=_without(text.body, main) if main else text.body,
        main=main,
        pictures=text.pictures,
        lost=(*lost, *text.lost),
    )


def _without(body: str, picture: Picture) -> str:
    """The text without the paragraph of its main photograph."""
    shown = f"]({picture.address}"
    return "\n\n".join(part for part in body.split("\n\n") if not _shows_only(part, shown))


def _shows_only(part: str, shown: str) -> bool:
    return part.startswith("![") and shown in part and "\n" not in part and part.endswith(")")


def _unpack(content: bytes, path: Path) -> tuple[str, dict[str, Callable[[], bytes]], list[str]]:
    """The document as HTML, what reads its pictures by their names there, and what it lost."""
    import mammoth

    images: dict[str, Callable[[], bytes]] = {}
    lost: list[str] = []

    def keep(image: Any) -> dict[str, str]:
        name = f"foto-{len(images) + 1}"
        try:
            with image.open() as file:
                images[name] = partial(bytes, file.read())
        except Exception:  # a picture that is not in the file
            lost.append(
                _("Foto ke-{number} tidak ada di dalam dokumen.").format(number=len(images) + 1)
            )
            return {"src": ""}
        return {"src": name, "alt": image.alt_text or ""}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep),
        )
    except Exception as error:  # parsers of hostile bytes raise whatever they meet
        raise KpuError(
            _("Dokumen ini rusak."), _("Buka di pengolah kata, lalu simpan ulang."), path=path
        ) from error
    ignored = {
        match[1] for message in result.messages if (match := _IGNORED.match(message.message))
    }
    if ignored:
        message = _("Bagian dokumen yang tidak dibawa: {names}.")
        lost.append(message.format(names=", ".join(sorted(ignored)[:10])))
    return result.value, images, lost


def _take_title(soup: BeautifulSoup) -> str:
    """The title on top of the text, which loses it."""
    for element in soup.find_all(["h1", "h2", "h3", "p", "li", "table"]):
        words = clean_line(element.get_text())
        if not words:
            continue
        is_bold = element.name == "p" and _is_bold(element)
        if element.name in ("h1", "h2", "h3") or (
            element.name == "p" and is_headline(words, is_bold=is_bold)
        ):
            element.decompose()
            return words
        return ""
    return ""


def _is_bold(paragraph: Tag) -> bool:
    bold = sum(len(mark.get_text().strip()) for mark in paragraph.find_all(["b", "strong"]))
    return bold >= len(paragraph.get_text().strip()) > 0
