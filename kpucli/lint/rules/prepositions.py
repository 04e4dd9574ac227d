"""IMB001: di and ke joined to the place or time they stand before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import lexicon
from kpucli.lint.lexicon.store import read_lines
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import ERROR, Hit, rule, safe
from kpucli.lint.setting import is_sentence_start, is_set_apart
from kpucli.lint.word_lists import read_words

_JOINED = PiecePattern(r"\b(?:[dD][iI]|[kK][eE])-?[^\W\d_]{3,}(?:-[^\W\d_]{2,})?(?![\w@])")
_NEXT_WORD = re.compile(r" +([^\W\d_]+)")
_ATTACHED = "@#/&-=\\"  # behind these, no word of its own begins
_TAILS = ("", "nya", "lah", "kah", "pun", "mu", "ku")

# The words that make a preposition of a form that is also a verb or an ordinal.
_NEXT: dict[str, frozenset[str]] = {
    "keluar": frozenset("negeri kota daerah pulau provinsi jawa".split()),
    "disalah": frozenset({"satu", "seorang"}),
    "kesalah": frozenset({"satu", "seorang"}),
    "dibalik": frozenset(
        "layar cerita tembok jeruji pintu peristiwa pertanyaan musibah itu semua semuanya ini kisah"
        " angka gunung sukses nama megahnya meja panggung awan bilik tirai topeng senyum senyuman"
        " pencapaian angka-angka dinding".split()
    ),
    "disela": frozenset(
        "kegiatan acara kesibukan rapat waktu istirahat kunjungan agenda pelaksanaan jam tugas"
        " rangkaian pertemuan sosialisasi aktivitas rutinitas padatnya".split()
    ),
}
_NUMBERS = frozenset("dua tiga empat lima enam tujuh delapan sembilan sepuluh".split())
_NEVER = frozenset({"kesatu", "kesemua", "kesemuanya", "kebab", "kemal", "kehati"})
_ALWAYS = frozenset({"kemana", "kehadapan"})
_ABSTRACT = frozenset({"ke", "peN", "per"})
_ACRONYMS = frozenset(
    "KPU KIP TPS PPK PPS DPR DPRD DPD MK MA SMA SMK SMP SD MAN SMAN SMKN SMPN UB UM UIN IAIN GOR"
    " RSUD RRI TVRI RW RT KUA IKN".split()
)
_SHORTEST_NAME = 4
_RIGHT, _WRONG, _UNSURE, _BY_NEXT = "right", "wrong", "unsure", "by the next word"


@rule(
    "IMB001",
    N_("Kata depan dirangkai"),
    severity=ERROR,
    explanation=N_(
        "Di dan ke yang menunjukkan tempat, arah, atau waktu adalah kata depan dan ditulis"
        " terpisah: di atas, di antara, ke dalam, di bulan. Awalan di- dan ke- pada kata kerja"
        " dan bilangan tetap dirangkai: diatasi, dibawa, kedua; demikian pula kepada, keluar"
        " (lawan kata masuk), dan kemari."
    ),
    source=N_("Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab II: kata depan."),
    bad=(
        "Buku itu ‹diatas› meja.",
        "Ada 38 peserta, ‹diantaranya› dua orang dari Batu.",
        "‹Disamping› itu, rapat membahas anggaran.",
        "Masukkan ‹kedalam› kotak suara.",
        "Tersebar ‹dimana-mana›, ‹dikecamatan› juga.",
        "Bimtek berlangsung ‹diaula› kantor pada awal bulan.",
        "‹Dibalik› keberhasilan itu ada kerja keras.",
        "Ia bertugas ‹keluar› negeri.",
        "Rapat ‹diJakarta› selesai.",
    ),
    fixed=(
        "Buku itu di atas meja.",
        "Ada 38 peserta, di antaranya dua orang dari Batu.",
        "Di samping itu, rapat membahas anggaran.",
        "Masukkan ke dalam kotak suara.",
        "Tersebar di mana-mana, di kecamatan juga.",
        "Bimtek berlangsung di aula kantor pada awal bulan.",
        "Di balik keberhasilan itu ada kerja keras.",
        "Ia bertugas ke luar negeri.",
        "Rapat di Jakarta selesai.",
    ),
    good=(
        "Masalah itu diatasi, didalami, lalu dibalik dan ditempatkan di luar.",
        "Ia keluar rumah, kemari, lalu kembali kepada kedua ketua.",
        "Di antaranya Dilla, Dian, dan Keisya dari Dieng, Kerinci, dan Kediri.",
        "Kebijakan ke depan dibahas di Kedungkandang.",
        "Tulislah “di atas”, bukan “diatas” atau *didalam*.",
        "Tagar #dirumah dan akun @dikampus ramai.",
    ),
    fix=Applicability.SAFE,
)  # fmt: skip
def joined_preposition(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A preposition joined to a noun of place or time, or to a name."""
    for passage in manuscript.passages:
        for match in _JOINED.find(passage.pieces):
            hit = _judge(passage, match)
            if hit is not None:
                yield hit


