"""What tells one finding from another when lines move: its code, its words, the words around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from kpucli.lint.excerpt import mask_numbers
from kpucli.lint.finding import Finding

_AROUND = 60  # characters in which the neighbouring words are looked for
_NEIGHBOURS = 2
_WORD = re.compile(r"\w+")


def take_fingerprint(code: str, source: str, span: tuple[int, int], line: tuple[int, int]) -> str:
    """The fingerprint of a finding at `source[span]`; `line` has the offsets of its first line."""
    start, end = span
    before = source[max(line[0], start - _AROUND) : start]
    after = source[end : max(end, min(line[1], end + _AROUND))]
    words = _WORD.findall(before)[-_NEIGHBOURS:], _WORD.findall(after)[:_NEIGHBOURS]
    parts = (code, " ".join(source[start:end].split()), *map(" ".join, words))
    # A fingerprint goes into public files; with personal numbers in it they could be guessed.
    return make_digest(*map(mask_numbers, parts))


def make_digest(*parts: str) -> str:
    """Sixteen hexadecimal digits for some texts."""
    text = "\0".join(parts).encode(errors="surrogatepass")
    return blake2b(text, digest_size=8).hexdigest()


def number_twins(findings: Iterable[Finding]) -> Iterator[tuple[Finding, int]]:
    """Each finding, and how many of the same file with the same fingerprint came before it."""
    seen: Counter[tuple[Path, str]] = Counter()
    for finding in findings:
        key = finding.path, finding.fingerprint
        yield finding, seen[key]
        seen[key] += 1
