"""Taking words apart: a word is known when a known root and allowed affixes make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpucli.lint.lexicon.affixes import (
    BOUND,
    CONTENT,
    FRAMED,
    FRAMES,
    LOAN,
    NESTED,
    closings,
    enclitics,
    openings,
    prefix,
)

# Forms that join any word, and those that join only loans.
LOAN_PREFIXES = [
    "adi",
    "alih",
    "antar",
    "anti",
    "awa",
    "catur",
    "dasa",
    "dwi",
    "eka",
    "ekstra",
    "hiper",
    "hipo",
    "infra",
    "inter",
    "intra",
    "kontra",
    "lintas",
    "makro",
    "manca",
    "mega",
    "mikro",
    "mini",
    "mono",
    "multi",
    "nara",
    "neo",
    "nir",
    "non",
    "panca",
    "para",
    "pari",
    "pasca",
    "pra",
    "pramu",
    "pro",
    "proto",
    "pseudo",
    "purba",
    "purna",
    "sapta",
    "semi",
    "serba",
    "sub",
    "super",
    "supra",
    "swa",
    "tele",
    "trans",
    "tri",
    "tuna",
    "ultra",
]
STRICT_PREFIXES = [
    "auto",
    "de",
    "dis",
    "eko",
    "elektro",
    "in",
    "ko",
    "re",
    "bio",
    "geo",
    "hidro",
    "oto",
    "sosio",
    "foto",
]
_BY_LETTER: dict[str, tuple[str, ...]] = {}
for _text in (*LOAN_PREFIXES, *STRICT_PREFIXES):
    _BY_LETTER[_text[0]] = (*_BY_LETTER.get(_text[0], ()), _text)
_STRICT = frozenset(STRICT_PREFIXES)

_FUSED = {"al": ("isasi", "isme", "is", "itas"), "il": ("isasi", "itas"), "if": (), "ik": ()}
_LOAN_ENDINGS = ("isasi", "isme", "itas", "is")
_MINIMUM = 3
_SHORT = 3  # a prefix this short needs a longer word


@dataclass(frozen=True, slots=True)
class Analysis:
    """How a word is made: `meN` + kaji, `di` + organisasi + `kan`; prefixes outermost first."""

    word: str
    root: str
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()

    @property
    def depth(self) -> int:
        """The number of affixes."""
        return len(self.prefixes) + len(self.suffixes)


class Analyser:
    """Takes lower-case words apart, given what each root is capable of."""

    def __init__(self, roots: Mapping[str, int]) -> None:
        self._roots = roots

    def analyse(self, word: str) -> Analysis | None:
        """How the word is made, or None where no known root makes it."""
        if word in self._roots and self._roots[word] != BOUND:
            return Analysis(word, word)
        for tail, base in enclitics(word):
            made = self._unprefixed(base, tail) or self._framed(base)
            if made:
                return Analysis(word, made.root, made.prefixes, made.suffixes + tail)
        return self._behind_loan_prefix(word)

    def _unprefixed(self, base: str, tail: tuple[str, ...]) -> Analysis | None:
        flags = self._roots.get(base, 0)
        if tail and flags & ~BOUND:
            return Analysis(base, base)
        for suffix, root in closings(base):
            if suffix and self._can(root, "", suffix):
                return Analysis(base, root, (), (suffix,))
        return self._with_loan_suffix(base)

    def _with_loan_suffix(self, base: str) -> Analysis | None:
        if not base.endswith(_LOAN_ENDINGS):
            return None
        for ending in _LOAN_ENDINGS:
            root = base[: -len(ending)]
            if (
                base.endswith(ending)
                and ending in _FUSED.get(root[-2:], ())
                and root in self._roots
            ):
                return Analysis(base, root, (), (ending,))
        return None

    def _framed(self, base: str, allowed: frozenset[str] | None = None) -> Analysis | None:
        """A root in a frame (meN- … -kan), or a frame around a prefixed word."""
        for label, rest in openings(base):
            if allowed is not None and label not in allowed:
                continue
            for suffix, stem in closings(rest):
                tail = (suffix,) if suffix else ()
                if self._can(stem, label, suffix) and base.startswith(prefix(label, stem)):
                    return Analysis(base, stem, (label,), tail)
                if allowed is None and (label, suffix) in NESTED:
                    inner = self._prefixed(stem, NESTED[label, suffix])
                    if inner:
                        return Analysis(base, inner.root, (label, *inner.prefixes), tail)
            if allowed is None and label in FRAMED:
                inner = self._framed(rest, frozenset(frame for frame, _ in FRAMED[label]))
                if inner and (inner.prefixes[0], "".join(inner.suffixes)) in FRAMED[label]:
                    return Analysis(base, inner.root, (label, *inner.prefixes), inner.suffixes)
        return None

    def _prefixed(self, stem: str, allowed: frozenset[str]) -> Analysis | None:
        """A bare root behind one of the prefixes."""
        for label, root in openings(stem):
            if label in allowed and len(root) >= _MINIMUM and self._roots.get(root, 0) & CONTENT:
                return Analysis(stem, root, (label,))
        return None

    def _can(self, root: str, label: str, suffix: str) -> bool:
        if len(root) < _MINIMUM:
            return False
        needed = FRAMES[label].get(suffix)
        return needed is not None and bool(self._roots.get(root, 0) & needed)

    def _behind_loan_prefix(self, word: str) -> Analysis | None:
        texts = _BY_LETTER.get(word[:1], ())
        if not word.startswith(texts):
            return None
        for text in texts:
            rest = word[len(text) :]
            least = _MINIMUM if len(text) > _SHORT else _MINIMUM + 1
            if len(rest) <= least or not word.startswith(text):
                continue
            inner = self.analyse(rest)
            if inner is None or not self._roots.get(inner.root, 0) & CONTENT:
                continue
            if text in _STRICT and not self._roots[inner.root] & LOAN:
                continue
            return Analysis(word, inner.root, (text, *inner.prefixes), inner.suffixes)
        return None


def halves(word: str) -> Iterator[tuple[str, str]]:
    """The two sides of each hyphen."""
    parts = word.split("-")
    for index in range(1, len(parts)):
        yield "-".join(parts[:index]), "-".join(parts[index:])
