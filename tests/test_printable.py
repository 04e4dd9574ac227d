"""Text that is fit to be shown."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from kpucli.printable import group_thousands, printable

SHOWN = {
    "plain": ("Rapat “SOP” – é 👍 [red]", "Rapat “SOP” – é 👍 [red]"),
    "escape": ("\x1b[31mmerah", "\\x1b[31mmerah"),
    "link": ("\x1b]8;;http://x\x07y", "\\x1b]8;;http://x\\x07y"),
    "one line": ("a\nb\r\tc", "a\\nb\\r\\tc"),
    "C1": ("\x9b31m", "\\x9b31m"),
    "direction": ("a\u202eb\u2066c\u061cd", "a\\u202eb\\u2066c\\u061cd"),
    "hidden": ("a\u200bb\u00adc\ufeffd", "a\\u200bb\\xadc\\ufeffd"),
    "tags": ("a\U000e0041", "a\\U000e0041"),
    "half": ("a\udcff", "a\\udcff"),
    "other line ends": ("a\u2028b\x85c", "a\\u2028b\\x85c"),
}


@pytest.mark.parametrize(("text", "shown"), SHOWN.values(), ids=SHOWN)
def test_what_could_command_a_terminal_is_written_out(text: str, shown: str) -> None:
    assert printable(text) == shown


BIDIRECTIONAL = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}


def test_no_control_and_no_mark_of_direction_is_left() -> None:
    shown = set(printable("".join(map(chr, range(sys.maxunicode + 1)))))
    assert not {mark for mark in shown if unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp")}
    assert not {mark for mark in shown if unicodedata.bidirectional(mark) in BIDIRECTIONAL}
    assert not shown & set("\u200e\u200f\u061c")


NUMBERS = {0: "0", 999: "999", 1000: "1.000", 1234567: "1.234.567", -1500: "-1.500"}


@pytest.mark.parametrize(("number", "text"), NUMBERS.items(), ids=map(str, NUMBERS))
def test_thousands_are_grouped(number: int, text: str) -> None:
    assert group_thousands(number) == text
