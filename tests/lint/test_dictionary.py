"""`kamus.txt`: the office's own words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kpucli.config import Config
from kpucli.errors import KpuError
from kpucli.lint.dictionary import is_accepted, read_words
from tests.conftest import Office

OLD = """\
# Kata yang dipakai kantor ini.

# nama wisma
Cakrawala
sirekap
"""


def words(office: Office) -> str:
    return (office.folder / "kamus.txt").read_text()


def test_the_first_words_make_the_file(office: Office) -> None:
    result = office.run("lint", "--add-words", "sirekap", "Cakrawala", "KPU-RI", "sirekap")
    assert words(office) == "Cakrawala\nKPU-RI\nsirekap\n"
    assert "3 kata ditambahkan ke kamus.txt." in result.err
    assert result.out == ""


def test_words_get_to_their_places_and_comments_stay(office: Office) -> None:
    (office.folder / "kamus.txt").write_text(OLD + "# sampai di sini\n")
    office.run("lint", "--add-words", "Bakesbangpol", "tungsura", "Gus’ul", "Cakrawala")
    assert words(office) == (
        "# Kata yang dipakai kantor ini.\n\nBakesbangpol\n# nama wisma\nCakrawala\nGus’ul\n"
        "sirekap\ntungsura\n# sampai di sini\n"
    )


def test_words_that_are_there_change_nothing(office: Office) -> None:
    path = office.folder / "kamus.txt"
    path.write_text("b\na  # bukan urutan\n")
    before = path.stat().st_mtime_ns
    assert "0 kata" in office.run("lint", "--add-words", "a", "b").err
    assert path.stat().st_mtime_ns == before
    office.run("lint", "--add-words", "A")
    assert words(office) == "A\na  # bukan urutan\nb\n"


@pytest.mark.parametrize("word", ["dua kata", "#a", "", "a,", "\x1b[31m", "—", "a\nb"])
def test_what_is_no_word_is_refused(word: str, office: Office) -> None:
    result = office.run("lint", "--add-words", "baik", word, code=2)
    assert "bukan satu kata" in result.err
    assert "\x1b" not in result.err
    assert not (office.folder / "kamus.txt").exists()


def test_without_words_it_is_said_how(office: Office) -> None:
    assert "kpucli lint --add-words" in office.run("lint", "--add-words", code=2).err


def test_words_are_read_without_comments_and_blanks(tmp_path: Path) -> None:
    config = Config(root=tmp_path, source=None)
    assert read_words(config) == frozenset()
    (tmp_path / "kamus.txt").write_bytes(b"\xef\xbb\xbf# a\r\nb  # c\r\n\r\n  Oro-Oro \r\n")
    assert read_words(config) == {"b", "Oro-Oro"}


@pytest.mark.parametrize(
    ("word", "entry", "expected"),
    [
        ("sirekap", "sirekap", True),
        ("Sirekap", "sirekap", True),
        ("SIREKAP", "sirekap", True),
        ("Setyabudi", "Setyabudi", True),
        ("SETYABUDI", "Setyabudi", True),
        ("setyabudi", "Setyabudi", False),
        ("SetyaBudi", "Setyabudi", False),
        ("sirekapnya", "sirekap", False),
        ("sire", "sirekap", False),
        ("dpb", "DPB", False),
    ],
)
def test_whole_words_are_accepted_by_their_case(word: str, entry: str, expected: bool) -> None:
    assert is_accepted(word, frozenset({entry, "lain"})) is expected


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    config = Config(root=tmp_path, source=None)
    os.mkfifo(tmp_path / "kamus.txt")
    with pytest.raises(KpuError, match="bukan berkas biasa"):
        read_words(config)
