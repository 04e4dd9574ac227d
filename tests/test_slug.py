"""Slugs: what addresses and tags are made of."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.article import SLUG
from kpucli.slug import make_slug, tag_key
from tests.properties import relaxed

LONG = (
    "Rapat Koordinasi Optimalisasi Pengelolaan Media Sosial untuk Sosialisasi Pemilu dan Pemilihan"
)
SLUGS = {
    "plain": ("Rapat Kerja KPU", "rapat-kerja-kpu"),
    "apostrophes": ("Salat Jum'at Jum’at Jum`at", "salat-jumat-jumat-jumat"),
    "accents": ("Café “Ñandú” – 1.000", "cafe-nandu-1-000"),
    "cut at a word": (
        LONG,
        "rapat-koordinasi-optimalisasi-pengelolaan-media-sosial-untuk-sosialisasi-pemilu",
    ),
    "not cut": ("a " * 40, "-".join("a" * 40)),
    "cut before a function word": (f"{'a' * 70} untuk dan di {'b' * 20}", "a" * 70),
    "one long word": ("a" * 100, "a" * 80),
    "a long word behind": (f"x {'a' * 100}", "x"),
    "nothing": ("–“”!", ""),
    "empty": ("", ""),
    "entities are no letters": ("&#233; &amp;", "233-amp"),
    "a number that overflows": ("&#99999999999; x", "99999999999-x"),
    "half characters": ("a\udcffb", "a-b"),
    "device": ("Con!", "con-1"),
    "path": ("../../etc/passwd", "etc-passwd"),
    "NUL": ("a\0b", "a-b"),
}


@pytest.mark.parametrize(("title", "slug"), SLUGS.values(), ids=SLUGS)
def test_slugs_of_titles(title: str, slug: str) -> None:
    assert make_slug(title) == slug


DEVICES = st.from_regex("(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]", fullmatch=True)


@relaxed
@given(st.text() | st.text(st.sampled_from("ab dan di-&#;x1é'.")) | DEVICES)
def test_a_slug_is_none_or_fit_for_an_address(title: str) -> None:
    slug = make_slug(title)
    assert slug == "" or SLUG.fullmatch(slug)
    assert make_slug(slug) == slug


KEYS = {
    "SOP": "sop",
    "sop": "sop",
    "S.O.P": "sop",
    "S.O.P.": "sop",
    "Media Sosial": "media-sosial",
    "media-sosial": "media-sosial",
    "Jum'at": "jumat",
    "&#99999999999;": "99999999999",
    "!": "",
}


@pytest.mark.parametrize(("tag", "key"), KEYS.items(), ids=repr)
def test_forms_of_a_tag_have_one_key(tag: str, key: str) -> None:
    assert tag_key(tag) == key


@relaxed
@given(st.text())
def test_the_key_of_a_key_is_itself(tag: str) -> None:
    assert tag_key(tag_key(tag)) == tag_key(tag)


def test_a_long_title_takes_no_time() -> None:
    started = time.process_time()
    make_slug("rapat kerja " * 50_000)
    assert time.process_time() - started < 2
