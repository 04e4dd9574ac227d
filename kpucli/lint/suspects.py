"""Words that are not simply right, as they stand in an article: what the spelling rules look at.

Every word is judged once (see `kpucli.lint.lexicon`), and most are known. Those that are not are
looked at again where they stand: a capital within a sentence, another unknown capital beside it or
a title before it make a name of a word that would be a misspelling elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kpucli.lint.dictionary import is_accepted
from kpucli.lint.lexicon import Kind, Verdict, equivalents, lexicon, match_case
from kpucli.lint.pieces import Piece
from kpucli.lint.setting import is_sentence_start, is_set_apart
from kpucli.lint.words import PhraseIndex, index_phrases

if TYPE_CHECKING:
    from kpucli.lint.manuscript import Passage

_ELEMENT = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WHOLE = frozenset({Kind.KNOWN, Kind.NAME, Kind.NONSTANDARD, Kind.ENGLISH_SPELLING})
_CORRECTED = frozenset({Kind.NONSTANDARD, Kind.ENGLISH_SPELLING, Kind.ELISION, Kind.COMPOUND})
_SHORTEST, _SHORTEST_ELEMENT = 3, 4
_LISTED = frozenset({Kind.NONSTANDARD, Kind.ELISION, Kind.COMPOUND, Kind.CAPITAL})
# Whose name follows, or what it is the name of.
_INTRODUCERS = frozenset(
    """
    anggota aula bapak bernama bu bupati camat cv desa distrik dokter dosen dr dra drs dusun gedung
    gunung h hj hotel ibu ir jalan jl kabupaten kader kampung kapal kecamatan kelurahan kepala ketua
    kh kiai komisioner kota lurah masjid moderator nagari narasumber operator padukuhan pak pantai
    pasar pendopo pondok prof pt pulau rektor saudara saudari sdr sdri sekretaris stadion suku
    sungai ustaz ustazah
    """.split()
)
_LAST_WORD = re.compile(r"([^\W\d_]+)\.? \Z")
_BESIDE = re.compile(r"[ ]([A-Z][^\W\d_]+)")
_BEFORE = re.compile(r"([A-Z][^\W\d_]+)[ ]\Z")
_DEGREE = re.compile(r",? ?(?:S|M|A|Sp|Dr|Ph|Pd)\.[A-Z]")
_NEARBY = 40
Judgements = tuple[tuple[int, int, Verdict], ...]  # on stretches of a word
_EVIDENT = 4.5  # a suggestion's score


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word of `passage.text[start:end]` with what the lexicon says of it.

    `is_sure` tells that nothing about its place makes the verdict doubtful, `is_name` that its
    place makes a name of it, `is_in_title` that ordinary words beside it have capitals too.
    """

    passage: Passage
    start: int
    end: int
    text: str
    verdict: Verdict
    is_sure: bool
    is_name: bool = False
    is_in_title: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the passage's text."""
        return self.start, self.end


def find_suspects(passages: Iterable[Passage]) -> Iterator[Suspect]:
    """The words that are not simply known, but for those in italics and names."""
    found = [suspect for passage in passages for suspect in _find_in(passage)]
    names = _find_names(found)
    for suspect in found:
        if suspect.is_name or (suspect.text in names and suspect.verdict.kind not in _LISTED):
            continue
        yield suspect


def select_suspects(
    suspects: Iterable[Suspect], accepted: frozenset[str], *kinds: Kind
) -> Iterator[Suspect]:
    """The suspects of some kinds that are not among the words that the office accepts."""
    for suspect in suspects:
        if suspect.verdict.kind in kinds and not is_accepted(suspect.text, accepted):
            yield suspect


def _find_in(passage: Passage) -> Iterator[Suspect]:
    """The words of one passage; an English phrase is one."""
    text, pieces = passage.text, passage.pieces
    doubts = [
        (pieces.start(number) + place, found)
        for number, piece in enumerate(pieces.all)
        if piece.doubts or piece.doubts is None
        for place, found in _doubt(piece)
    ]
    words: list[tuple[int, Judgements]] = []
    end = 0
    for start, found in doubts:
        if start < end or passage.words.is_in_path(start):
            continue
        phrase = passage.words.match_phrase(start, _foreign_phrases())
        if phrase is None or is_set_apart(text, start, phrase[0]):
            words.append((start, found))
            continue
        end = phrase[0]
        yield Suspect(passage, start, end, text[start:end], Verdict(Kind.FOREIGN), is_sure=True)
    for place, found in words:
        for start, end, verdict in found:
            suspect = _look(passage, place + start, place + end, verdict)
            if suspect is not None:
                yield suspect


@cache
def _foreign_phrases() -> PhraseIndex:
    return index_phrases(words for words in equivalents() if " " in words)


def _find_names(suspects: list[Suspect]) -> set[str]:
    """Capitalised words that are names somewhere, or alone in capitals more than once."""
    capitalised = [suspect for suspect in suspects if suspect.text.istitle()]
    uses = Counter(item.text for item in capitalised if not item.is_in_title)
    return {item.text for item in capitalised if item.is_name or uses[item.text] > 1}


