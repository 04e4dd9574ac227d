"""Listing the newest articles, with nothing changed since the last time, beside `hugo list all`."""

from __future__ import annotations

import argparse

from tests.bench.offices import add_arguments as add_office_arguments
from tests.bench.offices import open_offices
from tests.bench.programs import HUGO, KPUCLI
from tests.bench.timing import Command, make_table, time_in_turn
from tests.conftest import make_environment

_WORDS = {KPUCLI: ("list", "--limit", "20"), HUGO: ("list", "all")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    add_office_arguments(parser, runs=5, names=tuple(_WORDS))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Time the lists of `--articles` articles; a table, with ratios to Hugo where it is there."""
    with open_offices(arguments) as programs:
        commands = {
            " ".join((program.name, *_WORDS[program.name])): Command(
                (*program.command, *_WORDS[program.name]), program.folder
            )
            for program in programs
        }
        samples = time_in_turn(commands, runs=arguments.runs, environment=make_environment())
    return make_table(samples, list(commands)[-1])
