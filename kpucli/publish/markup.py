"""Markdown to the HTML of an article page, and what lists and searches show of it. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cmarkgfm import markdown_to_html_with_extensions
from cmarkgfm.cmark import Options

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.publish.picture import NO_PHOTOS, Photo
from kpucli.publish.refine import find_images, refine_html

_EXTENSIONS = ("table", "autolink", "strikethrough", "tasklist")
_TAG = re.compile(r"<[^>]*>")
_FOOTNOTE_NUMBER = re.compile(r'<sup class="footnote-ref">.*?</sup>')
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_LONGEST = 4 * 1024 * 1024  # characters of HTML; the largest article that is read has one MiB
_SHORTEST_LEAD = 30  # characters; less says nothing in a list or below a search result

# What no HTML (13.2.3.5) or XML (2.2) may hold, however it is written; ESC is among it.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

# As in "KOTA MALANG, kpu.malangkota.go.id – Dalam …", "Malang (kpu.malangkota.go.id)- Pada …".
_CITY = r"[A-Z][\w./]*(?: [A-Z][\w./]*){0,4}(?:, ?| ?[–—-] ?| ?(?=\())"
_DATELINE = re.compile(
    rf"\A(?:{_CITY})?\(?(?i:kpu[\w.-]*\.go\.id)\)? ?(?:[–—:-]|[.,](?= ))[ –—:-]*"
)


class MarkupError(KpuError):
    """A text that grows beyond all measure when it becomes HTML."""


@dataclass(frozen=True, slots=True)
class Markup:
    """An article's text as HTML, its beginning as plain text without dateline, its words."""

    html: str
    lead: str
    words: int


def render_markdown(body: str, prefix: str, photos: Mapping[str, Photo] = NO_PHOTOS) -> Markup:
    """GitHub-flavoured Markdown with footnotes as HTML.

    Raw HTML and comments are left out (cmark's own default), links go only to http, https,
    mailto, tel and the site itself, whose addresses get `prefix` in front; images are shown where
    `photos` has them by their name. Raises `MarkupError`.
    """
    markup = refine_html(_check_length(_render(body)), prefix, photos)
    _check_length(markup)  # an image takes few characters and becomes many
    return Markup(markup, _find_lead(markup), to_text(markup).count(" ") + 1)


def list_images(body: str) -> list[str]:
    """The names or addresses of the images in a Markdown text."""
    return find_images(_render(body)) if "![" in body else []


def _render(body: str) -> str:
    source = _drop_comments(drop_forbidden(body))
    markup: str = markdown_to_html_with_extensions(source, Options.CMARK_OPT_FOOTNOTES, _EXTENSIONS)
    return markup.replace(" />", ">")


def _check_length(markup: str) -> str:
    if len(markup) > _LONGEST:
        raise MarkupError(_("Teks ini menjadi lebih dari 4 MiB HTML; tidak diterbitkan."))
    return markup


def drop_forbidden(text: str) -> str:
    """The text without the characters that no page or feed may hold."""
    return _FORBIDDEN.sub("", text)


def to_text(markup: str) -> str:
    """What a reader sees of HTML, on one line, without the numbers of footnotes."""
    return " ".join(html.unescape(_TAG.sub("", _FOOTNOTE_NUMBER.sub("", markup))).split())


def shorten(text: str, length: int) -> str:
    """At most `length` characters of a text, cut at a word and marked with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:–-") + "…"


def _drop_comments(text: str) -> str:
    """The text without HTML comments; one that nothing closes hides the rest."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        kept.append(text[position:start])
        end = text.find("-->", start + 4)
        position = end + 3 if end >= 0 else len(text)
    return "".join([*kept, text[position:]])


def _find_lead(markup: str) -> str:
    """The first paragraph, with the next ones while that is too short to say anything."""
    lead = ""
    for paragraph in _PARAGRAPH.finditer(markup.partition("<section ")[0]):
        text = to_text(paragraph.group(1))
        lead = f"{lead} {text}" if lead else _DATELINE.sub("", text)
        if len(lead) >= _SHORTEST_LEAD:
            break
    return lead.strip()
