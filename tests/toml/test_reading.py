"""What is wrong with TOML, in words and at the line where one must look."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from kpucli.toml import TomlError, parse_toml
from kpucli.toml.reading import _MESSAGES
from tests.properties import relaxed

CLOSED = "tanda kutip tidak ditutup"
ILLEGAL = "tanda kutip tidak ditutup atau ada karakter terlarang"
ARRAY = "kurung siku tidak ditutup atau ada koma yang kurang"
TABLE = "kurung kurawal tidak ditutup atau ada koma yang kurang"
TWICE = "nama ini ditulis dua kali"
NUMBER = "ada bilangan yang terlalu panjang"
NESTED = "isinya bersarang terlalu dalam"
LEFT = "ada sisa tulisan sesudah nilainya"
VALUE = "nilainya tidak dikenal; teks harus diapit tanda kutip"
DATE = "tanggal atau jamnya tidak sah; tulis seperti 2022-04-20T15:00:00+07:00"
START = "baris harus diawali sebuah nama, lalu tanda ="

ERRORS = {
    "no such day": ("a = 1\ndate = 2022-02-30\n", 2, "tanggal ini tidak ada di kalender"),
    "no such hour": ("date = 2022-04-20T25:00:00", 1, DATE),
    "no such offset": ("date = 2022-04-20T15:00:00+24:00", 1, DATE),
    "no such second": ("date = 2022-04-20T15:00:60Z", 1, DATE),
    "day first": ("date = 20-04-2022\n", 1, DATE),
    "slashes": ("date = 20/4/2022\n", 1, DATE),
    "one digit": ("a = 1\n\ndate = 2022-4-20\n", 3, DATE),
    "date in words": ("date = 20 April 2022\n", 1, LEFT),
    "no value": ("a = 1\nb =\nc = 1\n", 2, VALUE),
    "no quotes": ("a = Rapat\n", 1, VALUE),
    "curly quotes": ("a = “Rapat”\n", 1, VALUE),
    "Python's truth": ("draft = True\n", 1, VALUE),
    "no equals sign": ("a 1\n", 1, "sesudah nama harus ada tanda ="),
    "YAML": ("title: Rapat\n", 1, "sesudah nama harus ada tanda ="),
    "no name": ("= 1\n", 1, START),
    "curly quotes at the name": ("“a” = 1\n", 1, START),
    "NUL": ("a = 1\n\0\n", 2, START),
    "NUL in a comment": ("a = 1\n# \0\n", 2, ILLEGAL),
    "NUL in a text": ('a = 1\nb = "\0"\n', 2, ILLEGAL),
    "a lone CR": ('a = 1\nb = "x\ry"\n', 2, ILLEGAL),
    "quote in quotes": ("title = 'Jum'at'\n", 1, LEFT),
    "backslash": ('a = "C:\\data"\n', 1, "garis miring terbalik harus ditulis dua kali: \\\\"),
    "surrogate": ('a = "\\ud800"\n', 1, "kode karakter sesudah \\ tidak sah"),
    "no such code": ('a = "\\uZZZZ"\n', 1, "kode karakter sesudah \\ tidak sah"),
    "quote not closed": ('a = 1\nb = "x\nc = 1\n', 2, ILLEGAL),
    "quote not closed, others are": ("a = 1\nb = 'x\nc = 'y'\n", 2, ILLEGAL),
    "quote not closed to the end": ("a = 1\nb = 'x\nc = 1\n", 2, ILLEGAL),
    "quotes not closed": ('a = 1\nb = """x\nc = 1\n\n', 2, CLOSED),
    "three quotes not closed": ("a = 1\nb = '''x\nc = 1\n\n", 2, ILLEGAL),
    "list not closed": ('a = 1\ntags = [\n "b",\n\nc = 1\n', 2, ARRAY),
    "list without a comma": ('tags = ["a" "b"]\n', 1, ARRAY),
    "wrong item of a list": ("tags = [\n 'a',\n b,\n]\n", 3, VALUE),
    "table not closed": ("a = { b = 1\nc = 1\n", 1, TABLE),
    "header not closed": ("a = 1\n[t\nb = 1\n", 2, "kurung siku tidak ditutup"),
    "headers not closed": ("a = 1\n[[t]\nb = 1\n", 2, "kurung siku tidak ditutup"),
    "header without a name": ("[]\n", 1, "nama di awal baris tidak sah"),
    "twice": ("a = 1\nb = 1\na = 2\nc = 1\n", 3, TWICE),
    "twice, over many lines": ("a = 1\na = [\n 2,\n 3,\n]\n", 2, TWICE),
    "twice, CRLF": ("a = 1\r\nb = 1\r\na = 2\r\nc = 1\r\n", 3, TWICE),
    "twice in a table": ("a = { b = 1, b = 2 }\n", 1, TWICE),
    "table twice": ("[a]\nb = 1\n[a]\n", 3, "bagian ini ditulis dua kali"),
    "table and value": ("a = 1\nb = 1\n[a]\n", 3, TWICE),
    "two statements on a line": ("a = 1 b = 2\n", 1, LEFT),
    "deep lists": (f"a = 1\nb = {'[' * 5000}{']' * 5000}\n", 2, NESTED),
    "deep tables": (f"a = 1\nb = {'{b=' * 5000}1{'}' * 5000}\n", 2, NESTED),
    "deep names": (f"a = 1\n{'.'.join('b' * 5000)} = 1\n", 2, NESTED),
    "long number": (f"a = 1\nb = {'9' * 5000}\nc = 1\n", 2, NUMBER),
    "long number in a list": (f"a = 1\nb = [\n1,\n{'9' * 5000},\n]\nc = 1\n", 2, NUMBER),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), ERRORS.values(), ids=ERRORS)
