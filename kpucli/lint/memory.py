"""What the linter said of unchanged articles, kept in the index: see `kpucli.index`.

A verdict is kept for the article's content, its place and the photographs beside it, and for the
rules: their code and data, the configuration, the office's words, the language of messages. That
of rules that see the whole archive is kept for the facts of all articles too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields, replace
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kpucli.archive import Archive, read_file
from kpucli.article import parse_article
from kpucli.config import Config
from kpucli.errors import ArticleError
from kpucli.i18n import chosen_language
from kpucli.index import Index, hash_content, hash_program
from kpucli.lint.engine import check_article, place, report_unreadable
from kpucli.lint.facts import Facts, collect
from kpucli.lint.finding import Applicability, Edit, Excerpt, Finding, Fix, Severity
from kpucli.lint.overview import Overview, read_facts
from kpucli.lint.rule import REGISTERED, Rule, Scope


class Memory:
    """Verdicts and facts of the articles of one archive."""

    def __init__(
        self, index: Index, config: Config, archive: Archive, words: frozenset[str]
    ) -> None:
        self._index = index
        self._archive = archive
        # Where the configuration is says nothing; where the articles are stands in messages.
        settings = replace(config, root=Path(), source=None, articles=archive.root, output=Path())
        self._settings = f"{settings!r} {sorted(words)} {chosen_language()}".encode()
        self._folders: dict[Path, frozenset[str]] = {}
        self._digests: dict[Path, bytes] = {}
        self._parts: dict[tuple[Rule, ...], list[tuple[Rule, ...]]] = {}
        self._makers: dict[tuple[Rule, ...], bytes] = {}

    def check(self, path: Path, rules: tuple[Rule, ...], overview: Overview) -> list[Finding]:
        """The findings on an article of the archive, from memory as far as possible."""
        try:
            digest, content = self._look(path)
        except ArticleError as error:
            return report_unreadable(error, rules)
        subject = self._subject(path, digest)
        found: list[Finding] = []
        missing: list[Rule] = []
        for part in self._divide(rules):
            kept = self._recall(part, subject, path) if subject else None
            if kept is None:
                missing += part
            else:
                found += kept
        if missing:
            found += self._work_out(path, content, tuple(missing), overview)
        return sorted(found, key=place)

    def facts_of(self, paths: Iterable[Path]) -> Iterator[Facts]:
        """The facts of some articles, but for those that cannot be read."""
        for path in paths:
            try:
                yield _facts_from(path, self._facts_text(path))
            except ArticleError:
                continue
            except (ValueError, TypeError, LookupError):  # damaged, but not by us
                yield from read_facts(self._archive, [path])

    def _look(self, path: Path) -> tuple[bytes, bytes | None]:
        """What stands for a file's content, and the content if it was read for that.

        Raises `ArticleError` for a file that cannot be read.
        """
        if path in self._digests:
            return self._digests[path], None
        content = None
        digest = self._index.content_of(path)
        if digest is None:
            status = os.lstat(path) if os.path.lexists(path) else None
            content = read_file(path)
            digest = hash_content(content)
            if status is not None:
                self._index.note_content(path, status, digest)
        self._digests[path] = digest
        return digest, content

    def _subject(self, path: Path, digest: bytes) -> bytes | None:
        """The hash of all of an article that rules look at; None where it is not worth knowing."""
        photographs = self._photographs(path)
        if photographs is None:
            return None
        name = path.relative_to(self._archive.root).as_posix()
        return hash_content(b"\0".join([name.encode(), digest, repr(photographs).encode()]))

    def _photographs(self, path: Path) -> list[tuple[str, bool, int, int, int]] | None:
        """What lies in an article's folder; None if that cannot be told, or a link leads away."""
        year = path.parent
        try:
            if year not in self._folders:
                with os.scandir(year) as entries:
                    self._folders[year] = frozenset(item.name for item in entries if item.is_dir())
            if path.stem not in self._folders[year]:
                return []
            with os.scandir(path.with_suffix("")) as entries:
                found = list(entries)
            if any(item.is_symlink() for item in found):
                return None
            return sorted(_describe(item) for item in found)
        except OSError:
            return None

    def _work_out(
        self, path: Path, content: bytes | None, rules: tuple[Rule, ...], overview: Overview
    ) -> list[Finding]:
        try:
            content = read_file(path) if content is None else content
            article = parse_article(content, path, self._archive.zone)
        except ArticleError as error:
            return report_unreadable(error, rules)
        findings = check_article(article, rules, overview)
        subject = self._subject(path, hash_content(content))
        if subject is not None:
            for part in self._divide(rules):
                codes = {rule.code for rule in part}
                rows = [_to_row(finding) for finding in findings if finding.code in codes]
                self._index.keep(self._maker(part), subject, json.dumps(rows))
        return findings

    def _recall(self, rules: tuple[Rule, ...], subject: bytes, path: Path) -> list[Finding] | None:
        text = self._index.recall(self._maker(rules), subject)
        if text is None:
            return None
        try:
            return [_from_row(row, path) for row in json.loads(text)]
        except (ValueError, TypeError, LookupError):  # damaged, but not by us
            return None

    def _divide(self, rules: tuple[Rule, ...]) -> list[tuple[Rule, ...]]:
        """The rules whose answers hang on the article alone, and the others, if there are any."""
        if rules not in self._parts:
            kinds: dict[Scope, list[Rule]] = {}
            for rule in rules:
                kinds.setdefault(rule.scope, []).append(rule)
            self._parts[rules] = [tuple(part) for part in kinds.values()]
        return self._parts[rules]

    def _maker(self, rules: tuple[Rule, ...]) -> bytes:
        """What stands for rules and all that they hang on, but for the article."""
        if rules not in self._makers:
            parts = [" ".join(rule.code for rule in rules).encode()]
            if any(rule.scope is Scope.ARCHIVE for rule in rules):
                parts.append(self._all_facts)
            self._makers[rules] = hash_content(b"\0".join([hash_program(), self._settings, *parts]))
        return self._makers[rules]

    @cached_property
    def _fact_maker(self) -> bytes:
        """What stands for all that facts hang on, but for the article."""
        return hash_content(b"\0".join([hash_program(), self._settings, b"facts"]))

    @cached_property
    def _all_facts(self) -> bytes:
        """What stands for the facts of the whole archive."""
        facts = blake2b(digest_size=16)
        for path in self._archive.paths()[0]:
            try:
                text = self._facts_text(path)
            except ArticleError:
                text = ""
            facts.update(f"{path.parent.name}/{path.name}\0{text}\0".encode())
        return facts.digest()

    @cached_property
    def _known_facts(self) -> dict[bytes, str]:
        """The facts of articles as JSON, by what stands for their content and place."""
        return self._index.recall_all(self._fact_maker)

    def _facts_text(self, path: Path) -> str:
        """The facts of an article as JSON. Raises `ArticleError` if it cannot be read."""
        digest, content = self._look(path)
        place = f"{path.parent.name}/{path.stem} ".encode()
        text = self._known_facts.get(place + digest)
        if text is None:
            content = read_file(path) if content is None else content
            text = _facts_to(collect(parse_article(content, path, self._archive.zone)))
            subject = place + hash_content(content)
            self._index.keep(self._fact_maker, subject, text)
            self._known_facts[subject] = text
        return text


