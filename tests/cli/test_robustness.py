"""Whatever the folder and the arguments: one clear sentence, exit code 2, no traceback."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpucli.cli import make_command
from kpucli.errors import KpuError
from tests.conftest import CONFIG, Office
from tests.importers.page import PAGE

READING = (
    "list",
    "list --format json",
    "show apel",
    "tag list",
    "lint",
    "publish",
)
WRITING = (
    "new Rapat --date 20/4/2022",
    "tag add sop apel",
    "tag remove apel apel",
    "tag rename apel upacara",
    "tag merge apel --into upacara",
    "import berita berita.txt",
    "publish",
)
ALL = tuple(dict.fromkeys((*READING, *WRITING)))


@pytest.fixture
def filled(office: Office) -> Office:
    """An office with an article and a page to import."""
    office.add("2022/apel", 'tags = ["apel"]')
    (office.folder / "berita.txt").write_text(PAGE)
    return office


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", READING)
def test_a_missing_folder_is_named(empty_folder: Office, command: str) -> None:
    result = empty_folder.run(*command.split(), code=2)
    assert re.fullmatch(r"(Belum ada konfigurasi.*\n)?Kesalahan: .*articles.*\n", result.err)
    assert result.out == ""
    assert list(empty_folder.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = KPU\n", "kpucli.toml:1: "),
        ('name = "KPU"\nnmae = 3\n', "kpucli.toml:2: Setelan `nmae` tidak dikenal; mungkin"),
        ("name = 3\n", "kpucli.toml:1: `name` harus teks satu baris"),
        ('timezone = "UTC"\n', "kpucli.toml:1: `timezone` harus"),
        ('articles = "../lain"\n', "kpucli.toml:1: `articles` harus nama folder"),
        (b'name = "\xff"\n', "kpucli.toml:1: Bita ke-9 bukan UTF-8."),
    ],
    ids=["TOML", "unknown", "type", "zone", "outside", "bytes"],
)
@pytest.mark.parametrize("command", ["list", "new Rapat", "tag list", "lint", "publish"])
def test_a_broken_configuration_is_named_with_its_line(
    filled: Office, command: str, text: str | bytes, words: str
) -> None:
    (filled.folder / "kpucli.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    before = _tree(filled.folder)
    result = filled.run(*command.split(), code=2)
    assert result.err.startswith(f"Kesalahan: {words}")
    assert result.err.count("\n") == 1
    assert _tree(filled.folder) == before


# Also root must ask then, if it owns the folder.
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")


def _can_drop_privileges() -> bool:
    if os.geteuid() != 0:
        return True
    return bool(
        shutil.which("setpriv")
        and subprocess.run([*UNPRIVILEGED, "true"], capture_output=True, check=False).returncode
        == 0
    )


needs_permissions = pytest.mark.skipif(
    not _can_drop_privileges(), reason="permissions do not bind root, and there is no setpriv"
)
THROUGH = UNPRIVILEGED if os.geteuid() == 0 else ()


@needs_permissions
@pytest.mark.parametrize("command", WRITING)
def test_a_read_only_folder_is_named(filled: Office, command: str) -> None:
    before = _tree(filled.folder)
    folders = [path for path in filled.folder.rglob("*") if path.is_dir()]
    for folder in [*folders, filled.folder]:
        folder.chmod(0o555)
    try:
        result = filled.run(*command.split(), code=2, through=THROUGH)
        assert re.search(r"^Kesalahan: .*: tidak ada izin\.", result.err, re.MULTILINE)
        assert _tree(filled.folder) == before
    finally:
        for folder in [filled.folder, *folders]:
            folder.chmod(0o755)


@needs_permissions
@pytest.mark.parametrize("command", READING)
def test_an_unreadable_article_is_named(filled: Office, command: str) -> None:
    path = filled.folder / "articles" / "2022" / "apel.md"
    path.chmod(0)
    try:
        result = filled.run(*command.split(), code=None, through=THROUGH)
        assert "articles/2022/apel.md" in result.err + result.out
        assert "tidak ada izin" in result.err + result.out
        assert result.code in (1, 2)
    finally:
        path.chmod(0o644)


@pytest.mark.parametrize("command", ALL)
def test_a_folder_that_is_a_file_is_named(office: Office, command: str) -> None:
    (office.folder / "articles").rmdir()
    (office.folder / "articles").write_text("berkas")
    (office.folder / "berita.txt").write_text(PAGE)
    result = office.run(*command.split(), code=2)
    assert re.match(r"Kesalahan: articles", result.err)
    assert result.err.count("\n") == 1


# No "/" and no "~": what commands write stays in the folder.
WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/~\x00"), max_size=12
) | st.sampled_from(
    ["-", "--", "--help", "", "..", "apel", "2022", "kemarin", "[red]", "\x1b[31m", "-1", "--tag"]
)
STARTS = st.sampled_from(
    [*ALL, "init", "new", "new --date", "new x --from", "tag", "show", "tag add", "import berita"]
) | st.sampled_from(["list --since", "list --status", "lint --select", "lint --explain"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STARTS, st.lists(WORDS, max_size=3))
def test_hostile_arguments_never_raise(start: str, words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name, "a", "b")
        (folder / "articles").mkdir(parents=True)
        (folder / "kpucli.toml").write_text(CONFIG)
        (folder / "berita.txt").write_text(PAGE)
        patch.chdir(folder)
        patch.setenv("HOME", name)
        patch.delenv("EDITOR", raising=False)
        patch.delenv("VISUAL", raising=False)
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Isi.")))
        out = io.StringIO()
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
            contextlib.suppress(KpuError, SystemExit),
        ):
            make_command()([*start.split(), *words], prog_name="kpucli")
        assert "Traceback" not in out.getvalue()
