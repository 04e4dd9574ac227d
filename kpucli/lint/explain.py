"""A rule's whole description, as `--explain` shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpucli.i18n import N_, _
from kpucli.lint.engine import UNPLACED
from kpucli.lint.finding import Applicability
from kpucli.lint.formats.as_text import SEVERITY_WORDS
from kpucli.lint.rule import Rule, Scope
from kpucli.printable import printable

_FIXES = {
    Applicability.SAFE: N_("Dibetulkan oleh --fix."),
    Applicability.UNSAFE: N_("Dibetulkan oleh --unsafe-fixes; periksa hasilnya."),
    None: N_("Tidak dibetulkan otomatis."),
}


def explain(rule: Rule) -> str:
    """The rule's title, weight, explanation, source, fix and examples."""
    return "\n".join(_lines(rule)) + "\n"


def explain_group(rules: Sequence[Rule]) -> str:
    """The rules of a group, a line each."""
    lines = [f"{rule.code} {rule.name}: {_(rule.title)}" for rule in rules]
    hint = _("Penjelasan satu aturan: kpucli lint --explain {code}")
    return "\n".join([*lines, "", hint.format(code=rules[0].code)]) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name} ({_(SEVERITY_WORDS[rule.severity])})"
    yield _(rule.title)
    yield ""
    yield _(rule.explanation)
    yield _("Dasar: {source}").format(source=_(rule.source))
    yield _(_FIXES[rule.fix])
    if not rule.on:
        yield _("Aturan ini mati kecuali dipilih dengan --select.")
    if rule.scope is Scope.ARCHIVE:
        yield _("Melihat seluruh arsip, juga bila hanya satu artikel yang diperiksa.")
    sections = (
        (_("Salah (di antara ‹ ›):"), rule.bad),
        (_("Sesudah dibetulkan:"), rule.fixed),
        (_("Benar:"), rule.good),
    )
    for heading, examples in sections:
        if examples:
            yield ""
            yield heading
            yield from _indented(examples)
    if rule.code not in UNPLACED:
        yield ""
        yield _("Bila disengaja, tulis di akhir baris itu atau sendirian di atasnya:")
        yield f"    <!-- kpucli: abaikan {rule.code} karena … -->"


def _indented(examples: tuple[str, ...]) -> Iterator[str]:
    for index, example in enumerate(examples):
        if index and any("\n" in text for text in examples):
            yield ""
        for line in example.split("\n"):
            yield f"    {printable(line)}".rstrip()
