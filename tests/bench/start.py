"""Cold start of the commands, beside importing Typer and nothing else."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.timing import make_table, run_in_turn
from tests.conftest import make_environment

YARDSTICK = "import typer"
ARTICLES = 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--runs", type=int, default=15)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Time the commands in a folder of six articles; a table of medians and ratios."""
    kpucli = [sys.executable, "-m", "kpucli"]
    commands = {
        YARDSTICK: [sys.executable, "-c", "import typer"],
        "kpucli --version": [*kpucli, "--version"],
        "kpucli --help": [*kpucli, "--help"],
        "kpucli list": [*kpucli, "list"],
        "kpucli list --format plain": [*kpucli, "list", "--format", "plain"],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_articles(folder / "articles" / "2022")
        samples = run_in_turn(
            commands, runs=arguments.runs, folder=folder, environment=make_environment()
        )
    return make_table(samples, YARDSTICK)


def _make_articles(folder: Path) -> None:
    folder.mkdir(parents=True)
    for number in range(ARTICLES):
        (folder / f"berita-{number}.md").write_text(
            f'+++\ntitle = "Berita {number}"\ndate = 2022-04-{number + 1:02}T08:00:00+07:00\n'
            'tags = ["apel"]\nviews = 44\n+++\n\nIsi berita.\n'
        )
