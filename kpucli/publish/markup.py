"""Markdown to the HTML of an article page, and what lists and searches show of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.markdown import find_lead, to_html, to_text
from kpucli.publish.picture import NO_PHOTOS, Photo
from kpucli.publish.refine import find_images, refine_html

_LONGEST = 4 * 1024 * 1024  # characters of HTML; the largest article that is read has one MiB


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
    markup = refine_html(_check_length(to_html(body)), prefix, photos)
    _check_length(markup)  # an image takes few characters and becomes many
    return Markup(markup, find_lead(markup), to_text(markup).count(" ") + 1)


def _check_length(markup: str) -> str:
    if len(markup) > _LONGEST:
        raise MarkupError(_("Teks ini menjadi lebih dari 4 MiB HTML; tidak diterbitkan."))
    return markup


def list_images(body: str) -> list[str]:
    """The names or addresses of the images in a Markdown text."""
    return find_images(to_html(body)) if "![" in body else []


def shorten(text: str, length: int) -> str:
    """At most `length` characters of a text, cut at a word and marked with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:–-") + "…"
