"""`kpucli recap`: the monthly report."""

from __future__ import annotations

import os
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.cli.terminal import notice, report_failures
from kpucli.i18n import _

if TYPE_CHECKING:
    from kpucli.errors import ArticleError
    from kpucli.recap import Recap


class Format(StrEnum):
    """How the report is written."""

    TEXT = "text"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"
    MARKDOWN = "markdown"
    JSON = "json"


def recap(
    month: Annotated[
        str | None,
        typer.Option(
            "--month",
            metavar=_("BULAN"),
            help=_("Misalnya “April 2022” atau 2022-04; tanpa ini bulan lalu."),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar=_("BERKAS"),
            help=_("Tulis ke berkas ini; bentuknya menurut akhir namanya."),
        ),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help=_("Bentuk keluaran."), show_default="text"),
    ] = None,
) -> None:
    from kpucli.errors import KpuError
    from kpucli.recap.forms import form_of, write_form

    if output is not None and form is Format.TEXT:
        raise KpuError(
            _("Bentuk text hanya untuk terminal."), _("Pilih bentuk lain untuk --output.")
        )
    wanted = form.value if form else form_of(output) if output else "text"
    failures: list[ArticleError] = []
    report = _make_report(month, failures)
    report_failures(failures)
    if wanted == "text":
        _show(report)
    else:
        _deliver(write_form(report, wanted), output)
    if failures:
        raise typer.Exit(2)


def _make_report(month: str | None, failures: list[ArticleError]) -> Recap:
    from kpucli.article import Status
    from kpucli.cli.context import open_archive, read_clock
    from kpucli.counted import read_counted
    from kpucli.query import Query, find_articles
    from kpucli.recap import make_recap, read_month

    config, archive = open_archive()
    now = read_clock(config)
    wanted = read_month(month, now)
    counted = read_counted(config.root)
    query = Query(
        statuses=(Status.PUBLISHED,),
        since=wanted.before.start(config.zone),
        until=wanted.end(config.zone),
    )
    found = find_articles(query, archive, config, now, failures, counted)
    # From a large archive they come without their texts, which tell how names are written.
    whole = [
        article if article.body else replace(archive.load(article.path), counted=article.counted)
        for article in found
    ]
    last = counted.last_day_of(counted.days)
    return make_recap(whole, wanted, config, now, last)


def _show(report: Recap) -> None:
    from kpucli.cli.terminal import print_table
    from kpucli.recap.as_text import draw_days, make_tables, say_figures

    typer.echo(say_figures(report) + draw_days(report), nl=False)
    for number, table in enumerate(make_tables(report)):
        typer.echo("\n" if number else "", nl=False)
        print_table(table)


def _deliver(content: bytes, output: Path | None) -> None:
    """Write a report to a file, or to stdout."""
    import sys

    from kpucli.errors import KpuError

    if output is not None:
        _write_file(content, output)
    elif b"\0" in content and sys.stdout.isatty():
        raise KpuError(
            _("Buku kerja tidak dapat ditampilkan di terminal."),
            _("Sebutkan berkasnya, misalnya --output rekap.xlsx."),
        )
    else:
        sys.stdout.buffer.write(content)


def _write_file(content: bytes, path: Path) -> None:
    from kpucli.change import Change, write_changes
    from kpucli.errors import KpuError, describe_os_error

    try:
        before = path.read_bytes() if os.path.lexists(path) else None
    except OSError as error:
        message = _("Berkas tidak dapat ditulis: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, path=path) from error
    write_changes([Change(path, before, content)])
    notice(_("Rekap ditulis ke {path}.").format(path=path))
