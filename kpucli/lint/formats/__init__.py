"""Ways to write findings down, one module each: `format(findings) -> str`, never printing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import groupby

from kpucli.lint.finding import Finding

Formatter = Callable[[Iterable[Finding]], Iterator[str]]


_OF_LINES = ("text", "github")


def formatter(name: str, *, colour: bool = False) -> Formatter:
    """What writes findings as `text`, `github`, `json`, `gitlab`, `sarif` or `junit`.

    It gives pieces that make a whole. Formats of lines give one for each article, so that no more
    need be held at once.
    """
    if name not in _OF_LINES:
        module = import_module(f"kpucli.lint.formats.as_{name}")
        return _whole(module.format)
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
