"""HTML becomes Markdown that shows the same words, whatever the HTML is like."""

from __future__ import annotations

import time
from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kpucli.importers.markup import convert_html, words_of
from kpucli.markdown import to_html

PICTURE = "https://kpu.contoh.go.id/foto/apel.jpg"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Satu</p><p>Dua</p>", "Satu\n\nDua"),
        ("<p>Satu<p>Dua", "Satu\n\nDua"),
        ("<div>Satu</div>Dua<div><span>Tiga</span></div>", "Satu\n\nDua\n\nTiga"),
        ("<p>Satu<br>Dua<br><br>Tiga<br></p>", "Satu\\\nDua\n\nTiga"),
        ("<b>A</b><b> B</b> <strong>C <b>D</b></strong>", "**A B** **C D**"),
        ("<p><strong>KOTA CONTOH –</strong>Isi</p>", "**KOTA CONTOH** –Isi"),
        ("<i> miring </i>kata", "*miring* kata"),
        ("<del>x</del> <s>y</s>", "~~x~~ ~~y~~"),
        ("<p>12 km<sup>2</sup> dan H<sub>2</sub>O</p>", "12 km² dan H₂O"),
        ("<h1>A</h1><h2>B</h2>", "## A\n\n### B"),
        ("<h2><b>A</b> #</h2>", "## A \\#"),
        ("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "3. a\n   - b\n4. c"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre>a\n  *b*</pre>", "```\na\n  *b*\n```"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1|2<td>3</table>",
         "| A | B |\n| --- | --- |\n| 1\\|2 | 3 |"),
        ("<table><tr><td>Hanya tata letak</td></tr></table>", "Hanya tata letak"),
        ("<table><tr><td>a<table><tr><td>1<td>2</table></table>",
         "a\n\n| 1 | 2 |\n| --- | --- |"),
        ('<a href="/a_b.pdf">[Berkas]</a>!', r"[\[Berkas\]](https://kpu.contoh.go.id/a_b.pdf)!"),
        ('Lihat!<a href="https://a.go.id">b</a>', r"Lihat\![b](https://a.go.id)"),
        ("1. bukan daftar", r"1\. bukan daftar"),
        ("<p># bukan judul</p><p>- bukan butir</p>", "\\# bukan judul\n\n\\- bukan butir"),
        ("*a* _b_ `c` &lt;d&gt; snake_case", r"\*a\* \_b\_ \`c\` \<d> snake_case"),
        ("https://a.go.id/x_y", "https://a.go.id/x_y"),
        ("A &amp;amp; B\u200b", r"A \&amp; B"),
        ("<!-- x -->Teks<style>p{}</style>", "Teks"),
    ],
)  # fmt: skip
def test_markdown_of(html: str, markdown: str) -> None:
    text = convert_html(html, "https://kpu.contoh.go.id/berita/")
    assert text.body == markdown
    assert text.lost == ()


@pytest.mark.parametrize(
    ("html", "markdown", "note"),
    [
        ('<iframe src="https://peta.go.id/x" title="Peta"></iframe>', "[Peta](https://peta.go.id/x)",
         "Sematan menjadi tautan: https://peta.go.id/x"),
        ("<video><source src='https://a.go.id/v.mp4'></video>",
         "[https://a.go.id/v.mp4](https://a.go.id/v.mp4)",
         "Sematan menjadi tautan: https://a.go.id/v.mp4"),
        ("<object data='x.swf'></object>a", "a", "Sematan <object> tidak dibawa."),
        ("<form><input name=x>Nama</form>a", "a", "Bagian <form> tidak dibawa."),
        ("a<script>alert(1)</script>", "a", "Skrip tidak dibawa."),
        ('<a href="javascript:alert(1)">a</a>', "a", "Tautan tidak dibawa: javascript:alert(1)"),
        ("<table><tr><td colspan=2>a<tr><td>b<td>c</table>", "| a |  |\n| --- | --- |\n| b | c |",
         "Sel tabel yang digabung menjadi sel biasa."),
        ("<p>x<sup>atas</sup></p>", "xatas", "Teks naik atau turun menjadi teks biasa: atas"),
        (f'<img src="{PICTURE}">', f"![]({PICTURE})", "Foto tanpa teks pengganti (alt): 1."),
    ],
)  # fmt: skip
def test_what_is_lost_is_told(html: str, markdown: str, note: str) -> None:
    text = convert_html(html)
    assert text.body == markdown
    assert text.lost == (note,)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/foto/apel.jpg" alt="Apel">',
        f'<img src="{PICTURE}" alt="Apel">',
        f'<a href="{PICTURE}"><img src="/foto/apel-300x200.jpg" alt="Apel"></a>',
        f'<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="{PICTURE}" alt="Apel">',
    ],
)  # fmt: skip
def test_pictures_have_their_whole_address(html: str) -> None:
    text = convert_html(html, "https://kpu.contoh.go.id/berita/")
    assert text.body == f"![Apel]({PICTURE})"
    assert [(picture.address, picture.read) for picture in text.pictures] == [(PICTURE, None)]


