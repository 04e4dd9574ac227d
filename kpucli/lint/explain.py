"""A rule's whole description, as `--explain` shows it."""

from __future__ import annotations

from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.formats.as_text import SEVERITY_WORDS
from kpucli.lint.rule import Rule
from kpucli.printable import printable

_FIXES = {
    Applicability.SAFE: N_("Dibetulkan oleh --fix."),
    Applicability.UNSAFE: N_("Dibetulkan oleh --unsafe-fixes; periksa hasilnya."),
    None: N_("Tidak dibetulkan otomatis."),
}


def explain(rule: Rule) -> str:
    """The rule's title, weight, explanation, source, fix and examples."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name} ({_(SEVERITY_WORDS[rule.severity])})"
    yield _(rule.title)
    yield ""
    yield _(rule.explanation)
    yield _("Dasar: {source}").format(source=_(rule.source))
    yield _(_FIXES[rule.fix])
    if not rule.on:
        yield _("Aturan ini mati kecuali dipilih dengan --select.")
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


def _indented(examples: tuple[str, ...]) -> Iterator[str]:
    for index, example in enumerate(examples):
        if index and any("\n" in text for text in examples):
            yield ""
        for line in example.split("\n"):
            yield f"    {printable(line)}".rstrip()
