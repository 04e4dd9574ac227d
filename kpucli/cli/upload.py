"""`kpucli upload`: send the site to where the public reads it."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kpucli.cli.arguments import SiteFolder
from kpucli.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from kpucli.config import Config
    from kpucli.upload.run import Outcome, Wishes
    from kpucli.upload.site import Site


class Format(StrEnum):
    """How the outcome is written."""

    TEXT = "text"
    JSON = "json"


def upload(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=_("TUJUAN"),
            help=_("Nama tujuan di konfigurasi; tidak perlu bila hanya ada satu."),
        ),
    ] = None,
    output: SiteFolder = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Katakan apa yang dikirim; tidak mengirim apa pun."))
    ] = False,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify", help=_("Bandingkan isi tujuan satu per satu, bukan menurut catatannya.")
        ),
    ] = False,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite", help=_("Ganti juga berkas di tujuan yang bukan kiriman kpucli.")
        ),
    ] = False,
    take_over: Annotated[
        bool,
        typer.Option("--take-over", help=_("Lanjutkan unggahan yang terputus di komputer lain.")),
    ] = False,
    allow_removals: Annotated[
        bool,
        typer.Option(
            "--allow-removals", help=_("Bolehkan lebih dari sepersepuluh tujuan dihapus.")
        ),
    ] = False,
    purge_list: Annotated[
        bool,
        typer.Option(
            "--purge-list", help=_("Cetak alamat yang berubah, untuk dihapus dari tembolok CDN.")
        ),
    ] = False,
    shape: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TEXT,
) -> None:
    import time

    from kpucli.cli.context import read_clock
    from kpucli.config import load_config
    from kpucli.json_text import format_json
    from kpucli.upload.run import Wishes

    started = time.monotonic()
    config = load_config()
    wishes = Wishes(dry_run, verify, take_over, overwrite, allow_removals)
    outcome = send_site(config, name, output or config.output, wishes, read_clock(config))
    seconds = time.monotonic() - started
    described = describe_outcome(outcome, config.base_url, seconds)
    if shape is Format.JSON:
        typer.echo(format_json(described), nl=False)
        return
    if purge_list:
        typer.echo("".join(f"{address}\n" for address in described["purge"]), nl=False)
    elif dry_run:
        _tell_paths(outcome)
    tell_outcome(outcome, seconds, dry_run=dry_run)


def send_site(
    config: Config, name: str | None, folder: Path, wishes: Wishes, now: datetime
) -> Outcome:
    """Send the site in a folder to the target of that name, with a bar on a terminal."""
    from kpucli.cli.progress import follow
    from kpucli.index import FOLDER, make_folder
    from kpucli.publish.commit import lock_output
    from kpucli.upload.journal import FOLDER as JOURNALS
    from kpucli.upload.run import upload
    from kpucli.upload.site import open_site
    from kpucli.upload.target import find_target

    target = find_target(config, name)
    make_folder(config.root / FOLDER)
    memory = config.root / FOLDER / JOURNALS
    memory.mkdir(exist_ok=True)
    folder = folder.resolve()
    bar = partial(follow, _("Mengirim"))

    def read_site() -> Site:
        with lock_output(folder):  # no publish changes what is being read
            _check_site(folder)
            return open_site(folder, memory)

    return upload(read_site, target, wishes, memory=memory, now=now, follow=bar)


def _check_site(folder: Path) -> None:
    from kpucli.errors import KpuError
    from kpucli.publish.generation import read_generation

    if read_generation(folder) is None:
        raise KpuError(
            _("Di sini tidak ada situs yang utuh."),
            _("Bangun dahulu dengan `kpucli publish`."),
            path=folder,
        )


def check_target(name: str, config: Config, *, dry_run: bool) -> None:
    """Raises `KpuError`, before a publish builds anything, where it could not be sent."""
    from kpucli.errors import KpuError
    from kpucli.upload.target import find_target

    if dry_run:
        raise KpuError(
            _("--to tidak dapat dipakai bersama --dry-run."),
            _("Yang akan dikirim ditunjukkan oleh `kpucli upload --dry-run`."),
        )
    find_target(config, name)


def send_built(
    name: str,
    config: Config,
    folder: Path,
    now: datetime,
    *,
    address: str | None,
    allow_removals: bool,
    is_told: bool,
) -> dict[str, Any]:
    """Send the site that was just built for an address; what is said of it for scripts."""
    import time

    from kpucli.upload.run import Wishes

    started = time.monotonic()
    wishes = Wishes(allow_removals=allow_removals)
    outcome = send_site(config, name, folder, wishes, now)
    seconds = time.monotonic() - started
    if is_told:
        tell_outcome(outcome, seconds, dry_run=False)
    return describe_outcome(outcome, (address or config.base_url).rstrip("/"), seconds)


def describe_outcome(outcome: Outcome, base_url: str, seconds: float) -> dict[str, Any]:
    """An upload's outcome for scripts; `purge` has the addresses whose content has changed."""
    from kpucli.upload.plan import make_address

    plan = outcome.plan
    paths = (*plan.added, *plan.changed, *plan.removed)
    return {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "removed": len(plan.removed),
        "unchanged": plan.unchanged,
        "sent": outcome.sent,
        "resumed": len(plan.resumed),
        "generation": outcome.generation,
        "elsewhere": outcome.elsewhere or None,
        "foreign": outcome.foreign,
        "purge": sorted({make_address(path, base_url) for path in paths}),
        "seconds": round(seconds, 3),
    }


def _tell_paths(outcome: Outcome) -> None:
    from kpucli.printable import printable

    plan = outcome.plan
    for sign, paths in (("+", plan.added), ("~", plan.changed), ("-", plan.removed)):
        for path in paths:
            typer.echo(f"{sign} {printable(path)}")


_SHOWN = 10  # foreign files that are named


def tell_outcome(outcome: Outcome, seconds: float, *, dry_run: bool) -> None:
    """Say on stderr what an upload did, and which files on the target are not ours."""
    from kpucli.cli.terminal import notice
    from kpucli.i18n import ngettext
    from kpucli.printable import group_thousands

    plan = outcome.plan
    if outcome.foreign:
        count = len(outcome.foreign)
        words = ngettext(
            "{number} berkas di tujuan bukan kiriman kpucli dan dibiarkan: {paths}",
            "{number} berkas di tujuan bukan kiriman kpucli dan dibiarkan: {paths}",
            count,
        )
        paths = ", ".join(outcome.foreign[:_SHOWN]) + (", …" if count > _SHOWN else "")
        notice(words.format(number=group_thousands(count), paths=paths))
    if outcome.elsewhere:
        words = _("Tujuan ini terakhir diunggah dari tempat lain ({time}).")
        notice(words.format(time=outcome.elsewhere))
    if plan.resumed:
        words = _("{number} berkas sudah ada di tujuan dari unggahan yang terputus.")
        notice(words.format(number=group_thousands(len(plan.resumed))))
    words = (
        _(
            "Akan dikirim: {added} berkas baru, {changed} berubah; {removed} dihapus, "
            "{unchanged} tetap."
        )
        if dry_run
        else _(
            "Terkirim: {added} berkas baru, {changed} berubah; {removed} dihapus, "
            "{unchanged} tetap ({seconds} detik)."
        )
    )
    notice(
        words.format(
            added=group_thousands(len(plan.added)),
            changed=group_thousands(len(plan.changed)),
            removed=group_thousands(len(plan.removed)),
            unchanged=group_thousands(plan.unchanged),
            seconds=f"{seconds:.1f}".replace(".", ","),
        )
    )
