"""The visitors of a day counted: each once, programs apart, however many there are."""

from __future__ import annotations

import random
import tracemalloc
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.views.counting import Visitors, arrange, count_day, merge, unpack
from kpucli.views.visitors import AGENT_BITS

NOBODY = arrange([])


def browsers(place: int, count: int) -> list[int]:
    """So many browsers at one address."""
    return [(place << AGENT_BITS) + number for number in range(count)]


@given(st.lists(st.sets(st.integers(0, 50)), min_size=1, max_size=5))
def test_what_is_merged_is_there_once(parts: list[set[int]]) -> None:
    merged = merge([arrange(part) for part in parts])
    assert list(merged) == sorted(set().union(*parts))
    assert unpack(merged.tobytes()) == merged


def test_who_asked_for_robots_txt_is_a_program() -> None:
    found = count_day({"2022/a": arrange([1, 2, 3]), "2022/b": arrange([3])}, arrange([3, 9]))
    assert (found.views, found.robots, found.crowded) == (Counter({"2022/a": 2}), 2, 0)


@pytest.mark.parametrize(("articles", "views"), [(50, 100), (51, 51)])
def test_who_reads_more_than_fifty_articles_is_a_program(articles: int, views: int) -> None:
    visits = {f"2022/a{number:02}": arrange([7, 100 + number]) for number in range(articles)}
    found = count_day(visits, NOBODY)
    assert found.views.total() == views
    assert found.robots == 2 * articles - views


@pytest.mark.parametrize(("count", "views", "crowded"), [(50, 52, 0), (51, 1, 1)])
def test_an_address_with_more_than_fifty_browsers_is_a_program_everywhere(
    count: int, views: int, crowded: int
) -> None:
    storm, reader = browsers(5, count), browsers(6, 1)
    found = count_day({"2022/a": arrange(storm + reader), "2022/b": arrange(storm[:1])}, NOBODY)
    assert (found.views.total(), found.crowded) == (views, crowded)
    assert found.robots == count + 2 - views


def make_crowd(dice: random.Random, count: int) -> Visitors:
    return arrange(set(unpack(dice.randbytes(8 * count))))


def test_a_great_day_is_counted_in_pieces_as_a_small_one_is() -> None:
    """As Python's own numbers, so many visitors would be forty megabytes."""
    dice = random.Random(4)
    crowds = [make_crowd(dice, 150_000) for _article in range(3)]
    robots = arrange({*crowds[0][::1000], *crowds[1][::3]})
    visits = {"2022/a": crowds[0], "2022/b": crowds[1], "2022/c": arrange(crowds[0][-2:])}
    expected = {name: len(set(visitors) - set(robots)) for name, visitors in visits.items()}
    found = count_day(visits, robots)
    assert found.views == expected
    assert found.robots == sum(map(len, visits.values())) - sum(expected.values())
    tracemalloc.start()
    merged = merge(crowds)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert list(merged) == sorted(set().union(*crowds))
    assert peak < 24_000_000
