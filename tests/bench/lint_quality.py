"""How much of what the linter says is right, and how much of what is wrong it says."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kpucli.lint.engine import find_hits, read_manuscript
from kpucli.lint.finding import Severity
from kpucli.lint.overview import Overview
from kpucli.lint.prose import FILLER
from kpucli.lint.rule import Rule
from kpucli.lint.selection import select_rules
from tests.bench.labelled import BEYOND, Label, LabelledSet, count_words, read_corpus, read_dump

# A word that is wrong may be labelled by one rule and found by another: "kerjasama" is of both.
_WORDS = ("EJA", "IMB", "FAK009")
_KINDS = {  # rules that may find a label of which only the kind is known
    "abbreviation": ("FAK009", *_WORDS),
    "capitalization": ("BRT006", "BRT002"),
    "count": ("FAK002", "FAK003"),
    "dash": ("TBC008", "EJA008", "BRT001"),
    "date-conflict": ("TGL",),
    "date-format": ("TGL005",),
    "dateline": ("BRT001",),
    "eyd-affix": _WORDS,
    "foreign": _WORDS,
    "list-inline": ("BRT007",),
    "long-sentence": ("BRT004", "BRT005"),
    "misspelling": (*_WORDS, "TBC003"),
    "name-variant": ("FAK006", "BRT006", *_WORDS),
    "nonstandard": _WORDS,
    "number-style": ("FAK003", "FAK004", "FAK005"),
    "punctuation": ("TBC",),
    "quote": ("TBC",),
    "real-word": _WORDS,
    "regulation": ("FAK007", "FAK008"),
    "relative-date": ("TGL004",),
    "repeated-word": ("EJA008", "IMB"),
    "spacing": ("TBC", "IMB"),
    "title-caps": ("BRT002",),
    "weekday": ("TGL001", "TGL003"),
}
_WORD_FORMS = frozenset({"misspelling", "nonstandard"})  # what one can tell from the word alone
_SPELLING = _WORD_FORMS | {"real-word"}
_SPELLING_RULES = ("EJA001", "EJA002", "EJA003", "EJA004", "EJA006", "IMB007")
_FAMILIES = (_WORDS, ("TBC", "BRT001"), ("FAK003", "FAK004", "FAK005"), ("FAK007", "FAK008"))


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule reported, in offsets of the article's source."""

    path: Path
    start: int
    end: int
    code: str
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Findings, those of them that are right, labels, and those of them that are found."""

    found: int
    right: int
    labels: int
    met: int

    def cells(self) -> str:
        """The score as cells of a table."""
        precision = f"{self.right / self.found:.2f}" if self.found else "–"
        recall = f"{self.met / self.labels:.2f}" if self.labels else "–"
        return f"{self.found} | {self.right} | {precision} | {self.labels} | {self.met} | {recall}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--dump", type=Path, help="a text dump of Berita Terkini")
    parser.add_argument("--labels", type=Path, help="its labels, a line of JSON each")
    parser.add_argument("--details", metavar="SET", help="show what is wrong or missing in a set")


def run(arguments: argparse.Namespace) -> str:
    """Judge the findings on each labelled set; tables by rule and kind, hunspell beside them."""
    with tempfile.TemporaryDirectory() as name:
        sets = read_corpus(Path(name))
        if arguments.dump and arguments.labels:
            sets.append(read_dump(arguments.dump, arguments.labels, Path(name)))
        return "\n\n".join(_report(item, details=arguments.details == item.name) for item in sets)


def _report(labelled: LabelledSet, *, details: bool) -> str:
    labels = [label for label in labelled.labels if label.kind not in BEYOND]
    found = list(_find(labelled))
    words = count_words(labelled.articles)
    clean = {article.path for article in labelled.articles} - {label.path for label in labels}
    serious = [item for item in found if item.severity is not Severity.INFO]
    spelling = [item for item in found if _is_of(item.code, _SPELLING_RULES)]
    sure = [item for item in spelling if _is_sure(item)]
    is_spelling: Callable[[Label], bool] = lambda label: label.kind in _SPELLING  # noqa: E731
    is_form: Callable[[Label], bool] = lambda label: label.kind in _WORD_FORMS  # noqa: E731
    rows = [
        ("semua temuan", _score(found, labels)),
        ("galat dan peringatan", _score(serious, labels)),
        ("ejaan, semua", _score(spelling, labels, is_spelling)),
        ("ejaan, yakin", _score(sure, labels, is_spelling)),
        ("ejaan, yakin, tanpa kata tertukar", _score(sure, labels, is_form)),
        ("hunspell id_ID", _score(list(_hunspell(labelled)), labels, is_spelling)),
        *((kind, _score_kind(kind, found, labels)) for kind in _kinds(labels)),
        *((code, _score_rule(code, found, labels)) for code in _codes(found, labels)),
    ]
    false = [item for item in found if not any(map(match_labels(item), labels))]
    errors = sum(item.severity is Severity.ERROR for item in false)
    in_clean = [item for item in serious if item.path in clean]
    lines = [
        f"## {labelled.name}: {len(labelled.articles)} artikel, {words} kata, {len(labels)} label",
        "",
        "| | temuan | benar | presisi | label | ditemukan | recall |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(f"| {name} | {score.cells()} |" for name, score in rows if score.found or score.labels),
        "",
        (
            f"Temuan keliru per 1.000 kata: {1000 * len(false) / words:.2f}, di antaranya galat:"
            f" {1000 * errors / words:.2f}."
        ),
        f"{len(clean)} artikel bersih: {len(in_clean)} galat atau peringatan.",
    ]
    if details:
        lines += ["", *_details(labelled, found, labels)]
    return "\n".join(lines)


def _find(labelled: LabelledSet) -> Iterator[Found]:
    overview, rules = Overview(labelled.archive), select_rules()
    for article in labelled.articles:
        manuscript = read_manuscript(article, labelled.archive)
        for rule, hit in find_hits(manuscript, rules, overview):
            if rule.group in ("MET", "PRI"):
                continue  # not of the text's language
            yield Found(
                article.path, hit.start, hit.end, rule.code, _severity(rule, hit.severity),
                article.source[hit.start : hit.end],
            )  # fmt: skip


def _severity(rule: Rule, severity: Severity | None) -> Severity:
    return severity or rule.severity


def _hunspell(labelled: LabelledSet) -> Iterator[Found]:
    """Words in small letters that hunspell does not know."""
    if not shutil.which("hunspell"):
        return
    for article in labelled.articles:
        text = read_manuscript(article, labelled.archive).prose.text
        command = ["hunspell", "-d", "id_ID", "-l", "-i", "utf-8"]
        bad = subprocess.run(
            command, input=text.replace(FILLER, " "), capture_output=True, text=True, check=True
        )
        unknown = set(bad.stdout.split())
        for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
            if match[0] in unknown and match[0].islower():
                yield Found(article.path, *match.span(), "EJA000", Severity.ERROR, match[0])


def match_labels(item: Found) -> Callable[[Label], bool]:
    """Whether a label is about what was found."""

    def matches(label: Label) -> bool:
        if label.path != item.path or not _overlap(item, label):
            return False
        if label.rule is None:
            return _is_of(item.code, _KINDS.get(label.kind, ()))
        if label.rule == item.code:
            return True
        return any(_is_of(label.rule, some) and _is_of(item.code, some) for some in _FAMILIES)

    return matches


def _overlap(item: Found, label: Label) -> bool:
    """Whether they share a character; an insertion may touch."""
    return item.start < label.end + (item.start == item.end) and label.start < item.end + (
        item.start == item.end
    )


def _is_of(code: str, some: Iterable[str]) -> bool:
    return code.startswith(tuple(some))


def _is_sure(item: Found) -> bool:
    return item.code != "EJA001" or item.severity is Severity.ERROR


def _score(
    found: Sequence[Found],
    labels: Sequence[Label],
    counts: Callable[[Label], bool] = lambda _label: True,
) -> Score:
    """The score of some findings; `counts` are the labels that they should have met."""
    wanted = [label for label in labels if counts(label)]
    right = sum(any(map(match_labels(item), labels)) for item in found)
    met = sum(any(match_labels(item)(label) for item in found) for label in wanted)
    return Score(len(found), right, len(wanted), met)


def _score_kind(kind: str, found: Sequence[Found], labels: Sequence[Label]) -> Score:
    wanted = [label for label in labels if label.kind == kind]
    met = sum(any(match_labels(item)(label) for item in found) for label in wanted)
    return Score(0, 0, len(wanted), met)


def _score_rule(code: str, found: Sequence[Found], labels: Sequence[Label]) -> Score:
    own = [item for item in found if item.code == code]
    right = sum(any(map(match_labels(item), labels)) for item in own)
    wanted = [label for label in labels if label.rule == code]
    met = sum(any(match_labels(item)(label) for item in found) for label in wanted)
    return Score(len(own), right, len(wanted), met)


def _kinds(labels: Iterable[Label]) -> list[str]:
    return sorted({label.kind for label in labels})


def _codes(found: Iterable[Found], labels: Iterable[Label]) -> list[str]:
    return sorted({item.code for item in found} | {item.rule for item in labels if item.rule})


def _details(
    labelled: LabelledSet, found: Sequence[Found], labels: Sequence[Label]
) -> Iterator[str]:
    """Each finding that no label covers, and each label that nothing found."""
    sources = {article.path: article.source for article in labelled.articles}
    for item in found:
        if not any(map(match_labels(item), labels)):
            context = sources[item.path][max(0, item.start - 30) : item.end + 30]
            yield f"- keliru? {item.path.stem[:12]} {item.code} {item.text[:60]!r} … {context!r}"
    for label in labels:
        if not any(match_labels(item)(label) for item in found):
            name = label.rule or label.kind
            yield f"- luput {label.path.stem[:12]} {name} {label.text[:60]!r} → {label.correction}"
