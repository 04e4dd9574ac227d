"""What a rule is, and the decorator that makes one of a function.

    @rule("BRT003", N_("Judul terlalu panjang"), severity=INFO, …)
    def title_length(article: Manuscript, archive: Overview) -> Iterator[Hit]:

The rule's name is the function's with dashes. Examples are documentation and test at once: in a
bad one `‹ ›` encloses what the rule reports. An example is a body; lines of front matter; both,
with a line `+++` between them; a whole file that begins with `+++`; or several files, each below
a line such as `--- 2022/contoh.md`. What it leaves out is filled in so that nothing else is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from kpucli.lint.finding import Applicability, Severity

if TYPE_CHECKING:
    from kpucli.lint.manuscript import Manuscript
    from kpucli.lint.overview import Overview

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Scope(Enum):
    """What a rule's answer hangs on, and so how long the answer can be kept.

    `ARTICLE`: on the article's text, its place, the configuration and which photographs lie beside
    it. `ARCHIVE`: on the `Overview` of the other articles too. Nothing may hang on the clock.
    """

    ARTICLE = "article"
    ARCHIVE = "archive"


ARCHIVE = Scope.ARCHIVE


@dataclass(frozen=True, slots=True)
class Replacement:
    """Text to put in place of `source[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """Replacements that belong together."""

    applicability: Applicability
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule is broken, in offsets into the article's source.

    `severity` is given only where a hit weighs otherwise than its rule.
    """

    start: int
    end: int
    message: str
    suggestion: str | None = None
    fix: Repair | None = None
    severity: Severity | None = None


Check = Callable[["Manuscript", "Overview"], Iterator[Hit]]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule with all that is said about it; texts are untranslated.

    `worst` is the most that a hit of it weighs, and `set_severity` what the office gives it,
    whatever a hit says.
    """

    code: str
    name: str
    title: str
    severity: Severity
    explanation: str
    source: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    fixed: tuple[str, ...]
    fix: Applicability | None
    on: bool
    check: Check
    scope: Scope = Scope.ARTICLE
    worst: Severity = Severity.INFO
    set_severity: Severity | None = None

    @property
    def may_err(self) -> bool:
        """Whether a finding of the rule can be an error."""
        return (self.set_severity or self.worst) is ERROR

    @property
    def group(self) -> str:
        """The letters of the code: `TBC`."""
        return self.code.rstrip("0123456789")


REGISTERED: dict[str, Rule] = {}


def rule(
    code: str,
    title: str,
    *,
    severity: Severity,
    explanation: str,
    source: str,
    bad: str | tuple[str, ...],
    good: str | tuple[str, ...],
    fixed: str | tuple[str, ...] = (),
    fix: Applicability | None = None,
    on: bool = True,
    scope: Scope = Scope.ARTICLE,
    worst: Severity | None = None,
) -> Callable[[Check], Rule]:
    """Register the decorated function as the check of a rule.

    `fixed` says what each bad example becomes, and `fix` whether that can be trusted unseen. A
    rule that is not `on` runs only where its own code or name is selected. One that asks the
    `Overview` about other articles has `scope=ARCHIVE`. One of which some hits weigh more than
    `severity` says how much with `worst`.
    """

    def register(check: Check) -> Rule:
        if code in REGISTERED:
            raise ValueError(f"two rules have the code {code}")
        name = check.__name__.replace("_", "-")
        made = Rule(
            code, name, title, severity, explanation, source,
            _several(bad), _several(good), _several(fixed), fix, on, check,
            scope, worst or severity,
        )  # fmt: skip
        REGISTERED[code] = made
        return made

    return register


def _several(examples: str | tuple[str, ...]) -> tuple[str, ...]:
    return (examples,) if isinstance(examples, str) else examples


def safe(*replacements: Replacement) -> Repair:
    """A fix that can be trusted unseen."""
    return Repair(Applicability.SAFE, replacements)


def unsafe(*replacements: Replacement) -> Repair:
    """A fix that somebody should look at."""
    return Repair(Applicability.UNSAFE, replacements)
