"""The command line as a whole: language, help, order, completion, errors at the edge."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kpucli import __version__
from tests.conftest import Office, make_environment

COMMANDS = [
    "init", "new", "import", "list", "show", "tag", "rename", "correct", "withdraw",
    "lint", "validate", "publish", "upload", "serve", "caption", "views", "recap",
    "doctor", "schema",
]  # fmt: skip
ENGLISH = re.compile(
    r"\b(the|and|or|of|for|show|options?|arguments?|usage|commands?|default|required|error|help"
    r"|exit|file|text|integer|path|directory|version|install|copy|this|message|current|missing"
    r"|invalid|value|no|not|such)\b",
    re.IGNORECASE,
)
WALK = """\
import json, sys
from kpucli.i18n import choose_language, language_from_environment
choose_language(language_from_environment())
from kpucli.cli import make_command
import click

def walk(command, context):
    pages = {context.command_path: command.get_help(context)}
    for parameter in command.params:
        assert getattr(parameter, "help", ""), f"{context.command_path}: {parameter.name}"
    for name, child in getattr(command, "commands", {}).items():
        pages |= walk(child, click.Context(child, info_name=name, parent=context))
    return pages

command = make_command()
print(json.dumps(walk(command, click.Context(command, info_name="kpucli"))))
"""


def _help_pages(**environment: str) -> dict[str, str]:
    process = subprocess.run(
        [sys.executable, "-c", WALK],
        env=make_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not process.returncode, process.stderr
    pages: dict[str, str] = json.loads(process.stdout)
    return pages


def test_version(office: Office) -> None:
    assert office.run("--version").out == f"kpucli {__version__}\n"
    assert office.run("--version", "list").out == f"kpucli {__version__}\n"


def test_commands_stand_in_the_order_of_the_work(office: Office) -> None:
    out = office.run("--help").out
    listed = out[out.index("Perintah:") :].splitlines()[1:]
    assert [line.split()[0] for line in listed] == COMMANDS


@pytest.mark.parametrize("arguments", [["tag"], ["import"]], ids=" ".join)
def test_without_a_subcommand_help_is_shown(office: Office, arguments: list[str]) -> None:
    result = office.run(*arguments, code=2)
    assert "Perintah:" in result.out + result.err


def test_every_command_and_parameter_has_help_without_english() -> None:
    pages = _help_pages()
    assert {path.split()[1] for path in pages if " " in path} == set(COMMANDS)
    for path, page in pages.items():
        assert page.startswith(f"Pemakaian: {path} "), page
        # Names are the same in every language: options, choices, commands.
        prose = re.sub(
            r"(?m)--?[\w-]+|\[[\w|]+\]|\[bawaan: [^\]]*\]|`[^`]*`|^  \w+(?=  )", " ", page
        )
        prose = prose.replace(path, "")
        assert not ENGLISH.search(prose), page


@pytest.mark.parametrize(
    "environment", [{"KPUCLI_LANG": "en"}, {"KPUCLI_LANG": "", "LC_ALL": "", "LANG": "en_US.UTF-8"}]
)
def test_english_by_the_environment(environment: dict[str, str]) -> None:
    for path, page in _help_pages(**environment).items():
        assert page.startswith(f"Usage: {path} "), page
        assert "Options:" in page
        assert "Show this message and exit." in page


@pytest.mark.parametrize(
    ("arguments", "indonesian", "english"),
    [
        (["lst"], "Tidak ada perintah 'lst'. Mungkin maksudnya 'list'.", "No such command 'lst'"),
        (["list", "--tga", "x"], "Tidak ada opsi '--tga'.", "No such option '--tga'"),
        (["show"], "Anda belum mengisi argumen 'ARTIKEL'.", "Missing argument"),
        (["tag", "merge", "a"], "Anda belum mengisi opsi '--into'.", "Missing option '--into'"),
        (
            ["list", "--sort", "x"],
            "'x' tidak termasuk pilihan 'date', 'views', 'title'.",
            "not one of",
        ),
        (["list", "-n", "x"], "'x' bukan bilangan yang sah.", "'x' is not a valid "),
        (["list", "-n", "-1"], "-1 di luar rentang x>=0.", "-1 is not in the range x>=0."),
        (["list", "x"], "Terlalu banyak argumen (x).", "unexpected extra argument"),
        (["list", "--tag"], "Opsi '--tag' memerlukan", "Option '--tag' requires an argument."),
        (["new", "--edit=x"], "Opsi '--edit' tidak menerima nilai.", "does not take a value"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_frameworks_own_words(
    office: Office, arguments: list[str], indonesian: str, english: str
) -> None:
    err = office.run(*arguments, code=2).err
    assert "Kesalahan: " in err
    assert indonesian in err
    assert not re.search(r"\b(Error|Usage|Try|for help|Missing|No such|Invalid)\b", err)
    err = office.run(*arguments, code=2, KPUCLI_LANG="en").err
    assert "Error: " in err
    assert english in err


def _complete(office: Office, words: str) -> list[str]:
    """What bash would offer for the last word."""
    typed = words.split(" ")
    result = office.run(
        _KPUCLI_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(len(typed) - 1)
    )
    return result.out.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kpucli ta", ["tag"]),
        ("kpucli l", ["list", "lint"]),
        ("kpucli tag re", ["remove", "rename"]),
        ("kpucli list --sor", ["--sort"]),
        ("kpucli list --sort v", ["views"]),
        ("kpucli list --tag a", ["apel", "apel-pagi"]),
        ("kpucli tag rename so", ["sop"]),
        ("kpucli new --tag so", ["sop"]),
        ("kpucli new --category pe", ["pengumuman"]),
        ("kpucli show 2022/", ["2022/apel", "2022/bimtek"]),
        ("kpucli show bim", ["bimtek"]),
        ("kpucli tag add sop 2023", ["2023/apel"]),
        ("kpucli lint 2023", ["2023/apel"]),
    ],
)
def test_completion(office: Office, words: str, offered: list[str]) -> None:
    office.add("2022/apel", 'tags = ["apel", "apel-pagi"]')
    office.add("2022/bimtek", r'tags = ["sop", "so\u001b[31m"]')
    office.add("2023/apel")
    office.write("2023/rusak", "rusak")
    offers = _complete(office, words)
    assert [offer for offer in offers if offer != "2023/rusak"] == offered


def test_completion_of_many_articles_goes_step_by_step(office: Office) -> None:
    for number in range(150):
        office.add(f"2021/apel-{number:03}", 'tags = ["apel"]')
        office.add(f"2022/rapat-pleno-{number:03}", 'tags = ["rapat"]')
        office.add(f"2022/rapat-kerja-{number:03}")
    office.add("2022/upacara")
    assert _complete(office, "kpucli show ") == ["2021/", "2022/"]
    assert _complete(office, "kpucli show 2") == ["2021/", "2022/"]
    assert _complete(office, "kpucli show 2022/") == ["2022/rapat-", "2022/upacara"]
    assert _complete(office, "kpucli show 2022/r") == ["2022/rapat-kerja-", "2022/rapat-pleno-"]
    assert _complete(office, "kpucli caption rap") == ["rapat-kerja-", "rapat-pleno-"]
    assert len(_complete(office, "kpucli correct 2022/rapat-p")) == 150
    assert _complete(office, "kpucli tag add sop apel-14") == [f"apel-14{n}" for n in range(10)]


def test_completion_of_tags_in_a_large_archive_asks_the_index(office: Office) -> None:
    for number in range(201):
        office.add(f"2022/berita-{number}", 'tags = ["apel"]')
    assert _complete(office, "kpucli list --tag a") == ["apel"]
    assert (office.folder / ".kpucli/index.sqlite3").exists()
    # No article is read again: what nobody may read is known still.
    for path in (office.folder / "articles/2022").iterdir():
        path.write_bytes(b"rusak")
    assert _complete(office, "kpucli list --tag a") == ["apel"]


def test_completion_is_silent_where_nothing_can_be_read(empty_folder: Office) -> None:
    assert _complete(empty_folder, "kpucli show a") == []
    (empty_folder.folder / "kpucli.toml").write_text("rusak")
    assert _complete(empty_folder, "kpucli list --tag a") == []


def test_installing_completion_says_where(office: Office) -> None:
    home = office.folder / "rumah"
    home.mkdir()
    process = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m kpucli --install-completion; exit $?"],
        env={**make_environment(), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert process.stdout.startswith("Pelengkapan untuk bash dipasang di ")
    assert (home / ".bashrc").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", ["--version", "--help", "list", "list --format json"])
def test_a_full_disk_is_told_in_one_line(office: Office, arguments: str) -> None:
    office.add("2022/apel")
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(
            [sys.executable, "-m", "kpucli", *arguments.split()],
            cwd=office.folder,
            env=make_environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert process.stderr == "Kesalahan: Tidak dapat diteruskan: disk penuh.\n"
    assert process.returncode == 2


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("arguments", ["list", "new Rapat", "--version", "show x"])
def test_closed_streams_are_no_trouble(office: Office, arguments: str, closed: str) -> None:
    process = subprocess.run(
        f"{sys.executable} -m kpucli {arguments} {closed}",
        shell=True,
        cwd=office.folder,
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == (2 if "show" in arguments else 0)
    assert "Traceback" not in process.stderr


def test_arguments_that_are_no_text_are_refused(office: Office) -> None:
    process = subprocess.run(
        [sys.executable.encode(), b"-m", b"kpucli", b"new", b"Rapat \xff"],
        cwd=office.folder,
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.stderr.startswith("Kesalahan: Argumen “Rapat \\udcff” bukan UTF-8.")
    assert process.returncode == 2


def test_a_folder_that_is_gone(office: Office) -> None:
    gone = office.folder / "hilang"
    for command in ("list", "new x", "init", "publish", "lint"):
        gone.mkdir()
        process = subprocess.run(
            f"cd hilang && rmdir ../hilang && {sys.executable} -m kpucli {command}",
            shell=True,
            cwd=office.folder,
            env=make_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert process.returncode == 2
        assert re.fullmatch(r"Kesalahan: .*\n", process.stderr)


def test_ctrl_c_at_any_moment_leaves_no_traceback(office: Office) -> None:
    for number in range(400):  # so that the last Ctrl-C does not come too late
        office.add(f"2022/berita-{number}")
    program = "from kpucli.__main__ import main; print('siap', flush=True); main()"
    for moment in range(15):
        process = subprocess.Popen(
            [sys.executable, "-c", program, "list"],
            cwd=office.folder,
            env=make_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdout
        assert process.stdout.readline() == b"siap\n"
        time.sleep(0.005 + moment / 100)
        os.kill(process.pid, signal.SIGINT)
        _out, err = process.communicate()
        if b"_get_module_lock" in err:
            continue  # one moment in a few hundred belongs to Python: it loses the Ctrl-C there
        assert err == b""
        assert process.returncode == 130


def test_the_locale_does_not_change_the_bytes(office: Office) -> None:
    office.add("2022/apel", 'title = "Kutipan “apel” – é"')
    expected = office.run("list", "--format", "csv").out
    for locale in ("C", "POSIX", "en_US.ISO-8859-1"):
        assert office.run("list", "--format", "csv", LC_ALL=locale, PYTHONUTF8="0").out == expected
