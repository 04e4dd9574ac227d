"""Suggestions for an unknown word: what was meant, by which slip, and how sure that is.

The score adds how frequent a candidate is (0 to 5) and how likely its slip; the bounds of
confidence were set on errors injected into clean text and on the labelled seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kpucli.lint.lexicon.slips import STRONG, Edits, Slip

Cost = Callable[[str], int | None]


class Confidence(StrEnum):
    """How sure a suggestion is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may have been meant; the better, the higher its score."""

    word: str
    score: float
    slip: Slip
    confidence: Confidence = Confidence.LOW


_BONUS: Mapping[Slip, float] = {
    Slip.SYLLABLE: 2.5,
    Slip.TRANSPOSED: 2.5,
    Slip.DOUBLED: 2.2,
    Slip.MISSING: 1.8,
    Slip.EXTRA: 1.8,
    Slip.STRAY: 0.6,
    Slip.NEIGHBOUR: 1.2,
    Slip.VOWEL: 0.9,
    Slip.SOUND: 0.9,
    Slip.GLUED: 1.0,
    Slip.OTHER: -0.5,
    Slip.CASE: 3.0,
}
_CEILING = 720  # the cost at which a word adds nothing
_FIRST = 1.5  # what a slip on the first letter costs


class Suggester:
    """Finds candidates for words that nobody knows.

    `costs` are those of words that have been seen; `cost` knows the others too.
    """

    def __init__(self, edits: Edits, cost: Cost, costs: Mapping[str, int]) -> None:
        self._edits = edits
        self._cost = cost
        self._costs = costs

    def suggest(self, word: str, limit: int = 5) -> list[Suggestion]:
        """The best suggestions for a word in lower case, best first."""
        if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
            return []
        best: dict[str, Suggestion] = {}
        for candidate, slip in self._candidates(word):
            score = self._score(word, candidate, slip)
            if score is not None and (candidate not in best or best[candidate].score < score):
                best[candidate] = Suggestion(candidate, score, slip)
        ranked = sorted(best.values(), key=lambda found: (-found.score, found.word))[:limit]
        if ranked:
            lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else ranked[0].score
            ranked[0] = replace(ranked[0], confidence=self._judge(word, ranked[0], lead))
        return ranked

    def _candidates(self, word: str) -> Iterator[tuple[str, Slip]]:
        yield from self._edits.of(word)
        yield from self._glued(word)

    def _score(self, word: str, candidate: str, slip: Slip) -> float | None:
        if slip is Slip.GLUED:
            cost: int | None = max(self._costs[part] for part in candidate.split())
        elif slip in _SEEN_ONLY or len(word) == _SHORTEST:
            cost = self._costs.get(candidate)
        else:
            cost = self._cost(candidate)
        if cost is None:
            return None
        score = (_CEILING - cost) / 100 + _BONUS[slip]
        if candidate[0] != word[0]:
            score -= _FIRST
        if (
            slip in _AT_END
            and candidate[: len(word) - 1] == word[: len(candidate)][: len(word) - 1]
        ):
            score -= _END
        return round(score, 2)

    def _glued(self, word: str) -> Iterator[tuple[str, Slip]]:
        """Two frequent words without the space: salahsatu."""
        for at in range(3, len(word) - 2):
            left, right = word[:at], word[at:]
            rarer = max(self._costs.get(left, _CEILING), self._costs.get(right, _CEILING))
            if rarer < _FREQUENT:
                yield f"{left} {right}", Slip.GLUED

    def _judge(self, word: str, first: Suggestion, lead: float) -> Confidence:
        if first.word[0] != word[0] and first.slip is not Slip.TRANSPOSED:
            return Confidence.LOW
        if len(word) == _SHORTEST:
            sure = first.slip in STRONG and first.score >= _SHORT_BOUND
            return Confidence.MEDIUM if sure else Confidence.LOW
        if lead >= _FAR and first.score >= _EVIDENT + self._weakness(first):
            return Confidence.HIGH  # the slip is of one of the words that every text has
        length = min(len(word), _LONGEST)
        if lead >= _LEAD and first.score >= _HIGH[length] + self._doubt(first, length):
            return Confidence.HIGH
        if first.word not in self._costs and length < _UNSEEN_LENGTH:
            return Confidence.LOW
        weak = first.slip not in STRONG and lead < _LEAD / 2
        return Confidence.LOW if weak or first.score < _MEDIUM[length] else Confidence.MEDIUM

    def _weakness(self, found: Suggestion) -> float:
        if found.word not in self._costs:
            return _NEVER
        return 0.0 if found.slip in STRONG else 0.4 if found.slip in _LIKELY else _NEVER

    def _doubt(self, found: Suggestion, length: int) -> float:
        """How much more score a suggestion needs than a frequent word with a strong slip."""
        doubt = 0.0
        if found.word not in self._costs:
            doubt += 1.0 if length >= _UNSEEN_LENGTH else _NEVER
        if found.slip not in STRONG:
            doubt += 0.3 if found.slip in _LIKELY and length >= _WEAK_LENGTH else _NEVER
        return doubt


_LIKELY = frozenset({Slip.NEIGHBOUR, Slip.VOWEL})
_NEVER = 99.0
_WEAK_LENGTH = 7
_SHORTEST, _LONGEST = 3, 11
# Slips so unlikely that only words that have been seen are worth looking up.
_SEEN_ONLY = frozenset({Slip.OTHER, Slip.SOUND, Slip.STRAY})
_FREQUENT = 400  # the cost of a word that may be glued to another
_AT_END = frozenset({Slip.MISSING, Slip.EXTRA, Slip.STRAY})
_END = 0.6  # a letter more or less at the end may be an affix that we do not know
_LEAD = 0.6
_FAR, _EVIDENT = 1.5, 6.0
_UNSEEN_LENGTH = 10
_SHORT_BOUND = 6.0
# By length of the word.
_HIGH: Mapping[int, float] = {
    4: 9.0, 5: 5.4, 6: 4.2, 7: 3.6, 8: 3.1, 9: 2.7, 10: 2.3, 11: 2.0,
}  # fmt: skip
_MEDIUM: Mapping[int, float] = {
    4: 5.4, 5: 4.5, 6: 3.8, 7: 3.2, 8: 2.8, 9: 2.4, 10: 2.0, 11: 1.6,
}  # fmt: skip
