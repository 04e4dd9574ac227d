"""`[lint]` in the configuration: what runs where, how much it weighs, from when on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import pytest
import tomli

from kpucli.archive import Archive
from kpucli.article import Article, parse_article
from kpucli.config import Limits, load_config
from kpucli.errors import ArticleError
from kpucli.lint.engine import check_article
from kpucli.lint.finding import Severity
from kpucli.lint.overview import Overview
from kpucli.lint.policy import Policy, make_policy
from kpucli.lint.selection import all_rules
from tests.conftest import Office
from tests.documentation import README
from tests.lint.examples import WIB, cases, put

CORPUS = Path(__file__).parent / "corpus"

BODY = "Dua  spasi , di Kamis (18/04/2022).\n"
SUMMARY = 'summary = "Pendek."'


def configure(office: Office, text: str) -> None:
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write(text)


def found(office: Office, *arguments: str, code: int | None = None) -> list[tuple[str, str]]:
    out = office.run("lint", "--format", "json", *arguments, code=code).out
    return [(row["code"], row["severity"]) for row in json.loads(out)]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('{ TBC = "info", TGL = "off" }', [("TBC001", "info"), ("TBC002", "info")]),
        ('{ TBC = "off", TBC002 = "info", TGL001 = "info" }', [("TGL001", "info")]),
        ('{ TBC002 = "info", TBC = "error", TGL = "off" }',
         [("TBC001", "error"), ("TBC002", "info")]),
        ('{ extra-space = "error", TBC002 = "off", weekday-mismatch = "off" }',
         [("TBC001", "error")]),
    ],
)  # fmt: skip
def test_severity_is_the_offices(
    settings: str, expected: list[tuple[str, str]], office: Office
) -> None:
    office.add("2022/a", body=BODY)
    configure(office, f"[lint]\nseverity = {settings}\n")
    fails = any(severity != "info" for _code, severity in expected)
    assert found(office, code=int(fails)) == expected


def test_severity_goes_before_what_a_rule_gives_a_finding(office: Office) -> None:
    office.add("2022/a", 'tags = ["sop", "sop"]')
    configure(office, '[lint.severity]\nMET007 = "info"\n')
    assert set(found(office, code=0)) == {("MET007", "info")}


def test_what_the_command_line_selects_runs_though_it_is_off(office: Office) -> None:
    office.add("2022/a", body=BODY)
    configure(office, '[lint]\nignore = ["TBC002"]\nseverity = { TBC001 = "off" }\n')
    assert [code for code, _severity in found(office, "--select", "TBC")] == ["TBC001", "TBC002"]


@pytest.mark.parametrize(
    "pattern", ["2015/*", "articles/2015/*", "*/lama-*", "articles/2015/l*.md"]
)
def test_rules_are_left_out_below_some_paths(pattern: str, office: Office) -> None:
    old = office.add("2015/lama-sekali", body=BODY)
    office.add("2022/baru", body=BODY)
    configure(office, f'[lint.per_path_ignores]\n"{pattern}" = ["TBC"]\n')
    assert [code for code, _severity in found(office)] == ["TGL001", "TBC001", "TBC002", "TGL001"]
    below = Office(office.folder / "articles")
    assert [code for code, _severity in found(below, "2015")] == ["TGL001"]
    before = old.read_text()
    office.run("lint", "--fix", code=1)
    assert old.read_text() == before


def test_no_setting_hides_what_cannot_be_read(office: Office) -> None:
    office.write("2022/a", "rusak")
    configure(office, '[lint]\nseverity = { MET = "off" }\nper_path_ignores = { "*" = ["MET"] }\n')
    assert found(office, code=1) == [("MET001", "error")]


def test_limits_are_the_offices(office: Office) -> None:
    office.add("2022/a", SUMMARY)
    assert found(office, code=1) == [("MET008", "warning")]
    configure(office, "[lint.limits]\nsummary_least_characters = 5\n")
    assert found(office, code=0) == []
    configure(office, "summary_characters = 6\n")
    assert "sebaiknya 5 sampai 6" in office.run("lint", code=1).out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[lint]\nselects = []", ":7: Setelan `selects` tidak dikenal; mungkin maksudnya `select`"),
        ("[lint]\nseverity = 'info'", "`severity` harus tabel KODE"),
        ("[lint]\nseverity = { TBC = 'galat' }", "`severity` harus tabel KODE"),
        ("[lint]\nseverity = { TBC099 = 'info' }", "kpucli.toml: Aturan “TBC099” tidak ada."),
        ("[lint]\nper_path_ignores = { '*' = 'TBC' }", "`per_path_ignores` harus tabel pola"),
        ("[lint]\nper_path_ignores = { '*' = ['TBD'] }", "Mungkin maksudnya TBC."),
        ("[lint]\nignore = ['TBD']", "kpucli.toml: Aturan “TBD” tidak ada."),
        ("[lint]\nbaseline = '../x.json'", "`baseline` harus nama berkas"),
        ("[lint]\nlimits = 3", "`limits` harus tabel"),
        ("[lint.limits]\nsentence_word = 3", "mungkin maksudnya `sentence_words`"),
        ("[lint.limits]\nsentence_words = 0", "`sentence_words` harus bilangan lebih dari 0"),
    ],
)
def test_a_setting_that_is_none_is_refused(text: str, said: str, office: Office) -> None:
    office.add("2022/a")
    configure(office, f"{text}\n")
    result = office.run("lint", code=2)
    assert said in result.err
    assert result.out == ""


def test_the_readme_shows_every_setting_and_what_the_limits_are(office: Office) -> None:
    office.add("2022/a")
    blocks = re.findall(r"^```toml\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (text,) = [block for block in blocks if block.startswith("[lint]")]
    configure(office, text)
    settings = load_config(office.folder).lint
    assert settings.limits == Limits()
    assert {item.name for item in fields(settings)} == set(tomli.loads(text)["lint"])
    office.run("lint", "--update-baseline")
    office.run("lint")


def read_examples(folder: Path) -> Iterator[tuple[Article, Overview]]:
    """Each article of every rule's examples, and of the part of the corpus that is no secret."""
    for kind in ("bad", "good", "fixed"):
        for name, _rule, example in cases(kind):
            archive, _marks = put(example, folder / kind / name)
            overview = Overview(archive)
            for path in archive.paths()[0]:
                with suppress(ArticleError):
                    yield archive.load(path), overview
    tuned = json.loads((CORPUS / "split.json").read_text())["tuned"]
    archive = Archive(folder / "corpus", WIB)
    for name in tuned:
        text = (CORPUS / name).read_bytes()
        path = archive.root / "2022" / name
        yield parse_article(text, path, WIB), Overview(archive)


def test_only_the_rules_for_errors_report_errors(tmp_path: Path) -> None:
    rules = all_rules()
    policy = Policy(rules).for_errors()
    reported: set[str] = set()
    for article, overview in read_examples(tmp_path):
        found = check_article(article, rules, overview)
        errors = [item for item in found if item.severity is Severity.ERROR]
        reported |= {item.code for item in errors}
        among_few = check_article(article, policy.rules, overview)
        assert [item for item in among_few if item.severity is Severity.ERROR] == errors
    named = {rule.code for rule in policy.rules}
    assert named == reported | {"MET001", "MET006"}  # of what cannot be read


def test_an_office_decides_which_rules_report_errors(office: Office) -> None:
    settings = '{ TBC001 = "error", TBC002 = "info", MET007 = "warning", EJA = "off" }'
    configure(office, f"[lint]\nseverity = {settings}\n")
    policy = make_policy(load_config(office.folder))
    few = {rule.code for rule in policy.for_errors().rules}
    assert {"TBC001", "TBC003", "FAK003"} <= few
    assert few.isdisjoint({"TBC002", "MET007", "EJA001", "EJA002"})
