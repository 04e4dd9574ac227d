"""Parameters that more than one command takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpucli.cli.completion import complete_article
from kpucli.i18n import _

ArticleName = Annotated[
    str,
    typer.Argument(
        metavar=_("ARTIKEL"),
        autocompletion=complete_article,
        help=_("Lokasi berkas, TAHUN/slug, atau slug."),
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=_("Tampilkan perubahannya saja; tidak menulis apa pun."))
]
SiteFolder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=_("FOLDER"),
        help=_("Folder situs; tanpa ini menurut konfigurasi (public)."),
    ),
]
