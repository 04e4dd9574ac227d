"""How good and how fast the linter is, beside hunspell."""

from __future__ import annotations

import argparse

from tests.bench import lint_quality, lint_speed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of both halves."""
    parser.add_argument("--only", choices=("quality", "speed"), help="one half")
    lint_quality.add_arguments(parser)
    lint_speed.add_arguments(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Judge and time the linter."""
    halves = {"quality": lint_quality.run, "speed": lint_speed.run}
    return "\n\n".join(
        half(arguments) for name, half in halves.items() if arguments.only in (None, name)
    )
