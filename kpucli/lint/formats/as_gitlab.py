"""The findings as a GitLab code quality report, which merge requests show beside the lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kpucli.json_text import format_json
from kpucli.lint.finding import Finding, Severity
from kpucli.lint.fingerprint import make_digest, number_twins
from kpucli.printable import printable

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def format(findings: Iterable[Finding]) -> str:  # noqa: A001 - every format is called so
    """An array of issues, whose fingerprints stay when lines move."""
    return format_json([_issue(*pair) for pair in number_twins(findings)])


def _issue(finding: Finding, twin: int) -> dict[str, Any]:
    path = finding.path.as_posix()
    return {
        "description": printable(finding.message),
        "check_name": finding.code,
        "fingerprint": make_digest(path, finding.fingerprint, str(twin)),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": finding.line, "end": finding.end_line}},
    }
