"""Reading the packed word data.

`kata.zlib` is compressed text, sections apart by form feeds: a digest of the lists it was built
from; what roots are capable of (a number, then roots, a line each); costs of words (the same);
triples of letters. A cost is −100·log₁₀ of the frequency. `inggris.zlib` holds English words.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PACKED = "kata.zlib"
ENGLISH = "inggris.zlib"
UNSEEN = 620  # the cost of a root that the frequency list does not have
_SECTION = "\f"


@dataclass(frozen=True, slots=True)
class WordData:
    """What roots are capable of, how rare words are, which letters meet."""

    digest: str
    roots: Mapping[str, int]
    costs: Mapping[str, int]
    triples: frozenset[str]


def pack(data: WordData) -> bytes:
    """The compressed form, the same for the same data."""
    sections = (
        data.digest,
        _write_groups(data.roots),
        _write_groups(data.costs),
        "".join(sorted(data.triples)),
    )
    return zlib.compress(_SECTION.join(sections).encode(), 9)


def unpack(packed: bytes) -> WordData:
    """The data of the compressed form."""
    digest, roots, costs, triples = zlib.decompress(packed).decode().split(_SECTION)
    return WordData(
        digest,
        _read_groups(roots),
        _read_groups(costs),
        frozenset([triples[index : index + 3] for index in range(0, len(triples), 3)]),
    )


def _write_groups(numbers: Mapping[str, int]) -> str:
    groups: dict[int, list[str]] = {}
    for word, number in sorted(numbers.items()):
        groups.setdefault(number, []).append(word)
    return "\n".join(f"{number} {' '.join(words)}" for number, words in sorted(groups.items()))


def _read_groups(text: str) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for line in text.split("\n"):
        number, _, words = line.partition(" ")
        numbers.update(dict.fromkeys(words.split(" "), int(number)))
    return numbers


def read_data(name: str) -> bytes:
    """A file of the data folder."""
    return files("kpucli.lint.lexicon").joinpath("data", name).read_bytes()


@cache
def word_data() -> WordData:
    """The Indonesian data, loaded once in a process."""
    return unpack(read_data(PACKED))


@cache
def english_words() -> frozenset[str]:
    """English words in lower case, loaded once and only when asked for."""
    return frozenset(zlib.decompress(read_data(ENGLISH)).decode().split("\n"))


def pack_english(words: Iterable[str]) -> bytes:
    """The compressed form of the English words."""
    return zlib.compress("\n".join(sorted(words)).encode(), 9)


def read_lines(name: str, *, strip: bool = True) -> list[str]:
    """The lines of a list in the data folder, without comments and empty ones."""
    lines = read_data(name).decode().splitlines()
    kept = (line.strip() if strip else line for line in lines)
    return [line for line in kept if line and not line.startswith("#")]


@cache
def read_table(name: str) -> Mapping[str, tuple[str, ...]]:
    """A list whose lines have columns apart by tabs: the first names the others."""
    rows = (line.split("\t") for line in read_lines(name))
    return {first: tuple(rest) for first, *rest in rows}


@cache
def names() -> frozenset[str]:
    """Parts of names and names of places, in lower case."""
    words = (*read_lines("nama_orang.txt"), *read_lines("nama_tempat.txt"))
    return frozenset(word.lower() for word in words)
