"""What keeps errors from the public: the rules that can find any, article by article.

Most errors show in an article alone. Those that hang on others are looked for in a second step,
and only in articles that can have them: with links, with an address that another one claims, or
citing a regulation that elsewhere has another year.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from kpucli.article import Article
from kpucli.i18n import _
from kpucli.lint.engine import find_hits, locate, place, read_manuscript
from kpucli.lint.finding import Finding, Severity
from kpucli.lint.fixes import Sift
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Cited, Overview, address_key
from kpucli.lint.policy import Policy
from kpucli.lint.rule import Scope
from kpucli.outline import Outline, read_aliases, read_facets
from kpucli.slug import tag_key
from kpucli.workers import Follow, divide, follow_not, map_forked

# The rules whose errors need links, older addresses or citations: see `inspect_articles`.
_FORESEEN = {"MET005", "MET017", "FAK008"}
_PART = 100  # articles that a process takes at a time

Notes = Mapping[str, str]  # by `YYYY/slug`, the regulations that an article cites; "" for none


@dataclass(frozen=True)
class Gate:
    """The rules of a policy that can find errors; `sifts` choose which of these count."""

    policy: Policy
    overview: KnownOverview
    sifts: tuple[Sift, ...] = ()

    @property
    def compares_all(self) -> bool:
        """Whether the office has made errors of what any two articles may have in common."""
        codes = {rule.code for rule in self.policy.rules if rule.scope is Scope.ARCHIVE}
        return not codes <= _FORESEEN

    def inspect(self, article: Article) -> tuple[list[Finding], str]:
        """The errors that show in an article alone, and the note to be taken of it."""
        manuscript = read_manuscript(article, self.overview.archive)
        cited = [
            (citation.kind, citation.number, citation.year, citation.subject)
            for citation, _match in manuscript.passages[-1].citations
        ]
        note = json.dumps(cited, ensure_ascii=False) if cited else ""
        return self._find(manuscript, Scope.ARTICLE, self.overview), note

    def compare(self, article: Article, overview: Overview) -> list[Finding]:
        """The errors that show when an article is seen beside others."""
        manuscript = read_manuscript(article, overview.archive)
        return self._find(manuscript, Scope.ARCHIVE, overview)

    def _find(self, manuscript: Manuscript, scope: Scope, overview: Overview) -> list[Finding]:
        chosen = self.policy.rules_for(manuscript.article.path)
        rules = [rule for rule in chosen if rule.scope is scope]
        findings = [
            locate(rule, hit, manuscript) for rule, hit in find_hits(manuscript, rules, overview)
        ]
        findings.sort(key=place)
        for sift in self.sifts:
            findings = sift(findings)
        return [finding for finding in findings if finding.severity is Severity.ERROR]


@dataclass(frozen=True)
class KnownOverview(Overview):
    """The archive by what is known of its articles without reading them."""

    outlines: Sequence[Outline] = ()
    notes: Notes | None = None

    @cached_property
    def addresses(self) -> Mapping[str, list[Path]]:
        """See `Overview`."""
        claims: dict[str, list[Path]] = {}
        for outline in self.outlines:
            path = self._path_of(outline.id)
            for key in _claim(outline):
                claims.setdefault(key, []).append(path)
        return claims

    @cached_property
    def paths(self) -> frozenset[Path]:
        """See `Overview`."""
        return frozenset(self._path_of(outline.id) for outline in self.outlines)

    @cached_property
    def tag_pages(self) -> frozenset[str]:
        """See `Overview`."""
        tags = {
            tag
            for facets in {item.facets for item in self.outlines}
            for tag in read_facets(facets)[1]
        }
        return frozenset(address_key(f"/tag/{tag_key(tag)}/") for tag in tags)

    @cached_property
    def citations(self) -> Mapping[tuple[str, str], list[Cited]]:
        """See `Overview`."""
        found: dict[tuple[str, str], list[Cited]] = defaultdict(list)
        for name, note in (self.notes or {}).items():
            for kind, number, year, subject in _read(note):
                found[kind, number].append((self._path_of(name), year, tuple(subject)))
        return dict(found)

    def _path_of(self, identifier: str) -> Path:
        return self.archive.root / f"{identifier}.md"


@dataclass(frozen=True)
class Inspection:
    """What was found: the errors of each article that was looked at, and notes of those asked for.

    Articles are known by `YYYY/slug`.
    """

    errors: Mapping[str, Sequence[Finding]]
    notes: Notes


def inspect_articles(
    gate: Gate,
    read: Callable[[Outline], Article],
    items: Sequence[Outline],
    everything: Sequence[Outline],
    recall_notes: Callable[[], dict[str, str]],
    *,
    processes: int = 1,
    follow: Follow = follow_not,
) -> Inspection:
    """The errors in some articles, and those that they bring about in others.

    `everything` are all articles of the site; `recall_notes` gives the notes that were taken last
    time, of these and of any that have changed or are gone since. Raises what `read` does.
    """

    def look(part: Sequence[Outline]) -> list[tuple[str, list[Finding], str]]:
        return [(item.id, *gate.inspect(read(item))) for item in part]

    errors: dict[str, list[Finding]] = {}
    notes: dict[str, str] = {}
    looked = follow(
        _("Memeriksa artikel"), map_forked(look, divide(items, _PART), processes), len(items), len
    )
    for name, findings, note in chain.from_iterable(looked):
        errors[name], notes[name] = findings, note
    known = recall_notes()
    here = {item.id for item in everything}
    old = {name: note for name, note in known.items() if name in notes or name not in here}
    all_notes = {name: note for name, note in (known | notes).items() if note and name in here}
    rivals = _find_rivals(all_notes, [*old.values(), *notes.values()])
    rivals |= _find_claimants(gate.overview.outlines)
    # Links and older addresses hang on all articles, but what has changed elsewhere is looked for
    # in the articles asked for.
    beside = [
        item
        for item in everything
        if item.id in rivals
        or (item.id in notes and (gate.compares_all or item.has_links or item.aliases))
    ]
    overview = replace(gate.overview, notes=all_notes)

    def compare(part: Sequence[Outline]) -> list[tuple[str, list[Finding]]]:
        return [(item.id, gate.compare(read(item), overview)) for item in part]

    for name, more in chain.from_iterable(map_forked(compare, divide(beside, _PART), processes)):
        errors[name] = sorted([*errors.get(name, ()), *more], key=place)
    return Inspection(errors, notes)


def _find_rivals(notes: Notes, changed: Iterable[str]) -> set[str]:
    """The articles that cite a regulation of the changed notes, where its years differ."""
    keys = {(kind, number) for note in changed for kind, number, *_more in _read(note)}
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    citing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, note in notes.items() if keys else ():
        for kind, number, year, _subject in _read(note):
            years[kind, number].add(year)
            citing[kind, number].add(name)
    return {name for key in keys if len(years[key]) > 1 for name in citing[key]}


def _find_claimants(outlines: Iterable[Outline]) -> set[str]:
    """The articles that claim an address beside others; their own addresses are never the same."""
    outlines = list(outlines)
    claimed: dict[str, set[str]] = defaultdict(set)
    for outline in outlines:
        if outline.aliases:
            for key in _claim(outline)[1:]:
                claimed[key].add(outline.id)
    if not claimed:
        return set()
    for outline in outlines:
        key = f"/berita/{outline.id}"
        if key in claimed:
            claimed[key].add(outline.id)
    return {name for names in claimed.values() if len(names) > 1 for name in names}


def _claim(outline: Outline) -> list[str]:
    """The keys of the addresses of an article, its own first."""
    addresses = (outline.url, *read_aliases(outline.aliases))
    return list(dict.fromkeys(map(address_key, addresses)))


def _read(note: str) -> list[tuple[str, str, int, list[str]]]:
    return json.loads(note) if note else []
