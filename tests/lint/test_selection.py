"""Choosing rules by code, group or name."""

from __future__ import annotations

import pytest

from kpucli.errors import KpuError
from kpucli.lint.selection import all_rules, find_rule, select_rules

ALL = {rule.code for rule in all_rules() if rule.on}
TBC = {f"TBC00{number}" for number in range(1, 10)}


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ([], [], ALL),
        (["TBC"], [], TBC),
        (["tbc001"], [], {"TBC001"}),
        (["extra-space", "PRI001"], [], {"TBC001", "PRI001"}),
        (["TBC"], ["TBC001"], TBC - {"TBC001"}),
        ([], ["MET"], ALL - {code for code in ALL if code.startswith("MET")}),
        (["TBC001"], ["TBC"], set()),
        (["EJA007"], [], {"EJA007"}),
    ],
)
def test_rules_are_chosen(select: list[str], ignore: list[str], expected: set[str]) -> None:
    assert {rule.code for rule in select_rules(select, ignore)} == expected


@pytest.mark.parametrize(
    ("name", "hint"),
    [("TBC01", "TBC001"), ("extra-spaces", "extra-space"), ("TBD", "TBC"), ("?", "TBC001")],
)
def test_an_unknown_rule_is_refused_with_the_nearest(name: str, hint: str) -> None:
    for select, ignore in (([name], []), ([], [name])):
        with pytest.raises(KpuError) as caught:
            select_rules(select, ignore)
        assert caught.value.exit_code == 2
        assert hint in str(caught.value.hint)


def test_one_rule_is_found_by_code_or_name() -> None:
    assert find_rule("TBC001") is find_rule("extra-space")
    with pytest.raises(KpuError):
        find_rule("TBC")
