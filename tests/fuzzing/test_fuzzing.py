"""Damaged files through the commands that read them; `tests.bench fuzz` tries more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzzing.kinds import KINDS, fuzz


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files_are_taken_or_refused_by_name(kind: str, tmp_path: Path) -> None:
    found = fuzz(kind, tmp_path, 80)
    assert found.faults == []
    assert found.outcomes.total() >= 80
