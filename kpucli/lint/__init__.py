"""The linter: rules over articles, findings, fixes.

`check` and `check_text` give findings, `fix_article` a change, `select_rules` the rules to run;
`kpucli.lint.formats` writes findings down. A rule is made with `kpucli.lint.rule.rule`.
"""

from kpucli.lint.engine import check, check_article, check_text
from kpucli.lint.finding import Applicability, Edit, Finding, Fix, Severity
from kpucli.lint.fixes import fix_article
from kpucli.lint.overview import Overview
from kpucli.lint.rule import Rule
from kpucli.lint.selection import all_rules, find_rule, select_rules
from kpucli.lint.targets import find_targets

__all__ = [
    "Applicability",
    "Edit",
    "Finding",
    "Fix",
    "Overview",
    "Rule",
    "Severity",
    "all_rules",
    "check",
    "check_article",
    "check_text",
    "find_rule",
    "find_targets",
    "fix_article",
    "select_rules",
]
