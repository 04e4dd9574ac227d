"""The clock of a computer that has none, or a wrong one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kpucli.publish.clock import doubt_clock


@pytest.mark.parametrize(("year", "is_doubted"), [(1970, True), (2024, True), (2030, False)])
def test_a_year_before_kpucli_is_doubted(tmp_path: Path, year: int, is_doubted: bool) -> None:
    assert (doubt_clock(datetime(year, 1, 1, tzinfo=UTC), tmp_path) is not None) == is_doubted


@pytest.mark.parametrize(
    ("later", "is_doubted"),
    [
        (timedelta(minutes=-1), False),
        (timedelta(hours=-1), True),
        (timedelta(days=1000), False),
        (timedelta(days=365 * 73), True),
    ],
    ids=["set back a little", "backward", "a rare publish", "2099"],
)
def test_the_last_change_of_the_site_is_the_measure(
    tmp_path: Path, later: timedelta, is_doubted: bool
) -> None:
    (tmp_path / ".kpucli-situs").touch()
    assert (doubt_clock(datetime.now(UTC) + later, tmp_path) is not None) == is_doubted
