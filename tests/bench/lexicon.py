"""How fast the lexicon is: loading, articles of known words, words that nobody knows."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from kpucli.lint.lexicon import lexicon, store
from kpucli.lint.lexicon.slips import LETTERS

ARTICLE = 250
ROUNDS = 20


def measure() -> dict[str, float]:
    """Milliseconds: `load`, `known` (an article), `cold` (a new article), `unknown` (a word)."""
    words = sorted(store.word_data().costs, key=store.word_data().costs.__getitem__)
    article = words[:ARTICLE]
    for word in article:
        lexicon().judge(word)
    lexicon().suggest("pemanasan")
    fresh = [words[2000 + ARTICLE * turn :][:ARTICLE] for turn in range(ROUNDS)]
    slips = [
        f"{word[:4]}{LETTERS[index % 26]}{word[5:]}" for index, word in enumerate(words[4000:4400])
    ]
    return {
        "load": _load(),
        "known": _median([article] * ROUNDS),
        "cold": _median(fresh),
        "unknown": _median([[slip] for slip in slips]),
    }


def _median(batches: list[list[str]]) -> float:
    return 1000 * statistics.median(_time(batch) for batch in batches)


def _time(words: list[str]) -> float:
    start = time.perf_counter()
    for word in words:
        lexicon().judge(word)
    return time.perf_counter() - start


def _load() -> float:
    """Reading the data in a fresh process."""
    code = (
        "import time; from kpucli.lint.lexicon import lexicon; start = time.perf_counter(); "
        "lexicon(); print(time.perf_counter() - start)"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    return 1000 * statistics.median(runs)
