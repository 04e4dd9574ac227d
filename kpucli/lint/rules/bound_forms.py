"""IMB004, IMB005: bound forms and se- apart from the word that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import lexicon, phrases
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import WARNING, Hit, rule, safe
from kpucli.lint.setting import is_sentence_start, is_set_apart
from kpucli.lint.words import Words

# Forms that stand before nearly any noun.
_OPEN = "anti|antar|inter|intra|kontra|multi|non|pasca|pra|pro|semi|sub|ultra"
# Forms that are words or names of their own: only what follows here makes them bound.
_CLOSED = {
    "adi": "daya kuasa kodrati",
    "catur": "wulan",
    "dasa": "warsa darma",
    "dwi": "bahasa fungsi mingguan tunggal warna",
    "infra": "merah struktur",
    "makro": "ekonomi",
    "mikro": "biologi ekonomi organisme",
    "nir": "kabel laba nyawa",
    "panca": "indra sila roba",
    "poli": "klinik",
    "purna": "bakti jual karya tugas wirawan",
    "swa": "daya foto kelola karya sembada layan",
    "tri": "darma wulan",
    "tuna": "aksara busana daksa grahita karya netra rungu sosial susila wicara wisma",
}
_FORMS = frozenset({*_OPEN.split("|"), *_CLOSED})
_SPLIT = re.compile(
    rf"(?<![\w@#/&.-])(?P<form>{_OPEN}|{'|'.join(_CLOSED)})(?P<gap>[ \u00a0]{{1,3}}|-)"
    r"(?P<word>[^\W\d_]{3,}(?:-[^\W\d_]+)?)(?![\w@])",
    re.IGNORECASE,
)
_GLUED = re.compile(rf"(?<![\w@#/&.-])(?P<form>{_OPEN})(?P<word>[A-Z][A-Za-z]{{2,}})(?![\w@])")
_INNER_CAPITAL = re.compile(r"[A-Z](?<=[a-z][A-Z])")
_NOT_BOUND = frozenset(
    """
    adalah akan atas atau bahkan barang bisa dalam dan dari dengan di hanya harus ini itu jemput
    juga karena ke kepada kita kontra lagi maka makanan mereka oleh pada paket pesanan pro pulang
    saja saya sebagai secara sehingga serta sudah surat tanpa telah terhadap tetapi tidak undangan
    untuk yaitu yakni yang
    """.split()
)
_DELIVERY = re.compile(r"\b(?:di|jasa|kami|layanan|mari|saling|siap|pesan|uang) \Z", re.IGNORECASE)
_UNITS = frozenset(
    """
    bag bagian bidang data divisi hukum keuangan koordinator logistik parmas perencanaan program sdm
    seksi teknis umum
    """.split()
)


@rule(
    "IMB004",
    N_("Bentuk terikat terpisah"),
    severity=WARNING,
    explanation=N_(
        "Bentuk terikat seperti antar, pasca, non, sub, pra, dan multi dirangkai dengan kata yang"
        " mengikutinya: antardaerah, pascapemilu, nonaktif. Di depan huruf kapital dipakai tanda"
        " hubung: non-ASN, pasca-Pemilu. Antar dalam arti membawa tetap kata tersendiri."
    ),
    source=N_("EYD V, bab II, kata turunan: bentuk terikat."),
    bad=(
        "Koordinasi ‹antar daerah› berlanjut ‹pasca penetapan› hasil.",
        "Pegawai ‹non ASN› dan ‹sub tema› itu dibahas ‹antar-lembaga›.",
        "Layanan ‹tuna netra› tersedia; evaluasi ‹tri wulan› dan ‹pascaPemilu› juga.",
    ),
    fixed=(
        "Koordinasi antardaerah berlanjut pascapenetapan hasil.",
        "Pegawai non-ASN dan subtema itu dibahas antarlembaga.",
        "Layanan tunanetra tersedia; evaluasi triwulan dan pasca-Pemilu juga.",
    ),
    good=(
        "Layanan antar jemput, pro dan kontra, serta ikan tuna bakar tersedia.",
        "Antardaerah, non-ASN, pasca-Pemilu 2024, dan pra-1945 benar. Tri Wahyudi dan Adi hadir.",
    ),
    fix=Applicability.SAFE,
)
def split_bound_form(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A bound form before a blank, or before a hyphen and a small letter."""
    for passage in manuscript.passages:
        for match in _find(passage.text, passage.words):
            if is_set_apart(passage.text, *match.span()):
                continue
            if match.re is _GLUED:
                yield _join(passage, match, f"{match['form']}-{match['word']}")
            elif _is_bound(match):
                yield _join(passage, match, _right_form(match))


def _find(text: str, words: Words) -> Iterator[re.Match[str]]:
    """Bound forms with what follows them."""
    hyphened = {
        word for word in words.vocabulary if "-" in word and word.partition("-")[0] in _FORMS
    }
    for place in words.find(_FORMS | hyphened):
        match = _SPLIT.match(text, words.starts[place])
        if match is not None:
            yield match
    if _INNER_CAPITAL.search(text):
        yield from _GLUED.finditer(text)


