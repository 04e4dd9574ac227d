"""The findings as a SARIF 2.1.0 log, for code scanning and editors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kpucli import __version__
from kpucli.i18n import _
from kpucli.json_text import format_json
from kpucli.lint.finding import Edit, Finding, Severity
from kpucli.lint.fingerprint import number_twins
from kpucli.lint.rule import Rule
from kpucli.lint.selection import all_rules
from kpucli.printable import printable

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def format(findings: Iterable[Finding]) -> str:  # noqa: A001 - every format is called so
    """A log of one run, which describes every rule."""
    rules = all_rules()
    places = {rule.code: index for index, rule in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, places[finding.code], twin) for finding, twin in number_twins(findings)
        ],
    }
    return format_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(rules: Sequence[Rule]) -> dict[str, Any]:
    return {
        "name": "kpucli",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_describe(rule) for rule in rules],
    }


def _describe(rule: Rule) -> dict[str, Any]:
    explanation = _(rule.explanation)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _(rule.title)},
        "fullDescription": {"text": explanation},
        "help": {"text": f"{explanation}\n{_(rule.source)}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.on},
        "properties": {"tags": [rule.group]},
    }


def _result(finding: Finding, rule_index: int, twin: int) -> dict[str, Any]:
    artifact = {"uri": _uri(finding.path)}
    span = finding.line, finding.column, finding.end_line, finding.end_column
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": printable(finding.message)},
        "locations": [
            {"physicalLocation": {"artifactLocation": artifact, "region": _region(*span)}}
        ],
        "partialFingerprints": {"kpucli/v1": f"{finding.fingerprint}:{twin}"},
    }
    if finding.fix:
        changes = [_replacement(edit) for edit in finding.fix.edits]
        result["fixes"] = [
            {"artifactChanges": [{"artifactLocation": artifact, "replacements": changes}]}
        ]
        result["properties"] = {"applicability": finding.fix.applicability}
    return result


def _replacement(edit: Edit) -> dict[str, Any]:
    return {
        "deletedRegion": _region(edit.line, edit.column, edit.end_line, edit.end_column),
        "insertedContent": {"text": edit.text},
    }


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, int]:
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _uri(path: Path) -> str:
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix().encode(errors="surrogateescape"))
