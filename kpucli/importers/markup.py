"""HTML as Markdown that shows the same words; what cannot be carried over is told.

A browser's parser (lexbor) repairs the HTML, `tidying` makes it plain, markdownify writes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from markdownify import BACKSLASH, MarkdownConverter
from selectolax.lexbor import LexborHTMLParser

from kpucli.i18n import _
from kpucli.importers.document import DocumentError, parse_html, text_of
from kpucli.importers.embedded import take_embedded
from kpucli.importers.item import Finder, Picture
from kpucli.importers.tidying import EMPHASIS, tidy
from kpucli.markdown import to_html
from kpucli.plain_text import escape_line_start, escape_markdown, escape_words
from kpucli.visible import clean_line, drop_invisible

_BLANKS = " \n\ue000"
_EDGES = _BLANKS + "\t.,;:!?…–—-“”‘’\"'()"
_LAST_ADDRESS = re.compile(r"(?:(?i:https?|ftp):(?=//)|www(?=\.))(?=[^\s<]*$)")
_PIPE, _BRACKET = r"\|", r"\]"
_BREAK = "\ue000\n"  # a line's end until its paragraph is whole; the character is nobody's
_EDGE_BREAKS = re.compile(rf"^(?:{_BREAK[0]}\n| )+|(?:{_BREAK[0]}\n| )+$")
_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\([^()\s]*(?: \"[^\"]*\")?\)")
_MARK = re.compile(r"\\(?=[!-/:-@\[-`{-~\n])|(?<!\\)[*~`]+")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}|\n[ \t]+\n")
_NOT_SHOWN = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True, slots=True)
class Markdown:
    """A text, the pictures in it, and sentences on what could not be carried over."""

    body: str
    pictures: tuple[Picture, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """The blocks of the text, for looking for a date in them."""
        plain = _LINK.sub(r"\1", self.body)
        return [_MARK.sub("", part) for part in plain.split("\n\n")]


def convert_html(html: str, base: str = "", find: Finder | None = None) -> Markdown:
    """The Markdown of a piece of HTML; `base` is the address that its links start from.

    `find` reads pictures that came along. What is too deep or too large to be read as HTML gives
    its words alone, and a note.
    """
    html, find = take_embedded(html, find)
    try:
        soup = parse_html(html)
    except DocumentError as error:
        return Markdown(_escape_lines(error.text), lost=(error.message,))
    text = convert_soup(soup, base, find)
    if "<script" not in html.lower():
        return text
    return replace(text, lost=(*text.lost, _("Skrip tidak dibawa.")))


def words_of(html: str) -> str:
    """The words of a title or a summary that may be HTML, on one line."""
    if "<" in html or "&" in html:
        try:
            html = text_of(parse_html(html))
        except DocumentError as error:
            html = error.text
    return clean_line(html)


def convert_soup(soup: BeautifulSoup | Tag, base: str = "", find: Finder | None = None) -> Markdown:
    """As `convert_html`, of parsed HTML, which is changed by it."""
    soup.name, soup.attrs = "div", {}  # whatever it is, it only holds the words
    pictures, lost = tidy(soup, base, find)
    words = text_of(soup)
    body = _write(soup)
    if not _shows(body, words):
        for mark in soup.find_all(EMPHASIS):
            mark.unwrap()
        plain = _write(soup)
        if _shows(plain, words):
            body = plain
            lost.append(_("Huruf tebal, miring, dan coret tidak dibawa."))
        else:
            lost.append(_("Tampilannya mungkin berbeda dari aslinya; periksa."))
    return Markdown(body, tuple(pictures), tuple(dict.fromkeys(lost)))


def _write(soup: BeautifulSoup | Tag) -> str:
    written = _CONVERTER.convert_soup(soup).replace(_BREAK[0], "\\")
    return _BLANK_LINES.sub("\n\n", written).strip()


def _escape_lines(text: str) -> str:
    lines = (escape_markdown(line) for line in text.splitlines())
    return "\n\n".join(line for line in lines if line)


def _shows(body: str, words: str) -> bool:
    """Whether the Markdown, rendered, has exactly these words."""
    parsed = LexborHTMLParser(drop_invisible(to_html(body))).body
    shown = parsed.text() if parsed is not None else ""
    return _NOT_SHOWN.sub("", shown) == _NOT_SHOWN.sub("", words)


class _Converter(MarkdownConverter):
    """markdownify, which escapes too little here and too much there, with our own escaping."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        escaped = escape_words(text) if text else ""
        return escaped.replace("]", _BRACKET) if "a" in parent_tags else escaped

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        text: str = super().process_text(el, parent_tags)  # type: ignore[misc]
        if not isinstance(el.next_sibling, Tag) or "_noformat" in (parent_tags or ()):
            return text
        if text.endswith("!"):  # before a link it would make an image of it
            return f"{text[:-1]}\\!"
        # Without a blank behind it Markdown's own link would take in the marks that follow.
        return _LAST_ADDRESS.sub(r"\g<0>\\", text)

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else _BREAK

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        written: str = super().convert_p(el, _escape_starts(text), parent_tags)  # type: ignore[misc]
        return written

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        # Marks at its end would be taken for the heading's own.
        text = re.sub(r"#(?=#*$)", r"\\#", text.rstrip())
        written: str = super().convert_hN(n, el, text, parent_tags)  # type: ignore[misc]
        return written

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        # Its own words stand in paragraphs: `tidy` sees to it.
        return f"\n\n{stripped}\n\n" if (stripped := text.strip("\n")) else ""

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = _escape_starts(text) if _is_line(text) else text.strip()
        if not text:
            return "\n"
        bullet = f"{el['value']}. " if el.has_attr("value") else "- "
        indent = " " * len(bullet)
        lines = "\n".join(f"{indent}{line}" if line else "" for line in text.split("\n"))
        return f"{bullet}{lines[len(indent) :]}\n"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        title = str(el.get("title") or "").replace("\\", "\\\\").replace('"', '\\"')
        title = f' "{title}"' if title else ""
        return f"![{escape_words(str(el.get('alt') or ''))}]({el['src']}{title})"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f" {text.strip().replace('|', _PIPE)} |"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        before, inner, after = _split_edges(text, _BLANKS)
        return f"{before}[{inner}]({el['href']}){after}" if inner else text

    def convert_b(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasise(el, text, "**", parent_tags)

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasise(el, text, "*", parent_tags)

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasise(el, text, "~~", parent_tags)

    convert_strong = convert_b
    convert_i = convert_em
    convert_s = convert_del
    convert_th = convert_td
    convert_article = convert_div
    convert_section = convert_div


_CONVERTER = _Converter(
    heading_style="atx",
    newline_style=BACKSLASH,
    table_infer_header=True,
    keep_inline_images_in=["td", "th", "h2", "h3", "h4", "h5", "h6"],
)


def _is_line(text: str) -> bool:
    """Whether an item holds words alone, no paragraph and no list."""
    return "\n" not in text.replace(_BREAK, "").strip()


def _escape_starts(text: str) -> str:
    lines = _EDGE_BREAKS.sub("", text).strip(" \t\r\n").split("\n")
    return "\n".join(escape_line_start(line.strip(" ")) for line in lines)


def _emphasise(el: Tag, text: str, mark: str, parent_tags: Iterable[str]) -> str:
    """The words between marks that Markdown takes for such; without them where it would not."""
    before, inner, after = _split_edges(text, _BLANKS)
    if not inner or "_noformat" in parent_tags:
        return text
    if not _holds(el, before, inner, after):
        start, inner, end = _split_edges(inner, _EDGES)
        before, after = before + start, end + after
        if not inner or not _holds(el, before, inner, after):
            return text
    return f"{before}{mark}{inner}{mark}{after}"


def _split_edges(text: str, edges: str) -> tuple[str, str, str]:
    inner = text.strip(edges)
    if not inner:
        return text, "", ""
    start = text.index(inner)
    return text[:start], inner, text[start + len(inner) :]


def _holds(el: Tag, before: str, inner: str, after: str) -> bool:
    """Whether marks of emphasis at the edges of `inner` open and close (CommonMark 0.31, 6.2)."""
    outside_start = before[-1:] or _neighbour(el.previous_sibling, -1)
    outside_end = after[:1] or _neighbour(el.next_sibling, 0)
    if "*" in (outside_start, outside_end):
        return False
    opens = not _is_mark(inner[0]) or not outside_start or _is_boundary(outside_start)
    closes = not _is_mark(inner[-1]) or not outside_end or _is_boundary(outside_end)
    return opens and closes and not inner.endswith("\\")


def _neighbour(sibling: PageElement | None, index: int) -> str:
    """The character beside an element; "*" stands for another emphasised one."""
    if isinstance(sibling, NavigableString):
        return str(sibling)[index] if sibling else ""
    if not isinstance(sibling, Tag) or sibling.name in ("br", "img"):
        return ""
    if sibling.name in EMPHASIS:
        text = sibling.get_text()
        return " " if text and text[index].isspace() else "*"
    return sibling.get_text()[index:][:1] or ""


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _is_boundary(character: str) -> bool:
    return character.isspace() or _is_mark(character)


def make_soup_of(*elements: Any) -> BeautifulSoup:
    """A document of these elements, which are taken out of their own."""
    soup = BeautifulSoup("", "html.parser")
    for element in elements:
        soup.append(element.extract())
    return soup
