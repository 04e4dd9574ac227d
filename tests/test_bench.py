"""The benchmarks run, say what they measured, and leave the articles as they were."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.corpus import make_corpus
from tests.conftest import make_environment

NUMBER = r"\d+\.\d{3}"


def bench(*arguments: str, code: int = 0) -> str:
    """The output of a benchmark of kpucli alone, in 30 articles."""
    process = subprocess.run(
        [sys.executable, "-m", "tests.bench", *arguments, "--only", "kpucli", "--runs", "1"],
        capture_output=True,
        check=False,
        text=True,
        env=make_environment(),
    )
    assert process.returncode == code, process.stderr
    return process.stdout if not code else process.stderr


def files(folder: Path) -> dict[str, tuple[bytes, float]]:
    """Every article with its moment."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime)
        for path in folder.rglob("*.md")
    }


def test_publishing_is_measured_and_the_articles_are_kept(tmp_path: Path) -> None:
    kept = ("--articles", "30", "--keep-folder", str(tmp_path / "arsip"))
    table = bench("publish", *kept)
    for work in (
        "dari nol",
        "tanpa perubahan",
        "satu disunting",
        "satu baru",
        "satu angka dilihat",
    ):
        assert re.search(
            rf"^\| {work} \| kpucli \| {NUMBER} \| {NUMBER} \| \d+ \|", table, re.MULTILINE
        )
    assert re.search(rf"^\| dari nol \| lantai \| {NUMBER} \|.*\| 1\.000 \|$", table, re.MULTILINE)
    make_corpus(tmp_path / "baru", 30)
    articles = tmp_path / "arsip" / "kpucli" / "articles"
    assert files(articles) == files(tmp_path / "baru")
    again = bench("publish", *kept, "--work", "edit", "--floor", "no")
    assert "| satu disunting | kpucli |" in again
    assert "dari nol" not in again
    assert files(articles) == files(tmp_path / "baru")


@pytest.mark.parametrize(
    ("benchmark", "rows"),
    [
        ("list", ["kpucli list --limit 20", "kpucli show 2022/<Tab>"]),
        ("new", ["kpucli new, (0|30) artikel"]),
    ],
    ids=["list", "new"],
)
def test_listing_and_starting_are_measured(tmp_path: Path, benchmark: str, rows: list[str]) -> None:
    kept = ("--articles", "30", "--keep-folder", str(tmp_path))
    table = bench(benchmark, *kept)
    for row in rows:
        assert re.search(rf"^\| {row} \| \d+ \| \d+ \| \d+ \|", table, re.MULTILINE)
    assert len(files(tmp_path / "kpucli" / "articles")) == 30


def test_a_kept_folder_of_other_articles_is_refused(tmp_path: Path) -> None:
    bench("list", "--articles", "3", "--keep-folder", str(tmp_path))
    said = bench("list", "--articles", "4", "--keep-folder", str(tmp_path), code=1)
    assert "bukan arsip utuh berisi 4 artikel" in said
    assert len(files(tmp_path / "kpucli" / "articles")) == 3
