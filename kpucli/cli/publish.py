"""`kpucli publish`: build the public site."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kpucli.cli.arguments import SiteFolder
from kpucli.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpucli.config import Config
    from kpucli.errors import KpuError
    from kpucli.publish.changes import Reason
    from kpucli.publish.commit import Outcome
    from kpucli.publish.search import MakeIndex, Record


class Format(StrEnum):
    """How the outcome is written."""

    TEXT = "text"
    JSON = "json"


def publish(
    output: SiteFolder = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", metavar=_("ALAMAT"), help=_("Alamat situs, bila lain.")),
    ] = None,
    clock: Annotated[
        str | None,
        typer.Option(
            "--now",
            metavar="ISO",
            help=_("Anggap sekarang saat ini, misalnya 2022-04-20T15:00:00+07:00."),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Katakan apa yang berubah; tidak menulis apa pun."))
    ] = False,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep",
            min=0,
            metavar=_("BANYAKNYA"),
            help=_("Situs sebelumnya yang disimpan; tanpa ini menurut konfigurasi (3)."),
        ),
    ] = None,
    allow_removals: Annotated[
        bool,
        typer.Option("--allow-removals", help=_("Bolehkan lebih dari sepersepuluh situs dihapus.")),
    ] = False,
    skip_errors: Annotated[
        bool,
        typer.Option(
            "--skip-errors",
            help=_("Terbitkan yang lain; berita yang berkesalahan tidak ikut (kode keluar 1)."),
        ),
    ] = False,
    rollback: Annotated[
        bool,
        typer.Option("--rollback", help=_("Kembalikan situs sebelum penerbitan terakhir.")),
    ] = False,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar=_("TUJUAN"), help=_("Lalu unggah ke tujuan bernama ini.")),
    ] = None,
    shape: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TEXT,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help=_("Katakan juga mengapa halaman dibuat dan cara memasangnya.")
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=_("Jangan katakan apa-apa bila berhasil."))
    ] = False,
) -> None:
    import time
    from contextlib import nullcontext

    from kpucli.cli.context import open_archive, read_clock, say_unconfigured
    from kpucli.cli.progress import follow
    from kpucli.cli.publishing import publish_archive, tell_left_out
    from kpucli.cli.terminal import notice, report_failures
    from kpucli.cli.upload import check_target, send_built
    from kpucli.index import Index
    from kpucli.publish.build import Publisher
    from kpucli.publish.clock import doubt_clock
    from kpucli.publish.commit import lock_output, prepare_spare, roll_back
    from kpucli.publish.ledger import Ledger
    from kpucli.publish.site import make_site
    from kpucli.workers import count_cores, follow_not

    started = time.monotonic()
    config, archive = open_archive()
    say_unconfigured(config)
    now = _read_now(clock, config) if clock is not None else read_clock(config)
    address = _check_address(base_url) if base_url is not None else None
    folder = check_output(output, config)
    if to is not None:
        check_target(to, config, dry_run=dry_run)
    doubt = doubt_clock(now, folder) if clock is None else None
    if doubt is not None:
        notice(doubt)
    # Locked before the articles are read: a slower publish never brings back an older site.
    with nullcontext() if dry_run else lock_output(folder):
        failures: list[KpuError] = []
        reasons: dict[str, Reason] = {}
        left_out = 0
        if rollback:
            outcome = roll_back(folder, dry_run=dry_run)
        else:
            site = make_site(config, address)
            with Index(config.root) as index:
                publisher = Publisher(
                    site=site,
                    now=now,
                    output=folder,
                    ledger=Ledger(index),
                    failures=failures,
                    follow=follow_not if quiet else follow,
                    reasons=reasons,
                    make_index=_make_index(config, keep=not dry_run),
                    keep=config.keep if keep is None else keep,
                    allow_removals=allow_removals,
                    dry_run=dry_run,
                    processes=count_cores(),
                )
                outcome, left_out = publish_archive(
                    publisher, config, archive, index, skip=skip_errors
                )
        report_failures(failures)
        words = _choose_words(dry_run=dry_run, rollback=rollback)
        seconds = time.monotonic() - started
        if not quiet if shape is Format.TEXT else to is None:
            _tell(outcome, seconds, shape, words, with_paths=dry_run)
        if verbose:
            _tell_reasons(outcome, reasons)
            _tell_way(outcome)
        if not dry_run:
            prepare_spare(folder, count_cores())
    if to is not None:
        sent = send_built(
            to, config, folder, now, address=address, allow_removals=allow_removals,
            is_told=shape is Format.TEXT and not quiet,
        )  # fmt: skip
        if shape is Format.JSON:
            _tell(outcome, seconds, shape, words, with_paths=False, upload=sent)
    tell_left_out(left_out)


def _read_now(words: str, config: Config) -> datetime:
    from kpucli.errors import KpuError

    try:
        now = datetime.fromisoformat(words)
    except ValueError:
        raise KpuError(
            _("--now “{words}” bukan waktu ISO 8601.").format(words=words),
            _("Tulis misalnya 2022-04-20T15:00:00+07:00."),
        ) from None
    return now if now.tzinfo else now.replace(tzinfo=config.zone)


def _check_address(address: str) -> str:
    from kpucli.config import is_site_address
    from kpucli.errors import KpuError

    if not is_site_address(address):
        raise KpuError(
            _("--base-url “{address}” bukan alamat situs.").format(address=address),
            _("Tulis misalnya https://kpu.malangkota.go.id."),
        )
    return address


def check_output(output: Path | None, config: Config) -> Path:
    """The output folder; never one that holds the articles or the configuration.

    Raises `KpuError`.
    """
    from kpucli.errors import KpuError

    chosen = (output or config.output).resolve()
    articles = config.articles.resolve()
    if chosen in (articles, *articles.parents) or articles in chosen.parents:
        raise KpuError(
            _("Folder situs tidak boleh memuat, atau berada di dalam, folder artikel."),
            path=output or config.output,
        )
    return output or config.output


def _make_index(config: Config, *, keep: bool) -> MakeIndex:
    """What makes the search index; where there can be none, the site does without and we say so."""
    from kpucli.cli.terminal import notice
    from kpucli.publish.search import SearchError, make_index

    def make(records: Sequence[Record]) -> Mapping[str, bytes]:
        try:
            return make_index(records, config, keep=keep)
        except SearchError as error:
            words = _("Situs terbit tanpa pencarian; halaman Cari mengarahkan ke arsip. {reason}")
            notice(words.format(reason=error))
            return {}

    return make


def _choose_words(*, dry_run: bool, rollback: bool) -> str:
    if dry_run:
        return _(
            "Akan ada {added} berkas baru, {changed} berubah, {removed} dihapus, {unchanged} tetap."
        )
    if rollback:
        return _(
            "Situs sebelumnya kembali: {added} berkas ditambah, {changed} berubah, "
            "{removed} dihapus, {unchanged} tetap ({seconds} detik)."
        )
    return _(
        "Situs selesai: {added} berkas baru, {changed} berubah, {removed} dihapus, "
        "{unchanged} tetap ({seconds} detik)."
    )


def _tell(
    outcome: Outcome,
    seconds: float,
    shape: Format,
    words: str,
    *,
    with_paths: bool,
    upload: dict[str, Any] | None = None,
) -> None:
    import json

    from kpucli.cli.terminal import notice
    from kpucli.printable import group_thousands, printable

    counts = {
        "added": len(outcome.added),
        "changed": len(outcome.changed),
        "removed": len(outcome.removed),
        "unchanged": outcome.unchanged,
    }
    if shape is Format.JSON:
        more = {} if upload is None else {"upload": upload}
        typer.echo(json.dumps({**counts, "seconds": round(seconds, 3), **more}))
        return
    if with_paths:
        for sign, paths in (("+", outcome.added), ("~", outcome.changed), ("-", outcome.removed)):
            for path in paths:
                typer.echo(f"{sign} {printable(path)}")
    numbers = {name: group_thousands(count) for name, count in counts.items()}
    notice(words.format(**numbers, seconds=f"{seconds:.1f}".replace(".", ",")))


def _tell_reasons(outcome: Outcome, reasons: Mapping[str, Reason]) -> None:
    """Why each file was made that is new or other than before."""
    from kpucli.cli.terminal import notice
    from kpucli.printable import printable
    from kpucli.publish.changes import Reason

    words = {
        Reason.UNKNOWN: _("seluruh situs dibuat: situs sebelumnya tidak dikenal"),
        Reason.FRAME: _("seluruh situs dibuat ulang: setelan, tema, atau kpucli berubah"),
        Reason.NEW: _("artikel baru"),
        Reason.REWRITTEN: _("artikel diubah"),
        Reason.VIEWS: _("angka dilihat atau foto berubah"),
        Reason.NEIGHBOUR: _("berita terkait berubah"),
        Reason.CONTENT: _("isi daftar berubah"),
    }
    if "" in reasons:
        notice(f"{words[reasons['']].capitalize()}.")
    for path in (*outcome.added, *outcome.changed):
        if path in reasons:
            notice(f"{printable(path)}: {words[reasons[path]]}")


def _tell_way(outcome: Outcome) -> None:
    from kpucli.cli.terminal import notice
    from kpucli.publish.placement import Way

    if outcome.way is Way.WHOLE:
        notice(_("Situs baru dipasang utuh dalam satu langkah."))
    elif outcome.way is Way.FILE_BY_FILE:
        notice(_("Folder ini tidak dapat ditukar utuh; berkasnya diganti satu per satu."))