def _is_bound(match: re.Match[str]) -> bool:
    form, gap, word = match["form"], match["gap"], match["word"]
    lower = word.lower()
    if form.isupper() and not word.isupper():
        return False
    if gap == "-" and not word.islower():
        return False
    if form.lower() in _CLOSED:
        return lower in _CLOSED[form.lower()].split() and (form.islower() or form.isupper())
    if lower in _NOT_BOUND or " ".join((form.lower(), lower)) in phrases():
        return False
    return _fits(match, form.lower(), word)


def _fits(match: re.Match[str], form: str, word: str) -> bool:
    text, start = match.string, match.start()
    if form == "antar" and _DELIVERY.search(text, max(0, start - 12), start):
        return False
    if form == "sub" and word.lower() in _UNITS:
        return False  # FAK009 knows how the office calls them
    if word.islower() or (match["form"].istitle() and not is_sentence_start(text, start)):
        return lexicon().is_known(word.lower())
    if form in ("inter", "intra", "kontra", "multi", "semi", "sub", "ultra", "pro"):
        return False  # Inter Milan, Pro Patria
    return match["form"].islower() or is_sentence_start(text, start)


def _right_form(match: re.Match[str]) -> str:
    form, word = match["form"], match["word"]
    if word.islower() or form.isupper():
        return form + word
    is_title = form.istitle() and not is_sentence_start(match.string, match.start())
    if is_title and word.istitle():
        return form + word.lower()
    return f"{form}-{word}"


def _join(passage: Passage, match: re.Match[str], right: str) -> Hit:
    message = _("“{form}” dirangkai dengan kata di belakangnya: {right}.").format(
        form=match["form"].lower(), right=right
    )
    return passage.hit(match.span(), message, right, safe(passage.replace(match.span(), right)))


_REGIONS = "kabupaten|kecamatan|kelurahan|kota|provinsi|desa|daerah|karesidenan|nusantara"
_BEGINNING = PiecePattern(rf"(?<![\w@#/&.-])[Ss][Ee](?:-|(?!\S)|[A-Z]|(?:{_REGIONS})(?!\S))")
_SE = re.compile(
    r"(?<![\w@#/&.-])(?P<se>[Ss][Ee])(?:"
    r"(?P<apart>-?[ \u00a0]{1,3}|- ?(?=[a-z]))?(?P<name>(?-i:[A-Z])[^\W\d_]{2,})"
    rf"|(?P<gap>-?[ \u00a0]{{0,3}})(?P<region>{_REGIONS})(?=[ \u00a0](?-i:[A-Z])[a-z])"
    r")(?![\w@])"
)
_PER = re.compile(r"\b[Pp]er \Z")


@rule(
    "IMB005",
    N_("Awalan se- di depan nama"),
    severity=WARNING,
    explanation=N_(
        "Se- yang berarti seluruh dirangkai dengan tanda hubung di depan nama: se-Jawa Timur,"
        " se-Kota Malang, se-Indonesia. Di depan kata biasa tanpa tanda hubung: sekabupaten."
    ),
    source=N_("EYD V, bab II, kata turunan: imbuhan di depan huruf kapital."),
    bad=(
        "KPU kabupaten/kota ‹se Jawa› Timur hadir bersama PPK ‹se-  Kota› Malang.",
        "PPS ‹seKecamatan› Klojen dan ‹sekabupaten› Jember hadir.",
    ),
    fixed=(
        "KPU kabupaten/kota se-Jawa Timur hadir bersama PPK se-Kota Malang.",
        "PPS se-Kecamatan Klojen dan se-Kabupaten Jember hadir.",
    ),
    good="KPU se-Jawa Timur, PPS sekabupaten, dan kepala desa se-Indonesia hadir. Seoul per se.",
    fix=Applicability.SAFE,
)
def se_before_name(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Se before a capital without its hyphen."""
    for passage in manuscript.passages:
        for match in _BEGINNING.find_longer(_SE, passage.pieces):
            text, start = passage.text, match.start()
            if _PER.search(text, max(0, start - 5), start) or is_set_apart(text, *match.span()):
                continue
            right = _with_hyphen(match)
            if right is None:
                continue
            message = _("Se- di depan nama ditulis dengan tanda hubung: {right}.").format(
                right=right
            )
            fix = safe(passage.replace(match.span(), right))
            yield passage.hit(match.span(), message, right, fix)


def _with_hyphen(match: re.Match[str]) -> str | None:
    se = match["se"]
    if match["region"]:
        return f"{se}-{match['region'].capitalize()}"
    name = match["name"]
    if match["apart"] is None and (se != "se" or not _is_name(name)):
        return None
    if se == "SE" and not name.isupper():
        return None  # surat edaran
    if se == "SE" or (se == "Se" and name.isupper() and match["apart"] is None):
        return None
    return f"{se}-{name}"


@cache
def _is_name(word: str) -> bool:
    lower = word.lower()
    return word.isupper() or lexicon().is_name(lower) or lexicon().is_known(lower)
