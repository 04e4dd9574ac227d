"""FAK001: parts that do not add up to their total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kpucli.i18n import N_, _
from kpucli.lint.composition import Composition
from kpucli.lint.gender_counts import count_by_gender
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.numerals import ALONE, NUMERAL_WORD, read_number, say_whole
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import ERROR, Hit, rule
from kpucli.sentences import Sentence

_NUMBER = re.compile(ALONE, re.IGNORECASE)
_INTRO = re.compile(
    r"[ ,:(–-]+(?:yang )?(?:terdiri (?:dari|atas)|terbagi (?:atas|menjadi)|dengan komposisi"
    r"|(?:dengan )?(?:rincian|perincian)(?:nya)?|yakni|yaitu|meliputi|mencakup|masing-masing)\b"
    r"[ :(,]*(?:sebanyak |(?:[^\W\d][\w./-]* ){1,4})?\Z",
    re.IGNORECASE,
)
_THEREOF = re.compile(
    r"\A(?:(?:dari|rincian|perincian) (?:jumlah|total|angka|data) (?:itu|tersebut|ini)"
    r"(?: terdiri (?:dari|atas))?,?"
    r"|(?:rincian|perincian)nya(?: (?:ialah|adalah|yakni|yaitu))?[,:]?"
    r"|[^,.;:\d]{0,60}?(?:itu|tersebut) terdiri (?:dari|atas)) (?:sebanyak )?",
    re.IGNORECASE,
)
_TOTAL_BEHIND = re.compile(
    r",? ?\(?(?:sehingga |maka |dengan |jadi |atau |dari )?"
    r"(?:total|jumlah|seluruh|keseluruhan)(?:nya)?"
    r"(?: (?:pemilih|peserta|suara|seluruh suara|keseluruhan|seluruhnya|totalnya|semuanya))?"
    r"(?: (?:menjadi|mencapai|adalah|ialah|sebanyak|sebesar|tercatat|ada))?:? \Z",
    re.IGNORECASE,
)
# Where one of these stands, the parts need not be all, or are not counts.
_VAGUE = re.compile(
    r"\b(?:tiap|setiap|per|persen|lain|lainnya|antaranya|termasuk|sisanya|selebihnya|ditambah|plus"
    r"|sekitar|lebih|kurang|hampir|minimal|maksimal|sedikitnya|rata|kira|juta|miliar|milyar|pukul"
    r"|tanggal|nomor|tahun|hari|jam|menit|bulan|usia|kali|pasal|ayat|rangkap|sampai|hingga)\b|%|Rp"
    r"|\bmasing-masing\b(?! \d)",
    re.IGNORECASE,
)
_COUNTERS = frozenset(
    """
    orang jiwa pemilih suara lembar unit buah berkas data dokumen kotak eksemplar peserta pegawai
    siswa mahasiswa anggota sop laki-laki perempuan laki pria wanita laki2
    """.split()
)
_MEN = re.compile(r"\b(?:laki-laki|laki|pria|putra|lelaki)\b", re.IGNORECASE)
_WOMEN = re.compile(r"\b(?:perempuan|wanita|putri)\b", re.IGNORECASE)
_FIRST_WORD = re.compile(r" ?([^\W\d_][\w-]*)")
_NEGATION = re.compile(r"\b(?:tidak|belum|gagal|bukan)\b", re.IGNORECASE)
_LAST_WORD = re.compile(r"([\w-]+)\W*\Z")
_PARTS_WORD = PiecePattern(
    r"yakni|yaitu|terdiri|terbagi|rincian|komposisi|meliputi|mencakup|masing-masing|umlah|otal"
    r"|perempuan|wanita|tidak|belum|gagal"
)
# What introduces all parts, whatever they count.
_COMPLETE = re.compile(
    r"(?:terdiri (?:dari|atas)|(?:dengan )?(?:rincian|perincian)(?:nya)?|yakni|yaitu)\b"
    r"[^.;]{0,60}\Z",
    re.IGNORECASE,
)
# As `_NUMBER` begins: there are no more numbers than these.
_BEGINNING = PiecePattern(rf"(?<![\w.,/–-])(?:\d|(?:{NUMERAL_WORD})(?!\w))", re.IGNORECASE)
_MAN = PiecePattern(_MEN.pattern, re.IGNORECASE, among="LPlp")
_WOMAN = PiecePattern(_WOMEN.pattern, re.IGNORECASE, among="PWpw")
_APPROVED = re.compile(
    r"\b(?:lolos|lulus|memenuhi|hadir|lengkap|sah|setuju|diterima|sesuai|aktif|layak)\b"
)
_LONGEST_SENTENCE = 1200
_NEAR = 3  # characters between sentences of one paragraph


@dataclass(frozen=True, slots=True)
class _Part:
    """A number, where it stands, and the words behind it up to the next part."""

    start: int
    end: int
    value: int
    words: str

    @property
    def noun(self) -> str:
        """What is counted: the first word behind the number."""
        found = _FIRST_WORD.match(self.words)
        return found[1].lower() if found else ""


@rule(
    "FAK001",
    N_("Jumlah tidak cocok"),
    severity=ERROR,
    explanation=N_(
        "Bagian-bagian yang disebut tidak berjumlah seperti totalnya: laki-laki dan perempuan, yang"
        " lulus dan yang tidak, rincian sesudah “terdiri atas” atau “dari jumlah itu”. Hanya"
        " rincian yang lengkap dan yang menghitung hal yang sama diperiksa; yang kira-kira, yang"
        " memakai persen, dan yang menyebut “di antaranya” tidak."
    ),
    source=N_("Ilmu hitung."),
    bad=(
        ("Pemilih laki-laki 301.214 orang dan pemilih perempuan 313.406 orang sehingga jumlahnya"
        " ‹614.602› orang."),
        "Dari ‹4.216› pelamar, 2.530 orang dinyatakan lulus dan 1.685 orang tidak lulus.",
        "Ada ‹20› SOP, terdiri atas 7 SOP keuangan, 3 SOP data, dan 9 SOP hukum.",
    ),
    good=(
        "Dari 4.215 pelamar, 2.530 orang dinyatakan lulus dan 1.685 orang tidak lulus.",
        ("Ada 87 lembar surat suara rusak. Dari jumlah itu, 52 lembar kotor, 21 lembar sobek, dan"
        " 14 lembar salah cetak."),
        ("Di 21 kecamatan terdapat 40 anggota, 23 di antaranya perempuan dan 5 orang penyandang"
        " disabilitas."),
    ),
)  # fmt: skip
def sum_mismatch(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Parts of a total that add up to something else."""
    passage = manuscript.passages[-1]
    if not _may_count(passage, 0, len(passage.text)):
        return
    composition = manuscript.composition
    for number, paragraph in enumerate(composition.paragraphs):
        if not _may_count(passage, paragraph.start - passage.start, paragraph.end - passage.start):
            continue
        for sentence in composition.sentences_in(number):
            first, end = sentence.start - passage.start, sentence.end - passage.start
            if end - first <= _LONGEST_SENTENCE and _may_count(passage, first, end):
                yield from _check(passage, composition, sentence)


