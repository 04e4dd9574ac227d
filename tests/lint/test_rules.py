"""Every rule by its own examples: they are its documentation and its test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpucli.lint.engine import check
from kpucli.lint.finding import Finding, Severity
from kpucli.lint.fixes import fix_article
from kpucli.lint.overview import Overview
from kpucli.lint.rule import Rule, rule
from kpucli.lint.rules import MODULES
from kpucli.lint.selection import all_rules, select_rules
from tests.lint.examples import HOME, Mark, cases, files, put, unmarked

bad = pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, example, id=name) for name, rule, example in cases("bad")],
)
good = pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, example, id=name) for name, rule, example in cases("good")],
)
every_rule = pytest.mark.parametrize(
    "rule", [pytest.param(rule, id=rule.code) for rule in all_rules()]
)


def place(finding: Finding, root: Path) -> Mark:
    path = finding.path.relative_to(root).as_posix()
    return Mark(path, finding.line, finding.column, finding.end_line, finding.end_column)


@bad
def test_a_bad_example_gives_its_findings_at_the_marked_places(
    rule: Rule, example: str, tmp_path: Path
) -> None:
    archive, marks = put(example, tmp_path)
    assert marks, "nothing is marked"
    rules = None if rule.on else [rule]
    found = [finding for finding in check(archive, rules=rules) if finding.code == rule.code]
    assert [place(finding, tmp_path) for finding in found] == marks
    assert {finding.name for finding in found} == {rule.name}


@good
def test_a_good_example_gives_no_finding_of_any_rule(
    rule: Rule, example: str, tmp_path: Path
) -> None:
    archive, marks = put(example, tmp_path)
    assert not marks
    assert list(check(archive)) == []


@bad
def test_a_fixed_example_offers_no_more_fixes(rule: Rule, example: str, tmp_path: Path) -> None:
    archive, _marks = put(example, tmp_path)
    findings = list(check(archive, rules=[rule]))
    fixes = [finding.fix for finding in findings if finding.fix]
    assert {fix.applicability for fix in fixes} <= {rule.fix}
    if not fixes:
        return
    article = archive.load(tmp_path / HOME)
    change = fix_article(article, [rule], Overview(archive), unsafe=True)
    expected = fixed_example(rule, example)
    assert change.after.decode() == unmarked(files(expected)[HOME])
    (tmp_path / HOME).write_bytes(change.after)
    assert [finding for finding in check(archive, rules=[rule]) if finding.fix] == []


def fixed_example(rule: Rule, example: str) -> str:
    """What the rule says that a bad example becomes: `fixed` goes with the first of `bad`."""
    return rule.fixed[rule.bad.index(example)]


@every_rule
def test_a_rule_says_all_that_explaining_it_needs(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.explanation.endswith(".")
    assert rule.source.endswith(".")
    assert rule.bad
    assert rule.good
    assert rule.check.__doc__
    assert bool(rule.fix) == bool(rule.fixed)


def test_rules_are_listed_by_their_codes() -> None:
    codes = [rule.code for rule in all_rules()]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in all_rules()}) == len(codes)
    assert {rule.check.__module__ for rule in all_rules()} == {
        module.__name__ for module in MODULES
    }


def test_two_rules_with_one_code_are_refused() -> None:
    taken = all_rules()[0]
    register = rule(
        taken.code, "", severity=Severity.INFO, explanation="", source="", bad="", good=""
    )
    with pytest.raises(ValueError, match=taken.code):
        register(taken.check)
    assert select_rules()[0] is taken
