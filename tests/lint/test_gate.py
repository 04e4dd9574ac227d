"""The gate lets nothing through that the linter calls an error, and stops nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpucli.archive import Archive
from kpucli.article import problem_error
from kpucli.config import Config, LintConfig
from kpucli.errors import ArticleError
from kpucli.index import hash_content
from kpucli.lint.engine import check
from kpucli.lint.finding import Severity
from kpucli.lint.gate import Gate, Inspection, KnownOverview, inspect_articles
from kpucli.lint.overview import Overview
from kpucli.lint.policy import make_policy
from kpucli.lint.rule import Rule
from kpucli.lint.selection import all_rules
from kpucli.outline import Outline, make_outline
from tests.lint.examples import WIB, put

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in all_rules()
    for number, example in enumerate((*rule.bad, *rule.good))
]
CITING = '+++\ntitle = "Judul {slug}"\ndate = 2022-04-20\n+++\n\n{text}\n'


def outlines_of(archive: Archive) -> list[Outline]:
    found = []
    for path in archive.paths()[0]:
        try:
            article = archive.load(path)
        except ArticleError:
            continue
        if problem_error(article) is None:
            found.append(make_outline(article, hash_content(path.read_bytes())))
    return found


def inspect(
    archive: Archive,
    rules: tuple[Rule, ...] | None = None,
    choose: Callable[[Outline], bool] = lambda _item: True,
    notes: dict[str, str] | None = None,
    lint: LintConfig | None = None,
) -> Inspection:
    outlines = outlines_of(archive)
    config = Config(archive.root.parent, None, lint=lint or LintConfig())
    policy = make_policy(config).for_errors()
    gate = Gate(policy, KnownOverview(archive, outlines=outlines))
    return inspect_articles(
        gate,
        lambda item: archive.load(archive.root / f"{item.id}.md"),
        [item for item in outlines if choose(item)],
        outlines,
        lambda: notes or {},
    )


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_gate_finds_the_errors_that_the_linter_finds(
    rule: Rule, example: str, tmp_path: Path
) -> None:
    archive, _marks = put(example, tmp_path)
    sound = {archive.root / f"{item.id}.md" for item in outlines_of(archive)}
    errors = [
        found
        for found in check(archive, overview=Overview(archive))
        if found.severity is Severity.ERROR and found.path in sound
    ]
    found = inspect(archive).errors
    assert sorted(
        (error for some in found.values() for error in some),
        key=lambda error: (error.path, error.line, error.column, error.code),
    ) == sorted(errors, key=lambda error: (error.path, error.line, error.column, error.code))


def test_an_article_that_changes_brings_about_errors_in_others(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "articles", WIB)
    texts = {
        "lama": "Perpres Nomor 81 Tahun 2012 tentang Grand Design berlaku.",
        "lain": "Menurut Perpres Nomor 81 Tahun 2010 tentang Grand Design.",
        "baru": "Ada Perpres Nomor 81 Tahun 2010 tentang Grand Design.",
    }
    (archive.root / "2022").mkdir(parents=True)
    for slug in ("lama", "lain"):
        text = CITING.format(slug=slug, text=texts[slug])
        (archive.root / "2022" / f"{slug}.md").write_text(text)
    before = inspect(archive)
    text = CITING.format(slug="baru", text=texts["baru"])
    (archive.root / "2022" / "baru.md").write_text(text)
    after = inspect(archive, choose=lambda item: item.id == "2022/baru", notes=dict(before.notes))
    assert "2022/baru" in after.notes
    assert "2022/lama" not in after.notes
    assert [found.code for found in after.errors["2022/lama"]] == ["FAK008"]
    assert not after.errors["2022/baru"]


def test_a_new_article_brings_about_an_error_in_who_claims_its_address(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "articles", WIB)
    (archive.root / "2022").mkdir(parents=True)
    for slug, more in (("satu", ""), ("dua", 'aliases = ["/berita/2022/satu/"]\n')):
        text = f'+++\ntitle = "Judul {slug}"\ndate = 2022-04-20\n{more}+++\n\nIsi.\n'
        (archive.root / "2022" / f"{slug}.md").write_text(text)
    found = inspect(archive, choose=lambda item: item.id == "2022/satu").errors
    assert {name: [error.code for error in some] for name, some in found.items()} == {
        "2022/satu": [],
        "2022/dua": ["MET005"],
    }


def test_what_the_office_calls_an_error_is_compared_too(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "articles", WIB)
    (archive.root / "2022").mkdir(parents=True)
    for slug in ("satu", "dua"):
        text = '+++\ntitle = "Judul yang sama"\ndate = 2022-04-20\n+++\n\nIsi.\n'
        (archive.root / "2022" / f"{slug}.md").write_text(text)
    assert not any(inspect(archive).errors.values())
    found = inspect(archive, lint=LintConfig(severity={"MET019": "error"})).errors
    assert {name: [error.code for error in some] for name, some in found.items()} == {
        "2022/satu": ["MET019"],
        "2022/dua": ["MET019"],
    }
