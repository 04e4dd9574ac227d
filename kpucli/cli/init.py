"""`kpucli init`: a new office's folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kpucli.cli.terminal import ask, is_interactive, notice
from kpucli.i18n import _


def init(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="[FOLDER]", help=_("Folder kantor; tanpa ini folder ini."), show_default=False
        ),
    ] = Path(),
    name: Annotated[
        str | None,
        typer.Option("--name", metavar=_("NAMA"), help=_("Nama kantor, misalnya “KPU Kota Batu”.")),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar=_("ALAMAT"), help=_("Alamat situs."))
    ] = None,
    timezone: Annotated[
        str | None, typer.Option("--timezone", metavar="WIB|WITA|WIT", help=_("Zona waktu."))
    ] = None,
) -> None:
    import shlex

    from kpucli.change import write_changes
    from kpucli.config import Config
    from kpucli.dates import ZONES
    from kpucli.office import make_office, plan_office, refuse_prepared

    refuse_prepared(folder)
    standard = Config(root=folder, source=None)
    office = make_office(
        name=_ask(_("Nama kantor"), name, standard.name),
        base_url=_ask(_("Alamat situs"), base_url, standard.base_url),
        timezone=_ask(_("Zona waktu (WIB, WITA, WIT)"), timezone, standard.timezone),
    )
    now = datetime.now(ZONES[office.timezone]).replace(microsecond=0)
    changes = plan_office(folder, office, now)
    write_changes(changes)
    for change in changes:
        typer.echo(change.path.as_posix())
    notice(
        _("Folder siap.")
        if folder.resolve() == Path.cwd()
        else _("Folder siap; masuk dengan `cd {folder}`.").format(folder=shlex.quote(str(folder)))
    )
    notice(_("Lanjutkan dengan `kpucli new`, `kpucli serve`, atau `kpucli publish`."))


def _ask(question: str, given: str | None, default: str) -> str:
    """What the user gave, or answers; off a terminal the default."""
    if given is not None:
        return given
    return ask(question, default) if is_interactive() else default
