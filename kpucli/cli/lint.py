"""`kpucli lint`, also `kpucli validate`: check articles and put right what can be."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.cli.completion import complete_article
from kpucli.i18n import _

if TYPE_CHECKING:
    from kpucli.archive import Archive
    from kpucli.change import Change
    from kpucli.config import LintConfig
    from kpucli.errors import ArticleError
    from kpucli.lint.finding import Finding
    from kpucli.lint.rule import Rule

_STANDARD_INPUT = "-"


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


class _Fixing(StrEnum):
    """What is done with fixes."""

    NOT = "not"
    SAFE = "safe"
    ALL = "all"


def lint(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[LOKASI]..."),
            autocompletion=complete_article,
            help=_("Berkas, folder, TAHUN/slug, atau slug; - untuk masukan baku; kosong: semua."),
        ),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help=_("Betulkan yang pasti, lalu laporkan sisanya."))
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes", help=_("Seperti --fix, juga yang hasilnya perlu diperiksa.")
        ),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help=_("Tampilkan pembetulannya saja; tidak menulis apa pun."))
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar=_("KODE"), help=_("Hanya aturan atau kelompok ini; boleh diulang.")),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar=_("KODE"), help=_("Tanpa aturan atau kelompok ini; boleh diulang.")),
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar=_("KODE"), help=_("Jelaskan satu aturan lalu keluar."))
    ] = None,
    output: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TEXT,
    stdin_filename: Annotated[
        str | None,
        typer.Option(metavar=_("BERKAS"), help=_("Nama berkas untuk teks dari masukan baku.")),
    ] = None,
) -> None:
    from kpucli.cli.context import open_archive

    if explain is not None:
        _explain(explain)
        return
    config, archive = open_archive()
    rules = _choose_rules(config.lint, select, ignore)
    fixing = _Fixing.ALL if unsafe_fixes else _Fixing.SAFE if fix or diff else _Fixing.NOT
    if _STANDARD_INPUT in (paths or ()):
        _require_alone(paths or [])
        _lint_standard_input(archive, rules, stdin_filename or "-", fixing, diff, output)
    else:
        _lint_files(archive, rules, paths or [], fixing, diff, output)


def _explain(name: str) -> None:
    from kpucli.lint.explain import explain
    from kpucli.lint.selection import find_rule

    typer.echo(explain(find_rule(name)), nl=False)


def _choose_rules(
    config: LintConfig, select: Iterable[str] | None, ignore: Iterable[str] | None
) -> tuple[Rule, ...]:
    """The rules of the command line; where it selects none, those of the configuration."""
    from kpucli.lint.selection import select_rules

    selected, ignored = _codes(select), _codes(ignore)
    if selected:
        return select_rules(selected, ignored)
    return select_rules(config.select, (*config.ignore, *ignored))


def _codes(values: Iterable[str] | None) -> list[str]:
    return [code.strip() for value in values or () for code in value.split(",") if code.strip()]


def _require_alone(paths: list[str]) -> None:
    from kpucli.errors import KpuError

    if len(paths) > 1:
        raise KpuError(_("Masukan baku (-) tidak dapat digabung dengan lokasi lain."))


def _lint_files(
    archive: Archive,
    rules: Sequence[Rule],
    names: list[str],
    fixing: _Fixing,
    diff: bool,
    output: Format,
) -> None:
    from kpucli.cli.terminal import report_failures
    from kpucli.lint.engine import check
    from kpucli.lint.fixes import plan_fixes
    from kpucli.lint.targets import find_targets

    targets = find_targets(archive, names)
    failed = False
    if fixing is not _Fixing.NOT:
        failures: list[ArticleError] = []
        is_unsafe = fixing is _Fixing.ALL
        changes = plan_fixes(archive, targets, rules, failures, unsafe=is_unsafe)
        if diff:
            _show(changes)
            report_failures(failures)
            raise typer.Exit(1 if changes or failures else 0)
        failed = not _write(changes)
    found = _report(check(archive, targets, rules), output, len(targets))
    if failed:
        raise typer.Exit(2)
    if found:
        raise typer.Exit(1)


def _lint_standard_input(
    archive: Archive,
    rules: Sequence[Rule],
    name: str,
    fixing: _Fixing,
    diff: bool,
    output: Format,
) -> None:
    """As `_lint_files` for one text; `--fix` writes the text to stdout, findings to stderr."""
    from pathlib import Path

    from kpucli.errors import ArticleError
    from kpucli.lint.engine import check_text
    from kpucli.lint.fixes import fix_text
    from kpucli.lint.targets import archive_path

    content = sys.stdin.buffer.read()
    path = archive_path(archive, Path(name))
    if fixing is not _Fixing.NOT:
        try:
            change = fix_text(content, path, archive, rules, unsafe=fixing is _Fixing.ALL)
        except ArticleError:
            change = None  # the finding says it
        if diff and change is not None:
            _show([] if change.is_empty else [change])
            raise typer.Exit(0 if change.is_empty else 1)
        if change is not None:
            content = change.after
        if not diff:
            typer.echo(content, nl=False)
    to_stderr = fixing is not _Fixing.NOT
    if _report(check_text(content, path, archive, rules), output, 1, to_stderr=to_stderr):
        raise typer.Exit(1)


def _show(changes: Iterable[Change]) -> None:
    from kpucli.printable import printable

    for change in changes:
        diff = change.diff()
        if sys.stdout.isatty():
            diff = "".join(f"{printable(line)}\n" for line in diff.split("\n")[:-1])
        typer.echo(diff, nl=False)


def _write(changes: Iterable[Change]) -> bool:
    """Write what can be written; whether all could."""
    from kpucli.change import write_changes
    from kpucli.cli.terminal import notice, report_error
    from kpucli.errors import KpuError
    from kpucli.i18n import ngettext

    written, failed = 0, False
    for change in changes:
        try:
            written += write_changes([change])
        except KpuError as error:
            report_error(error)
            failed = True
    if written:
        words = ngettext("{number} artikel dibetulkan.", "{number} artikel dibetulkan.", written)
        notice(words.format(number=written))
    return not failed


def _report(
    findings: Iterable[Finding], output: Format, checked: int, *, to_stderr: bool = False
) -> bool:
    """Write findings and a summary; whether there is one that fails the run."""
    from kpucli.cli.terminal import notice
    from kpucli.lint.formats import formatter
    from kpucli.lint.tally import Tally

    stream = sys.stderr if to_stderr else sys.stdout
    tally = Tally(checked)
    write = formatter(output, colour=_has_colour(stream.isatty()))
    for text in write(tally.count(findings)):
        typer.echo(text, nl=False, err=to_stderr)
    notice(tally.summary())
    return tally.fails


def _has_colour(is_terminal: bool) -> bool:
    import os

    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
