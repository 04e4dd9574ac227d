"""`kpucli import SOURCE` and `kpucli new --from` as users meet them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import Office
from tests.importers.helpers import FILES
from tests.importers.office_files import make_article, photograph
from tests.importers.wxr import write_wxr
from tests.interrupting import interrupt

_WORD = "sosialisasi-pemilih-pemula-di-sman-1"


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A file or folder of each source."""
    folder = tmp_path_factory.mktemp("sumber")
    return {
        "wordpress": str(FILES / "wordpress.xml"),
        "feed": str(FILES / "rss.xml"),
        "html": str(FILES / "pages"),
        "docx": str(make_article(folder / "naskah.docx")),
        "text": str(FILES / "pesan.txt"),
        "table": str(FILES / "tabel.csv"),
        "folder": str(FILES / "hugo"),
    }


@pytest.mark.parametrize(
    ("kind", "added"),
    [
        ("wordpress", 3),
        ("feed", 2),
        ("html", 4),
        ("docx", 1),
        ("text", 1),
        ("table", 4),
        ("folder", 2),
    ],
)
def test_importing_again_adds_nothing_and_keeps_edits(
    office: Office, sources: dict[str, str], kind: str, added: int
) -> None:
    result = office.run("import", kind, sources[kind])
    assert f"{added} ditambahkan, 0 sudah ada." in result.err
    paths = [office.folder / line for line in result.out.splitlines()]
    assert len(paths) == added
    assert all("imported = " in path.read_text() for path in paths)
    edited = paths[0]
    edited.write_text(
        edited.read_text().replace("+++\ntitle = ", "+++\n# disunting\ntitle = ") + "\nBaru.\n"
    )
    edited.rename(edited.with_name("nama-lain.md"))
    before = _contents(office.folder / "articles")
    again = office.run("import", kind, sources[kind])
    assert f"0 ditambahkan, {added} sudah ada." in again.err
    assert again.out == ""
    assert _contents(office.folder / "articles") == before


@pytest.mark.parametrize("kind", ["wordpress", "feed", "html", "docx", "text", "table", "folder"])
def test_a_dry_run_writes_nothing(office: Office, sources: dict[str, str], kind: str) -> None:
    result = office.run("import", kind, sources[kind], "--dry-run")
    assert "+title = " in result.out
    assert "akan ditambahkan" in result.err
    assert office.ids() == []


def test_notes_as_json(office: Office, sources: dict[str, str]) -> None:
    result = office.run("import", "wordpress", sources["wordpress"], "--format", "json")
    told = json.loads(result.out)
    assert (told["added"], told["skipped"], result.err) == (3, 0, "")
    assert {"item": "wordpress.xml", "note": "Bukan berita, dilewati: 1 page."} in told["notes"]


def test_what_is_true_of_many_items_is_said_once(office: Office) -> None:
    rows = "".join(f"Berita {number};kemarinnya\n" for number in range(50))
    (office.folder / "t.csv").write_text(f"judul;tanggal\n{rows}")
    result = office.run("import", "table", "t.csv")
    assert result.err.splitlines() == [
        "50 berita (Berita 0, Berita 1, Berita 2, …): Tanggal “kemarinnya” tidak terbaca.",
        "50 ditambahkan, 0 sudah ada.",
    ]


def test_imported_articles_are_published(office: Office, sources: dict[str, str]) -> None:
    office.run("import", "html", sources["html"])
    result = office.run("publish", code=None)
    # Photographs without words for the blind are the office's to describe.
    assert result.code == 1
    assert "MET009" in result.err + result.out
    path = next((office.folder / "articles").rglob("bimtek*.md"))
    path.write_text(path.read_text().replace("![](", "![Peserta bimtek]("))
    office.run("publish")
    page = office.folder / "public/berita/2022/rapat-koordinasi-media-sosial/index.html"
    assert "Sesi kedua rapat koordinasi" in page.read_text()


def test_categories_of_the_office_are_kept_and_others_are_tags(office: Office) -> None:
    (office.folder / "t.csv").write_text(
        "judul,kategori,tanggal\nA,Pengumuman,2022-01-01\nB,SDM,2022-01-02\n"
    )
    office.run("import", "table", "t.csv")
    assert 'category = "pengumuman"' in office.read("2022/a")
    assert 'tags = ["sdm"]' in office.read("2022/b")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["wordpress", "tidak-ada.xml"], "tidak-ada.xml: Berkas tidak dapat dibaca: tidak ada."),
        (["feed", "rusak"], "rusak:1: XML-nya rusak"),
        (["docx", "rusak"], "rusak: Berkas ini rusak"),
        (["table", "rusak"], "rusak:1: Baris pertama harus memuat nama kolom"),
        (["folder", "rusak"], "rusak: Ini bukan folder."),
        (["html", "kosong"], "kosong: Di folder ini tidak ada berkas .html"),
        (["html", "rusak"], "rusak: Di halaman ini tidak ditemukan judul dan teks berita."),
        (["docx", "naskah.odt"], "Simpan ulang sebagai .docx."),
    ],
)
def test_files_that_cannot_be_read_are_named(
    office: Office, arguments: list[str], message: str
) -> None:
    (office.folder / "rusak").write_text("bukan apa-apa")
    (office.folder / "kosong").mkdir()
    assert message in office.run("import", *arguments, code=2).err
    assert office.ids() == []


