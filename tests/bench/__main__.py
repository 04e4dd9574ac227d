"""`python -m tests.bench start|lint`: how long kpucli takes, beside a yardstick in the same run."""

from __future__ import annotations

import argparse

from tests.bench import lint, start


def main() -> None:
    """Run the benchmark that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="benchmark", required=True)
    start.add_arguments(commands.add_parser("start", help=start.__doc__))
    lint.add_arguments(commands.add_parser("lint", help=lint.__doc__))
    arguments = parser.parse_args()
    print(arguments.run(arguments))


if __name__ == "__main__":
    main()
