"""Starting an article in a full archive and in an empty one, beside `hugo new content`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench.offices import add_arguments as add_office_arguments
from tests.bench.offices import open_offices
from tests.bench.programs import HUGO, KPUCLI, Program, find_programs
from tests.bench.timing import Command, make_table, time_in_turn
from tests.conftest import make_environment

_SLUG = "judul-percobaan"
_WORDS = {KPUCLI: ("new", "Judul Percobaan"), HUGO: ("new", "content", f"baru/{_SLUG}.md")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    add_office_arguments(parser, runs=5, names=tuple(_WORDS))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Time a new article in archives of `--articles` and of none; a table of medians and ratios.

    The ratios are to Hugo in the full archive, where it is there.
    """
    with open_offices(arguments) as programs, tempfile.TemporaryDirectory() as name:
        empty = find_programs(Path(name), tuple(program.name for program in programs))
        for program in empty:
            program.articles.mkdir(parents=True, exist_ok=True)
            program.set_up()
        commands = {
            f"{program.name} new, {count} artikel": _start_article(program)
            for count, some in ((0, empty), (arguments.articles, programs))
            for program in some
        }
        samples = time_in_turn(commands, runs=arguments.runs, environment=make_environment())
    return make_table(samples, list(commands)[-1])


def _start_article(program: Program) -> Command:
    return Command(
        (*program.command, *_WORDS[program.name]), program.folder, lambda: _remove_new(program)
    )


def _remove_new(program: Program) -> None:
    """Remove the new article, which is in the folder of the year or in Hugo's own."""
    content = program.articles if program.name == KPUCLI else program.folder / "content"
    for path in content.glob(f"*/{_SLUG}.md"):
        path.unlink()
