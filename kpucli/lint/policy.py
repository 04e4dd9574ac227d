"""What an office wants checked: which rules, how much they weigh, and where they do not run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from kpucli.config import Config, LintConfig
from kpucli.lint.finding import Severity
from kpucli.lint.rule import Rule
from kpucli.lint.selection import match_rules, select_rules, unknown_rule

_OFF = "off"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules to run; `exceptions` are patterns of paths below `folders`, and codes."""

    rules: tuple[Rule, ...]
    folders: tuple[Path, ...] = ()
    exceptions: tuple[tuple[str, frozenset[str]], ...] = ()

    def rules_for(self, path: Path) -> tuple[Rule, ...]:
        """The rules that run on an article."""
        if not self.exceptions:
            return self.rules
        names = [
            path.relative_to(folder).as_posix()
            for folder in self.folders
            if path.is_relative_to(folder)
        ]
        ignored: set[str] = set()
        for pattern, codes in self.exceptions:
            if any(fnmatchcase(name, pattern) for name in names):
                ignored |= codes
        return tuple(rule for rule in self.rules if rule.code not in ignored)

    def for_errors(self) -> Policy:
        """The same without the rules that report no errors, for who counts nothing else."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.may_err))


def make_policy(config: Config, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Policy:
    """The policy of the configuration.

    What the command line selects stands in place of what the configuration selects, ignores or
    turns off; what it ignores is ignored too. Raises `KpuError` for a pattern that means no rule.
    """
    settings = config.lint
    _refuse_unknown(config)
    if not select:
        off = [pattern for pattern, word in settings.severity.items() if word == _OFF]
        select, ignore = settings.select, (*settings.ignore, *off, *ignore)
    severities = _severities(settings)
    rules = tuple(
        replace(rule, set_severity=severities[rule.code]) if rule.code in severities else rule
        for rule in select_rules(select, ignore)
    )
    exceptions = tuple(
        (pattern, frozenset(_codes(codes))) for pattern, codes in settings.per_path_ignores.items()
    )
    return Policy(rules, (config.articles, config.root), exceptions)


def _refuse_unknown(config: Config) -> None:
    settings = config.lint
    listed = [code for codes in settings.per_path_ignores.values() for code in codes]
    for pattern in (*settings.select, *settings.ignore, *settings.severity, *listed):
        if not match_rules(pattern):
            error = unknown_rule(pattern)
            error.path = config.source
            raise error


def _severities(settings: LintConfig) -> dict[str, Severity]:
    """The severity of each code that has one; a rule's own goes before its group's."""
    groups: dict[str, Severity] = {}
    single: dict[str, Severity] = {}
    for pattern, word in settings.severity.items():
        if word != _OFF:
            rules = match_rules(pattern)
            is_group = pattern.strip().upper() == rules[0].group
            (groups if is_group else single).update(
                dict.fromkeys(_codes([pattern]), Severity(word))
            )
    return groups | single


def _codes(patterns: Iterable[str]) -> Iterator[str]:
    return (rule.code for pattern in patterns for rule in match_rules(pattern))
