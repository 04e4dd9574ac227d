"""A tree of HTML made plain, before it becomes Markdown; what has no place in news is told.

Every function changes the tree that it is given.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from kpucli.i18n import _
from kpucli.importers.addresses import is_on_web, resolve
from kpucli.importers.document import drop_comments
from kpucli.importers.illustrations import set_pictures_apart, settle_pictures
from kpucli.importers.item import Finder, Picture
from kpucli.visible import clean_line

_Tree = BeautifulSoup | Tag

_LOST = ["form", "canvas", "svg", "math"]
_EMBEDDED = ("iframe", "video", "audio", "embed", "object")
_BLOCKS = frozenset(
    """
    address article aside blockquote center dd details div dl dt fieldset figure footer h1 h2 h3 h4
    h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()
)
_HOLD_WORDS = ("div", "article", "section", "main", "center", "aside", "header", "footer",
               "blockquote", "details", "figure", "address", "fieldset")  # fmt: skip
_TWINS = (["b", "strong"], ["i", "em"], ["del", "s"], ["code", "kbd", "samp"])
EMPHASIS = [name for twins in _TWINS for name in twins]
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_LIKE_HEADING = re.compile(r"^h\d")
_MOST_SPANNED = 20  # columns of one cell


def tidy(soup: _Tree, base: str, find: Finder | None = None) -> tuple[list[Picture], list[str]]:
    """Make a tree plain; its pictures, and sentences on what it lost."""
    lost: list[str] = []
    drop_comments(soup)
    for element in soup.find_all(["html", "body"]):
        element.unwrap()
    _link_embedded(soup, base, lost)
    _drop_unreadable(soup, lost)
    pictures = settle_pictures(soup, base, find, lost)
    _settle_links(soup, base, lost)
    _flatten_tables(soup, lost)
    _settle_scripts(soup, lost)
    _settle_headings(soup)
    _number_lists(soup)
    _join_emphasis(soup)
    _split_at_breaks(soup)
    _wrap_loose_words(soup)
    set_pictures_apart(soup)
    _even_out_blanks(soup)
    return pictures, lost


def _link_embedded(soup: _Tree, base: str, lost: list[str]) -> None:
    for element in soup.find_all(_EMBEDDED):
        source = element.find("source")
        named = element.get("src") or element.get("data")
        if not named and isinstance(source, Tag):
            named = source.get("src")
        address = resolve(base, str(named or ""))
        if not is_on_web(address):
            lost.append(_("Sematan <{tag}> tidak dibawa.").format(tag=element.name))
            element.decompose()
            continue
        lost.append(_("Sematan menjadi tautan: {address}").format(address=address))
        link = Tag(name="a", attrs={"href": address})
        link.append(clean_line(str(element.get("title") or "")) or address)
        paragraph = Tag(name="p")
        paragraph.append(link)
        element.replace_with(paragraph)


def _drop_unreadable(soup: _Tree, lost: list[str]) -> None:
    for element in soup.find_all(_LOST):
        lost.append(_("Bagian <{tag}> tidak dibawa.").format(tag=element.name))
        element.decompose()
    for element in soup.find_all(["style", "template", "noscript", "link", "meta", "head"]):
        element.decompose()


def _settle_links(soup: _Tree, base: str, lost: list[str]) -> None:
    for link in soup.find_all("a"):
        named = str(link.get("href") or "")
        address = resolve(base, named)
        if is_on_web(address) or address.startswith("mailto:") or _is_on_site(address):
            link.attrs = {"href": address}
            continue
        if named and not named.startswith("#"):
            lost.append(_("Tautan tidak dibawa: {address}").format(address=named[:200]))
        link.unwrap()
    for link in soup.find_all("a"):
        if _holds_block(link):
            link.unwrap()  # Markdown's links hold words