def test_an_error_says_what_and_where(text: str, line: int, message: str) -> None:
    with pytest.raises(TomlError) as caught:
        parse_toml(text)
    assert (caught.value.line, caught.value.message) == (line, message)
    with pytest.raises(TomlError) as caught:  # the same further down
        parse_toml(f"# satu\n\nx.y = [\n]\n{text}")
    assert (caught.value.line, caught.value.message) == (line + 4, message)


def test_every_message_of_the_parser_is_known() -> None:
    """A parser that learns new words must not speak English to users."""
    source = Path(tomli.__file__).with_name("_parser.py").read_text()
    found = re.findall(r"TOMLDecodeError\(\s*f?([\"'])(.+?)\1[,\s]", source)
    messages = [re.sub(r"\{.*", "", message.replace("\\\\", "\\")) for _quote, message in found]
    assert len(messages) > 15
    unknown = [message for message in messages if not message.startswith(tuple(_MESSAGES))]
    assert unknown == []


@settings(relaxed, max_examples=500)
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*'[]{}=,"\'#\n\\.ax1 -:T', '"""', "'''", "\r\n", "2022-04-20"]))
        .map("".join),
    )
)  # fmt: skip
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_toml(text)
    except TomlError as refused:
        error = refused
    else:
        return
    assert 1 <= error.line <= text.count("\n") + 1
    assert "(" not in error.message


LONG = {
    "quotes": '"""\\' * 16_000,
    "quotes on lines": '"""\n\\' * 12_000,
    "apostrophes": "'''" * 21_000 + "'",
    "brackets": "a = [" * 13_000,
    "keys": "a\n" * 32_000,
    "4,000 tables": "".join(f"[a{number}]\n" for number in range(4000)) + "[a3]\n",
    "one value": "a = " + '"\\u0041' * 9_000,
    "twice at the end": "".join(f"a{number} = 1\n" for number in range(6000)) + "a0 = 1\n",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_hostile_text_is_refused_at_once(text: str) -> None:
    started = time.process_time()
    with pytest.raises(TomlError):
        parse_toml(text[: 64 * 1024])
    assert time.process_time() - started < 1
