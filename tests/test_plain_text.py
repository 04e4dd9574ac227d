"""Plain text as Markdown: what goes in is what readers see."""

from __future__ import annotations

import html
import re
import time

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpucli.plain_text import clean_message, escape_markdown
from kpucli.visible import drop_invisible
from tests.properties import relaxed


def render(markdown: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_FOOTNOTES))


def visible(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def blocks(page: str) -> list[str]:
    return re.findall(r"<(p|h[1-6]|li|blockquote|pre|table|hr|code|section)\b", page)


PIECES = [
    *"\\`*_{}[]()#+-.!|~<>&;:=\"'/?@^$%,0123ab é€“”—\u00a0\t\n", "https://", "http://x.id/",
    "www.x.id",
    "ftp://x.id", "&amp;", "&#65;", "&copy;", "<b>", "</b>", "<!--", "-->", "1. ", "1) ", "a@b.id",
    "__", "**", "~~", "```", "[x](y)", "![x](y)", "[^1]", "- ", "# ", "> ", "===", " | ", "kata",
    "  ", "mailto:a@b.id", "://", "\r\n", "\u2028", "👍",
]  # fmt: skip


@settings(relaxed, max_examples=1500)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
)
@example("https://instagram.com/kpu_malang_/")
@example("______ dan ______")
@example("1986\\. Tahun")
@example("    - 4 spasi")
def test_readers_see_exactly_the_text(text: str) -> None:
    markdown = escape_markdown(text)
    assert "\n" not in markdown
    page = render(markdown)
    assert visible(page) == " ".join(text.split())
    assert blocks(page) == ["p"] or not text.strip()


ESCAPED = {
    "plain": ("Rapat “SOP” (daring), 10.00–12.00 & lainnya.",) * 2,
    "inside a word": ("file_a_b.txt", "file_a_b.txt"),
    "stars": ("a * b *c*", "a \\* b \\*c\\*"),
    "underscores": ("_a_ ____", "\\_a\\_ \\_\\_\\_\\_"),
    "heading": ("# satu", "\\# satu"),
    "hash within": ("a #satu", "a #satu"),
    "bullet": ("- satu", "\\- satu"),
    "number": ("1. satu", "1\\. satu"),
    "year": ("2022. Tahun", "2022\\. Tahun"),
    "no list": ("1.500 orang", "1.500 orang"),
    "quotation": ("> satu", "\\> satu"),
    "tag": ("a <b> c <3 d < e", "a \\<b> c \\<3 d < e"),
    "comment": ("a <!-- b --> c", "a &lt;!-- b --> c"),
    "entity": ("AT&T &amp; &#65;", "AT&T \\&amp; \\&#65;"),
    "backslash": ("C:\\data \\* \\", "C:\\data \\\\\\* \\\\"),
    "lines": (" a\nb\r\nc ", "a b c"),
    "address": ("lihat https://x.id/a_b?c=d&e=_f.", "lihat https://x.id/a_b?c=d&e=_f."),
    "address with underscores": (
        "https://www.instagram.com/kpu_malang_/",
        "https://www.instagram.com/kpu_malang_/",
    ),
    "address in brackets": ("(www.x.id/_a/)", "(www.x.id/_a/)"),
    "address and a star": ("https://x.id/a*", "https:\\//x.id/a\\*"),
}


@pytest.mark.parametrize(("text", "markdown"), ESCAPED.values(), ids=ESCAPED)
def test_escapes_are_few(text: str, markdown: str) -> None:
    assert escape_markdown(text) == markdown


def test_addresses_stay_links() -> None:
    address = "https://www.instagram.com/p/_a*b_c/"
    page = render(escape_markdown(f"Lihat {address}, ya."))
    assert page == f'<p>Lihat <a href="{address}">{address}</a>, ya.</p>\n'