def _may_count(passage: Passage, start: int, end: int) -> bool:
    """Whether a stretch has men and women, or two numbers and a word for parts or totals."""
    if _has_both(passage, start, end):
        return True
    pieces = passage.pieces
    return _PARTS_WORD.is_in(pieces, start, end) and _BEGINNING.is_in(pieces, start, end, fewest=2)


def _has_both(passage: Passage, start: int, end: int) -> bool:
    """Whether a stretch has men and women."""
    return _WOMAN.is_in(passage.pieces, start, end) and _MAN.is_in(passage.pieces, start, end)


def _check(passage: Passage, composition: Composition, sentence: Sentence) -> Iterator[Hit]:
    """The parts and the total of a sentence, perhaps of the one before it."""
    stretch, first = _stretch(passage, sentence)
    if _has_both(passage, first, first + len(stretch)):
        earlier, offset = _stretch(passage, composition.sentence_before(sentence))
        is_near = earlier and first - offset - len(earlier) < _NEAR
        earliest = offset if is_near else first
        yield from _check_gender(passage, earliest, first, first + len(stretch))
        return
    numbers = list(_NUMBER.finditer(stretch))
    if len(numbers) >= 2:
        yield from _check_parts(passage, composition, sentence, numbers)


def _stretch(passage: Passage, sentence: Sentence | None) -> tuple[str, int]:
    """The words of a sentence and their place in the passage; "" for one that is too long."""
    if sentence is None or sentence.end - sentence.start > _LONGEST_SENTENCE:
        return "", 0
    start = sentence.start - passage.start
    return passage.text[start : sentence.end - passage.start], start


