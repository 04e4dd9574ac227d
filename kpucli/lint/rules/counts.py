"""FAK002: a numeral and the items it announces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.listing import count_at_most, count_exactly
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.numerals import read_number
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import WARNING, Hit, rule

_SMALL = "dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh"
_COUNT = rf"(?<![\w.,/:-])(?:{_SMALL}|[2-9]|1[0-2])(?![\w.,/:)-]|\s?%)"
_NUMERAL = re.compile(_COUNT, re.IGNORECASE)
_INTRO = re.compile(r"(?:(?:ya(?:kni|itu)|terdiri (?:dari|atas))(?<=\w)(?:\s?:)?|:)\s+")
_INTRODUCING = PiecePattern(r"ya(?:kni|itu)|terdiri|:(?!\S)")
_ANY_NUMBER = re.compile(rf"\d|(?:se|{_SMALL})", re.IGNORECASE)
_OTHER_NUMBER = re.compile(r"\d|\b(?:belas|puluh|ratus|ribu|juta)\b")
# Behind the numeral: not what is listed, but a measure; before it: a part, or no exact number.
_MEASURES = frozenset(
    """
    hari pekan minggu bulan tahun jam menit detik kali persen juta ribu rupiah kilometer meter arah
    tahap periode semester triwulan hektare ton kilogram jalur sisi belah
    """.split()
)
_PART_OF = re.compile(
    r"(?:satu|dua|tiga|beberapa|sebagian|di antara|dari|antara|minimal|sedikitnya|setidaknya|lebih"
    r"|kurang|sekitar|hampir|ke|nomor|kelas|pasal|dapil|urut|pukul|tanggal|lantai|tahap|sesi|juara"
    r"|paling|maksimal|komisi|bab|divisi|pertama|kedua)\W+\Z",
    re.IGNORECASE,
)
_MOST_BETWEEN = 80  # characters from the numeral to the list
_CONTINUED = re.compile(
    r"\s+(?:Selain itu|Selain|Ketiga|Keempat|Kelima|Terakhir|Satu lagi|Sisanya|Lainnya|Adapun"
    r"|Ada pula|Yang (?:ketiga|terakhir|lain)|Sementara|Sedangkan|Kemudian|Lalu)\b"
)
_COLLECTIVE = re.compile(
    r"[Kk]e(?P<count>dua|tiga|empat|lima|enam|tujuh) (?P<noun>[a-z]{4,40})(?![\w-])"
)
_TOGETHER = PiecePattern(r"[Kk]e(?:dua|tiga|empat|lima|enam|tujuh)(?!\S)")
# Behind a noun the same word counts in order: "sesi kedua mahasiswa bertanya".
_LETS_COLLECT = re.compile(
    r"(?:[.!?”,]|\b(?:oleh|dari|bagi|para|untuk|kepada|dengan|bahwa|agar|menurut|antara)) \Z",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    """
    mahasiswa mahasiswi siswa siswi pelajar peserta pemateri narasumber pembicara panelis komisioner
    pegawai anggota petugas calon pelamar pendaftar finalis pemenang tersangka saksi korban
    perempuan warga dosen guru moderator fasilitator relawan kelompok lembaga desa kecamatan
    kelurahan partai kandidat pasangan tim
    """.split()
)
_MOST_COUNTS = 50  # of one noun in one text
_PAIR = re.compile(r"(?:\b[a-z]+ |[.:(“] )[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4} dan [A-Z]")


@rule(
    "FAK002",
    N_("Bilangan tidak cocok dengan yang disebut"),
    severity=WARNING,
    explanation=N_(
        "Bilangan mengumumkan sekian hal, tetapi yang disebut sesudahnya lebih atau kurang: “tiga"
        " kelompok, yakni …” dengan empat nama. Atau orang yang tadinya empat kemudian disebut"
        " “kedua mahasiswa”. Yang jumlahnya tidak dapat dipastikan (“Ketua A, sekretaris B”, “X dan"
        " Y serta Z”) tidak dilaporkan."
    ),
    source=N_("Hitunglah yang disebut."),
    bad=(
        ("Peserta dibagi menjadi ‹tiga kelompok›, yakni kelompok Reog, kelompok Warok, kelompok"
        " Jathil, dan kelompok Bujang."),
        "Tim itu terdiri dari ‹3 orang› yaitu Ami Widya, Reza Putri, Iga Amelia dan Siti Aminah.",
        "Ada ‹empat hal› yang dinilai, yaitu kehadiran dan kerapian.",
        "Magang diikuti empat mahasiswa. Pengalaman itu dirasakan oleh ‹kedua mahasiswa›.",
    ),
    good=(
        "Hadir dua narasumber, yaitu Budi Santoso, dosen UB, dan Siti Aminah, pegawai KPU.",
        ("Salah satu dari tiga program, yaitu kelas pemilu dan magang, sudah berjalan. Ada tiga"
        " hal, yakni disiplin waktu, disiplin anggaran, dan disiplin kerja."),
        "Empat mahasiswa magang. Pada sesi kedua mahasiswa bertanya.",
    ),
)  # fmt: skip
def list_count(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A numeral that announces more or fewer items than follow."""
    passage = manuscript.passages[-1]
    if _INTRODUCING.is_in(passage.pieces) and _INTRO.search(passage.text):
        for sentence in manuscript.composition.sentences:
            span = sentence.start - passage.start, sentence.end - passage.start
            yield from _announced(passage, span)
    yield from _collectives(manuscript, passage)


