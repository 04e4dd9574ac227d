"""`kpucli doctor`: say what is wrong with a set-up, and what to do about it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.i18n import _

if TYPE_CHECKING:
    from rich.table import Table

    from kpucli.doctor.result import Result


class Format(StrEnum):
    """How the results are written."""

    TEXT = "text"
    JSON = "json"


def doctor(
    offline: Annotated[
        bool,
        typer.Option("--offline", help=_("Jangan mencoba sambungan ke tujuan unggahan.")),
    ] = False,
    shape: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TEXT,
) -> None:
    from kpucli.cli.diagnosis import examine
    from kpucli.cli.terminal import notice, print_table
    from kpucli.doctor.result import Standing
    from kpucli.json_text import format_json

    results = list(examine(with_network=not offline))
    if shape is Format.JSON:
        typer.echo(format_json([_make_row(result) for result in results]), nl=False)
    else:
        print_table(_make_table(results))
        notice(_sum_up(results))
    if any(result.standing is Standing.WRONG for result in results):
        raise typer.Exit(1)


def _make_row(result: Result) -> dict[str, str]:
    """One result as scripts read it; the keys and their order are a promise."""
    return {
        "check": result.check,
        "status": result.standing.value,
        "message": result.message,
        "advice": result.advice,
    }


def _make_table(results: list[Result]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from kpucli.doctor.result import STANDING_WORDS, SUBJECTS, Standing
    from kpucli.printable import printable

    styles = {Standing.FINE: "green", Standing.ADVICE: "yellow", Standing.WRONG: "bold red"}
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(_("Keadaan"), no_wrap=True)
    table.add_column(_("Yang diperiksa"), no_wrap=True)
    table.add_column(_("Keterangan"), overflow="fold")
    for result in results:
        table.add_row(
            Text(_(STANDING_WORDS[result.standing]), style=styles[result.standing]),
            _(SUBJECTS[result.check]),
            Text(printable(" ".join(filter(None, (result.message, result.advice))))),
        )
    return table


def _sum_up(results: list[Result]) -> str:
    from kpucli.doctor.result import Standing
    from kpucli.i18n import ngettext

    counts = {
        standing: sum(1 for result in results if result.standing is standing)
        for standing in Standing
    }
    wrong, advice = counts[Standing.WRONG], counts[Standing.ADVICE]
    if not wrong and not advice:
        return _("Semuanya baik.")
    parts = []
    if wrong:
        words = ngettext("{number} hal harus dibenahi", "{number} hal harus dibenahi", wrong)
        parts.append(words.format(number=wrong))
    if advice:
        words = ngettext("{number} saran", "{number} saran", advice)
        parts.append(words.format(number=advice))
    return f"{', '.join(parts)}."
