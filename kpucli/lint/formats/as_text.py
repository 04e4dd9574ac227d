"""The findings for people: where, what, the line with the place marked, what would be right."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Excerpt, Finding, Severity
from kpucli.printable import printable

SEVERITY_WORDS = {
    Severity.ERROR: N_("galat"),
    Severity.WARNING: N_("peringatan"),
    Severity.INFO: N_("info"),
}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

Piece = tuple[str, str]  # a text and its style


def format(findings: Iterable[Finding], *, colour: bool = False) -> str:  # noqa: A001
    """A few lines for each finding; `colour` is for a terminal."""
    lines = [line for finding in findings for line in _lines(finding)]
    if colour:
        return _draw(lines)
    return "".join("".join(text for text, _style in line) + "\n" for line in lines)


def _lines(finding: Finding) -> Iterator[list[Piece]]:
    style = _STYLES[finding.severity]
    place = f"{printable(str(finding.path))}:{finding.line}:{finding.column}"
    yield [
        (place, "bold"),
        (": ", ""),
        (f"{finding.code} {_(SEVERITY_WORDS[finding.severity])}", style),
        (f" {printable(finding.message)}", ""),
    ]
    if finding.excerpt:
        yield from _excerpt_lines(finding.excerpt, style)
    if finding.suggestion:
        text = _("Saran: {suggestion}").format(suggestion=printable(finding.suggestion))
        yield [(f"    {text}", "green")]


def _excerpt_lines(excerpt: Excerpt, style: str) -> Iterator[list[Piece]]:
    before, marked = excerpt.before.lstrip(), excerpt.marked
    yield [(f"    {before}", "dim"), (marked, style), (excerpt.after.rstrip(), "dim")]
    yield [(" " * (4 + _width(before)), ""), ("^" * max(1, _width(marked)), style)]


def _width(text: str) -> int:
    """How many columns a terminal gives to a text."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


def _draw(lines: Iterable[list[Piece]]) -> str:
    from rich.console import Console  # only for a terminal's colours
    from rich.text import Text

    console = Console(
        file=io.StringIO(), force_terminal=True, color_system="standard", highlight=False,
        markup=False, emoji=False, soft_wrap=True, legacy_windows=False,
    )  # fmt: skip
    with console.capture() as capture:
        for line in lines:
            console.print(Text.assemble(*line))
    return capture.get()
