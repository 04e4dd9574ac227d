"""What `kpucli lint` does: a run over files or a text, again and again, or a word more."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kpucli.archive import Archive
from kpucli.change import Change, write_changes
from kpucli.cli.context import open_archive
from kpucli.cli.lint_options import STANDARD_INPUT, Fixing, Options
from kpucli.cli.progress import LateProgress
from kpucli.cli.terminal import harmless, notice, report_error, report_failures
from kpucli.config import Config
from kpucli.errors import ArticleError, KpuError
from kpucli.i18n import _, ngettext
from kpucli.lint.engine import UNPLACED, Target, target_path
from kpucli.lint.finding import Finding
from kpucli.lint.fixes import Sift
from kpucli.lint.formats import formatter
from kpucli.lint.linter import Linter, make_linter
from kpucli.lint.policy import Policy, make_policy
from kpucli.lint.tally import Tally
from kpucli.lint.targets import archive_path, find_targets

if TYPE_CHECKING:
    from kpucli.index import Index
    from kpucli.lint.baseline import Baseline


def run(options: Options) -> int:
    """Check once; the exit code."""
    config, archive = open_archive()
    policy = make_policy(config, options.select, options.ignore)
    with ExitStack() as stack:

        def open_index() -> Index:
            from kpucli.index import Index  # SQLite takes time to import

            return stack.enter_context(Index(config.root))

        desk = _Desk(options, config, archive, policy, open_index if options.remembers else None)
        return desk.run_on_text() if options.reads_stdin else desk.run_on_files()


def watch(options: Options) -> int:
    """Check now and after every change, until somebody stops it."""
    import threading

    from kpucli.lint.dictionary import dictionary_path
    from kpucli.publish.watch import Watch

    config, archive = open_archive()
    places = [archive.root, dictionary_path(config), *map(Path, options.names)]
    # What changes while the first run goes on is not to be missed.
    changes = Watch([*places, *([config.source] if config.source else [])])
    try:
        _try_run(options)
        changes.run(lambda: _try_run(options), threading.Event())
    except KeyboardInterrupt:
        notice(_("Pemeriksaan dihentikan."))
    return 0


def add_words(words: Sequence[str]) -> None:
    """Add words to the office's own."""
    from kpucli.lint.dictionary import add_words

    if not words:
        raise KpuError(_("Sebutkan kata yang ditambahkan."), "kpucli lint --add-words Setiabudi")
    config, _archive = open_archive()
    change, new = add_words(config, words)
    write_changes([change])
    said = ngettext(
        "{number} kata ditambahkan ke {path}.", "{number} kata ditambahkan ke {path}.", len(new)
    )
    notice(said.format(number=len(new), path=change.path))


def _try_run(options: Options) -> None:
    """Check again; where that cannot be done, say why and go on waiting."""
    if sys.stdout.isatty():
        typer.clear()
    try:
        run(options)
    except KpuError as error:
        report_error(error)


