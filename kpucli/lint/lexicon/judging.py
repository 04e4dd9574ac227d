"""The lexicon put together: what a word is, and what should stand instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property

from kpucli.lint.lexicon import store
from kpucli.lint.lexicon.affixes import (
    ACTIVE,
    AN,
    BOUND,
    CONTENT,
    KAN,
    SUFFIX_I,
    TER,
    VERB,
)  # fmt: skip
from kpucli.lint.lexicon.analyser import Analyser, Analysis
from kpucli.lint.lexicon.cases import is_plain, match_case, split_case
from kpucli.lint.lexicon.elision import right_elision, right_loan_suffix
from kpucli.lint.lexicon.endings import right_ending
from kpucli.lint.lexicon.joined import split_joined
from kpucli.lint.lexicon.nonstandard import NonStandard
from kpucli.lint.lexicon.reduplication import is_known_pair
from kpucli.lint.lexicon.slips import STRONG, Edits, Slip
from kpucli.lint.lexicon.suggest import Confidence, Suggester, Suggestion


class Kind(StrEnum):
    """What a word turned out to be."""

    KNOWN = "known"
    NAME = "name"
    CAPITAL = "capital"
    COMPOUND = "compound"
    NONSTANDARD = "nonstandard"
    ELISION = "elision"
    ENGLISH_SPELLING = "english-spelling"
    FOREIGN = "foreign"
    JOINED = "joined"
    MISSPELLED = "misspelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a word is, and the right form where there is one.

    `suggestions` are filled only for a word that nobody knows. `confidence` is high where a list
    or a rule of the language says so, else that of the first suggestion.
    """

    kind: Kind
    right: str | None = None
    confidence: Confidence = Confidence.LOW
    suggestions: tuple[Suggestion, ...] = ()


_UNSURE = frozenset({Kind.MISSPELLED, Kind.UNKNOWN, Kind.FOREIGN, Kind.JOINED})
_ACRONYM = 6  # the longest acronym
_CAPITALISED = 6  # the shortest capitalised word that is called misspelled

# What a form that the frequency list lacks costs more than its root: once, and for each affix.
_UNSEEN, _AFFIX = 60, 40
_RAREST = 700
_BY_RULE = 10.0  # the score of what a rule of the language suggests
_OBVIOUS = 350  # the cost up to which a word is what was meant, whatever else is possible
_WITH_P = ("percaya", "perkosa", "permak", "perban")  # roots that only look like per-
_USUAL = 600  # the cost up to which a word is what was meant by its unseen twin


