"""`kpucli views`: who reads what, and from where that is known."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.cli.terminal import notice, report_error
from kpucli.i18n import _

if TYPE_CHECKING:
    from kpucli.archive import Archive
    from kpucli.config import Config
    from kpucli.errors import ArticleError, KpuError
    from kpucli.views.addresses import Addresses
    from kpucli.views.overview import Overview
    from kpucli.views.recording import Tally

app = typer.Typer(
    help=_("Tampilkan jumlah dilihat tiap berita; catat dari log."),
    invoke_without_command=True,
)


class Format(StrEnum):
    """How an overview is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PLAIN = "plain"


class Grouping(StrEnum):
    """What views are added up by."""

    ARTICLE = "article"
    TAG = "tag"
    MONTH = "month"
    DAY = "day"


class RecordFormat(StrEnum):
    """How the outcome of recording is written."""

    TEXT = "text"
    JSON = "json"


class ExportFormat(StrEnum):
    """How counts leave."""

    CSV = "csv"
    JSON = "json"


@app.callback()
def overview(
    context: typer.Context,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=_("TANGGAL"),
            help=_("Yang dilihat mulai hari ini, misalnya “1 April 2022” atau “April 2022”."),
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar=_("TANGGAL"), help=_("Sampai dengan hari ini.")),
    ] = None,
    grouping: Annotated[
        Grouping, typer.Option("--by", help=_("Jumlahkan per berita, tag, bulan, atau hari."))
    ] = Grouping.ARTICLE,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", min=0, metavar=_("JUMLAH"), help=_("Paling banyak sekian baris.")
        ),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TABLE,
) -> None:
    if context.invoked_subcommand is not None:
        return
    from kpucli.cli.context import open_archive, read_clock
    from kpucli.cli.terminal import report_failures
    from kpucli.counted import read_counted
    from kpucli.views.overview import FORMATS, make_overview, read_days
    from kpucli.views.store import read_store

    config, archive = open_archive()
    days = read_days(since, until, read_clock(config))
    failures: list[ArticleError] = []
    articles = list(read_counted(config.root).add_to(archive.articles(failures)))
    found = make_overview(articles, read_store(config.root, days.first, days.last), days)
    report_failures(failures)
    if output is Format.TABLE:
        _show(found, grouping, limit)
    else:
        rows = found.rows(grouping.value)[:limit]
        typer.echo(FORMATS[output.value](rows, grouping.value), nl=False)
    if failures:
        raise typer.Exit(2)


_TOP = 10


def _show(found: Overview, grouping: Grouping, limit: int | None) -> None:
    """The course over time, and below it the table."""
    from kpucli.cli.terminal import make_console, print_table
    from kpucli.views.picture import draw_course, make_table

    console = make_console()
    width = console.width if console.is_terminal else 80
    typer.echo(draw_course(found, width), nl=False)
    if limit is None and grouping is Grouping.ARTICLE:
        limit = _TOP
    print_table(make_table(found, grouping.value, limit))


@app.command("record", help=_("Hitung berita yang dilihat dari log peladen web."))
def record(
    logs: Annotated[
        list[str],
        typer.Argument(
            metavar=_("LOG..."),
            help=_("Berkas log, juga yang dimampatkan; - untuk masukan baku."),
        ),
    ],
    output: Annotated[
        RecordFormat, typer.Option("--format", help=_("Bentuk keluaran."))
    ] = RecordFormat.TEXT,
) -> None:
    from kpucli.cli.context import open_archive, read_clock
    from kpucli.json_text import format_json_line
    from kpucli.views.recording import record_logs
    from kpucli.views.store import write_store

    config, archive = open_archive()
    addresses, failures = _read_addresses(config, archive)
    with write_store(config.root) as store:
        tally, errors = record_logs(logs, store, addresses, read_clock(config))
    if output is RecordFormat.JSON:
        counts = {
            "lines": tally.lines,
            "counted": tally.counted,
            "bots": tally.bots,
            "skipped": tally.skipped,
        }
        typer.echo(format_json_line(counts))
    _tell(tally, errors)
    if errors or failures:
        raise typer.Exit(2)