MESSAGES = {
    "WhatsApp, iPhone": (
        (
            "\u200e[20/4/22 14.03.22] Humas KPU: *Rapat* pagi.\n"
            "[20/4/22, 14.04.00] +62 812-3456-7890: Acara _daring_"
        ),
        "**Rapat** pagi.\n\nAcara *daring*",
    ),
    "WhatsApp, Android": (
        "20/04/22 14.03 - Humas: Rapat\n20/04/2022, 14:04 - Humas: Apel",
        "Rapat\n\nApel",
    ),
    "WhatsApp, twelve hours": ("[4/20/22, 2:03:22\u202fPM] Humas: Rapat", "Rapat"),
    "an agenda is no header": (
        "20/4/2022 09.00 Apel pagi: semua pegawai\n20/4/2022 10.00 Rapat: komisioner",
        "20/4/2022 09.00 Apel pagi: semua pegawai 20/4/2022 10.00 Rapat: komisioner",
    ),
    "a system's message": (
        "20/04/22 14.03 - Pesan ini terenkripsi.",
        "20/04/22 14.03 - Pesan ini terenkripsi.",
    ),
    "broken lines": (
        "Rapat dibuka\noleh ketua\n\nAcara\nselesai.",
        "Rapat dibuka oleh ketua\n\nAcara selesai.",
    ),
    "no blank lines": (
        "Rapat dibuka\noleh ketua.\nAcara selesai.\n“Baik.”\nPulang",
        "Rapat dibuka oleh ketua.\n\nAcara selesai.\n\n“Baik.”\n\nPulang",
    ),
    "bullets": (
        "Agenda:\n• satu\n● dua\n- tiga\n* empat\n– lima",
        "Agenda:\n\n- satu\n- dua\n- tiga\n- empat\n- lima",
    ),
    "a bullet over lines": ("- satu\n  lanjut\n- dua", "- satu lanjut\n- dua"),
    "numbers": ("Agenda\n1. satu\n2) dua\n\nSelesai", "Agenda\n\n1. satu\n2. dua\n\nSelesai"),
    "a list with blank lines": ("1. satu\n\n2. dua", "1. satu\n2. dua"),
    "no bullets": ("-satu\n--- \n*tebal* x", "\\-satu --- **tebal** x"),
    "bold and italic": ("*a b* _c_ *_d_* x*y* _z", "**a b** *c* ***d*** x\\*y\\* \\_z"),
    "bold and italic at once": (
        "_*a b*_ *_c_ d* *c _d_* _e *f* g_",
        "***a b*** ***c* d** **c *d*** *e **f** g*",
    ),
    "bold where Markdown knows none": ("👍*(a)* *(b)*", "👍\\*(a)\\* **(b)**"),
    "struck and monospace": ("~a b~ c~d ```x *y*``` ```", "~~a b~~ c\\~d `x *y*` \\`\\`\\`"),
    "headers without a year": (
        "[20/4 10.15] Ibu Sari: *a*\n[20/4 10.16] +62 812-34: b",
        "**a**\n\nb",
    ),
    "what WhatsApp says itself": (
        "Diteruskan\n<Media tidak disertakan>\na @6281234567890 b",
        "a b",
    ),
    "bold beside punctuation": ("(*a*), “_b_”: *c*!", "(**a**), “*b*”: **c**!"),
    "spaces": ("a\u00a0\u00a0b \t c\u2009d", "a b c d"),
    "invisible": ("ra\u00adpat\u200b\ufeff\x00 \x1b[31mx", "rapat x"),
    "line ends": ("a.\r\nb.\rc.\u2028d.\x0be.", "a.\n\nb.\n\nc.\n\nd.\n\ne."),
    "Markdown's marks": ("# a\n\n> b\n\n[c](d)", "\\# a\n\n\\> b\n\n\\[c](d)"),
    "empty": ("\n \n", ""),
}


@pytest.mark.parametrize(("text", "markdown"), MESSAGES.values(), ids=MESSAGES)
def test_messages_become_markdown(text: str, markdown: str) -> None:
    assert clean_message(text) == markdown


LINE_PIECES = [*PIECES, "*tebal*", "_miring_", "• ", "2) ", ". ", " (", ") ", "“", "*_x_*", "\n\n"]


def letters(text: str) -> str:
    return "".join(mark for mark in text if mark.isalpha())


@settings(relaxed, max_examples=500)
@given(st.lists(st.sampled_from(LINE_PIECES), max_size=25).map("".join))
def test_a_message_loses_no_letter(text: str) -> None:
    page = render(clean_message(text))
    assert letters(visible(page)) == letters(drop_invisible(text))
    for mark in "*_[<&":
        assert visible(page).count(mark) <= text.count(mark)
    assert set(blocks(page)) <= {"p", "li", "code", "del"}


LONG = {
    "lines": "a\n" * 300_000,
    "one line": "a " * 500_000,
    "stars": "*a " * 100_000,
    "underscores": "_" * 300_000,
    "backticks": "```a" * 100_000,
    "tildes": "~a " * 100_000,
    "dots and brackets": ".)" * 300_000,
    "addresses": "https://" * 50_000,
    "semicolons": "https://x.id/" + "&a;" * 30_000,
    "brackets": "https://x.id/" + ")" * 3_000 + "*",
    "blanks": " " * 500_000 + "x",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_message_takes_no_time(text: str) -> None:
    started = time.process_time()
    clean_message(text)
    assert time.process_time() - started < 3
