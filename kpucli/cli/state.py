"""`kpucli` alone: the office's state and what to do next; elsewhere, what kpucli is."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import typer

from kpucli.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpucli.archive import Archive
    from kpucli.census import Census
    from kpucli.config import Config
    from kpucli.index import Index
    from kpucli.state import OfficeState, Sent, Site

_NAME_DIGITS = 12  # of a site's name: enough to tell two apart


def show_state() -> None:
    """Print the state of the office in the current folder."""
    from kpucli.cli.context import open_archive
    from kpucli.printable import printable
    from kpucli.state import describe_state, suggest_commands

    config, archive = open_archive()
    if config.source is None and not archive.root.is_dir():
        _introduce()
        return
    state = _find_state(config, archive)
    typer.echo(printable(state.name))
    _print_columns(describe_state(state))
    typer.echo()
    typer.echo(_("Langkah berikutnya:"))
    _print_columns((f"  {command}", reason) for command, reason in suggest_commands(state))


def _introduce() -> None:
    typer.echo(_("kpucli adalah ruang redaksi kantor KPU di baris perintah."))
    typer.echo(_("Folder ini belum disiapkan untuk sebuah kantor. Langkah berikutnya:"))
    _print_columns(
        [
            ("  kpucli init kpu-kota-batu", _("siapkan folder kantor baru")),
            ("  kpucli --help", _("lihat semua perintah")),
            ("  kpucli doctor", _("periksa komputer ini")),
        ]
    )


def _print_columns(rows: Iterable[tuple[str, str]]) -> None:
    rows = list(rows)
    width = max(len(label) for label, _words in rows)
    for label, words in rows:
        typer.echo(f"{label:{width}}  {words}")


def _find_state(config: Config, archive: Archive) -> OfficeState:
    from kpucli.cli.context import read_clock
    from kpucli.index import Index
    from kpucli.state import OfficeState

    now = read_clock(config)
    with Index(config.root) as index:
        return OfficeState(
            name=config.name,
            has_config=config.source is not None,
            census=_take_census(archive, index, now),
            unsound=_find_unsound(archive, index),
            site=_find_site(config, index, now),
            viewed=_find_viewed(config),
            sent=list(_find_sent(config)),
        )


def _take_census(archive: Archive, index: Index, now: datetime) -> Census:
    from kpucli.census import Census, take_census
    from kpucli.cli.progress import follow

    if not archive.root.is_dir():  # made with the first article
        return Census({}, 0, (), ())
    return take_census(archive, index, now, follow)


def _find_unsound(archive: Archive, index: Index) -> list[str] | None:
    """The articles that held up the last publish and are still there; None if none was checked."""
    from kpucli.publish.ledger import Ledger

    ledger = Ledger(index)
    if not ledger.has_checked():
        return None
    return sorted(name for name in ledger.recall_unsound() if archive.has(name))


def _find_site(config: Config, index: Index, now: datetime) -> Site | None:
    from kpucli.publish.generation import MARKER, read_generation
    from kpucli.publish.pending import find_pending
    from kpucli.state import Site

    try:
        written = (config.output / MARKER).stat().st_mtime
    except OSError:
        return None
    moment = datetime.fromtimestamp(written, config.zone)
    generation = read_generation(config.output)
    if generation is None:
        return Site(moment, None, None, None)
    name = str(generation)[:_NAME_DIGITS]
    return Site(moment, name, generation.files, find_pending(index, config.output, now))


def _find_viewed(config: Config) -> date | None:
    from kpucli.cli.terminal import report_error
    from kpucli.counted import read_last_day
    from kpucli.errors import KpuError

    try:
        return read_last_day(config.root)
    except KpuError as error:  # all else can be told
        report_error(error)
        return None


def _find_sent(config: Config) -> Iterator[Sent]:
    from kpucli.index import FOLDER
    from kpucli.state import Sent
    from kpucli.upload.journal import FOLDER as JOURNALS
    from kpucli.upload.journal import recall_upload

    for name, target in config.upload.items():
        found = recall_upload(config.root / FOLDER / JOURNALS, name, target.url)
        if found is None:
            yield Sent(name)
        else:
            written, is_complete = found
            yield Sent(name, datetime.fromtimestamp(written, config.zone), is_complete)
