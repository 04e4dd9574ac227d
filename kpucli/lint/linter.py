"""The linter as an office has set it up: its policy, its memory, what it leaves unreported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kpucli.archive import Archive
from kpucli.article import parse_article
from kpucli.change import Change
from kpucli.config import Config
from kpucli.errors import ArticleError
from kpucli.lint.engine import Target, check_target, check_text, target_path
from kpucli.lint.finding import Finding
from kpucli.lint.fixes import Sift, fix_article
from kpucli.lint.overview import Overview, read_facts
from kpucli.lint.policy import Policy

if TYPE_CHECKING:
    from kpucli.index import Index
    from kpucli.lint.facts import Facts
    from kpucli.lint.memory import Memory

# With fewer it takes longer to tell whether verdicts still hold than to check again.
_WORTH_REMEMBERING = 20


@dataclass(frozen=True)
class Linter:
    """Checks and fixes articles; `sifts` choose, in turn, which of an article's findings count."""

    overview: Overview
    policy: Policy
    memory: Memory | None = None
    sifts: tuple[Sift, ...] = ()

    def check(self, targets: Iterable[Target]) -> Iterator[Finding]:
        """The findings on targets, in their order, then by line, column and code."""
        for target in targets:
            rules = self.policy.rules_for(target_path(target))
            if self.memory and isinstance(target, Path) and self._is_inside(target):
                findings = self.memory.check(target, rules, self.overview)
            else:
                findings = check_target(target, rules, self.overview)
            yield from self._sift(findings)

    def check_text(self, content: bytes, path: Path) -> list[Finding]:
        """The findings on a text that is not saved, as if it were the file at `path`."""
        rules, archive = self.policy.rules_for(path), self.overview.archive
        return self._sift(check_text(content, path, archive, rules, self.overview))

    def fix(
        self, targets: Iterable[Target], failures: list[ArticleError], *, unsafe: bool = False
    ) -> Iterator[Change]:
        """The changes that fix `targets`; why some cannot be read goes to `failures`."""
        for target in targets:
            try:
                if isinstance(target, ArticleError):
                    raise target
                article = self.overview.archive.load(target)
            except ArticleError as error:
                failures.append(error)
                continue
            rules = self.policy.rules_for(target)
            sift = self._sift if self.sifts else None
            change = fix_article(article, rules, self.overview, unsafe=unsafe, sift=sift)
            if not change.is_empty:
                yield change

    def fix_text(self, content: bytes, path: Path, *, unsafe: bool = False) -> Change:
        """The change that fixes a text that is not saved. Raises `ArticleError` if it is none."""
        article = parse_article(content, path, self.overview.archive.zone)
        overview = replace(self.overview, instead=article)
        return fix_article(article, self.policy.rules_for(path), overview, unsafe=unsafe)

    def _is_inside(self, path: Path) -> bool:
        return path.parent.parent == self.overview.archive.root

    def _sift(self, findings: list[Finding]) -> list[Finding]:
        for sift in self.sifts:
            findings = sift(findings)
        return findings


def make_linter(
    config: Config,
    archive: Archive,
    policy: Policy,
    open_index: Callable[[], Index] | None,
    *,
    count: int,
) -> Linter:
    """The linter of an office, for `count` articles; `open_index` if it shall remember."""
    overview = Overview(archive, config=config)
    if open_index is None:
        return Linter(overview, policy)

    @cache
    def remember() -> Memory:
        from kpucli.lint.memory import Memory  # imports SQLite, which takes time

        return Memory(open_index(), config, archive, overview.accepted_words)

    def facts_of(archive: Archive, paths: Sequence[Path]) -> Iterator[Facts]:
        is_worth_it = len(paths) >= _WORTH_REMEMBERING
        return remember().facts_of(paths) if is_worth_it else read_facts(archive, paths)

    memory = remember() if count >= _WORTH_REMEMBERING else None
    return Linter(replace(overview, facts_of=facts_of), policy, memory)
