"""The visits of a day counted: readers by article, less those who turn out to be programs.

Visitors are arrays of 64-bit numbers in ascending order. However many there are, only so
many at a time are looked at as Python's own numbers, which take ten times the memory.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TypeAlias

from kpucli.views.visitors import AGENT_BITS

# Beyond these, in a day, it is a program: articles of one visitor, and browsers at one address on
# one article. Behind one address of a mobile network there are many people, but few versions of
# browsers.
MOST_ARTICLES = 50
MOST_AGENTS = 50

_MOST_AT_ONCE = 100_000
_STRIDE = 500

Visitors: TypeAlias = "array[int]"  # cannot be subscribed before Python 3.12


@dataclass(slots=True)
class DayCount:
    """How many addresses had too many browsers, views by article, and the views of programs."""

    crowded: int
    views: Counter[str] = field(default_factory=Counter)
    robots: int = 0


def arrange(visitors: Iterable[int]) -> Visitors:
    """Distinct visitors in order."""
    return array("Q", sorted(visitors))


def unpack(packed: bytes) -> Visitors:
    """Visitors from the bytes of their array."""
    visitors = array("Q")
    visitors.frombytes(packed)
    return visitors


def merge(parts: Sequence[Visitors]) -> Visitors:
    """The visitors of all parts, each once."""
    if len(parts) == 1:
        return parts[0]
    merged = array("Q")
    for slices in _split(parts):
        merged.extend(sorted(set().union(*slices)))
    return merged


def count_day(visits: Mapping[str, Visitors], robots: Visitors) -> DayCount:
    """Count the visitors of articles; those in `robots` are known to be programs."""
    articles = list(visits)
    places = set().union(*(_find_crowded(visitors) for visitors in visits.values()))
    found = DayCount(len(places))
    for *slices, known in _split([*visits.values(), robots]):
        programs = set(known)
        if len(articles) > MOST_ARTICLES or places:
            times = Counter(chain.from_iterable(slices))
            programs.update(visitor for visitor, number in times.items() if number > MOST_ARTICLES)
            if places:
                programs.update(visitor for visitor in times if visitor >> AGENT_BITS in places)
        for article, visitors in zip(articles, slices, strict=True):
            number = len(programs.intersection(visitors)) if programs else 0
            found.robots += number
            found.views[article] += len(visitors) - number
    return found


def _find_crowded(visitors: Visitors) -> set[int]:
    """The places from which more than `MOST_AGENTS` agents come."""
    if len(visitors) <= MOST_AGENTS:
        return set()
    pairs = zip(visitors, islice(visitors, MOST_AGENTS, None), strict=False)
    return {
        first >> AGENT_BITS for first, last in pairs if first >> AGENT_BITS == last >> AGENT_BITS
    }


def _split(parts: Sequence[Visitors]) -> Iterator[Sequence[Visitors]]:
    """The parts cut at the same visitors, so that about `_MOST_AT_ONCE` are in each piece."""
    if sum(map(len, parts)) <= _MOST_AT_ONCE:
        yield parts
        return
    sample = array("Q")
    passed = 0
    for part in parts:
        sample.extend(part[-passed % _STRIDE :: _STRIDE])
        passed += len(part)
    cuts = sorted(sample)[_MOST_AT_ONCE // _STRIDE :: _MOST_AT_ONCE // _STRIDE]
    starts = [0] * len(parts)
    for cut in cuts:
        ends = [bisect_left(part, cut) for part in parts]
        yield [part[start:end] for part, start, end in zip(parts, starts, ends, strict=True)]
        starts = ends
    yield [part[start:] for part, start in zip(parts, starts, strict=True)]
