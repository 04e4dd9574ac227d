"""Files that mean harm, or are broken: one sentence, never a traceback, never a wait."""

from __future__ import annotations

import json
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kpucli.errors import KpuError
from kpucli.importers.feed import read_feed
from kpucli.importers.folder import read_folder
from kpucli.importers.html_page import read_html_page
from kpucli.importers.message import read_message_file
from kpucli.importers.table import read_table
from kpucli.importers.word import read_word
from kpucli.importers.wordpress import find_attachments, read_wordpress
from tests.importers.helpers import FILES, NOW, WIB, chunks, split
from tests.importers.office_files import (
    make_article,
    make_docx,
    make_sheet,
    paragraph,
    picture,
    run,
)

Reader = Callable[[Path], object]


def _wordpress(path: Path) -> object:
    attachments = find_attachments(chunks(path), path)
    return split(read_wordpress(chunks(path), path, attachments, zone=WIB, now=NOW))


def _feed(path: Path) -> object:
    return split(read_feed(chunks(path), path, zone=WIB, now=NOW))


def _table(path: Path) -> object:
    return list(read_table(path, zone=WIB, now=NOW))


def _folder(path: Path) -> object:
    return list(read_folder([path], path.parent, zone=WIB, now=NOW))


def _one(read: Callable[..., object]) -> Reader:
    return lambda path: read(path, zone=WIB, now=NOW)


_word, _page, _message = _one(read_word), _one(read_html_page), _one(read_message_file)


def _refusal(read: Reader, path: Path) -> str:
    """What a reader says of a file that it refuses, within two seconds."""
    started = time.process_time()
    with pytest.raises(KpuError) as caught:
        read(path)
    assert time.process_time() - started < 2
    assert caught.value.path == path
    return str(caught.value).removeprefix(f"{path}:")


_BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_ITEM = "<channel><item><title>{text}</title></item></channel></rss>"


@pytest.mark.parametrize("read", [_wordpress, _feed])
@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (f'<!DOCTYPE r [<!ENTITY a0 "ha">{_BOMB}]><rss>{_ITEM.format(text="&a9;")}', "DOCTYPE"),
        (f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>{_ITEM}', "DOCTYPE"),
        ('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss/>', "DOCTYPE"),
        ("<rss>" + "<a>" * 200, "bersarang"),
        ("<rss><channel><item><title>a", "rusak"),
        ("<rss><channel><item></title>", "rusak"),
        ("<html><p>Bukan umpan</p></html>", "Isinya bukan"),
        ("<?xml version='1.0' encoding='klingon'?><rss/>", ""),
        ("bukan xml", "rusak"),
        ("<rss><item><title>" + "x" * 9_000_000, "8 MiB"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)  # fmt: skip
def test_hostile_xml(tmp_path: Path, read: Reader, source: str, reason: str) -> None:
    (tmp_path / "a.xml").write_text(source)
    assert reason in _refusal(read, tmp_path / "a.xml")


def test_items_before_the_broken_one_are_read() -> None:
    source = (FILES / "rss.xml").read_bytes()
    pieces: list[object] = []
    cut = source[: source.index(b"Pengumuman Lelang")]
    with pytest.raises(KpuError, match="rusak"):
        pieces += read_feed([cut], Path("a.xml"), zone=WIB, now=NOW)
    found: Iterator[object] = read_feed([cut], Path("a.xml"), zone=WIB, now=NOW)
    assert next(found)


def test_control_characters_that_are_no_xml_are_passed_over(tmp_path: Path) -> None:
    source = (FILES / "wordpress.xml").read_bytes().replace(b"Syarat:", b"Syarat\x0b\x01:")
    (tmp_path / "a.xml").write_bytes(source)
    assert "Syarat:" in str(_wordpress(tmp_path / "a.xml"))


@pytest.mark.parametrize("content", ["[" * 100_000, '{"items": ' + "[" * 100_000, '{"version": 1}',
    '{"version": "https://jsonfeed.org/version/1", "items": 5}', "{", '{"a": ' + "9" * 10_000 + "}",
    json.dumps({"version": "jsonfeed", "items": {}})])  # fmt: skip
def test_hostile_json(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    _refusal(_feed, tmp_path / "a.json")


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_zip_bombs_are_not_unpacked(tmp_path: Path) -> None:
    bomb = _zip(tmp_path / "a.docx", {"word/document.xml": b" " * 60_000_000})
    assert "terlalu besar bila dibuka" in _refusal(_word, bomb)
    many = _zip(
        tmp_path / "b.docx",
        {f"{number}": b"" for number in range(3000)} | {"word/document.xml": b""},
    )
    assert "terlalu besar bila dibuka" in _refusal(_word, many)
    long = make_docx(tmp_path / "d.docx", "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 20_000)
    assert "terlalu besar bila dibuka" in _refusal(_word, long)
    sheet = _zip(tmp_path / "c.xlsx", {"xl/workbook.xml": b" " * 250_000_000})
    assert "terlalu besar bila dibuka" in _refusal(_table, sheet)


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE d [<!ENTITY a "b">]><w:document/>',
        '<!DOCTYPE d SYSTEM "file:///etc/passwd"><w:document/>',
        "<a>" * 3000 + "</a>" * 3000,
        "<w:document>",
        "",
    ],
)
def test_hostile_documents(tmp_path: Path, document: str) -> None:
    path = _zip(tmp_path / "a.docx", {"word/document.xml": document.encode()})
    assert "word/document.xml" in _refusal(_word, path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"bukan zip", b"\xd0\xcf\x11\xe0" * 100])
