"""How long a large WordPress export takes to import, and how much memory."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.timing import make_table, run_in_turn
from tests.conftest import CONFIG, make_environment
from tests.importers.wxr import write_wxr

_FRESH = 'rm -rf articles; exec "$@"'
_NEW, _AGAIN = "import wordpress", "import wordpress (sudah ada)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--items", type=int, default=10_000, metavar="N")
    parser.add_argument("--size", type=int, default=20_000, metavar="N", help="characters each")
    parser.add_argument("--runs", type=int, default=1)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Import `--items` posts into an empty office, and once more; a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kpucli.toml").write_text(CONFIG)
        size = write_wxr(folder / "a.xml", arguments.items, arguments.size).stat().st_size
        command = [sys.executable, "-m", "kpucli", "import", "wordpress", "a.xml"]
        samples = run_in_turn(
            {_NEW: ["sh", "-c", _FRESH, "sh", *command], _AGAIN: command},
            runs=arguments.runs, folder=folder, environment=make_environment(),
        )  # fmt: skip
    table = make_table(samples, _NEW)
    return f"{table}\n\n{arguments.items} berita, {size / 1e6:.0f} MB"