def test_one_broken_page_does_not_stop_the_others(office: Office) -> None:
    shutil.copytree(FILES / "pages", office.folder / "halaman")
    (office.folder / "halaman" / "a-rusak.html").write_bytes(b"\xff\x00<p>")
    result = office.run("import", "html", "halaman")
    assert "halaman/a-rusak.html: Di halaman ini tidak ditemukan" in result.err
    assert "4 ditambahkan" in result.err


def test_items_before_the_damage_are_kept(office: Office) -> None:
    source = (FILES / "rss.xml").read_bytes()
    (office.folder / "a.xml").write_bytes(source[: source.index(b"Pengumuman Lelang")])
    result = office.run("import", "feed", "a.xml", code=2)
    assert "1 ditambahkan" in result.err
    assert re.search(r"a\.xml:\d+: XML-nya rusak: ", result.err)
    assert len(office.ids()) == 1


def test_killed_half_way_it_goes_on(office: Office) -> None:
    """Killed 20 times while it writes: no article is broken, none is there twice."""
    number = 50
    write_wxr(office.folder / "a.xml", number, size=300)
    assert interrupt(office.folder, "import", 20, "wordpress", "a.xml") == {"killed": 20}
    there = len(office.ids())
    assert 20 <= there < number
    result = office.run("import", "wordpress", "a.xml")
    assert f"{number - there} ditambahkan, {there} sudah ada." in result.err
    titles = {office.read(name).split("\n")[1] for name in office.ids()}
    assert len(titles) == len(office.ids()) == number


def test_photographs_of_a_killed_import_are_used_again(
    office: Office, sources: dict[str, str]
) -> None:
    office.run("import", "docx", sources["docx"])
    before = _contents(office.folder / "articles")
    (office.folder / "articles" / "2022" / f"{_WORD}.md").unlink()
    office.run("import", "docx", sources["docx"])
    assert _contents(office.folder / "articles") == before


def test_photographs_lose_what_the_camera_told(office: Office, sources: dict[str, str]) -> None:
    office.run("import", "docx", sources["docx"])
    assert b"Telepon Contoh" in photograph()
    stored = (office.folder / "articles" / "2022" / _WORD / "foto-1.jpg").read_bytes()
    assert b"Telepon Contoh" not in stored


def test_nothing_is_fetched_unless_asked_and_never_from_inside(office: Office) -> None:
    """A trap on loopback that nobody may step on."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        port = trap.getsockname()[1]
        hosts = [
            f"127.0.0.1:{port}",
            f"localhost:{port}",
            f"[::ffff:127.0.0.1]:{port}",
            "2130706433",
        ]
        images = "".join(f'&lt;img src="http://{host}/a.jpg" alt="x"&gt;' for host in hosts)
        (office.folder / "a.xml").write_text(
            "<rss><channel><item><title>A</title><pubDate>Wed, 20 Apr 2022 10:00:00 +0700</pubDate>"
            f"<description>Isi. {images}</description></item></channel></rss>"
        )
        result = office.run("import", "feed", "a.xml", "--dry-run")
        assert "Foto yang tetap di situs lama: 4" in result.err
        result = office.run("import", "feed", "a.xml", "--fetch-images")
        assert result.err.count(" tidak dibawa: ") == 4
        with pytest.raises(TimeoutError):
            trap.accept()
    assert f"](http://127.0.0.1:{port}/a.jpg)" in office.read("2022/a")


def test_new_from_a_document(office: Office, sources: dict[str, str]) -> None:
    result = office.run("new", "--from", sources["docx"], "--date", "2022-04-21")
    assert result.out == f"articles/2022/{_WORD}.md\n"
    article = office.read(f"2022/{_WORD}")
    assert 'title = "Sosialisasi Pemilih Pemula di' in article
    assert 'image = { file = "foto-1.jpg", alt = "Siswa di aula" }' in article
    assert "draft" not in article
    assert "![](foto-2.jpg)" in article
    folder = office.folder / "articles" / "2022" / _WORD
    assert sorted(path.name for path in folder.iterdir()) == ["foto-1.jpg", "foto-2.jpg"]
    assert "Foto tanpa teks pengganti (alt): 1." in result.err


def test_new_from_a_document_with_another_photograph(
    office: Office, sources: dict[str, str]
) -> None:
    (office.folder / "utama.jpg").write_bytes(photograph("green"))
    arguments = ["--from", sources["docx"], "--image", "utama.jpg", "--alt", "Aula"]
    office.run("new", "Lain", *arguments, "--date", "2022-04-21")
    article = office.read("2022/lain")
    assert 'image = { file = "utama.jpg", alt = "Aula" }' in article
    assert "\n\n![Siswa di aula](foto-1.jpg)\n\n**KOTA CONTOH" in article


def test_new_from_a_message(office: Office) -> None:
    text = (FILES / "pesan.txt").read_text()
    path = office.run("new", "--from", "-", "--date", "2022-04-20", stdin=text).out.strip()
    assert path == "articles/2022/sesi-kedua-optimalisasi-media-sosial.md"
    article = (office.folder / path).read_text()
    assert "\n\nKOTA CONTOH, kpu.contoh.go.id – Rapat" in article
    assert "Humas Contoh" not in article
    assert "0812" not in article
    assert "+62" not in article


def test_new_from_a_hostile_document(office: Office) -> None:
    (office.folder / "a.docx").write_bytes(b"PK\x03\x04rusak")
    assert "a.docx: Berkas ini rusak" in office.run("new", "A", "--from", "a.docx", code=2).err
