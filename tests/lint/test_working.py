"""Working with the linter: counts, explanations, watching, progress, the hook for pre-commit."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Office, make_environment
from tests.lint.repositories import commit, git
from tests.terminal import run_on_terminal

BAD = "Rapat  digelar Kamis (18/04/2022) , pagi.\n"
ROOT = Path(__file__).parent.parent.parent


def test_statistics_count_by_rule_the_most_frequent_first(office: Office) -> None:
    office.add("2022/a", body=BAD + "\nDua  spasi.\n")
    result = office.run("lint", "--statistics", code=1)
    assert result.out == (
        "2  TBC001 Spasi berlebih (peringatan) – 2 dapat dibetulkan\n"
        "1  TBC002 Spasi di dekat tanda baca (galat) – 1 dapat dibetulkan\n"
        "1  TGL001 Hari tidak cocok dengan tanggal (galat)\n"
    )
    assert "1 artikel diperiksa: 2 galat, 2 peringatan." in result.err


def test_statistics_for_scripts(office: Office) -> None:
    office.add("2022/a", body=BAD)
    rows = json.loads(office.run("lint", "--statistics", "--format", "json", code=1).out)
    assert rows[0] == {
        "code": "TBC001", "name": "extra-space", "severity": "warning", "count": 1, "fixable": 1,
    }  # fmt: skip
    office.add("2022/a")
    assert json.loads(office.run("lint", "--statistics", "--format", "json").out) == []
    assert office.run("lint", "--statistics").out == ""


CLASHES = [
    ["-", "--changed"],
    ["-", "--update-baseline"],
    ["-", "--watch"],
    ["--update-baseline", "--diff"],
    ["--update-baseline", "--changed"],
    ["--update-baseline", "--watch"],
    ["--statistics", "--format", "sarif"],
]


@pytest.mark.parametrize("arguments", CLASHES, ids=" ".join)
def test_what_cannot_go_together_is_refused(arguments: list[str], office: Office) -> None:
    office.add("2022/a")
    result = office.run("lint", *arguments, code=2)
    assert "tidak dapat digabung dengan" in result.err
    assert result.out == ""


def test_a_group_is_explained_by_its_rules(office: Office) -> None:
    out = office.run("lint", "--explain", "tbc").out
    assert out.startswith("TBC001 extra-space: Spasi berlebih\n")
    assert "kpucli lint --explain TBC001" in out
    out = office.run("lint", "--explain", "MET005").out
    assert "Melihat seluruh arsip" in out
    assert "abaikan MET005 karena" in out
    assert "abaikan MET001" not in office.run("lint", "--explain", "MET001").out


def start_watching(office: Office, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "kpucli", "lint", "--watch", *arguments],
        cwd=office.folder, env=make_environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def read_until(process: subprocess.Popen[str], end: str) -> str:
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if end in line:
            return seen
    raise AssertionError(seen)


def test_watching_checks_again_after_each_change_until_it_is_stopped(office: Office) -> None:
    path = office.add("2022/a", body=BAD)
    configuration = office.folder / "kpucli.toml"
    with start_watching(office) as process:
        first = read_until(process, "1 artikel diperiksa")
        assert "TBC001" in first
        path.write_text(path.read_text().replace("  ", " "))
        second = read_until(process, "1 artikel diperiksa")
        assert "TBC001" not in second
        assert "TGL001" in second
        configuration.write_text("[lint]\nselekt = []\n")
        assert "kpucli.toml:2" in read_until(process, "selekt")
        configuration.write_text('[lint]\nignore = ["TGL", "TBC"]\n')
        assert "tidak ada temuan" in read_until(process, "1 artikel diperiksa")
        process.send_signal(signal.SIGINT)
        assert read_until(process, "dihentikan") == "Pemeriksaan dihentikan.\n"
        assert process.wait(10) == 0
    assert "\x1b" not in first + second


@pytest.fixture
def slow_office(office: Office) -> Office:
    """An office whose lint takes longer than a second."""
    body = "Kegiatan pada Senin (18/04/2022) dihadiri para peserta.\n\n" * 10_000 + BAD
    for number in range(8):
        office.add(f"2022/a{number}", body=body)
    return office


def test_progress_is_shown_on_a_terminal_when_it_takes_long(slow_office: Office) -> None:
    arguments = ("lint", "--format", "json", "--no-cache")
    session = run_on_terminal(slow_office.folder, *arguments, piped=True)
    assert len(json.loads(session.out)) >= 8
    assert "Memeriksa" in session.screen
    assert re.search(r"\d/8", session.screen)


def test_progress_is_out_of_the_way_where_findings_are_shown(slow_office: Office) -> None:
    session = run_on_terminal(slow_office.folder, "lint", "--no-cache", NO_COLOR="1")
    assert "Memeriksa" in session.screen
    for line in session.screen.split("\n"):
        if "TGL001" in line:  # what the terminal is told before a line leaves nothing on it
            assert re.match(r"(\x1b\[[\d?]*[A-Za-z]|\r)*articles/2022/a\d\.md:\d+:", line)
    assert "8 artikel diperiksa" in session.screen.splitlines()[-1], session.screen[-300:]


def test_progress_is_not_shown_elsewhere(slow_office: Office) -> None:
    result = slow_office.run("lint", "--no-cache", code=1)
    assert "Memeriksa" not in result.err
    assert "\x1b" not in result.err
    session = run_on_terminal(slow_office.folder, "lint", "--no-cache", TERM="dumb")
    assert "Memeriksa" not in session.screen


def test_a_short_run_shows_no_progress(office: Office) -> None:
    office.add("2022/a")
    session = run_on_terminal(office.folder, "lint")
    assert session.screen == "1 artikel diperiksa: tidak ada temuan.\n"


def read_hook() -> dict[str, str]:
    """The one hook of the file: its lines are `key: value`."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    pairs = [line.removeprefix("- ").strip().split(": ", 1) for line in lines]
    assert text.count("- id:") == 1
    return dict(pairs)


def test_the_hook_has_what_pre_commit_asks_for() -> None:
    hook = read_hook()
    assert hook["id"] == "kpucli-lint"
    assert {"name", "entry", "language"} <= hook.keys()
    assert hook["language"] == "python"
    files = re.compile(hook["files"])
    assert files.search("articles/2022/apel-pagi.md")
    for other in ("README.md", "articles/2022/apel-pagi/foto.md", "public/articles/2022/a.html"):
        assert not files.search(other)


def test_a_commit_through_the_hook_is_refused_for_findings(office: Office) -> None:
    """As pre-commit does: the entry with the names of the staged files that fit."""
    office.add("2022/a")
    commit(office)
    path = office.add("2022/b", body=BAD)
    hook = read_hook()
    entry = shlex.join([sys.executable, "-m", *shlex.split(hook["entry"])])
    script = office.folder / ".git/hooks/pre-commit"
    script.write_text(
        "#!/bin/sh\nset -e\n"
        f"exec {entry} $(git diff --cached --name-only | grep -E '{shell_pattern(hook)}')\n"
    )
    script.chmod(0o755)
    git(office.folder, "add", "--all")
    with pytest.raises(AssertionError, match="2 galat"):
        git(office.folder, "commit", "--message", "Salah")
    path.write_text(path.read_text().replace(BAD, "Rapat digelar.\n"))
    git(office.folder, "add", "--all")
    git(office.folder, "commit", "--message", "Benar")


def shell_pattern(hook: dict[str, str]) -> str:
    return hook["files"].replace(r"\d", "[0-9]")
