"""TBC003: no space behind a mark, or before an opening one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kpucli.dates import MONTHS
from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import lexicon
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern, Pieces
from kpucli.lint.quotations import Mark
from kpucli.lint.rule import ERROR, Hit, rule, safe
from kpucli.sentences import ABBREVIATIONS, OPENERS

_LETTER = r"[^\W\d_]"
_MONTHS = "|".join(MONTHS)
# In each, `mark` is what is reported, and the space belongs where `gap` is.
_COMMA = PiecePattern(
    rf"(?P<mark>,)(?P<gap>)(?:(?<=[\w)”\"’%\]],)(?={_LETTER}|[‘(])|(?<={_LETTER}{_LETTER},)(?=\d))",
    among=",",
)
_SEMICOLON = PiecePattern(rf"(?P<mark>;)(?P<gap>)(?<=[\w)”’%];)(?={_LETTER}{_LETTER})", among=";")
_CRY = PiecePattern(
    rf"(?P<mark>[?!])(?P<gap>)(?<={_LETTER}{_LETTER}[?!])(?={_LETTER}{_LETTER})", among="?!"
)
_COLON = PiecePattern(
    rf"(?P<mark>:)(?P<gap>)(?<={_LETTER}{_LETTER}:)(?={_LETTER}{_LETTER})", among=":"
)
_STOP = PiecePattern(
    rf"(?P<mark>\.)(?P<gap>)(?<=[\w)”\]’']\.)"
    rf"(?:(?=(?P<after>{_LETTER}[\w’'-]*)(?P<end>\.\w|@|/)?)|(?=\d))",
    among=".",
)
_CLOSING = PiecePattern(rf"(?P<mark>\))(?P<gap>)(?=(?P<after>{_LETTER}+))", among=")")
_OPENING = PiecePattern(
    r"(?<=\w)(?P<gap>)(?P<mark>\()(?=(?P<inner>[\w“\"‘][^()\n]{0,80})\)?)", among="("
)
_WORD_NUMBER = PiecePattern(
    r"(?<![\w@#/.-])(?P<mark>(?:[Nn]omor|[Tt]ahun|[Pp]asal|[Aa]yat|[Pp]ukul|[Tt]anggal|[Hh]alaman"
    rf"|[Dd]apil|[Bb]ab|{_MONTHS})(?P<gap>)\d{{1,4}})(?![\w/-])"
)
_NUMBER_WORD = PiecePattern(
    r"(?<![\w@#/-])(?P<mark>(?:\d{1,3}(?:[.,:]\d+)*|\d{4})(?P<gap>)(?:WIB|WITA|WIT|[Oo]rang"
    r"|[Pp]ersen|[Tt]ahun|[Tt]entang|[Kk]ecamatan|[Kk]abupaten|[Pp]rovinsi|[Kk]elurahan|[Pp]eserta"
    rf"|{_MONTHS}))(?!\w)"
)
_SCHEMES = frozenset("http https mailto tel sms whatsapp doi urn ftp geo".split())
_BEFORE_NUMBER = frozenset("no nmr tgl pkl hlm hal telp tlp jl jln".split())
_SUFFIXES = frozenset("nya lah kah pun an i kan mu ku s es".split())
_PREFIXES = frozenset(
    "a ber di ke me mem men meng meny non pe pem pen peng per pra re se ter".split()
)
_ENDINGS = frozenset(
    "com csv doc docx gif htm html id jpeg jpg js mp net org pdf php png ppt pptx txt tv xls xlsx"
    " zip".split()
)
_CAPITALISED = re.compile(r"[A-Z][a-z]{2,}(?:-[a-z]+)?")
_ENTITY = re.compile(r"&#?\w{2,8}\Z")
_REGULATION = re.compile(
    r"\b(?:UU|PKPU|PP|Perpres|Perbawaslu|Permendagri|Perda|Perppu|[Uu]ndang-[Uu]ndang|[Kk]eputusan"
    r"|[Pp]eraturan)[^.,;\n]{0,80}\Z"
)
_YEAR_BEHIND = re.compile(r"\d{1,4}[A-Z]?(?:/| [Tt]ahun)")
_LAST_BRACKET = re.compile(r"\(([^()\n]*)\Z")
_ATTACHED = frozenset("@#/\\.=&_~")
_WORD_BEFORE = re.compile(r"[\w’'-]+\Z")
_LONGEST_WORD = 40


@rule(
    "TBC003",
    N_("Spasi kurang di dekat tanda baca"),
    severity=ERROR,
    explanation=N_(
        "Sesudah koma, titik, titik koma, titik dua, tanda tanya, tanda seru, kurung tutup, dan"
        " kutip tutup ada spasi sebelum kata berikutnya; sebelum kurung buka dan kutip buka juga."
        " Angka ditulis terpisah dari kata di sampingnya: Nomor 7, 09.00 WIB."
    ),
    source=N_("Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab III."),
    bad=(
        "Ia tidak‹,›lalu pergi pada Rabu‹,›20 April",
        "Rapat selesai‹.›Kemudian peserta pulang; rapat itu selesai‹.›setelah itu pulang",
        "Kirab (20/4)‹.›Pertemuan itu lancar di Jl‹.›Veteran No‹.›27",
        "Jujur‹;›adil‹!›Ayo; Hari‹:›Senin",
        "Dokumen SOP‹(›Standar Prosedur‹)›itu",
        "Ia berkata,‹“›Ayo,‹”›kata Budi",
        "Tema‹“›Pemilu Damai‹”›dan lomba",
        '"Ayo, ‹"›kata Budi',
        "Pasal 12 ‹ayat3› pukul ‹09.00WIB›",
    ),
    fixed=(
        "Ia tidak, lalu pergi pada Rabu, 20 April",
        "Rapat selesai. Kemudian peserta pulang; rapat itu selesai. setelah itu pulang",
        "Kirab (20/4). Pertemuan itu lancar di Jl. Veteran No. 27",
        "Jujur; adil! Ayo; Hari: Senin",
        "Dokumen SOP (Standar Prosedur) itu",
        "Ia berkata, “Ayo,” kata Budi",
        "Tema “Pemilu Damai” dan lomba",
        '"Ayo," kata Budi',
        "Pasal 12 ayat 3 pukul 09.00 WIB",
    ),
    good=(
        "Sebanyak 1.234 orang atau 74,83 persen hadir pukul 14.30; S.H., M.Si., Ph.D., A.R. Hakim.",
        "Berkas surat.docx, tim.id, a.n. Budi, s.d. Rabu, dan kpu.go.id serta a@kpu.go.id.",
        "Tulisan anggota(-anggota), pilih(an), “KPPS”-nya, (me)milih, dan Budi(?).",
        "Cici, S.Sos.I., membaca Al-Baqarah:183, rasio 1:2, dan Yohanes 3:16.",
        "Ia berkata, “Ayo,” lalu pergi.",
    ),
    fix=Applicability.SAFE,
)  # fmt: skip
def missing_space_after(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A mark and a word that touch, or a word and a number."""
    for passage in manuscript.passages:
        for match in _find(passage.pieces):
            yield _hit(passage, match.span("mark"), match.start("gap"))
    for paragraph in manuscript.quotations:
        for quotation in paragraph.quotations:
            if _touches_word_before(paragraph.passage.text, quotation.opening):
                span = quotation.opening.start, quotation.opening.end
                yield _hit(paragraph.passage, span, quotation.opening.start)
            if _touches_word_behind(paragraph.passage.text, quotation.closing):
                yield _behind_quotation(paragraph.passage, quotation.closing)


