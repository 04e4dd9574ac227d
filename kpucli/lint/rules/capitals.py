"""BRT006: capitals where none belong, and none where one does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.dates import MONTHS
from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import lexicon
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.needless_capitals import find_needless_capitals
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import INFO, Hit, rule, unsafe
from kpucli.sentences import ABBREVIATIONS

_DAYS = "Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu"

_UNIT = PiecePattern(r"(?:(?<!\S)|(?<=\d))(?:K[mM]|K[gG]|C[mM])(?![\w/])", among="KC")
_NUMBER_BEFORE = re.compile(r"\d ?\Z")

_LANGUAGE = re.compile(
    r"\b(?:[Bb]ahasa|suku|etnis) (?P<word>aceh|arab|bali|banjar|batak|belanda|betawi|bima|bugis"
    r"|dayak|indonesia|inggris|jawa|jepang|jerman|korea|madura|makassar|manado|mandarin|melayu|minahasa"
    r"|minang|minangkabau|osing|papua|perancis|prancis|rusia|sasak|spanyol|sunda|tengger|ternate"
    r"|tionghoa|toraja)(?![\w-])"
)
_REGION = re.compile(
    r"\b(?:KPU|DPRD|Bawaslu|Pemerintah) (?P<word>kota|kabupaten|provinsi)(?= [A-Z][a-z])"
)
# By a piece of text without which the pattern cannot match: most texts have none of them.
_SMALL = {
    "ahasa ": _LANGUAGE,
    "suku ": _LANGUAGE,
    "etnis ": _LANGUAGE,
    " kota ": _REGION,
    " kabupaten ": _REGION,
    " provinsi ": _REGION,
    **{
        f"{vote} ": re.compile(rf"\b(?P<word>{vote})(?= (?:Serentak |Tahun |tahun )*20\d\d\b)")
        for vote in ("pemilu", "pilkada")
    },
    " dan minggu": re.compile(r"Sabtu dan (?P<word>minggu)(?![\w-])"),
    **{
        f" {day.lower()}": re.compile(
            rf"\bhari (?P<word>{day.lower()})(?![\w-])"
            if day == "Minggu"
            else rf"(?<![\w-])(?P<word>{day.lower()})(?=,? \(?\d{{1,2}}[/ ])"
        )
        for day in _DAYS.split("|")
    },
    **{
        f" {month.lower()}": re.compile(rf"(?:\d|\bbulan) (?P<word>{month.lower()})(?= \d|[,.)])")
        for month in MONTHS
    },
}

_WORDS = {piece: piece.split()[-1] for piece in _SMALL}
_SMALL_WORD = PiecePattern("|".join(dict.fromkeys(_WORDS.values())))
_OFFICES = "Bagian|Biro|Dinas|Divisi|Kementerian|Seksi|Subbag|Subbagian"
_OFFICE_WORD = PiecePattern(rf"(?<!\S)(?:{_OFFICES})(?!\S)", among="BDKS")
_OFFICE = re.compile(
    rf"(?<=[a-z,] )(?:{_OFFICES})"
    r" (?P<words>[a-z]{4,}(?:(?:,| dan|, dan) [a-z]{4,}(?![\w-]))?)(?![\w-])"
)
_OF_AN_OFFICE = re.compile(
    r"pe[a-z]+an|(?:keu|kehu|kepeg|keseh|kepend)[a-z]+an|[a-z]+asi|hukum|teknis"
)

_AFTER_STOP = re.compile(r"\.[ \u00a0\n]{1,4}(?P<word>[a-z]{2,40})(?![\w.@/])")
_LAST_WORD = re.compile(r"(?<![\w.])[a-z]{3,40}\Z")
_MOST_ACRONYMS = 20
_ACRONYM = re.compile(r"\(([A-Z]{3,6})\)")


@rule(
    "BRT006",
    N_("Huruf kapital"),
    severity=INFO,
    explanation=N_(
        "Kata bulan, pukul, hari, dan tanggal serta sebutan orang banyak (seluruh komisioner, para"
        " peserta) ditulis dengan huruf kecil di tengah kalimat; nama bahasa, hari, bulan, daerah,"
        " dan pemilu tertentu (Pemilu 2024) dengan huruf kapital; kalimat dimulai dengan huruf"
        " kapital. Kapital pada jabatan (Ketua, Kepala) tidak dilaporkan, karena tidak dapat"
        " dibedakan dari nama jabatan yang lengkap."
    ),
    source=N_("EYD V, bab I: huruf kapital."),
    bad=(
        "Kunjungan pada ‹Bulan› September dimulai pada ‹Pukul› 09.00 WIB, ‹Hari› Senin.",
        "Apel diikuti seluruh ‹Komisioner›, dan jaraknya 30 ‹Km›.",
        "Ia memakai bahasa ‹manado› menjelang ‹pemilu› 2024 di KPU ‹kota› Palu.",
        "Menara segera selesai. ‹tanpa› sinyal, data tidak terkirim.",
        "Ia menjaga ‹Pakta Integritas› dalam ‹Rapat Pleno› itu sesudah ‹Pengiriman› surat selesai.",
        "Buka hari Sabtu dan ‹minggu›. Standar operasional prosedur (SOP) dan ‹sop› lain.",
    ),
    fixed=(
        "Kunjungan pada bulan September dimulai pada pukul 09.00 WIB, hari Senin.",
        "Apel diikuti seluruh komisioner, dan jaraknya 30 km.",
        "Ia memakai bahasa Manado menjelang Pemilu 2024 di KPU Kota Palu.",
        "Menara segera selesai. Tanpa sinyal, data tidak terkirim.",
        "Ia menjaga pakta integritas dalam rapat pleno itu sesudah pengiriman surat selesai.",
        "Buka hari Sabtu dan Minggu. Standar operasional prosedur (SOP) dan SOP lain.",
    ),
    good=(
        ("Pemilu Tahun 2024 diatur UU Nomor 7 Tahun 2017. Partai Bulan Bintang hadir pada Hari"
        " Kartini. Budi dkk. datang bersama para Ketua RT 3."),
        "Ia berbahasa isyarat dan bahasa daerah. “Dari Kita untuk Negeri” menjadi tema.",
    ),
    fix=Applicability.UNSAFE,
)  # fmt: skip
def capitalisation(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A small letter or a capital that spelling rules have the other way."""
    passage = manuscript.passages[-1]
    text = passage.text
    for span in find_needless_capitals(text):
        yield _written(passage, span, text[slice(*span)].lower())
    for match in _UNIT.find(passage.pieces):
        if _NUMBER_BEFORE.search(text, max(0, match.start() - 2), match.start()):
            yield _written(passage, match.span(), match[0].lower())
    words = {match[0] for match in _SMALL_WORD.find(passage.pieces)}
    likely = [piece for piece, word in _WORDS.items() if word in words and piece in text]
    for pattern in dict.fromkeys(_SMALL[piece] for piece in likely):
        for match in pattern.finditer(text):
            yield _written(passage, match.span("word"), match["word"].capitalize())
    yield from _offices(passage)
    yield from _after_stops(passage)
    yield from _acronyms(passage)


