"""`kpucli import`: bring in news from elsewhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.cli.terminal import notice, print_changes, report_failures
from kpucli.errors import ArticleError
from kpucli.i18n import _

if TYPE_CHECKING:
    from kpucli.archive import Archive
    from kpucli.importers.item import ImportedItem, Note
    from kpucli.importers.plan import ImportPlan

MAX_BYTES = 64 * 1024 * 1024

app = typer.Typer(help=_("Masukkan berita dari situs lama."), no_args_is_help=True)


class Format(StrEnum):
    """How the outcome is written."""

    TEXT = "text"
    JSON = "json"


@app.callback()
def _group() -> None:
    """Sources are subcommands, even while there is only one."""


@app.command("berita", help=_("Dari salinan teks halaman “Berita Terkini”."))
def berita(
    file: Annotated[
        Path, typer.Argument(metavar=_("BERKAS"), help=_("Berkas teks salinan halaman itu."))
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Tampilkan hasilnya saja; tidak menulis apa pun."))
    ] = False,
    output: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TEXT,
) -> None:
    from kpucli.cli.context import open_archive, read_clock
    from kpucli.importers.berita import read_berita
    from kpucli.text_file import read_text

    config, archive = open_archive()
    text = read_text(file, max_bytes=MAX_BYTES)
    items, notes = read_berita(text, file, now=read_clock(config), zone=config.zone)
    _import(archive, items, notes, dry_run=dry_run, output=output)


def _import(
    archive: Archive,
    items: list[ImportedItem],
    notes: list[Note],
    *,
    dry_run: bool,
    output: Format,
) -> None:
    """Add what is new, and tell: paths on stdout, notes and the count on stderr, or one JSON."""
    from kpucli.change import write_changes
    from kpucli.importers.plan import plan_import

    failures: list[ArticleError] = []
    plan = plan_import(archive, items, failures)
    report_failures(failures)
    if not dry_run:
        write_changes(plan.changes)
    notes = [*notes, *plan.notes]
    if output is Format.JSON:
        typer.echo(_to_json(plan, notes), nl=False)
    else:
        if dry_run:
            print_changes(plan.changes)
        else:
            typer.echo("".join(f"{change.path.as_posix()}\n" for change in plan.changes), nl=False)
        for note in notes:
            notice(f"{note.item}: {note.note}")
        words = (
            _("{added} akan ditambahkan, {skipped} sudah ada.")
            if dry_run
            else _("{added} ditambahkan, {skipped} sudah ada.")
        )
        notice(words.format(added=len(plan.changes), skipped=plan.skipped))
    if failures:
        raise typer.Exit(2)


def _to_json(plan: ImportPlan, notes: list[Note]) -> str:
    from kpucli.json_text import format_json

    return format_json(
        {
            "added": len(plan.changes),
            "skipped": plan.skipped,
            "notes": [{"item": note.item, "note": note.note} for note in notes],
        }
    )
