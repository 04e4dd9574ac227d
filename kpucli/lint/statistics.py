"""How often each rule found something, as `--statistics` shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from kpucli.i18n import _
from kpucli.json_text import format_json
from kpucli.lint.finding import Finding, Severity
from kpucli.lint.formats.as_text import SEVERITY_WORDS
from kpucli.lint.selection import find_rule


@dataclass(slots=True)
class Count:
    """The findings of one rule: the worst severity among them, and how many have a fix."""

    code: str
    name: str
    severity: Severity
    count: int = 0
    fixable: int = 0


def count_by_rule(findings: Iterable[Finding]) -> list[Count]:
    """The counts of the rules that found something, the highest first."""
    counts: dict[str, Count] = {}
    order = list(Severity)
    for finding in findings:
        default = Count(finding.code, finding.name, finding.severity)
        count = counts.setdefault(finding.code, default)
        count.severity = min(count.severity, finding.severity, key=order.index)
        count.count += 1
        count.fixable += finding.fix is not None
    return sorted(counts.values(), key=lambda count: (-count.count, count.code))


def _as_text(counts: Iterable[Count]) -> str:
    counts = list(counts)
    width = max((len(str(count.count)) for count in counts), default=0)
    return "".join(f"{_line(count, width)}\n" for count in counts)


def _line(count: Count, width: int) -> str:
    title = _(find_rule(count.code).title)
    line = f"{count.count:>{width}}  {count.code} {title} ({_(SEVERITY_WORDS[count.severity])})"
    if not count.fixable:
        return line
    return f"{line} – " + _("{number} dapat dibetulkan").format(number=count.fixable)


def _as_json(counts: Iterable[Count]) -> str:
    return format_json([asdict(count) for count in counts])


FORMATS: Mapping[str, Callable[[Iterable[Count]], str]] = {"text": _as_text, "json": _as_json}
