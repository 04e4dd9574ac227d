"""`kpucli rename`: another slug for an article."""

from __future__ import annotations

from typing import Annotated

import typer

from kpucli.cli.arguments import ArticleName, DryRun
from kpucli.cli.terminal import notice, print_changes
from kpucli.i18n import _


def rename(
    name: ArticleName,
    slug: Annotated[str, typer.Argument(metavar=_("SLUG"), help=_("Slug sesudahnya."))],
    dry_run: DryRun = False,
) -> None:
    from kpucli import renaming
    from kpucli.cli.context import open_archive

    _config, archive = open_archive()
    article = archive.find(name)
    change = renaming.plan_rename(article, slug)
    if dry_run:
        print_changes([change])
        return
    renaming.rename(article, change)
    typer.echo(change.path)
    notice(_("Alamat lama mengantar ke alamat baru sesudah situs diterbitkan lagi."))
