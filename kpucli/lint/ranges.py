"""Ranges written with a hyphen: 2020-2024, pukul 08.00-10.00, 14-16 April, Senin-Jumat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kpucli.dates import MONTHS
from kpucli.lint.prose import SPACES

_GAP = rf"[{SPACES}]?"
_HYPHEN = rf"(?P<hyphen>{_GAP}-{_GAP})"
_START = r"(?<![\w/.,:@#-])"
_END = r"(?![\w/-]|[.,:]\d)"
_YEAR = r"(?:19|20)\d\d"
_TIME = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_ZONE = r"(?: ?WI(?:B|TA|T))"
_MONTH = rf"(?:{'|'.join(MONTHS)}|Pebruari|Nopember)"
_DAY = r"(?:Senin|Selasa|Rabu|Kamis|Jum[’'‘`]?at|Sabtu|Minggu|Ahad)"
_BEFORE = (
    r"(?i:halaman|hlm\.|hal\.|pasal|ayat|usia|umur|berusia|berumur|tahun|tanggal|pukul|jam|bab|semester"
    r"|angkatan|sekitar|kisaran|antara|selama|TPS|nomor urut)"
)
_UNIT = (
    r"(?:tahun|orang|hari|menit|jam|detik|bulan|minggu|pekan|kilometer|km|meter|sentimeter|cm"
    r"|kilogram|kg|gram|liter|persen|kali|kecamatan|kelurahan|desa|peserta|kursi|suara|lembar|ribu"
    r"|juta|miliar|TPS|kata|baris|halaman|kalimat|petugas|unit|kotak|anak|siswa|pasang|langkah)\b"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # years, days and times
        rf"{_START}(?P<first>{_YEAR}){_HYPHEN}(?P<last>{_YEAR}){_END}",
        rf"(?i:(?:pukul|jam|pkl\.?) |(?m:^)|\| )(?P<range>{_TIME}{_ZONE}?{_HYPHEN}{_TIME}){_END}",
        rf"{_START}{_TIME}{_ZONE}?{_HYPHEN}(?:{_TIME}(?={_ZONE}\b)|selesai\b)",
        rf"{_START}(?P<first>\d{{1,2}}){_HYPHEN}(?P<last>\d{{1,2}})(?= ?{_MONTH}\b)",
        rf"(?<=\()(?P<first>\d{{1,2}}){_HYPHEN}(?P<last>\d{{1,2}})(?=/\d{{1,2}}(?:/\d{{2,4}})?\))",
        rf"{_START}(?P<first>\d{{1,2}}){_HYPHEN}(?P<last>\d{{1,2}})(?=/\d{{1,2}}/\d{{4}}\b)",
        rf"{_START}(?<=\()\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?{_HYPHEN}\d{{1,2}}/\d{{1,2}}(?=/\d{{4}}|\))",
        rf"\b\d{{1,2}} {_MONTH}(?: \d{{4}})?{_HYPHEN}\d{{1,2}} {_MONTH}\b",
        rf"(?<![\w-]){_MONTH}(?: \d{{4}})?{_HYPHEN}{_MONTH}(?![\w-])",
        rf"(?<![\w-])(?<!puasa )(?P<first>{_DAY}){_HYPHEN}(?P<last>{_DAY})(?![\w-])",
        # other numbers, told by what stands beside them
        rf"\b{_BEFORE} (?P<range>(?P<first>\d{{1,4}}){_HYPHEN}(?P<last>\d{{1,4}})){_END}",
        rf"{_START}(?:Rp ?)?(?P<first>\d{{1,4}}){_HYPHEN}(?P<last>\d{{1,4}})(?= {_UNIT})",
        rf"{_START}\d{{1,3}}(?:,\d+)?%?{_HYPHEN}\d{{1,3}}(?:,\d+)?(?=%| persen\b)",
        rf"\bRp ?\d[\d.]*(?:,\d+)?{_HYPHEN}Rp ?\d[\d.]*",
    )
)
_NUMBERED = re.compile(
    r"\b(?:[Nn]omor|[Nn]o\.|NIP|NIK|NPWP|SK|[Tt]elepon|[Tt]elp\.?|WA|HP) ?:? ?\Z"
)


# Few hyphens stand like this: the patterns are tried only around those.
_LIKELY = re.compile(rf"-(?:(?<=[\w%].)|(?<=[\w%][{SPACES}].)){_GAP}(?=\d|[A-Z][a-z]|selesai)")
_BLANKS = frozenset(filter(re.compile(f"[{SPACES}]").match, map(chr, range(0x3001))))
_HYPHEN_BEFORE = re.compile(r"-[ \u00a0]{0,2}[\dA-Zs]")
_REACH = 40


def find_ranges(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Each range with a hyphen, and the place of the hyphen with the blanks around it."""
    seen: set[int] = set()
    if _HYPHEN_BEFORE.search(text) is None:
        return
    for likely in _LIKELY.finditer(text):
        start = likely.start() - (text[likely.start() - 1] in _BLANKS)
        first, last = max(0, start - _REACH), likely.end() + _REACH
        found = (pattern.finditer(text, first, last) for pattern in _PATTERNS)
        for match in chain.from_iterable(found):
            groups = match.groupdict()
            span = match.span("range") if groups.get("range") else match.span()
            if match.start("hyphen") in seen or not _rises(groups):
                continue
            if _NUMBERED.search(text, max(0, span[0] - 14), span[0]):
                continue
            seen.add(match.start("hyphen"))
            yield span, match.span("hyphen")


def _rises(groups: dict[str, str | None]) -> bool:
    """Whether the range goes from less to more, as scores and codes need not."""
    first, last = groups.get("first"), groups.get("last")
    if first is None or last is None:
        return True
    return int(first) < int(last) if first.isdigit() else first != last
