"""Verdicts that are kept: used where they hold, never where they do not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kpucli.archive import Archive
from kpucli.config import Config, load_config
from kpucli.index import Index
from kpucli.lint import memory
from kpucli.lint.engine import check_article
from kpucli.lint.linter import make_linter
from kpucli.lint.policy import make_policy
from kpucli.lint.targets import find_targets
from tests.conftest import Office, make_environment
from tests.lint.examples import make_photo

COUNT = 24
INDEX = ".kpucli/index.sqlite3"


@pytest.fixture
def full(office: Office) -> Office:
    """An office with articles whose files were not touched just now."""
    for number in range(COUNT):
        age(office.add(f"2022/a{number:02}", body="Dua  spasi.\n"))
    return office


def ask(index: Path, query: str) -> Any:
    """The first value of what an index answers."""
    with closing(sqlite3.connect(index, isolation_level=None)) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def age(path: Path) -> Path:
    past = time.time_ns() - 3_600_000_000_000
    os.utime(path, ns=(past, past))
    return path


@pytest.fixture
def checked(full: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Lints the office in this process; which articles were really checked."""
    monkeypatch.chdir(full.folder)
    done: list[str] = []

    def check(article: object, *rest: object) -> object:
        done.append(article.slug)  # type: ignore[attr-defined]
        return check_article(article, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(memory, "check_article", check)

    def run() -> list[str]:
        done.clear()
        findings(load_config())
        return list(done)

    return run


def findings(config: Config, *, remembers: bool = True) -> list[object]:
    archive = Archive(config.articles, config.zone)
    targets = find_targets(archive, [])
    with Index(config.root) as index:
        policy = make_policy(config)
        linter = make_linter(
            config, archive, policy, (lambda: index) if remembers else None, count=len(targets)
        )
        return list(linter.check(targets))


def test_unchanged_articles_are_not_checked_again(
    full: Office, checked: Callable[[], list[str]]
) -> None:
    assert len(checked()) == COUNT
    assert checked() == []
    (full.folder / "articles/2022/a03.md").write_bytes(
        (full.folder / "articles/2022/a03.md").read_bytes() + b"Lagi.\n"
    )
    assert checked() == ["a03"]
    assert checked() == []


def test_what_is_remembered_is_what_was_found(full: Office) -> None:
    full.add("2022/b", 'aliases = ["/lama/"]\ntags = ["S.O.P"]', "Kamis (18/04/2022) , baik.\n")
    full.add("2022/c", 'aliases = ["/lama/"]')
    full.write("2022/d", "rusak")
    for shape in ("json", "sarif", "gitlab", "text"):
        first = full.run("lint", "--format", shape, code=1)
        assert full.run("lint", "--format", shape, code=1) == first
        assert full.run("lint", "--format", shape, "--no-cache", code=1) == first


def change_config(office: Office) -> None:
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write("[lint.limits]\nsentence_words = 3\n")


def change_words(office: Office) -> None:
    (office.folder / "kamus.txt").write_text("jagongan\n")


def ignore_one(office: Office) -> None:
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write('[lint.per_path_ignores]\n"2022/*" = ["MET008"]\n')


@pytest.mark.parametrize("change", [change_config, change_words, ignore_one])
def test_what_verdicts_hang_on_makes_them_void(
    change: Callable[[Office], None], full: Office, checked: Callable[[], list[str]]
) -> None:
    checked()
    change(full)
    assert len(checked()) == COUNT
    assert checked() == []


def test_messages_come_in_the_language_that_is_asked_for(full: Office) -> None:
    assert "spasi berurutan" in full.run("lint", code=1).out
    english = full.run("lint", code=1, KPUCLI_LANG="en").out
    assert "spasi berurutan" not in english
    assert full.run("lint", code=1, KPUCLI_LANG="en").out == english


def test_another_program_does_not_believe_them(
    full: Office, checked: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked()
    monkeypatch.setattr(memory, "hash_program", lambda: b"other")
    assert len(checked()) == COUNT


def test_a_change_with_the_same_size_and_time_is_seen(full: Office) -> None:
    full.run("lint", code=1)
    path = full.folder / "articles/2022/a03.md"
    times = path.stat()
    changed = path.with_name("x")
    changed.write_text(path.read_text().replace("Dua  spasi", "Dua  Spasi").replace("  ", " x"))
    os.utime(changed, ns=(times.st_atime_ns, times.st_mtime_ns))
    changed.replace(path)
    assert full.run("lint", code=1).out.count("TBC001") == COUNT - 1


def test_a_file_that_was_just_written_is_read_again(full: Office) -> None:
    path = full.add("2022/b", body="Dua  spasi.\n")
    full.run("lint", code=1)
    times = path.stat()
    with path.open("r+b") as file:  # in place, within the same tick of the disk's clock
        file.seek(-len("  spasi.\n"), os.SEEK_END)
        file.write(b" xspasi.\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert "b.md" not in full.run("lint", code=1).out


def test_a_photograph_that_goes_away_is_missed(full: Office) -> None:
    age(full.add("2022/b", 'image = { file = "apel.jpg", alt = "Apel" }'))
    photo = full.folder / "articles/2022/b/apel.jpg"
    photo.parent.mkdir()
    photo.write_bytes(make_photo())
    assert "MET0" not in full.run("lint", code=1).out
    photo.write_bytes(b"x")
    assert "MET020" in full.run("lint", code=1).out
    photo.unlink()
    assert "MET012" in full.run("lint", code=1).out
    photo.symlink_to(full.folder / "kpucli.toml")
    assert "MET012" in full.run("lint", code=1).out


def test_archive_wide_rules_notice_what_changed_elsewhere(full: Office) -> None:
    age(full.add("2022/b", 'aliases = ["/lama/"]'))
    assert "MET005" not in full.run("lint", code=1).out
    other = age(full.add("2022/c", 'aliases = ["/lama/"]'))
    assert full.run("lint", code=1).out.count("MET005") == 2
    other.unlink()
    assert "MET005" not in full.run("lint", code=1).out


def test_the_same_text_at_another_place_has_its_own_verdict(full: Office) -> None:
    path = age(full.add("2022/b"))
    full.run("lint", code=1)
    target = full.folder / "articles/2021/b.md"
    target.parent.mkdir()
    path.replace(target)
    assert "articles/2021/b.md:3:8: MET011" in full.run("lint", code=1).out


def spoil_text(path: Path) -> None:
    path.write_text("bukan basis data")


def spoil_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def drop_tables(path: Path) -> None:
    ask(path, "DROP TABLE derived")


def put_nonsense(path: Path) -> None:
    ask(path, "UPDATE derived SET value = '[[1]]'")


@pytest.mark.parametrize(
    "spoil", [spoil_text, spoil_middle, cut, empty, drop_tables, put_nonsense, Path.unlink]
)
def test_a_damaged_index_is_made_anew_without_a_word(
    spoil: Callable[[Path], None], full: Office
) -> None:
    first = full.run("lint", code=1)
    spoil(full.folder / INDEX)
    for _turn in range(3):
        assert full.run("lint", code=1) == first
    assert ask(full.folder / INDEX, "SELECT count(*) FROM derived") >= COUNT


def test_an_index_that_came_from_elsewhere_is_not_believed(full: Office) -> None:
    first = full.run("lint", code=1)
    path = full.folder / INDEX
    ask(path, "UPDATE derived SET value = '[]' WHERE value LIKE '%TBC001%'")
    assert "TBC001" not in full.run("lint").out  # so much could a copy hide
    shutil.copy(path, path.with_name("salinan"))
    path.with_name("salinan").replace(path)
    assert full.run("lint", code=1) == first


def link_to_file(path: Path) -> None:
    path.symlink_to(path.parent.parent / "penting")


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("put", [link_to_file, make_pipe, make_folder])
def test_what_is_no_file_in_its_place_does_no_harm(
    put: Callable[[Path], None], full: Office
) -> None:
    (full.folder / "penting").write_text("penting")
    (full.folder / ".kpucli").mkdir()
    put(full.folder / INDEX)
    assert full.run("lint", code=1) == full.run("lint", "--no-cache", code=1)
    assert (full.folder / "penting").read_text() == "penting"


def test_a_linked_folder_is_not_written_to(full: Office, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    (full.folder / ".kpucli").symlink_to(tmp_path / "lain")
    full.run("lint", code=1)
    assert list((tmp_path / "lain").iterdir()) == []


def test_a_locked_index_is_passed_by(full: Office) -> None:
    first = full.run("lint", code=1)
    connection = sqlite3.connect(full.folder / INDEX, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        assert full.run("lint", code=1) == first
    finally:
        connection.close()


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("setpriv"), reason="needs setpriv")
def test_a_folder_that_cannot_be_written_is_enough(full: Office) -> None:
    through = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    for path in (full.folder, *full.folder.parents):
        if path.is_relative_to("/tmp") and path != Path("/tmp"):
            path.chmod(0o755)
    first = full.run("lint", "--no-cache", code=1)
    assert full.run("lint", code=1, through=through) == first
    assert not (full.folder / ".kpucli").exists()
    full.run("lint", code=1)
    assert full.run("lint", code=1, through=through) == first


def test_many_runs_at_once_agree(full: Office) -> None:
    expected = full.run("lint", "--no-cache", code=1)
    for _turn in range(3):
        shutil.rmtree(full.folder / ".kpucli", ignore_errors=True)
        runs = [
            subprocess.Popen(
                [sys.executable, "-m", "kpucli", "lint"],
                cwd=full.folder,
                text=True,
                env=make_environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for _number in range(6)
        ]
        for run in runs:
            assert run.communicate() == (expected.out, expected.err)
            assert run.returncode == 1
    assert ask(full.folder / INDEX, "PRAGMA integrity_check") == "ok"


def test_nothing_is_kept_where_it_is_not_wanted_or_not_worth_it(full: Office) -> None:
    full.run("lint", "--no-cache", code=1)
    full.run("lint", "articles/2022/a03.md", "--select", "TBC", code=1)
    assert not (full.folder / ".kpucli").exists()
    full.run("lint", code=1)
    assert (full.folder / ".kpucli/.gitignore").read_text() == "*\n"


def test_what_is_out_of_use_is_forgotten(full: Office) -> None:
    for number in range(12):
        full.run("lint", "--select", f"TBC,MET00{number % 9 + 1}", code=1)
        (full.folder / "kamus.txt").write_text(f"kata{number}\n")
    assert ask(full.folder / INDEX, "SELECT count(*) FROM makers") <= 8
    assert ask(full.folder / INDEX, "SELECT count(*) FROM derived") <= 8 * COUNT
