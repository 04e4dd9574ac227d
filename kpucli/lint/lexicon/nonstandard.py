"""The map of non-standard words, which finds their inflected forms too."""

from __future__ import annotations

from collections.abc import Mapping

from kpucli.lint.lexicon.affixes import (
    ACTIVE,
    AN,
    CONTENT,
    KAN,
    SE,
    SUFFIX_I,
    TER,
    VERB,
    compose,
    enclitics,
)
from kpucli.lint.lexicon.analyser import Analyser

_EVERYTHING = CONTENT | KAN | VERB | ACTIVE | TER | SE | AN | SUFFIX_I


class NonStandard:
    """Right words for non-standard ones."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._pairs = pairs
        single = [
            wrong
            for wrong, right in pairs.items()
            if wrong.isalpha() and " " not in right and right.islower()
        ]
        self._analyser = Analyser(dict.fromkeys(single, _EVERYTHING))

    def exact(self, word: str) -> str | None:
        """The right word for a word that is itself in the map."""
        return self._pairs.get(word)

    def right(self, word: str) -> str | None:
        """The right form of a word in lower case, inflected or not, or None."""
        found = self._pairs.get(word)
        if found is not None:
            return found
        analysis = self._analyser.analyse(word)
        if analysis is not None:
            return compose(analysis.prefixes, self._pairs[analysis.root], analysis.suffixes)
        for tail, base in enclitics(word):
            right = self._pairs.get(base) if tail else None
            if right is not None:
                return right + "".join(tail)
        return None

    def is_root(self, word: str) -> bool:
        """Whether a word itself is in the map and takes affixes."""
        right = self._pairs.get(word)
        return right is not None and " " not in right
