"""Texts with every error labelled: the evaluation set, and an imported dump with its labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kpucli.archive import Archive
from kpucli.article import Article, parse_article
from kpucli.importers.berita import read_berita
from kpucli.importers.plan import ImportPlan

CORPUS = Path(__file__).parent.parent / "lint" / "corpus"
ZONE = ZoneInfo("Asia/Jakarta")

# The kinds of the dump's labels that no rule of the catalogue is about.
BEYOND = frozenset({"grammar"})


@dataclass(frozen=True, slots=True)
class Label:
    """An error in `article.source[start:end]`; `rule` is None where only its kind is known."""

    path: Path
    start: int
    end: int
    text: str
    kind: str
    rule: str | None
    correction: str


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Articles in an archive, with their errors."""

    name: str
    archive: Archive
    articles: tuple[Article, ...]
    labels: tuple[Label, ...]


def read_corpus(folder: Path) -> list[LabelledSet]:
    """The evaluation set's two parts, each as an archive below `folder`."""
    split = json.loads((CORPUS / "split.json").read_text("utf-8"))
    rows = [json.loads(line) for line in (CORPUS / "labels.jsonl").read_text("utf-8").splitlines()]
    return [_read_part(folder / part, part, split[part], rows) for part in ("tuned", "held_out")]


def _read_part(
    root: Path, name: str, files: Iterable[str], rows: Iterable[dict[str, str | int]]
) -> LabelledSet:
    articles = {file: _settle(CORPUS / file, root) for file in sorted(files)}
    labels = tuple(
        _place(row, articles[str(row["file"])]) for row in rows if row["file"] in articles
    )
    return LabelledSet(name, Archive(root, ZONE), tuple(articles.values()), labels)


def _settle(file: Path, root: Path) -> Article:
    """The article in the archive's folder for its year."""
    content = file.read_bytes()
    year = parse_article(content, file, ZONE).date.year
    path = root / str(year) / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return parse_article(content, path, ZONE)


def _place(row: dict[str, str | int], article: Article) -> Label:
    lines = article.source.split("\n")
    line, column, text = int(row["line"]), int(row["column"]), str(row["text"])
    start = sum(len(item) + 1 for item in lines[: line - 1]) + column - 1
    kind, rule, right = str(row["kind"]), str(row["rule"]), str(row["correction"])
    return Label(article.path, start, start + len(text), text, kind, rule, right)


def read_dump(dump: Path, labels: Path, folder: Path) -> LabelledSet:
    """An imported dump of Berita Terkini; `labels` are places in the dump, a line of JSON each."""
    root = folder / "dump"
    root.mkdir()
    archive = Archive(root, ZONE)
    text = dump.read_text("utf-8-sig")
    items, _notes = read_berita(text, dump, now=datetime.now(ZONE), zone=ZONE)
    articles = []
    for change in (change for group in ImportPlan(archive).changes(items) for change in group):
        change.path.parent.mkdir(parents=True, exist_ok=True)
        change.path.write_bytes(change.after)
        articles.append(archive.load(change.path))
    rows = [json.loads(line) for line in labels.read_text("utf-8").splitlines()]
    placed = [_follow(row, text, articles[row["article"] - 1]) for row in rows]
    return LabelledSet("dump", archive, tuple(articles), tuple(filter(None, placed)))


def _follow(row: dict[str, str | int], dump: str, article: Article) -> Label | None:
    """The label where its text came to stand in the article; None if the import put it right."""
    start, text = int(row["offset"]), str(row["text"])
    for before, after in _contexts(dump, start, start + len(text)):
        found = article.source.find(before + text + after)
        if found >= 0 and not _was_corrected(article, found):
            place = found + len(before)
            kind, right = str(row["kind"]), str(row["correction"])
            return Label(article.path, place, place + len(text), text, kind, None, right)
    return None


def _was_corrected(article: Article, place: int) -> bool:
    """Whether the import keeps an all-capitals title for the record and shows a better one."""
    return article.source.startswith("original_title", article.source.rfind("\n", 0, place) + 1)


def _contexts(dump: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """What stands around a place on its line, from much to little."""
    line_start = dump.rfind("\n", 0, start) + 1
    line_end = len(dump) if (found := dump.find("\n", end)) < 0 else found
    for width in (40, 20, 10, 4, 0):
        yield dump[max(line_start, start - width) : start], dump[end : min(line_end, end + width)]


def count_words(articles: Iterable[Article]) -> int:
    """The words of the bodies."""
    return sum(len(re.findall(r"\w+", article.body)) for article in articles)
