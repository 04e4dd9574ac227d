"""Words that are two: dimana → di mana, pertahun → per tahun, kapanpun → kapan pun.

Other rules report these; here they are told from misspellings.
"""

from __future__ import annotations

from collections.abc import Callable

Test = Callable[[str], bool]

_PREPOSITIONS = ("di", "ke")
_TIMES = frozenset(
    [
        "abad",
        "bulan",
        "detik",
        "hari",
        "jam",
        "kapita",
        "kilogram",
        "kilometer",
        "lembar",
        "menit",
        "meter",
        "minggu",
        "orang",
        "pekan",
        "satu",
        "tahun",
        "tanggal",
        "unit",
    ]
)
_MINIMUM = 3


def split_joined(word: str, is_known: Test) -> str | None:
    """The word as two, if it is a preposition or a particle joined to a known word."""
    for preposition in _PREPOSITIONS:
        rest = word.removeprefix(preposition)
        if rest != word and len(rest) >= _MINIMUM and is_known(rest):
            return f"{preposition} {rest}"
    if word.startswith("per") and word[3:] in _TIMES:
        return f"per {word[3:]}"
    before = word.removesuffix("pun")
    if before != word and len(before) >= _MINIMUM and is_known(before):
        return f"{before} pun"
    return None
