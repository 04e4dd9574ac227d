"""`kpucli tag`: list, add, remove, rename, merge."""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path

import pytest

from tests.conftest import Office
from tests.terminal import run_on_terminal

ORDERLY = """\
+++
# Berita tentang SOP
title = "Bimtek" # judul pendek
date = 2022-04-14

tags = ["SOP", "bimtek"]  # urut abjad
views = 55
+++

Isi \u2028 berita, tanpa baris penutup."""


@pytest.fixture
def archive(office: Office) -> Office:
    """Four articles that write one tag in three forms."""
    office.write("2022/bimtek", ORDERLY)
    office.add("2022/apel", 'tags = ["apel", "sop"]\nviews = 1200')
    office.add("2023/kerja", 'tags = ["S.O.P", "sop", "apel"]\nviews = 10')
    office.add("2023/polos")
    return office


def _tags(office: Office) -> dict[str, int]:
    rows = json.loads(office.run("tag", "list", "--format", "json", code=None).out)
    return {row["tag"]: row["articles"] for row in rows}


def _texts(office: Office) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (office.folder / "articles").glob("*/*.md")}


def _changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


def test_list_counts_articles_and_views(archive: Office) -> None:
    rows = json.loads(archive.run("tag", "list", "--format", "json").out)
    assert rows == [
        {"tag": "apel", "articles": 2, "views": 1210},
        {"tag": "sop", "articles": 2, "views": 1210},
        {"tag": "S.O.P", "articles": 1, "views": 10},
        {"tag": "SOP", "articles": 1, "views": 55},
        {"tag": "bimtek", "articles": 1, "views": 55},
    ]
    assert [list(row) for row in rows] == [["tag", "articles", "views"]] * 5


def test_list_as_a_table_and_plain(archive: Office) -> None:
    out = archive.run("tag", "list").out
    assert [line.split() for line in out.splitlines()][0::2][:2] == [
        ["Tag", "Berita", "Dilihat"],
        ["apel", "2", "1.210"],
    ]
    plain = archive.run("tag", "list", "--format", "plain").out
    assert plain == "apel\nsop\nS.O.P\nSOP\nbimtek\n"


@pytest.mark.parametrize("format_name", ["table", "json", "plain"])
def test_near_duplicates_are_pointed_out(archive: Office, format_name: str) -> None:
    archive.add("2022/x", 'tags = ["media-sosial"]')
    archive.add("2022/y", 'tags = ["mediasosial", "Media Sosial"]')
    result = archive.run("tag", "list", "--format", format_name)
    assert result.err == (
        "Tag ini tampaknya sama: “Media Sosial”, “media-sosial”, “mediasosial”. "
        "Gabungkan dengan `kpucli tag merge`.\n"
        "Tag ini tampaknya sama: “S.O.P”, “SOP”, “sop”. Gabungkan dengan `kpucli tag merge`.\n"
    )


def test_hostile_tags_are_harmless(office: Office) -> None:
    office.add("2022/a", r'tags = ["[red]x[/red] \u001b[31m \u202E"]')
    for format_name in ("table", "json", "plain"):
        out = office.run("tag", "list", "--format", format_name).out
        assert "[red]x[/red]" in out
        assert not re.search("[\x1b\u202e]", out)
    assert "[red]x[/red]" in run_on_terminal(office.folder, "tag", "list").screen


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_add_changes_one_line(office: Office, ending: str, mark: str) -> None:
    before = mark + ORDERLY.replace("\n", ending)
    path = office.write("2022/bimtek", before)
    result = office.run("tag", "add", "Media Sosial", "bimtek")
    assert result.err == "1 artikel diubah.\n"
    assert result.out == ""
    assert _changed_lines(before, path.read_bytes().decode()) == [
        f'- tags = ["SOP", "bimtek"]  # urut abjad{ending}',
        f'+ tags = ["SOP", "bimtek", "media-sosial"]  # urut abjad{ending}',
    ]


