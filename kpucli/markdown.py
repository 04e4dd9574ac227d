"""Markdown as HTML without raw HTML, and as the plain text that readers see of it. Pure."""

from __future__ import annotations

import html
import re

from kpucli.cmark import render_markdown
from kpucli.visible import drop_forbidden

_TAG = re.compile(r"<[^>]*>")
_FOOTNOTE_NUMBER = re.compile(r'<sup class="footnote-ref">.*?</sup>')
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_SHORTEST_LEAD = 30  # characters; less says nothing in a list or below a search result

# As in "KOTA MALANG, kpu.malangkota.go.id – Dalam …", "Malang (kpu.malangkota.go.id)- Pada …", and
# with the address first: "kpu.malangkota.go.id Malang – Pada …", or Senin without a dash.
_CITY = r"[A-Z][\w./]*(?: [A-Z][\w./]*){0,4}(?:, ?| ?[–—-] ?| ?(?=\())"
_DATELINE = re.compile(
    rf"\A(?:{_CITY})?\(?(?i:kpu[\w.-]*\.go\.id)\)? ?(?:[–—:-]|[.,](?= ))[ –—:-]*"
    r"|\A(?i:kpu[\w.-]*\.go\.id) (?:[A-Z]\w+(?: [A-Z]\w+){0,3} ?[–—-] ?)?(?=[A-Z])"
)


def to_html(body: str) -> str:
    """GitHub-flavoured Markdown with footnotes as HTML, links and images as they are written.

    Raw HTML and comments are left out (cmark's own default).
    """
    source = _drop_comments(drop_forbidden(body))
    return render_markdown(source).replace(" />", ">")


def to_text(markup: str) -> str:
    """What a reader sees of HTML, on one line, without the numbers of footnotes."""
    if "footnote-ref" in markup:
        markup = _FOOTNOTE_NUMBER.sub("", markup)
    text = _TAG.sub("", markup)
    return " ".join((html.unescape(text) if "&" in text else text).split())


def find_lead(markup: str) -> str:
    """The first paragraph of an article's HTML as text, without its dateline.

    The next ones come with it while that is too short to say anything.
    """
    lead = ""
    for paragraph in _PARAGRAPH.finditer(markup.partition("<section ")[0]):
        text = to_text(paragraph.group(1))
        lead = f"{lead} {text}" if lead else _DATELINE.sub("", text)
        if len(lead) >= _SHORTEST_LEAD:
            break
    return lead.strip()


def _drop_comments(text: str) -> str:
    """The text without HTML comments; one that nothing closes hides the rest."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        kept.append(text[position:start])
        end = text.find("-->", start + 4)
        position = end + 3 if end >= 0 else len(text)
    return "".join([*kept, text[position:]])
