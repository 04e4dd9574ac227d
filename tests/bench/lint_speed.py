"""How fast `kpucli lint` is over a made-up archive, beside hunspell over the same files."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path

from kpucli.archive import Archive
from kpucli.lint.engine import check_article, read_manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.policy import Policy
from kpucli.lint.selection import select_rules
from tests.bench.corpus import FIRST_DAY, make_corpus
from tests.bench.timing import Samples, make_table, run_in_turn
from tests.conftest import make_environment

ONE, ALL, SAME, EDITED = (
    "kpucli lint SATU-BERKAS",
    "kpucli lint --no-cache",
    "kpucli lint (tanpa perubahan)",
    "kpucli lint (satu berubah)",
)
_TIMED = 500  # articles
HUNSPELL = "hunspell -d id_ID -l"
# Findings are no failure of a benchmark.
_UNFAILING = ("sh", "-c", '"$@"; test $? -le 1', "sh")
_AFTER_EDIT = ("sh", "-c", 'echo >> "$1"; shift; "$@"; test $? -le 1', "sh")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--by-rule", action="store_true", help="only what each rule takes")


def run(arguments: argparse.Namespace) -> str:
    """Time the linter over `--articles` articles; a table, and what an article takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_corpus(folder / "articles", arguments.articles)
        if arguments.by_rule:
            return _by_rule(Archive(folder / "articles", FIRST_DAY.tzinfo or UTC))
        paths = sorted((folder / "articles").glob("*/*.md"))
        _age(paths)
        samples = run_in_turn(
            _commands(paths[0], paths[-1]),
            runs=arguments.runs,
            folder=folder,
            environment=make_environment(),
        )
        checks = _time_checks(Archive(folder / "articles", FIRST_DAY.tzinfo or UTC))
    yardstick = HUNSPELL if HUNSPELL in samples else ONE
    table = make_table(samples, yardstick)
    return f"{table}\n\n{_per_article(samples, arguments.articles)}\n\n{checks}"


def _commands(one: Path, edited: Path) -> Mapping[str, Sequence[str]]:
    lint = (sys.executable, "-m", "kpucli", "lint")
    commands: dict[str, Sequence[str]] = {
        ONE: (*_UNFAILING, *lint, str(one)),
        ALL: (*_UNFAILING, *lint, "--no-cache"),
        SAME: (*_UNFAILING, *lint),
        EDITED: (*_AFTER_EDIT, str(edited), *lint),
    }
    if shutil.which("hunspell"):
        commands[HUNSPELL] = ("sh", "-c", "cat articles/*/*.md | hunspell -d id_ID -l")
    return commands


def _age(paths: Sequence[Path]) -> None:
    """What was written a moment ago would be read again."""
    for path in paths:
        os.utime(path, (0, 0))


def _per_article(samples: Mapping[str, Samples], count: int) -> str:
    """CPU time an article without the start of the program."""
    start = samples[ONE].median("cpu")
    lines = (
        f"- {name}: {(samples[name].median('cpu') - start) / count * 1000:.3f} ms"
        for name in (ALL, SAME, EDITED)
    )
    return "\n".join([f"CPU per artikel, {count} artikel, tanpa waktu mulai:", *lines])


def _time_checks(archive: Archive) -> str:
    """CPU time an article of all rules, and of those that can find errors.

    Words and pieces are known by then, as they are after some hundred articles.
    """
    overview, everything = Overview(archive), Policy(select_rules())
    articles = [archive.load(path) for path in archive.paths()[0][:_TIMED]]
    lines = ["CPU per artikel, tanpa membaca berkas:"]
    for name, policy in (("semua", everything), ("yang dapat galat", everything.for_errors())):
        spent = []
        for _turn in range(5):
            started = time.process_time()
            for article in articles:
                check_article(article, policy.rules, overview)
            spent.append(time.process_time() - started)
        lines.append(f"- aturan {name}: {min(spent) / len(articles) * 1000:.3f} ms")
    return "\n".join(lines)


def _by_rule(archive: Archive) -> str:
    """CPU time an article of each rule; what rules share counts for the first that asks."""
    rules, overview = select_rules(), Overview(archive)
    spent: dict[str, float] = defaultdict(float)
    paths = archive.paths()[0]
    for path in paths:
        manuscript = read_manuscript(archive.load(path), archive)
        for rule in rules:
            started = time.process_time()
            list(rule.check(manuscript, overview))
            spent[f"{rule.code} {rule.name}"] += time.process_time() - started
    total = sum(spent.values())
    slowest = sorted(spent.items(), key=lambda item: -item[1])
    rows = [("semua", total), *slowest]
    return "\n".join(f"- {name}: {seconds / len(paths) * 1000:.3f} ms" for name, seconds in rows)
