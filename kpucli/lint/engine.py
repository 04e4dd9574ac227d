"""Running rules over articles: hits become findings, but for those that are suppressed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kpucli.archive import Archive, MisplacedError
from kpucli.article import SLUG, Article, parse_article
from kpucli.errors import ArticleError
from kpucli.lint.excerpt import make_excerpt
from kpucli.lint.finding import Edit, Finding, Fix
from kpucli.lint.fingerprint import make_digest, take_fingerprint
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import Hit, Repair, Rule
from kpucli.lint.selection import all_rules, match_rules, select_rules

UNREADABLE, MISPLACED = "MET001", "MET006"
UNPLACED = frozenset({UNREADABLE, MISPLACED})  # findings on a whole file, not on a line of it

Target = Path | ArticleError  # an article to check, or why there is none


def check(
    archive: Archive,
    targets: Iterable[Target] | None = None,
    rules: Sequence[Rule] | None = None,
    overview: Overview | None = None,
) -> Iterator[Finding]:
    """The findings on `targets` (None: the whole archive), by path, line, column and code.

    What cannot be read is a finding too, and the others are still checked. Rules that look at
    the whole archive do so whatever `targets` are.
    """
    rules = select_rules() if rules is None else rules
    overview = overview or Overview(archive)
    for target in all_targets(archive) if targets is None else targets:
        yield from check_target(target, rules, overview)


def all_targets(archive: Archive) -> list[Target]:
    """Every article of the archive and every misplaced file, in the order of their paths."""
    paths, misplaced = archive.paths()
    return sorted([*paths, *misplaced], key=lambda target: target_path(target).as_posix())


def target_path(target: Target) -> Path:
    """Where a target is."""
    return target if isinstance(target, Path) else Path(str(target.path))


def check_target(target: Target, rules: Sequence[Rule], overview: Overview) -> list[Finding]:
    """The findings on one target."""
    if isinstance(target, ArticleError):
        return report_unreadable(target, rules)
    try:
        article = overview.archive.load(target)
    except ArticleError as error:
        return report_unreadable(error, rules)
    return check_article(article, rules, overview)


def check_text(
    content: bytes,
    path: Path,
    archive: Archive,
    rules: Sequence[Rule] | None = None,
    overview: Overview | None = None,
) -> list[Finding]:
    """The findings on a text that is not saved, as if it were the file at `path`."""
    rules = select_rules() if rules is None else rules
    try:
        article = parse_article(content, path, archive.zone)
    except ArticleError as error:
        return report_unreadable(error, rules)
    overview = replace(overview or Overview(archive), instead=article)
    return check_article(article, rules, overview)


def check_article(article: Article, rules: Sequence[Rule], overview: Overview) -> list[Finding]:
    """The findings on one article."""
    manuscript = read_manuscript(article, overview.archive)
    found = [locate(rule, hit, manuscript) for rule, hit in find_hits(manuscript, rules, overview)]
    return sorted(found, key=place)


def place(finding: Finding) -> tuple[int, int, str]:
    """What findings on one article are sorted by."""
    return finding.line, finding.column, finding.code


def read_manuscript(article: Article, archive: Archive) -> Manuscript:
    """The article for rules; it is in the archive if its path is `ROOT/YYYY/slug.md`."""
    path = article.path
    return Manuscript(
        article,
        path.parent.parent == archive.root
        and bool(re.fullmatch(r"\d{4}", path.parent.name))
        and bool(SLUG.fullmatch(path.stem)),
    )


def find_hits(
    manuscript: Manuscript, rules: Sequence[Rule], overview: Overview
) -> list[tuple[Rule, Hit]]:
    """What the rules say and the article does not suppress."""
    hits = [(rule, hit) for rule in rules for hit in rule.check(manuscript, overview)]
    if not hits or not manuscript.suppressions:
        return hits
    everywhere, by_line = _suppressed(manuscript)
    return [
        (rule, hit)
        for rule, hit in hits
        if rule.code not in everywhere
        and (manuscript.position(hit.start)[0], rule.code) not in by_line
    ]


def _suppressed(manuscript: Manuscript) -> tuple[set[str], set[tuple[int, str]]]:
    """The codes that are suppressed in the article, and those on a line."""
    everywhere: set[str] = set()
    by_line: set[tuple[int, str]] = set()
    for suppression in manuscript.suppressions:
        if not suppression.has_reason:
            continue
        codes = {rule.code for name, *_span in suppression.codes for rule in match_rules(name)}
        if suppression.place is None:
            everywhere |= codes
        else:
            line = manuscript.position(suppression.place)[0]
            by_line |= {(line, code) for code in codes}
    return everywhere, by_line


def report_unreadable(error: ArticleError, rules: Sequence[Rule]) -> list[Finding]:
    """The finding for an article that cannot be read, which no selection leaves unsaid."""
    code = MISPLACED if isinstance(error, MisplacedError) else UNREADABLE
    chosen = rules if code == MISPLACED else all_rules()
    message = f"{error.message} {error.hint}" if error.hint else error.message
    line = error.line or 1
    return [
        Finding(
            rule.code,
            rule.name,
            rule.set_severity or rule.severity,
            target_path(error),
            line,
            1,
            line,
            1,
            message,
            fingerprint=make_digest(rule.code, message),
        )
        for rule in chosen
        if rule.code == code
    ]


def locate(rule: Rule, hit: Hit, manuscript: Manuscript) -> Finding:
    """The finding that a hit in a manuscript is."""
    source = manuscript.article.source
    line, column = manuscript.position(hit.start)
    end_line, end_column = manuscript.position(hit.end)
    line_span = manuscript.line_span(line)
    return Finding(
        rule.code,
        rule.name,
        rule.set_severity or hit.severity or rule.severity,
        manuscript.article.path,
        line,
        column,
        end_line,
        end_column,
        hit.message,
        hit.suggestion,
        _locate_fix(hit.fix, manuscript) if hit.fix else None,
        make_excerpt(source, line_span, hit.start, hit.end),
        take_fingerprint(rule.code, source, (hit.start, hit.end), line_span),
    )


def _locate_fix(fix: Repair, manuscript: Manuscript) -> Fix:
    edits = (
        Edit(*manuscript.position(item.start), *manuscript.position(item.end), item.text)
        for item in fix.replacements
    )
    return Fix(fix.applicability, tuple(edits))
