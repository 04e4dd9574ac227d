"""Ways to write findings down, one module each: `format(findings) -> str`, never printing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from kpucli.lint.finding import Finding

Formatter = Callable[[Iterable[Finding]], Iterator[str]]


def formatter(name: str, *, colour: bool = False) -> Formatter:
    """What writes findings as `text`, `json`, `github` or `sarif`, in pieces that make a whole.

    Formats of lines give a piece for each article, so that no more need be held at once.
    """
    if name == "json":
        from kpucli.lint.formats import as_json

        return _whole(as_json.format)
    if name == "sarif":
        from kpucli.lint.formats import as_sarif

        return _whole(as_sarif.format)
    if name == "github":
        from kpucli.lint.formats import as_github

        return _by_article(as_github.format)
    from kpucli.lint.formats import as_text

    return _by_article(lambda findings: as_text.format(findings, colour=colour))


def _whole(write: Callable[[Iterable[Finding]], str]) -> Formatter:
    def pieces(findings: Iterable[Finding]) -> Iterator[str]:
        yield write(findings)

    return pieces


def _by_article(write: Callable[[Iterable[Finding]], str]) -> Formatter:
    def pieces(findings: Iterable[Finding]) -> Iterator[str]:
        for _path, group in groupby(findings, key=lambda finding: finding.path):
            yield write(group)

    return pieces
