"""`kpucli init`: a folder that publishes at once."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.conftest import Office
from tests.terminal import CTRL_C, run_on_terminal

OPTIONS = ("--name", "KPU Kota Batu", "--base-url", "https://kpu.batukota.go.id")


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _settings(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "kpucli.toml").read_text())


def test_the_new_folder_is_clean_and_publishes(empty_folder: Office) -> None:
    result = empty_folder.run("init", "batu", *OPTIONS)
    paths = result.out.splitlines()
    assert [Path(path).name for path in paths] == [
        "selamat-datang.md",
        ".gitignore",
        "kpucli.toml",
    ]
    assert "masuk dengan `cd batu`" in result.err
    office = Office(empty_folder.folder / "batu")
    office.run("lint")
    office.run("publish")
    page = (office.folder / "public" / "index.html").read_text()
    assert "Selamat Datang di Ruang Berita KPU Kota Batu" in page


def test_git_sees_only_what_the_office_writes(empty_folder: Office) -> None:
    empty_folder.run("init", *OPTIONS)
    empty_folder.run("publish")
    subprocess.run(["git", "init", "-q"], cwd=empty_folder.folder, check=True)
    status = subprocess.run(
        ["git", "status", "--short"], cwd=empty_folder.folder, check=True, capture_output=True
    )
    assert {line.split()[1] for line in status.stdout.decode().splitlines()} == {
        ".gitignore", "articles/", "kpucli.toml"
    }  # fmt: skip


def test_the_configuration_says_what_was_given(empty_folder: Office) -> None:
    empty_folder.run("init", *OPTIONS, "--timezone", "wita")
    assert _settings(empty_folder.folder) == {
        "name": "KPU Kota Batu",
        "long_name": "Komisi Pemilihan Umum Kota Batu",
        "description": "Kabar kegiatan dan pengumuman resmi Komisi Pemilihan Umum Kota Batu.",
        "base_url": "https://kpu.batukota.go.id",
        "author": "Humas KPU Kota Batu",
        "timezone": "WITA",
        "tag_labels": {"sop": "SOP"},
    }


def test_off_a_terminal_nothing_is_asked(empty_folder: Office) -> None:
    result = empty_folder.run("init")
    assert result.err.startswith("Folder siap.\n")
    assert _settings(empty_folder.folder)["name"] == "KPU"
    empty_folder.run("publish")


def test_on_a_terminal_what_is_missing_is_asked(empty_folder: Office) -> None:
    answers = [("Nama kantor [KPU]: ", "KPU Kota Batu\n"), ("Zona waktu", "\n")]
    session = run_on_terminal(
        empty_folder.folder, "init", "x", "--base-url", "https://a.go.id", answers=answers
    )
    assert session.code == 0
    settings = _settings(empty_folder.folder / "x")
    assert (settings["name"], settings["timezone"]) == ("KPU Kota Batu", "WIB")


def test_ctrl_c_at_a_question_writes_nothing(empty_folder: Office) -> None:
    session = run_on_terminal(empty_folder.folder, "init", "x", answers=[("Nama", CTRL_C)])
    assert session.code in (1, 130)
    assert list(empty_folder.folder.iterdir()) == []


def test_a_second_time_is_refused_and_changes_nothing(empty_folder: Office) -> None:
    empty_folder.run("init", *OPTIONS)
    before = _files(empty_folder.folder)
    result = empty_folder.run("init", "--name", "Lain", code=2)
    assert result.err == (
        "Kesalahan: kpucli.toml: Folder ini sudah disiapkan. Ubah setelannya di berkas ini.\n"
    )
    assert _files(empty_folder.folder) == before
    assert run_on_terminal(empty_folder.folder, "init").code == 2


def test_a_project_that_configures_kpucli_is_an_office_already(empty_folder: Office) -> None:
    (empty_folder.folder / "pyproject.toml").write_text('[tool.kpucli]\nname = "KPU"\n')
    assert "pyproject.toml: Folder ini sudah disiapkan." in empty_folder.run("init", code=2).err


def test_an_office_below_another_is_possible(office: Office) -> None:
    office.run("init", "cabang", *OPTIONS)


def test_what_is_there_is_left_alone(empty_folder: Office) -> None:
    (empty_folder.folder / ".gitignore").write_text("*.bak\n")
    article = empty_folder.add("2022/lama")
    before = _files(empty_folder.folder)
    assert empty_folder.run("init", *OPTIONS).out == "kpucli.toml\n"
    assert article.exists()
    after = _files(empty_folder.folder)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--name", " \u200b"], "Nama kantor belum diisi."),
        (["--base-url", "kpu.batukota.go.id"], "“kpu.batukota.go.id” bukan alamat situs."),
        (["--base-url", "javascript:x"], "bukan alamat situs"),
        (["--base-url", ""], "bukan alamat situs"),
        (["--timezone", "UTC"], "Pilih WIB, WITA, atau WIT."),
    ],
    ids=" ".join,
)
def test_refusals_write_nothing(empty_folder: Office, options: list[str], words: str) -> None:
    assert words in empty_folder.run("init", *options, code=2).err
    assert list(empty_folder.folder.iterdir()) == []


@pytest.mark.parametrize("name", ['KPU "Kutip" \\ {kurung}', "KPU\nKota\tBatu", "\x1b[31mKPU"])
def test_odd_names_make_a_sound_configuration(empty_folder: Office, name: str) -> None:
    empty_folder.run("init", "--name", name)
    assert str(_settings(empty_folder.folder)["name"]).startswith("KPU")
    empty_folder.run("list")


def test_a_file_in_the_way_leaves_no_half_office(empty_folder: Office) -> None:
    (empty_folder.folder / "articles").write_text("berkas")
    result = empty_folder.run("init", *OPTIONS, code=2)
    assert "ini bukan folder" in result.err or "sudah ada" in result.err
    assert _files(empty_folder.folder) == {"articles": b"berkas"}
