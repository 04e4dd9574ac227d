"""The names of an archive, and which of them are rare twins of frequent ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from kpucli.lint.facts import Facts
from kpucli.lint.names import is_twin

# A twin is a slip only where it is this rare beside a name that is this frequent: two people may
# have names that are alike, and then both are met again.
_RARE, _FREQUENT, _TIMES = 2, 3, 4
_TELLING = 3  # words of a name that no two people share by chance


class NameBook:
    """How many articles write each name, and with which offices."""

    def __init__(self, facts: Iterable[Facts]) -> None:
        self._articles: Counter[str] = Counter()
        self._roles: dict[str, set[str]] = defaultdict(set)
        self._alike: dict[str, list[str]] = defaultdict(list)
        for item in facts:
            names = dict.fromkeys(name for name, _role in item.names)
            for name in names:
                if name not in self._articles:
                    for key in _keys(name.split()):
                        self._alike[key].append(name)
            self._articles.update(names.keys())
            for name, role in item.names:
                if role:
                    self._roles[name].add(role)

    def articles(self, name: str) -> int:
        """The number of articles that write this name."""
        return self._articles[name]

    def meant(self, name: str) -> str | None:
        """The frequent name of the same person that a rare name is a slip for, if it is one."""
        count = self._articles[name]
        if count > _RARE:
            return None
        words = name.split()
        found = [
            other
            for key in _keys(words)
            for other in self._alike.get(key, ())
            if self._articles[other] >= max(_FREQUENT, _TIMES * count)
            and _are_twins(words, other.split())
            and (len(words) >= _TELLING or self._share_role(name, other))
        ]
        return max(found, key=lambda other: (self._articles[other], other), default=None)

    def _share_role(self, one: str, other: str) -> bool:
        return not self._roles[one].isdisjoint(self._roles[other])


def _keys(words: list[str]) -> Iterator[str]:
    """A name with one word after the other cut to its initial: twins have one in common."""
    for index, word in enumerate(words):
        yield " ".join([*words[:index], word[0], *words[index + 1 :]])


def _are_twins(words: list[str], other: list[str]) -> bool:
    return len(words) == len(other) and any(
        is_twin(one, two) for one, two in zip(words, other, strict=True) if one != two
    )
