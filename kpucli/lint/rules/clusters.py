"""TBC004: two punctuation marks where one belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import lexicon
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import ERROR, Hit, rule, unsafe
from kpucli.sentences import is_abbreviation

_CLUSTER = PiecePattern(
    r"(?<![.,;:!?…/\\])(?P<marks>[.,;:!?](?:[.,;:!?]|(?P<quote>[”\"’'])(?=[.,;]))[.,;:!?]{0,3})"
    r"(?![.,;:!?…/\\)(\d-])",
    among=".,;:!?",
)
_TOKEN = re.compile(r"[^\s(\[“‘/*_–—]*\Z")
_SHORT_WORD = re.compile(r"[A-Z]?[a-z]{1,3}|[A-Z]{1,6}|[A-Z][a-z]{0,3}(?:\.[A-Z]?[a-z]{1,4})+")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
_QUESTIONS = frozenset({"?!", "!?", "?!?", "!?!", "??!", "?!!", "!!?"})
_WORD_BEHIND = re.compile(r"[\s*_”\"’']*(\w)")


@rule(
    "TBC004",
    N_("Tanda baca beruntun"),
    severity=ERROR,
    explanation=N_(
        "Dua tanda baca tidak berderet: bukan titik-koma seperti “., ” atau dua titik, melainkan"
        " salah satunya saja. Elipsis terdiri dari tiga titik. Titik singkatan dan gelar (M.Si.,)"
        " tetap ada di depan koma, tetapi tidak diikuti titik kedua di akhir kalimat."
    ),
    source=N_("Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab III."),
    bad=(
        "Hujannya deras‹.,› tetapi ia datang",
        "Ia datang bersama siswa‹..› Lalu pulang",
        "Petugas‹,,› saksi, dan lurah",
        "Ayo datang‹!!›",
        "“Suaranya kasar‹,”.› Ia pergi",
        "“Siapa yang datang‹?.›”",
        "Ada kotak, bilik, dll‹..›",
    ),
    fixed=(
        "Hujannya deras, tetapi ia datang",
        "Ia datang bersama siswa. Lalu pulang",
        "Petugas, saksi, dan lurah",
        "Ayo datang!",
        "“Suaranya kasar.” Ia pergi",
        "“Siapa yang datang?”",
        "Ada kotak, bilik, dll.",
    ),
    good=(
        "Budi, M.Si., Ani, S.H., M.Kn., dan Cici, Ph.D., hadir; kotak, bilik, dkk., tiba.",
        "Lalu ... ia pergi… dan “Siapa?!” tanyanya.",
        "Nama: ........",
        "Kab., Kec., Prof., a.n.; dan Tbk.: lihat ../foto.",
        "Tema kirab itu “Ayo Memilih!”.",
    ),
    fix=Applicability.UNSAFE,
)
def punctuation_cluster(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Marks in a row of which one is enough."""
    for passage in manuscript.passages:
        for match in _CLUSTER.find(passage.pieces):
            right = _right(passage.text, match)
            if right is not None:
                gap = " " if passage.text[match.end() : match.end() + 1].isalpha() else ""
                message = _("Tanda baca beruntun “{written}”; cukup “{right}”.").format(
                    written=match["marks"], right=right
                )
                yield _hit(passage, match.span("marks"), message, right + gap)


def _hit(passage: Passage, span: tuple[int, int], message: str, right: str) -> Hit:
    return passage.hit(span, message, right, unsafe(passage.replace(span, right)))


def _right(text: str, match: re.Match[str]) -> str | None:
    """What should stand there; None if the marks are right."""
    marks, quote = match["marks"], match["quote"] or ""
    plain = marks.replace(quote, "") if quote else marks
    if "..." in plain or plain in _QUESTIONS or "::" in plain:
        return None
    before = text[match.start() - 1 : match.start()]
    if not before.strip() or before in "|([{\ufffc":
        return None
    first, last = plain[0], plain[-1]
    if quote and (first in "!?" or (first == "." and last != ".")):
        return None  # “Ayo memilih!”. may be a title; speech is quote-comma's
    if quote and first == "." and not _is_stop(text, match.start()):
        return None
    following = text[match.end() : match.end() + 1]
    if following.isalpha() and (quote or (set(plain) == {"."} and not following.isupper())):
        return None  # ../foto, berkas..docx
    if first == "." and last != "." and not _is_stop(text, match.start()):
        return None
    return _chosen(first, last, text, match.end()) if not quote else _inside(last, quote)


def _inside(last: str, quote: str) -> str:
    return f".{quote}" if last == "." else f"{quote}{last}" if last == ";" else f",{quote}"


def _chosen(first: str, last: str, text: str, end: int) -> str:
    """The mark that says most: a question rather than a stop, a stop before a capital."""
    for mark in "?!":
        if mark in (first, last):
            return mark
    if first == last:
        return first
    following = _WORD_BEHIND.match(text, end)
    is_small = following is not None and following[1].islower()
    if "." in (first, last):
        other = last if first == "." else first
        return other if is_small else "."
    return last if last != "," else first


def _is_stop(text: str, position: int) -> bool:
    """Whether a stop before another mark ends a sentence rather than an abbreviation."""
    if not (text[position - 1].isalnum() or text[position - 1] in ')”"’%]'):
        return True
    if not text[position - 1].isalpha():
        return not text[position - 1].isdigit() or text[position + 1] != ":"
    token = _TOKEN.search(text, max(0, position - 40), position)
    word = token[0] if token else ""
    if is_abbreviation(word) or _SHORT_WORD.fullmatch(word) or not _LETTERS.fullmatch(word):
        return False
    return lexicon().is_known(word.lower()) or lexicon().is_name(word.lower())
