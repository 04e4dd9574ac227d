"""Which articles go with which: shared tags and words of titles, the rarer the better.

An article is compared with its neighbours in time among those that share a tag or a rare word, so
that the work grows with the number of articles, and a change touches only those near it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Generic, NamedTuple, Protocol, TypeVar

SHOWN = 3

_REACH = 8  # articles on each side of an article among those with the same tag
_COMMON = 20  # a word of more titles tells nothing
_TAG_WEIGHT = 2.0
_TAG_MARK = "#"

Item = TypeVar("Item", bound="Placed")


class Placed(Protocol):
    """An article with its place in time: a moment (any unit) and, of equals, an id."""

    @property
    def moment(self) -> int:
        """When it was."""

    @property
    def id(self) -> str:
        """What it is called."""

    @property
    def words(self) -> str:
        """The telling words of its title, between blanks."""


class Subject(NamedTuple):
    """An article with what its relations hang on: see `mark_tags` and `Placed`."""

    moment: int
    id: str
    tags: tuple[str, ...]
    words: str


def mark_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The keys of tags, as relations tell them from words."""
    return tuple(_TAG_MARK + tag for tag in tags)


def _join_keys(tags: Iterable[str], words: str) -> tuple[str, ...]:
    """All that relations hang on."""
    return (*tags, *words.split())


class Relations(Generic[Item]):
    """The relations among articles, given from the oldest to the newest.

    `tags_of` gives their tags, as `mark_tags` does.
    """

    def __init__(self, items: Sequence[Item], tags_of: Callable[[Item], Sequence[str]]) -> None:
        self._items = items
        self._tags_of = tags_of
        self._places: dict[str, Sequence[int]] = {}

    def look_up_all(self) -> None:
        """Find the places of all keys at once, for whoever asks for most articles."""
        places: dict[str, array[int]] = {}
        for place, item in enumerate(self._items):
            for key in self._keys_of(item):
                if key not in places:
                    places[key] = array("I")
                places[key].append(place)
        self._places = dict(places)

    def find(self, wanted: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """For each of some places, those of up to three articles that share most with it.

        Of equals the nearer in time comes first, then the newer. Nothing else has a say: neither
        how many articles there are, nor in which order they were read.
        """
        wanted = list(wanted)
        self._look_up(key for place in wanted for key in self._keys_of(self._items[place]))
        return {place: self._choose(place) for place in wanted}

    def touched_by(self, gone: Sequence[Subject], come: Sequence[Subject]) -> set[int]:
        """The places of others whose relations may have changed since these went and came."""
        keys = {subject: _join_keys(subject.tags, subject.words) for subject in (*gone, *come)}
        growth = Counter(chain.from_iterable(keys[subject] for subject in come))
        growth.subtract(chain.from_iterable(keys[subject] for subject in gone))
        self._look_up(growth)
        touched: set[int] = set()
        for subject in (*gone, *come):
            for key in keys[subject]:
                touched.update(self._touched(subject, key, growth[key]))
        return touched

    def _look_up(self, keys: Iterable[str]) -> None:
        """Find the places of the subjects with each key, in order."""
        unknown = set(keys).difference(self._places)
        if not unknown:
            return
        found: dict[str, list[int]] = {key: [] for key in unknown}
        tags_of, has_none = self._tags_of, unknown.isdisjoint
        for place, item in enumerate(self._items):
            for key in tags_of(item):
                if key in found:
                    found[key].append(place)
            words = item.words.split()
            if not has_none(words):  # as nearly always, and told in a third of the time
                for key in unknown.intersection(words):
                    found[key].append(place)
        self._places |= found

    def _keys_of(self, item: Item) -> tuple[str, ...]:
        return _join_keys(self._tags_of(item), item.words)

    def _choose(self, place: int) -> tuple[int, ...]:
        scores = self._score(place)
        here, items = self._items[place].moment, self._items

        def rank(other: int) -> tuple[float, int, int]:
            return -scores[other], abs(items[other].moment - here), -other

        return tuple(sorted(scores, key=rank)[:SHOWN])

    def _touched(self, subject: Subject, key: str, growth: int) -> Sequence[int]:
        places = self._places[key]
        now, before = len(places), len(places) - growth
        if not key.startswith(_TAG_MARK):
            return places if min(now, before) <= _COMMON else ()
        if now.bit_length() != before.bit_length():
            return places
        here = bisect_left(places, subject[:2], key=self._order)
        return places[max(0, here - _REACH) : here + _REACH + 1]

    def _order(self, place: int) -> tuple[int, str]:
        item = self._items[place]
        return item.moment, item.id

    def _score(self, place: int) -> dict[int, float]:
        """How much each article nearby shares with one.

        A key counts less the more articles have it, in steps of doubling, so that one more article
        seldom changes anything for those far from it.
        """
        scores: dict[int, float] = defaultdict(float)
        for key in self._keys_of(self._items[place]):
            places = self._places[key]
            if key.startswith(_TAG_MARK):
                weight, near = _TAG_WEIGHT, _near(place, places)
            elif len(places) <= _COMMON:
                weight, near = 1.0, iter(places)
            else:
                continue
            weight /= len(places).bit_length()
            for other in near:
                scores[other] += weight
        scores.pop(place, None)
        return scores


def _near(place: int, places: Sequence[int]) -> Iterator[int]:
    here = bisect_left(places, place)
    yield from places[max(0, here - _REACH) : here]
    yield from places[here + 1 : here + 1 + _REACH]
