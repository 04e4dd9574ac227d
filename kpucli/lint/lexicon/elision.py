"""meN- and peN- joined wrongly: mensurvei, mempengaruhi, memroses; and -ifitas, -isir."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kpucli.lint.lexicon.affixes import closings, enclitics
from kpucli.lint.lexicon.nasal import UNMELTED, VOWELS, is_one_syllable, nasalise

# After each nasal: the letters that should have melted into it, and the one that wrongly has.
_KEPT = {"m": "p", "n": "ts", "ng": "k"}
_LOST = {"m": "p", "n": "t", "ng": "k"}
_LOAN_SUFFIXES = (("ifitas", "ivitas"), ("ifisir", "ifikasi"), ("isir", "isasi"))
_MINIMUM = 3

Test = Callable[[str], bool]


def right_elision(word: str, is_root: Test) -> str | None:
    """The right form of a word whose meN- or peN- is joined wrongly, if it is such a word."""
    if not word.startswith(("me", "pe")):
        return None
    for stem in _wrong_stems(word[2:]):
        for root, tail in _roots(stem, is_root):
            right = nasalise(word[:2], root) + tail
            is_short = root[0] == "c" and is_one_syllable(root)  # menyapkan is no mengecapkan
            if right != word and root not in UNMELTED and not is_short:
                return right
    for stem in _short_stems(word[2:]):
        for root, tail in _roots(stem, is_root):
            if is_one_syllable(root):
                return nasalise(word[:2], root) + tail
    return None


def _wrong_stems(rest: str) -> Iterator[str]:
    """What may stand behind me or pe if the nasal is wrong there."""
    for nasal, letters in _KEPT.items():
        stem = rest[len(nasal) :]
        if rest.startswith(nasal) and stem[:1] in letters and stem[1:2] in VOWELS:
            yield stem
    for nasal, letter in _LOST.items():
        stem = rest[len(nasal) :]
        if rest.startswith(nasal) and stem[:1] in ("r", "l"):
            yield letter + stem
    if rest.startswith("ny"):
        yield "c" + rest[2:]
        yield "sy" + rest[2:]
    if rest.startswith("ngr"):
        yield rest[2:]


def _short_stems(rest: str) -> Iterator[str]:
    """The same for roots of one syllable: mencek."""
    for nasal in ("m", "n", "ng"):
        if rest.startswith(nasal):
            yield rest[len(nasal) :]


def _roots(stem: str, is_root: Test) -> Iterator[tuple[str, str]]:
    """Each root at the beginning of a stem, with the suffixes and enclitics behind it."""
    for tail, base in enclitics(stem):
        for suffix, root in closings(base):
            if len(root) >= _MINIMUM and is_root(root):
                yield root, suffix + "".join(tail)


def right_loan_suffix(word: str, is_known: Test) -> str | None:
    """Aktifitas → aktivitas, organisir → organisasi; inside affixes too."""
    for wrong, right in _LOAN_SUFFIXES:
        before, found, after = word.partition(wrong)
        if found and len(before) > 1 and is_known(before + right + after):
            return before + right + after
    return None