def _find(pieces: Pieces) -> Iterator[re.Match[str]]:
    """What touches and should not, outside quotations."""
    for pattern, is_wrong in _JUDGES.items():
        yield from filter(is_wrong, pattern.find(pieces))


def _hit(passage: Passage, span: tuple[int, int], gap: int) -> Hit:
    written = passage.text[slice(*span)]
    if gap == span[0]:
        message = _("Sebelum {mark} harus ada spasi.").format(mark=written)
    elif gap == span[1]:
        message = _("Sesudah {mark} harus ada spasi.").format(mark=written)
    else:
        right = f"{passage.text[span[0] : gap]} {passage.text[gap : span[1]]}"
        message = _("Angka dan kata ditulis terpisah: {right}.").format(right=right)
    text = passage.text[span[0] : gap] + " " + passage.text[gap : span[1]]
    return passage.hit(span, message, None, safe(passage.replace(span, text)))


def _behind_quotation(passage: Passage, mark: Mark) -> Hit:
    """The hit for a closing mark; a straight one may have its space on the wrong side."""
    if mark.form != '"' or passage.text[mark.start - 1] != " ":
        return _hit(passage, (mark.start, mark.end), mark.end)
    message = _("Tanda kutip tutup menempel pada kata di depannya, dan sesudahnya ada spasi.")
    fix = safe(passage.replace((mark.start - 1, mark.end), '" '))
    return passage.hit((mark.start, mark.end), message, None, fix)


