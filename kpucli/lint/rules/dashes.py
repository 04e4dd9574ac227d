"""TBC008: hyphens where a dash belongs, and dashes where a hyphen does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.prose import FILLER, SPACES
from kpucli.lint.ranges import find_ranges
from kpucli.lint.rule import WARNING, Hit, rule, safe

_TWICE = re.compile(
    rf"[-–](?:(?<=[{SPACES}].)[{SPACES}]{{0,2}}|[{SPACES}]{{1,2}}|(?<=–))(?P<last>[^\W\d_]{{2,}})"
    r"(?![\w-])"
)
_FIRST = re.compile(rf"(?<![\w-])(?P<word>[^\W\d_]{{2,}})[{SPACES}]{{0,2}}\Z")
_PREFIX = re.compile(
    rf"(?<![\w-])(?P<first>[Kk]e|[Ss]e)(?P<gap>[{SPACES}]-[{SPACES}]?|-[{SPACES}])"
    r"(?:\d+|[IVX]+\b|(?P<name>[A-Z]\w*))"
)
_MAY_JOIN = PiecePattern(r"(?<!\S)[-–]|[-–](?!\S)|–", among="-–")
_MAY_PREFIX = PiecePattern(r"(?<![\w-])(?:[Kk]e|[Ss]e)-?(?!\S)")
_MAY_DASH = PiecePattern(r"(?<!\S)-{1,2}(?!\S)|(?<=[^\W\d_])--(?=[^\W\d_])", among="-")
_DASH = re.compile(
    rf"(?<=[\w)”\"’'.,!?%*{FILLER}][{SPACES}])(?P<mark>-{{1,2}})(?=[{SPACES}][\w(“\"‘'*{FILLER}])"
    r"|(?<=[^\W\d_])(?P<glued>--)(?=[^\W\d_])"
)
_GAPS = (" -", "- ", "\u00a0-", "-\u00a0")
_SUFFIXES = frozenset("nya an kan i lah kah pun ku mu".split())
_LONGEST_WORD = 40
_SHORTEST_ROOT = 3  # letters: less would join siapa – apa
_ROUTE = re.compile(r"\b(?:rute|jurusan|tol|jalur|trayek|lintas|perbatasan) (?:\w+ )?\Z")
_LAST_WORD = re.compile(r"\w+ \Z")
_PLACE = re.compile(r"[A-Z][a-z]+(?![\w-])")
_SMALL_WORD = re.compile(r"(?<![^\s(])[a-z]{2}")
_DATELINE_REACH = 100


@rule(
    "TBC008",
    N_("Tanda hubung dan tanda pisah"),
    severity=WARNING,
    explanation=N_(
        "Rentang angka, tanggal, hari, atau waktu memakai tanda pisah tanpa spasi: 2020–2024,"
        " pukul 08.00–10.00. Kata ulang memakai tanda hubung tanpa spasi: laki-laki. Sisipan dalam"
        " kalimat diapit tanda pisah, bukan tanda hubung. Skor, nomor surat, dan nomor telepon"
        " tetap dengan tanda hubung."
    ),
    source=N_(
        "Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab III: tanda hubung dan"
        " tanda pisah."
    ),
    bad=(
        "Masa bakti ‹2019-2024› dan pukul ‹08.00-10.00› WIB",
        "Tanggal ‹20-22› April, ‹Januari - Maret›, dan ‹Senin-Jumat›",
        "Kirab (‹20-22›/4), halaman ‹13-15›, usia ‹17-21› tahun",
        "Para ‹laki - laki› duduk ‹masing- masing›, ‹bersama - sama›, ‹seadil –adilnya›",
        "Peringatan HUT ‹ke - 77› oleh KPU",
        "Pemilu itu ‹-› kata Budi ‹--› milik kita di jalur Malang ‹-› Batu",
    ),
    fixed=(
        "Masa bakti 2019–2024 dan pukul 08.00–10.00 WIB",
        "Tanggal 20–22 April, Januari–Maret, dan Senin–Jumat",
        "Kirab (20–22/4), halaman 13–15, usia 17–21 tahun",
        "Para laki-laki duduk masing-masing, bersama-sama, seadil-adilnya",
        "Peringatan HUT ke-77 oleh KPU",
        "Pemilu itu – kata Budi – milik kita di jalur Malang–Batu",
    ),
    good=(
        "Skor 2-1, nomor 12-34/2020, 2022-04-20, telepon 0341-2020-2024, dan kode pos 65111.",
        "Laki-laki, sebaik-baiknya, pra- dan pascapemilu, ke-77, se-Jawa Timur, serta A-B.",
        "Masa bakti 2019–2024 – kata Budi – pukul 08.00–10.00 WIB.",
        "- butir satu\n- butir dua",
    ),
    fix=Applicability.SAFE,
)  # fmt: skip
def dash_form(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Ranges with a hyphen, words doubled with a spaced one, and hyphens that stand as dashes."""
    for passage in manuscript.passages:
        text = passage.text
        if "-" not in text and "–" not in text:
            continue
        taken: list[tuple[int, int]] = []
        for hit, span in (*_ranges(passage), *_joined(passage)):
            taken.append(span)
            yield hit
        may_dash = _MAY_DASH.is_in(passage.pieces) and ("- " in text or "--" in text)
        for match in _MAY_DASH.find_longer(_DASH, passage.pieces) if may_dash else ():
            span = match.span()
            if any(start <= span[0] < end for start, end in taken):
                continue
            if not _is_other(manuscript, passage, match):
                yield _dash(passage, match)


