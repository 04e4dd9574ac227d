"""Parsing HTML from strangers: as browsers do, but neither too deep nor too large."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString
from selectolax.lexbor import LexborHTMLParser

from kpucli.i18n import _
from kpucli.visible import drop_invisible

MAX_CHARACTERS = 2 * 1024 * 1024
_DEEPEST = 100  # markdownify calls itself for every level
_DEEPEST_UNREPAIRED = 400  # lexbor's time grows with the square of the depth
_MOST_ELEMENTS = 8_000  # a long article has 500; a second's work
_MOST_WHOLE = 30_000  # of a page, of which the news is a part

# Elements that a browser closes by itself, so that many open ones mean no depth, or that are empty.
_NO_DEPTH = frozenset(
    """
    p li dt dd tr td th tbody thead tfoot option optgroup colgroup col br hr img input meta link
    area base embed source track wbr param html head body
    """.split()
)
_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_ANY_TAG = re.compile(r"<[!/?a-zA-Z][^<>]*>")
# Their content is no text; that of the last ones is read differently by the two parsers.
_NOT_TEXT = ["script", "style", "template", "noscript", "head", "noembed", "noframes", "xmp",
             "plaintext", "textarea"]  # fmt: skip


class DocumentError(Exception):
    """HTML that is not read as such; `text` are its words, `message` says why."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message)
        self.message = message
        self.text = text


def parse_html(html: str, *, whole: bool = False) -> BeautifulSoup:
    """The tree of a piece of HTML, or of a `whole` page with its head.

    Nothing invisible is in it, and it is no deeper than markdownify can bear. Raises
    `DocumentError`.
    """
    html = drop_invisible(html.encode("utf-8", "replace").decode())
    if len(html) > MAX_CHARACTERS:
        raise _refuse(_("HTML-nya lebih dari 2 MiB; hanya teksnya yang dibawa."), html)
    if _depth(html) > _DEEPEST_UNREPAIRED:
        raise _too_deep(html)
    parser = LexborHTMLParser(html)
    if not whole:
        parser.strip_tags(_NOT_TEXT)
    root = parser.root if whole else parser.body
    repaired = root.html or "" if root is not None else ""
    if repaired.count("<") > 2 * (_MOST_WHOLE if whole else _MOST_ELEMENTS):
        raise _refuse(_("HTML-nya terlalu rumit; hanya teksnya yang dibawa."), html)
    soup = BeautifulSoup(repaired, "html.parser")
    if _tree_depth(soup) > _DEEPEST:
        raise _too_deep(html)
    return soup


def text_of(element: BeautifulSoup | Tag) -> str:
    """All words that an element shows."""
    return element.get_text()


def _too_deep(html: str) -> DocumentError:
    return _refuse(_("HTML-nya bersarang terlalu dalam; hanya teksnya yang dibawa."), html)


def _refuse(message: str, html: str) -> DocumentError:
    from html import unescape

    text = unescape(_ANY_TAG.sub("\n", html[: 4 * MAX_CHARACTERS]))
    return DocumentError(message, "\n".join(line.strip() for line in text.split("\n")))


def _depth(html: str) -> int:
    """How many elements are open at once, at most, by their tags alone."""
    depth = deepest = 0
    for match in _OPENING.finditer(html):
        if match[2].lower() in _NO_DEPTH:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _tree_depth(soup: BeautifulSoup) -> int:
    deepest = 0
    layer: list[Tag] = [soup]
    while layer:
        deepest += 1
        layer = [child for tag in layer for child in tag.children if isinstance(child, Tag)]
    return deepest


def drop_comments(soup: BeautifulSoup | Tag) -> None:
    """Take comments and the like out of a tree."""
    for text in soup.find_all(string=lambda text: isinstance(text, Comment)):
        text.extract()
    soup.smooth()  # texts that a comment stood between are one


def is_text(element: object) -> bool:
    """Whether a node is text that is shown."""
    return isinstance(element, NavigableString) and not isinstance(element, Comment)
