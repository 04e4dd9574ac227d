"""FAK003, FAK004: numbers written twice, and small ones in digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.numerals import IN_DIGITS, IN_WORDS, read_digits, read_words, say_small
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import ERROR, INFO, WARNING, Hit, rule, safe, unsafe

_BRACKET = re.compile(rf"\( ?(?:(?P<words>(?i:{IN_WORDS}))|(?P<digits>{IN_DIGITS})) ?\)")
_DIGITS_BEFORE = re.compile(rf"(?<![\w.,/–:-])({IN_DIGITS}) ?\Z")
_WORDS_BEFORE = re.compile(rf"(?<![\w-])((?i:{IN_WORDS})) ?\Z")
_LONGEST_NUMBER = 90
_OPENING = re.compile(r"(?:\A|[.?!:][”\"’)]*\s+|\n\s*)(?:(?:[-*+•]|\d{1,2}[.)])[ \t]+)?[“\"‘*_]*\Z")
_MOST_BEFORE = 16


@rule(
    "FAK003",
    N_("Bilangan ditulis dua kali"),
    severity=WARNING,
    worst=ERROR,
    explanation=N_(
        "Dalam berita, bilangan tidak ditulis dengan angka dan huruf sekaligus. Di bawah sepuluh"
        " pakai huruf, selebihnya angka. Bila angka dan hurufnya tidak sama, salah satunya keliru:"
        " itu galat, dan tidak dibetulkan otomatis."
    ),
    source=N_(
        "EYD V, bab II, angka dan bilangan: angka dan huruf sekaligus hanya dalam dokumen resmi."
    ),
    bad=(
        "Mereka membahas ‹3 (tiga)› hal.",
        "‹8 (delapan)› area itu dibahas. Ada ‹28 (dua puluh delapan)› peserta.",
        "Panitia mengundang ‹tujuh (7)› orang.",
        "Ada ‹4 (tiga)› hal yang dinilai.",
    ),
    fixed=(
        "Mereka membahas tiga hal.",
        "Delapan area itu dibahas. Ada 28 peserta.",
        "Panitia mengundang tujuh orang.",
    ),
    good="Mereka membahas tiga hal menurut Pasal 3 ayat (2). Hadir 28 (dari 30) orang.",
    fix=Applicability.SAFE,
)
def doubled_number(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A number in digits with the same, or another, in words beside it."""
    for passage in manuscript.passages:
        for bracket in _BRACKET.finditer(passage.text):
            pattern = _DIGITS_BEFORE if bracket["words"] else _WORDS_BEFORE
            first = max(0, bracket.start() - _LONGEST_NUMBER)
            number = pattern.search(passage.text, first, bracket.start())
            if number:
                yield from _doubled(passage, number, bracket)


def _doubled(passage: Passage, number: re.Match[str], bracket: re.Match[str]) -> Iterator[Hit]:
    digits, words = bracket["digits"] or number[1], bracket["words"] or number[1]
    value, span = read_digits(digits), (number.start(), bracket.end())
    said = read_words(words)
    if said is None or (digits.startswith("0") and value):
        return
    if value != said:
        message = _("Angka {digits} dan huruf “{words}” tidak sama.").format(
            digits=digits, words=words
        )
        hit = passage.hit(span, message)
        yield Hit(hit.start, hit.end, hit.message, severity=ERROR)
        return
    better = say_small(value) or digits
    if _opens(passage.text, span[0]):
        better = words[0].upper() + words[1:].lower()
    message = _("Bilangan ini ditulis dua kali; tulis {better} saja.").format(better=better)
    yield passage.hit(span, message, better, safe(passage.replace(span, better)))


def _opens(text: str, position: int) -> bool:
    """Whether a sentence begins here."""
    return bool(_OPENING.search(text, max(0, position - _MOST_BEFORE), position))


