"""Headline case: capitals where EYD wants them, and no letter lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.headline import ACRONYMS, FUNCTION_WORDS, headline_case, is_all_caps
from tests.properties import relaxed

TITLES = {
    "plain": ("RAPAT KERJA BULANAN", "", "Rapat Kerja Bulanan"),
    "function words": ("RAPAT DI KANTOR DAN UNTUK WARGA", "", "Rapat di Kantor dan untuk Warga"),
    "function word first": ("DI KANTOR KPU", "", "Di Kantor KPU"),
    "after a colon": ("PEMILU: DARI KITA", "", "Pemilu: Dari Kita"),
    "after a quote": ("APEL. “DI SINI”", "", "Apel. “Di Sini”"),
    "after a number": ("2 DI ANTARA KITA", "", "2 di Antara Kita"),
    "acronyms": ("KPU RI DAN DPRD BAHAS PKPU", "", "KPU RI dan DPRD Bahas PKPU"),
    "Roman numbers": ("SESI II DAN XIV", "", "Sesi II dan XIV"),
    "in brackets": ("PENYUSUNAN PROSEDUR (SOPX) SOPX", "", "Penyusunan Prosedur (SOPX) SOPX"),
    "evidence": ("TIKTOK DAN BAWASLU", "Lewat TikTok, Bawaslu", "TikTok dan Bawaslu"),
    "evidence of an acronym": ("RAKOR SIPOL", "Data SIPOL di SIPOL.", "Rakor SIPOL"),
    "a dateline is no evidence": ("KOTA BATU", "KOTA BATU – Di Kota Batu", "Kota Batu"),
    "shouting is no evidence": ("RAPAT KERJA", "RAPAT KERJA DIBUKA OLEH KETUA", "Rapat Kerja"),
    "not in capitals": ("Rapat KERJA di KPU", "", "Rapat Kerja di KPU"),
    "hyphens": ("RAPAT SE-JAWA TIMUR, SIAP-SIAP DAN DARI-KE", "",
                "Rapat se-Jawa Timur, Siap-Siap dan Dari-Ke"),
    "apostrophes": ("DOA JUM’AT, JUM'AT, JUM`AT", "", "Doa Jum’at, Jum'at, Jum`at"),
    "one letter": ("KELAS A", "", "Kelas A"),
    "letters that grow": ("İSTANBUL AİB", "", "İstanbul Ai̇b"),
    "empty": ("", "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("title", "evidence", "expected"), TITLES.values(), ids=TITLES)
def test_titles_in_capitals(title: str, evidence: str, expected: str) -> None:
    assert headline_case(title, evidence=evidence) == expected


CAPITALS = {
    "RAPAT KERJA": True,
    "RAPAT KERJA di KPU": True,
    "Rapat Kerja": False,
    "KPU RI": False,
    "KPU RI DPRD Rapat": False,
    "": False,
    "2022": False,
    "AKU": False,
    "RAPAT 2022": True,
}


@pytest.mark.parametrize(("title", "expected"), CAPITALS.items(), ids=repr)
def test_capitals_are_noticed(title: str, expected: bool) -> None:
    assert is_all_caps(title) == expected


titles = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [*" :.-’'(“0", "RAPAT", "DI", "kpu", "KPU", "SE", "TikTok", "TIKTOK", "(ABC)", "ẞ", "İ"]
        )
    ).map("".join),
)


@relaxed
@given(titles, titles)
def test_no_letter_is_lost_and_twice_is_once(title: str, evidence: str) -> None:
    once = headline_case(title, evidence=evidence)
    assert once.casefold() == title.casefold()
    assert headline_case(once, evidence=evidence) == once


def test_words_are_in_the_form_that_is_looked_for() -> None:
    assert all(word.isupper() for word in ACRONYMS)
    assert all(word.islower() for word in FUNCTION_WORDS)


def test_a_long_title_takes_no_time() -> None:
    started = time.process_time()
    headline_case("RAPAT KERJA DI " * 20_000)
    assert time.process_time() - started < 2
