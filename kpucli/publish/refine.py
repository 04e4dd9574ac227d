"""cmark's HTML made fit for our pages: safe links, levels of headings, footnotes, tables. Pure.

cmark escapes every `<`, `>` and `"` of the text, so that a pattern for a tag finds only tags.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from itertools import count
from urllib.parse import unquote

from kpucli.publish.picture import Photo, make_figure, make_picture

_SCHEME = re.compile(r"[^/?#]*?:")  # even where a browser would see none (`java%09script:`)
_ALLOWED_SCHEMES = ("http:", "https:", "mailto:", "tel:")

_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"(?: title="([^"]*)")?[^>]*>')
_IMAGES_ALONE = r"(<p>(?:<img [^>]*>\s*)+</p>\n?)"
_IMAGES = re.compile(f"{_IMAGES_ALONE}|{_IMAGE.pattern}")
_LINK = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_EMPTY_HEADING = re.compile(r"<(h[1-6])>\s*</\1>\n?")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_ALIGNMENT = re.compile(r'(?<=<t[hd]) align="')
_CHECKBOX = re.compile(r"<input [^>]*>")

# Written as authors label them, footnotes can end up with ids that are there already.
_FOOTNOTE_LINK = re.compile(
    r'<a href="#fn-([^"]*)" id="fnref-\1(-\d+)?" data-footnote-ref>(\d+)</a>'
)
_FOOTNOTE = re.compile(r'<li id="fn-[^"]*">')
_FOOTNOTE_RETURN = re.compile(
    r'<a href="#fnref-[^"]*" class="footnote-backref" data-footnote-backref'
    r' data-footnote-backref-idx="([\d-]+)" aria-label="[^"]*">'
)


def refine_html(markup: str, prefix: str, photos: Mapping[str, Photo]) -> str:
    """The HTML of an article's text for a site whose addresses begin with `prefix`.

    `photos` are those that can be shown, by the names that the text gives them.
    """
    markup = markup.replace("<!-- raw HTML omitted -->", "")
    if "<img " in markup:
        markup = _replace_images(markup, photos)
    if "<a " in markup:
        markup = _check_links(markup, prefix)
    if "<h" in markup:
        markup = _level_headings(_EMPTY_HEADING.sub("", markup))
    if "<table>" in markup:
        markup = _wrap_tables(markup)
    if "<input " in markup:
        markup = _CHECKBOX.sub(lambda box: "☑" if "checked" in box.group() else "☐", markup)
    if '<section class="footnotes"' in markup:
        markup = _number_footnotes(markup)
    return markup.strip()


def find_images(markup: str) -> list[str]:
    """The names or addresses of images in cmark's HTML, as their author meant them."""
    return [_read_address(match.group(1)) for match in _IMAGE.finditer(markup)]


def _read_address(address: str) -> str:
    return unquote(html.unescape(address))


def _replace_images(markup: str, photos: Mapping[str, Photo]) -> str:
    """Photographs for images: one that stands alone is a figure, its title the caption.

    Where there is none to show, the words for it stand in its place; nothing, where it is alone.
    """

    def show(address: str, alt: str) -> str | None:
        photo = photos.get(_read_address(address))
        return make_picture(photo, html.unescape(alt)) if photo else None

    def replace(match: re.Match[str]) -> str:
        alone, address, alt, _title = match.groups()
        if not alone:
            return show(address, alt) or alt
        figures = (
            make_figure(picture, html.unescape(title or ""))
            for address, alt, title in _IMAGE.findall(alone)
            if (picture := show(address, alt))
        )
        return "".join(f"{figure}\n" for figure in figures)

    return _IMAGES.sub(replace, markup)


def _check_links(markup: str, prefix: str) -> str:
    """The words alone for a link that leads nowhere we allow; nothing for one without words."""

    def check(match: re.Match[str]) -> str:
        address, more, words = match.groups()
        scheme = _SCHEME.match(html.unescape(address))
        if not address or (scheme and scheme.group().lower() not in _ALLOWED_SCHEMES):
            return words
        if not words.strip():
            return ""
        is_own = address.startswith("/") and not address.startswith("//")
        return f'<a href="{prefix if is_own else ""}{address}"{more}>{words}</a>'

    return _LINK.sub(check, markup)


def _level_headings(markup: str) -> str:
    """The page's h1 is the title: the text's headings start at h2 and skip no level."""
    open_levels: list[int] = []

    def level(match: re.Match[str]) -> str:
        closing, written = match.group(1), int(match.group(2))
        if not closing:
            while open_levels and open_levels[-1] >= written:
                open_levels.pop()
            open_levels.append(written)
        return f"<{closing}h{min(len(open_levels) + 1, 6)}>"

    return _HEADING.sub(level, markup)


def _wrap_tables(markup: str) -> str:
    """Tables that scroll by themselves, also by keyboard, and aligned without `align`."""
    opening = '<div class="table" role="group" aria-label="Tabel" tabindex="0"><table>'
    markup = markup.replace("<table>", opening).replace("</table>", "</table></div>")
    return _ALIGNMENT.sub(' class="', markup)


def _number_footnotes(markup: str) -> str:
    """Footnotes in our readers' language, with ids by number."""
    numbers = count(1)
    markup = markup.replace(
        '<section class="footnotes" data-footnotes>',
        '<section class="footnotes" aria-label="Catatan kaki">',
    )
    markup = _FOOTNOTE_LINK.sub(r'<a href="#fn-\3" id="fnref-\3\2">\3</a>', markup)
    markup = _FOOTNOTE.sub(lambda _note: f'<li id="fn-{next(numbers)}">', markup)
    return _FOOTNOTE_RETURN.sub(
        r'<a href="#fnref-\1" class="footnote-backref" aria-label="Kembali ke rujukan \1">', markup
    )
