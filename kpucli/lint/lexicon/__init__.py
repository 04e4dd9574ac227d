"""Words: which are known, how they are made, and what was meant by those that are not.

    from kpucli.lint.lexicon import lexicon

    lexicon().judge("menyajukan")    # misspelled, menyajikan
    lexicon().analyse("disosialisasikannya")   # di + sosialisasi + kan + nya

`judge_token` takes a word as it stands, the others take lower case. `lexicon()` is loaded once in
a process and keeps its answers. The data files are described in `data/NOTICE.md`;
`python -m kpucli.lint.lexicon.build` packs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kpucli.lint.lexicon import store
from kpucli.lint.lexicon.analyser import Analysis
from kpucli.lint.lexicon.cases import match_case
from kpucli.lint.lexicon.judging import Kind, Lexicon, Verdict
from kpucli.lint.lexicon.slips import Slip
from kpucli.lint.lexicon.suggest import Confidence, Suggestion

__all__ = [
    "Analysis",
    "Confidence",
    "Confusable",
    "Kind",
    "Lexicon",
    "Slip",
    "Suggestion",
    "Verdict",
    "confusables",
    "equivalents",
    "lexicon",
    "match_case",
    "phrases",
]


@dataclass(frozen=True, slots=True)
class Confusable:
    """What was meant by a word if one of these words stands before or after it."""

    meant: str
    before: frozenset[str]
    after: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon with the data that comes with the program."""
    return Lexicon(
        store.word_data(),
        nonstandard=_first_columns("tidak_baku.tsv"),
        misspellings=_first_columns("salah_ketik.tsv"),
        compounds=_first_columns("gabungan.tsv"),
        english_spellings=_first_columns("ejaan_inggris.tsv"),
        pairs=frozenset(store.read_lines("kata_ulang.txt")),
        names=store.names(),
    )


@cache
def equivalents() -> Mapping[str, tuple[str, ...]]:
    """Indonesian words for English words and phrases: deadline → tenggat."""
    table = store.read_table("padanan.tsv")
    return {word: tuple(columns[0].split(";")) for word, columns in table.items()}


@cache
def phrases() -> Mapping[str, str]:
    """Right forms of non-standard phrases of more than one word: nara hubung → narahubung."""
    pairs = _first_columns("tidak_baku.tsv")
    return {wrong: right for wrong, right in pairs.items() if " " in wrong}


@cache
def confusables() -> Mapping[str, tuple[Confusable, ...]]:
    """Words that are taken for others, with the neighbours that betray them."""
    found: dict[str, list[Confusable]] = {}
    for line in store.read_lines("mirip.tsv", strip=False):
        word, meant, before, after = line.split("\t")
        entry = Confusable(meant, frozenset(before.split()), frozenset(after.split()))
        found.setdefault(word, []).append(entry)
    return {word: tuple(entries) for word, entries in found.items()}


def _first_columns(name: str) -> dict[str, str]:
    return {wrong: columns[0] for wrong, columns in store.read_table(name).items()}
