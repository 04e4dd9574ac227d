"""`kpucli lint` as a user runs it."""

from __future__ import annotations

import json
import sys

import pytest

from tests.cli.test_robustness import THROUGH, needs_permissions
from tests.conftest import Office

BAD = "Rapat  digelar Kamis (18/04/2022).\n"


def codes(out: str) -> list[str]:
    return [row["code"] for row in json.loads(out)]


@pytest.mark.parametrize("command", ["lint", "validate"])
def test_a_clean_archive_gives_nothing_and_zero(command: str, office: Office) -> None:
    office.add("2022/a")
    result = office.run(command)
    assert result.out == ""
    assert "1 artikel diperiksa: tidak ada temuan." in result.err


def test_findings_go_to_stdout_and_the_summary_to_stderr(office: Office) -> None:
    office.add("2022/a", body=BAD)
    result = office.run("lint", code=1)
    assert result.out.startswith("articles/2022/a.md:6:6: TBC001 peringatan ")
    assert "\x1b" not in result.out
    assert result.err == (
        "1 artikel diperiksa: 1 galat, 1 peringatan. 1 dapat dibetulkan dengan --fix.\n"
    )


def test_json_is_one_document_even_for_nothing(office: Office) -> None:
    office.add("2022/a")
    assert json.loads(office.run("lint", "--format", "json").out) == []
    office.write("2022/b", "rusak")
    assert codes(office.run("lint", "--format", "json", code=1).out) == ["MET001"]


@pytest.mark.parametrize("name", ["github", "sarif"])
def test_other_formats(name: str, office: Office) -> None:
    office.add("2022/a", body=BAD)
    assert "TGL001" in office.run("lint", "--format", name, code=1).out


def test_rules_are_chosen_by_the_command_line_then_the_configuration(office: Office) -> None:
    office.add("2022/a", body=BAD)
    run = ("lint", "--format", "json")
    assert codes(office.run(*run, "--select", "TBC,PRI", code=1).out) == ["TBC001"]
    assert codes(office.run(*run, "--ignore", "TBC", "--ignore", "TGL").out) == []
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write('[lint]\nselect = ["TGL", "TBC"]\nignore = ["TBC001"]\n')
    assert codes(office.run(*run, code=1).out) == ["TGL001"]
    assert codes(office.run(*run, "--select", "TBC001", code=1).out) == ["TBC001"]
    assert "TGL001" in office.run("lint", "--select", "TGL01", code=2).err


def test_fixing_writes_what_is_safe_and_reports_the_rest(office: Office) -> None:
    path = office.add("2022/a", 'tags = ["S.O.P"]  # lama', body=BAD)
    before = path.read_text()
    result = office.run("lint", "--fix", "--format", "json", code=1)
    assert codes(result.out) == ["MET007", "TGL001"]
    assert "1 artikel dibetulkan." in result.err
    assert path.read_text() == before.replace("Rapat  digelar", "Rapat digelar")
    office.run("lint", "--unsafe-fixes", code=1)
    assert 'tags = ["sop"]  # lama\n' in path.read_text()
    untouched = path.stat().st_mtime_ns
    assert "dibetulkan" not in office.run("lint", "--unsafe-fixes", code=1).err
    assert path.stat().st_mtime_ns == untouched


def test_a_diff_shows_fixes_and_writes_nothing(office: Office) -> None:
    path = office.add("2022/a", body=BAD)
    before = path.read_bytes()
    result = office.run("lint", "--diff", code=1)
    assert "-Rapat  digelar" in result.out
    assert "+Rapat digelar" in result.out
    assert path.read_bytes() == before
    office.run("lint", "--fix", code=1)
    assert office.run("lint", "--diff").out == ""