def test_what_is_no_package_is_said(tmp_path: Path, content: bytes) -> None:
    for name, read in (("a.docx", _word), ("a.xlsx", _table)):
        (tmp_path / name).write_bytes(content)
        assert "rusak" in _refusal(read, tmp_path / name)


def test_pictures_that_are_elsewhere_are_not_opened(tmp_path: Path) -> None:
    """A document may name any file of the machine as its picture."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId10" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/image" Target="file:///etc/hostname" TargetMode="External"/></Relationships>'
    )
    body = paragraph(picture("rId10", "")).replace("r:embed", "r:link")
    extra = {"word/_rels/document.xml.rels": relations}
    path = make_docx(tmp_path / "a.docx", body, extra=extra)
    item = read_word(path, zone=WIB, now=NOW)
    assert item.pictures == ()
    assert "Foto ke-1 tidak ada di dalam dokumen." in item.lost


def test_a_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["judul"])
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "a.xlsx")
    started = time.process_time()
    assert _table(tmp_path / "a.xlsx") == []
    assert time.process_time() - started < 3


def test_large_cells_and_unclosed_quotes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('judul,isi\nA,"' + "x" * 2_000_000)
    assert "1 MiB" in _refusal(_table, tmp_path / "a.csv")


@pytest.mark.parametrize(
    "preamble",
    [
        "---\na: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(100)) + "---\n",
        "---\n" + "[" * 5000 + "\n---\n",
        "---\ntitle: !!python/object/apply:os.system ['true']\n---\n",
        "---\ntitle: [\n---\n",
        "---\ndate: 2022-02-31\ntitle: a\n---\n",
        "+++\ntitle = \n+++\n",
        "+++\na = " + "[" * 10_000 + "\n+++\n",
        "---\ntitle: tanpa penutup\n",
        "---\ntitle: " + "x" * 70_000 + "\n---\n",
        '{"title": ',
        "{" * 10_000,
    ],
)
def test_hostile_front_matter_is_told(tmp_path: Path, preamble: str) -> None:
    (tmp_path / "a.md").write_text(f"{preamble}Isi.\n")
    started = time.process_time()
    notes = str(_folder(tmp_path / "a.md"))
    assert time.process_time() - started < 2
    assert "Note(item='a.md" in notes


_SOURCES: dict[str, tuple[Reader, str, bytes]] = {
    "wordpress": (_wordpress, "a.xml", (FILES / "wordpress.xml").read_bytes()),
    "rss": (_feed, "a.xml", (FILES / "rss.xml").read_bytes()),
    "atom": (_feed, "a.xml", (FILES / "atom.xml").read_bytes()),
    "json": (_feed, "a.json", (FILES / "feed.json").read_bytes()),
    "page": (_page, "a.html", (FILES / "pages" / "kpu-own.html").read_bytes()),
    "joomla": (_page, "a.html", (FILES / "pages" / "joomla.html").read_bytes()),
    "message": (_message, "a.txt", (FILES / "pesan.txt").read_bytes()),
    "csv": (_table, "a.csv", (FILES / "tabel.csv").read_bytes()),
    "hugo": (_folder, "a.md", (FILES / "hugo/content/berita/apel/index.md").read_bytes()),
    "jekyll": (_folder, "a.md", (FILES / "jekyll/_posts/2022-04-20-rapat-pleno.md").read_bytes()),
    "pelican": (_folder, "a.md", (FILES / "pelican/content/kirab.md").read_bytes()),
}


@cache
def _make_document() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return make_article(Path(folder, "asli.docx")).read_bytes()


@pytest.mark.parametrize("name", [*_SOURCES, "xlsx", "docx"])
@given(data=st.data())
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_damaged_files_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    """Bytes changed, cut, doubled or put in anywhere: an outcome within two seconds."""
    folder = tmp_path_factory.mktemp("rusak", numbered=True)
    read, file_name, content = _source(name)
    damaged = bytearray(content)
    for _number in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, max(0, len(damaged) - 1)))
        end = min(len(damaged), start + data.draw(st.integers(0, 40)))
        put = data.draw(st.one_of(st.binary(max_size=20), st.sampled_from(_SPLINTERS)))
        damaged[start:end] = put * data.draw(st.sampled_from([1, 1, 1, 200]))
    path = folder / file_name
    path.write_bytes(damaged)
    started = time.process_time()
    refusal = None
    try:
        read(path)
    except KpuError as error:
        refusal = error
    assert refusal is None or (refusal.path == path and refusal.message.endswith("."))
    assert time.process_time() - started < 2


_SPLINTERS = [
    *b"<p> </p> <![CDATA[ ]]> & &lt; --- +++ {{< [ ![ 2022-13-45 <table>".split(),
    *(b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b'"', b"\n"),
]


def _source(name: str) -> tuple[Reader, str, bytes]:
    if name == "xlsx":
        return _table, "a.xlsx", make_sheet()
    if name == "docx":
        return _word, "a.docx", _make_document()
    return _SOURCES[name]


@given(st.text(max_size=200).map(lambda text: paragraph(run(text.translate({60: None, 38: None})))))
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_any_words_in_a_document(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    path = tmp_path_factory.mktemp("naskah", numbered=True) / "a.docx"
    make_docx(path, body.encode("utf-8", "ignore").decode())
    refusal = None
    try:
        read_word(path, zone=WIB, now=NOW)
    except KpuError as error:
        refusal = error
    assert refusal is None or refusal.path == path
