"""`python -m tests.bench WHAT --help`: how long things take, and what they withstand."""

from __future__ import annotations

import argparse

from tests.bench import (
    commit,
    faults,
    fuzz,
    importing,
    lint,
    listing,
    malformed,
    new,
    publish,
    start,
    upload,
    views,
)


def main() -> None:
    """Run the benchmark that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="benchmark", required=True)
    start.add_arguments(commands.add_parser("start", help=start.__doc__))
    lint.add_arguments(commands.add_parser("lint", help=lint.__doc__))
    publish.add_arguments(commands.add_parser("publish", help=publish.__doc__))
    listing.add_arguments(commands.add_parser("list", help=listing.__doc__))
    new.add_arguments(commands.add_parser("new", help=new.__doc__))
    commit.add_arguments(commands.add_parser("commit", help=commit.__doc__))
    faults.add_arguments(commands.add_parser("faults", help=faults.__doc__))
    fuzz.add_arguments(commands.add_parser("fuzz", help=fuzz.__doc__))
    malformed.add_arguments(commands.add_parser("malformed", help=malformed.__doc__))
    upload.add_arguments(commands.add_parser("upload", help=upload.__doc__))
    views.add_arguments(commands.add_parser("views", help=views.__doc__))
    importing.add_arguments(commands.add_parser("import", help=importing.__doc__))
    arguments = parser.parse_args()
    print(arguments.run(arguments))


if __name__ == "__main__":
    main()
