"""`kpucli new`, as an officer meets it."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import Office

MESSAGE = """\
[20/4/22 14.03.22] Humas: *Rapat koordinasi* digelar
di aula kantor.

\u200eRapat membahas:
- data pemilih
- logistik
"""


def _front_matter(office: Office, path: str) -> dict[str, Any]:
    return tomllib.loads((office.folder / path.strip()).read_text().split("+++\n")[1])


def _body(office: Office, path: str) -> str:
    return (office.folder / path.strip()).read_text().split("+++\n")[2]


def test_only_the_path_is_on_stdout(office: Office) -> None:
    result = office.run("new", "Rapat Koordinasi")
    assert result.out == f"articles/{datetime.now().year}/rapat-koordinasi.md\n"  # noqa: DTZ005
    assert result.err == "Ini draf: bila teksnya siap terbit, hapus baris `draft = true`.\n"


def test_without_text_it_is_a_draft_dated_now(office: Office) -> None:
    data = _front_matter(office, office.run("new", "Rapat").out)
    assert (data["title"], data["tags"], data["draft"]) == ("Rapat", [], True)
    age = datetime.now(data["date"].tzinfo) - data["date"]
    assert timedelta() <= age < timedelta(minutes=1)
    assert data["date"].utcoffset() == timedelta(hours=7)


def test_every_flag_finds_its_place(office: Office) -> None:
    path = office.run(
        *("new", "Bimtek SOP", "--date", "Rabu 20/4/2022 pukul 09.00", "--slug", "bimtek"),
        *("-t", "SOP", "-t", "sop", "--tag", "Bimbingan Teknis", "--summary", "Ringkas saja."),
        *("--author", "Tim Teknis", "--category", "pengumuman", "--no-draft"),
    ).out
    assert path == "articles/2022/bimtek.md\n"
    assert (office.folder / path.strip()).read_text() == (
        '+++\ntitle = "Bimtek SOP"\ndate = 2022-04-20T09:00:00+07:00\n'
        'tags = ["sop", "bimbingan-teknis"]\nsummary = "Ringkas saja."\nauthor = "Tim Teknis"\n'
        'category = "pengumuman"\n+++\n'
    )


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("20 April 2022", "2022-04-20T00:00:00+07:00"),
        ("Rabu, 20/4/2022", "2022-04-20T00:00:00+07:00"),
        ("20 April 2022 pukul 15.00 WITA", "2022-04-20T15:00:00+08:00"),
        ("2022-04-20T15:00:00+09:00", "2022-04-20T15:00:00+09:00"),
    ],
)
def test_dates_in_words(office: Office, words: str, date: str) -> None:
    path = office.run("new", "Rapat", "--date", words).out
    assert _front_matter(office, path)["date"].isoformat() == date


@pytest.mark.parametrize(("words", "days"), [("kemarin", -1), ("besok", 1), ("lusa", 2)])
def test_days_seen_from_today(office: Office, words: str, days: int) -> None:
    date = _front_matter(office, office.run("new", "Rapat", "--date", words).out)["date"]
    assert date.date() == datetime.now(date.tzinfo).date() + timedelta(days)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--date", "31/2/2022"], "Februari 2022 terdiri dari tanggal 1 sampai 28"),
        (["--date", "Kamis 20/4/2022"], "Rabu, 20 April 2022 atau Kamis, 21 April 2022"),
        (["--date", ""], "Tanggalnya kosong"),
        (["--date", "xyz"], "tidak dapat dibaca"),
        (["--tag", "!!!"], "tidak berisi huruf atau angka"),
        (["--tag", ""], "tidak berisi huruf atau angka"),
        (["--tag", "a" * 81], "terlalu panjang"),
        (["--slug", "Huruf Besar"], "Slug “Huruf Besar” tidak sah"),
        (["--slug", "../x"], "Slug “../x” tidak sah"),
        (["--slug", ""], "Slug “” tidak sah"),
        (["--slug", "nul"], "nama perangkat"),
        (["--tag", "Aux"], "nama perangkat"),
        (["--from", "tidak-ada.txt"], "tidak-ada.txt: Berkas tidak dapat dibaca: tidak ada"),
        (["--from", ""], "Berkas tidak dapat dibaca"),
        (["--edit"], "Isi peubah lingkungan VISUAL atau EDITOR"),
    ],
    ids=" ".join,
)
def test_refusals_write_nothing(office: Office, options: list[str], words: str) -> None:
    result = office.run("new", "Rapat", *options, code=2)
    assert result.out == ""
    assert re.fullmatch(rf"Kesalahan: .*{re.escape(words)}.*\n", result.err)
    assert office.ids() == []


@pytest.mark.parametrize("title", [None, "", "  ", "\u200b\u202e"])
def test_title_is_required_off_a_terminal(office: Office, title: str | None) -> None:
    result = office.run("new", *([] if title is None else [title]), code=2)
    assert "Judul belum diisi." in result.err


def test_nothing_is_overwritten(office: Office) -> None:
    path = office.add("2022/rapat")
    before = path.read_bytes()
    result = office.run("new", "Rapat", "--date", "20/4/2022", code=2)
    assert "articles/2022/rapat.md: Artikel dengan alamat ini sudah ada" in result.err
    assert path.read_bytes() == before
    assert office.run("new", "Rapat", "--date", "20/4/2023").out == "articles/2023/rapat.md\n"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Jum'at Berkah", "jumat-berkah"),
        ("../../etc/passwd", "etc-passwd"),
        ("[red]Judul[/red]", "red-judul-red"),
        ("Rapat 😀 Pleno", "rapat-pleno"),
        ("Evaluasi 50% & “Kutipan”", "evaluasi-50-kutipan"),
        ("x" * 300, "x" * 80),
    ],
)
def test_slugs_of_odd_titles(office: Office, title: str, slug: str) -> None:
    path = office.run("new", "--date", "20/4/2022", "--", title).out
    assert path == f"articles/2022/{slug}.md\n"
    assert _front_matter(office, path)["title"] == title
    office.run("list")


@pytest.mark.parametrize("title", ["😀", "-", "…"])
def test_titles_without_letters_need_a_slug(office: Office, title: str) -> None:
    assert "tidak berisi huruf atau angka" in office.run("new", "--", title, code=2).err
    office.run("new", "--slug", "emoji", "--date", "20/4/2022", "--", title)
    assert office.ids() == ["2022/emoji"]


@pytest.mark.parametrize(
    "dirty",
    ["Rapat\nPleno", "\tRapat  Pleno ", "\x1b[31mRapat\x1b[0m Pleno", "Ra\u200bpat \u202ePleno"],
    ids=ascii,
)
def test_lines_are_cleaned(office: Office, dirty: str) -> None:
    path = office.run("new", dirty, "--summary", dirty, "--author", dirty).out
    data = _front_matter(office, path)
    assert [data[key] for key in ("title", "summary", "author")] == ["Rapat Pleno"] * 3


def test_empty_flags_are_left_out(office: Office) -> None:
    path = office.run("new", "Rapat", "--summary", " ", "--author", "", "--category", "\t").out
    assert list(_front_matter(office, path)) == ["title", "date", "tags", "draft"]


def test_a_title_as_long_as_a_book_is_refused(office: Office) -> None:
    assert "64 KiB" in office.run("new", "x" * 70_000, code=2).err
    assert office.ids() == []


@pytest.mark.parametrize("source", ["-", "pesan.txt"])
def test_a_pasted_message_becomes_paragraphs(office: Office, source: str) -> None:
    (office.folder / "pesan.txt").write_text(MESSAGE.replace("\n", "\r\n"))
    result = office.run("new", "Rapat", "--from", source, stdin=MESSAGE)
    assert _body(office, result.out) == (
        "\n**Rapat koordinasi** digelar di aula kantor.\n\nRapat membahas:\n\n"
        "- data pemilih\n- logistik\n"
    )
    assert "draft" not in _front_matter(office, result.out)
    assert result.err == ""


def test_markdown_stays_as_it_was_written(office: Office) -> None:
    (office.folder / "teks.md").write_bytes(b"\xef\xbb\xbf\r\n**Tebal**\r\nbaris dua\r\n")
    path = office.run("new", "Rapat", "--from", "teks.md", "--draft").out
    assert _body(office, path) == "\n**Tebal**\nbaris dua\n"
    assert _front_matter(office, path)["draft"] is True


def test_an_article_is_not_taken_for_text(office: Office) -> None:
    path = office.add("2022/rapat")
    result = office.run("new", "Baru", "--from", str(path), code=2)
    assert "Berkas ini sudah berupa artikel. Pindahkan" in result.err


def test_empty_text_gives_a_draft(office: Office) -> None:
    path = office.run("new", "Rapat", "--from", "-", stdin="\n \n").out
    assert _front_matter(office, path)["draft"] is True


@pytest.mark.parametrize("source", ["-", "teks.txt", "teks.md"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Rapat di caf\xe9", "Bita ke-13 bukan UTF-8"),
        ("Rapat".encode("utf-16"), "UTF-16"),
        (b"a" * (1024 * 1024 + 1), "lebih dari 1 MiB"),
        (b"*" * 600_000, "lebih dari 1 MiB"),  # as Markdown, each star is escaped
    ],
    ids=["Windows", "UTF-16", "large", "large as Markdown"],
)
def test_text_that_cannot_be_taken(office: Office, source: str, content: bytes, words: str) -> None:
    if source == "teks.md" and content.startswith(b"*"):
        pytest.skip("Markdown is taken as it is")
    (office.folder / "teks.txt").write_bytes(content)
    (office.folder / "teks.md").write_bytes(content)
    assert words in office.run("new", "Rapat", "--from", source, stdin=content, code=2).err
    assert office.ids() == []


def test_a_missing_folder_is_made(empty_folder: Office) -> None:
    empty_folder.run("new", "Rapat", "--date", "20/4/2022")
    assert empty_folder.ids() == ["2022/rapat"]


def test_from_below_the_office_the_path_leads_back(office: Office) -> None:
    below = Office(office.folder / "foto")
    below.folder.mkdir()
    assert below.run("new", "X", "--date", "20/4/2022").out == "../articles/2022/x.md\n"


def test_a_category_is_one_of_the_offices(office: Office) -> None:
    office.run("new", "Rapat Pleno", "--category", " Opini\n", "--no-draft")
    (article_id,) = office.ids()
    assert 'category = "opini"\n' in office.read(article_id)
    result = office.run("new", "Rapat Kerja", "--category", "opni", code=2)
    assert "Kategori “opni” tidak dikenal. Pilih berita, pengumuman, artikel, opini" in result.err
    assert office.ids() == [article_id]