class _Desk:
    """One run: what was asked, with what it needs."""

    def __init__(
        self,
        options: Options,
        config: Config,
        archive: Archive,
        policy: Policy,
        open_index: Callable[[], Index] | None,
    ) -> None:
        self.options = options
        self.config = config
        self.archive = archive
        self.policy = policy
        self.open_index = open_index
        self.baseline = self._read_baseline()

    def run_on_files(self) -> int:
        options = self.options
        targets = find_targets(self.archive, options.names)
        sifts: list[Sift] = []
        if options.changed is not None:
            targets = self._keep_changed(targets, sifts)
        if self.baseline and not options.updates_baseline:
            sifts.append(self.baseline.sift)
        failed = False
        if options.fixing is not Fixing.NOT:
            failures: list[ArticleError] = []
            changes = self._fix(targets, sifts, failures)
            if options.shows_diff:
                _show(changes)
                report_failures(failures)
                return 1 if changes or failures else 0
            failed = not _write(changes)
        found = self._check(targets, sifts)
        return 2 if failed else 1 if found else 0

    def run_on_text(self) -> int:
        """As `run_on_files` for one text; `--fix` writes it to stdout, findings to stderr."""
        options = self.options
        linter = self._make_linter(1, [self.baseline.sift] if self.baseline else [])
        content = sys.stdin.buffer.read()
        path = archive_path(self.archive, Path(options.stdin_name or STANDARD_INPUT))
        is_fixing = options.fixing is not Fixing.NOT
        if is_fixing:
            try:
                change = linter.fix_text(content, path, unsafe=options.fixing is Fixing.ALL)
            except ArticleError:
                change = None  # the finding says it
            if options.shows_diff and change is not None:
                _show([] if change.is_empty else [change])
                return 0 if change.is_empty else 1
            content = change.after if change is not None else content
            if not options.shows_diff:
                typer.echo(content, nl=False)
        return int(self._report(linter.check_text(content, path), 1, to_stderr=is_fixing))

    def _read_baseline(self) -> Baseline | None:
        options, settings = self.options, self.config.lint
        path = options.baseline
        if path is None and settings.baseline is not None:
            path = self.config.root / settings.baseline
        if path is not None:
            from kpucli.lint.baseline import read_baseline

            return read_baseline(path, self.config.root, may_be_missing=options.updates_baseline)
        if options.updates_baseline:
            raise KpuError(
                _("Belum ditentukan di berkas mana temuan lama dicatat."),
                _("Sebutkan dengan --baseline, atau sebagai `baseline` di [lint]."),
            )
        return None

    def _keep_changed(self, targets: Sequence[Target], sifts: list[Sift]) -> list[Target]:
        from kpucli.lint.changed import find_changes

        folder = self.archive.root if self.archive.root.is_dir() else Path()
        changes = find_changes(targets, folder, self.options.changed or None)
        notice(_("Hanya yang berubah sejak {base}.").format(base=changes.base))
        sifts.append(changes.sift)
        return changes.targets

    def _make_linter(self, count: int, sifts: Iterable[Sift]) -> Linter:
        linter = make_linter(self.config, self.archive, self.policy, self.open_index, count=count)
        return replace(linter, sifts=tuple(sifts))

    def _fix(
        self, targets: Sequence[Target], sifts: Iterable[Sift], failures: list[ArticleError]
    ) -> list[Change]:
        linter = self._make_linter(len(targets), sifts)
        is_unsafe = self.options.fixing is Fixing.ALL
        with LateProgress(_("Membetulkan"), len(targets)) as progress:
            return list(linter.fix(progress.track(targets), failures, unsafe=is_unsafe))

    def _check(self, targets: Sequence[Target], sifts: Iterable[Sift]) -> bool:
        """Report on targets; whether a finding fails the run."""
        linter = self._make_linter(len(targets), sifts)
        with LateProgress(_("Memeriksa"), len(targets)) as progress:
            findings: Iterable[Finding] = linter.check(progress.track(targets))
            if self.options.updates_baseline:
                findings = self._update_baseline(list(findings), targets)
            fails = self._report(findings, len(targets), progress.out_of_the_way)
        if self.baseline and self.options.counts and self.options.changed is None:
            self._tell_gone(self.baseline, targets)
        return fails

    def _update_baseline(
        self, findings: list[Finding], targets: Sequence[Target]
    ) -> Iterable[Finding]:
        """Write the baseline anew; the findings that it does not take."""
        from kpucli.lint.baseline import read_baseline

        assert self.baseline is not None
        change = self.baseline.update(findings, *self._looked_for(targets))
        write_changes([change])
        baseline = read_baseline(self.baseline.path, self.config.root)
        said = ngettext(
            "{number} temuan lama dicatat di {path}.",
            "{number} temuan lama dicatat di {path}.",
            baseline.counts.total(),
        )
        notice(said.format(number=baseline.counts.total(), path=change.path))
        by_article = groupby(findings, key=lambda finding: finding.path)
        return [item for _path, group in by_article for item in baseline.sift(group)]

    def _tell_gone(self, baseline: Baseline, targets: Sequence[Target]) -> None:
        gone = baseline.count_gone(*self._looked_for(targets))
        if gone:
            said = ngettext(
                "{number} temuan lama sudah tidak ada; hapus dari daftar dengan --update-baseline.",
                "{number} temuan lama sudah tidak ada; hapus dari daftar dengan --update-baseline.",
                gone,
            )
            notice(said.format(number=gone))

    def _looked_for(self, targets: Iterable[Target]) -> tuple[set[Path], set[str]]:
        paths = {target_path(target) for target in targets}
        return paths, {rule.code for rule in self.policy.rules} | UNPLACED

    def _report(
        self,
        findings: Iterable[Finding],
        checked: int,
        aside: Callable[[], AbstractContextManager[None]] = nullcontext,
        *,
        to_stderr: bool = False,
    ) -> bool:
        """Write findings, or how many there are, and a summary; whether one fails the run.

        `aside` makes room on the terminal for as long as something is written.
        """
        stream = sys.stderr if to_stderr else sys.stdout
        tally = Tally(checked)
        passing = tally.count(findings)
        if self.options.counts:
            from kpucli.lint.statistics import FORMATS, count_by_rule

            pieces: Iterable[str] = [FORMATS[self.options.output](count_by_rule(passing))]
        else:
            colour = _has_colour(stream.isatty())
            pieces = formatter(self.options.output, colour=colour)(passing)
        for text in pieces:
            with aside():
                typer.echo(text, nl=False, err=to_stderr)
        with aside():
            notice(tally.summary())
        return tally.fails


def _show(changes: Iterable[Change]) -> None:
    for change in changes:
        diff = change.diff()
        typer.echo(harmless(diff) if sys.stdout.isatty() else diff, nl=False)


def _write(changes: Iterable[Change]) -> bool:
    """Write what can be written; whether all could."""
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


def _has_colour(is_terminal: bool) -> bool:
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
