"""How many men and women a text counts, and what it says is their total."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpucli.lint.numerals import ALONE, read_number

_PEOPLE = (
    "orang|jiwa|pemilih|peserta|siswa|mahasiswa|pelajar|pegawai|petugas|anggota|calon|pelamar"
    "|pendaftar|warga|kader|relawan|santri|penyandang|tamu|undangan|hadirin|staf|guru|komisioner"
)
_SEX = r"(?P<{0}>laki-laki|lelaki|pria|putra|perempuan|wanita|putri)(?![\w-])"
_COUNTED = re.compile(
    rf"(?P<number>{ALONE})(?: (?:{_PEOPLE}|di antaranya|adalah)){{0,2}} {_SEX.format('sex')}"
    rf"|{_SEX.format('label')}(?: (?:{_PEOPLE}|sebanyak|berjumlah|sejumlah|tercatat|ada|mencapai)"
    rf"| ?[:=]){{0,3}} (?P<value>{ALONE})",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"(?P<led>(?:total|jumlah|berjumlah|sebanyak|sejumlah)(?:nya)?(?: [^\W\d]+){{0,3}} )?"
    rf"(?P<number>{ALONE})(?P<noun> (?:{_PEOPLE})\b"
    r"(?! (?:laki|lelaki|pria|putra|perempuan|wanita)))?",
    re.IGNORECASE,
)
_WOMEN = frozenset({"perempuan", "wanita", "putri"})
_INEXACT = re.compile(
    r"\b(?:sekitar|lebih|kurang|hampir|persen|lainnya|termasuk|anak-anak|rata-rata|setiap|tiap)\b|%",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class GenderCount:
    """Men and women, and the number at `start` to `end` that should be their sum."""

    men: int
    women: int
    total: int
    start: int
    end: int


def count_by_gender(text: str) -> GenderCount | None:
    """The one count of men and women in some sentences, with the total nearest to their sum.

    None where there is no such count, more than one, no total near it, or a word that says that
    numbers are not exact.
    """
    found = list(_COUNTED.finditer(text))
    if len(found) != 2 or _INEXACT.search(text):
        return None
    numbers: dict[bool, int] = {}
    for match in found:
        sex = (match["sex"] or match["label"]).lower()
        numbers[sex in _WOMEN] = read_number(match["number"] or match["value"]) or 0
    if len(numbers) != 2 or not all(numbers.values()):
        return None
    return _with_total(text, numbers[False], numbers[True], [match.span() for match in found])


def _with_total(
    text: str, men: int, women: int, taken: list[tuple[int, int]]
) -> GenderCount | None:
    both = men + women
    best: GenderCount | None = None
    for match in _TOTAL.finditer(text):
        start, end = match.span("number")
        if any(first <= start < last for first, last in taken):
            continue
        value = read_number(match["number"])
        if value is None or not (match["led"] or match["noun"]):
            continue
        if abs(value - both) > max(2, both // 10) or value <= max(men, women):
            continue
        if best is None or abs(value - both) < abs(best.total - both):
            best = GenderCount(men, women, value, start, end)
    return best
