"""Applying fixes until none is left, without breaking anything that a fix must not touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kpucli.article import Article, parse_article
from kpucli.change import Change
from kpucli.errors import ArticleError
from kpucli.lint.engine import find_hits, locate, read_manuscript
from kpucli.lint.finding import Applicability, Finding
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import Hit, Repair, Replacement, Rule

Sift = Callable[[list[Finding]], list[Finding]]  # those of an article that are to be reported

_MOST_ROUNDS = 10

# What makes a line a list item, a heading or a quotation.
_BLOCK_MARKER = re.compile(
    r"^[ \t>]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|=+|-+)?(?=[ \t\r]|$)", re.MULTILINE
)


def fix_article(
    article: Article,
    rules: Sequence[Rule],
    overview: Overview,
    *,
    unsafe: bool = False,
    sift: Sift | None = None,
) -> Change:
    """The change that applies every safe fix, and with `unsafe` the others too.

    Fixes that overlap, or that make others possible, take further rounds. A fix that would
    change code, a link, a comment, the lines or fields of the front matter is left out, and so is
    that of a finding which `sift` leaves out.
    """
    manuscript = read_manuscript(article, overview.archive)
    hits = find_hits(manuscript, rules, overview)
    spared: set[tuple[str, int]] = set()
    if sift is not None:
        hits, spared = _divide(hits, manuscript, sift)
    for _round in range(_MOST_ROUNDS):
        repairs = [hit.fix for _rule, hit in hits if hit.fix and _is_wanted(hit.fix, unsafe)]
        repaired = _apply(manuscript, repairs)
        if repaired is None:
            break
        manuscript = repaired
        hits = [
            (rule, hit)
            for rule, hit in find_hits(manuscript, rules, overview)
            if (rule.code, manuscript.position(hit.start)[0]) not in spared
        ]
    return article.replace_source(manuscript.article.source)


def _divide(
    hits: list[tuple[Rule, Hit]], manuscript: Manuscript, sift: Sift
) -> tuple[list[tuple[Rule, Hit]], set[tuple[str, int]]]:
    """The hits that `sift` lets through, and the codes and lines of the others.

    Lines stay as they are while words around a finding change, so that it is still known.
    """
    findings = [locate(rule, hit, manuscript) for rule, hit in hits]
    kept = {id(finding) for finding in sift(findings)}
    pairs = list(zip(findings, hits, strict=True))
    spared = {(item.code, item.line) for item, _pair in pairs if id(item) not in kept}
    return [pair for item, pair in pairs if id(item) in kept], spared


def _is_wanted(repair: Repair, unsafe: bool) -> bool:
    return unsafe or repair.applicability is Applicability.SAFE


def _apply(manuscript: Manuscript, repairs: Iterable[Repair]) -> Manuscript | None:
    """The manuscript with what can be done of `repairs` in one round; None if nothing can."""
    chosen = _without_overlaps(repairs)
    if not chosen:
        return None
    repaired = _repair(manuscript, chosen)
    if repaired is not None or len(chosen) == 1:
        return repaired
    # Halves of halves: most fixes are sound, and find their way in a few steps.
    middle = len(chosen) // 2
    second = _apply(manuscript, chosen[middle:])
    # The first half stands before the second, so that its places are still right.
    return _apply(second or manuscript, chosen[:middle]) or second


def _without_overlaps(repairs: Iterable[Repair]) -> list[Repair]:
    chosen: list[Repair] = []
    end = -1
    for repair in sorted(repairs, key=_extent):
        start, last = _extent(repair)
        if start > end:
            chosen.append(repair)
            end = last
    return chosen


def _extent(repair: Repair) -> tuple[int, int]:
    return (
        min(item.start for item in repair.replacements),
        max(item.end for item in repair.replacements),
    )


def _repair(manuscript: Manuscript, repairs: Iterable[Repair]) -> Manuscript | None:
    """The manuscript after repairs; None if they change nothing or break something."""
    article = manuscript.article
    replacements = [item for repair in repairs for item in repair.replacements]
    source = _replace(article.source, replacements)
    if source == article.source:
        return None
    try:
        parsed = parse_article(article.replace_source(source).after, article.path, article.zone)
    except ArticleError:
        return None
    repaired = Manuscript(parsed, manuscript.in_archive)
    return repaired if _untouched(repaired) == _untouched(manuscript) else None


def _replace(source: str, replacements: Iterable[Replacement]) -> str:
    parts: list[str] = []
    position = 0
    for item in sorted(replacements, key=lambda item: item.start):
        parts += (source[position : item.start], item.text)
        position = item.end
    return "".join([*parts, source[position:]])


@dataclass(frozen=True)
class _Untouched:
    """What no fix may change."""

    fields: tuple[str, ...]
    problems: int
    comments: tuple[str, ...]
    blanked: tuple[str, ...]
    blocks: tuple[str, ...]


def _untouched(manuscript: Manuscript) -> _Untouched:
    article = manuscript.article
    return _Untouched(
        fields=tuple(article.data),
        problems=len(article.problems),
        comments=tuple(article.source[slice(*span)] for span in manuscript.front_matter.comments),
        blanked=tuple(article.source[slice(*span)] for span in manuscript.prose.blanked),
        blocks=tuple(_line_starts(article)),
    )


def _line_starts(article: Article) -> Iterable[str]:
    """What each line of the body begins with; as many as there are lines."""
    for line in article.body.split("\n"):
        marker = _BLOCK_MARKER.match(line)
        yield marker.group().strip() if marker else ""
