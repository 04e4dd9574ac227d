"""TGL005: how dates and times are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import INFO, Hit, rule, safe

_MONTHS = {"pebruari": "Februari", "febuari": "Februari", "nopember": "November"}
_CLOCK = r"\d{1,2}[.:]\d{2}"
_PARTS = "pagi|siang|sore|petang|malam|subuh|dini"
_WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<month>[Pp]ebruari|[Ff]ebuari|[Nn]opember)"
    r"|(?P<friday>[Jj]um['’‘`´]at)"
    rf"|(?P<hour>[Jj]am|[Pp]kl\.?)(?=\s{_CLOCK}(?!\d)|\s\d{{1,2}}\s(?:{_PARTS})\b)"
    r"|(?P<day>[Tt]gl\.?)(?=\s\d{1,2}\s))(?![\w-])"
)
_BEGINNING = PiecePattern(
    r"(?<![\w-])(?:[Pp]ebruari|[Ff]ebuari|[Nn]opember|[Jj]um['’‘`´]at|[Jj]am|[Pp]kl|[Tt]gl)"
)
# Only texts with one of these are looked through: "(jam 9 pagi" alone may be anything.
_PIECES = (
    *("ebruari", "ebuari", "opember", "m'at", "m’at", "m‘at", "m`at", "m´at", " jam ", "Jam "),
    *("\njam ", "pkl", "Pkl", "tgl", "Tgl"),
)
_COLON = re.compile(r"(?<![\w:.,/])(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?![\w:])")
_CLOCK_BEFORE = re.compile(
    rf"\b(?:pukul|pkl\.?|jam)[ \n]*(?:{_CLOCK}[ \n]*(?:WI(?:B|TA|T)[ \n]*)?"
    r"(?:[-–—]|s\.?d\.?|sampai(?: dengan)?|hingga|dan)[ \n]*(?:pukul[ \n]*)?)?\Z",
    re.IGNORECASE,
)
_CLOCK_BEHIND = re.compile(
    rf"[ \n]*(?:(?:[-–—]|s\.?d\.?|sampai|hingga)[ \n]*{_CLOCK}[ \n]*)?(?:WIB|WITA|WIT|Wib|wib)\b"
)
_SHORT_YEAR = re.compile(r"(?<![\w/.,-])(?P<date>\d{1,2}/\d{1,2}/)(?P<year>\d{2})(?![\w/-])")


@rule(
    "TGL005",
    N_("Penulisan tanggal dan waktu"),
    severity=INFO,
    explanation=N_(
        "Nama bulan dan hari ditulis menurut kamus (Februari, November, Jumat), waktu dengan kata"
        " pukul dan titik di antara jam dan menit (pukul 08.00), tahun dengan empat angka. Kata"
        " jam dipakai untuk lamanya: selama dua jam."
    ),
    source=N_("EYD V, bab III, tanda titik: jam dan menit; KBBI: pukul, Februari, Jumat."),
    bad=(
        "Rapat ditutup pada ‹jam› 15.30 WIB hari ‹Jum'at› pekan ini, 22 April 2022.",
        "Mulai pukul ‹08:00› WIB sampai pukul ‹16:00› WIB, 28 ‹Pebruari› 2022.",
        "Diserahkan Jumat (8/3/‹22›).",
    ),
    fixed=(
        "Rapat ditutup pada pukul 15.30 WIB hari Jumat pekan ini, 22 April 2022.",
        "Mulai pukul 08.00 WIB sampai pukul 16.00 WIB, 28 Februari 2022.",
        "Diserahkan Jumat (8/3/2022).",
    ),
    good=(
        "Rapat mulai pukul 08.00–10.00 WIB selama dua jam, di luar jam kerja, skor 2:15.",
        "Surat 8/3/22/KPU; Q.S. 2:255; 24 jam 30 menit; Jumat, 22 April 2022.",
    ),
    fix=Applicability.SAFE,
)
def date_time_style(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A form of a date or time that dictionary and spelling rules do not have."""
    for passage in manuscript.passages:
        for match in _find_words(passage):
            yield _replace(passage, match.span(), _better_word(match))
        if ":" in passage.text:
            yield from _colons(passage)
        if "/" in passage.text:
            yield from _short_years(passage)


def _find_words(passage: Passage) -> Iterator[re.Match[str]]:
    is_likely = _BEGINNING.is_in(passage.pieces) and any(piece in passage.text for piece in _PIECES)
    return _BEGINNING.find_longer(_WORDS, passage.pieces) if is_likely else iter(())


def _replace(passage: Passage, span: tuple[int, int], better: str) -> Hit:
    written = passage.text[slice(*span)]
    message = _("“{written}” ditulis {better}.").format(written=written, better=better)
    return passage.hit(span, message, better, safe(passage.replace(span, better)))


def _better_word(match: re.Match[str]) -> str:
    if match["month"]:
        return _MONTHS[match["month"].lower()]
    if match["friday"]:
        return "Jumat"
    word = "pukul" if match["hour"] else "tanggal"
    opens = re.search(
        r"(?:\A|[.?!:]\s+|\n)[“\"*]*\Z", match.string[max(0, match.start() - 6) : match.start()]
    )
    return word.capitalize() if match[0][0].isupper() and opens else word


def _colons(passage: Passage) -> Iterator[Hit]:
    text = passage.text
    for match in _COLON.finditer(text):
        is_clock = _CLOCK_BEFORE.search(
            text, max(0, match.start() - 60), match.start()
        ) or _CLOCK_BEHIND.match(text, match.end())
        if is_clock and int(match["hour"]) < 25:
            yield _replace(passage, match.span(), f"{match['hour']}.{match['minute']}")


def _short_years(passage: Passage) -> Iterator[Hit]:
    for match in _SHORT_YEAR.finditer(passage.text):
        day, month = map(int, match["date"].split("/")[:2])
        if 1 <= day <= 31 and 1 <= month <= 12 and int(match["year"]) < 45:
            yield _replace(passage, match.span("year"), f"20{match['year']}")