def _check_gender(passage: Passage, earliest: int, first: int, end: int) -> Iterator[Hit]:
    """Men and women of a sentence against the total there, or in what stands from `earliest`."""
    for start in dict.fromkeys((first, earliest)):
        count = count_by_gender(passage.text[start:end])
        if count is not None:
            span = start + count.start, start + count.end
            yield from _report(passage, span, count.total, [count.men, count.women])
            return


def _check_parts(
    passage: Passage, composition: Composition, sentence: Sentence, numbers: list[re.Match[str]]
) -> Iterator[Hit]:
    """The total of a sentence, or of the one before it, against the parts."""
    stretch, first = _stretch(passage, sentence)
    parts = _parts(stretch, numbers)
    if parts is None:
        return
    thereof = _THEREOF.match(stretch)
    if thereof and thereof.end() == parts[0].start:
        previous = _stretch(passage, composition.sentence_before(sentence))
        total = _total_before(previous, parts)
        if total and not _VAGUE.search(stretch):
            yield from _compare(passage, total, parts)
        return
    for judge in (_total_first, _total_last, _with_negation):
        found = judge(stretch, parts)
        if found:
            total, items = found
            yield from _compare(passage, _shifted(total, first), items)
            return


def _shifted(part: _Part, by: int) -> _Part:
    return _Part(part.start + by, part.end + by, part.value, part.words)


def _parts(stretch: str, numbers: list[re.Match[str]]) -> list[_Part] | None:
    """The numbers of a sentence with the words behind each; None if one is no whole number."""
    parts = []
    for index, number in enumerate(numbers):
        value = read_number(number[0])
        if value is None:
            return None
        end = numbers[index + 1].start() if index + 1 < len(numbers) else len(stretch)
        parts.append(_Part(number.start(), number.end(), value, stretch[number.end() : end]))
    return parts


def _compare(passage: Passage, total: _Part, items: list[_Part]) -> Iterator[Hit]:
    values = [item.value for item in items]
    yield from _report(passage, (total.start, total.end), total.value, values)


def _report(
    passage: Passage, span: tuple[int, int], total: int, values: list[int]
) -> Iterator[Hit]:
    """The hit for a total at a place that is not the sum of some values."""
    found = sum(values)
    if found == total:
        return
    message = _("{parts} = {sum}, bukan {total}.").format(
        parts=" + ".join(map(say_whole, values)), sum=say_whole(found), total=say_whole(total)
    )
    yield passage.hit(span, message, say_whole(found))


def _total_first(stretch: str, parts: list[_Part]) -> tuple[_Part, list[_Part]] | None:
    """As in "20 SOP, terdiri atas 7 SOP …, 3 SOP …, dan 9 SOP …"."""
    total, *items = parts
    if len(items) < 2:
        return None
    is_introduced = total.words.endswith(" (") or _INTRO.search(total.words)
    if not is_introduced or _VAGUE.search(stretch[total.end :]):
        return None
    if "." in total.words:
        return None
    if _are_listed(items) and _count_the_same(total, items):
        return total, items
    is_numbered = [item.value for item in items] == list(range(1, len(items) + 1))
    is_complete = _COMPLETE.search(total.words) and _are_apart(items) and not is_numbered
    return (total, items) if is_complete and _are_near(total, items) else None


