"""Offices of the same articles for each program, made anew or kept for the next benchmark."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.corpus import make_corpus
from tests.bench.programs import Program, find_programs


def add_arguments(parser: argparse.ArgumentParser, *, runs: int, names: tuple[str, ...]) -> None:
    """The options of every benchmark that needs offices."""
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--runs", type=int, default=runs)
    parser.add_argument("--only", choices=names, action="append", help="may be repeated")
    parser.add_argument(
        "--keep-folder", type=Path, metavar="DIR", help="make the articles here, or use them again"
    )
    parser.set_defaults(names=names)


@contextmanager
def open_offices(arguments: argparse.Namespace) -> Iterator[list[Program]]:
    """The chosen programs that are installed, kpucli first, each with its office made.

    See `add_arguments`. Ends the benchmark where a kept folder has other articles.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = (arguments.keep_folder or Path(name)).resolve()
        programs = find_programs(folder, tuple(arguments.only or arguments.names))
        if not programs:
            raise SystemExit("Programnya tidak terpasang.")
        places = {program.articles: program.form for program in programs}
        marks = [place.parent.parent / f"{place.parent.name}.articles" for place in places]
        for mark, (place, form) in zip(marks, places.items(), strict=True):
            if not _is_made(mark, place, arguments.articles):
                make_corpus(place, arguments.articles, form=form)
            # Until the end: articles that a killed benchmark has changed are not used again.
            mark.unlink(missing_ok=True)
        for program in programs:
            program.set_up()
            program.clean()
        try:
            yield programs
        finally:
            for mark in marks:
                mark.write_text(f"{arguments.articles}\n")


def _is_made(mark: Path, place: Path, count: int) -> bool:
    """Whether the articles are there; what else is there must not be mixed with them."""
    if mark.exists() and int(mark.read_text()) == count:
        return True
    if place.exists():
        raise SystemExit(f"{place} bukan arsip utuh berisi {count} artikel; pakai folder lain.")
    return False
