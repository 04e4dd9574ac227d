"""IMB003: enclitics that stand apart from their word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import lexicon
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern, Pieces
from kpucli.lint.prose import SPACES
from kpucli.lint.rule import ERROR, Hit, rule, safe
from kpucli.lint.setting import is_set_apart

_TAIL = PiecePattern(r"(?:(?<!\S)|-)(?:[nN]ya|NYA|lah|LAH|kah)(?![\w@'’-])")
_LAST_WORD = re.compile(rf"[^\W\d_]{{2,}}[{SPACES}-]{{0,2}}\Z")
_APART = re.compile(
    rf"(?P<word>[^\W\d_]{{2,}})(?P<gap>(?<=\w{{3}})-|[{SPACES}]{{1,3}})(?P<tail>[nN]ya|NYA|lah|LAH|kah)"
    r"(?![\w@'’-])"
)
_INITIALS = PiecePattern(
    r"\b(?P<word>[A-Z]{2,})(?P<gap>)(?P<tail>nya|ku|mu)(?![\w@'’-])", among=ascii_uppercase
)
_NEXT_WORD = re.compile(rf"[{SPACES}]{{1,3}}([^\W\d_]+)")
_ATTACHED = "@#/&-=\\*_"  # behind these, no word of its own begins
_ANSWERS = frozenset({"kok", "iya", "ya", "kenapa", "masa", "memang", "begini", "ini", "itu"})


@rule(
    "IMB003",
    N_("Akhiran -nya atau -lah terpisah"),
    severity=ERROR,
    explanation=N_(
        "Kata ganti -nya dan partikel -lah serta -kah dirangkai dengan kata di depannya: hasilnya,"
        " itulah, apakah. Di belakang singkatan berhuruf kapital dipakai tanda hubung: SOP-nya;"
        " demikian pula pada kata ganti Tuhan: rahmat-Nya."
    ),
    source=N_(
        "Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab II: kata ganti dan"
        " partikel."
    ),
    bad=(
        "Rekapitulasi dan ‹hasil nya› diumumkan.",
        "‹Itu lah› tujuannya.",
        "Baca ‹SOP nya› dahulu atas ‹rahmat Nya›; bawa ‹KTPnya› dan ‹surat-nya›.",
    ),
    fixed=(
        "Rekapitulasi dan hasilnya diumumkan.",
        "Itulah tujuannya.",
        "Baca SOP-nya dahulu atas rahmat-Nya; bawa KTP-nya dan suratnya.",
    ),
    good=(
        "Hasilnya, itulah tujuan kita. Lah, kok begitu?",
        "Akhiran *nya* dan “lah” dirangkai.",
        "Ya, lah. Cut Nyak Dhien dan Pak Lah hadir.",
    ),
    fix=Applicability.SAFE,
)
def split_enclitic(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """-nya, -lah or -kah apart from its word."""
    for passage in manuscript.passages:
        text = passage.text
        for match in (*_apart(passage.pieces), *_INITIALS.find(passage.pieces)):
            is_attached = match.start() and text[match.start() - 1] in _ATTACHED
            if _is_enclitic(match) and not is_attached and not is_set_apart(text, *match.span()):
                yield _join(passage, match)


def _apart(pieces: Pieces) -> Iterator[re.Match[str]]:
    """Words with an enclitic apart; looked for from the enclitic, which is rare."""
    for tail in _TAIL.find(pieces):
        start = tail.start() - (tail[0][0] != "-")  # where the hyphen or the blank is
        word = _LAST_WORD.search(pieces.text, max(0, start - 40), start)
        match = _APART.match(pieces.text, word.start()) if word else None
        if match:
            yield match


def _is_enclitic(match: re.Match[str]) -> bool:
    word, tail = match["word"], match["tail"]
    if not match["gap"]:
        return True
    if match["gap"] == "-":
        return tail.islower() and _is_common(word)
    if tail == "NYA" and not word.isupper():
        return False
    if tail in ("nya", "Nya", "NYA"):
        return True
    if not word.islower() and not word.istitle():
        return word.isupper() and tail == "LAH"
    follower = _NEXT_WORD.match(match.string, match.end())
    if follower and follower[1] in _ANSWERS and tail == "lah":
        return False
    return lexicon().analyse(word.lower()) is not None and not lexicon().is_name(word.lower())


def _is_common(word: str) -> bool:
    """Whether a word takes an enclitic without a hyphen: no acronym, no name, nothing foreign."""
    small = word.lower()
    if word not in (small, small.capitalize()) or lexicon().is_name(small):
        return False
    return lexicon().analyse(small) is not None


def _join(passage: Passage, match: re.Match[str]) -> Hit:
    word, tail = match["word"], match["tail"]
    is_initials = word.isupper() and tail.islower()
    right = f"{word}-{tail}" if is_initials or tail == "Nya" else word + tail
    message = _("“{tail}” dirangkai dengan kata di depannya: {right}.").format(
        tail=tail, right=right
    )
    return passage.hit(match.span(), message, right, safe(passage.replace(match.span(), right)))
