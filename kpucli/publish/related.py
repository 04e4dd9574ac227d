"""Which articles go with which: shared tags and words of titles, the rarer the better.

An article is compared with its neighbours in time among those that share a tag or a rare word, so
that the work grows with the number of articles and a new one touches only those near it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log2

from kpucli.publish.site import Entry

_SHOWN = 3
_REACH = 8  # articles on each side of an article among those with the same tag
_COMMON = 20  # a word of more titles tells nothing
_TAG_WEIGHT = 2.0
_WORD = re.compile(r"[^\W\d_]{5,}")

Places = Mapping[str, Sequence[int]]


def find_related(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """For each article up to three that share most with it; of equals the nearer in time.

    The result depends on nothing but the entries and their order.
    """
    tags = _index([[tag.key for tag in entry.tags] for entry in entries])
    words = _index([_telling_words(entry) for entry in entries])
    return [
        tuple(entries[other] for other in _choose(place, _score(place, entry, tags, words)))
        for place, entry in enumerate(entries)
    ]


def _telling_words(entry: Entry) -> list[str]:
    return sorted({word.lower() for word in _WORD.findall(entry.title)})


def _index(keys: Sequence[Sequence[str]]) -> Places:
    """The places of each key, in order."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, some in enumerate(keys):
        for key in some:
            places[key].append(place)
    return places


def _score(place: int, entry: Entry, tags: Places, words: Places) -> dict[int, float]:
    """How much each article nearby shares with one."""
    scores: dict[int, float] = defaultdict(float)
    for tag in entry.tags:
        for other in _near(place, tags[tag.key]):
            scores[other] += _TAG_WEIGHT / log2(1 + len(tags[tag.key]))
    for word in _telling_words(entry):
        places = words[word]
        if len(places) <= _COMMON:
            for other in places:
                scores[other] += 1 / log2(1 + len(places)) if len(places) > 1 else 0.0
    scores.pop(place, None)
    return scores


def _near(place: int, places: Sequence[int]) -> Iterator[int]:
    here = bisect_left(places, place)
    yield from places[max(0, here - _REACH) : here]
    yield from places[here + 1 : here + 1 + _REACH]


def _choose(place: int, scores: Mapping[int, float]) -> list[int]:
    """The best articles; distance in time decides between equals, and then the newer one."""
    ranked = sorted(scores, key=lambda other: (-scores[other], abs(other - place), other))
    return ranked[:_SHOWN]
