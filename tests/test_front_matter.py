"""The fields of an article: what each may hold, and where it is written."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import tomli

from kpucli.errors import KpuError
from kpucli.front_matter import (
    FIELDS,
    ProblemKind,
    as_datetime,
    check_fields,
    edit_fields,
    find_field,
)

SOUND = 'title = "Rapat"\ndate = 2022-04-20\n'
WIB = timezone(timedelta(hours=7))

GOOD: dict[str, list[Any]] = {
    "title": ["Rapat", 'a "b" [red] \x1b', "a\u2028b", "é" * 1000],
    "original_title": ["RAPAT"],
    "date": [date(2022, 4, 20), datetime(2022, 4, 20, tzinfo=UTC), date(1900, 1, 1),
             datetime(2200, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-23)))],
    "date_uncertain": ["Tanggalnya tidak disebut."],
    "tags": [[], ["sop"], ["SOP", "dua kata"]],
    "summary": ["Satu kalimat."],
    "author": ["Humas"],
    "category": ["berita"],
    "draft": [True, False],
    "image": [{"file": "a.jpg"}, {"file": "a.jpg", "alt": "", "caption": "x", "credit": "y"}],
    "views": [0, 44, 2**53 - 1],
    "aliases": [[], ["/lama/"], ["/a?b=c", "/"], ["/a/con-2/konsol.html", "/a?.b=-c&nul"]],
    "corrections": [[], [{"date": date(2022, 4, 21), "text": "x"}]],
    "withdrawn": [{"date": date(2022, 4, 21), "reason": "x"}],
    "lint_ignore": [["EJA005"]],
    "imported": ["berita:1"],
}  # fmt: skip

LINES = ["", " ", "\t", "a\nb", "a\n", "a\r", 1, True, ["a"], date(2022, 1, 1)]
BAD: dict[str, list[Any]] = {
    **dict.fromkeys(
        ("title", "original_title", "summary", "author", "category", "imported", "date_uncertain"),
        LINES,
    ),
    "date": ["2022-04-20", 2022, True, "", date(1899, 12, 31), date(2201, 1, 1), date(1, 1, 1),
             datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=23))),
             datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-23)))],
    "tags": ["sop", [""], ["a", " "], ["a\nb"], [1], [["a"]], {"a": "b"}],
    "draft": ["true", 1, 0],
    "image": ["a.jpg", {}, {"alt": "x"}, {"file": ""}, {"file": "a", "alt": 1},
              {"file": "a", "apa": "b"}],
    "views": [-1, True, 1.0, "44", 2**53, 10**4000],
    "aliases": ["/a/", ["a/"], ["//a"], ["/../a"], ["/a/.git/x"], ["/-a"], ["/con"],
                ["/a/Nul.html"], ["/a b/"], ["/é/"], [1]],
    "corrections": [{"date": date(2022, 4, 21), "text": "x"}, [{"text": "x"}],
                    [{"date": date(2022, 4, 21)}], [{"date": "x", "text": "x"}], ["x"]],
    "withdrawn": [True, {"date": date(2022, 4, 21)}, {"reason": "x"},
                  {"date": date(2022, 4, 21), "reason": ""}],
    "lint_ignore": ["EJA005", [1]],
}  # fmt: skip


def cases(table: dict[str, list[Any]]) -> list[Any]:
    return [
        pytest.param(name, value, id=f"{name} {str(value)[:30]!a}")
        for name, values in table.items()
        for value in values
    ]


def test_every_field_has_cases() -> None:
    assert set(GOOD) == set(BAD) == set(FIELDS)


@pytest.mark.parametrize(("name", "value"), cases(GOOD))
def test_good_values_are_taken(name: str, value: object) -> None:
    data = {"title": "x", "date": date(2022, 4, 20), name: value}
    assert list(check_fields(data)) == []


@pytest.mark.parametrize(("name", "value"), cases(BAD))
def test_bad_values_are_named_in_a_sentence(name: str, value: object) -> None:
    data = {"title": "x", "date": date(2022, 4, 20), name: value}
    (problem,) = check_fields(data)
    assert (problem.kind, problem.field) == (ProblemKind.MISTYPED, name)
    assert problem.message.startswith(f"`{name}` harus ")
    assert len(problem.message) < 120


def test_missing_fields_are_named_last() -> None:
    problems = list(check_fields({"draft": 1, "tajuk": "x"}))
    assert [(item.kind.value, item.field) for item in problems] == [
        ("mistyped", "draft"),
        ("unknown", "tajuk"),
        ("missing", "title"),
        ("missing", "date"),
    ]
    assert problems[-1].message == "`date` belum diisi"


UNKNOWN = {
    "titel": ("`titel` tidak dikenal; mungkin maksudnya `title`", "title"),
    "Tags": ("`Tags` tidak dikenal; mungkin maksudnya `tags`", "tags"),
    "penulis": ("`penulis` tidak dikenal", None),
    "": ("`` tidak dikenal", None),
    "x" * 40: (f"`{'x' * 40}` tidak dikenal", None),
    "x" * 41: (f"`{'x' * 39}…` tidak dikenal", None),
    "x" * 60_000: (f"`{'x' * 39}…` tidak dikenal", None),
}


@pytest.mark.parametrize(
    ("name", "expected"), UNKNOWN.items(), ids=[name[:10] or "empty" for name in UNKNOWN]
)
def test_unknown_fields_are_named_with_the_nearest(
    name: str, expected: tuple[str, str | None]
) -> None:
    (problem,) = check_fields({**tomli.loads(SOUND), name: 1})
    assert problem.kind is ProblemKind.UNKNOWN
    assert (problem.message, problem.suggestion) == expected


def test_many_unknown_fields_take_no_time() -> None:
    data = {f"title{number}": 1 for number in range(5000)}
    started = time.process_time()
    assert len(list(check_fields(data))) == 5002
    assert time.process_time() - started < 2


PLACES = {
    "a value": (SOUND, "date", "2022-04-20"),
    "without its comment": ('tags = ["a"] # x\n', "tags", '["a"]'),
    "over many lines": ('tags = [\n "a",\n] # x\n', "tags", '[\n "a",\n]'),
    "quoted": ('"title" = "x"\n', "title", '"x"'),
    "of a header": ('[image] # x\nfile = "a"\n', "image", "image"),
    "of a list of tables": ('[[corrections]]\ntext = "a"\n', "corrections", "corrections"),
    "of a part": ("image.file = 'a'\n", "image", "'a'"),
    "behind a text that looks like it": ('a = """\n[b]\ndate = 1\n"""\ndate = 2\n', "date", "2"),
    "behind a list over lines": ("a = [\n[1],\n]\ndate = 2\n", "date", "2"),
    "not in a table": ("[image]\ndate = 2\n", "date", None),
    "not in a comment": ("# date = 2\n", "date", None),
    "not there": (SOUND, "tags", None),
    "not another": ("dates = 1\n", "date", None),
    "CRLF": ("a = 1\r\ndate = 2\r\n", "date", "2"),
}


@pytest.mark.parametrize(("text", "name", "found"), PLACES.values(), ids=PLACES)
def test_a_field_is_found_where_it_is_written(text: str, name: str, found: str | None) -> None:
    span = find_field(text, name)
    assert (text[slice(*span)] if span else None) == found


def test_fields_are_edited_together() -> None:
    text = f'{SOUND}# x\ntags = ["a"]\n'
    values = {"tags": ["a", "b"], "draft": True, "title": "Apel", "summary": None}
    assert edit_fields(text, values) == (
        'title = "Apel"\ndate = 2022-04-20\n# x\ntags = ["a", "b"]\ndraft = true\n'
    )


def test_an_edit_that_would_break_something_is_refused() -> None:
    with pytest.raises(KpuError) as caught:
        edit_fields(f"{SOUND}x = 0x{'f' * 20_000}\n", {"draft": True})
    assert "`draft`" in caught.value.message
    assert caught.value.hint


MOMENTS = {
    "day": (date(2022, 4, 20), datetime(2022, 4, 20, tzinfo=WIB)),
    "no offset": (datetime(2022, 4, 20, 15), datetime(2022, 4, 20, 15, tzinfo=WIB)),  # noqa: DTZ001
    "offset": (datetime(2022, 4, 20, 15, tzinfo=UTC), datetime(2022, 4, 20, 15, tzinfo=UTC)),
}


@pytest.mark.parametrize(("value", "moment"), MOMENTS.values(), ids=MOMENTS)
def test_dates_are_moments_in_the_zone_of_the_office(value: date, moment: datetime) -> None:
    found = as_datetime(value, WIB)
    assert (found, found.utcoffset()) == (moment, moment.utcoffset())