def _read_addresses(config: Config, archive: Archive) -> tuple[Addresses, list[ArticleError]]:
    """The addresses of the archive's articles; what cannot be read is told."""
    from kpucli.cli.terminal import report_failures
    from kpucli.views.addresses import collect_addresses

    failures: list[ArticleError] = []
    addresses = collect_addresses(archive.articles(failures), config.base_url, config.zone)
    report_failures(failures)
    return addresses, failures


def _tell(tally: Tally, errors: list[KpuError]) -> None:
    from kpucli.i18n import ngettext
    from kpucli.printable import group_thousands

    for error in errors:
        report_error(error)
    words = _("{lines} baris: {counted} dilihat, {bots} bot, {skipped} dilewati.")
    numbers = {
        "lines": tally.lines, "counted": tally.counted,
        "bots": tally.bots, "skipped": tally.skipped,
    }  # fmt: skip
    notice(words.format(**{name: group_thousands(number) for name, number in numbers.items()}))
    if tally.late:
        words = ngettext(
            "{number} permintaan dari hari yang sudah ditutup dilewati ({first} s.d. {last}).",
            "{number} permintaan dari hari yang sudah ditutup dilewati ({first} s.d. {last}).",
            tally.late.total(),
        )
        number = group_thousands(tally.late.total())
        notice(words.format(number=number, first=min(tally.late), last=max(tally.late)))
    if tally.untimely:
        words = ngettext(
            "{number} permintaan bertanggal sebelum beritanya atau sesudah hari ini dilewati.",
            "{number} permintaan bertanggal sebelum beritanya atau sesudah hari ini dilewati.",
            tally.untimely,
        )
        notice(words.format(number=group_thousands(tally.untimely)))
    if tally.crowded:
        notice(
            _(
                "Satu alamat memakai sangat banyak peramban untuk satu berita dan dianggap bot."
                " Bila situs ini di belakang proksi, atur peladen agar mencatat alamat pengunjung."
            )
        )


@app.command("export", help=_("Tulis angka dilihat per berita dan hari ke stdout."))
def export(
    output: Annotated[
        ExportFormat, typer.Option("--format", help=_("Bentuk keluaran."))
    ] = ExportFormat.CSV,
) -> None:
    from kpucli.cli.context import open_archive
    from kpucli.views.exchange import EXPORT_FORMATS
    from kpucli.views.store import read_store

    config, _archive = open_archive()
    typer.echo(EXPORT_FORMATS[output.value](read_store(config.root)), nl=False)


@app.command("import", help=_("Ambil angka dilihat dari program lain, atau dari hasil ekspor."))
def import_(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar=_("BERKAS..."),
            help=_(
                "CSV atau JSON dengan kolom `path`, `date`, `views`, atau ekspor GoatCounter,"
                " Matomo, Plausible, Umami, juga ZIP; - untuk masukan baku."
            ),
        ),
    ],
) -> None:
    from kpucli.cli.context import open_archive, read_clock
    from kpucli.i18n import ngettext
    from kpucli.printable import group_thousands
    from kpucli.views.exchange import import_counts
    from kpucli.views.store import write_store

    config, archive = open_archive()
    addresses, failures = _read_addresses(config, archive)
    with write_store(config.root) as store:
        changed, others = import_counts(files, store, addresses, read_clock(config))
    words = ngettext(
        "{number} angka harian baru atau berubah.",
        "{number} angka harian baru atau berubah.",
        changed,
    )
    notice(words.format(number=group_thousands(changed)))
    if others:
        words = ngettext(
            "{number} baris tentang halaman lain dilewati.",
            "{number} baris tentang halaman lain dilewati.",
            others,
        )
        notice(words.format(number=group_thousands(others)))
    if failures:
        raise typer.Exit(2)
