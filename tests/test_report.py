"""Rows and formats of the list."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.article import Status, parse_article
from kpucli.config import Config
from kpucli.errors import KpuError
from kpucli.json_text import format_json
from kpucli.printable import printable
from kpucli.report import COLUMNS, format_csv, format_plain, make_row, read_status

WIB = timezone(timedelta(hours=7))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def _row(**values: Any) -> dict[str, Any]:
    row = dict.fromkeys(COLUMNS, "x") | {"tags": [], "views": 0}
    return {**row, **values}


def test_a_row_fills_in_what_the_article_leaves_out() -> None:
    source = b'+++\ntitle = "Judul"\ndate = 2022-04-20\n+++\n'
    article = parse_article(source, Path("articles/2022/judul.md"), WIB)
    config = Config(root=Path(), source=None, author="Humas", category="berita")
    row = make_row(article, datetime(2022, 5, 1, tzinfo=WIB), config)
    assert tuple(row) == COLUMNS
    assert (row["author"], row["category"], row["views"]) == ("Humas", "berita", 0)


@given(TEXT, st.lists(TEXT, max_size=3))
def test_json_gives_back_every_text(title: str, tags: list[str]) -> None:
    text = format_json([_row(title=title, tags=tags)])
    assert json.loads(text)[0]["title"] == title
    assert json.loads(text)[0]["tags"] == tags
    assert all(printable(line) == line for line in text.split("\n"))


@given(TEXT)
def test_csv_cells_are_neither_formulas_nor_commands(title: str) -> None:
    row = next(csv.DictReader(io.StringIO(format_csv([_row(title=title, tags=[title])]))))
    assert row["title"] == row["tags"]
    assert printable(row["title"]) == row["title"]
    assert not row["title"].lstrip().startswith(("=", "+", "-", "@"))
    assert row["title"].removeprefix("'") == printable(title).removeprefix("'")


def test_plain_is_the_path() -> None:
    assert format_plain([_row(path="articles/2022/a.md"), _row(path="b")]) == (
        "articles/2022/a.md\nb\n"
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("terbit", Status.PUBLISHED),
        ("Draf", Status.DRAFT),
        ("draft", Status.DRAFT),
        ("SCHEDULED", Status.SCHEDULED),
        ("ditarik", Status.WITHDRAWN),
    ],
)
def test_statuses_have_two_names(word: str, status: Status) -> None:
    assert read_status(word) is status


def test_an_unknown_status_names_the_known_ones() -> None:
    with pytest.raises(KpuError, match="terbit, draf, terjadwal, ditarik"):
        read_status("baru")
