"""Talking to a terminal: messages, questions, harmless text, tables that fit where they go."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.printable import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from kpucli.change import Change

_WIDE_ENOUGH = 10_000  # columns of a table that goes to a file: nothing is cut or wrapped
_NARROWEST = 66  # below this rich leaves out columns; the terminal then breaks the lines
_LINE_PART = re.compile(r"(?:\r(?!\n)|[^\t\r\n])+")


def report_error(error: KpuError) -> None:
    """Say on stderr what is wrong, where, and what to do."""
    notice(_("Kesalahan: {error}").format(error=error))


def report_failures(failures: Iterable[KpuError]) -> None:
    """Say on stderr which articles or photographs could not be read."""
    for failure in failures:
        report_error(failure)


def notice(message: str) -> None:
    """Say something on stderr that is not data."""
    sys.stderr.write(f"{printable(message)}\n")


def is_interactive() -> bool:
    """Whether questions can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, default: str = "") -> str:
    """The answer to a question, on stderr where stdout is for scripts."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - arrow keys then move in the answer, not into it

    try:
        answer: str = typer.prompt(
            question, default=default, show_default=bool(default), err=not sys.stdout.isatty()
        )
    except typer.Abort:
        sys.stderr.write("\n")  # the cursor still stands behind the question
        raise
    return answer.strip()


def make_console() -> Console:
    """A console for stdout: colours on a terminal (unless NO_COLOR), nothing cut elsewhere."""
    from rich.console import Console

    if sys.stdout.isatty():
        return Console(highlight=False, markup=False, emoji=False)
    return Console(
        highlight=False, markup=False, emoji=False, width=_WIDE_ENOUGH, color_system=None
    )


def print_table(table: Table) -> None:
    """Show a table, as wide as the terminal; elsewhere whole, without blanks at line ends."""
    console = make_console()
    if console.is_terminal:
        console.width = max(console.width, _NARROWEST)
        console.print(table)
        return
    with console.capture() as capture:
        console.print(table)
    typer.echo("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()), nl=False)


def print_changes(changes: Iterable[Change]) -> None:
    """Show changes as a diff that cannot command the terminal."""
    for change in changes:
        typer.echo(harmless(change.diff()), nl=False)


def harmless(text: str) -> str:
    """Several lines, each made printable; tabs and line ends stay."""
    return _LINE_PART.sub(lambda part: printable(part.group()), text)
