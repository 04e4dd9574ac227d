"""The parts of the README that are made from the program: `python -m tests.documentation`."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from kpucli.lint import all_rules
from kpucli.lint.finding import Applicability, Severity

README = Path(__file__).parent.parent / "README.md"
START, END = "<!-- rules -->\n", "<!-- /rules -->"

_SEVERITIES = {
    Severity.ERROR: "galat",
    Severity.WARNING: "peringatan",
    Severity.INFO: "keterangan",
}
_FIXES = {None: "", Applicability.SAFE: "`--fix`", Applicability.UNSAFE: "`--unsafe-fixes`"}


def make_rules_table() -> str:
    """The table of rules in Markdown."""
    lines = ["| kode | nama | menemukan | tingkat | pembetulan |", "|---|---|---|---|---|"]
    for rule in all_rules():
        severity = _SEVERITIES[rule.severity] if rule.on else "mati"
        lines.append(
            f"| {rule.code} | {rule.name} | {rule.title} | {severity} | {_FIXES[rule.fix]} |"
        )
    return "\n".join(lines) + "\n"


def find_commands() -> list[list[str]]:
    """The arguments of every `kpucli …` line in the README's shell blocks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("kpucli ")]


def main() -> None:
    """Bring the README's table up to date."""
    text = README.read_text("utf-8")
    before, _old, rest = text.partition(START)
    _table, _end, after = rest.partition(END)
    README.write_text(before + START + make_rules_table() + END + after, "utf-8")


if __name__ == "__main__":
    main()