def _touches_word_before(text: str, mark: Mark) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return mark.start > 0 and after.isalnum() and (before.isalpha() or before in ".,;:!?)")


def _touches_word_behind(text: str, mark: Mark) -> bool:
    word = re.compile(r"[^\W\d_]+").match(text, mark.end)
    return word is not None and word[0] not in _SUFFIXES


def _always(_match: re.Match[str]) -> bool:
    return True


def _is_no_entity(match: re.Match[str]) -> bool:
    start = match.start("mark")
    return not _ENTITY.search(match.string, max(0, start - 10), start)


def _is_no_scheme(match: re.Match[str]) -> bool:
    return _before(match)[0].lower() not in _SCHEMES


def _before(match: re.Match[str]) -> tuple[str, str]:
    """The word or the closing mark in front of a mark, and the character in front of that."""
    start = match.start()
    found = _WORD_BEFORE.search(match.string, max(0, start - _LONGEST_WORD), start)
    if found is None:
        return match.string[start - 1 : start], ""
    return found[0], match.string[found.start() - 1 : found.start()] if found.start() else ""


def _ends_sentence(match: re.Match[str]) -> bool:
    """Whether a stop between letters ends a sentence or an abbreviation: no address, no degree."""
    (before, attached), after = _before(match), match["after"]
    if match["end"] or attached in _ATTACHED:
        return False
    small = before.lower()
    if after is None:
        return small in _BEFORE_NUMBER and not _is_regulation(match)
    if after.lower() in _ENDINGS:
        return False
    if not _CAPITALISED.fullmatch(after):
        return after in OPENERS and len(after) > 2 and len(small) > 2 and _is_known(small)
    if before in ")”]" or before.isdigit():
        return _is_known(after.lower())
    if small in ABBREVIATIONS:
        return len(before) > 1
    if before.isupper():
        return len(before) > 1 and len(after) > 3 and _is_known(after.lower())
    return len(before) > 2 and _is_known(small) and (len(after) > 4 or _is_known(after.lower()))


def _is_regulation(match: re.Match[str]) -> bool:
    """Whether "No." stands in the name of a regulation, which has a rule of its own."""
    start = match.start() - len("No")
    if _YEAR_BEHIND.match(match.string, match.end()):
        return True
    return bool(_REGULATION.search(match.string, max(0, start - 100), start))


def _is_known(word: str) -> bool:
    return lexicon().is_known(word) or lexicon().is_name(word)


def _ends_brackets(match: re.Match[str]) -> bool:
    """Whether a word touches a bracket that is no part of it: (me)milih."""
    if match["after"] in _SUFFIXES:
        return False
    start = match.start()
    inner = _LAST_BRACKET.search(match.string, max(0, start - 200), start)
    if inner is None:
        return match.string[start - 1 : start].isdigit()
    before = match.string[inner.start() - 1 : inner.start()]
    if len(inner[1]) < 3 and inner[1].isalpha() and (before.isalpha() or len(inner[1]) < 2):
        return False
    return inner[1].lower() not in _PREFIXES


def _begins_brackets(match: re.Match[str]) -> bool:
    """Whether brackets touch a word that they do not go on: pilih(an)."""
    (before, _attached), inner = _before(match), match["inner"]
    if before[-1].isdigit():
        return before.isdigit() and len(inner) > 2 and inner[:3].isalpha()
    if len(before) < 2 or (len(inner) < 3 and inner.isalpha()) or inner in _SUFFIXES:
        return False
    return not (inner.isalpha() and inner.islower() and _is_known((before + inner).lower()))


_JUDGES: dict[PiecePattern, Callable[[re.Match[str]], bool]] = {
    _COMMA: _always,
    _SEMICOLON: _is_no_entity,
    _CRY: _always,
    _COLON: _is_no_scheme,
    _STOP: _ends_sentence,
    _CLOSING: _ends_brackets,
    _OPENING: _begins_brackets,
    _WORD_NUMBER: _always,
    _NUMBER_WORD: _always,
}
