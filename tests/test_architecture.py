"""Imports point one way: entry, commands, features, archive, core, errors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kpucli"
FEATURES = {
    "corrections",
    "renaming",
    "draft",
    "tags",
    "query",
    "report",
    "office",
    "schemas",
    "state",
}
FEATURES |= {"caption", "doctor", "importers", "lint", "publish", "recap", "upload", "views"}
LAYERS = (
    {"errors", "i18n", ""},
    {"article", "bar_chart", "change", "cmark", "color", "config", "dates", "front_matter"}
    | {
        "headline",
        "json_schema",
        "json_text",
        "labels",
        "markdown",
        "outline",
        "plain_text",
        "printable",
    }
    | {"sentences", "slug", "text_file", "toml", "visible", "workers"},
    {"archive", "census", "counted", "index", "inventory", "photo"},
    FEATURES,
    {"cli"},
    {"__main__"},
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    """`kpucli/lint/engine.py` is `lint.engine`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    """The full names of what a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where they point"
            assert node.module
            yield node.module
            if node.module == "kpucli":
                yield from (f"kpucli.{alias.name}" for alias in node.names)


def _own(path: Path) -> set[str]:
    """The parts of kpucli that a module imports: `lint`, `archive` …"""
    names = {
        name.removeprefix("kpucli.").split(".")[0]
        for name in _imports(path)
        if name.startswith("kpucli.")
    }
    return names & set().union(*LAYERS)


def _layer(part: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


def test_every_module_has_its_layer() -> None:
    parts = {_name(path).split(".")[0] for path in MODULES}
    assert parts == set().union(*LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_point_one_way(path: Path) -> None:
    part = _name(path).split(".")[0]
    above = {other for other in _own(path) if _layer(other) > _layer(part)}
    assert not above


@pytest.mark.parametrize(
    "path", [path for path in MODULES if _name(path).split(".")[0] in FEATURES], ids=_name
)
def test_no_feature_imports_another(path: Path) -> None:
    assert _own(path) & FEATURES <= {_name(path).split(".")[0]}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_the_commands_know_the_command_line_library(path: Path) -> None:
    libraries = {name.split(".")[0] for name in _imports(path)} & {"typer", "click"}
    assert not libraries or _name(path).split(".")[0] == "cli"
