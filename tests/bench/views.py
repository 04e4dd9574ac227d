"""How fast `kpucli views record` is on a made-up log, beside GoAccess on the same file."""

from __future__ import annotations

import argparse
import gzip
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.timing import Samples, make_table, run_in_turn
from tests.conftest import CONFIG, make_environment
from tests.views.logs import article_names, make_bulk

KPUCLI, PACKED, ZSTD = (
    "kpucli views record",
    "kpucli views record (gzip)",
    "kpucli views record (zstd)",
)
GOACCESS, GOACCESS_PACKED, GOACCESS_ZSTD = "goaccess", "zcat | goaccess", "zstdcat | goaccess"
_FRESH = 'rm -f .kpucli/views.sqlite3; exec "$@"'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--lines", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--articles", type=int, default=1000, metavar="N")
    parser.add_argument("--runs", type=int, default=1)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Time the counting of `--lines` lines; a table, and thousand lines a CPU second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_office(folder, arguments.articles)
        _make_log(folder / "access.log", arguments.lines, arguments.articles)
        samples = run_in_turn(
            _commands(), runs=arguments.runs, folder=folder, environment=make_environment()
        )
    yardstick = GOACCESS if GOACCESS in samples else KPUCLI
    return f"{make_table(samples, yardstick)}\n\n{_speeds(samples, arguments.lines)}"


def _make_office(folder: Path, count: int) -> None:
    (folder / "kpucli.toml").write_text(CONFIG)
    (folder / "articles" / "2022").mkdir(parents=True)
    for name in article_names(count):
        (folder / "articles" / f"{name}.md").write_text(
            f'+++\ntitle = "{name}"\ndate = 2022-03-01T08:00:00+07:00\n+++\n\nIsi berita.\n'
        )


def _make_log(path: Path, count: int, articles: int) -> None:
    with path.open("w") as log:
        log.writelines(make_bulk(count, articles=article_names(articles)))
    with path.open("rb") as log, gzip.open(f"{path}.gz", "wb") as packed:
        shutil.copyfileobj(log, packed)
    if shutil.which("zstd"):
        subprocess.run(["zstd", "-q", str(path)], check=True)


def _commands() -> dict[str, list[str]]:
    record = ["sh", "-c", _FRESH, "sh", sys.executable, "-m", "kpucli", "views", "record"]
    commands = {KPUCLI: [*record, "access.log"], PACKED: [*record, "access.log.gz"]}
    if shutil.which("zstd"):
        commands[ZSTD] = [*record, "access.log.zst"]
    if shutil.which("goaccess"):
        options = "--log-format=COMBINED --no-progress -o laporan.json"
        commands[GOACCESS] = ["sh", "-c", f"exec goaccess access.log {options}"]
        commands[GOACCESS_PACKED] = ["sh", "-c", f"zcat access.log.gz | goaccess - {options}"]
        if shutil.which("zstd"):
            commands[GOACCESS_ZSTD] = ["sh", "-c", f"zstdcat access.log.zst | goaccess - {options}"]
    return commands


def _speeds(samples: dict[str, Samples], count: int) -> str:
    lines = (
        f"- {name}: {count / sample.median('cpu') / 1000:.0f} ribu baris per detik CPU, "
        f"puncak {sample.median('peak_mb'):.0f} MB"
        for name, sample in samples.items()
    )
    return "\n".join(lines)
