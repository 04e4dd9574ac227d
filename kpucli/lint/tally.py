"""Counting findings while they pass, and the sentence that sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kpucli.i18n import _, ngettext
from kpucli.lint.finding import Applicability, Finding, Severity


class Tally:
    """How many findings there were in `checked` articles."""

    def __init__(self, checked: int) -> None:
        self.checked = checked
        self.fails = False
        self._severities: Counter[Severity] = Counter()
        self._fixes: Counter[Applicability] = Counter()

    def count(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The same findings, counted as they pass."""
        for finding in findings:
            self._severities[finding.severity] += 1
            self.fails = self.fails or finding.fails
            if finding.fix:
                self._fixes[finding.fix.applicability] += 1
            yield finding

    def summary(self) -> str:
        """One line: how many articles, findings and fixes."""
        checked = ngettext(
            "{number} artikel diperiksa", "{number} artikel diperiksa", self.checked
        ).format(number=self.checked)
        found = ", ".join(self._found()) or _("tidak ada temuan")
        return " ".join([f"{checked}: {found}.", *self._fixable()])

    def _found(self) -> Iterator[str]:
        errors, warnings, infos = (self._severities[severity] for severity in Severity)
        if errors:
            yield ngettext("{number} galat", "{number} galat", errors).format(number=errors)
        if warnings:
            yield ngettext("{number} peringatan", "{number} peringatan", warnings).format(
                number=warnings
            )
        if infos:
            yield ngettext("{number} info", "{number} info", infos).format(number=infos)

    def _fixable(self) -> Iterator[str]:
        safe, unsafe = self._fixes[Applicability.SAFE], self._fixes[Applicability.UNSAFE]
        if safe:
            yield ngettext(
                "{number} dapat dibetulkan dengan --fix.",
                "{number} dapat dibetulkan dengan --fix.",
                safe,
            ).format(number=safe)
        if unsafe:
            yield ngettext(
                "{number} lagi dengan --unsafe-fixes.",
                "{number} lagi dengan --unsafe-fixes.",
                unsafe,
            ).format(number=unsafe)