def _is_on_site(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")


def _flatten_tables(soup: _Tree, lost: list[str]) -> None:
    """Tables whose cells hold words, each row with all its cells."""
    for table in soup.find_all("table"):
        cells = table.find_all(["td", "th"])
        if len(cells) < 2 or table.find("table"):  # it only lays out the page
            for part in table.find_all(["tbody", "thead", "tfoot", "tr", "td", "th"]):
                if part.find_parent("table") is table:
                    part.name = "div"
            table.name = "div"
    for table in soup.find_all("table"):
        for part in table.find_all(["tbody", "thead", "tfoot", "colgroup"]):
            part.unwrap()
        for cell in table.find_all(["td", "th"]):
            _flatten_cell(cell, lost)


def _flatten_cell(cell: Tag, lost: list[str]) -> None:
    spanned = str(cell.get("colspan") or "1")
    if spanned != "1" or str(cell.get("rowspan") or "1") != "1":
        lost.append(_("Sel tabel yang digabung menjadi sel biasa."))
    for part in cell.find_all(list(_BLOCKS)):
        part.insert_before(" ")
        part.insert_after(" ")
        part.unwrap()
    for part in cell.find_all("br"):
        part.replace_with(" ")
    cell.attrs = {}
    if spanned.isascii() and spanned.isdigit():
        for _number in range(min(int(spanned[:4]), _MOST_SPANNED) - 1):
            cell.insert_after(Tag(name=cell.name))


def _settle_scripts(soup: _Tree, lost: list[str]) -> None:
    """m<sup>2</sup> is m²; m2 would be something else."""
    for element in soup.find_all(["sup", "sub"]):
        text = element.get_text()
        table = _RAISED if element.name == "sup" else _LOWERED
        if text and all(ord(character) in table for character in text):
            element.replace_with(text.translate(table))
        elif text.strip():
            lost.append(_("Teks naik atau turun menjadi teks biasa: {text}").format(text=text[:40]))
            element.unwrap()
        else:
            element.unwrap()


def _settle_headings(soup: _Tree) -> None:
    """The page's own first heading is the title; elsewhere headings are bold words."""
    for element in soup.find_all(_LIKE_HEADING):
        if element.name not in _HEADINGS:  # "h7", "h1div": markdownify would make headings of them
            element.unwrap()
    headings = soup.find_all(_HEADINGS)
    shift = 1 if any(heading.name == "h1" for heading in headings) else 0
    for heading in headings:
        if not heading.get_text().strip():
            heading.name = "p"  # perhaps with a picture in it
        elif heading.find_parent(["li", "td", "th", "a", *EMPHASIS]):
            heading.name = "strong"
        else:
            heading.name = f"h{min(6, int(heading.name[1]) + shift)}"
            for mark in heading.find_all(["b", "strong"]):
                mark.unwrap()


def _number_lists(soup: _Tree) -> None:
    for numbered in soup.find_all("ol"):
        start = str(numbered.get("start") or "")
        number = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
        for item in numbered.find_all("li", recursive=False):
            item.attrs = {"value": str(number)}
            number += 1
    for item in soup.find_all("li"):
        if item.parent is None or item.parent.name != "ol":
            item.attrs = {}


def _join_emphasis(soup: _Tree) -> None:
    """One mark where an editor left several side by side, or one inside the other."""
    for element in soup.find_all(EMPHASIS):
        twins = _twins(element.name)
        if any(parent.name in twins for parent in element.parents) or _holds_block(element):
            element.unwrap()
    for element in soup.find_all(EMPHASIS):
        before = element.previous_sibling
        if isinstance(before, Tag) and before.name in _twins(element.name):
            before.extend(list(element.contents))
            element.decompose()


def _twins(name: str) -> list[str]:
    return next(pair for pair in _TWINS if name in pair)


def _split_at_breaks(soup: _Tree) -> None:
    """Two line breaks in a row are a paragraph's end."""
    for paragraph in soup.find_all("p"):
        if len(paragraph.find_all("br", recursive=False)) > 1:
            _split_paragraph(paragraph)


def _split_paragraph(paragraph: Tag) -> None:
    parts: list[list[PageElement]] = [[]]
    breaks: list[PageElement] = []
    for child in list(paragraph.contents):
        if isinstance(child, Tag) and child.name == "br":
            breaks.append(child)
        elif breaks and isinstance(child, NavigableString) and not child.strip():
            continue
        else:
            if len(breaks) > 1:
                parts.append([])
            elif breaks:
                parts[-1].append(breaks[0])
            breaks = []
            parts[-1].append(child)
    for part in parts:
        copy = Tag(name="p")
        paragraph.insert_before(copy)
        copy.extend(part)
    paragraph.decompose()


def _wrap_loose_words(soup: _Tree) -> None:
    """Words beside paragraphs, in a `div` for instance, get a paragraph of their own."""
    for holder in [soup, *soup.find_all(_HOLD_WORDS)]:
        children = list(holder.contents)
        if all(map(_is_apart, children)):
            continue
        for child in children:
            child.extract()
        run: Tag | None = None
        for child in children:
            if _is_block(child):
                run = None
                holder.append(child)
                continue
            if run is None:
                if not isinstance(child, Tag) and not str(child).strip():
                    continue
                run = Tag(name="p")
                holder.append(run)
            run.append(child)
    for paragraph in soup.find_all("p"):
        if paragraph.find("br", recursive=False):
            _split_paragraph(paragraph)


def _is_apart(node: PageElement) -> bool:
    return _is_block(node) or not (isinstance(node, Tag) or str(node).strip())


def _is_block(node: PageElement) -> bool:
    return isinstance(node, Tag) and (node.name in _BLOCKS or _holds_block(node))


def _holds_block(tag: Tag) -> bool:
    return any(isinstance(node, Tag) and node.name in _BLOCKS for node in tag.descendants)


def _even_out_blanks(soup: _Tree) -> None:
    has_code = soup.find("pre") is not None
    for text in soup.find_all(string=True):
        if not (has_code and text.find_parent("pre")):  # \ue000: see `markup`
            plain = re.sub(r"[\s\u00a0]+", " ", text.replace("\ue000", ""))
            if plain != text:
                text.replace_with(plain)
