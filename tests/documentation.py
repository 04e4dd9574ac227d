"""The parts of the documents that are made from the program: `python -m tests.documentation`."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

from kpucli.lint.finding import Applicability, Severity
from kpucli.lint.selection import all_rules
from tests.test_architecture import LAYERS, PACKAGE

README = Path(__file__).parent.parent / "README.md"
ARCHITECTURE = README.parent / ".github" / "ARCHITECTURE.md"
START, END = "<!-- rules -->\n", "<!-- /rules -->"
MODULES_START, MODULES_END = "<!-- modules -->\n", "<!-- /modules -->"
_LAYER_NAMES = (
    "Below everything",
    "The core",
    "What reads the disk",
    "The features",
    "The commands",
    "The entry",
)

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


def make_module_tables() -> str:
    """A table a layer in Markdown: its modules, and what their docstrings say first."""
    lines = []
    for name, layer in zip(_LAYER_NAMES, LAYERS, strict=True):
        lines += [f"### {name}", "", "| module | what it is |", "|---|---|"]
        lines += [f"| `{module or 'kpucli'}` | {_introduce(module)} |" for module in sorted(layer)]
        lines.append("")
    return "\n".join(lines)


def _introduce(module: str) -> str:
    """The first sentence of a module's docstring."""
    path = PACKAGE / f"{module or '__init__'}.py"
    if not path.exists():
        path = PACKAGE / module / "__init__.py"
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n\n")[0].replace("\n", " ").replace("|", r"\|")


def find_commands() -> list[list[str]]:
    """The arguments of every `kpucli …` line in the README's shell blocks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    commands = (line.partition(" > ")[0] for line in lines if line.startswith("kpucli "))
    return [shlex.split(command)[1:] for command in commands]


def _put(path: Path, start: str, end: str, made: str) -> None:
    """Replace what is between the two marks."""
    text = path.read_text("utf-8")
    before, _old, rest = text.partition(start)
    _made, _end, after = rest.partition(end)
    path.write_text(before + start + made + end + after, "utf-8")


def main() -> None:
    """Bring the tables of the README and of the architecture up to date."""
    _put(README, START, END, make_rules_table())
    _put(ARCHITECTURE, MODULES_START, MODULES_END, make_module_tables())


if __name__ == "__main__":
    main()
