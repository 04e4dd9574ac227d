"""`kpucli caption`: texts to post an article with, for each network."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.cli.arguments import ArticleName
from kpucli.cli.terminal import notice, report_failures
from kpucli.errors import KpuError, RefusedError
from kpucli.i18n import _

if TYPE_CHECKING:
    from kpucli.article import Article
    from kpucli.caption import Caption
    from kpucli.config import Config


class NetworkName(StrEnum):
    """Where a caption is for."""

    INSTAGRAM = "instagram"
    X = "x"
    TIKTOK = "tiktok"
    FACEBOOK = "facebook"
    WHATSAPP = "whatsapp"


class Format(StrEnum):
    """How captions are written."""

    TEXT = "text"
    JSON = "json"


def caption(
    name: ArticleName,
    networks: Annotated[
        list[NetworkName] | None,
        typer.Option("--network", "-n", help=_("Hanya untuk jejaring ini; boleh diulang.")),
    ] = None,
    copy: Annotated[
        bool,
        typer.Option("--copy", help=_("Salin ke papan klip; sebutkan satu --network.")),
    ] = False,
    output: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TEXT,
) -> None:
    from kpucli.caption import NETWORKS, copy_text, make_story, write_caption
    from kpucli.cli.context import open_archive

    names = list(NetworkName) if networks is None else networks
    if copy and len(set(names)) != 1:
        raise KpuError(
            _("Yang disalin hanya satu takarir."),
            _("Sebutkan jejaringnya, misalnya --network instagram."),
        )
    config, archive = open_archive()
    article = archive.find(name)
    _check_link(article, config)
    story = make_story(article, config)
    captions: list[Caption] = []
    refused: list[KpuError] = []
    for network in NETWORKS:
        if network.key in names:
            try:
                captions.append(write_caption(story, network, config.caption))
            except RefusedError as error:
                refused.append(error)
    _show(captions, output)
    report_failures(refused)
    if copy and captions:
        copy_text(captions[0].text)
        notice(_("Takarir {network} sudah disalin.").format(network=captions[0].network.name))
    if refused:
        raise typer.Exit(1)


def _check_link(article: Article, config: Config) -> None:
    """Say what keeps readers from following the link; news that was withdrawn is not spread."""
    from kpucli.article import Status
    from kpucli.cli.context import read_clock
    from kpucli.dates import say_date, say_time

    if config.base_url.startswith("http://localhost"):
        notice(_("Tautannya belum ke situs Anda; isi `base_url` di konfigurasi."))
    status = article.status(read_clock(config))
    if status is Status.WITHDRAWN:
        raise RefusedError(_("Berita ini sudah ditarik."), path=article.path)
    if status is Status.DRAFT:
        notice(_("Berita ini masih draf; tautannya belum dapat dibuka."))
    elif status is Status.SCHEDULED:
        words = _("Berita ini baru terbit {date} pukul {time}; tautannya belum dapat dibuka.")
        notice(words.format(date=say_date(article.date), time=say_time(article.date)))


def _show(captions: list[Caption], output: Format) -> None:
    from kpucli.json_text import format_json

    if output is Format.JSON:
        rows = [
            {
                "network": item.network.key,
                "text": item.text,
                "characters": item.characters,
                "limit": item.limit,
                "hashtags": item.hashtags,
            }
            for item in captions
        ]
        typer.echo(format_json(rows), nl=False)
    elif len(captions) == 1:
        typer.echo(captions[0].text)  # as it is, for other programs
        notice(_say_length(captions[0]))
    else:
        parts = [f"── {_say_length(item)} ──\n\n{item.text}\n" for item in captions]
        typer.echo("\n".join(parts), nl=False)


def _say_length(item: Caption) -> str:
    from kpucli.printable import group_thousands

    words = _("{network}: {characters} dari {limit} karakter, {hashtags} tagar")
    return words.format(
        network=item.network.name,
        characters=group_thousands(item.characters),
        limit=group_thousands(item.limit),
        hashtags=item.hashtags,
    )
