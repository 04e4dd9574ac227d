"""Where sentences end, and where a stop is something else."""

from __future__ import annotations

import time

import pytest

from kpucli.lint.composition import count_words, read_composition

ENDS = {
    "plain": ["Ia datang.", "Ia pergi."],
    "degrees": ["Hadir Dr. Budi, S.H., M.Si., dan H. Amin.", "Ia pergi."],
    "a degree at the end": ["Hadir Budi, S.H.", "Menurut dia, ada."],
    "initials": ["R. A. Kartini dan K.H. Hasyim hadir."],
    "addresses": ["Kantor di Jl. Kawi No. 5 lt. 2.", "Ia pergi."],
    "a word like an abbreviation": ["Ada banyak hal.", "Ia pergi."],
    "numbers": ["Upahnya Rp. 500 dan Rp1.500,00 pukul 08.00.", "Jumlahnya 3.", "Ia pergi."],
    "quotations": ["“Mari memilih.”", "Ketua berkata.", "“Apa?” tanyanya.", "“Ayo!” katanya."],
    "and others, who go on": ["Hadir Budi dkk. dari Malang, serta Amin, S.H. dan Ali."],
    "and others": ["Budi dkk. ikut.", "Hadir Budi dkk.", "Mereka pergi."],
    "ellipsis": ["Ia ... pergi.", "Lalu ….", "Pulang."],
}


@pytest.mark.parametrize("sentences", [pytest.param(item, id=name) for name, item in ENDS.items()])
def test_sentences_end_where_readers_end_them(sentences: list[str]) -> None:
    text = " ".join(sentences)
    found = read_composition(text).sentences
    assert [text[item.start : item.end] for item in found] == sentences


def test_headings_tables_and_pictures_are_no_sentences_and_items_are_their_own() -> None:
    text = "# Judul\n\nSatu\nbaris.\n\n- Dua\n- Tiga. Empat\n\n| a | b |\n\n> Kutipan.\n\n***\n"
    composition = read_composition(text)
    found = [text[item.start : item.end] for item in composition.sentences]
    assert found == ["Satu\nbaris.", "Dua", "Tiga.", "Empat", "Kutipan."]
    assert [item.is_item for item in composition.paragraphs] == [False, True, True, False]


def test_words_are_what_has_a_letter_or_a_digit() -> None:
    text = "Ia – dan 12 orang (semua) pergi … !"
    assert count_words(text, 0, len(text)) == 6


def test_lines_of_blanks_take_no_time() -> None:
    text = "\n".join(" " * number + "- a" for number in range(1500)) + "\n" + " " * 100_000 + "a"
    started = time.process_time()
    paragraphs = read_composition(text).paragraphs
    assert time.process_time() - started < 1
    assert len(paragraphs) == 1500
