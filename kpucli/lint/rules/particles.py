"""IMB006: per and pun, which mostly stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import Kind, lexicon, match_case
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import WARNING, Hit, rule, safe
from kpucli.lint.setting import is_sentence_start, is_set_apart

_UNITS = (
    "abad|bulan|butir|dapil|desa|detik|dusun|eksemplar|gram|hari|hektare|jam|jiwa|kabupaten|kapita"
    "|kecamatan|kegiatan|kelas|kelompok|kelurahan|kepala|kilogram|kilometer|kloter|kotak|kota|lembar"
    "|menit|meter|minggu|orang|paket|partai|pekan|pos|provinsi|rumah|semester|sesi|tahap|tahapan|tahun"
    "|tanggal|titik|tps|triwulan|unit|wilayah"
)
_PER = PiecePattern(
    rf"(?<![\w@#/&.-])(?P<per>per)-?(?P<unit>{_UNITS})(?![\w@-])", re.IGNORECASE, among="Pp"
)
# What is joined to pun by convention, and so a word.
_FIXED = "ada|andai|atau|bagaimana|biar|jika|kalau|kendati|mau|meski|sekali|sungguh|walau"
_PUN = PiecePattern(
    r"(?<![\w@#/&.-])(?P<word>[^\W\d_]{2,40})pun(?![\w@-])", re.IGNORECASE, among="Pp"
)
_APART = re.compile(
    r"(?<![\w@#/&.-])(?P<word>Ada|Sekali|atau|biar|jika|kalau|kendati|mau|meski|sungguh|walau"
    r"|Atau|Biar|Jika|Kalau|Kendati|Mau|Meski|Sungguh|Walau)"
    r"[ \u00a0]{1,3}pun(?![\w@-])",
)
_PUN_APART = PiecePattern(r"(?<!\S)pun(?![\w@-])", among="p")
_LEADING = frozenset({"Ada", "Sekali"})  # these only at the start of a sentence
_PREPOSITION = re.compile(r"(?:di|ke)(?:mana|sana|sini|situ|atas|bawah|dalam|luar)\Z")


@rule(
    "IMB006",
    N_("Partikel per dan pun"),
    severity=WARNING,
    explanation=N_(
        "Per yang berarti tiap, mulai, atau demi ditulis terpisah: per bulan, per 1 Mei, satu per"
        " satu. Pun juga terpisah (apa pun, siapa pun, kapan pun), kecuali dalam adapun, andaipun,"
        " ataupun, bagaimanapun, biarpun, jikapun, kalaupun, kendatipun, maupun, meskipun,"
        " sekalipun, sungguhpun, dan walaupun."
    ),
    source=N_("EYD V, bab II: partikel."),
    bad=(
        "Naik 4% ‹pertahun›, dua ‹per-orang›, ‹perkecamatan›.",
        "‹Siapapun› dan ‹kapanpun›, baik ia ‹mau pun› mereka.",
    ),
    fixed=(
        "Naik 4% per tahun, dua per orang, per kecamatan.",
        "Siapa pun dan kapan pun, baik ia maupun mereka.",
    ),
    good=(
        "Perorangan, perkotaan, pertanggalan, dan satu per satu; maupun, walaupun, sekalipun.",
        "Himpun, ampun, rumpun, dan siapa pun yang ia mau.",
    ),
    fix=Applicability.SAFE,
)
def per_pun_particle(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Per joined to a unit, pun joined or apart where it should not be."""
    for passage in manuscript.passages:
        text = passage.text
        for match in _PER.find(passage.pieces):
            yield from _report(passage, match, f"{match['per']} {match['unit']}")
        for match in _PUN.find(passage.pieces):
            if _is_joined(match["word"].lower()):
                yield from _report(passage, match, f"{match['word']} pun")
        is_apart = _PUN_APART.is_in(passage.pieces)
        for match in _APART.finditer(text) if is_apart else ():
            if match["word"] in _LEADING and not is_sentence_start(text, match.start()):
                continue  # "tidak ada pun", "satu kali sekali pun"
            yield from _report(passage, match, f"{match['word']}pun")


def _report(passage: Passage, match: re.Match[str], right: str) -> Iterator[Hit]:
    if is_set_apart(passage.text, *match.span()):
        return
    right = match_case(match[0], right)
    message = _("“{word}” ditulis {right}.").format(word=match[0], right=right)
    yield passage.hit(match.span(), message, right, safe(passage.replace(match.span(), right)))


def _is_joined(word: str) -> bool:
    """Whether word and pun are two; IMB001 reports dimanapun as a whole."""
    if re.fullmatch(_FIXED, word) or _PREPOSITION.match(word):
        return False
    verdict = lexicon().judge(f"{word}pun")
    return verdict.kind is Kind.JOINED or (
        verdict.kind not in (Kind.KNOWN, Kind.NAME, Kind.FOREIGN)
        and lexicon().is_known(word)
        and len(word) > 2
    )
