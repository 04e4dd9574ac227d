"""The course of views over time, in spans and months."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kpucli.views.course import Course, Span, sum_days

FIRST = date(2022, 4, 18)
DAY = timedelta(1)
COURSES = st.dictionaries(st.integers(0, 400), st.integers(1, 1000), min_size=1, max_size=30)


def test_views_of_a_day_and_a_month_add_up() -> None:
    course = sum_days(
        [
            ("2022-05-01", "2022/apel", 4),
            ("2022-04-18", "2022/apel", 1),
            ("2022-04-18", "2022/rapat", 2),
            ("2022-04-30", "2022/apel", 3),
        ]
    )
    assert list(course.items()) == [
        (date(2022, 4, 18), 3), (date(2022, 4, 30), 3), (date(2022, 5, 1), 4)
    ]  # fmt: skip
    assert list(course.months()) == [("2022-04", 6), ("2022-05", 4)]


def test_a_week_in_three_spans() -> None:
    course = Course({FIRST: 1, FIRST + 2 * DAY: 2, FIRST + 3 * DAY: 4, FIRST + 6 * DAY: 8})
    assert course.spans(3) == [
        Span(FIRST, FIRST + 2 * DAY, 3),
        Span(FIRST + 3 * DAY, FIRST + 5 * DAY, 4),
        Span(FIRST + 6 * DAY, FIRST + 6 * DAY, 8),
    ]


@given(COURSES, st.integers(1, 100))
def test_spans_hold_every_day_once_and_only_the_last_is_shorter(
    views: dict[int, int], most: int
) -> None:
    course = Course({FIRST + number * DAY: views[number] for number in sorted(views)})
    spans = course.spans(most)
    assert len(spans) <= most
    assert (spans[0].first, spans[-1].last) == (min(course), max(course))
    assert all(one.last + DAY == other.first for one, other in pairwise(spans))
    lengths = [(span.last - span.first).days + 1 for span in spans]
    assert len(set(lengths[:-1])) <= 1
    assert 1 <= lengths[-1] <= lengths[0]
    for span in spans:
        inside = [count for day, count in course.items() if span.first <= day <= span.last]
        assert span.views == sum(inside)


def test_of_nothing_there_are_no_spans() -> None:
    assert Course().spans(10) == []
