"""Hyphenated words: buku-buku, berlari-lari, tulis-menulis, sayur-mayur, suami-istri."""

from __future__ import annotations

from collections.abc import Callable

from kpucli.lint.lexicon.affixes import closings, enclitics

Known = Callable[[str], bool]

# What may stand before a hyphen although it is no word.
_HYPHEN_PREFIXES = frozenset(
    [
        "se",
        "ke",
        "ber",
        "ter",
        "per",
        "non",
        "anti",
        "pro",
        "pra",
        "pasca",
        "antar",
        "eks",
        "sub",
        "multi",
        "semi",
        "pan",
        "kontra",
    ]
)
_MINIMUM = 2


def is_known_pair(word: str, known: Known, fixed: frozenset[str]) -> bool:
    """Whether a hyphenated word is a reduplication, a fixed pair, or joins known words."""
    bare = [base for _, base in enclitics(word)]
    if any(base in fixed for base in bare):
        return True
    left, _, right = word.partition("-")
    if "-" in right:
        return all(len(part) >= _MINIMUM and known(part) for part in word.split("-"))
    if left in _HYPHEN_PREFIXES:
        return known(right)
    if known(left) and known(right):
        return True
    return any(_is_repeated(left, base, known) for _, base in enclitics(right))


def _is_repeated(left: str, right: str, known: Known) -> bool:
    """Whether the right side repeats the left, with an affix around both: kehijau-hijauan."""
    for suffix, root in closings(right):
        if len(root) >= _MINIMUM and left.endswith(root) and known(left + suffix):
            return True
    return right.endswith(left) and known(left) and known(right)
