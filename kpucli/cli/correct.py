"""`kpucli correct` and `kpucli withdraw`: what happens to news after it is public."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.cli.arguments import ArticleName, DryRun
from kpucli.cli.terminal import notice, print_changes
from kpucli.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from kpucli.article import Article
    from kpucli.change import Change

    Plan = Callable[[Article, datetime], Change]


def correct(
    name: ArticleName,
    text: Annotated[
        str, typer.Argument(metavar=_("RALAT"), help=_("Apa yang keliru dan yang benar."))
    ],
    dry_run: DryRun = False,
) -> None:
    from kpucli.corrections import add_correction

    _apply(name, lambda article, now: add_correction(article, text, now), dry_run=dry_run)
    if not dry_run:
        notice(_("Ralat ditambahkan. Perbaiki juga teks beritanya, lalu terbitkan lagi."))


def withdraw(
    name: ArticleName,
    reason: Annotated[
        str, typer.Option("--reason", metavar=_("ALASAN"), help=_("Alasan yang dibaca umum."))
    ],
    dry_run: DryRun = False,
) -> None:
    from kpucli.corrections import withdraw

    _apply(name, lambda article, now: withdraw(article, reason, now), dry_run=dry_run)
    if not dry_run:
        notice(_("Berita ditarik. Sesudah terbit lagi, alamatnya memuat keterangan penarikan."))


def _apply(name: str, plan: Plan, *, dry_run: bool) -> None:
    """Plan for one article; then show the change, or write it."""
    from kpucli.change import write_changes
    from kpucli.cli.context import open_archive, read_clock

    config, archive = open_archive()
    change = plan(archive.find(name), read_clock(config))
    if dry_run:
        print_changes([change])
    else:
        write_changes([change])