class Lexicon:
    """Judges words in lower case; every answer is kept for the life of the object."""

    def __init__(
        self,
        data: store.WordData,
        *,
        nonstandard: Mapping[str, str],
        misspellings: Mapping[str, str],
        compounds: Mapping[str, str],
        english_spellings: Mapping[str, str],
        pairs: frozenset[str],
        names: frozenset[str],
    ) -> None:
        self._data = data
        self._analyser = Analyser(data.roots)
        self._nonstandard = NonStandard(nonstandard)
        self._misspellings = NonStandard(misspellings)
        self._spellings = NonStandard(english_spellings)
        self._compounds = NonStandard(compounds)
        self._pairs = pairs
        self._names = names
        self._suggester: Suggester | None = None
        self.analyse = cache(self._analyse)
        self.is_known = cache(self._is_known)
        self.judge = cache(self._judge)

    @property
    def digest(self) -> str:
        """A fingerprint of the word data, for verdicts that are kept elsewhere."""
        return self._data.digest

    def _analyse(self, word: str) -> Analysis | None:
        return self._analyser.analyse(word) if word else None

    def _is_known(self, word: str) -> bool:
        if word in self._data.costs or self.analyse(word) is not None:
            return True
        return "-" in word and is_known_pair(word, self.is_known, self._pairs)

    def is_name(self, word: str) -> bool:
        """Whether a word in lower case is part of a known name."""
        return word in self._names

    def is_english(self, word: str) -> bool:
        """Whether English has the word."""
        return word in store.english_words()

    def suggest(self, word: str) -> list[Suggestion]:
        """What may have been meant by an unknown word in lower case, best first."""
        if self._suggester is None:
            edits = Edits(self._data.triples)
            self._suggester = Suggester(edits, self._cost, self._data.costs)
        return self._suggester.suggest(word)

    def _cost(self, word: str) -> int | None:
        """How rare a known word is; None for an unknown one."""
        cost = self._data.costs.get(word)
        if cost is not None:
            return cost
        analysis = self.analyse(word)
        if analysis is None:
            return None
        root = self._data.costs.get(analysis.root, store.UNSEEN)
        return min(root + _UNSEEN + _AFFIX * analysis.depth, _RAREST)

    def _judge(self, word: str) -> Verdict:
        right = self._nonstandard.exact(word)
        if right is not None:
            kind = Kind.CAPITAL if right.lower() == word else Kind.NONSTANDARD
            return Verdict(kind, right, Confidence.HIGH)
        meant = self._misspellings.exact(word)
        if meant is not None:
            return _misspelled(meant)
        is_known = self._compounds.exact(word) is None and self.is_known(word)
        if word not in self._data.costs:
            right = right_ending(word, self._is_usual, is_known=is_known)
            if right is not None:
                return _misspelled(right)
        return Verdict(Kind.KNOWN) if is_known else self._judge_unknown(word)

    def _is_usual(self, word: str) -> bool:
        return self._data.costs.get(word, _RAREST) <= _USUAL

    def judge_token(self, token: str) -> Verdict:
        """What a word is as it stands in a text: its case counts, and `right` has it too.

        Names and acronyms are told by their capitals as far as one word shows them: a short word
        in capitals is an acronym, and a capitalised one is misspelled only if that is sure.
        """
        if not is_plain(token):
            right = split_case(token, self.is_known)
            kind = Kind.MISSPELLED if right else Kind.NAME
            return Verdict(kind, right, Confidence.HIGH if right else Confidence.LOW)
        verdict = self.judge(token.lower())
        if verdict.right is not None:
            verdict = replace(verdict, right=match_case(token, verdict.right))
        if token.islower() or verdict.kind not in _UNSURE:
            return verdict
        is_acronym = token.isupper() and len(token) <= _ACRONYM
        sure = verdict.confidence is Confidence.HIGH and len(token) >= _CAPITALISED
        if is_acronym or (verdict.kind is Kind.MISSPELLED and not sure):
            return Verdict(Kind.NAME if is_acronym else Kind.UNKNOWN, None, Confidence.LOW,
                           verdict.suggestions)  # fmt: skip
        return verdict

    def _judge_unknown(self, word: str) -> Verdict:
        for kind, right in (
            (Kind.ELISION, self._right_elision(word)),
            (Kind.NONSTANDARD, self._nonstandard.right(word)),
            (Kind.MISSPELLED, self._misspellings.right(word)),
            (Kind.ENGLISH_SPELLING, self._spellings.right(word)),
            (Kind.COMPOUND, self._compounds.right(word)),
            (Kind.JOINED, split_joined(word, self.is_known)),
        ):
            if right is None:
                continue
            if kind is Kind.MISSPELLED:
                return _misspelled(right)
            is_verb = kind is Kind.JOINED and right.startswith(("di ", "ke "))
            if is_verb and (slip := self._strong_slip(word)):
                return Verdict(Kind.MISSPELLED, slip.word, slip.confidence, (slip,))
            return Verdict(kind, right, Confidence.HIGH)
        if self.is_name(word):
            return Verdict(Kind.NAME)
        if self.is_english(word):
            return Verdict(Kind.FOREIGN)
        found = tuple(self.suggest(word))
        is_sure = found and found[0].confidence is not Confidence.LOW
        if is_sure and not self._may_be_right(word, found[0]):
            return Verdict(Kind.MISSPELLED, found[0].word, found[0].confidence, found)
        return Verdict(Kind.UNKNOWN, suggestions=found)

    def _strong_slip(self, word: str) -> Suggestion | None:
        """What was meant by a word in which a letter is missing or exchanged: ditunjukan."""
        first = next(iter(self.suggest(word)), None)
        is_strong = first is not None and first.confidence is Confidence.HIGH
        return first if is_strong and first and first.word in self._data.costs else None

    def _right_elision(self, word: str) -> str | None:
        right = right_elision(word, self._is_root)
        if right is None:
            return right_loan_suffix(word, self.is_known)
        if word.startswith("memper") and not word.startswith(_WITH_P, 3):
            return None  # memper-: memperkenankan, memperuntukkan
        is_rare = word[2:4] == "ny" or right[2:5] == "nge"
        if is_rare and (right not in self._data.costs or self._strong_slip(word)):
            return None  # menyentil has a root that we lack, and membabi is no mengebabi
        return self._nonstandard.right(right) or right

    @cached_property
    def _lenient(self) -> Analyser:
        """Takes words apart as if every root could take every affix."""
        everything = VERB | ACTIVE | TER | AN | SUFFIX_I | KAN
        roots = {
            root: flags | everything if flags & CONTENT else flags
            for root, flags in self._data.roots.items()
        }
        return Analyser(roots)

    def _may_be_right(self, word: str, found: Suggestion) -> bool:
        """Whether an unseen word of known parts is as likely as what it may be a slip of."""
        is_usual = self._data.costs.get(found.word, _RAREST) <= _OBVIOUS and found.slip in STRONG
        return not is_usual and self._lenient.analyse(word) is not None

    def _is_root(self, word: str) -> bool:
        flags = self._data.roots.get(word, 0)
        return bool(flags & ~BOUND) or self._nonstandard.is_root(word)


def _misspelled(right: str) -> Verdict:
    """The verdict on a slip that a list or a rule of the language tells."""
    slip = Suggestion(right, _BY_RULE, Slip.OTHER, Confidence.HIGH)
    return Verdict(Kind.MISSPELLED, right, Confidence.HIGH, (slip,))
