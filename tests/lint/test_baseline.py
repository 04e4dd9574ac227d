"""`--baseline`: findings of an old archive that are known and left as they are."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from tests.conftest import Office

FILE = "temuan-lama.json"
OLD = "Dua  spasi di sini.\n\nSatu kata lama , satu lagi.\n"


def entries(office: Office) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((office.folder / FILE).read_text())["findings"]
    return rows


def configure(office: Office, lines: str = "") -> None:
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write(f'[lint]\nbaseline = "{FILE}"\n{lines}')


def codes(office: Office, *arguments: str, code: int | None = None) -> list[str]:
    out = office.run("lint", "--format", "json", *arguments, code=code).out
    return [row["code"] for row in json.loads(out)]


def test_what_is_in_the_baseline_is_not_reported_and_what_is_new_is(office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    result = office.run("lint", "--update-baseline", "--baseline", FILE)
    assert f"2 temuan lama dicatat di {FILE}." in result.err
    assert result.out == ""
    assert codes(office, "--baseline", FILE, code=0) == []
    path.write_text(path.read_text() + "\nDua  spasi baru.\n")
    assert codes(office, "--baseline", FILE, code=1) == ["TBC001"]
    configure(office)
    assert codes(office, code=1) == ["TBC001"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("+++\n\n", "+++\n\nParagraf baru.\n\n"),
        lambda text: text.replace("+++\ntitle", '+++\ntags = ["apel"]\ntitle'),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" lagi.\n", " lagi. Kalimat yang ditambahkan di belakangnya.\n"),
    ],
    ids=["shifted", "front matter", "line ends", "more behind"],
)
def test_it_survives_what_does_not_touch_the_findings(change: Any, office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    configure(office)
    office.run("lint", "--update-baseline")
    path.write_bytes(change(path.read_text()).encode())
    assert codes(office, code=0) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("Dua  spasi", "Tiga  spasi"), ("Dua  spasi di", "Dua  spasi yang lain di")],
    ids=["context", "behind"],
)
def test_words_that_changed_around_a_finding_make_it_new(
    old: str, new: str, office: Office
) -> None:
    path = office.add("2022/a", body=OLD)
    configure(office)
    office.run("lint", "--update-baseline")
    path.write_text(path.read_text().replace(old, new))
    assert codes(office, code=1) == ["TBC001"]


def test_the_same_finding_twice_is_counted(office: Office) -> None:
    path = office.add("2022/a", body="Dua  spasi.\n\nDua  spasi.\n")
    configure(office)
    office.run("lint", "--update-baseline")
    (entry,) = entries(office)
    assert entry["count"] == 2
    path.write_text(path.read_text() + "\nDua  spasi.\n")
    assert codes(office, code=1) == ["TBC001"]


def test_updating_prunes_what_is_gone_and_leaves_what_was_not_looked_for(office: Office) -> None:
    first = office.add("2022/a", body=OLD)
    second = office.add("2022/b", body=OLD)
    configure(office)
    office.run("lint", "--update-baseline")
    first.write_text(first.read_text().replace("Dua  spasi", "Dua spasi"))
    second.write_text(second.read_text().replace("Dua  spasi", "Dua spasi"))
    assert "2 temuan lama sudah tidak ada" in office.run("lint", "--statistics").err
    assert "1 temuan lama sudah tidak ada" in office.run("lint", "--statistics", "2022/a").err
    assert "tidak ada;" not in office.run("lint", "--statistics", "--select", "TBC002").err
    office.run("lint", "--update-baseline", "2022/a")
    assert [(row["path"], row["code"]) for row in entries(office)] == [
        ("articles/2022/a.md", "TBC002"),
        ("articles/2022/b.md", "TBC001"),
        ("articles/2022/b.md", "TBC002"),
    ]
    second.unlink()
    office.run("lint", "--update-baseline", "2022/a")
    assert [row["path"] for row in entries(office)] == ["articles/2022/a.md"]
    before = (office.folder / FILE).stat().st_mtime_ns
    office.run("lint", "--update-baseline")
    assert (office.folder / FILE).stat().st_mtime_ns == before


def test_it_is_sorted_an_entry_a_line_and_the_same_from_everywhere(office: Office) -> None:
    for article_id in ("2022/b", "2021/c", "2022/a"):
        office.add(article_id, body=OLD)
    configure(office)
    office.run("lint", "--update-baseline")
    text = (office.folder / FILE).read_text()
    paths = [row["path"] for row in entries(office)]
    assert paths == sorted(paths)
    assert len(text.splitlines()) == len(paths) + 2
    below = Office(office.folder / "articles" / "2022")
    below.run("lint", "--update-baseline")
    assert (office.folder / FILE).read_text() == text
    assert below.run("lint").out == ""


def test_what_cannot_be_read_and_personal_numbers_do_not_get_into_it(office: Office) -> None:
    office.write("2022/a", "rusak")
    office.add("2022/b", body="Hubungi 0812-3456-7890 atau NIK 3573015208010003.\n")
    configure(office)
    assert codes(office, "--update-baseline", code=1) == ["MET001"]
    assert codes(office, code=1) == ["MET001"]
    text = (office.folder / FILE).read_text()
    assert "MET001" not in text
    assert "3573015" not in text
    assert "3456" not in text


def test_what_is_known_is_not_fixed_either(office: Office) -> None:
    path = office.add("2022/a", body="Dua  spasi.\n\nDi tengah  kalimat ada lagi.\n")
    configure(office)
    office.run("lint", "--update-baseline")
    text = path.read_text().replace("ada lagi", "ada  lagi")
    path.write_text(text)
    office.run("lint", "--fix")
    assert path.read_text() == text.replace("ada  lagi", "ada lagi")
    assert office.run("lint").out == ""


def test_a_text_from_standard_input_is_known_by_its_name(office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    configure(office)
    office.run("lint", "--update-baseline")
    arguments = ("lint", "-", "--stdin-filename", "articles/2022/a.md")
    office.run(*arguments, stdin=path.read_text())
    office.run("lint", "-", stdin=path.read_text(), code=1)


BROKEN = {
    "conflict": '{"version": 1, "findings": [\n<<<<<<< HEAD\n]}',
    "other version": '{"version": 2, "findings": []}',
    "a list": "[]",
    "no count": '{"version": 1, "findings": [{"path": "a", "code": "b", "fingerprint": "c"}]}',
    "deep": "[" * 100_000,
    "not UTF-8": b"\xff",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named(content: str | bytes, office: Office) -> None:
    office.add("2022/a")
    data = content.encode() if isinstance(content, str) else content
    (office.folder / FILE).write_bytes(data)
    configure(office)
    result = office.run("lint", code=2)
    assert FILE in result.err
    assert (office.folder / FILE).read_bytes() == data


def test_the_line_of_a_merge_conflict_is_named(office: Office) -> None:
    office.add("2022/a")
    (office.folder / FILE).write_text(str(BROKEN["conflict"]))
    configure(office)
    assert f"{FILE}:2:" in office.run("lint", code=2).err


@pytest.mark.parametrize("name", ["a" * 300, "articles"], ids=["too long", "a folder"])
def test_what_can_be_no_file_is_named_by_a_publish_too(office: Office, name: str) -> None:
    office.add("2022/apel")
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write(f'[lint]\nbaseline = "{name}"\n')
    for command in ("lint", "publish"):
        assert f"{name}: Daftar temuan lama ini belum ada." in office.run(command, code=2).err


def test_a_file_that_is_not_there_is_asked_for(office: Office) -> None:
    office.add("2022/a")
    assert "--update-baseline" in office.run("lint", "--baseline", FILE, code=2).err
    assert "--baseline" in office.run("lint", "--update-baseline", code=2).err
    os.mkfifo(office.folder / FILE)
    office.run("lint", "--baseline", FILE, code=2)