def _judge(passage: Passage, match: re.Match[str]) -> Hit | None:
    text, word, start = passage.text, match.group(), match.start()
    judgement = _judge_word(word)
    if judgement is _RIGHT or (judgement is _BY_NEXT and not _follows(word.lower(), match)):
        return None
    if start and text[start - 1] in _ATTACHED:
        return None
    if is_set_apart(text, *match.span()) or _is_name(text, match) or _is_repeated(match):
        return None
    right = _separate(word, is_sentence_start(text, start), is_name=judgement is _UNSURE)
    message = _("Kata depan “{preposition}” ditulis terpisah: {right}.").format(
        preposition=word[:2].lower(), right=right
    )
    fix = safe(passage.replace(match.span(), right)) if judgement is not _UNSURE else None
    return passage.hit(match.span(), message, right, fix)


@lru_cache(maxsize=2**14)
def _judge_word(word: str) -> str:
    """Whether the word is a preposition and another, as far as the word tells."""
    lower, rest = word.lower(), word[2:]
    if rest[0] == "-":
        return _WRONG if _is_hyphened(word) else _RIGHT
    if rest[0].isupper() and word[1].islower():
        is_word = rest[1:].islower() and (word[0].islower() or _is_ordinary(rest.lower()))
        return _WRONG if is_word or rest in _ACRONYMS else _RIGHT
    if lower in _NEXT:
        return _BY_NEXT
    if lower in _NEVER:
        return _RIGHT
    if _is_place(lower) or _is_derived_noun(lower):
        return _WRONG
    is_place = _is_place_name(lower[2:]) and word.islower() and _is_unknown(lower)
    return _UNSURE if is_place else _RIGHT


def _is_hyphened(word: str) -> bool:
    """Whether a preposition has a hyphen: di-TPS, ke-kantor; but not di-upload, ke-NU-an."""
    rest = word[3:]
    if rest in _ACRONYMS or (rest.istitle() and rest.lower() in place_names()):
        return True
    return rest.islower() and _is_place(f"{word[:2].lower()}{rest}")


def _follows(word: str, match: re.Match[str]) -> bool:
    found = _NEXT_WORD.match(match.string, match.end())
    if found is None:
        return False
    follower = found[1].lower()
    return follower in _NEXT[word] or (word == "dibalik" and _is_abstract(follower))


def _is_abstract(word: str) -> bool:
    """Whether a word is a noun such as keberhasilan, pelaksanaan, pertanyaan."""
    made = lexicon().analyse(word)
    return bool(made and made.prefixes and made.prefixes[0] in _ABSTRACT and "an" in made.suffixes)


@cache
def _is_place(word: str) -> bool:
    """Whether what stands behind di or ke is a noun of place or time, and the whole no word."""
    places = read_words("tempat_waktu.txt")
    bases = [word.removesuffix(tail) for tail in _TAILS if word.endswith(tail)]
    if any(base in _ALWAYS for base in bases) or (word[:2] == "di" and word[2:] in _NUMBERS):
        return True
    known = lexicon()
    return known.analyse(word) is None and any(
        base[2:] in places and known.analyse(base) is None for base in bases
    )


@cache
def _is_derived_noun(word: str) -> bool:
    """Whether di stands before a noun such as pelabuhan or kecamatan: no verb is made of those."""
    if not word.startswith("di"):
        return False
    made = lexicon().analyse(word[2:])
    if made is None or made.suffixes[:1] != ("an",) or made.prefixes[:1] not in (("peN",), ("ke",)):
        return False
    return lexicon().analyse(word) is None


def _is_ordinary(word: str) -> bool:
    """Whether a word is Indonesian or a place: DiMalang, but not DiCaprio."""
    return lexicon().is_known(word) or word in place_names()


@cache
def _is_place_name(word: str) -> bool:
    return len(word) >= _SHORTEST_NAME and word in place_names()


@cache
def place_names() -> frozenset[str]:
    """The names of places, in lower case."""
    return frozenset(name.lower() for name in read_lines("nama_tempat.txt"))


def _is_unknown(word: str) -> bool:
    known = lexicon()
    return not (known.is_known(word) or known.is_name(word) or known.is_english(word))


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a capital in the middle of a sentence shows a name that is known."""
    word = match.group()
    if word.islower() or word.isupper() or is_sentence_start(text, match.start()):
        return False
    return lexicon().is_name(word.lower())


def _is_repeated(match: re.Match[str]) -> bool:
    """Whether the word is half of a reduplication without its hyphen: kebarat baratan."""
    found = _NEXT_WORD.match(match.string, match.end())
    return found is not None and found[1].lower() == f"{match.group()[2:].lower()}an"


def _separate(word: str, at_start: bool, *, is_name: bool) -> str:
    """The two words; `Diluar` in a title is `di Luar`."""
    preposition, rest = word[:2], word[2:].removeprefix("-")
    if is_name:
        rest = rest.title()
    elif word.istitle() and not at_start:
        preposition, rest = preposition.lower(), rest.capitalize()
    if rest.lower().endswith("pun") and rest.lower() not in read_words("tempat_waktu.txt"):
        rest = f"{rest[:-3]} {rest[-3:]}"
    return f"{preposition} {rest}"
