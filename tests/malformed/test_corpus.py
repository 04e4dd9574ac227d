"""Hundreds of malformed articles: each is named or published whole, and none disturbs another."""

from __future__ import annotations

import contextlib
import io
import json
import resource
import time
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from kpucli.__main__ import main
from tests.conftest import Office, Result
from tests.malformed.case import Case, Verdict
from tests.malformed.corpus import find_cases
from tests.malformed.offices import (
    NOW,
    SOUND,
    list_shown,
    make_office,
    name_path,
    page_has_all,
    sound_ones_are_published,
    take_stock,
)

CASES = find_cases(size=1)
PUBLISH = ("publish", "--now", NOW, "--format", "json")


def choose(*verdicts: Verdict) -> list[Case]:
    return [case for case in CASES if case.verdict in verdicts]


@dataclass(frozen=True)
class Runs:
    """What the commands said in an office, with the time that each took."""

    office: Office
    lint: Result
    publish: Result
    list: Result
    seconds: dict[str, float]
    touched: AbstractSet[object]


def run_all(folder: Path, cases: list[Case]) -> Runs:
    office = make_office(folder, cases)
    before = take_stock(folder)
    seconds: dict[str, float] = {}

    def run(*arguments: str) -> Result:
        started = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = office.run(*arguments, code=None)
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds[arguments[0]] = ended.ru_utime - started.ru_utime
        return result

    lint = run("lint", "--format", "json")
    publish = run(*PUBLISH)
    listed = run("list", "--format", "json")
    return Runs(office, lint, publish, listed, seconds, take_stock(folder).items() ^ before.items())


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """An office with every case that must not be published."""
    cases = choose(Verdict.REFUSED, Verdict.HIDDEN, Verdict.PASSED_OVER)
    return run_all(tmp_path_factory.mktemp("buruk"), cases)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """An office with every case that is odd and yet sound, and those that are no articles."""
    cases = choose(Verdict.SHOWN, Verdict.HIDDEN, Verdict.PASSED_OVER)
    return run_all(tmp_path_factory.mktemp("ganjil"), cases)


def find_errors(runs: Runs) -> set[str]:
    """The files in which the linter finds errors, as a terminal shows them."""
    findings = json.loads(runs.lint.out)
    return {
        name_path(item["path"].removeprefix("articles/"))
        for item in findings
        if item["severity"] == "error"
    }


def find_listed(runs: Runs) -> set[str]:
    return {row["path"].removeprefix("articles/") for row in json.loads(runs.list.out)}


def test_the_corpus_is_large() -> None:
    assert len(CASES) >= 500
    assert len({case.name for case in CASES}) == len(CASES)
    assert sum(len(case.files) for case in CASES) == len({p for case in CASES for p in case.files})


def test_what_is_malformed_is_named_by_the_linter(bad: Runs) -> None:
    wanted = {name_path(place) for case in choose(Verdict.REFUSED) for place in case.named}
    assert bad.lint.code == 1
    found = find_errors(bad)
    assert wanted <= found
    dark = {name_path(place) for case in choose(Verdict.PASSED_OVER) for place in case.files}
    assert not dark & found


def test_what_is_malformed_is_named_and_not_published(bad: Runs) -> None:
    wanted = {name_path(place) for case in choose(Verdict.REFUSED) for place in case.named}
    named = {line.partition(":")[0] for line in bad.publish.err.splitlines()}
    named |= {place for place in wanted if f"{place}:" in bad.publish.err}
    assert bad.publish.code == 1
    assert bad.publish.out == ""
    assert wanted <= named
    assert not (bad.office.folder / "public").exists()


def test_where_errors_are_skipped_malformed_articles_stop_no_other(
    bad: Runs, tmp_path: Path
) -> None:
    office = make_office(tmp_path, choose(Verdict.REFUSED, Verdict.HIDDEN))
    result = office.run("publish", "--now", NOW, "--skip-errors", code=1)
    assert sound_ones_are_published(office)
    refused = {place for case in choose(Verdict.REFUSED) for place in case.named}
    pages = {path.name for path in (office.folder / "public").glob("berita/*/*")}
    assert not pages & {Path(place).stem for place in refused if place.endswith(".md")}
    assert set(bad.publish.err.splitlines()[:-1]) <= set(result.err.splitlines())


def test_beside_malformed_articles_the_sound_ones_are_listed(bad: Runs) -> None:
    assert bad.list.code == 2
    listed = find_listed(bad)
    assert {f"{name}.md" for name in SOUND} <= listed
    assert {place for case in choose(Verdict.HIDDEN) for place in case.files} <= listed
    unlisted = {
        name_path(place)
        for case in choose(Verdict.REFUSED)
        for place in case.named
        if place not in listed
    }
    assert all(f"{place}:" in bad.list.err for place in unlisted)


def test_what_is_odd_is_published_whole(odd: Runs) -> None:
    assert (odd.publish.code, odd.list.code) == (0, 0)
    assert find_errors(odd) == set()
    shown = list_shown(CASES)
    assert [item for item in shown if not page_has_all(odd.office, *item)] == []
    assert {place for place, _name in shown} <= find_listed(odd)
    assert sound_ones_are_published(odd.office)


def test_what_is_hidden_is_nowhere(odd: Runs) -> None:
    site = odd.office.folder / "public"
    names = [case.name.encode() for case in choose(Verdict.HIDDEN, Verdict.PASSED_OVER)]
    pages = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert [
        path for path, page in pages.items() for name in names if b"Mulai " + name in page
    ] == []


@pytest.mark.parametrize("office", ["bad", "odd"])
def test_nothing_is_written_elsewhere(office: str, request: pytest.FixtureRequest) -> None:
    runs: Runs = request.getfixturevalue(office)
    assert runs.touched == set()


@pytest.mark.parametrize("office", ["bad", "odd"])
def test_nothing_commands_a_terminal(office: str, request: pytest.FixtureRequest) -> None:
    runs: Runs = request.getfixturevalue(office)
    for result in (runs.lint, runs.publish, runs.list):
        assert "\x1b" not in result.out + result.err


@pytest.mark.parametrize("office", ["bad", "odd"])
def test_nothing_takes_long(office: str, request: pytest.FixtureRequest) -> None:
    """All together take no longer than one may: a tenth of the size, and some for each page."""
    runs: Runs = request.getfixturevalue(office)
    assert max(runs.seconds.values()) < 8, runs.seconds


def show(name: str) -> tuple[int, str]:
    """`kpucli show` in this process: the exit code, and what it says."""
    out = io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        patch("sys.argv", ["kpucli", "show", name]),
        pytest.raises(SystemExit) as end,
    ):
        main()
    return int(end.value.code or 0), out.getvalue()


def test_every_case_is_shown_or_refused(bad: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bad.office.folder)
    listed = find_listed(bad)
    for case in choose(Verdict.REFUSED, Verdict.HIDDEN):
        for place in case.files:
            if place.endswith(".md"):
                started = time.process_time()
                code, said = show(f"articles/{place}")
                assert time.process_time() - started < 2, place
                assert (code == 0) == (place in listed), (place, said)
                assert "\x1b" not in said
                assert code in (0, 2)
                assert code == 0 or "Kesalahan: " in said