def _announced(passage: Passage, span: tuple[int, int]) -> Iterator[Hit]:
    text = passage.text
    for intro in _INTRO.finditer(text, *span):
        first = max(span[0], intro.start() - _MOST_BETWEEN)
        before = text[first : intro.start()].rstrip().removesuffix(",")
        if "terdiri" in intro[0] and _ANY_NUMBER.match(text, intro.end()):
            continue  # "terdiri dari 3 orang, yaitu …"
        numeral = _find_numeral(before)
        if numeral is None:
            continue
        items = text[intro.end() : span[1]].rstrip().rstrip("*_").rstrip(".")
        number = read_number(numeral[0]) or 0
        listed = _count(items, number, text[span[1] : span[1] + 30])
        if listed is not None:
            yield _miscount(passage, (first + numeral.start(), first + numeral.end()), listed)
        return


def _find_numeral(before: str) -> re.Match[str] | None:
    """The only number of the noun phrase that a list explains."""
    phrase = before[max(before.rfind(","), before.rfind(".")) + 1 :]
    shift = len(before) - len(phrase)
    numerals = list(_NUMERAL.finditer(before, shift))
    if len(numerals) != 1 or len(_OTHER_NUMBER.findall(phrase)) > numerals[0][0].isdigit():
        return None
    numeral = numerals[0]
    if _PART_OF.search(before[: numeral.start()]) and not before[: numeral.start()].endswith(
        ("terdiri dari ", "terdiri atas ")
    ):
        return None
    noun = before[numeral.end() :].split()
    if not noun or noun[0].lower().strip(",") in _MEASURES or "(" in phrase:
        return None
    return numeral


def _count(items: str, number: int, following: str) -> int | None:
    """How many items there are, if it is certain that there are not `number`."""
    exact = count_exactly(items)
    if exact is not None and exact > number:
        return exact
    most = count_at_most(items)
    if most is not None and 2 <= most < number and not _CONTINUED.match(following):
        return most
    return None


def _miscount(passage: Passage, span: tuple[int, int], listed: int) -> Hit:
    noun = re.compile(r"\s+[^\W\d]+").match(passage.text, span[1])
    end = noun.end() if noun else span[1]
    message = _("“{words}”, tetapi sesudahnya disebut {listed}.").format(
        words=" ".join(passage.text[span[0] : end].split()), listed=listed
    )
    return passage.hit((span[0], end), message)


def _collectives(manuscript: Manuscript, passage: Passage) -> Iterator[Hit]:
    """People who were so many, and then are fewer or more."""
    title = manuscript.article.title
    told: dict[str, list[tuple[int, int | None]]] = {}
    text = passage.text
    found = list(_TOGETHER.find_longer(_COLLECTIVE, passage.pieces))
    pair = _PAIR.search(text) if found else None
    for match in found:
        noun, count = match["noun"], read_number(match["count"])
        window = max(0, match.start() - 12), match.start()
        if noun not in _PEOPLE or not _LETS_COLLECT.search(text, *window):
            continue
        if noun not in told:
            told[noun] = [*_counted(noun, title, -len(title)), *_counted(noun, text, 0)]
        numbers = [number for place, number in told[noun] if place < match.start()]
        # A text that tells of a group within the group will have named two of them.
        names_two = count == 2 and pair is not None and pair.start() < match.start()
        if not numbers or count in numbers or names_two:
            continue
        message = _("“{words}”, padahal sebelumnya disebut {number} {noun}.").format(
            words=match[0], number=numbers[-1], noun=noun
        )
        yield passage.hit(match.span(), message)


def _counted(noun: str, text: str, shift: int) -> list[tuple[int, int | None]]:
    """Where a text tells a number of such people: "empat orang mahasiswi" for "mahasiswa"."""
    stem = re.sub(r"sw[ai]\Z", "sw[ai]", re.escape(noun))
    pattern = rf"(?<![\w.,-])({_SMALL}|[2-9]|1[0-2]) (?:orang )?{stem}\b"
    found = list(re.finditer(pattern, text, re.IGNORECASE))[:_MOST_COUNTS]
    return [(match.start() + shift, read_number(match[1])) for match in found]
