"""Listing the newest articles, with nothing changed since the last time, beside `hugo list all`.

And what a shell waits for when it completes a slug: a person is sitting there.
"""

from __future__ import annotations

import argparse

from tests.bench.offices import add_arguments as add_office_arguments
from tests.bench.offices import open_offices
from tests.bench.programs import HUGO, KPUCLI, Program
from tests.bench.timing import Command, make_table, time_in_turn
from tests.conftest import make_environment

_TYPED = ("kpucli show 2", "kpucli show 2022/", "kpucli show r")
_WORDS = {KPUCLI: ("list", "--limit", "20"), HUGO: ("list", "all")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    add_office_arguments(parser, runs=5, names=tuple(_WORDS))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Time the lists of `--articles` articles; a table, with ratios to Hugo where it is there."""
    with open_offices(arguments) as programs:
        lists = {
            " ".join((program.name, *_WORDS[program.name])): Command(
                (*program.command, *_WORDS[program.name]), program.folder
            )
            for program in programs
        }
        completions = {
            f"{typed}<Tab>": Command(_complete(program, typed), program.folder)
            for program in programs
            for typed in _TYPED
            if program.name == KPUCLI
        }
        samples = time_in_turn(
            {**lists, **completions}, runs=arguments.runs, environment=make_environment()
        )
    return make_table(samples, list(lists)[-1])


def _complete(program: Program, typed: str) -> tuple[str, ...]:
    """What bash runs to complete the last of three words."""
    settings = ("_KPUCLI_COMPLETE=complete_bash", f"COMP_WORDS={typed}", "COMP_CWORD=2")
    return ("env", *settings, *program.command)