def _doubt(piece: Piece) -> tuple[tuple[int, Judgements], ...]:
    """The words of a piece that are not right or begin English phrases, with their places."""
    if piece.doubts is None:
        piece.doubts = tuple(
            (place, found)
            for place, word, small in zip(piece.offsets, piece.words, piece.smalls, strict=True)
            if (found := _judge(word)) or small in _foreign_phrases()
        )
    return piece.doubts


@lru_cache(maxsize=100_000)
def _judge(token: str) -> Judgements:
    """The verdicts on a word, or on the elements of one with a hyphen, that it may be wrong."""
    if len(token) < _SHORTEST:
        return ()
    whole = lexicon().judge_token(token)
    if whole.kind not in _CORRECTED and token.lower().removesuffix("nya") in equivalents():
        whole = Verdict(Kind.FOREIGN)
    if "-" not in token or whole.kind in _WHOLE:
        return () if _is_right(whole, token) else ((0, len(token), whole),)
    found = []
    for element in _ELEMENT.finditer(token):
        if len(element[0]) < _SHORTEST_ELEMENT:
            continue
        verdict = lexicon().judge_token(element[0])
        if not _is_right(verdict, element[0]):
            found.append((*element.span(), verdict))
    return tuple(found)


def _is_right(verdict: Verdict, written: str) -> bool:
    """Whether nothing can be wrong with a word: known, or a name that has its capital (Jumat)."""
    if verdict.kind is Kind.CAPITAL:
        return verdict.right == written
    return verdict.kind in (Kind.KNOWN, Kind.NAME)


def _look(passage: Passage, start: int, end: int, verdict: Verdict) -> Suspect | None:
    """The word where it stands; None where it is a name, an acronym or set apart."""
    text = passage.text
    word = text[start:end]
    if is_set_apart(text, start, end):
        return None
    if word.islower():
        return Suspect(passage, start, end, word, verdict, is_sure=True)
    if word.isupper():
        return _look_at_capitals(passage, start, end, verdict)
    if verdict.kind in _LISTED:
        before = _BEFORE.search(text, _begin_before(text, start), start)
        is_named = before is not None and _is_unknown(before[1])
        is_sure = not (is_named or _is_introduced(text, start, end) or _is_name(word))
        return Suspect(passage, start, end, word, verdict, is_sure)
    if _is_named(text, start, end):
        return Suspect(passage, start, end, word, verdict, is_sure=False, is_name=True)
    if word.istitle() and is_sentence_start(text, start):
        return Suspect(passage, start, end, word, _judge_first(word), is_sure=True)
    is_in_title = any(_neighbours(text, start, end))
    if word.istitle() and not _is_evident(verdict):
        verdict = Verdict(Kind.UNKNOWN)
    return Suspect(passage, start, end, word, verdict, not word.istitle(), is_in_title=is_in_title)


def _is_evident(verdict: Verdict) -> bool:
    """Whether a slip is clear enough where a capital within a sentence speaks for a name."""
    first = verdict.suggestions[0] if verdict.suggestions else None
    return first is None or first.score >= _EVIDENT


def _judge_first(word: str) -> Verdict:
    """The verdict on the first word of a sentence, whose capital says nothing."""
    verdict = lexicon().judge(word.lower())
    right = verdict.right and match_case(word, verdict.right)
    return replace(verdict, right=right)


def _look_at_capitals(passage: Passage, start: int, end: int, verdict: Verdict) -> Suspect | None:
    """A word in capitals is judged only among others; alone it is an acronym."""
    text = passage.text
    around = (
        text[max(0, start - _NEARBY) : start].split()[-2:] + text[end : end + _NEARBY].split()[:2]
    )
    words = [word for word in around if any(map(str.isalpha, word))]
    if len(words) < 2 or not all(word.isupper() for word in words):
        return None
    return Suspect(passage, start, end, text[start:end], verdict, is_sure=False)


def _is_introduced(text: str, start: int, end: int) -> bool:
    """Whether what stands before or after a word makes a name of it."""
    before = _LAST_WORD.search(text, _begin_before(text, start), start)
    if before is not None and before[1].lower() in _INTRODUCERS:
        return True
    return _DEGREE.match(text, end) is not None


def _is_named(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word is a name by what stands beside it."""
    if _is_introduced(text, start, end):
        return True
    return any(_is_name(side) or _is_unknown(side) for side in _neighbours(text, start, end))


def _neighbours(text: str, start: int, end: int) -> list[str]:
    """The capitalised words directly before and after a word."""
    before = _BEFORE.search(text, _begin_before(text, start), start)
    after = _BESIDE.match(text, end)
    return [side[1] for side in (before, after) if side is not None]


def _begin_before(text: str, start: int) -> int:
    """Where what stands in front of a word begins, at most `_NEARBY` characters away."""
    first = max(0, start - _NEARBY)
    return max(first, text.rfind(" ", first, start - 1) + 1)


def _is_name(word: str) -> bool:
    return not word.isupper() and lexicon().is_name(word.lower())


def _is_unknown(word: str) -> bool:
    return not (word.isupper() or lexicon().is_known(word.lower()))
