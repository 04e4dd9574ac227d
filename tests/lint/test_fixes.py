"""Fixes: they come to an end, and leave alone what is not theirs."""

from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpucli.archive import Archive
from kpucli.article import Article, parse_article
from kpucli.lint.engine import check_article
from kpucli.lint.finding import Applicability
from kpucli.lint.fixes import fix_article
from kpucli.lint.overview import Overview
from kpucli.lint.prose import read_prose
from kpucli.lint.selection import select_rules
from tests.lint.examples import article

ARCHIVE = Archive(Path("no-such-archive"), timezone(timedelta(hours=7)))
RULES = select_rules()


def fix(given: Article, *, unsafe: bool = False) -> str:
    change = fix_article(given, RULES, Overview(ARCHIVE, instead=given), unsafe=unsafe)
    return change.after.decode()


FIXED = {
    "spaces": ("Satu  dua\u00a0 tiga.", "Satu dua tiga."),
    "both at once": ("Satu  , dua  .", "Satu, dua."),
    "one makes another": ("Satu \u200b dua", "Satu dua"),
    "crlf": ("Satu  dua\r\n\r\ntiga  empat\r\n", "Satu dua\r\n\r\ntiga empat\r\n"),
    "hard break": ("Satu  dua  \ntiga", "Satu dua  \ntiga"),
    "code": ("`a  b`  c", "`a  b` c"),
    "link": ("[a  b](c.jpg  'd  e') , f", "[a b](c.jpg  'd  e'), f"),
    "suppressed": (
        "Satu  dua <!-- kpucli: abaikan TBC001 karena tabel -->\ntiga  empat",
        "Satu  dua <!-- kpucli: abaikan TBC001 karena tabel -->\ntiga empat",
    ),
    "no new list": ("Teks\n1.\u00a0dua", "Teks\n1.\u00a0dua"),
    "no new bold": ("a *\u200b*b", "a *\u200b*b"),
}


@pytest.mark.parametrize(
    ("body", "expected"), [pytest.param(*case, id=name) for name, case in FIXED.items()]
)
def test_safe_fixes(body: str, expected: str) -> None:
    given = article(body)
    assert fix(given) == given.source.replace(body, expected)


def test_only_what_is_safe_is_fixed_unasked() -> None:
    given = article('title = "KPU KOTA CONTOH  SIAP"\ntags = ["S.O.P"]  # lama')
    assert 'title = "KPU KOTA CONTOH SIAP"\ntags = ["S.O.P"]  # lama' in fix(given)
    fixed = fix(given, unsafe=True)
    assert 'title = "KPU Kota Contoh Siap"\ntags = ["sop"]  # lama' in fixed


def test_a_byte_order_mark_stays() -> None:
    content = b'\xef\xbb\xbf+++\ntitle = "A"\ndate = 2022-04-20\n+++\nDua  spasi.\n'
    given = parse_article(content, Path("x.md"), ARCHIVE.zone)
    change = fix_article(given, RULES, Overview(ARCHIVE))
    assert change.before == content
    assert change.after == content.replace(b"  spasi", b" spasi")


pieces = st.sampled_from(
    ["a", "Kata", "1", " ", "  ", "\u00a0", "\t", "\n", "\n\n", "\r\n", ",", ".", ":", ";", "!",
     "(", ")", "“", "”", "/", "`", "```", "<!-- ", " -->", "[", "](", "https://x.id", "*", "_",
     "- ", "1. ", "|", "#", "> ", "\u200b", "\ufeff", "\u202e", "\\", "~~~",
     "kpucli: abaikan TBC karena x",
     "Kamis (18/04/2022)", "Kota", "kota", "0812", "<b>", "    "]
)  # fmt: skip
bodies = st.lists(pieces, max_size=40).map("".join)
strings = st.text(
    st.sampled_from("aB \t\u00a0\u200b\u202e,.()“”/\"\\'#"), min_size=1, max_size=20
).filter(str.strip)


@given(bodies, strings, st.booleans())
@settings(max_examples=300, deadline=None)
def test_fixing_twice_is_fixing_once_and_breaks_nothing(
    body: str, title: str, unsafe: bool
) -> None:
    quoted = title.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    given = article(f'title = "{quoted}"\n+++\n{body}')
    fixed = fix(given, unsafe=unsafe)
    again = parse_article(fixed.encode(), given.path, given.zone)
    assert fix(again, unsafe=unsafe) == fixed
    assert again.data.keys() == given.data.keys()
    assert fixed.count("\n") == given.source.count("\n")
    assert blanked(again) == blanked(given)
    if again.source != given.source:
        # For each fix that is made one more may come to light that cannot be made where it
        # stands: a space behind an escaped quotation mark, once an invisible character is gone.
        assert count_fixable(again, unsafe=unsafe) <= count_fixable(given, unsafe=unsafe)


def count_fixable(given: Article, *, unsafe: bool) -> int:
    findings = check_article(given, RULES, Overview(ARCHIVE))
    fixes = [finding.fix for finding in findings if finding.fix]
    return sum(unsafe or fix.applicability is Applicability.SAFE for fix in fixes)


def blanked(given: Article) -> list[str]:
    prose = read_prose(given.source, given.body_start)
    return [given.source[start:end] for start, end in prose.blanked]
