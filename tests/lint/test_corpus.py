"""The evaluation set holds together: a label that has slipped would falsify every figure."""

from __future__ import annotations

from tests.lint.corpus.check import main


def test_labels_stand_where_they_say() -> None:
    assert main() == 0
