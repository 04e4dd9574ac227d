"""The linter as what keeps errors from the public; needed only where an article has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from kpucli.archive import Archive
from kpucli.cli.terminal import notice
from kpucli.config import Config
from kpucli.errors import RefusedError
from kpucli.i18n import _, ngettext
from kpucli.lint.baseline import read_baseline
from kpucli.lint.finding import Finding
from kpucli.lint.gate import Gate, KnownOverview, inspect_articles
from kpucli.lint.policy import make_policy
from kpucli.outline import Outline
from kpucli.publish.build import Stock
from kpucli.publish.check import Verdict
from kpucli.workers import Follow

_WORTH_SHARING = 200  # articles that take longer to check than processes to start


@dataclass(frozen=True)
class LinterCheck:
    """The linter as a check of what is published; `errors` are those of files it cannot read.

    See `kpucli.publish.check.Check`.
    """

    mark: bytes
    config: Config
    archive: Archive
    stock: Stock
    errors: Sequence[str]
    processes: int
    follow: Follow

    def run(
        self,
        items: Sequence[Outline],
        everything: Sequence[Outline],
        recall_notes: Callable[[], dict[str, str]],
    ) -> Verdict:
        """The verdict on some articles, and on others whose errors hang on them."""
        if not items and not self.errors:
            return Verdict()
        gate = _make_gate(self.config, self.archive, self.stock.outlines)
        read = self.stock.library.read
        found = inspect_articles(
            gate,
            read,
            items,
            everything,
            recall_notes,
            processes=self.processes if len(items) >= _WORTH_SHARING else 1,
            follow=self.follow,
        )
        unsound = sorted(name for name, errors in found.errors.items() if errors)
        lines = [*self.errors, *(_say(error) for name in unsound for error in found.errors[name])]
        notes = {name: note for name, note in found.notes.items() if not found.errors[name]}
        return Verdict(notes, unsound, _refuse(lines, unsound) if lines else None)


def _make_gate(config: Config, archive: Archive, outlines: Sequence[Outline]) -> Gate:
    """The linter as the office has set it up, but that all rules run that can find an error.

    What `select` in [lint] leaves out of the daily check must not reach the public unseen.
    """
    policy = make_policy(replace(config, lint=replace(config.lint, select=()))).for_errors()
    overview = KnownOverview(archive, config=config, outlines=outlines)
    if config.lint.baseline is None:
        return Gate(policy, overview)
    baseline = read_baseline(config.root / config.lint.baseline, config.root)
    return Gate(policy, overview, (baseline.sift,))


def _say(found: Finding) -> str:
    return f"{found.path}:{found.line}:{found.column}: {found.code} {found.message}"


class UnsoundError(RefusedError):
    """Articles with errors, by `YYYY/slug`, are not published."""

    names: Collection[str] = ()


def _refuse(lines: Sequence[str], names: Collection[str]) -> UnsoundError:
    """The error that refuses, after each of its reasons has been told."""
    for line in lines:
        notice(line)
    words = ngettext(
        "Penerbitan ditolak: {number} kesalahan.",
        "Penerbitan ditolak: {number} kesalahan.",
        len(lines),
    )
    refusal = UnsoundError(
        words.format(number=len(lines)),
        _(
            "Situs tidak diubah. Betulkan, lalu ulangi; `kpucli lint` menunjukkan letaknya."
            " Temuan lama dapat dicatat sebagai `baseline` di [lint]."
        ),
    )
    refusal.names = names
    return refusal
