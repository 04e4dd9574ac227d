"""FAK009: the office's own abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import WARNING, Hit, rule, safe

# As written, and as the office writes it.
FORMS = {
    "kasubag": "kasubbag",
    "kasub bag": "kasubbag",
    "kasub. bag.": "kasubbag",
    "kasubbagian": "kasubbag",
    "ka subbag": "kasubbag",
    "ka. subbag": "kasubbag",
    "ka. sub bag": "kasubbag",
    "sub bagian": "subbagian",
    "sub-bagian": "subbagian",
    "subag": "subbag",
    "sub bag": "subbag",
    "sub bag.": "subbag",
    "sub-bag": "subbag",
    "kab/kota": "kabupaten/kota",
    "kab./kota": "kabupaten/kota",
    "kab./ kota": "kabupaten/kota",
    "kab/ kota": "kabupaten/kota",
    "gakumdu": "gakkumdu",
    "forkompimda": "forkopimda",
    "forkopinda": "forkopimda",
    "permenpan rb": "permenpanrb",
    "kemenpan": "kementerian panrb",
    "kemenpanrb": "kementerian panrb",
    "kemenpan rb": "kementerian panrb",
    "kemenpan-rb": "kementerian panrb",
}
_CAPITALS = {"kementerian panrb": "Kementerian PANRB", "permenpanrb": "PermenPANRB"}
_UNITS = "Keuangan|Program|Perencanaan|Hukum|Teknis|Umum|Logistik|SDM|Data|Partisipasi|Parmas|Tata"
_PATTERN = re.compile(
    r"(?<![\w./-])(?:(?P<form>(?i:"
    + "|".join(sorted(map(re.escape, FORMS), key=len, reverse=True))
    + r"))(?![\w]|[-/.]\w)"
    rf"|(?P<sub>[Ss]ub)(?=[ ](?:{_UNITS})\b)"
    r"|(?:(?<=KPU )|(?<=DPRD )|(?<=Bawaslu )|(?<=Pemerintah ))"
    r"(?P<region>Kab|Prov)\.?(?= [A-Z][a-z])"
    r"|(?:(?<=\d )|(?<=\d))(?P<zone>Wib|wib|Wita|wita)(?!\w)"
    r"|(?P<acronym>Kpu|Kpps|Tps)(?!\w))"
)
# What it begins with, up to the first blank.
_FIRST = "|".join(
    sorted(sorted({re.escape(form.split()[0]) for form in FORMS}), key=len, reverse=True)
)
_BEGINNING = PiecePattern(
    rf"(?<![\w./-])(?:(?i:{_FIRST})|[Ss]ub|Kab|Prov|(?<!\S)(?:Wib|wib|Wita|wita)|Kpu|Kpps|Tps)"
)
_REGIONS = {"Kab": "Kabupaten", "Prov": "Provinsi"}


@rule(
    "FAK009",
    N_("Singkatan kantor tidak baku"),
    severity=WARNING,
    explanation=N_(
        "Nama bagian, jabatan, dan lembaga disingkat dengan satu cara di semua berita: Kasubbag,"
        " Subbag, subbagian, kabupaten/kota, Gakkumdu, WIB. Kab. dan Prov. ditulis lengkap dalam"
        " nama kantor: KPU Kabupaten Jember."
    ),
    source=N_("Kebiasaan penulisan di lingkungan KPU; EYD V, bab II: singkatan dan akronim."),
    bad=(
        "Hadir ‹Kasubag› Teknis dan Kepala ‹Sub Bagian› Hukum.",
        "Pegawai KPU ‹Kab/Kota› dan KPU ‹Kab.› Jember tiba pukul 08.00 ‹Wib›.",
        "Kasubbag di ‹Sub› Keuangan.",
    ),
    fixed=(
        "Hadir Kasubbag Teknis dan Kepala Subbagian Hukum.",
        "Pegawai KPU Kabupaten/Kota dan KPU Kabupaten Jember tiba pukul 08.00 WIB.",
        "Kasubbag di Subbag Keuangan.",
    ),
    good="Kasubbag Teknis, Subbagian Hukum, KPU kabupaten/kota, Sentra Gakkumdu, pukul 08.00 WIB.",
    fix=Applicability.SAFE,
)
def acronym_form(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """An abbreviation that the office writes another way."""
    for passage in manuscript.passages:
        for match in _BEGINNING.find_longer(_PATTERN, passage.pieces):
            yield _hit(passage, match)


def _hit(passage: Passage, match: re.Match[str]) -> Hit:
    written = match[0]
    better = _better(match)
    message = _("“{written}” ditulis {better}.").format(written=written, better=better)
    return passage.hit(match.span(), message, better, safe(passage.replace(match.span(), better)))


def _better(match: re.Match[str]) -> str:
    written = match[0]
    if match["sub"]:
        return f"{written}bag"
    if match["region"]:
        return _REGIONS[match["region"]]
    if match["zone"] or match["acronym"]:
        return written.upper()
    plain = FORMS[written.lower()]
    if plain in _CAPITALS:
        return _CAPITALS[plain]
    if written.isupper():
        return plain.upper()
    return "/".join(map(str.capitalize, plain.split("/"))) if written[0].isupper() else plain
