"""`kpucli list`: the articles as a table, or for scripts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from kpucli.cli.completion import complete_category, complete_tag
from kpucli.cli.terminal import print_table, report_failures
from kpucli.errors import ArticleError
from kpucli.i18n import _


class Format(StrEnum):
    """How the list is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PLAIN = "plain"


class OrderName(StrEnum):
    """What the list is sorted by."""

    DATE = "date"
    VIEWS = "views"
    TITLE = "title"


def list_articles(
    tags: Annotated[
        list[str] | None,
        typer.Option(
            "--tag",
            "-t",
            metavar=_("TAG"),
            autocompletion=complete_tag,
            help=_("Hanya yang bertag ini; boleh diulang."),
        ),
    ] = None,
    statuses: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar=_("STATUS"),
            help=_("Hanya yang berstatus terbit, draf, terjadwal, atau ditarik."),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=_("TANGGAL"),
            help=_("Mulai hari ini, misalnya “1 April 2022” atau “April 2022”."),
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar=_("TANGGAL"), help=_("Sampai dengan hari ini.")),
    ] = None,
    author: Annotated[
        str | None,
        typer.Option(
            "--author", metavar=_("NAMA"), help=_("Hanya dari penulis yang namanya memuat ini.")
        ),
    ] = None,
    category: Annotated[
        str | None,
        typer.Option(
            "--category",
            metavar=_("KATEGORI"),
            autocompletion=complete_category,
            help=_("Hanya yang berkategori ini."),
        ),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(
            "--search",
            metavar=_("KATA"),
            help=_("Hanya yang judul, ringkasan, atau teksnya memuat ini."),
        ),
    ] = None,
    order: Annotated[
        OrderName, typer.Option("--sort", help=_("Urutkan menurut tanggal, dilihat, atau judul."))
    ] = OrderName.DATE,
    reverse: Annotated[bool, typer.Option("--reverse", help=_("Balik urutannya."))] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", min=0, metavar=_("JUMLAH"), help=_("Paling banyak sekian berita.")
        ),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TABLE,
) -> None:
    from kpucli import report
    from kpucli.cli.context import open_archive, read_clock
    from kpucli.counted import read_counted
    from kpucli.query import Order, Query, find_articles

    config, archive = open_archive()
    now = read_clock(config)
    query = Query(
        tags=tuple(tags or ()),
        statuses=tuple(report.read_status(word) for word in statuses or ()),
        since=_read_period(since, now)[0] if since is not None else None,
        until=_read_period(until, now)[1] if until is not None else None,
        author=author,
        category=category,
        search=search,
    )
    failures: list[ArticleError] = []
    found = find_articles(
        query,
        archive,
        config,
        now,
        failures,
        read_counted(config.root),
        order=Order(order.value),
        reverse=reverse,
        limit=limit,
    )
    report_failures(failures)
    if output is Format.TABLE:
        print_table(report.make_table(found, now))
    else:
        rows = [report.make_row(article, now, config) for article in found]
        typer.echo(report.FORMATS[output.value](rows), nl=False)
    if failures:
        raise typer.Exit(2)


def _read_period(words: str, now: datetime) -> tuple[datetime, datetime]:
    from kpucli.dates import read_period

    assert now.tzinfo is not None
    return read_period(words, now=now, zone=now.tzinfo)
