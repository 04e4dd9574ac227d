"""Findings that are known and left as they are: an old archive need not be put right at once.

An entry is known by its file, code, words and the words around, not by its line; `count` tells
how often it occurs. The file is sorted, an entry a line, so that two people's merge.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kpucli.change import Change
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.json_text import format_json_line
from kpucli.lint.engine import UNREADABLE
from kpucli.lint.finding import Finding
from kpucli.text_file import read_text

_VERSION = 1
_MOST_BYTES = 64 * 1024**2


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """What a finding is known by; `text` is only for people."""

    path: str
    code: str
    fingerprint: str
    text: str = field(compare=False)


@dataclass(slots=True)
class Baseline:
    """The known findings in the file at `path`, whose entries are seen from `root`."""

    path: Path
    root: Path
    counts: Counter[Entry]
    _met: Counter[Entry] = field(default_factory=Counter)

    def sift(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings on an article that are not known."""
        left: Counter[Entry] = Counter()
        new = []
        for finding in findings:
            entry = self._entry(finding)
            if left[entry] < self.counts[entry] and finding.code != UNREADABLE:
                left[entry] += 1
            else:
                new.append(finding)
        for entry, count in left.items():
            self._met[entry] = count
        return new

    def count_gone(self, checked: Collection[Path], codes: Collection[str]) -> int:
        """How many known findings, of those that were looked for, no longer occur."""
        looked_for = self._looked_for(checked, codes)
        return sum(
            max(0, count - self._met[entry])
            for entry, count in self.counts.items()
            if looked_for(entry)
        )

    def update(
        self, findings: Iterable[Finding], checked: Collection[Path], codes: Collection[str]
    ) -> Change:
        """The change after which exactly `findings` are known of what was looked for."""
        looked_for = self._looked_for(checked, codes)
        kept = {entry: count for entry, count in self.counts.items() if not looked_for(entry)}
        found = Counter(self._entry(item) for item in findings if item.code != UNREADABLE)
        before = self.path.read_bytes() if self.path.exists() else None
        return Change(self.path, before, _compose(Counter(kept) + found))

    def _entry(self, finding: Finding) -> Entry:
        text = finding.excerpt.marked if finding.excerpt else ""
        return Entry(_name(finding.path, self.root), finding.code, finding.fingerprint, text)

    def _looked_for(
        self, checked: Collection[Path], codes: Collection[str]
    ) -> Callable[[Entry], bool]:
        """Whether an entry would have been found if it still occurred."""
        names = {_name(path, self.root) for path in checked}

        def is_looked_for(entry: Entry) -> bool:
            is_gone = not (self.root / entry.path).exists()
            return is_gone or (entry.path in names and entry.code in codes)

        return is_looked_for


def read_baseline(path: Path, root: Path, *, may_be_missing: bool = False) -> Baseline:
    """The baseline in a file. Raises `KpuError` for a file that is none or is not there."""
    # `Path.is_file` raises for a name that no file can have.
    if may_be_missing and not os.path.exists(path):  # noqa: PTH110
        return Baseline(path, root, Counter())
    if not os.path.isfile(path):  # noqa: PTH113 - what is no file is not there, or might never end
        raise KpuError(
            _("Daftar temuan lama ini belum ada."),
            _("Buat dengan --update-baseline."),
            path=path,
        )
    text = read_text(path, max_bytes=_MOST_BYTES)
    try:
        return Baseline(path, root, Counter(dict(_read_entries(json.loads(text)))))
    except json.JSONDecodeError as error:
        line: int | None = error.lineno
    except (ValueError, TypeError, KeyError, RecursionError):
        line = None
    raise KpuError(
        _("Daftar temuan lama ini tidak terbaca."),
        _("Pulihkan dari git, atau hapus lalu buat lagi dengan --update-baseline."),
        path=path,
        line=line,
    )


def _read_entries(data: Any) -> Iterator[tuple[Entry, int]]:
    if data["version"] != _VERSION:
        raise ValueError
    for row in data["findings"]:
        texts = [row[name] for name in ("path", "code", "fingerprint", "text")]
        if not all(isinstance(text, str) for text in texts):
            raise TypeError
        yield Entry(*texts), int(row["count"])


def _compose(counts: Counter[Entry]) -> bytes:
    rows = ",\n".join(
        format_json_line(
            {
                "path": entry.path,
                "code": entry.code,
                "text": entry.text,
                "fingerprint": entry.fingerprint,
                "count": count,
            }
        )
        for entry, count in sorted(counts.items())
    )
    return f'{{"version": {_VERSION}, "findings": [\n{rows}\n]}}\n'.encode()


def _name(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()
