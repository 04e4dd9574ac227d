"""Damaged files of every kind through the commands that read them, and atheris on the parsers."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import make_environment
from tests.fuzzing.kinds import KINDS, fuzz

PARSERS = ("article", "configuration", "log", "feed", "wordpress", "html", "text", "table")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--count", type=int, default=10_000, help="files of each kind")
    parser.add_argument("--kind", choices=[*KINDS, "guided"], action="append", help="several")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", type=Path, help="a folder for what brought faults about")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """A table of what became of the files, and of the faults."""
    lines = [
        "| kind | files | outcomes | slowest (s) | faults | minutes |",
        "|---|---|---|---|---|---|",
    ]
    kinds = arguments.kind or [*KINDS, "guided"]
    lines += [_fuzz(kind, arguments) for kind in kinds if kind in KINDS]
    if "guided" in kinds:
        lines += _guide(arguments)
    return "\n".join(lines)


def _fuzz(kind: str, arguments: argparse.Namespace) -> str:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        found = fuzz(kind, Path(name), arguments.count, arguments.seed)
    minutes = (time.monotonic() - started) / 60
    for number, (fault, content) in enumerate(found.faults):
        print(f"{kind} {number}: {fault}", file=sys.stderr)
        if arguments.faults is not None:
            arguments.faults.mkdir(exist_ok=True)
            (arguments.faults / f"{kind}-{number}").write_bytes(content)
    seen = ", ".join(f"{name} {count}" for name, count in sorted(found.outcomes.items()))
    count = found.outcomes.total() + len(found.faults)
    slowest, faults = f"{found.slowest:.2f}", len(found.faults)
    return f"| {kind} | {count} | {seen} | {slowest} | {faults} | {minutes:.1f} |"


def _guide(arguments: argparse.Namespace) -> list[str]:
    """What atheris finds in each parser; it stops at the first fault."""
    if importlib.util.find_spec("atheris") is None:
        return ["| guided | 0 | atheris is not installed | | | |"]
    lines = []
    for parser in PARSERS:
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            guided = "tests.fuzzing.guided", parser, folder, str(arguments.count)
            process = subprocess.run(
                [sys.executable, "-m", *guided],
                capture_output=True, check=False, text=True, errors="replace",
                env=make_environment(),
            )  # fmt: skip
        minutes = (time.monotonic() - started) / 60
        said = "nothing found" if process.returncode == 0 else process.stderr[-600:]
        if process.returncode:
            print(f"{parser}: {process.stderr[-3000:]}", file=sys.stderr)
            said = "see stderr"
        faults = int(process.returncode != 0)
        lines.append(
            f"| {parser} (guided) | {arguments.count} | {said} | | {faults} | {minutes:.1f} |"
        )
    return lines
