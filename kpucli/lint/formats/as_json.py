"""The findings as one JSON array, for scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kpucli.lint.finding import Finding

# What JSON lets stand but a terminal or a reader's eye would not take as text.
_HARMFUL = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def format(findings: Iterable[Finding]) -> str:  # noqa: A001 - every format is called so
    """An array of objects; `fix` is null or has `applicability` and `edits`."""
    rows = [_row(finding) for finding in findings]
    return to_json(rows)


def to_json(value: object) -> str:
    """Indented JSON in which no character commands a terminal or hides."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _HARMFUL.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


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
