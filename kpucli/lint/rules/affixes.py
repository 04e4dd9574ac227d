"""IMB002: prefixes that stand apart from their word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import lexicon
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.prose import SPACES
from kpucli.lint.rule import ERROR, Hit, rule, safe
from kpucli.lint.setting import is_set_apart
from kpucli.lint.word_lists import read_words

_PREFIX = r"\b(?P<prefix>[dDkKsS][iIeE]|[bBtT][eE][rR]|[mM][eE](?:[mM]|[nN][gGyY]?)?)"
_APART = PiecePattern(rf"{_PREFIX}(?!\S)")
_SPLIT = re.compile(
    rf"{_PREFIX}[{SPACES}]{{1,3}}(?P<word>[^\W\d_]{{2,}})(?:(?=-(?P=word)\b)|(?![\w@-]))"
)
_NEXT_WORD = re.compile(rf"[{SPACES}]{{1,3}}([^\W\d_]+)")
_PREVIOUS_WORD = re.compile(rf"(\w+)[{SPACES}]{{1,3}}\Z")
_ATTACHED = "@#/&-=\\*_"  # behind these, no word of its own begins
_CHANGING = frozenset({"kan", "i"})
_ENCLITICS = frozenset({"nya", "lah", "kah", "ku", "mu"})

# What makes a noun of a verb, so that di may stand before it: di rawat inap, di ulang tahun.
_COMPOUNDS = {
    "rawat": frozenset({"inap", "jalan"}), "ulang": frozenset({"tahun"}), "buka": frozenset({
    "puasa", "bersama"}), "simpan": frozenset({"pinjam"}), "antar": frozenset({"jemput"}),
    "baca": frozenset({"tulis"}), "tanya": frozenset({"jawab"}), "terima": frozenset({"tamu"}),
}  # fmt: skip
# Compounds that become one word between di- and a suffix.
_JOINED = frozenset(
    "tanda tangani,tindak lanjuti,ikut sertakan,sebar luaskan,serah terimakan,uji cobakan,"
    "pertanggung jawabkan,salah gunakan,latar belakangi,garis bawahi,kambing hitamkan".split(",")
)
_PLACES = frozenset({"kota", "kabupaten", "provinsi", "kecamatan", "desa", "kelurahan"})


@rule(
    "IMB002",
    N_("Awalan terpisah"),
    severity=ERROR,
    explanation=N_(
        "Awalan dirangkai dengan kata yang diimbuhinya: direkam, dilaksanakan, berkata, tersebut,"
        " seorang. Hanya kata depan di dan ke, yang diikuti tempat, arah, atau waktu, ditulis"
        " terpisah."
    ),
    source=N_("Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab II: imbuhan."),
    bad=(
        "Rapat itu ‹di rekam› panitia.",
        "Kegiatan ‹di laksanakan› di aula dan ‹di hadiri› 30 orang.",
        "Hal itu ‹ter masuk› yang ‹ber sama›-sama diawasi.",
        "Berkas ‹di tanda tangani› ketua.",
        "Data itu ‹di proses› oleh operator.",
        "‹Se orang› petugas melapor ‹ke pada› ketua.",
    ),
    fixed=(
        "Rapat itu direkam panitia.",
        "Kegiatan dilaksanakan di aula dan dihadiri 30 orang.",
        "Hal itu termasuk yang bersama-sama diawasi.",
        "Berkas ditandatangani ketua.",
        "Data itu diproses oleh operator.",
        "Seorang petugas melapor kepada ketua.",
    ),
    good=(
        "Ia di luar, di rumah, di pekan itu, di Serang, dan di pasar ikan.",
        "Di rawat inap, di ulang tahun, di undang-undang, dan di lepas pantai.",
        "Pemain Ter Stegen dan Di Maria tidak hadir.",
        "Perubahan itu per se tidak buruk; *let me begin*.",
        "Petugas di proses awal, di jalan, dan di sela kegiatan.",
    ),
    fix=Applicability.SAFE,
)  # fmt: skip
def split_prefix(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A prefix apart from its verb."""
    for passage in manuscript.passages:
        for match in _APART.find_longer(_SPLIT, passage.pieces):
            end = _split_end(match)
            if end and not _stands_otherwise(passage.text, match.start(), end):
                right = re.sub(rf"[{SPACES}]", "", passage.text[match.start() : end])
                message = _("Awalan “{prefix}-” dirangkai dengan katanya: {right}.").format(
                    prefix=match["prefix"].lower(), right=right
                )
                span = match.start(), end
                yield passage.hit(span, message, right, safe(passage.replace(span, right)))


