"""`kpucli lint`, also `kpucli validate`: check articles and put right what can be."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from click import Context
from typer.core import TyperCommand

from kpucli.cli.completion import complete_article
from kpucli.cli.lint_options import Fixing, Format, Options
from kpucli.i18n import _

if TYPE_CHECKING:
    from kpucli.lint.rule import Rule

_CHANGED = "--changed"
_ARTICLE = re.compile(r"\d{4}/[a-z0-9-]+")


class LintCommand(TyperCommand):
    """The command whose `--changed` may stand without a revision."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """As any command, after a lone `--changed` has been given its empty value."""
        return super().parse_args(ctx, _complete_changed(args))


def _complete_changed(arguments: list[str]) -> list[str]:
    """What follows `--changed` is a revision, unless it is an option, a path or `YYYY/slug`."""
    completed = []
    for argument, following in zip(arguments, [*arguments, "-"][1:], strict=True):
        is_place = _ARTICLE.fullmatch(following) or os.path.lexists(following)
        is_alone = following.startswith("-") or is_place
        completed.append(f"{_CHANGED}=" if argument == _CHANGED and is_alone else argument)
    return completed


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
    changed: Annotated[
        str | None,
        typer.Option(
            _CHANGED,
            metavar=_("[REV]"),
            help=_("Hanya baris yang berubah di git sejak REV; kosong: sejak cabang utama."),
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar=_("BERKAS"), help=_("Daftar temuan lama, yang tidak dilaporkan lagi.")
        ),
    ] = None,
    update_baseline: Annotated[
        bool,
        typer.Option("--update-baseline", help=_("Catat temuan sekarang di daftar temuan lama.")),
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help=_("Tampilkan jumlah temuan tiap aturan saja."))
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help=_("Periksa lagi setiap kali ada yang berubah."))
    ] = False,
    output: Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))] = Format.TEXT,
    stdin_filename: Annotated[
        str | None,
        typer.Option(metavar=_("BERKAS"), help=_("Nama berkas untuk teks dari masukan baku.")),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help=_("Periksa juga yang tidak berubah sejak lalu."))
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option(metavar=_("KODE"), help=_("Jelaskan satu aturan atau kelompok lalu keluar.")),
    ] = None,
    add_words: Annotated[
        bool,
        typer.Option(
            "--add-words", help=_("Tambahkan kata-kata di tempat LOKASI ke kamus kantor.")
        ),
    ] = False,
) -> None:
    from kpucli.cli import linting

    if explain is not None:
        _explain(explain)
        return
    if add_words:
        linting.add_words(paths or [])
        return
    options = Options(
        names=tuple(paths or ()),
        fixing=Fixing.ALL if unsafe_fixes else Fixing.SAFE if fix or diff else Fixing.NOT,
        shows_diff=diff,
        select=_codes(select),
        ignore=_codes(ignore),
        changed=changed,
        baseline=baseline,
        updates_baseline=update_baseline,
        counts=statistics,
        output=output,
        stdin_name=stdin_filename,
        remembers=not no_cache,
    )
    options.refuse_contradictions(watch=watch)
    raise typer.Exit(linting.watch(options) if watch else linting.run(options))


def _explain(pattern: str) -> None:
    from kpucli.lint.explain import explain, explain_group
    from kpucli.lint.selection import match_rules, unknown_rule

    rules: tuple[Rule, ...] = match_rules(pattern)
    if not rules:
        raise unknown_rule(pattern)
    typer.echo(explain(rules[0]) if len(rules) == 1 else explain_group(rules), nl=False)


def _codes(values: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(
        code.strip() for value in values or () for code in value.split(",") if code.strip()
    )
