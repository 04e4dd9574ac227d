"""Where the statements of a text stand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kpucli.toml.layout import read_statements, split_statements
from tests.properties import relaxed
from tests.toml.texts import Written, written

TEXT = '''\
# catatan
title = "a # b"  # judul

tags = [ # daftar
  "x = 1", # ]
] # sudah
"kunci a".b = """
[bukan]
c = 1
"""
d = {}
  [ image ] # foto
'file' = 'a.jpg'
[[corrections . "x]"]]
date=2022-04-20'''


def test_statements_have_names_and_places() -> None:
    found = [
        (item.path, TEXT[slice(*item.value)], TEXT[item.start : item.end].count("\n"))
        for item in read_statements(TEXT)
    ]
    assert found == [
        (("title",), '"a # b"', 1),
        (("tags",), '[ # daftar\n  "x = 1", # ]\n]', 3),
        (("kunci a", "b"), '"""\n[bukan]\nc = 1\n"""', 4),
        (("d",), "{}", 1),
        (("image",), "image", 1),
        (("image", "file"), "'a.jpg'", 1),
        (("corrections", "x]"), 'corrections . "x]"', 1),
        (("corrections", "x]", "date"), "2022-04-20", 0),
    ]


def test_headers_are_told_from_values() -> None:
    headers = [item.path for item in read_statements(TEXT) if item.is_header]
    assert headers == [("image",), ("corrections", "x]")]


@settings(relaxed, max_examples=300)
@given(written())
def test_statements_are_where_they_were_written(written: Written) -> None:
    text = written.text
    found = [(item.path[0], text[item.start : item.end]) for item in read_statements(text)]
    assert found == [piece for piece in written.pieces if piece[0]]


@relaxed
@given(st.text())
def test_any_text_is_split_without_loss(text: str) -> None:
    assert "".join(text[lines.start : lines.end] for lines in split_statements(text)) == text