# Before a digit these make it a name or a measure: "kelas 9", "pukul 8", "usia 5 tahun".
_NAMING = frozenset(
    """
    angka ayat bab babak bagian berusia berumur blok bulan butir dapil divisi edisi gang gelombang
    grup halaman hari hlm huruf indeks jalan jam jilid juara kali kamar kategori kelas kelompok ke
    kloter km koma kurang lantai level lembar lebih minggu minus nilai no nomor nomer pasal pekan
    peringkat periode pleton poin pukul ranking rt ruang rw sampai seri sesi skala skor tahap tahun
    tanggal tgl tim tingkat tipe tps triwulan umur urut urutan usia versi wilayah zona hingga antara
    dan atau termin semester kuartal kota nilainya rasio pin kode
    """.split()
)
# Before a digit these capitals only begin a sentence, or are offices that act.
_OPENERS = frozenset(
    """
    Ada Bersama Cukup Dari Dengan Diikuti Hadir Hanya Hasilnya Kurang Lebih Kini Masih Menurut
    Minimal Maksimal Oleh Paling Pada Sebanyak Sedikitnya Sejumlah Sekitar Selama Sementara Setiap
    Sudah Tahun Tercatat Terdapat Tersisa Terdiri Tinggal Untuk Usai Bagi Dalam Di Ke Setelah
    Sebelum Total
    """.split()
)
_UNITS = frozenset(
    """
    adalah akan am ampere april atau bagi banding buah-buahan byte centi centimeter cm d dalam dan
    dari derajat desimal detik di dolar euro gb gram ha hektar hektare hingga inch inci ini itu jt
    juga juli juni juta kali ke kg kilo kilogram kilometer kini km knot kosong kubik kva kw kwh
    lagi lawan lbs liter lusin maret mb mbps mei melawan menit-an meter mil miliar miligram
    mililiter milimeter milyar ml mm mmhg oleh ons pada per persen pm poin point pun rangkap rb
    ribu ringgit rupiah s saja sampai sd sentimeter serta sudah tb telah tersebut ton triliun
    untuk volt watt wib wit wita yang yard
    """.split()
)
_CAPITAL_NOUNS = frozenset(
    """
    Anggota Area Hari Kecamatan Kelurahan Desa Komisioner Orang Pegawai Peserta Siswa Staf
    """.split()
)
_LONE_DIGIT = PiecePattern(r"[1-9](?<![\w.,:/\\+=<>≤≥±×–—#$€&(-].)(?!\S)", among="123456789")
_DIGIT = re.compile(
    r"(?P<digit>[1-9])(?<![\w.,:/\\+=<>≤≥±×–—#$€&(-].)(?P<blank>[ \n])(?P<noun>[^\W\d_]{3,})"
    r"(?![\w/@-]|\.\w)"
)
_WORD_BEFORE = re.compile(r"([^\W_]+)[ \n*_“\"(]*\Z")
_NEIGHBOUR = r"(?:[ \n](?!\d)[^\s.;:!?,]+){0,7}"
_LIST_WORD = (
    r"(?:(?:,|;)?[ \n](?:dan|serta|atau|yaitu|yakni|sampai|hingga|lalu)[ \n]|,[ \n]|;[ \n])"
)
_SERIES_BEHIND = re.compile(
    rf"{_NEIGHBOUR}{_LIST_WORD}(?:(?:dan|serta|yakni|yaitu|atau|masing-masing"
    r"|terdiri (?:atas|dari))[ \n])?\(?\d"
)
_SERIES_BEFORE = re.compile(rf"\d{_NEIGHBOUR}{_LIST_WORD}(?:(?:dan|serta|atau)[ \n])?\Z")
_COMPOUND = re.compile(r"[ \n]\d+[ \n](?:hari|jam|menit|detik|bulan|minggu|pekan)\b")
_COMPOUND_BEFORE = re.compile(r"\d[ \n](?:tahun|bulan|hari|jam|menit|minggu)[ \n]\Z")
_WINDOW = 90


@rule(
    "FAK004",
    N_("Bilangan kecil dengan angka"),
    severity=INFO,
    explanation=N_(
        "Bilangan yang dapat ditulis dengan satu kata ditulis dengan huruf dalam kalimat. Angka"
        " tetap dipakai dalam perincian (4 guru, 12 siswa, dan 3 wali), untuk ukuran, persen, nilai"
        " uang, jam, umur, nomor, dan yang sejenis; yang demikian tidak dilaporkan."
    ),
    source=N_("EYD V, bab II, angka dan bilangan: bilangan dalam teks."),
    bad=(
        "Ada ‹4› siswa yang mendapat hadiah.",
        "Waktunya ‹2› bulan lagi. ‹3› orang hadir.",
    ),
    fixed=(
        "Ada empat siswa yang mendapat hadiah.",
        "Waktunya dua bulan lagi. Tiga orang hadir.",
    ),
    good=(
        "Hadir 4 guru, 12 siswa, dan 3 wali murid. Jaraknya 5 kilometer, anaknya berusia 7 tahun.",
        "Siswa kelas 9 SMP Negeri 3 di TPS 4 menang 2 poin. Lamanya 1 jam 20 menit.",
    ),
    fix=Applicability.UNSAFE,
)
def digit_below_ten(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A digit for what one word says, outside series, measures and names."""
    passage = manuscript.passages[-1]
    for match in _LONE_DIGIT.find_longer(_DIGIT, passage.pieces):
        if not _is_counting(passage.text, match):
            continue
        word = say_small(int(match["digit"])) or ""
        if _opens(passage.text, match.start()):
            word = word.capitalize()
        message = _("Bilangan di bawah sepuluh ditulis dengan huruf: {word} {noun}.").format(
            word=word, noun=match["noun"]
        )
        span = match.span("digit")
        yield passage.hit(span, message, word, unsafe(passage.replace(span, word)))


def _is_counting(text: str, match: re.Match[str]) -> bool:
    noun = match["noun"]
    if noun.lower() in _UNITS or not (noun.islower() or noun in _CAPITAL_NOUNS):
        return False
    start = match.start()
    before = _WORD_BEFORE.search(text, max(0, start - 30), start)
    if before and not _lets_count(text, before, start):
        return False
    if _COMPOUND.match(text, match.end()):
        return False
    window = max(0, start - _WINDOW)
    return not (
        _SERIES_BEHIND.match(text, match.end("digit"))
        or _SERIES_BEFORE.search(text, window, start)
        or _COMPOUND_BEFORE.search(text, window, start)
        or _is_in_table(text, start)
    )


def _lets_count(text: str, before: re.Match[str], start: int) -> bool:
    """Whether a number behind this word counts, and is not part of a name or a measure."""
    word = before[1]
    if word.lower() in _NAMING or word.isdigit():
        return False
    if not word[0].isupper() or word in _OPENERS:
        return True
    return _opens(text, before.start()) and len(word) > 3


def _is_in_table(text: str, position: int) -> bool:
    line = text.rfind("\n", 0, position) + 1
    return text.startswith(("|", "#"), line)
