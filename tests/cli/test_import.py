"""`kpucli import berita`, as a new user meets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Office
from tests.importers.page import ITEMS, MENU, PAGE, make_items
from tests.interrupting import interrupt


@pytest.fixture
def page(empty_folder: Office) -> str:
    """A copy of the page in a folder with nothing else in it, not even a configuration."""
    (empty_folder.folder / "berita.txt").write_text(PAGE)
    return "berita.txt"


def _listed(office: Office) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(office.run("list", "--format", "json").out)
    return rows


def _contents(office: Office) -> dict[str, str]:
    return {article: office.read(article) for article in office.ids()}


def test_every_item_becomes_an_article(empty_folder: Office, page: str) -> None:
    result = empty_folder.run("import", "berita", page)
    assert len(result.out.splitlines()) == len(ITEMS)
    assert f"{len(ITEMS)} ditambahkan, 0 sudah ada." in result.err
    rows = {str(row["path"]): row for row in _listed(empty_folder)}
    found = [rows[path] for path in result.out.splitlines()]
    assert [row["views"] for row in found] == [1204, 87, 53, 41, 41, 366, 19]
    assert [str(row["date"])[:10] for row in found] == [item.day for item in ITEMS]
    assert [row["status"] == "published" for row in found] == [item.is_certain for item in ITEMS]


def test_titles_are_in_headline_case(empty_folder: Office, page: str) -> None:
    empty_folder.run("import", "berita", page)
    article = empty_folder.read("2023/kpu-kota-contoh-terima-kunjungan-siswa-sma-se-kota-contoh")
    assert 'title = "KPU Kota Contoh Terima Kunjungan Siswa SMA se-Kota Contoh"' in article
    assert f'original_title = "{ITEMS[6].title}"' in article
    assert "original_title" not in empty_folder.read("2023/pengumuman-hasil-seleksi-magang")


def test_equal_titles_stay_two_articles(empty_folder: Office, page: str) -> None:
    empty_folder.run("import", "berita", page)
    assert "papan pengumuman" in empty_folder.read("2023/pengumuman-hasil-seleksi-magang")
    assert "gelombang pertama" in empty_folder.read("2023/pengumuman-hasil-seleksi-magang-2")


def test_no_word_is_lost(empty_folder: Office, page: str) -> None:
    paths = empty_folder.run("import", "berita", page).out.splitlines()
    for item, path in zip(ITEMS, paths, strict=True):
        body = (empty_folder.folder / path).read_text().rpartition("+++\n")[2]
        assert body.replace("\\", "").split() == item.text.split()


def test_paragraphs_are_kept(empty_folder: Office, page: str) -> None:
    paths = empty_folder.run("import", "berita", page).out.splitlines()
    counts = [
        len((empty_folder.folder / path).read_text().rpartition("+++\n")[2].strip().split("\n\n"))
        for path in paths
    ]
    assert counts == [4, 1, 1, 1, 1, 3, 2]


def test_doubtful_dates_make_drafts_and_are_told(empty_folder: Office, page: str) -> None:
    result = empty_folder.run("import", "berita", page)
    article = empty_folder.read("2023/empat-mahasiswa-akhiri-program-magang")
    assert "draft = true" in article
    doubt = "Teks menyebut “Rabu pagi (28/03/2023)”, padahal 28 Maret 2023 jatuh pada hari Selasa."
    assert f'date_uncertain = "{doubt}"' in article
    assert f"Empat Mahasiswa Akhiri Program Magang: {doubt}" in result.err
    assert "Teks tidak menyebut tanggal." in result.err


def test_lines_outside_the_news_are_told(empty_folder: Office, page: str) -> None:
    result = empty_folder.run("import", "berita", page)
    assert "baris 1–2: Bukan bagian dari berita; dilewati: Beranda / Profil\n" in result.err


@pytest.mark.parametrize(
    "content",
    [
        PAGE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PAGE.encode(),
        PAGE.removeprefix(MENU).encode(),
        (PAGE + "\n\nSelengkapnya\n1\n2\n3\n»\nHak cipta KPU\n").encode(),
    ],
    ids=["CRLF", "BOM", "without a menu", "with page numbers and a footer"],
)
def test_other_copies_of_the_page_give_the_same(
    empty_folder: Office, page: str, content: bytes
) -> None:
    empty_folder.run("import", "berita", page)
    before = _contents(empty_folder)
    (empty_folder.folder / "lain.txt").write_bytes(content)
    assert "0 ditambahkan, 7 sudah ada." in empty_folder.run("import", "berita", "lain.txt").err
    assert _contents(empty_folder) == before


def test_importing_again_adds_nothing_whatever_was_edited(empty_folder: Office, page: str) -> None:
    office = empty_folder
    office.run("import", "berita", page)
    articles = office.folder / "articles"
    edited = articles / "2023" / "apel-pagi-senin-27-maret.md"
    edited.write_text(edited.read_text().replace("Apel Pagi Senin", "Apel Senin") + "\nTambahan.\n")
    (articles / "2024").mkdir()
    edited.rename(articles / "2024" / "apel-lain.md")
    spoiled = articles / "2023" / "pengumuman-hasil-seleksi-magang.md"
    spoiled.write_text(spoiled.read_text().replace('title = "', "title = "))
    before = _contents(office)
    result = office.run("import", "berita", page, code=2)  # the spoiled one is named
    assert "0 ditambahkan, 7 sudah ada." in result.err
    assert "articles/2023/pengumuman-hasil-seleksi-magang.md:2:" in result.err
    assert _contents(office) == before


def test_only_new_items_of_a_newer_page_are_added(empty_folder: Office, page: str) -> None:
    office = empty_folder
    office.run("import", "berita", page)
    before = _contents(office)
    new = "3\n\nAPEL SENIN\n\nSenin (3/4/2023), apel digelar.\n\nSelengkapnya\n"
    newer = PAGE.replace("\n87\n", "\n1.087\n").replace("1.204", new + "1.205")
    (office.folder / page).write_text(newer)
    result = office.run("import", "berita", page)
    assert result.out == "articles/2023/apel-senin.md\n"
    assert "1 ditambahkan, 7 sudah ada." in result.err
    assert {name: text for name, text in _contents(office).items() if name in before} == before


def test_an_item_twice_on_one_page_is_added_once(empty_folder: Office, page: str) -> None:
    (empty_folder.folder / page).write_text(f"{PAGE}\nSelengkapnya\n{PAGE}")
    assert "7 ditambahkan, 7 sudah ada." in empty_folder.run("import", "berita", page).err


def test_dry_run_shows_everything_and_writes_nothing(empty_folder: Office, page: str) -> None:
    result = empty_folder.run("import", "berita", page, "--dry-run")
    assert result.out.count("--- /dev/null\n+++ b/articles/2023/") == len(ITEMS)
    assert '+title = "Apel Pagi Senin 27 Maret"' in result.out
    assert "7 akan ditambahkan, 0 sudah ada." in result.err
    assert [path.name for path in empty_folder.folder.iterdir()] == [page]


@pytest.mark.parametrize("options", [[], ["--dry-run"]], ids=["written", "dry run"])
def test_json_has_exactly_the_promised_keys(
    empty_folder: Office, page: str, options: list[str]
) -> None:
    result = empty_folder.run("import", "berita", page, "--format", "json", *options)
    outcome = json.loads(result.out)
    assert list(outcome) == ["added", "skipped", "notes"]
    assert (outcome["added"], outcome["skipped"]) == (7, 0)
    assert [list(note) for note in outcome["notes"]] == [["item", "note"]] * 3
    assert result.err == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "bukan salinan halaman"),
        (b"Daftar belanja\n\n2 kg beras\n", "bukan salinan halaman"),
        (b"Selengkapnya\nSelengkapnya\n", "bukan salinan halaman"),
        (PAGE.encode("utf-16"), "UTF-16"),
        (PAGE.encode("cp1252", "replace"), "bukan UTF-8"),
        (b"\x00\xff" * 1000, "bukan UTF-8"),
    ],
    ids=["empty", "prose", "no items", "UTF-16", "Windows", "binary"],
)
def test_other_files_are_refused_by_name(empty_folder: Office, content: bytes, words: str) -> None:
    (empty_folder.folder / "lain.txt").write_bytes(content)
    result = empty_folder.run("import", "berita", "lain.txt", code=2)
    assert re.fullmatch(rf"Kesalahan: lain\.txt:.*{words}.*\n", result.err)
    assert result.out == ""
    assert empty_folder.ids() == []


@pytest.mark.parametrize("name", ["tidak-ada.txt", "."])
def test_what_is_no_file_is_refused(empty_folder: Office, name: str) -> None:
    result = empty_folder.run("import", "berita", name, code=2)
    assert result.err.startswith(f"Kesalahan: {name}: Berkas tidak dapat dibaca:")


def test_a_hostile_page_is_harmless(empty_folder: Office) -> None:
    text = (
        "5\n\n\x1b[31mJUDUL [red]\u202e\x00\n\nKamis (30/03/2023) \x1b]0;x\x07teks.\nSelengkapnya"
    )
    (empty_folder.folder / "x.txt").write_text(text)
    for options in (["--dry-run"], ["--format", "json"], []):
        result = empty_folder.run("import", "berita", "x.txt", *options)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", result.out + result.err)
    assert 'title = "JUDUL [red]"' in empty_folder.read("2023/judul-red")


def test_killed_half_way_it_goes_on(empty_folder: Office) -> None:
    """Killed a hundred times while it writes: no article is broken, none is there twice."""
    office, number = empty_folder, 170
    (office.folder / "berita.txt").write_text(make_items(number))
    assert interrupt(office.folder, "import", 100, "berita", "berita.txt") == {"killed": 100}
    there = len(office.ids())
    assert 100 <= there < number
    assert f"{there} sudah ada." in office.run("import", "berita", "berita.txt").err
    rows = _listed(office)
    assert sorted(int(str(row["views"])) for row in rows) == list(range(1, number + 1))
    assert {str(row["date"])[:10] for row in rows} == {"2023-04-03"}


def test_folder_that_cannot_be_written(empty_folder: Office, page: str) -> None:
    (empty_folder.folder / "articles").write_text("ini berkas")
    result = empty_folder.run("import", "berita", page, code=2)
    assert "articles" in result.err
    assert Path(empty_folder.folder / "articles").read_text() == "ini berkas"
