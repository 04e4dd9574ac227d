"""kpucli in this process: for thousands of runs, each of which need not start Python."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kpucli.__main__ import main


@dataclass(frozen=True)
class Run:
    """What a run gave, and the seconds of CPU that it took."""

    code: int
    out: str
    err: str
    seconds: float


def run_inside(folder: Path, *arguments: str) -> Run:
    """Run kpucli in a folder. An error that is not told in a sentence is raised as it is."""
    out, err = io.StringIO(), io.StringIO()
    started = time.process_time()
    with (
        _in_folder(folder),
        _given(["kpucli", *arguments]),
        _output_kept(),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Run(code, out.getvalue(), err.getvalue(), time.process_time() - started)


@contextlib.contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def _output_kept() -> Iterator[None]:
    """kpucli closes its standard output where nothing more can be written."""
    kept = os.dup(1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


@contextlib.contextmanager
def _given(arguments: list[str]) -> Iterator[None]:
    before = sys.argv
    sys.argv = arguments
    try:
        yield
    finally:
        sys.argv = before
