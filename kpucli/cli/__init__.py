"""The commands, one short module each; the only place that imports Typer.

Command modules import what they work with inside their function, so that starting the program
costs no more than its help.
"""

from __future__ import annotations

from copy import copy
from typing import Annotated

import click
import typer

from kpucli.cli import (
    caption,
    correct,
    doctor,
    import_,
    init,
    lint,
    list_,
    new,
    publish,
    recap,
    rename,
    schema,
    serve,
    show,
    tag,
    upload,
    views,
)
from kpucli.cli.framework import translate_framework
from kpucli.i18n import _

app = typer.Typer(
    name="kpucli",
    help=_("Ruang redaksi kantor KPU: tulis, periksa, dan terbitkan berita."),
    rich_markup_mode=None,  # Rich's help doubles the time of --help
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    suggest_commands=False,  # Click suggests too, in words that can be translated
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback()
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help=_("Tampilkan versi lalu keluar."), is_eager=True)
    ] = False,
) -> None:
    if version:
        from kpucli import __version__

        typer.echo(f"kpucli {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from kpucli.cli.state import show_state

        show_state()


app.command("init", help=_("Siapkan folder kantor baru yang langsung dapat diterbitkan."))(
    init.init
)
app.command("new", help=_("Mulai berita baru; mencetak lokasi berkasnya."))(new.new)
app.add_typer(import_.app, name="import")
app.command("list", help=_("Tampilkan daftar berita beserta jumlah dilihat."))(list_.list_articles)
app.command("show", help=_("Tampilkan satu berita di terminal."))(show.show)
app.add_typer(tag.app, name="tag")
app.command("rename", help=_("Ganti slug berita; alamat lamanya tetap mengantar."))(rename.rename)
app.command("correct", help=_("Tambahkan ralat pada berita yang sudah terbit."))(correct.correct)
app.command("withdraw", help=_("Tarik berita yang sudah terbit, dengan alasannya."))(
    correct.withdraw
)
app.command("lint", cls=lint.LintCommand, help=_("Periksa berita sebelum terbit."))(lint.lint)
app.command("validate", cls=lint.LintCommand, help=_("Nama lain untuk lint."))(lint.lint)
app.command("publish", help=_("Bangun situs publik dari berita yang siap terbit."))(publish.publish)
app.command("caption", help=_("Siapkan takarir sebuah berita untuk media sosial dan WhatsApp."))(
    caption.caption
)
app.command("upload", help=_("Kirim situs ke peladen web atau penyimpanan."))(upload.upload)
app.add_typer(views.app, name="views")
app.command("recap", help=_("Buat laporan bulanan: daftar berita dan jumlah dilihat."))(recap.recap)
app.command("doctor", help=_("Periksa penyiapan: apa yang salah dan cara membenahinya."))(
    doctor.doctor
)
app.command("schema", help=_("Cetak JSON Schema untuk editor."))(schema.schema)
app.command("serve", help=_("Pratinjau situs beserta draf di komputer ini."))(serve.serve)


def _reduce(only: str | None) -> typer.Typer:
    """The application with one of its commands."""
    reduced = copy(app)
    reduced.registered_commands = [item for item in app.registered_commands if item.name == only]
    reduced.registered_groups = [item for item in app.registered_groups if item.name == only]
    return reduced


_ORDER = (
    "init",
    "new",
    "import",
    "list",
    "show",
    "tag",
    "rename",
    "correct",
    "withdraw",
    "lint",
    "validate",
    "publish",
    "upload",
    "serve",
    "caption",
    "views",
    "recap",
    "doctor",
    "schema",
)


def make_command(only: str | None = None) -> click.Command:
    """The command line, in the language that was chosen before this module was imported.

    `only` is the command that will be used, where that is known: to make the others takes a tenth
    of the whole time of a short run.
    """
    command = typer.main.get_command(_reduce(only) if only in _ORDER else app)
    assert isinstance(command, click.Group)
    # As the day in a newsroom goes; Typer lists groups of commands last.
    command.commands = {name: command.commands[name] for name in _ORDER if name in command.commands}
    translate_framework(command)
    return command