def _written(passage: Passage, span: tuple[int, int], better: str) -> Hit:
    message = _("“{written}” ditulis {better} di sini.").format(
        written=passage.text[slice(*span)], better=better
    )
    return passage.hit(span, message, better, unsafe(passage.replace(span, better)))


def _offices(passage: Passage) -> Iterator[Hit]:
    """Names of offices that go on in small letters: Biro perencanaan dan organisasi."""
    for match in _OFFICE_WORD.find_longer(_OFFICE, passage.pieces):
        words = re.split(r"(\W+)", match["words"])
        kept = words if _is_of_an_office(words[-1]) else words[:1]
        if not _is_of_an_office(words[0]):
            continue
        written = "".join(kept)
        span = match.start("words"), match.start("words") + len(written)
        better = "".join(word if word == "dan" else word.capitalize() for word in kept)
        yield _written(passage, span, better)


def _is_of_an_office(word: str) -> bool:
    return bool(_OF_AN_OFFICE.fullmatch(word)) and lexicon().is_known(word)


def _after_stops(passage: Passage) -> Iterator[Hit]:
    """Sentences that begin with a small letter."""
    text = passage.text
    for match in _AFTER_STOP.finditer(text):
        before = _LAST_WORD.search(text, max(0, match.start() - 41), match.start())
        if before is None or before[0] in ABBREVIATIONS or not lexicon().is_known(before[0]):
            continue
        word = match["word"]
        if lexicon().is_known(word):
            yield _written(passage, match.span("word"), word.capitalize())


def _acronyms(passage: Passage) -> Iterator[Hit]:
    """Acronyms that the article explains, in small letters."""
    text = passage.text
    acronyms = dict.fromkeys(
        match[1]
        for match in _ACRONYM.finditer(text)
        if _explain(text[max(0, match.start() - 150) : match.start()], match[1])
    )
    for acronym in list(acronyms)[:_MOST_ACRONYMS]:
        small = acronym.lower()
        if f" {small}" not in text:
            continue
        for match in re.finditer(rf"(?<![\w./@-]){small}(?![\w/@-]|\.\w)", text):
            yield _written(passage, match.span(), acronym)


def _explain(words: str, acronym: str) -> bool:
    """Whether the last of the words begin with the acronym's letters."""
    return "".join(word[0] for word in words.split()[-len(acronym) :]).upper() == acronym
