"""The README is true: its commands, options, rules and fields exist."""

from __future__ import annotations

import re
from dataclasses import fields

import click
import pytest

from kpucli.cli import make_command
from kpucli.config import Config
from kpucli.front_matter import FIELDS
from tests.documentation import END, README, START, find_commands, make_rules_table


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
