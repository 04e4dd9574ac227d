"""What the linter says of an article: findings, and the edits that would put them right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding weighs; information does not fail a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Applicability(StrEnum):
    """Whether a fix can be trusted unseen."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Edit:
    """Text to put in place of a stretch; 1-based, columns in characters, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together."""

    applicability: Applicability
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The source line around a finding, harmless to show: `marked` is what the finding is about."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule reports; 1-based, columns in characters, end exclusive."""

    code: str
    name: str
    severity: Severity
    path: Path
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    suggestion: str | None = None
    fix: Fix | None = None
    excerpt: Excerpt | None = None
    fingerprint: str = ""  # the same wherever the text around it moves

    @property
    def fails(self) -> bool:
        """Whether this finding makes a run fail."""
        return self.severity is not Severity.INFO
