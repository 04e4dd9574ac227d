"""What fingers do: the candidates at one slip from a word, and what kind of slip it was.

A candidate is worth looking up only if all its triples of letters occur in known words; that
leaves some tens of several hundred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

_PAIR = 2
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aiueo")

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = ("fvp", "sz", "ckgqx", "dt", "bp", "iy", "uw", "jzy", "mn", "lr")


class Slip(StrEnum):
    """What went wrong while a word was typed."""

    MISSING = "missing"
    EXTRA = "extra"
    STRAY = "stray"
    DOUBLED = "doubled"
    TRANSPOSED = "transposed"
    SYLLABLE = "syllable"
    NEIGHBOUR = "neighbour"
    SOUND = "sound"
    VOWEL = "vowel"
    OTHER = "other"
    GLUED = "glued"
    CASE = "case"


STRONG = frozenset({Slip.MISSING, Slip.EXTRA, Slip.DOUBLED, Slip.TRANSPOSED, Slip.SYLLABLE})


def _adjacent() -> Mapping[str, frozenset[str]]:
    places = {
        letter: (row, column + row * 0.4)
        for row, letters in enumerate(_ROWS)
        for column, letter in enumerate(letters)
    }
    return {
        one: frozenset(
            other
            for other, (row, column) in places.items()
            if other != one and abs(row - row_of) <= 1 and abs(column - column_of) <= 1
        )
        for one, (row_of, column_of) in places.items()
    }


NEIGHBOURS = _adjacent()
_SOUND_PAIRS = frozenset(
    (one, other) for group in _SOUNDS for one in group for other in group if one != other
)


def kind_of_substitution(typed: str, meant: str) -> Slip:
    """Why one letter stands for another."""
    if typed in _VOWELS and meant in _VOWELS:
        return Slip.VOWEL
    if meant in NEIGHBOURS.get(typed, ()):
        return Slip.NEIGHBOUR
    return Slip.SOUND if (typed, meant) in _SOUND_PAIRS else Slip.OTHER


class Edits:
    """Candidates at one slip, given the triples of letters that known words have."""

    def __init__(self, triples: frozenset[str]) -> None:
        self._triples = triples
        middles: dict[str, list[str]] = {}
        for triple in triples:
            middles.setdefault(triple[0] + triple[2], []).append(triple[1])
        self._middles = {
            around: "".join(sorted(set(inside) & set(LETTERS)))
            for around, inside in middles.items()
        }

    def of(self, word: str) -> Iterator[tuple[str, Slip]]:
        """Each candidate with the slip that makes the word of it; the same one may come twice."""
        yield from self._without_one(word)
        yield from self._swapped(word)
        yield from self._substituted(word)
        yield from self._with_one_more(word)
        yield from _without_repeated_syllable(word)

    def _fits(self, padded: str, start: int, end: int) -> bool:
        """Whether the triples that lie around padded[start:end] all occur."""
        triples = self._triples
        for at in range(max(start - 2, 0), min(end, len(padded) - 2)):
            if padded[at : at + 3] not in triples:
                return False  # a generator here takes half as long again
        return True

    def _without_one(self, word: str) -> Iterator[tuple[str, Slip]]:
        for at in range(len(word)):
            candidate = word[:at] + word[at + 1 :]
            if at and word[at] == word[at - 1]:
                yield candidate, Slip.DOUBLED
            elif self._fits(f"^{candidate}$", at + 1, at + 1):
                yield candidate, Slip.EXTRA if _is_echo(word, at) else Slip.STRAY

    def _swapped(self, word: str) -> Iterator[tuple[str, Slip]]:
        for at in range(len(word) - 1):
            if word[at] != word[at + 1]:
                candidate = f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
                if self._fits(f"^{candidate}$", at + 1, at + 3):
                    yield candidate, Slip.TRANSPOSED

    def _substituted(self, word: str) -> Iterator[tuple[str, Slip]]:
        padded = f"^{word}$"
        for at in range(1, len(word)):
            typed = word[at]
            before, after = padded[at - 1 : at + 1], padded[at + 2 : at + 4]
            for meant in self._middles.get(before[1] + after[0], ""):
                if meant != typed and before + meant in self._triples:
                    candidate = f"{word[:at]}{meant}{word[at + 1 :]}"
                    if self._fits(f"^{candidate}$", at + 1, at + 2):
                        yield candidate, kind_of_substitution(typed, meant)

    def _with_one_more(self, word: str) -> Iterator[tuple[str, Slip]]:
        padded = f"^{word}$"
        for at in range(len(word) + 1):
            before, after = padded[max(at - 1, 0) : at + 1], padded[at + 1 : at + 3]
            for letter in self._middles.get(padded[at] + padded[at + 1], ""):
                if len(before) == _PAIR and before + letter not in self._triples:
                    continue
                if len(after) == _PAIR and letter + after not in self._triples:
                    continue
                yield f"{word[:at]}{letter}{word[at:]}", Slip.MISSING


def _is_echo(word: str, at: int) -> bool:
    """Whether a letter repeats one nearby, or lies beside one on the keyboard."""
    around = word[max(at - 2, 0) : at] + word[at + 1 : at + 3]
    beside = word[at - 1 : at] + word[at + 1 : at + 2]
    return word[at] in around or any(word[at] in NEIGHBOURS[letter] for letter in beside)


def _without_repeated_syllable(word: str) -> Iterator[tuple[str, Slip]]:
    """Two or three letters typed twice: melakukukan."""
    for size in (2, 3):
        for at in range(len(word) - 2 * size + 1):
            if word[at : at + size] == word[at + size : at + 2 * size]:
                yield word[:at] + word[at + size :], Slip.SYLLABLE
