"""The framework's words that do not go through gettext, put into our users' language."""

from __future__ import annotations

import typer
from click import Command, Context, Group, Parameter

from kpucli.i18n import _

TYPE_NAMES = {
    "text": _("teks"),
    "integer": _("bilangan"),
    "integer range": _("bilangan"),
    "float": _("pecahan"),
    "filename": _("berkas"),
}


def translate_framework(command: Command) -> None:
    """Give a command, and all below it, our words where Click and Typer have fixed ones."""
    command.options_metavar = _("[OPSI]")
    for parameter in command.params:
        _translate_parameter(parameter)
    if isinstance(command, Group):
        command.subcommand_metavar = _("PERINTAH [ARGUMEN]...")
        for child in command.commands.values():
            translate_framework(child)


def _translate_parameter(parameter: Parameter) -> None:
    name = getattr(parameter.type, "name", "")
    if name in TYPE_NAMES:
        parameter.type.name = TYPE_NAMES[name]
    if parameter.name == "install_completion":
        parameter.help = _("Pasang pelengkapan perintah untuk shell ini.")  # type: ignore[attr-defined]
        parameter.callback = _install_completion
    elif parameter.name == "show_completion":
        parameter.help = _("Tampilkan skrip pelengkapan perintah untuk shell ini.")  # type: ignore[attr-defined]


def _install_completion(context: Context, _parameter: Parameter, value: object) -> None:
    if not value or context.resilient_parsing:
        return
    from shellingham import ShellDetectionFailure, detect_shell
    from typer._completion_shared import install

    from kpucli.errors import KpuError

    try:
        shell = value if isinstance(value, str) else detect_shell()[0]
        installed, path = install(shell=shell)
    except (ShellDetectionFailure, typer.Exit):
        raise KpuError(_("Shell ini tidak dikenal; pelengkapan tidak dipasang.")) from None
    typer.echo(
        _(
            "Pelengkapan untuk {shell} dipasang di {path}. Buka terminal baru untuk memakainya."
        ).format(shell=installed, path=path)
    )
    raise typer.Exit
