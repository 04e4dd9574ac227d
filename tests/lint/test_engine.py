"""Running rules over an archive: what is found, where, in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.archive import Archive
from kpucli.errors import KpuError
from kpucli.lint.engine import check, check_text
from kpucli.lint.finding import Finding
from kpucli.lint.selection import select_rules
from kpucli.lint.targets import find_targets
from tests.conftest import Office
from tests.lint.examples import WIB, make_photo

SPACES = "Dua  spasi.\n"


@pytest.fixture
def archive(office: Office) -> Archive:
    return Archive(office.folder / "articles", WIB)


def brief(findings: list[Finding]) -> list[str]:
    return [f"{item.path.stem}:{item.line}:{item.column} {item.code}" for item in findings]


def test_findings_come_by_path_line_column_and_code(office: Office, archive: Archive) -> None:
    office.add("2022/b", body="Baik.\n\nDua  spasi , di  sini.\n")
    office.add("2021/c", body=SPACES)
    office.add("2022/a", 'summary = "Pendek."', body=SPACES)
    assert brief(list(check(archive))) == [
        "c:6:4 TBC001", "a:3:11 MET008", "a:7:4 TBC001", "b:8:4 TBC001", "b:8:11 TBC002",
        "b:8:16 TBC001",
    ]  # fmt: skip


def test_what_cannot_be_read_is_a_finding_and_the_others_are_still_checked(
    office: Office, archive: Archive
) -> None:
    office.write("2022/a", "Tanpa pembuka.\n")
    office.write("2022/b", b'+++\ntitle = "\xff"\n+++\n')
    office.write("2022/c", '+++\ntitle = "C"\ndate = 2022-13-01\n+++\n')
    office.write("2022/Salah Nama", "x")
    office.add("2022/d", body=SPACES)
    (office.folder / "articles/2022/e.md").symlink_to("d.md")
    os.mkfifo(office.folder / "articles/2022/f.md")
    assert brief(list(check(archive))) == [
        "Salah Nama:1:1 MET006", "a:1:1 MET001", "b:2:1 MET001", "c:3:1 MET001", "d:6:4 TBC001",
        "e:1:1 MET006", "f:1:1 MET006",
    ]  # fmt: skip


def test_no_selection_hides_what_cannot_be_read(office: Office, archive: Archive) -> None:
    office.write("2022/a", "Tanpa pembuka.\n")
    assert brief(list(check(archive, rules=select_rules(["TBC"])))) == ["a:1:1 MET001"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_places_count_characters_whatever_the_bytes(
    mark: bytes, ending: bytes, archive: Archive
) -> None:
    text = '+++\ntitle = "Ä"\ndate = 2022-04-20\n+++\n\né😀 dua  spasi\ntiga , empat\n'
    content = mark + text.encode().replace(b"\n", ending)
    spaces, comma = check_text(content, Path("contoh.md"), archive)
    assert (spaces.line, spaces.column, spaces.end_line, spaces.end_column) == (6, 7, 6, 9)
    assert (comma.line, comma.column, comma.end_line, comma.end_column) == (7, 5, 7, 6)


def test_escapes_in_strings_do_not_shift_places(archive: Archive) -> None:
    text = '+++\ntitle = "A \\"B\\"  C"\ndate = 2022-04-20\n+++\nIsi.\n'
    (finding,) = check_text(text.encode(), Path("contoh.md"), archive)
    assert (finding.line, finding.column, finding.end_column) == (2, 17, 19)


def test_archive_wide_rules_see_all_when_one_article_is_checked(
    office: Office, archive: Archive
) -> None:
    first = office.add("2022/a", 'aliases = ["/lama/"]')
    other = office.add("2022/b", 'aliases = ["/LAMA/index.html"]')
    (finding,) = check(archive, [first])
    assert finding.code == "MET005"
    assert str(first) in finding.message
    assert str(other) in finding.message


def test_a_text_that_is_not_saved_stands_for_its_file(office: Office, archive: Archive) -> None:
    path = office.add("2022/a", 'aliases = ["/lama/"]')
    office.add("2022/b")
    text = '+++\ntitle = "B"\ndate = 2022-04-20\naliases = ["/lama/"]\n+++\nIsi.\n'
    assert check_text(path.read_bytes(), path, archive) == []
    (finding,) = check_text(text.encode(), archive.path_of(2022, "b"), archive)
    assert finding.code == "MET005"


def test_outside_the_archive_the_place_says_nothing(tmp_path: Path, archive: Archive) -> None:
    text = '+++\ntitle = "B"\ndate = 2022-04-20\n+++\n![Apel](apel.jpg)\n'
    assert check_text(text.encode(), tmp_path / "2019" / "x.md", archive) == []


PHOTOS = {
    "there": ("apel.jpg", []),
    "with a space": ("apel%20pagi.jpg", []),
    "not there": ("lain.jpg", ["MET012"]),
    "other capitals": ("Apel.jpg", ["MET012"]),
    "another folder": ("../a/apel.jpg", ["MET012"]),
    "folder below": ("dalam/apel.jpg", ["MET012"]),
    "link out of the folder": ("tautan.jpg", ["MET012"]),
    "link within the folder": ("sama.jpg", ["MET012"]),
    "folder": (".", ["MET012"]),
    "no photograph": ("surat.jpg", ["MET020"]),
    "on the web": ("https://contoh.id/apel.jpg", ["MET021"]),
    "on this site": ("/unggahan/apel.jpg", ["MET021"]),
}


@pytest.mark.parametrize(
    ("name", "codes"), [pytest.param(*case, id=name) for name, case in PHOTOS.items()]
)
def test_photographs_are_files_of_the_articles_folder(
    name: str, codes: list[str], office: Office, archive: Archive
) -> None:
    path = office.add("2022/a", body=f"![Apel]({name})\n")
    folder = path.with_suffix("")
    folder.mkdir()
    for photo in ("apel.jpg", "apel pagi.jpg"):
        (folder / photo).write_bytes(make_photo())
    (folder / "surat.jpg").write_bytes(b"%PDF-1.7")
    (folder / "tautan.jpg").symlink_to(path)
    (folder / "sama.jpg").symlink_to("apel.jpg")
    assert [item.code for item in check(archive)] == codes


@pytest.mark.parametrize("image", ["![Apel][f]", "![f][]", "![f]", "![F]"])
@pytest.mark.parametrize(("name", "codes"), [("apel.jpg", []), ("lain.jpg", ["MET012"])])
def test_photographs_may_be_named_elsewhere_in_the_text(
    image: str, name: str, codes: list[str], office: Office, archive: Archive
) -> None:
    path = office.add("2022/a", body=f"{image}\n\n[f]: {name}\n")
    path.with_suffix("").mkdir()
    (path.with_suffix("") / "apel.jpg").write_bytes(make_photo())
    assert [item.code for item in check(archive)] == codes


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_the_text_checking_it_ends_in_findings(content: bytes) -> None:
    archive = Archive(Path("no-such-archive"), WIB)
    front_matter = b'+++\ntitle = "A"\ndate = 2022-04-20\n+++\n'
    for text in (content, front_matter + content, b"+++\n" + content + b"\n+++\n"):
        for finding in check_text(text, Path("x.md"), archive):
            assert (finding.line, finding.column) <= (finding.end_line, finding.end_column)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("articles/2022", ["a", "b"]),
        ("articles", ["c", "a", "b"]),
        (".", ["c", "a", "b"]),
        ("articles/2022/a.md", ["a"]),
        ("2022/a", ["a"]),
        ("c", ["c"]),
        ("elsewhere", ["x"]),
        ("elsewhere/x.md", ["x"]),
        ("articles/2022/a", []),
    ],
)
def test_articles_are_named_in_many_ways(
    name: str, expected: list[str], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for article_id in ("2021/c", "2022/a", "2022/b"):
        office.add(article_id)
    for path in ("elsewhere/x.md", "elsewhere/.git/y.md", "articles/2022/a/foto.jpg"):
        (office.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (office.folder / path).write_text("x")
    monkeypatch.chdir(office.folder)
    archive = Archive(Path("articles"), WIB)
    names = [name, name, *([str(Path(name).absolute())] if Path(name).exists() else [])]
    targets = find_targets(archive, names)
    assert [Path(str(target)).stem for target in targets] == expected


def test_a_name_that_is_nothing_is_refused(office: Office, archive: Archive) -> None:
    office.add("2022/apel-senin")
    with pytest.raises(KpuError, match="apel-sening") as caught:
        find_targets(archive, ["apel-sening"])
    assert "apel-senin" in str(caught.value.hint)
