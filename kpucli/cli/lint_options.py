"""What the command line asks of `kpucli lint`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kpucli.errors import KpuError
from kpucli.i18n import _

STANDARD_INPUT = "-"


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"


class Fixing(StrEnum):
    """What is done with fixes."""

    NOT = "not"
    SAFE = "safe"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Options:
    """One run. `changed` is a revision, "" for the usual one, None where all lines count."""

    names: tuple[str, ...]
    fixing: Fixing
    shows_diff: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    changed: str | None
    baseline: Path | None
    updates_baseline: bool
    counts: bool
    output: Format
    stdin_name: str | None
    remembers: bool

    @property
    def reads_stdin(self) -> bool:
        """Whether the text comes from standard input."""
        return STANDARD_INPUT in self.names

    def refuse_contradictions(self, *, watch: bool) -> None:
        """Raise `KpuError` where two options cannot both be followed."""
        if self.reads_stdin and len(self.names) > 1:
            raise KpuError(_("Masukan baku (-) tidak dapat digabung dengan lokasi lain."))
        whole_format = f"--format {self.output}"
        asked = {
            "-": self.reads_stdin,
            "--watch": watch,
            "--changed": self.changed is not None,
            "--update-baseline": self.updates_baseline,
            "--diff": self.shows_diff,
            "--statistics": self.counts,
            whole_format: self.output not in (Format.TEXT, Format.JSON),
        }
        clashes = (
            *(("-", other) for other in ("--changed", "--update-baseline", "--watch")),
            *(("--update-baseline", other) for other in ("--changed", "--diff", "--watch")),
            ("--statistics", whole_format),
        )
        for one, other in clashes:
            if asked[one] and asked[other]:
                message = _("{one} tidak dapat digabung dengan {other}.")
                raise KpuError(message.format(one=one, other=other))