@pytest.mark.parametrize(
    "html",
    [
        f'<figure><img src="{PICTURE}"><figcaption>Apel <b>pagi</b>.</figcaption></figure>',
        f'<dl class="wp-caption"><img src="{PICTURE}"><dd class="wp-caption-text">Apel pagi.</dl>',
    ],
)
def test_captions_stay_with_their_picture(html: str) -> None:
    text = convert_html(html)
    assert text.body == f'![Apel pagi.]({PICTURE} "Apel pagi.")'
    assert text.lost == ()


def test_smileys_and_counters_are_no_pictures() -> None:
    html = '<p>Halo <img class="emoji" alt="😀" src="https://s.w.org/1f600.svg">'
    text = convert_html(html + '<img src="https://hitung.id/x.gif" width="1" height="1"></p>')
    assert (text.body, text.pictures) == ("Halo 😀", ())


def test_a_picture_beside_words_gets_a_place_of_its_own() -> None:
    text = convert_html(f'<p><img src="{PICTURE}" alt="a">Kata.<img src="{PICTURE}" alt="b"></p>')
    assert text.body == f"![a]({PICTURE})\n\nKata.\n\n![b]({PICTURE})"


def test_titles_that_are_html_are_words() -> None:
    assert words_of("Apel <i>Senin</i> &amp; Rapat\n 1 < 2") == "Apel Senin & Rapat 1 < 2"


_HOSTILE = """
    <div> <b> <p> <ul><li> <blockquote> <!-- <![CDATA[ &# [ <table><tr><td> <i><b> <b>a</b>
    <ol><li>a <a_href='https://a.id'>y</a> ]( *_ ` \\ <br> <p>a<br> <select> <plaintext>
    <h1>x <svg><a> <table> <sup>2</sup> <img_src=a.jpg> <script> <textarea> <a_
""".split()


@pytest.mark.parametrize("unit", [unit.replace("_", " ") for unit in _HOSTILE])
def test_hostile_html_is_read_in_time(unit: str) -> None:
    started = time.process_time()
    text = convert_html(unit * (300_000 // len(unit)) + "selesai")
    assert time.process_time() - started < 2
    # What is not closed hides all behind it in a browser too.
    assert "selesai" in text.body or unit in ("<!--", "<![CDATA[", "<a ")


@pytest.mark.parametrize("name", ["soh1", "h1div", "h7", "ah2x", "xtable", "td1"])
def test_elements_that_are_none_are_their_words(name: str) -> None:
    assert convert_html(f"<{name}>Kata</{name}>").body == "Kata"


def test_html_that_is_too_deep_gives_its_words() -> None:
    text = convert_html("<div>" * 5000 + "Halo *dunia*" + "</div>" * 5000)
    assert text.body == r"Halo \*dunia\*"
    assert text.lost == ("HTML-nya bersarang terlalu dalam; hanya teksnya yang dibawa.",)


_WORDS = st.text(st.sampled_from("aZ1 .,*_`~[]()<>&!#-+|\\:/“–\n"), max_size=12).map(escape)
_TAGS = "p div b i em strong a ul ol li table tr td h2 blockquote br pre code del".split()
_HTML = st.recursive(
    _WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(_TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(_HTML)
@settings(max_examples=100)
def test_words_are_never_lost_unsaid(html: str) -> None:
    """The Markdown, rendered, has the words of the HTML, or it is said that it may not."""
    text = convert_html(html)
    shown = BeautifulSoup(to_html(text.body), "html.parser").get_text()
    body = LexborHTMLParser(html).body
    assert body is not None
    is_told = any("berbeda" in note for note in text.lost)
    assert is_told or "".join(shown.split()) == "".join(body.text().split())


@given(st.text(max_size=400))
@settings(max_examples=100)
def test_any_text_is_taken(html: str) -> None:
    convert_html(html)
