"""Publishing: kpucli beside Hugo and Pelican on the same articles, and beside writing the files."""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence

from tests.bench.floor import walk, write_again
from tests.bench.offices import add_arguments as add_office_arguments
from tests.bench.offices import open_offices
from tests.bench.programs import HUGO, KPUCLI, NAMES, Program
from tests.bench.texts import Texts
from tests.bench.timing import Samples, Usage, time_process
from tests.conftest import make_environment

FLOOR = "lantai"
FULL, AGAIN = "full", "again"
WORKS: dict[str, str] = {
    FULL: "dari nol",
    AGAIN: "situs dihapus, artikel dikenal",
    "same": "tanpa perubahan",
    "edit": "satu disunting",
    "add": "satu baru",
    "views": "satu angka dilihat",
}
_CHANGES: dict[str, Callable[[Texts], None]] = {
    FULL: Texts.restore,
    AGAIN: Texts.restore,
    "same": Texts.restore,
    "edit": Texts.edit,
    "add": Texts.add,
    "views": Texts.count_views,
}

Results = dict[tuple[str, str], Samples]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    add_office_arguments(parser, runs=3, names=NAMES)
    parser.add_argument("--work", choices=tuple(WORKS), action="append", help="may be repeated")
    parser.add_argument("--floor", choices=("yes", "no"), default="yes")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Time each work of each program in turn; a table, and how large the sites are."""
    works = [work for work in WORKS if work in (arguments.work or WORKS)]
    results: dict[tuple[str, str], Samples] = defaultdict(Samples)
    with open_offices(arguments) as programs:
        texts = Texts({item.articles: item.form for item in programs}, arguments.articles)
        for _turn in range(arguments.runs):
            _take_turn(works, programs, texts, results)
            if arguments.floor == "yes" and (FULL, KPUCLI) in results:
                office = programs[0].folder
                results[FULL, FLOOR].add(write_again(office / "public", office / FLOOR))
        sizes = [_describe(program, arguments.articles) for program in programs]
    return "\n".join([_make_table(results), "", *sizes, *_rates(results, arguments.articles)])


def _take_turn(
    works: Sequence[str], programs: Sequence[Program], texts: Texts, results: Results
) -> None:
    """Time each work of each program once; the articles are afterwards as they were."""
    if FULL not in works:
        for program in programs:
            _publish(program)
    try:
        for work in works:
            _CHANGES[work](texts)
            for program in programs:
                if work == FULL:
                    program.clean()
                elif work == AGAIN:
                    program.clean_site()
                usage = _publish(program)
                print(f"{WORKS[work]}, {program.name}: {usage.wall:.3f} s", file=sys.stderr)
                results[work, program.name].add(usage)
    finally:
        texts.restore()


def _publish(program: Program) -> Usage:
    os.sync()  # nobody waits for what others have written
    return time_process(program.publish, program.folder, make_environment())


def _make_table(results: Results) -> str:
    """Medians, and their ratios to Hugo's and to the floor's."""
    floor = results.get((FULL, FLOOR))
    heads = (
        "pekerjaan",
        "program",
        "dinding (s)",
        "CPU (s)",
        "puncak (MB)",
        "dinding : hugo",
        "CPU : hugo",
        "dinding : lantai",
    )
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for (work, name), samples in sorted(results.items(), key=lambda item: _order(*item[0])):
        wall, cpu = samples.median("wall"), samples.median("cpu")
        hugo = results.get((work, HUGO))
        cells = (
            WORKS[work],
            name,
            f"{wall:.3f}",
            f"{cpu:.3f}",
            f"{samples.median('peak_mb'):.0f}" if samples.peak_mb else "",
            _divide(wall, hugo, "wall"),
            _divide(cpu, hugo, "cpu"),
            _divide(wall, floor if work in (FULL, AGAIN) else None, "wall"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _order(work: str, name: str) -> tuple[int, int]:
    return list(WORKS).index(work), (*NAMES, FLOOR).index(name)


def _divide(value: float, yardstick: Samples | None, figure: str) -> str:
    return f"{value / yardstick.median(figure):.3f}" if yardstick is not None else ""


def _describe(program: Program, count: int) -> str:
    """How large a site is. Ends the benchmark where it lacks articles: it has measured nothing."""
    sizes = [(program.site / path).stat().st_size for path in walk(program.site)]
    if len(sizes) < count:
        raise SystemExit(f"Situs {program.name} tidak utuh: {len(sizes)} berkas.")
    return f"- {program.name}: {len(sizes)} berkas, {sum(sizes) / 1e6:.1f} MB"


def _rates(results: Results, count: int) -> list[str]:
    """How the time of full builds grows with the number of articles."""
    return [
        f"- {name}, {WORKS[work]}: {samples.median('wall') / count * 1e5:.1f} detik "
        "per 100.000 artikel"
        for (work, name), samples in results.items()
        if work in (FULL, AGAIN)
    ]