def _total_last(stretch: str, parts: list[_Part]) -> tuple[_Part, list[_Part]] | None:
    """As in "laki-laki 301.214 dan perempuan 313.406, jumlahnya 614.620"."""
    *items, total = parts
    if len(items) < 2:
        return None
    before = items[-1].words
    found = _TOTAL_BEHIND.search(before)
    if found is None:
        return None
    listed = stretch[: items[-1].end + found.start()]
    if _VAGUE.search(listed):
        return None
    if len(items) == 2 and len(_MEN.findall(listed)) == 1 == len(_WOMEN.findall(listed)):
        return total, items
    return (total, items) if _are_apart(items) and _are_near(total, items) else None


def _with_negation(stretch: str, parts: list[_Part]) -> tuple[_Part, list[_Part]] | None:
    """As in "Dari 4.216 pelamar, 2.530 lulus dan 1.685 tidak lulus"."""
    if len(parts) != 3 or not stretch[: parts[0].start].lower().endswith("dari "):
        return None
    total, one, other = parts
    if not total.words.endswith(", ") or _VAGUE.search(stretch):
        return None
    first, second = one.words.rstrip(), other.words.rstrip()
    first = re.sub(r",? (?:dan|serta|sedangkan|sementara)\Z", "", first).rstrip(", ")
    if _NEGATION.search(first) or not _NEGATION.search(second):
        return None
    last, its = _LAST_WORD.search(first), _LAST_WORD.search(second)
    if last and its and last[1].lower() == its[1].lower():
        return total, [one, other]
    are_opposite = bool(_APPROVED.search(first) and _APPROVED.search(second))
    return (total, [one, other]) if are_opposite and _are_near(total, [one, other]) else None


def _total_before(previous: tuple[str, int], items: list[_Part]) -> _Part | None:
    """The number of the sentence before that these items are parts of."""
    stretch, offset = previous
    parts = _parts(stretch, list(_NUMBER.finditer(stretch)))
    if not parts or len(items) < 2 or not _are_listed(items):
        return None
    nouns = {item.noun for item in items}
    same = [part for part in parts if {part.noun} == nouns]
    return _shifted(same[0], offset) if len(same) == 1 else None


def _are_listed(items: list[_Part]) -> bool:
    """Whether only a comma or "dan" stands between one item and the next."""
    return all(re.search(r"(?:,|;| dan| serta|,? dan| \+) \Z", item.words) for item in items[:-1])


def _are_apart(items: list[_Part]) -> bool:
    """Whether a comma or "dan" stands somewhere between each item and the next."""
    return all(re.search(r",|;| dan | serta | \+ ", item.words) for item in items[:-1])


def _are_near(total: _Part, items: list[_Part]) -> bool:
    """Whether the parts nearly make the total, so that they are meant to be all of it."""
    return abs(sum(item.value for item in items) - total.value) <= max(2, total.value // 10)


def _count_the_same(total: _Part, items: list[_Part]) -> bool:
    nouns = {item.noun for item in items}
    if nouns == {total.noun} or (len(nouns) == 1 and nouns <= _COUNTERS):
        return True
    if len(items) == 2 and _MEN.search(items[0].words) and _WOMEN.search(items[1].words):
        return True
    return _is_slip(total.value, sum(item.value for item in items))


def _is_slip(one: int, other: int) -> bool:
    """Whether two numbers differ as by mistyping: a digit off, or two exchanged."""
    first, second = str(one), str(other)
    if len(first) != len(second) or len(first) < 3:
        return False
    wrong = [index for index, digit in enumerate(first) if digit != second[index]]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        return first[wrong[0]] == second[wrong[1]] and first[wrong[1]] == second[wrong[0]]
    return len(wrong) <= 1
