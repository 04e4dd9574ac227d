"""Each source on a file as such sources write them: what becomes an article, and what is told."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from kpucli.errors import KpuError
from kpucli.importers.feed import read_feed
from kpucli.importers.folder import find_posts, read_folder
from kpucli.importers.html_page import read_html_page
from kpucli.importers.item import ImportedItem
from kpucli.importers.message import read_message, read_message_file
from kpucli.importers.table import read_table
from kpucli.importers.word import read_word
from kpucli.importers.wordpress import find_attachments, read_wordpress
from tests.importers.helpers import FILES, NOW, WIB, chunks, split
from tests.importers.office_files import make_article, make_docx, paragraph, run


def _read_wordpress(path: Path) -> tuple[dict[str, ImportedItem], list[str]]:
    attachments = find_attachments(chunks(path), path)
    return split(read_wordpress(chunks(path), path, attachments, zone=WIB, now=NOW))


def _read_feed(path: Path) -> tuple[dict[str, ImportedItem], list[str]]:
    return split(read_feed(chunks(path), path, zone=WIB, now=NOW))


def _read_table(path: Path) -> tuple[dict[str, ImportedItem], list[str]]:
    return split(read_table(path, zone=WIB, now=NOW))


def _read_folder(root: Path) -> tuple[dict[str, ImportedItem], list[str]]:
    return split(read_folder(find_posts(root), root, zone=WIB, now=NOW))


def _read_page(name: str) -> ImportedItem:
    return read_html_page(FILES / "pages" / f"{name}.html", zone=WIB, now=NOW)


def test_wordpress_posts() -> None:
    items, notes = _read_wordpress(FILES / "wordpress.xml")
    assert list(items) == [
        "Rapat Pleno Rekapitulasi DPB Triwulan I & Evaluasi",
        "PENGUMUMAN SELEKSI PPK",
        "Draf: Apel",
    ]  # fmt: skip
    pleno, ppk, draft = items.values()
    assert pleno.date.isoformat() == "2022-04-20T10:30:15+07:00"
    assert (pleno.slug, pleno.category) == ("rapat-pleno-dpb", "Berita")
    assert pleno.tags == ("Data dan Informasi", "DPB")
    assert pleno.aliases == ("/2022/04/20/rapat-pleno-dpb/",)
    assert pleno.summary == "Rapat pleno DPB triwulan pertama."
    assert pleno.main is not None
    assert pleno.main.address == "https://kpu.contoh.go.id/wp-content/uploads/2022/04/pleno.jpg"
    assert "1. Pemilih laki-laki: 312.044\n2. Pemilih perempuan: 325.118\n   - baru" in pleno.body
    assert "| Klojen | 74.102 |" in pleno.body
    assert "km²" in pleno.body
    assert "wp:" not in pleno.body
    assert pleno.lost == ("Blok wp:latest-posts tidak dibawa.",)
    assert (draft.is_draft, draft.aliases, draft.category) == (True, (), None)
    assert draft.date.isoformat() == "2022-04-24T08:00:00+07:00"
    assert [note.partition(": ")[2] for note in notes] == [
        f"Bukan berita, dilewati: 1 {kind}."
        for kind in ("attachment", "page", "nav_menu_item", "trash")
    ]
    assert not ppk.is_draft


def test_wordpress_texts_of_the_classic_editor_and_their_shortcodes() -> None:
    ppk = _read_wordpress(FILES / "wordpress.xml")[0]["PENGUMUMAN SELEKSI PPK"]
    assert ppk.body.split("\n\n") == [
        (
            "Malang – Berdasarkan PKPU Nomor 3 Tahun 2018, KPU Kota Contoh membuka seleksi "
            "\\[catatan: tanpa biaya].\\\nBerkas dikirim ke kpu_contoh@kpu.go.id "
            "\\* paling lambat\\* 12 Desember 2017."
        ),
        "Syarat:",
        "- WNI\n- Berusia 17 tahun",
        (
            "![Alur seleksi PPK](https://kpu.contoh.go.id/wp-content/uploads/2017/12/ppk.png "
            '"Alur seleksi PPK")'
        ),
        "![](https://kpu.contoh.go.id/wp-content/uploads/2022/04/pleno.jpg)",
        "Info lebih lanjut **hubungi kami**.",
        "Paragraf",
        "berikutnya.",
        "[Peta kantor](https://www.google.com/maps/embed?pb=1)",
    ]
    assert "Kode pendek dibuang: vc_row, vc_column, contact-form-7." in ppk.lost
    assert "Galeri foto tidak dibawa seluruhnya." in ppk.lost
    assert any("?p=55 tidak dapat diteruskan" in note for note in ppk.lost)


@pytest.mark.parametrize(
    ("local", "universal", "stated"),
    [
        ("2022-04-20 10:30:15", "2022-04-20 03:30:15", "2022-04-20T10:30:15+07:00"),
        ("2022-04-20 11:30:15", "2022-04-20 03:30:15", "2022-04-20T11:30:15+08:00"),
        ("2022-04-20 10:30:15", "0000-00-00 00:00:00", "2022-04-20T10:30:15+07:00"),
        ("2022-04-20 10:30:15", "2021-01-01 03:30:15", "2022-04-20T10:30:15+07:00"),
        ("2022-04-20 03:30:15", "2022-04-20 03:30:15", "2022-04-20T10:30:15+07:00"),
    ],
)
def test_wordpress_dates_tell_their_zone(
    tmp_path: Path, local: str, universal: str, stated: str
) -> None:
    source = (FILES / "wordpress.xml").read_text()
    source = source.replace("2022-04-20 10:30:15", local).replace("2022-04-20 03:30:15", universal)
    (tmp_path / "x.xml").write_text(source)
    items, _notes = _read_wordpress(tmp_path / "x.xml")
    assert next(iter(items.values())).date.isoformat() == stated


def test_rss() -> None:
    items, _notes = _read_feed(FILES / "rss.xml")
    school, tender = items.values()
    assert school.date.isoformat() == "2022-04-21T13:05:00+07:00"
    assert school.tags == ("Sosdiklih", "Pemilih Pemula")
    assert school.author == "Humas KPU"
    assert school.body.endswith(
        "\n\n![Siswa mengikuti sosialisasi](https://kpu.contoh.go.id/foto/sman1.jpg)"
    )
    assert (tender.title, tender.doubt) == (
        "Pengumuman Lelang & Pengadaan", "Tanggal “bukan tanggal” tidak terbaca.",
    )  # fmt: skip
    assert any("awal teks" in note for note in tender.lost)


def test_atom_and_json_feed() -> None:
    apel = _read_feed(FILES / "atom.xml")[0]["Apel Senin"]
    assert apel.body == "Apel digelar **pukul 08.00**.\n\n- Ketua\n- Sekretaris"
    assert (apel.date.isoformat(), apel.tags) == ("2022-04-18T08:00:00+08:00", ("Apel",))
    items, notes = _read_feed(FILES / "feed.json")
    assert list(items) == ["Rapat < Pleno", "Tanpa isi"]
    assert items["Rapat < Pleno"].body == "Baris satu.\n\nBaris \\*dua\\*."
    assert items["Tanpa isi"].doubt is not None
    assert notes == ["feed.json, butir ke-3: Kosong; dilewati."]


@pytest.mark.parametrize(
    ("name", "title", "date", "views", "alias", "starts", "ends"),
    [
        ("wordpress-theme", "Mahasiswa Akhiri Magang", "2021-09-08T13:12:44+07:00", None,
         "/2021/09/08/magang-mahasiswa/", "**KOTA CONTOH, kpu.contoh.go.id** – Rabu",
         "dengan doa."),
        ("joomla", "BIMTEK PENYUSUNAN SOP", "2022-04-14T10:00:00+07:00", 1044,
         "/index.php/berita/12-bimtek", "![](https://kpu.contoh.go.id/images/2022/bimtek.jpg)",
         "2. Praktik"),
        ("kpu-own", "Rapat Koordinasi Media Sosial", "2022-04-20T00:00:00+07:00", 54, None,
         "![Peserta rakor](kpu-own_files/rakor.jpg)\n\nSesi kedua", "hari Rabu (20/4/2022)."),
        ("kpu-platform", "KPU Kota Contoh Gelar Kirab Pemilu", "2023-07-17T00:00:00+07:00", 366,
         "/berita/baca/7851/kirab", "![kirab](https://kota-contoh.kpu.go.id/storage/kirab.jpeg)",
         "sosialisasi Pemilu 2024."),
    ],
)  # fmt: skip
def test_pages_of_kpu_sites(
    name: str, title: str, date: str, views: int | None, alias: str | None, starts: str, ends: str
) -> None:
    item = _read_page(name)
    assert (item.title, item.date.isoformat(), item.views) == (title, date, views)
    assert item.aliases == ((alias,) if alias else ())
    assert item.body.startswith(starts)
    assert item.body.endswith(ends)
    assert not {"Beranda", "Bagikan", "Cetak", "Populer", "Terpopuler"} & set(item.body.split())


def test_photographs_saved_beside_a_page_come_along() -> None:
    picture = _read_page("kpu-own").pictures[0]
    assert picture.read is not None
    assert picture.read() == (FILES / "pages" / "kpu-own_files" / "rakor.jpg").read_bytes()


@pytest.mark.parametrize(
    "name", ["../rahasia.jpg", "/etc/hostname", "tautan.jpg", "%2e%2e/rahasia.jpg"]
)
def test_a_page_reaches_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "rahasia.jpg").write_bytes(b"rahasia")
    folder = tmp_path / "halaman"
    folder.mkdir()
    (folder / "tautan.jpg").symlink_to("../rahasia.jpg")
    page = folder / "a.html"
    page.write_text(f"<h1>Judul</h1><p>{'kata ' * 50}</p><img src='{name}' alt='x'>")
    item = read_html_page(page, zone=WIB, now=NOW)
    assert all(picture.read is None for picture in item.pictures)


@pytest.mark.parametrize("holder", ["a", "img", "li", "td", "h2", "b", "table"])
def test_whatever_holds_the_words_they_are_read(tmp_path: Path, holder: str) -> None:
    words = "Rapat dibuka di aula kantor dan dihadiri seluruh anggota serta sekretariat. " * 3
    (tmp_path / "a.html").write_text(
        f"<h1>Rapat</h1><{holder} itemprop=articleBody><p>{words}</p></{holder}>"
        "<p>20 April 2022</p>"
    )
    item = read_html_page(tmp_path / "a.html", zone=WIB, now=NOW)
    assert words.strip() in item.body


MACHINE = {"@type": "NewsArticle", "headline": "Rapat Pleno", "datePublished": "2022-04-19"}


@pytest.mark.parametrize(
    "said", [MACHINE, [MACHINE], {"@graph": [{"@type": "WebSite"}, MACHINE]}], ids=str
)
def test_what_a_page_says_for_machines_goes_before_what_it_shows(
    tmp_path: Path, said: object
) -> None:
    script = '<script type="application/ld+json">'
    (tmp_path / "a.html").write_text(
        f"{script}{{rusak</script>{script}[1]</script>{script}{json.dumps(said)}</script>"
        f"<h1>Rapat Pleno</h1><p>{'kata ' * 50}</p><p>20 April 2022</p>"
    )
    item = read_html_page(tmp_path / "a.html", zone=WIB, now=NOW)
    assert (item.title, item.date.date().isoformat()) == ("Rapat Pleno", "2022-04-19")


def test_a_page_without_news_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<ul><li><a href=x>Beranda</a></li></ul>")
    with pytest.raises(KpuError, match="tidak ditemukan judul dan teks berita"):
        read_html_page(tmp_path / "a.html", zone=WIB, now=NOW)


def test_word(tmp_path: Path) -> None:
    item = read_word(make_article(tmp_path / "naskah.docx"), zone=WIB, now=NOW)
    assert item.title == "SOSIALISASI PEMILIH PEMULA DI SMAN 1"
    assert (item.date.isoformat(), item.doubt) == ("2022-04-21T00:00:00+07:00", None)
    assert item.main is not None
    assert (item.main.address, item.main.alt) == ("foto-1", "Siswa di aula")
    assert item.body == (
        "**KOTA CONTOH, kpu.contoh.go.id** – Sebanyak 120 siswa hadir, *Kamis* (21/4/2022). "
        "Bahannya di [laman KPU](https://kpu.contoh.go.id/bahan?a=1&b=2).\n\n## Materi\n\n"
        "1. Tahapan pemilu\n   - Pendaftaran\n2. Hak pilih\n\n"
        "| Kelas | Siswa |\n| --- | --- |\n| X | 70 |\n| XI \\| IPA | 50 |\n\n"
        "![](foto-2)\n\n“Gunakan hak pilih,” ujar Ketua. ~~Coret~~ m²"
    )


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (paragraph(run("Apel Senin"), style="Judul1"), "Apel Senin"),
        (paragraph(run("APEL SENIN")), "APEL SENIN"),
        (
            paragraph(run("Apel Senin, ", "<w:b/>"), run("18 April", "<w:b/>")),
            "Apel Senin, 18 April",
        ),
        (paragraph(run("Apel senin digelar di halaman kantor.")), "Naskah apel"),
    ],
)
def test_the_title_of_a_document(tmp_path: Path, first: str, title: str) -> None:
    path = make_docx(tmp_path / "naskah_apel.docx", first + paragraph(run("Isi.")))
    assert read_word(path, zone=WIB, now=NOW).title == title


def test_messages_of_whatsapp() -> None:
    item = read_message_file(FILES / "pesan.txt", zone=WIB, now=NOW)
    assert item.title == "SESI KEDUA OPTIMALISASI MEDIA SOSIAL"
    assert item.date.isoformat() == "2022-04-20T00:00:00+07:00"
    assert item.body == (
        "KOTA CONTOH, kpu.contoh.go.id – Rapat koordinasi dibuka *Ketua* KPU pada Rabu (20/4/2022)."
        "\n\nAgenda:\n\n- Sambutan\n- ~~Makan siang~~ Materi TikTok\n1. Konten\n2. `hashtag #KPU`"
        "\n\nDiteruskan ke semua ya"
    )


@pytest.mark.parametrize(
    "header",
    ["[20/4 10.15] Ibu Sari: ", "[20/04/22 10.15.30] +62 812-3456-7890: ",
     "20/04/22 10.15 - ~ Pak Budi: ", "[20/4/2022, 10:15 AM] Humas: "],
)  # fmt: skip
def test_neither_names_nor_numbers_of_senders_are_kept(header: str) -> None:
    text = f"{header}*Apel*\n{header}<Media tidak disertakan>\n{header}Isi @6281234567890 berita.\n"
    item = read_message(text, Path("x.txt"), zone=WIB, now=NOW)
    assert (item.title, item.body) == ("Apel", "Isi berita.")


def test_csv() -> None:
    items, notes = _read_table(FILES / "tabel.csv")
    apel, link, undated, strange = items.values()
    assert apel.date.isoformat() == "2022-04-18T00:00:00+07:00"
    assert (apel.tags, apel.category, apel.views) == (("apel", "sdm"), "Berita", 1204)
    assert apel.body == "Apel pagi digelar.\n\nDipimpin Ketua."
    assert (link.date.hour, link.is_draft, link.body) == (9, True, "Isi **tebal**")
    assert (undated.date.day, undated.doubt) == (21, None)
    assert strange.doubt == "Tanggal “32/13/2022” tidak terbaca."
    assert notes == ["tabel.csv: Kolom yang tidak dibawa: Rahasia."]


def _write_sheet(path: Path, rows: list[list[str]]) -> None:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.create_sheet("Kosong", 0)
    book.save(path)


def test_xlsx_gives_what_csv_gives(tmp_path: Path) -> None:
    with (FILES / "tabel.csv").open(newline="") as file:
        rows = [[cell.removeprefix("=") for cell in row] for row in csv.reader(file, delimiter=";")]
    _write_sheet(tmp_path / "tabel.xlsx", rows)
    items, _notes = _read_table(tmp_path / "tabel.xlsx")
    expected, _more = _read_table(FILES / "tabel.csv")
    assert [item.body for item in items.values()] == [item.body for item in expected.values()]
    assert [item.date for item in items.values()] == [item.date for item in expected.values()]


def test_english_headers_and_real_dates(tmp_path: Path) -> None:
    from datetime import datetime

    book = Workbook()
    assert book.active is not None
    book.active.append(["Title", "Published at", "Body", "Views", "Tags"])
    book.active.append(["Apel", datetime(2022, 4, 18, 8, 0), "Isi.", 44.0, "a|b"])  # noqa: DTZ001
    book.save(tmp_path / "a.xlsx")
    apel = _read_table(tmp_path / "a.xlsx")[0]["Apel"]
    assert (apel.date.isoformat(), apel.views, apel.tags) == (
        "2022-04-18T08:00:00+07:00", 44, ("a", "b"),
    )  # fmt: skip


def test_a_table_without_known_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    with pytest.raises(KpuError, match="sedikitnya “judul” atau “isi”"):
        _read_table(tmp_path / "a.csv")


def test_hugo() -> None:
    items, notes = _read_folder(FILES / "hugo")
    apel, pleno = items["Apel Senin"], items["Rapat Pleno"]
    assert (apel.slug, apel.aliases, apel.category) == ("apel", ("/berita/apel/",), "Berita")
    assert [picture.read is not None for picture in apel.pictures] == [True, True]
    assert apel.lost == ("Kode pendek dibuang: peta.",)
    assert pleno.aliases == ("/lama/pleno/", "/berita/pleno/")
    assert (pleno.slug, pleno.is_draft, pleno.date.isoformat()) == (
        "pleno-dpb", True, "2022-04-20T00:00:00+07:00",
    )  # fmt: skip
    assert notes == ["hugo: Dilewati: 1 berkas _index."]


def test_jekyll() -> None:
    items, _notes = _read_folder(FILES / "jekyll")
    pleno = items["Rapat Pleno DPB"]
    assert pleno.body == "Rapat pleno digelar. [Berkas](/berkas.pdf)\nSelesai."
    assert pleno.aliases == ("/berita/pleno/2022/04/20/rapat-pleno.html",)
    assert (pleno.category, pleno.tags) == ("berita", ("pleno", "dpb", "pleno"))
    assert items["Belum"].is_draft


def test_pelican() -> None:
    items, notes = _read_folder(FILES / "pelican")
    kirab = items["Kirab Pemilu"]
    assert kirab.body == "Kirab ![Kirab](/images/kirab.png) digelar."
    assert kirab.pictures[0].read is not None
    assert kirab.date.isoformat() == "2023-07-17T08:30:00+07:00"
    assert notes == [
        "content/catatan.md: Tidak berisi judul dan tanggal di atas teksnya; dilewati."
    ]


READERS: list[Callable[[Path], object]] = [_read_wordpress, _read_feed, _read_table]


@pytest.mark.parametrize("read", READERS)
def test_a_file_that_is_not_there_is_named(read: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "kosong.csv").write_bytes(b"")
    with pytest.raises(KpuError) as error:
        read(tmp_path / "kosong.csv")
    assert error.value.path == tmp_path / "kosong.csv"
