"""The documents are true: their commands, options, rules, fields, modules and links exist."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from kpucli import __version__
from kpucli.cli import make_command
from kpucli.config import Config
from kpucli.front_matter import FIELDS
from tests.documentation import (
    ARCHITECTURE,
    END,
    MODULES_END,
    MODULES_START,
    README,
    START,
    find_commands,
    make_module_tables,
    make_rules_table,
)
from tests.pictures import PICTURES, TERMINAL

DOCUMENTS = [README, *sorted(ARCHITECTURE.parent.glob("*.md"))]


def parse(command: click.Command, name: str, arguments: list[str]) -> None:
    """Parse as the command line would, down to the last subcommand, without running it."""
    has_own_work = isinstance(command, click.Group) and command.invoke_without_command
    if isinstance(command, click.Group) and not (
        has_own_work and (not arguments or arguments[0].startswith("-"))
    ):
        child = command.commands[arguments[0]]
        parse(child, f"{name} {arguments[0]}", arguments[1:])
    else:
        command.make_context(name, list(arguments))


@pytest.mark.parametrize("arguments", find_commands(), ids=" ".join)
def test_every_command_of_the_readme_is_understood(arguments: list[str]) -> None:
    parse(make_command(), "kpucli", arguments)


def names_of(command: click.Group, prefix: str = "") -> list[str]:
    names = []
    for name, child in command.commands.items():
        if isinstance(child, click.Group):
            names += names_of(child, f"{prefix}{name} ")
        else:
            names.append(f"{prefix}{name}")
    return names


def test_every_command_is_in_the_readme() -> None:
    command = make_command()
    assert isinstance(command, click.Group)
    text = README.read_text("utf-8")
    missing = [
        name
        for name in names_of(command)
        if f"kpucli {name}" not in text and f"`{name}`" not in text
    ]
    assert not missing


def test_the_table_of_rules_is_made_from_the_rules() -> None:
    text = README.read_text("utf-8")
    assert START + make_rules_table() + END in text


def test_every_field_and_option_is_in_the_readme() -> None:
    text = README.read_text("utf-8")
    options = {field.name for field in fields(Config)} - {"root", "source"}
    shown = set(re.findall(r"`\[?([a-z_]+)\]?`", text))
    assert set(FIELDS) - shown == set()
    assert options - shown == set()


def read_picture(path: Path) -> list[str]:
    """The texts of a picture of a terminal, without where they stand."""
    return re.findall(r">([^<>]*\S[^<>]*)</text>", path.read_text("utf-8"))


@pytest.mark.parametrize("name", TERMINAL)
def test_the_pictures_of_the_terminal_are_what_it_shows(name: str, tmp_path: Path) -> None:
    TERMINAL[name](tmp_path / name)
    assert read_picture(PICTURES / name) == read_picture(tmp_path / name)
    assert len(read_picture(tmp_path / name)) > 5


def test_the_architecture_names_every_module() -> None:
    text = ARCHITECTURE.read_text("utf-8")
    assert MODULES_START + make_module_tables() + MODULES_END in text


def anchors(path: Path) -> set[str]:
    """What the headings of a document are called in links, as repositories show them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_the_documents_lead_somewhere(path: Path) -> None:
    text = re.sub(
        r"^```.*?^```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", text)
    for target, anchor in links:
        there = path.parent / target if target else path
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), anchor


@pytest.mark.parametrize("path", DOCUMENTS[1:], ids=lambda path: path.name)
def test_what_the_documents_name_is_there(path: Path) -> None:
    """Paths, and the modules of the tests and of the program that are run."""
    root = README.parent
    text = path.read_text("utf-8")
    for name in re.findall(r"`((?:tests|kpucli|publish|cli|locale|\.ci)/[\w./]*)`", text):
        assert (root / name).exists() or (root / "kpucli" / name).exists(), name
    for name in re.findall(r"python -m ((?:tests|kpucli)[\w.]*)", text):
        there = root / name.replace(".", "/")
        assert there.with_suffix(".py").exists() or (there / "__main__.py").exists(), name


def test_the_changelog_names_this_version() -> None:
    text = (ARCHITECTURE.parent / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"\b{re.escape(__version__)}\b", text)