@pytest.mark.parametrize(
    ("fields", "added"),
    [
        ('title = "x"\ndate = 2022-04-20', '+ tags = ["apel"]\n'),
        ('title = "x"\ndate = 2022-04-20\ntags = []', '+ tags = ["apel"]\n'),
        ('title = "x"\ndate = 2022-04-20\n[image]\nfile = "a.jpg"', '+ tags = ["apel"]\n'),
        ('title = "x"\ntags = [\n  "sop", # a\n]\ndate = 2022-04-20', '+   "apel",\n'),
    ],
    ids=["no tags", "empty", "above a table", "one a line"],
)
def test_add_finds_the_place(office: Office, fields: str, added: str) -> None:
    path = office.write("2022/x", f"+++\n{fields}\n+++\n\nIsi.\n")
    before = path.read_text()
    office.run("tag", "add", "apel", "x")
    changed = _changed_lines(before, path.read_text())
    assert added in changed
    assert not [line for line in changed if line[0] == "-" and "[]" not in line]
    assert "apel" in _tags(office)


def test_add_to_several_and_twice(archive: Office) -> None:
    names = ["2022/bimtek", "articles/2023/polos.md", "polos", "apel"]
    assert archive.run("tag", "add", "baru", *names).err == "3 artikel diubah.\n"
    before = _texts(archive)
    assert archive.run("tag", "add", "baru", *names).err == "0 artikel diubah.\n"
    assert _texts(archive) == before


def test_add_leaves_articles_that_have_the_tag_in_another_form(archive: Office) -> None:
    assert archive.run("tag", "add", "sop", "bimtek").err == "0 artikel diubah.\n"


def test_remove_takes_every_form(archive: Office) -> None:
    assert archive.run("tag", "remove", "Sop", "bimtek", "kerja", "polos").err == (
        "2 artikel diubah.\n"
    )
    assert _tags(archive) == {"apel": 2, "bimtek": 1, "sop": 1}


def test_remove_of_a_tag_that_none_has_is_a_mistake(archive: Office) -> None:
    result = archive.run("tag", "remove", "bimtex", "bimtek", code=2)
    assert result.err == (
        "Kesalahan: Tidak ada artikel bertag “bimtex”. Mungkin maksudnya “bimtek”.\n"
    )


def test_rename_goes_over_the_whole_archive(archive: Office) -> None:
    assert archive.run("tag", "rename", "apel", "Apel Pagi").err == "2 artikel diubah.\n"
    assert _tags(archive) == {"apel-pagi": 2, "sop": 2, "S.O.P": 1, "SOP": 1, "bimtek": 1}


def test_rename_to_a_tag_there_is_says_so(archive: Office) -> None:
    result = archive.run("tag", "rename", "S.O.P", "sop")
    assert result.err == "Tag “sop” sudah ada; keduanya menjadi satu.\n1 artikel diubah.\n"
    assert 'tags = ["sop", "apel"]' in archive.read("2023/kerja")


def test_rename_only_in_some(archive: Office) -> None:
    archive.run("tag", "rename", "apel", "upacara", "--in", "2022/apel")
    assert _tags(archive)["apel"] == _tags(archive)["upacara"] == 1


def test_merge_makes_one_of_many(archive: Office) -> None:
    archive.run("tag", "merge", "SOP", "S.O.P", "bimtek", "--into", "sop")
    assert _tags(archive) == {"sop": 3, "apel": 2}
    assert 'tags = ["sop"]  # urut abjad' in archive.read("2022/bimtek")


