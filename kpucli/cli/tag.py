"""`kpucli tag`: list, add, remove, rename and merge tags."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.cli.arguments import DryRun
from kpucli.cli.completion import complete_article, complete_tag
from kpucli.cli.terminal import notice, print_changes, print_table, report_failures
from kpucli.errors import ArticleError
from kpucli.i18n import _

if TYPE_CHECKING:
    from rich.table import Table

    from kpucli.archive import Archive
    from kpucli.article import Article
    from kpucli.change import Change
    from kpucli.tags import TagCount

    Plan = Callable[[list[Article], list[ArticleError]], list[Change]]

app = typer.Typer(help=_("Lihat, tambah, hapus, ganti, dan gabungkan tag."), no_args_is_help=True)

_Tag = Annotated[str, typer.Argument(metavar=_("TAG"), autocompletion=complete_tag, help=_("Tag."))]
_Articles = Annotated[
    list[str],
    typer.Argument(
        metavar=_("ARTIKEL..."),
        autocompletion=complete_article,
        help=_("Lokasi berkas, TAHUN/slug, atau slug; boleh beberapa."),
    ),
]
_Only = Annotated[
    list[str] | None,
    typer.Option(
        "--in",
        metavar=_("ARTIKEL"),
        autocompletion=complete_article,
        help=_("Hanya di artikel ini, bukan di seluruh arsip; boleh diulang."),
    ),
]


class Format(StrEnum):
    """How the tags are written."""

    TABLE = "table"
    JSON = "json"
    PLAIN = "plain"


@app.command("list", help=_("Tampilkan semua tag, jumlah berita, dan jumlah dilihat."))
def list_tags(
    output: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TABLE,
) -> None:
    from kpucli.cli.context import open_archive
    from kpucli.counted import read_counted
    from kpucli.json_text import format_json
    from kpucli.printable import printable
    from kpucli.tags import count_tags, find_twins

    failures: list[ArticleError] = []
    config, archive = open_archive()
    counts = count_tags(read_counted(config.root).add_to(archive.articles(failures)))
    report_failures(failures)
    if output is Format.JSON:
        rows = [
            {"tag": count.tag, "articles": count.articles, "views": count.views} for count in counts
        ]
        typer.echo(format_json(rows), nl=False)
    elif output is Format.PLAIN:
        typer.echo("".join(f"{printable(count.tag)}\n" for count in counts), nl=False)
    else:
        print_table(_make_table(counts))
    for twins in find_twins(count.tag for count in counts):
        notice(
            _("Tag ini tampaknya sama: {tags}. Gabungkan dengan `kpucli tag merge`.").format(
                tags=", ".join(f"“{tag}”" for tag in twins)
            )
        )
    if failures:
        raise typer.Exit(2)


def _make_table(counts: list[TagCount]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from kpucli.printable import group_thousands, printable

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(_("Tag"), overflow="fold")
    table.add_column(_("Berita"), justify="right")
    table.add_column(_("Dilihat"), justify="right")
    for count in counts:
        table.add_row(
            Text(printable(count.tag)),
            group_thousands(count.articles),
            group_thousands(count.views),
        )
    return table


@app.command("add", help=_("Tambahkan tag ke artikel."))
def add(tag: _Tag, articles: _Articles, dry_run: DryRun = False) -> None:
    from kpucli.tags import add_tag, check_tag

    new = check_tag(tag)
    _apply(lambda chosen, failures: add_tag(chosen, new, failures), articles, dry_run=dry_run)


@app.command("remove", help=_("Hapus tag dari artikel."))
def remove(tag: _Tag, articles: _Articles, dry_run: DryRun = False) -> None:
    from kpucli.tags import remove_tag, require_tags

    def plan(chosen: list[Article], failures: list[ArticleError]) -> list[Change]:
        changes = remove_tag(chosen, tag, failures)
        if not changes and not failures:
            require_tags(chosen, [tag])
        return changes

    _apply(plan, articles, dry_run=dry_run)


@app.command("rename", help=_("Ganti nama tag di seluruh arsip."))
def rename(
    old: Annotated[
        str,
        typer.Argument(metavar=_("LAMA"), autocompletion=complete_tag, help=_("Tag sekarang.")),
    ],
    new: Annotated[str, typer.Argument(metavar=_("BARU"), help=_("Tag sesudahnya."))],
    only: _Only = None,
    dry_run: DryRun = False,
) -> None:
    from kpucli.tags import check_tag, replace_tags, require_tags

    wanted = check_tag(new)

    def plan(chosen: list[Article], failures: list[ArticleError]) -> list[Change]:
        require_tags(chosen, [old])
        if wanted != old and any(wanted in article.tags for article in chosen):
            notice(_("Tag “{tag}” sudah ada; keduanya menjadi satu.").format(tag=wanted))
        return replace_tags(chosen, [old], wanted, failures)

    _apply(plan, only, dry_run=dry_run)


@app.command("merge", help=_("Gabungkan beberapa tag menjadi satu di seluruh arsip."))
def merge(
    old: Annotated[
        list[str],
        typer.Argument(
            metavar=_("LAMA..."), autocompletion=complete_tag, help=_("Tag yang digabungkan.")
        ),
    ],
    into: Annotated[
        str,
        typer.Option(
            "--into", metavar=_("BARU"), autocompletion=complete_tag, help=_("Tag hasil gabungan.")
        ),
    ],
    only: _Only = None,
    dry_run: DryRun = False,
) -> None:
    from kpucli.tags import check_tag, replace_tags, require_tags

    wanted = check_tag(into)

    def plan(chosen: list[Article], failures: list[ArticleError]) -> list[Change]:
        require_tags(chosen, old)
        return replace_tags(chosen, old, wanted, failures)

    _apply(plan, only, dry_run=dry_run)


def _apply(plan: Plan, names: list[str] | None, *, dry_run: bool) -> None:
    """Plan over the named articles, or the whole archive; then show the changes, or write them."""
    from kpucli.change import write_changes
    from kpucli.cli.context import open_archive
    from kpucli.i18n import ngettext

    failures: list[ArticleError] = []
    chosen = _choose(open_archive()[1], names, failures)
    try:
        changes = plan(chosen, failures)
    finally:
        report_failures(failures)
    if dry_run:
        print_changes(changes)
    else:
        write_changes(changes)
    words = (
        ngettext("{number} artikel akan diubah.", "{number} artikel akan diubah.", len(changes))
        if dry_run
        else ngettext("{number} artikel diubah.", "{number} artikel diubah.", len(changes))
    )
    notice(words.format(number=len(changes)))
    if failures:
        raise typer.Exit(2)


def _choose(
    archive: Archive, names: list[str] | None, failures: list[ArticleError]
) -> list[Article]:
    """The articles meant; those that cannot be read go to `failures`.

    Raises `KpuError`, before anything is changed, for a name that no article has.
    """
    if names is None:
        return list(archive.articles(failures))
    chosen = {}
    for name in names:
        try:
            article = archive.find(name)
        except ArticleError as error:
            failures.append(error)
        else:
            chosen[article.path] = article
    return list(chosen.values())