def _describe(item: os.DirEntry[str]) -> tuple[str, bool, int, int, int]:
    status = item.stat()
    name = os.fsencode(item.name).hex()
    return name, item.is_file(), status.st_size, status.st_mtime_ns, status.st_ino


_FACT_NAMES = [field.name for field in fields(Facts) if field.name != "path"]
_DAY = _FACT_NAMES.index("day")


def _facts_to(facts: Facts) -> str:
    return json.dumps([getattr(facts, name) for name in _FACT_NAMES], default=date.isoformat)


def _facts_from(path: Path, text: str) -> Facts:
    values = [_frozen(value) for value in json.loads(text)]
    if values[_DAY] is not None:
        values[_DAY] = date.fromisoformat(values[_DAY])
    return Facts(path, *values)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _to_row(finding: Finding) -> list[Any]:
    return [
        finding.code,
        finding.severity,
        [finding.line, finding.column, finding.end_line, finding.end_column],
        finding.message,
        finding.suggestion,
        asdict(finding.fix) if finding.fix else None,
        asdict(finding.excerpt) if finding.excerpt else None,
        finding.fingerprint,
    ]


def _from_row(row: list[Any], path: Path) -> Finding:
    code, severity, span, message, suggestion, fix, excerpt, fingerprint = row
    line, column, end_line, end_column = span
    return Finding(
        code,
        REGISTERED[code].name,
        Severity(severity),
        path,
        line,
        column,
        end_line,
        end_column,
        message,
        suggestion,
        _fix_from(fix) if fix else None,
        Excerpt(**excerpt) if excerpt else None,
        fingerprint,
    )


def _fix_from(row: dict[str, Any]) -> Fix:
    edits = tuple(Edit(**edit) for edit in row["edits"])
    return Fix(Applicability(row["applicability"]), edits)