@needs_permissions
def test_what_cannot_be_written_is_said_and_the_others_are_fixed(office: Office) -> None:
    paths = [office.add(name, body="Dua  spasi.\n") for name in ("2021/a", "2022/b", "2023/c")]
    paths[2].parent.chmod(0o555)
    result = office.run("lint", "--fix", "articles", code=2, through=THROUGH)
    paths[2].parent.chmod(0o755)
    assert "articles/2023/c.md: Berkas tidak dapat ditulis: tidak ada izin." in result.err
    assert "2 artikel dibetulkan." in result.err
    assert ["Dua  spasi" in path.read_text() for path in paths] == [False, False, True]


def test_standard_input_is_one_article(office: Office) -> None:
    office.add("2022/b", 'aliases = ["/lama/"]')
    text = f'+++\ntitle = "A"\ndate = 2022-04-20\naliases = ["/lama/"]\n+++\n{BAD}'
    result = office.run("lint", "-", "--format", "json", stdin=text, code=1)
    assert codes(result.out) == ["TBC001", "TGL001"]
    assert json.loads(result.out)[0]["path"] == "-"
    name = "articles/2022/a.md"
    result = office.run(
        "lint", "-", "--stdin-filename", name, "--format", "json", stdin=text, code=1
    )
    assert codes(result.out) == ["MET005", "TBC001", "TGL001"]
    assert json.loads(result.out)[0]["path"] == name


def test_standard_input_is_fixed_to_standard_output(office: Office) -> None:
    text = f'+++\r\ntitle = "A"\r\ndate = 2022-04-20\r\n+++\r\n{BAD}'
    result = office.run("lint", "-", "--fix", stdin=text, code=1)
    assert result.out == text.replace("  ", " ")
    assert "TGL001" in result.err
    result = office.run("lint", "-", "--diff", stdin=text, code=1)
    assert result.out.startswith("--- a/-")
    assert office.run("lint", "-", "--fix", stdin="rusak", code=1).out == "rusak"
    assert office.run("lint", "-", "--diff", stdin="rusak", code=1).out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tidak-ada.md"], "tidak-ada.md"),
        (["2022/tidak-ada"], "2022/tidak-ada"),
        (["-", "articles"], "(-)"),
        (["--select", "XYZ"], "XYZ"),
        (["--explain", "XYZ"], "XYZ"),
        (["--format", "xml"], "xml"),
    ],
)
def test_wrong_use_is_refused_in_a_sentence(
    arguments: list[str], said: str, office: Office
) -> None:
    office.add("2022/a")
    result = office.run("lint", *arguments, code=2)
    assert said in result.err
    assert result.out == ""


def test_without_an_archive_there_is_nothing_to_check(empty_folder: Office) -> None:
    assert "articles" in empty_folder.run("lint", code=2).err
    file = empty_folder.folder / "x.md"
    file.write_text(f'+++\ntitle = "A"\ndate = 2022-04-20\n+++\n{BAD}')
    assert "x.md:5:6: TBC001" in empty_folder.run("lint", "x.md", code=1).out


def test_a_rule_is_explained(office: Office) -> None:
    out = office.run("lint", "--explain", "tgl001").out
    assert out.startswith("TGL001 weekday-mismatch (galat)\nHari tidak cocok dengan tanggal\n")


def test_help_is_in_indonesian(office: Office) -> None:
    out = office.run("lint", "--help").out
    for word in ("LOKASI", "--unsafe-fixes", "Bentuk keluaran"):
        assert word in out


def test_checking_imports_nothing_slow(office: Office) -> None:
    import subprocess

    from tests.conftest import make_environment

    office.add("2022/a", body=BAD)
    script = (
        "import sys; sys.argv = ['kpucli', 'lint'];"
        "from kpucli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "slow = {'dateparser', 'rich', 'tomlkit', 'cmarkgfm', 'minijinja'}\n"
        "sys.exit(' '.join(slow & set(sys.modules)) or 0)"
    )
    process = subprocess.run(
        [sys.executable, "-c", script], cwd=office.folder, env=make_environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert process.stderr.splitlines()[-1].startswith("1 artikel diperiksa"), process.stderr