def _ranges(passage: Passage) -> Iterator[tuple[Hit, tuple[int, int]]]:
    for span, hyphen in find_ranges(passage.text):
        right = passage.text[span[0] : hyphen[0]] + "–" + passage.text[hyphen[1] : span[1]]
        message = _("Rentang ditulis dengan tanda pisah tanpa spasi: {right}.").format(right=right)
        fix = safe(passage.replace(hyphen, "–"))
        yield passage.hit(span, message, right, fix), span


def _joined(passage: Passage) -> Iterator[tuple[Hit, tuple[int, int]]]:
    """Words and prefixes with a hyphen that has blanks beside it."""
    text = passage.text
    for match in _MAY_JOIN.find_longer(_TWICE, passage.pieces):
        first = _FIRST.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
        if first and _is_double(first["word"], match["last"]):
            gap = first.end("word"), match.start("last")
            yield _hyphenated(passage, (first.start(), match.end()), gap)
    is_apart = _MAY_PREFIX.is_in(passage.pieces) and any(gap in text for gap in _GAPS)
    for match in _MAY_PREFIX.find_longer(_PREFIX, passage.pieces) if is_apart else ():
        if not match["name"]:  # se- before a name is IMB005's
            yield _hyphenated(passage, match.span(), match.span("gap"))


def _hyphenated(
    passage: Passage, span: tuple[int, int], gap: tuple[int, int]
) -> tuple[Hit, tuple[int, int]]:
    right = f"{passage.text[span[0] : gap[0]]}-{passage.text[gap[1] : span[1]]}"
    message = _("Tanda hubung ditulis tanpa spasi: {right}.").format(right=right)
    return passage.hit(span, message, right, safe(passage.replace(gap, "-"))), span


def _is_double(first: str, last: str) -> bool:
    """Whether one word is there twice, perhaps with affixes: bersama - sama, anak - anaknya."""
    first, second = first.lower(), last.lower()
    if first == second:
        return True
    if len(last) < 3 or not last.islower():
        return False
    for length in range(len(second), 2, -1):
        if first.endswith(second[:length]):
            rest = second[length:]
            return rest in _SUFFIXES or (not rest and length > _SHORTEST_ROOT)
    return False


def _is_other(manuscript: Manuscript, passage: Passage, match: re.Match[str]) -> bool:
    """Whether a hyphen between blanks is no dash: a score, a table's, a dateline's."""
    text, position = passage.text, match.start()
    before, after = text[:position].rstrip()[-2:], text[match.end() :][:3].lstrip()
    if before[-1:].isdigit() and after[:1].isdigit():
        return True
    line = text[text.rfind("\n", 0, position) + 1 : position]
    if line.lstrip().startswith("|") or not line.strip(" \t>-*+#"):
        return True
    if passage.field != "body":
        return False
    dateline = manuscript.dateline
    if dateline is not None and passage.at(position) < dateline.end:
        return True
    return position < _DATELINE_REACH and not _SMALL_WORD.search(text, 0, position)


def _dash(passage: Passage, match: re.Match[str]) -> Hit:
    text, (start, end) = passage.text, match.span()
    if match["glued"]:
        message = _("Tanda pisah ditulis –, dengan spasi di kedua sisinya.")
        fix = safe(passage.replace((start, end), " – "))
        return passage.hit((start, end), message, " – ", fix)
    if _is_route(text, start, end):
        message = _("Antara dua tempat, tanda pisah ditulis tanpa spasi.")
        fix = safe(passage.replace((start - 1, end + 1), "–"))
        return passage.hit((start, end), message, "–", fix)
    message = _("Di antara spasi dipakai tanda pisah – dan bukan tanda hubung.")
    return passage.hit((start, end), message, "–", safe(passage.replace((start, end), "–")))


def _is_route(text: str, start: int, end: int) -> bool:
    """Whether a hyphen stands between the two ends of a way: jalur Malang - Surabaya."""
    first = _LAST_WORD.search(text, max(0, start - 30), start)
    if first is None or not (_PLACE.match(first[0]) and _PLACE.match(text, end + 1)):
        return False
    return bool(_ROUTE.search(text, max(0, first.start() - 30), first.start()))
