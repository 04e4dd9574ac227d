"""`kpucli show`."""

from __future__ import annotations

import re
import time

import pytest

from tests.conftest import Office
from tests.terminal import run_on_terminal

BODY = "**KOTA CONTOH** – Rapat digelar.\n\n- data\n- logistik\n\n\tdua [red]x[/red] \x1b[31m\n"


@pytest.fixture
def rapat(office: Office) -> Office:
    """One article with everything that `show` tells."""
    fields = 'title = "Rapat [red]pleno[/red]"\ntags = ["dpb", "rapat"]\nviews = 1204'
    office.add("2022/rapat", f"{fields}\ndate = 2022-04-20T15:00:00+07:00", BODY)
    return office


@pytest.mark.parametrize(
    "name", ["rapat", "2022/rapat", "/berita/2022/rapat/", "articles/2022/rapat.md"]
)
def test_piped_it_is_plain_text(rapat: Office, name: str) -> None:
    assert rapat.run("show", name).out == (
        "Rapat [red]pleno[/red]\n"
        "Rabu, 20 April 2022, 15.00 WIB · terbit · Humas KPU Kota Contoh · dpb, rapat"
        " · dilihat 1.204 kali\n\n"
        "**KOTA CONTOH** – Rapat digelar.\n\n- data\n- logistik\n\n"
        "    dua [red]x[/red] \\x1b[31m\n"
    )


@pytest.mark.parametrize("on_terminal", [True, False], ids=["terminal", "pipe"])
def test_a_hostile_text_is_shown_in_no_time(office: Office, on_terminal: bool) -> None:
    office.add("2022/garis", body="---\n" * 100_000 + "\n" * 100_000 + "Tamat.\n")
    started = time.monotonic()
    if on_terminal:
        shown = run_on_terminal(office.folder, "show", "garis").screen
    else:
        shown = office.run("show", "garis").out
    assert shown.endswith(("Tamat.\n", "Tamat.\r\n"))
    assert time.monotonic() - started < 4


def test_on_a_terminal_it_is_rendered(rapat: Office) -> None:
    screen = run_on_terminal(rapat.folder, "show", "rapat", columns=60).screen
    shown = re.sub(r"\x1b\[[\d;]*m", "", screen)
    assert "**" not in shown
    assert "• data" in shown
    assert "[red]pleno[/red]" in shown
    assert r"\x1b[31m" in shown


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rapot", "Mungkin maksudnya “rapat”."),
        ("2021/rapat", "Tidak ada artikel “2021/rapat”"),
        ("", "Tidak ada artikel"),
        ("../../etc/passwd", "Tidak ada artikel"),
    ],
)
def test_unknown_names_are_refused(rapat: Office, name: str, words: str) -> None:
    result = rapat.run("show", name, code=2)
    assert words in result.err
    assert result.out == ""


def test_a_slug_of_two_years_needs_its_year(rapat: Office) -> None:
    rapat.add("2023/rapat")
    assert "2022/rapat, 2023/rapat" in rapat.run("show", "rapat", code=2).err
    rapat.run("show", "2023/rapat")


def test_a_broken_article_is_named_with_its_line(office: Office) -> None:
    office.write("2022/rusak", '+++\ntitle = "x"\ndate = kemarin\n+++\n')
    assert "articles/2022/rusak.md:3:" in office.run("show", "rusak", code=2).err
