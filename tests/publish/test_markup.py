"""Markdown as it stands on an article's page, and the lead taken from it."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

import pytest

from kpucli.markdown import to_text
from kpucli.publish.markup import MarkupError, render_markdown, shorten
from kpucli.visible import drop_forbidden


def html(body: str, prefix: str = "") -> str:
    return render_markdown(body, prefix).html


HEADINGS = {
    "starting at h1": ("# a\n\n## b\n", "<h2>a</h2> <h3>b</h3>"),
    "starting at h3": ("### a\n\n#### b\n\n### c\n", "<h2>a</h2> <h3>b</h3> <h2>c</h2>"),
    "skipping a level": ("## a\n\n#### b\n\n### c\n", "<h2>a</h2> <h3>b</h3> <h3>c</h3>"),
    "going up": ("### a\n\n# b\n\n## c\n", "<h2>a</h2> <h2>b</h2> <h3>c</h3>"),
    "as deep as there is": (
        "".join(f"{'#' * level} a\n" for level in range(1, 7)),
        "<h2>a</h2> <h3>a</h3> <h4>a</h4> <h5>a</h5> <h6>a</h6> <h6>a</h6>",
    ),
    "underlined": ("a\n=\n\nb\n-\n", "<h2>a</h2> <h3>b</h3>"),
    "empty ones are left out": ("##\n\n### a\n", "<h2>a</h2>"),
}


@pytest.mark.parametrize(("body", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_headings_fit_below_the_title_without_a_gap(body: str, expected: str) -> None:
    assert " ".join(html(body).split("\n")) == expected


LINKS = {
    "external": ("[a](https://kpu.go.id/b?c=1&d=2)", 'href="https://kpu.go.id/b?c=1&amp;d=2"'),
    "of the site": ("[a](/tag/)", 'href="/kpu/tag/"'),
    "of no scheme": ("[a](//kpu.go.id/)", 'href="//kpu.go.id/"'),
    "relative": ("[a](lain)", 'href="lain"'),
    "telephone": ("[a](tel:0341123)", 'href="tel:0341123"'),
    "mail, found in the text": ("tulis ke a@kpu.go.id", 'href="mailto:a@kpu.go.id"'),
    "address, found in the text": ("lihat www.kpu.go.id", 'href="http://www.kpu.go.id"'),
}


@pytest.mark.parametrize(("body", "expected"), LINKS.values(), ids=LINKS)
def test_allowed_links_stay_and_own_ones_get_the_prefix(body: str, expected: str) -> None:
    assert expected in html(body, "/kpu")


@pytest.mark.parametrize("address", ["javascript:a", "ftp://a/b", "intent:a", "data:text/html,a"])
def test_other_schemes_leave_the_words_without_a_link(address: str) -> None:
    assert html(f"baca [ini]({address})") == "<p>baca ini</p>"


def test_a_link_without_words_is_left_out() -> None:
    assert html("a [](/x) b") == "<p>a  b</p>"


def test_a_photo_in_a_sentence_or_a_link_is_its_words_and_one_alone_is_nothing() -> None:
    assert html("![](a.jpg) ![foto](b.jpg)\n\nisi") == "<p>isi</p>"
    assert html("[![Denah](a.jpg)](/denah/)") == '<p><a href="/denah/">Denah</a></p>'


def test_raw_html_is_left_out_and_its_words_stay() -> None:
    assert html("a <b onclick=x>b</b> <script>c</script>") == "<p>a b c</p>"


COMMENTS = {
    "in a line": ("a <!-- b --> c", "<p>a  c</p>"),
    "before a line": ("<!-- b --> c", "<p>c</p>"),
    "over paragraphs": ("a\n\n<!-- b\n\nc -->\n\nd", "<p>a</p>\n<p>d</p>"),
    "in a comment": ("a <!-- b <!-- c --> d", "<p>a  d</p>"),
    "never closed, it hides the rest": ("a\n\n<!-- rahasia\n\nrahasia", "<p>a</p>"),
}


@pytest.mark.parametrize(("body", "expected"), COMMENTS.values(), ids=COMMENTS)
def test_comments_are_left_out(body: str, expected: str) -> None:
    assert html(body) == expected


def test_tables_scroll_by_themselves_and_by_keyboard() -> None:
    markup = html("|a|b|c|\n|:-|-:|:-:|\n|1|2|3|\n")
    assert markup.startswith('<div class="table" role="group" aria-label="Tabel" tabindex="0">')
    assert markup.endswith("</table></div>")
    assert '<td class="right">2</td>' in markup
    assert "align=" not in markup


def test_footnotes_are_in_indonesian_and_numbered_whatever_their_labels() -> None:
    markup = html("a[^x] b[^x] c[^x-2] d[^ä]\n\n[^x]: satu\n[^x-2]: dua\n[^ä]: tiga\n")
    ids = [part.partition('"')[0] for part in markup.split(' id="')[1:]]
    assert sorted(ids) == ["fn-1", "fn-2", "fn-3", "fnref-1", "fnref-1-2", "fnref-2", "fnref-3"]
    assert 'aria-label="Catatan kaki"' in markup
    assert (
        'href="#fnref-1-2" class="footnote-backref" aria-label="Kembali ke rujukan 1-2"' in markup
    )
    assert "Back to" not in markup


def test_task_lists_show_their_boxes_as_characters() -> None:
    assert html("- [ ] a\n- [x] b\n") == "<ul>\n<li>☐ a</li>\n<li>☑ b</li>\n</ul>"


def test_the_language_of_code_is_not_that_of_its_words() -> None:
    assert " lang=" not in html("```html\n<b>\n```\n")


def test_control_characters_are_dropped() -> None:
    assert drop_forbidden("a\x1b[31mb\x00\x9b\ufffe\tc\nd") == "a[31mb\tc\nd"
    assert html("a\x1b]0;x\x07b") == "<p>a]0;xb</p>"


LEADS = {
    "dateline with a city": ("**KOTA MALANG, kpu.malangkota.go.id** – Dalam apel", "Dalam apel"),
    "dateline alone": ("kpu.malangkota.go.id. Dalam apel", "Dalam apel"),
    "dateline in brackets": ("Malang (kpu.malangkota.go.id)- Dalam apel", "Dalam apel"),
    "dateline before the city": ("kpu.malangkota.go.id Kota Malang – Pada", "Pada"),
    "dateline without a dash": ("kpu.malangkota.go.id Senin (18/4) KPU", "Senin (18/4) KPU"),
    "no dateline, but the address first": ("kpu.go.id adalah situs KPU", None),
    "no dateline, but the address": (
        "Silakan buka laman kpu.malangkota.go.id untuk hasilnya",
        "Silakan buka laman kpu.malangkota.go.id untuk hasilnya",
    ),
    "no dateline, further on": ("Lihat situs Malang, kpu.go.id. Segera", None),
    "number of a footnote": ("Suara sah[^1] dihitung\n\n[^1]: catatan\n", "Suara sah dihitung"),
    "entities and marks": ("Apel **pagi** &amp; `kerja` & <b>x</b>", "Apel pagi & kerja & x"),
    "a heading first": ("## Judul\n\nIsi paragraf yang pertama", "Isi paragraf yang pertama"),
    "too short alone": ("Halo.\n\nIni paragraf berikutnya.", "Halo. Ini paragraf berikutnya."),
    "long enough alone": (f"{'Kata ' * 10}\n\nLain.", "Kata " * 9 + "Kata"),
    "none": ("- a\n- b\n", ""),
}


@pytest.mark.parametrize(("body", "expected"), LEADS.values(), ids=LEADS)
def test_the_lead_is_how_the_text_begins(body: str, expected: str | None) -> None:
    assert render_markdown(body, "").lead == (body if expected is None else expected)


def test_words_are_counted_over_the_whole_text() -> None:
    assert render_markdown("satu dua\n\n- tiga\n- empat\n\n|lima|enam|\n|-|-|\n", "").words == 6


def test_text_of_html_has_no_marks_and_no_lines() -> None:
    assert to_text("<p>a &lt;b&gt;\n<em>c</em></p>\n<p>d</p>") == "a <b> c d"


def test_a_text_is_cut_at_a_word() -> None:
    assert shorten("satu dua tiga", 13) == "satu dua tiga"
    assert shorten("satu dua, tiga", 13) == "satu dua…"
    assert len(shorten("x" * 300, 155)) == 155


BOMBS = {
    "references": "[a]: " + "x" * 500_000 + "\n\n" + "[a]" * 180_000,
    "references to references": "".join(f"[{n}]: /{n}\n" for n in range(30_000)) + "[1]" * 150_000,
    "open comments": "<!--" * 260_000,
    "comment ends": "<!---->" * 145_000,
    "quotes": ">" * 1_000_000,
    "brackets": "[" * 1_000_000,
    "links": "[a](<" * 200_000,
    "empty links": "[](/)" * 200_000,
    "links in links": "[" * 300_000 + "](/a)" * 140_000,
    "images": "![" * 500_000,
    "images of one paragraph": "![](a)" * 170_000 + "b",
    "emphasis": "*a _b " * 170_000,
    "backticks": "".join("`" * n + " " for n in range(1400)),
    "table columns": "|a" * 80_000 + "|\n" + "|-" * 80_000 + "|\n" + "|a|\n" * 80_000,
    "headings": "# a\n\n###### b\n\n" * 65_000,
    "footnotes": "[^1]" * 250_000 + "\n\n[^1]: x",
    "footnote definitions": "".join(f"[^{n}] " for n in range(30_000))
    + "\n\n"
    + "".join(f"[^{n}]: x\n" for n in range(30_000)),
    "entities": "&#0;" * 260_000,
    "tags": "<a " * 340_000,
    "declarations": "<!a" * 340_000,
    "addresses": "www." * 260_000,
    "mail addresses": "a@" * 500_000,
    "schemes": "http://" * 145_000,
    "dateline": "A " * 500_000 + "kpu.go.id",
    "datelines": "Kpu, " * 200_000,
    "no spaces": "a" * 1_000_000,
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_a_hostile_megabyte_is_rendered_or_refused_in_no_time(body: str) -> None:
    assert len(body) < 1024 * 1024 * 1.1
    started = time.process_time()
    with contextlib.suppress(MarkupError):
        assert len(render_markdown(body, "/kpu").html) < 6_000_000
    assert time.process_time() - started < 2


def test_a_text_that_explodes_is_refused() -> None:
    with pytest.raises(MarkupError):
        render_markdown(BOMBS["footnotes"], "")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_rendering_gives_back_its_memory() -> None:
    text = "Satu *dua* [tiga](https://kpu.go.id).\n\n- empat\n" * 60
    render_markdown(text, "")
    before = memory()
    for _time in range(400):
        render_markdown(text, "")
    assert memory() - before < 8 * 1024**2  # cmarkgfm's own function: 40 MB


def memory() -> int:
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
