"""`kpucli list`: a table for people, and the formats that scripts rely on."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest

from tests.conftest import Office, make_environment
from tests.terminal import run_on_terminal

HOSTILE = r"Judul [red]x[/red] [/b] :smile: \u001b[31m \u202Eterbalik \u009b1m"
CONTROLS = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]")


@pytest.fixture
def archive(office: Office) -> Office:
    """Five articles, one of each status and a withdrawn one, told apart by their first letter."""
    office.add(
        "2022/apel",
        'title = "Apel pagi"\ndate = 2022-04-18T08:00:00+07:00\ntags = ["apel"]\nviews = 1234567',
    )
    office.add(
        "2022/bimtek",
        'title = "Bimtek penyusunan SOP"\ndate = 2022-04-14\ntags = ["SOP", "media sosial"]\n'
        'views = 55\nauthor = "Tim Teknis"\nsummary = "Ringkasan bimtek."',
        "Teks tentang tata laksana\nbirokrasi.\n",
    )
    office.add("2023/cuti", 'title = "Cuti bersama"\ndraft = true')
    office.add("2099/debat", 'title = "Debat publik"\ncategory = "pengumuman"')
    office.add("2023/edaran", 'title = "Edaran"\nwithdrawn = { date = 2023-05-01, reason = "x" }')
    return office


def _slugs(office: Office, *options: str) -> list[str]:
    out = office.run("list", "--format", "plain", *options).out
    return [path.rpartition("/")[2].removesuffix(".md") for path in out.splitlines()]


def test_json_is_exactly_as_promised(archive: Office) -> None:
    rows = json.loads(archive.run("list", "--format", "json", "--until", "2022").out)
    assert rows == [
        {
            "slug": "apel",
            "path": "articles/2022/apel.md",
            "url": "/berita/2022/apel/",
            "title": "Apel pagi",
            "date": "2022-04-18T08:00:00+07:00",
            "status": "published",
            "tags": ["apel"],
            "category": "berita",
            "author": "Humas KPU Kota Contoh",
            "views": 1234567,
        },
        {
            "slug": "bimtek",
            "path": "articles/2022/bimtek.md",
            "url": "/berita/2022/bimtek/",
            "title": "Bimtek penyusunan SOP",
            "date": "2022-04-14T00:00:00+07:00",
            "status": "published",
            "tags": ["SOP", "media sosial"],
            "category": "berita",
            "author": "Tim Teknis",
            "views": 55,
        },
    ]
    keys = ["slug", "path", "url", "title", "date", "status", "tags", "category", "author", "views"]
    assert [list(row) for row in rows] == [keys, keys]


def test_csv_has_the_same_columns(archive: Office) -> None:
    out = archive.run("list", "--format", "csv", "--tag", "sop").out
    assert out == (
        "slug,path,url,title,date,status,tags,category,author,views\r\n"
        "bimtek,articles/2022/bimtek.md,/berita/2022/bimtek/,Bimtek penyusunan SOP,"
        "2022-04-14T00:00:00+07:00,published,SOP;media sosial,berita,Tim Teknis,55\r\n"
    )


def test_plain_is_one_path_a_line(archive: Office) -> None:
    out = archive.run("list", "--format", "plain", "--until", "2022").out
    assert out == "articles/2022/apel.md\narticles/2022/bimtek.md\n"


def test_piped_table_is_whole_and_colourless(archive: Office) -> None:
    archive.add("2022/panjang", f'title = "{"Sangat panjang " * 20}"\ndate = 2022-04-13')
    out = archive.run("list", "--until", "2022").out
    assert [" ".join(line.strip("─").split()) for line in out.splitlines()] == [
        "Tanggal Judul Tag Status Dilihat",
        "",
        "18 Apr 2022 Apel pagi apel terbit 1.234.567",
        "14 Apr 2022 Bimtek penyusunan SOP SOP, media sosial terbit 55",
        f"13 Apr 2022 {'Sangat panjang ' * 20}terbit –",
        "",
        "3 berita 1.234.622",
    ]
    assert "\x1b" not in out
    assert " \n" not in out


def test_table_names_every_status(archive: Office) -> None:
    out = archive.run("list").out
    for word in ("terbit", "draf", "terjadwal", "ditarik"):
        assert re.search(rf" {word} ", out)


@pytest.mark.parametrize("columns", [40, 66, 80, 120])
def test_table_on_a_terminal_cuts_nothing(archive: Office, columns: int) -> None:
    title = "Rapat koordinasi persiapan pemungutan suara ulang di seluruh kecamatan"
    tags = ["sosialisasi-dan-pendidikan-pemilih", "bimbingan-teknis", "media-sosial"]
    archive.add("2022/panjang", f'title = "{title}"\ntags = {tags}\nviews = 1234567\ndraft = true')
    session = run_on_terminal(archive.folder, "list", columns=columns)
    shown = re.sub(r"\x1b\[[\d;]*m", "", session.screen)
    assert "…" not in shown
    assert "1.234.567" in shown
    pieces = [re.split(r" {3,}", line.strip()) for line in shown.splitlines()]
    assert all(len(line) <= max(columns, 66) for line in shown.splitlines())
    letters = "".join(piece for line in pieces for piece in line).replace(" ", "")
    for word in ("koordinasi", "pemungutan", "seluruh"):
        assert word in letters
    assert "\x1b[" in session.screen


def test_no_color_is_respected(archive: Office) -> None:
    screen = run_on_terminal(archive.folder, "list", NO_COLOR="1").screen
    assert not re.search(r"\x1b\[(?:[\d;]*;)?[349]\d", screen)


@pytest.mark.parametrize(
    ("options", "slugs"),
    [
        ([], ["debat", "cuti", "edaran", "apel", "bimtek"]),
        (["--tag", "sop"], ["bimtek"]),
        (["--tag", "S.O.P", "--tag", "Media-Sosial"], ["bimtek"]),
        (["--tag", "sop", "-t", "apel"], []),
        (["--status", "draf"], ["cuti"]),
        (["--status", "draft", "--status", "DITARIK"], ["cuti", "edaran"]),
        (["--status", "terjadwal"], ["debat"]),
        (["--status", "published"], ["apel", "bimtek"]),
        (["--since", "18 April 2022", "--until", "18/4/2022"], ["apel"]),
        (["--since", "April 2022", "--until", "April 2022"], ["apel", "bimtek"]),
        (["--until", "17 April 2022"], ["bimtek"]),
        (["--since", "besok"], ["debat"]),
        (["--author", "teknis"], ["bimtek"]),
        (["--author", "HUMAS", "--until", "2022"], ["apel"]),
        (["--search", "laksana birokrasi"], ["bimtek"]),
        (["--search", "RINGKASAN"], ["bimtek"]),
        (["--search", "cuti"], ["cuti"]),
        (["--search", "tidak ada"], []),
        (["--sort", "views"], ["apel", "bimtek", "cuti", "edaran", "debat"]),
        (["--sort", "views", "--reverse"], ["cuti", "edaran", "debat", "bimtek", "apel"]),
        (["--sort", "title"], ["apel", "bimtek", "cuti", "debat", "edaran"]),
        (["--sort", "title", "--reverse", "-n", "2"], ["edaran", "debat"]),
        (["--reverse"], ["bimtek", "apel", "cuti", "edaran", "debat"]),
        (["--limit", "1"], ["debat"]),
        (["--limit", "0"], []),
        (["--limit", "99"], ["debat", "cuti", "edaran", "apel", "bimtek"]),
    ],
    ids=lambda value: " ".join(value) or "-",
)
def test_filters_and_order(archive: Office, options: list[str], slugs: list[str]) -> None:
    assert _slugs(archive, *options) == slugs


def test_what_is_due_is_published_by_itself(office: Office) -> None:
    wib = timezone(timedelta(hours=7))
    for slug, minutes in (("tadi", -1), ("nanti", 1)):
        moment = datetime.now(wib) + timedelta(minutes=minutes)
        office.add(f"{moment.year}/{slug}", f"date = {moment.isoformat(timespec='seconds')}")
    assert _slugs(office, "--status", "terbit") == ["tadi"]
    assert _slugs(office, "--status", "terjadwal") == ["nanti"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--status", "baru"], "Pilih salah satu: terbit, draf, terjadwal, ditarik."),
        (["--since", "31/4/2022"], "April 2022 terdiri dari tanggal 1 sampai 30"),
        (["--until", "entah"], "tidak dapat dibaca"),
        (["--sort", "tags"], "'tags' tidak termasuk pilihan 'date', 'views', 'title'"),
        (["--limit", "-1"], "-1 di luar rentang"),
        (["--format", "xml"], "tidak termasuk pilihan"),
    ],
    ids=" ".join,
)
def test_wrong_options_are_refused(archive: Office, options: list[str], words: str) -> None:
    result = archive.run("list", *options, code=2)
    assert words in result.err
    assert result.out == ""


@pytest.mark.parametrize("format_name", ["table", "json", "csv", "plain"])
def test_hostile_titles_are_harmless(office: Office, format_name: str) -> None:
    office.add("2022/a", f'title = "{HOSTILE}"\ntags = ["{HOSTILE}"]\nauthor = "{HOSTILE}"')
    out = office.run("list", "--format", format_name).out
    assert not CONTROLS.search(out)
    if format_name == "json":
        assert json.loads(out)[0]["title"] == json.loads(f'"{HOSTILE}"')
    if format_name == "table":
        assert r"Judul [red]x[/red] [/b] :smile: \x1b[31m \u202eterbalik \x9b1m" in out


def test_hostile_titles_are_harmless_on_a_terminal(office: Office) -> None:
    office.add("2022/a", f'title = "{HOSTILE}"')
    screen = run_on_terminal(office.folder, "list").screen
    assert r"[red]x[/red]" in screen
    assert not CONTROLS.search(re.sub(r"\x1b\[[\d;]*m", "", screen))


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@sum", "  =1"])
def test_no_csv_cell_is_a_formula(office: Office, text: str) -> None:
    office.add("2022/a", f'title = "{text}"\nauthor = "{text}"\ntags = ["sop", "{text}"]')
    row = next(csv.DictReader(io.StringIO(office.run("list", "--format", "csv").out)))
    assert (row["title"], row["author"]) == (f"'{text}", f"'{text}")
    assert row["tags"] == f"sop;'{text}"


@pytest.mark.parametrize("format_name", ["table", "json", "csv", "plain"])
def test_broken_articles_are_named_and_the_rest_is_listed(
    archive: Office, format_name: str
) -> None:
    archive.write("2022/rusak", "tanpa pembuka\n")
    archive.write("2022/bukan-utf8", b'+++\ntitle = "\xff"\n+++\n')
    archive.write("2022/tanggal", '+++\ntitle = "x"\ndate = 2022-04-31\n+++\n')
    result = archive.run("list", "--format", format_name, code=2)
    assert "bimtek" in result.out.lower()
    errors = sorted(result.err.splitlines())
    assert [re.sub(r"(:\d+:).*", r"\1", error) for error in errors] == [
        "Kesalahan: articles/2022/bukan-utf8.md:2:",
        "Kesalahan: articles/2022/rusak.md:1:",
        "Kesalahan: articles/2022/tanggal.md:3:",
    ]


def test_empty_archive(office: Office) -> None:
    assert office.run("list").out.splitlines()[-1].split() == ["0", "berita", "0"]
    assert office.run("list", "--format", "json").out == "[]\n"
    assert office.run("list", "--format", "csv").out.count("\n") == 1
    assert office.run("list", "--format", "plain").out == ""


def test_missing_folder_is_told_with_a_way_out(empty_folder: Office) -> None:
    result = empty_folder.run("list", code=2)
    assert result.err == (
        "Kesalahan: Folder articles tidak ada. Jalankan perintah ini di folder kantor Anda, "
        "atau mulai dengan `kpucli init`.\n"
    )


@pytest.mark.parametrize("format_name", ["table", "json", "plain"])
def test_a_reader_that_goes_away_is_no_trouble(archive: Office, format_name: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kpucli", "list", "--format", format_name],
        cwd=archive.folder,
        env=make_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    process.stdout.close()  # as `| head -1` does
    assert process.communicate()[1] == b""
    assert process.returncode == 1
