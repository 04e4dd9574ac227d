"""EJA008: words that stand twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import lexicon, phrases
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import WARNING, Hit, rule, unsafe
from kpucli.lint.setting import is_sentence_start, is_set_apart
from kpucli.lint.word_lists import read_phrases, read_words

_SOUNDS = frozenset({"ha", "he", "hi", "hu", "la", "na", "da", "ya", "ho", "oh", "no"})
_PREFIXES = ("ber", "be", "se", "ter", "me", "mem", "men", "meng")
# "seorang orang tua" is no reduplication.
_COUNTS = frozenset({"seorang", "sebuah", "setiap", "semua", "ketua", "sesama", "seluruh"})
_SHORTEST = 4


@rule(
    "EJA008",
    N_("Kata berulang"),
    severity=WARNING,
    explanation=N_(
        "Kata yang sama tertulis dua kali, atau kata ulang tanpa tanda hubung: laki-laki,"
        " kebiasaan-kebiasaan, sebaik-baiknya, menunda-nunda."
    ),
    source=N_("EYD V, bab II, kata turunan: bentuk ulang."),
    bad=(
        "Kegiatan ini ‹untuk untuk› semua, dan ‹kebiasaan kebiasaan› lama berubah.",
        "Ia tidak ‹menunda nunda› dan bekerja ‹sebaik baiknya›, tidak ‹asal asalan›.",
    ),
    fixed=(
        "Kegiatan ini untuk semua, dan kebiasaan-kebiasaan lama berubah.",
        "Ia tidak menunda-nunda dan bekerja sebaik-baiknya, tidak asal-asalan.",
    ),
    good=(
        "Ia makan makanan sehat bersama seorang orang tua pada hari Minggu minggu itu.",
        "Kata-kata *untuk untuk*; Duran Duran tampil.",
    ),
    fix=Applicability.UNSAFE,
)
def repeated_word(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """The same word twice, or a reduplication without its hyphen."""
    for passage in manuscript.passages:
        words, taken = passage.words, -1
        for place in _find_alike(words.texts):
            first, second = words.texts[place - 1], words.texts[place]
            right = _right_form(first, second)
            if right is None or place == taken or not words.follows(place):
                continue
            taken = place + 1
            span = words.starts[place - 1], words.span(place)[1]
            is_name = first.istitle() and not is_sentence_start(passage.text, span[0])
            if not is_name and not is_set_apart(passage.text, *span):
                fix = unsafe(passage.replace(span, right))
                yield passage.hit(span, _message(first, second, right), right, fix)


def _find_alike(texts: Sequence[str]) -> Iterator[int]:
    """The places of words that begin or end like the one before, as few do, or with -nya."""
    ends = pairwise([text[-3:] for text in texts])
    beginnings = pairwise([text[1:3] for text in texts])
    for place, ((end, its), (beginning, other)) in enumerate(zip(ends, beginnings, strict=True), 1):
        if end == its or beginning == other or its == "nya":
            yield place


def _message(first: str, second: str, right: str) -> str:
    if right == first:
        return _("“{word}” tertulis dua kali.").format(word=second)
    return _("Kata ulang ditulis dengan tanda hubung: {right}.").format(right=right)


def _right_form(first: str, second: str) -> str | None:
    """What two words should be; None if they are right as they are."""
    lower = first.lower()
    if f"{lower} {second}" in phrases() or not (second.islower() or first.isupper()):
        return None
    if lower == second.lower():
        if lower in _SOUNDS:
            return None
        return f"{first}-{second}" if _can_repeat(lower) else first
    return f"{first}-{second}" if _is_reduplicated(lower, second) else None


@cache
def _can_repeat(word: str) -> bool:
    """Whether a word is one that Indonesian doubles: nouns and adjectives, not verbs in me-."""
    made = lexicon().analyse(word)
    if made is None or word in read_words("kata_tugas.txt"):
        return False
    if made.prefixes and made.prefixes[0] in ("meN", "di", "ber", "ter"):
        return False
    return len(word) > _SHORTEST - 1


@cache
def _is_reduplicated(first: str, second: str) -> bool:
    """Whether the second word repeats the first, or its root: menunda nunda, sebaik baiknya."""
    if f"{first}-{second}" in _fixed_pairs():
        return True
    if first.startswith("se") and second == f"{first[2:]}nya":
        return True
    if len(second) < _SHORTEST or not first.endswith(second) or first in _COUNTS:
        return False
    prefix = first[: -len(second)]
    if prefix not in _PREFIXES:
        return False
    made = lexicon().analyse(first)
    if made is None:
        return not lexicon().is_known(second) and prefix in ("me", "ber")
    return bool(made.prefixes) and (made.root == second or prefix == "me")


@cache
def _fixed_pairs() -> frozenset[str]:
    return frozenset(read_phrases("kata_ulang_tetap.txt"))
