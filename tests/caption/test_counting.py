"""Lengths as the networks count; of X's, a port of its own library is the judge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twitter_text import parse_tweet  # type: ignore[import-untyped]

from kpucli.caption.counting import count_hashtags, count_utf16, count_weighted
from tests.properties import relaxed

LINK = "https://kpu.malangkota.go.id/berita/2022/apel-senin/"
PIECES = [
    LINK, "kpu.malangkota.go.id", "www.kpu.go.id", "©", "®", "™", "é", "e\u0301", "1\ufe0f\u20e3",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1ee\U0001f1e9",
    "–", "“", "Dr. Budi", "http://localhost:8000/a/", "https://a.b/", "t.co", "#Pemilu", "@kpu",
    "a.id", "https://kpu.go.id", "https://kpu.go.id/a_(b)", "x.museum", "日本.jp",
    "https://t.co/abc", "https://kpu.id/a?b=c#d", ".", " ", "\n", ":", "/",
]  # fmt: skip
TEXTS = st.lists(st.text(max_size=8) | st.sampled_from(PIECES), max_size=8).map("".join)


def ask_x(text: str) -> int:
    return int(parse_tweet(text).weightedLength)


@pytest.mark.parametrize(
    "text",
    [
        "Rapat koordinasi – “mari memilih” – diikuti 38 KPU kabupaten/kota.",
        f"Apel\n\nHadir Dr. Budi, S.H., pukul 08.00 WIB.\n\n{LINK}\n\n#KPUKotaMalang #Apel",
        "Situsnya https://kpu.go.id dan https://infopemilu.kpu.go.id/Pemilu2024",
        "Lihat kpu.malangkota.go.id untuk keterangan lain.",
        "Selamat 🎉 bagi 日本 e\u0301",
        "",
    ],
)
def test_ordinary_texts_have_the_length_that_x_gives_them(text: str) -> None:
    assert count_weighted(text) == ask_x(text)


@relaxed
@given(TEXTS)
def test_no_text_is_longer_for_x(text: str) -> None:
    assert count_weighted(text) >= ask_x(text)


@relaxed
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_usual_way_of_counting_gives_more_than_utf16(text: str) -> None:
    assert count_utf16(text) >= len(text)
    assert count_utf16(text) == len(text.encode("utf-16-le")) // 2


def test_hashtags_are_counted_wherever_they_stand() -> None:
    assert count_hashtags("Lomba #PemiluDamai dan #2024 di C# # ##ya") == 3