@pytest.mark.parametrize(
    "command",
    [
        ["add", "baru", "bimtek"],
        ["remove", "bimtek", "bimtek"],
        ["rename", "bimtek", "pelatihan"],
        ["merge", "bimtek", "--into", "pelatihan"],
    ],
    ids=lambda command: command[0],
)
def test_dry_run_shows_a_diff_and_writes_nothing(archive: Office, command: list[str]) -> None:
    before = _texts(archive)
    result = archive.run("tag", *command, "--dry-run")
    assert _texts(archive) == before
    assert result.err == "1 artikel akan diubah.\n"
    lines = result.out.splitlines()
    assert lines[:2] == ["--- a/articles/2022/bimtek.md", "+++ b/articles/2022/bimtek.md"]
    assert len([line for line in lines[2:] if line[0] == "-"]) == 1
    assert len([line for line in lines[2:] if line[0] == "+"]) == 1


def test_dry_run_is_harmless(office: Office) -> None:
    body = "Isi \x1b[31m merah \u202e\n"
    office.write("2022/x", f'+++\ntitle = "x"\ndate = 2022-04-20\ntags = ["a"]\n+++\n{body}')
    out = office.run("tag", "rename", "a", "b", "--dry-run").out
    assert r"Isi \x1b[31m merah \u202e" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("command", "near"),
    [
        (["rename", "APEL", "x"], "apel"),
        (["rename", "bimtec", "x"], "bimtek"),
        (["merge", "SOP", "S O P", "--into", "x"], "sop"),
    ],
    ids=" ".join,
)
def test_unknown_tags_are_refused_with_the_nearest(
    archive: Office, command: list[str], near: str
) -> None:
    before = _texts(archive)
    result = archive.run("tag", *command, code=2)
    assert f"Mungkin maksudnya “{near}”." in result.err
    assert _texts(archive) == before


def test_unknown_tag_without_a_near_one(archive: Office) -> None:
    err = archive.run("tag", "rename", "zzz", "x", code=2).err
    assert "Lihat semuanya dengan `kpucli tag list`." in err


@pytest.mark.parametrize("tag", ["", "!!!", "x" * 81])
def test_bad_new_tags_are_refused(archive: Office, tag: str) -> None:
    before = _texts(archive)
    archive.run("tag", "add", tag, "bimtek", code=2)
    archive.run("tag", "rename", "bimtek", tag, code=2)
    archive.run("tag", "merge", "bimtek", "--into", tag, code=2)
    assert _texts(archive) == before


def test_an_unknown_article_stops_everything(archive: Office) -> None:
    before = _texts(archive)
    result = archive.run("tag", "add", "baru", "bimtek", "apol", code=2)
    assert "Mungkin maksudnya “apel”." in result.err
    assert _texts(archive) == before


def test_a_broken_article_stops_no_other(archive: Office) -> None:
    broken = archive.write("2022/rusak", 'tags = ["apel"]\n')
    for command in (
        ["add", "baru", "rusak", "polos"],
        ["remove", "baru", "rusak", "polos"],
        ["rename", "apel", "upacara"],
        ["merge", "SOP", "S.O.P", "--into", "sop"],
    ):
        result = archive.run("tag", *command, code=2)
        assert "Kesalahan: articles/2022/rusak.md:1:" in result.err
        assert re.search(r"^[12] artikel diubah\.$", result.err, re.MULTILINE)
    assert archive.run("tag", "list", code=2).out
    assert _tags(archive) == {"sop": 3, "upacara": 2, "bimtek": 1}
    assert broken.read_text() == 'tags = ["apel"]\n'


def test_an_article_that_changed_meanwhile_is_not_overwritten(
    archive: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpucli.change import write_changes
    from kpucli.cli import tag
    from kpucli.errors import ConflictError

    monkeypatch.chdir(archive.folder)
    path = Path("articles/2022/bimtek.md")

    def edit_first(changes: object) -> int:
        path.write_text("lain sekali\n")
        return write_changes(changes)  # type: ignore[arg-type]

    monkeypatch.setattr("kpucli.change.write_changes", edit_first)
    with pytest.raises(ConflictError):
        tag.add("baru", ["bimtek"])
    assert path.read_text() == "lain sekali\n"
