"""Reading the "Berita Terkini" page: items, paragraphs, days."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.errors import KpuError
from kpucli.importers.berita import read_berita
from kpucli.importers.item import ImportedItem, Note
from tests.importers.page import ITEMS, PAGE

WIB = timezone(timedelta(hours=7))
NOW = datetime(2023, 6, 1, 9, 0, tzinfo=WIB)


def _read(text: str) -> tuple[list[ImportedItem], list[Note]]:
    return read_berita(text, Path("berita.txt"), now=NOW, zone=WIB)


def _page(*items: tuple[str, str]) -> str:
    return "".join(f"7\n\n{title}\n\n{text}\n\nSelengkapnya\n" for title, text in items)


def _paragraphs(text: str) -> list[str]:
    return _read(_page(("Judul", text)))[0][0].body.split("\n\n")


@pytest.mark.parametrize(
    ("line", "views"),
    [
        ("44", 44),
        ("1.204", 1204),
        ("1.234.567", 1234567),
        ("0", 0),
        ("Dilihat 44 kali", 44),
        ("44 x dilihat", 44),
        ("dilihat: 1.204", 1204),
    ],
)
def test_view_counts(line: str, views: int) -> None:
    items, notes = _read(f"{line}\nJudul\nTeks.\nSelengkapnya")
    assert items[0].views == views
    assert [note.note for note in notes] == []


@pytest.mark.parametrize("end", ["Selengkapnya", "selengkapnya...", "Baca Selengkapnya »"])
def test_ends_of_items(end: str) -> None:
    items, _notes = _read(f"1\nSatu\nTeks satu.\n{end}\n2\nDua\nTeks dua.\n{end}\n")
    assert [item.title for item in items] == ["Satu", "Dua"]


def test_a_number_within_a_text_is_no_view_count() -> None:
    items, notes = _read(_page(("Satu", "a"), ("Dua", "Hadir:\n2023\norang, menurut\n17\npanitia")))
    assert items[1].body == "Hadir:\n\n2023\n\norang, menurut\n\n17\n\npanitia"
    assert notes == []


def test_an_item_without_view_count_loses_nothing() -> None:
    items, notes = _read(_page(("Satu", "a")) + "Dua\n\nTeks\n2023\nsiswa.\nSelengkapnya\n")
    assert (items[1].title, items[1].views) == ("Dua", None)
    assert items[1].body == "Teks\n\n2023\n\nsiswa."
    assert Note("Dua", "Jumlah dilihat tidak ada.") in notes


def test_an_item_without_text_is_told() -> None:
    items, notes = _read(_page(("Satu", "a")) + "5\nDua\nSelengkapnya\n")
    assert (items[1].title, items[1].body) == ("Dua", "")
    assert Note("Dua", "Teksnya kosong.") in notes


@pytest.mark.parametrize("lines", ["44", "Dua", "12\n34", "»"])
def test_what_is_no_item_is_told_with_its_lines(lines: str) -> None:
    items, notes = _read(f"{_page(('Satu', 'a'))}{lines}\nSelengkapnya\n")
    assert len(items) == 1
    numbers = "8" if "\n" not in lines else "8–9"
    told = lines.replace("\n", " / ")
    assert notes == [Note(f"baris {numbers}", f"Bukan bagian dari berita; dilewati: {told}")]


def test_two_pages_one_below_the_other() -> None:
    first = _page(("Satu", "a"))
    second = "1\n2\n»\nHubungi kami\nBeranda\nBerita Terkini\n" + _page(("Dua", "b"))
    items, notes = _read(first + second)
    assert [item.title for item in items] == ["Satu", "Dua"]
    assert notes[0].note.endswith("1 / 2 / » / Hubungi kami / Beranda")


def test_the_last_item_may_be_cut_off() -> None:
    text = "Senin (27/3/2023), apel pagi digelar di halaman kantor bersama seluruh jajaran."
    items, notes = _read(_page(("Satu", text)) + f"9\nDua\n{text}")
    assert [(item.title, item.body) for item in items] == [("Satu", text), ("Dua", text)]
    assert notes == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Satu.\u00a0 Dua.", 2),
        ("Satu. \u00a0Dua.", 2),
        ("Satu.  dua.", 2),
        ("“Satu.”  “Dua”.   Tiga.", 3),
        ("Kegiatan rutin.\u00a0Dua.", 2),
        ("Satu  dua.", 1),
        ("terdiri dari: 1.\u00a0\u00a0 \u00a07 (tujuh) SOP  2.    3 (tiga) SOP", 1),
        ("oleh Drs.  Slamet dan H.  Budi di Jl.  Bantaran No.\u00a06", 1),
        ("(SOP)  yang", 1),
        ("Satu.\u00a0dua", 1),
    ],
)
def test_paragraphs_that_the_page_flattened(text: str, count: int) -> None:
    paragraphs = _paragraphs(text)
    assert len(paragraphs) == count
    assert " ".join(paragraphs).replace("\\", "").split() == text.split()
    assert "\u00a0" not in "".join(paragraphs)


@pytest.mark.parametrize("text", ["*", "# x", "1. x", "- x", "<b>x</b>", "a_b_c", "&amp;", "+++"])
def test_text_is_not_taken_for_markdown(text: str) -> None:
    assert _paragraphs(text)[0].replace("\\", "") == text
    assert _paragraphs(text)[0] != text or text == "a_b_c"


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        ("Apel", "Senin (27/3/2023), apel digelar. Selasa (28/3/2023) libur.", "2023-03-27"),
        ("Apel", "Kota Contoh, 27 Maret 2023 – Apel digelar.", "2023-03-27"),
        ("APEL SENIN 27 MARET 2023", "Apel digelar.", "2023-03-27"),
        ("APEL SENIN 27 MARET 2023", "Senin (27/03/2023), apel digelar.", "2023-03-27"),
        ("PEMILU 14 FEBRUARI 2023", "Senin (27/3/2023), apel digelar.", "2023-03-27"),
        (
            "Rapat",
            "Rapat akan digelar Rabu (29/3/2023). Hal itu dikatakan Budi, Senin (27/3/2023).",
            "2023-03-27",
        ),
        ("Rapat", "Rapat digelar. " + "Isi. " * 120 + "Ditutup Senin (27/3/2023).", "2023-03-27"),
        ("Rapat", "Senin (27/3/2023) membahas bimtek Kamis (23/3/2023) pekan lalu.", "2023-03-27"),
    ],
)
def test_days_that_are_sure(title: str, text: str, day: str) -> None:
    item = _read(_page((title, text)))[0][0]
    assert (item.date.isoformat(), item.doubt) == (f"{day}T00:00:00+07:00", None)


@pytest.mark.parametrize(
    ("title", "text", "doubt"),
    [
        ("Apel", "Apel digelar.", "Teks tidak menyebut tanggal."),
        ("Apel", "Selasa (27/3/2023), apel.", "padahal 27 Maret 2023 jatuh pada hari Senin"),
        ("Apel", "Selasa (31/2/2023), apel.", "Tanggal “Selasa (31/2/2023)” tidak ada."),
        ("Apel", "Senin (27/3), apel.", "Teks menyebut “Senin (27/3)” tanpa tahun."),
        ("Apel", "Senin (5/6/2023), apel.", "Senin, 5 Juni 2023, yang belum tiba"),
        ("Menuju Pemilu 14 Februari 2022", "Teks.", "Hari beritanya tidak jelas"),
        ("Apel", "Isi. " * 30 + "pada 27 Maret 2023.", "teks menyebut “27 Maret 2023”"),
        ("APEL SENIN 27 MARET 2023", "Selasa (28/3/2023), apel.", "Hari beritanya tidak jelas"),
        ("Rapat", "Akan digelar Rabu (29/3/2023) dan Kamis (30/3/2023).", "Hari beritanya tidak"),
    ],
)
def test_days_that_are_doubtful(title: str, text: str, doubt: str) -> None:
    item = _read(_page((title, text)))[0][0]
    assert item.doubt is not None
    assert doubt in item.doubt
    assert item.date <= NOW


SENIN = "Senin (27/3/2023), apel."
JUMAT = "Jumat (17/3/2023), apel."


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("Rabu (22/3), apel.", "2023-03-22", None),
        ("Tanpa tanggal.", "2023-03-17", "antara 17 Maret 2023 dan 27 Maret 2023."),
        ("Rabu (21/3/2023), apel.", "2023-03-21", "jatuh pada hari Selasa."),
        ("Rabu (22/3/2022), apel.", "2023-03-17", "antara 17 Maret 2023 dan 27 Maret 2023."),
        ("Contoh, 22 Maret 2022. Apel.", "2023-03-17", "antara 17 Maret 2023 dan 27 Maret 2023."),
        ("Contoh, 22 Januari 2023. Apel.", "2023-01-22", None),
    ],
    ids=["no year", "none", "wrong weekday", "wrong year", "far away", "an old event"],
)
def test_the_order_of_the_page_helps(text: str, day: str, doubt: str | None) -> None:
    item = _read(_page(("A", SENIN), ("B", text), ("C", JUMAT)))[0][1]
    assert item.date.date().isoformat() == day
    assert (item.doubt or "").endswith(doubt or "")
    assert (item.doubt is None) is (doubt is None)


def test_around_the_turn_of_the_year() -> None:
    page = _page(("A", "Senin (2/1/2023)"), ("B", "Jumat (30/12)"), ("C", "Kamis (29/12/2022)"))
    assert [item.date.date().isoformat() for item in _read(page)[0]] == [
        "2023-01-02",
        "2022-12-30",
        "2022-12-29",
    ]


def test_keys_survive_other_copies_and_tell_items_apart() -> None:
    keys = [item.key for item in _read(PAGE)[0]]
    assert len(set(keys)) == len(ITEMS)
    flattened = PAGE.replace("\u00a0", " ").replace("1.204", "99").replace("Mereka", "MEREKA")
    assert [item.key for item in _read(flattened)[0]] == keys


@given(st.text(st.sampled_from("aB.1 \n\u00a0(/)2023Senin7\x00\u202e"), max_size=200))
def test_anything_is_read_or_refused(text: str) -> None:
    for page in (text, f"7\nJudul\n{text}\nSelengkapnya\n{text}"):
        try:
            items, _notes = _read(page)
        except KpuError:
            continue
        assert all(item.title and item.date.tzinfo for item in items)


@given(st.lists(st.sampled_from(["kata", "Kata.", "12", "-", "*tebal*", "No.", "”"]), min_size=1))
def test_no_word_is_lost(words: list[str]) -> None:
    for gap in (" ", "  ", "\u00a0 ", "\n"):
        text = gap.join(words)
        body = _read(_page(("Judul", f"Teks {text} habis")))[0][0].body
        assert body.replace("\\", "").split() == ["Teks", *words, "habis"]
