"""The packages: the same bytes from the same sources, and in them all that the program needs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import pytest

from kpucli import __version__
from tests.conftest import Office, make_environment

ROOT = Path(__file__).parent.parent
SOURCES = (".gitignore", "LICENSE", "README.md", "pyproject.toml")
INFO = f"kpucli-{__version__}.dist-info"


def copy_sources(folder: Path) -> Path:
    """The repository as a fresh clone has it, with today's times."""
    shutil.copytree(
        ROOT / "kpucli",
        folder / "kpucli",
        copy_function=shutil.copyfile,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for name in SOURCES:
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def build(folder: Path) -> dict[str, bytes]:
    """Both packages made from these sources, by name."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", "hasil"],
        cwd=folder, env=make_environment(), check=True, capture_output=True,
    )  # fmt: skip
    return {path.name: path.read_bytes() for path in (folder / "hasil").iterdir()}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = copy_sources(tmp_path_factory.mktemp("paket"))
    build(folder)
    return folder / "hasil"


@pytest.fixture(scope="module")
def wheel(packages: Path) -> zipfile.ZipFile:
    (path,) = packages.glob("*.whl")
    return zipfile.ZipFile(path)


def read_metadata(wheel: zipfile.ZipFile) -> Message:
    return BytesParser().parsebytes(wheel.read(f"{INFO}/METADATA"))


def own_files() -> set[str]:
    """The files of the program that git keeps, or would: no caches."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kpucli").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_program_its_data_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = {name for name in wheel.namelist() if not name.startswith(f"{INFO}/")}
    assert names == {name for name in own_files() if not name.endswith(".po")}
    assert {
        "kpucli/locale/en/LC_MESSAGES/kpucli.mo",
        "kpucli/locale/id/LC_MESSAGES/messages.mo",
        "kpucli/theme/templates/base.html",
        "kpucli/theme/static/style.css",
        "kpucli/lint/lexicon/data/kata.zlib",
        "kpucli/recap/page.html",
    } <= names


def test_every_licence_is_where_tools_look_for_it(wheel: zipfile.ZipFile) -> None:
    metadata = read_metadata(wheel)
    data = "kpucli/lint/lexicon/data"
    kept = [f"{data}/LICENSE-CC-BY-SA-4.0.txt", f"{data}/LICENSE-SCOWL.txt", f"{data}/NOTICE.md"]
    assert metadata.get_all("License-File") == ["LICENSE", *kept]
    for name in ("LICENSE", *kept):
        assert wheel.read(f"{INFO}/licenses/{name}") == (ROOT / name).read_bytes()
    assert metadata["License-Expression"] == "MIT AND CC-BY-SA-4.0 AND LicenseRef-SCOWL"


def test_the_metadata_are_those_of_the_program(wheel: zipfile.ZipFile) -> None:
    metadata = read_metadata(wheel)
    assert metadata["Version"] == __version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata.get_all("Provides-Extra") == ["dev"]
    assert wheel.read(f"{INFO}/WHEEL").splitlines()[-1] == b"Tag: py3-none-any"


def test_the_sdist_holds_what_the_wheel_is_made_of_and_nothing_of_the_office(
    tmp_path: Path, packages: Path
) -> None:
    folder = copy_sources(tmp_path)
    for name in ("articles/2026/rahasia.md", ".env", "kpucli.toml", ".kpucli/views.sqlite3"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("rahasia")
    made = build(folder)
    assert made == {path.name: path.read_bytes() for path in packages.iterdir()}
    with tarfile.open(folder / "hasil" / f"kpucli-{__version__}.tar.gz") as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert names == own_files() | set(SOURCES) | {"PKG-INFO"}


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path, packages: Path) -> None:
    """Another folder, other times, other rights, and from the sdist instead of the sources."""
    with tarfile.open(packages / f"kpucli-{__version__}.tar.gz") as sdist:
        sdist.extraction_filter = getattr(tarfile, "data_filter", None)  # none before 3.11.4
        sdist.extractall(tmp_path)
    folder = tmp_path / f"kpucli-{__version__}"
    past = time.time() - 400 * 24 * 3600
    for path in folder.rglob("*"):
        os.utime(path, (past, past))
        path.chmod(path.stat().st_mode & 0o700)
    (folder / "PKG-INFO").unlink()  # written into every sdist anew
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in build(folder).items()}
    assert hashes == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in packages.iterdir()
    }


def test_the_installed_wheel_publishes_outside_of_the_clone(tmp_path: Path, packages: Path) -> None:
    """Installed alone, without the sources beside it; what it depends on is the tester's."""
    (path,) = packages.glob("*.whl")
    installed = tmp_path / "terpasang"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps",
         "--target", str(installed), str(path)],
        env=make_environment(), check=True,
    )  # fmt: skip
    office = Office(tmp_path / "kantor")
    office.folder.mkdir()
    here = str(installed)
    where = subprocess.run(
        [sys.executable, "-c", "import kpucli; print(kpucli.__file__)"],
        cwd=office.folder, env=make_environment(PYTHONPATH=here), check=True, text=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(installed)
    office.run("init", "--name", "KPU Kota Batu", PYTHONPATH=here)
    office.run("publish", PYTHONPATH=here)
    assert "KPU Kota Batu" in (office.folder / "public" / "index.html").read_text()
    assert office.run("lint", PYTHONPATH=here).out == ""
    assert (
        "new office's folder" in office.run("init", "--help", KPUCLI_LANG="en", PYTHONPATH=here).out
    )
    program = installed / "bin" / "kpucli"
    version = subprocess.run(
        [program, "--version"],
        env=make_environment(PYTHONPATH=here),
        check=True,
        capture_output=True,
    )
    assert version.stdout == f"kpucli {__version__}\n".encode()


def test_windows_is_told_what_to_do_instead(tmp_path: Path) -> None:
    """The real program on what it takes for Windows, once its libraries are there."""
    code = "import sys, typer; sys.platform = 'win32'; from kpucli.__main__ import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "list"],
        cwd=tmp_path, env=make_environment(), check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stdout == ""
    assert "tidak dapat dijalankan langsung di Windows" in run.stderr
    assert "wsl --install" in run.stderr
