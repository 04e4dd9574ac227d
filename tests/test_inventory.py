"""What the index knows of the articles is what their files say, whatever happened to them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpucli.archive import Archive
from kpucli.article import Article
from kpucli.config import Config
from kpucli.dates import ZONES
from kpucli.errors import ArticleError
from kpucli.front_matter import FIELDS as FRONT_MATTER
from kpucli.index import Index
from kpucli.inventory import Inventory
from kpucli.query import Query, find_articles
from tests.conftest import Office

WIB = ZONES["WIB"]
NOW = datetime(2022, 6, 1, tzinfo=WIB)
LONG_AGO = 1_600_000_000

Shown = tuple[list[dict[str, object]], list[str]]


def shown(articles: list[Article], failures: list[ArticleError]) -> Shown:
    known = [
        {name: value for name, value in item.data.items() if name in FRONT_MATTER}
        for item in articles
    ]
    paths = [{"path": item.path} for item in articles]
    return [one | other for one, other in zip(paths, known, strict=True)], sorted(
        map(str, failures)
    )


def read_all(folder: Path) -> Shown:
    failures: list[ArticleError] = []
    return shown(list(Archive(folder / "articles", WIB).articles(failures)), failures)


def remember_all(folder: Path) -> Shown:
    failures: list[ArticleError] = []
    with Index(folder) as index:
        inventory = Inventory(Archive(folder / "articles", WIB), index)
        assert inventory.refresh()
        return shown(list(inventory.articles(failures)), failures)


def settle(folder: Path) -> None:
    """Let every file be as old as most files are."""
    for number, path in enumerate(sorted(folder.rglob("*.md"))):
        os.utime(path, (LONG_AGO + number, LONG_AGO + number))


FIELDS = (
    'title = "Rapat"\ndate = 2022-04-20\ntags = ["apel"]\nviews = 3',
    'title = "Pleno"\ndate = 2022-04-20T09:00:00\ndraft = true\ncatatan = 2022-01-01',
    (
        'title = "Ralat"\ndate = 2021-04-20T09:00:00.5+08:00\n'
        'corrections = [{ date = 2022-01-02, text = "Sebelas." }]'
    ),
    'title = "Tarik"\ndate = 2022-01-01\nwithdrawn = { date = 2022-01-02, reason = "Keliru." }',
    "title = 5",
    "title = ",
)
NAMES = ("2021/a", "2021/b", "2022/a", "2022/c", "2022/Salah")
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from((*FIELDS, None)), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60)
@given(steps=STEPS)
def test_what_is_remembered_is_what_is_there(
    steps: list[tuple[str, str | None, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kantor")
    (folder / "articles").mkdir()
    office = Office(folder)
    for number, (name, fields, is_old) in enumerate(steps):
        path = folder / "articles" / f"{name}.md"
        if fields is not None:
            office.write(name, f"+++\n{fields}\n+++\n\nIsi.\n")
            if is_old:
                os.utime(path, (LONG_AGO + number, LONG_AGO + number))
        elif path.exists():
            path.unlink()
        assert remember_all(folder) == read_all(folder)


def test_what_is_written_twice_at_one_moment_is_read_twice(office: Office) -> None:
    """A clock that goes in steps gives both the same time; their sizes are the same too."""
    path = office.add("2022/rapat", 'title = "Pleno"')
    text, written = path.read_text(), path.stat()
    for title in ("Pleno", "Rapat", "Senam"):
        path.write_text(text.replace("Pleno", title))
        os.utime(path, ns=(written.st_atime_ns, written.st_mtime_ns))
        assert remember_all(office.folder) == read_all(office.folder)


def make_archive(office: Office, count: int = 250) -> None:
    for number in range(count):
        date = f"date = 2022-04-20T{number // 60:02}:{number % 60:02}:00+07:00"
        fields = f'title = "Rapat {number}"\nviews = {number}\n{date}'
        office.add(f"2022/rapat-{number:03}", fields)
    settle(office.folder)


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, no article can be read."""

    def refuse(path: Path) -> bytes:
        raise AssertionError(f"{path} was read")

    def begin() -> None:
        monkeypatch.setattr("kpucli.inventory.read_file", refuse)
        monkeypatch.setattr("kpucli.archive.read_file", refuse)

    return begin


@pytest.mark.parametrize("limit", [None, 5])
def test_unchanged_articles_are_not_read(
    office: Office, unreadable: Callable[[], None], limit: int | None
) -> None:
    make_archive(office)
    archive, config = Archive(office.folder / "articles", WIB), Config(office.folder, None)
    first = find_articles(Query(), archive, config, NOW, [], limit=limit)
    unreadable()
    again = find_articles(Query(), archive, config, NOW, [], limit=limit)
    assert [item.data for item in again] == [item.data for item in first]
    assert len(again) == (limit or 250)


def test_a_large_list_tells_what_a_small_one_would(office: Office) -> None:
    make_archive(office, 230)
    office.write("2022/rusak", "tanpa pembuka\n")
    office.add("2021/lama", "views = 7000")
    for _ in range(2):
        result = office.run("list", "--limit", "2", "--format", "plain", code=2)
        assert result.out.splitlines() == [
            "articles/2022/rapat-229.md",
            "articles/2022/rapat-228.md",
        ]
        assert "2022/rusak.md:1: Baris pertama harus +++" in result.err
    most = office.run("list", "--sort", "views", "-n", "1", "--format", "plain", code=2)
    assert most.out == "articles/2021/lama.md\n"
    found = office.run("list", "--search", "isi berita", "--format", "plain", code=2).out
    assert len(found.splitlines()) == 231


def test_of_one_moment_the_address_decides_however_many_are_shown(office: Office) -> None:
    for number in range(230):
        office.add(f"2022/rapat-{number:03}")
    settle(office.folder)
    everything = office.run("list", "--format", "plain").out.splitlines()
    assert office.run("list", "-n", "3", "--format", "plain").out.splitlines() == everything[:3]


def test_other_zones_have_other_moments(office: Office) -> None:
    make_archive(office)
    office.add("2022/tanpa-zona", "date = 2022-04-20T00:00:30")
    office.run("list", "-n", "1")
    (office.folder / "kpucli.toml").write_text('timezone = "WIT"\n')
    first = office.run("list", "--limit", "250", "--format", "plain").out.splitlines()
    assert first[-1] != "articles/2022/tanpa-zona.md"
    assert office.run("list", "-n", "251", "--format", "plain").out.splitlines()[-1] == (
        "articles/2022/tanpa-zona.md"
    )


def test_a_damaged_index_is_passed_by(office: Office) -> None:
    make_archive(office)
    office.run("list", "-n", "1")
    (office.folder / ".kpucli" / "index.sqlite3").write_bytes(b"rusak" * 1000)
    assert office.run("list", "-n", "1", "--format", "plain").out == "articles/2022/rapat-249.md\n"
