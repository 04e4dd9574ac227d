"""`python -m kpucli.lint.lexicon.build --english WORDS`: make the packed word data.

Needs the package wordfreq, which nothing else here needs, and a SCOWL word list such as that of
the Debian package wamerican (`/usr/share/dict/american-english`). The lists in `data/` say which
words are known; the frequency list only says how frequent they are and which affixes they take.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kpucli.lint.lexicon import store
from kpucli.lint.lexicon.affixes import (
    ACTIVE,
    AN,
    BOUND,
    CONTENT,
    FUNCTION,
    KAN,
    LOAN,
    SE,
    SUFFIX_I,
    TER,
    VERB,
    compose,
)
from kpucli.lint.lexicon.analyser import Analyser

DATA = Path(__file__).parent / "data"
SOURCES = (
    "istilah.txt",
    "kata_dasar.txt",
    "nama_tempat.txt",
    "salah_ketik.tsv",
    "tidak_baku.tsv",
)

_CLASSES = {"": CONTENT, "v": CONTENT | VERB | ACTIVE, "m": CONTENT | ACTIVE, "f": FUNCTION,
            "n": FUNCTION, "b": BOUND, "s": CONTENT | SE}  # fmt: skip
_LOAN = re.compile(r"(asi|isi|osi|usi|ksi|nsi|tor|sor|if|al|ik|is)\Z")
_MINIMUM, _LONG = 4, 5
_WORD = re.compile(r"[a-z]+")


def read_roots() -> dict[str, int]:
    """The roots of our own lists with what they are said to be capable of."""
    roots: dict[str, int] = {}
    for name in ("kata_dasar.txt", "istilah.txt"):
        for line in store.read_lines(name):
            word, _, kind = line.partition(" ")
            roots[word] = roots.get(word, 0) | _CLASSES[kind]
    return roots


def add_evidence(roots: Mapping[str, int], frequencies: Mapping[str, float]) -> dict[str, int]:
    """Roots with what the frequency list shows that they are capable of."""
    return {
        root: flags | _evidence(root, flags, frequencies) if flags & CONTENT else flags
        for root, flags in roots.items()
    }


_SHOWN_BY: Mapping[int, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = {
    TER: ((("ter",), ()),),
    SE: ((("se",), ()),),
    AN: (((), ("an",)), ((), ("an", "nya"))),
    KAN: ((("meN",), ("kan",)), (("di",), ("kan",)), ((), ("kan",))),
    SUFFIX_I: ((("meN",), ("i",)), (("di",), ("i",)), (("meN",), ("i", "nya"))),
}


def _evidence(root: str, flags: int, frequencies: Mapping[str, float]) -> int:
    shown = 0
    for flag, chains in _SHOWN_BY.items():
        if any(compose(before, root, behind) in frequencies for before, behind in chains):
            shown |= flag
    if len(root) >= _MINIMUM:
        shown |= KAN
        if flags & VERB and not root.endswith("i"):
            shown |= SUFFIX_I
    if len(root) >= _LONG and _LOAN.search(root):
        shown |= LOAN
    return shown


def digest_of_sources() -> str:
    """A fingerprint of the lists that the packed data is made from."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update(store.read_data(name))
    return digest.hexdigest()[:16]


def build_words(frequencies: Mapping[str, float]) -> store.WordData:
    """The packed Indonesian data from our lists and the frequencies."""
    roots = add_evidence(read_roots(), frequencies)
    analyser = Analyser(roots)
    wrong = {
        word for name in ("salah_ketik.tsv", "tidak_baku.tsv")
        for word, (right, *_) in store.read_table(name).items()
        if right.lower() != word
    }  # fmt: skip
    places = {line.lower() for line in store.read_lines("nama_tempat.txt")}
    costs = {
        word: round(-100 * math.log10(frequency))
        for word, frequency in frequencies.items()
        if word not in wrong and _WORD.fullmatch(word)
        and (word in places or analyser.analyse(word))
    }  # fmt: skip
    triples = frozenset(_triples([*costs, *roots, *_derived(roots)]))
    return store.WordData(digest_of_sources(), roots, costs, triples)


def _derived(roots: Mapping[str, int]) -> Iterator[str]:
    """Words that show which letters meet where affixes join roots."""
    chains = [("meN", "kan"), ("peN", "an"), ("ber", "an"), ("ter", "i"), ("ke", "an"), ("di", "i")]
    for root, flags in roots.items():
        if flags & CONTENT:
            for label, suffix in chains:
                yield compose((label,), root, (suffix, "nya"))
            yield compose(("memper",), root, ("kan", "lah"))


def _triples(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if "-" not in word:
            padded = f"^{word}$"
            yield from (padded[index : index + 3] for index in range(len(padded) - 2))


def read_frequencies() -> dict[str, float]:
    """The Indonesian list of wordfreq."""
    wordfreq = importlib.import_module("wordfreq")
    frequencies: dict[str, float] = wordfreq.get_frequency_dict("id", "small")
    return frequencies


def read_english(path: Path) -> Iterator[str]:
    """The words of a SCOWL list without names and possessives."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if _WORD.fullmatch(line) and len(line) > 2:
            yield line


def main() -> None:
    """Write both files of packed data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--english", type=Path, help="SCOWL word list; without it left as it is")
    arguments = parser.parse_args()
    (DATA / store.PACKED).write_bytes(store.pack(build_words(read_frequencies())))
    if arguments.english:
        (DATA / store.ENGLISH).write_bytes(store.pack_english(read_english(arguments.english)))


if __name__ == "__main__":
    main()