def _stands_otherwise(text: str, start: int, end: int) -> bool:
    return bool(start and text[start - 1] in _ATTACHED) or is_set_apart(text, start, end)


def _split_end(match: re.Match[str]) -> int:
    """Where the word ends that the prefix belongs to; 0 if it is a word of its own."""
    prefix, word = match["prefix"], match["word"]
    if match.string.startswith("-", match.end()) and prefix.lower() not in ("ber", "ter"):
        return 0  # di undang-undang
    if not (word.islower() or (prefix + word).isupper()):
        return 0
    follower = _NEXT_WORD.match(match.string, match.end())
    prefix, word, after = prefix.lower(), word.lower(), follower[1].lower() if follower else ""
    if prefix == "di" and follower and f"{word} {after}" in _JOINED:
        return follower.end()
    return match.end() if _belongs(prefix, word, after, match) else 0


def _belongs(prefix: str, word: str, after: str, match: re.Match[str]) -> bool:
    if prefix == "di":
        return _is_passive(word, after)
    if prefix == "ke":
        return word == "pada"
    if prefix == "se":
        return _is_one(word, after) and not _follows_per(match)
    return prefix not in ("ki", "si") and _is_made(prefix, word)


def _is_passive(word: str, after: str) -> bool:
    """Whether di is a prefix here: nothing else can be before rekam, laksanakan, hadiri."""
    if word in read_words("kata_kerja.txt"):
        return after not in _COMPOUNDS.get(word, ())
    return _is_changed_verb(word) or (after == "oleh" and _is_verb(word))


@cache
def _is_changed_verb(word: str) -> bool:
    """Whether an affix shows the verb: laksanakan, hadiri, perluas."""
    if not word.endswith(("kan", "i", *_ENCLITICS)) and not word.startswith("per"):
        return False
    made = lexicon().analyse(word)
    if made is None or lexicon().is_name(word) or not _is_verb(word):
        return False
    if not made.suffixes and made.prefixes == ("per",):
        return True
    return bool(made.suffixes) and made.suffixes[0] in _CHANGING and made.prefixes in ((), ("per",))


@cache
def _is_verb(word: str) -> bool:
    made = lexicon().analyse(f"di{word}")
    return bool(made and made.prefixes and made.prefixes[0] in ("di", "diper"))


@cache
def _is_made(prefix: str, word: str) -> bool:
    """Whether ber-, ter- or meN- and the word are one word."""
    made = lexicon().analyse(prefix + word)
    if made is None:
        return False
    if not made.prefixes:  # bersama, terhadap: roots of their own
        return prefix in ("ber", "ter") and made.root == prefix + word
    return made.prefixes[0][:2].lower() == prefix[:2]


def _is_one(word: str, after: str) -> bool:
    """Whether se- and the word are one word: seorang; not before a place's name."""
    if word in _PLACES and lexicon().is_name(after):
        return False
    made = lexicon().analyse(f"se{word}")
    return bool(made and (made.prefixes[:1] == ("se",) or made.root == f"se{word}"))


def _follows_per(match: re.Match[str]) -> bool:
    start = match.start()
    previous = _PREVIOUS_WORD.search(match.string, max(0, start - 20), start)
    return bool(previous and previous[1].lower() == "per")
