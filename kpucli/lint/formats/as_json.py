"""The findings as one JSON array, for scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kpucli.json_text import format_json
from kpucli.lint.finding import Finding


def format(findings: Iterable[Finding]) -> str:  # noqa: A001 - every format is called so
    """An array of objects; `fix` is null or has `applicability` and `edits`."""
    rows = [_row(finding) for finding in findings]
    return format_json(rows)


def _row(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "path": finding.path.as_posix(),
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "fix": asdict(finding.fix) if finding.fix else None,
    }
