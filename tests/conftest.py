"""A place to work in, and the real command line to work with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from tests.forked import run as run_forked
from tests.forked import starts_alike

# How long an example takes says how busy the machine is.
settings.register_profile("kpucli", deadline=None)
settings.load_profile("kpucli")

CONFIG = """\
name = "KPU Kota Contoh"
long_name = "Komisi Pemilihan Umum Kota Contoh"
description = "Kabar kegiatan dan pengumuman resmi Komisi Pemilihan Umum Kota Contoh."
base_url = "https://kpu.contoh.go.id"
author = "Humas KPU Kota Contoh"
"""


@dataclass(frozen=True)
class Result:
    """What a run of kpucli gave."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Office:
    """An office's folder, and kpucli run in it."""

    folder: Path

    def run(
        self,
        *arguments: str,
        stdin: str | bytes = b"",
        code: int | None = 0,
        through: Sequence[str] = (),
        **environment: str,
    ) -> Result:
        """Run kpucli with these arguments; `code` is the exit code it must give.

        `through` is a command that runs another, such as `setpriv`.
        """
        given = stdin.encode() if isinstance(stdin, str) else stdin
        changed = make_environment(**environment)
        if not through and starts_alike(changed, make_environment()):
            process = run_forked(arguments, self.folder, given, changed)
        else:
            process = subprocess.run(
                [*through, sys.executable, "-m", "kpucli", *arguments],
                cwd=self.folder,
                input=given,
                capture_output=True,
                check=False,
                env=changed,
            )
        result = Result(process.returncode, process.stdout.decode(), process.stderr.decode())
        assert "Traceback" not in result.err, result.err
        assert code is None or result.code == code, result
        return result

    def read(self, article_id: str) -> str:
        """The text of an article's file."""
        return (self.folder / "articles" / f"{article_id}.md").read_text()

    def ids(self) -> list[str]:
        """`YYYY/slug` of all articles, in order."""
        paths = (self.folder / "articles").glob("*/[!.]*.md")
        return sorted(f"{path.parent.name}/{path.stem}" for path in paths)

    def write(self, article_id: str, text: str | bytes) -> Path:
        """Put an article's file there as it is."""
        path = self.folder / "articles" / f"{article_id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        # In one step, as editors save: `serve` may be reading.
        saved = path.with_name(f".{path.name}.baru")
        saved.write_bytes(text.encode() if isinstance(text, str) else text)
        saved.replace(path)
        return path

    def add(self, article_id: str, fields: str = "", body: str = "Isi berita.\n") -> Path:
        """Put a sound article there, with more front matter lines and a text."""
        year, slug = article_id.split("/")
        lines = [fields] if fields else []
        if "title =" not in fields:
            lines.insert(0, f'title = "Berita {slug.replace("-", " ")}"')
        if not any(line.startswith("date =") for line in fields.splitlines()):
            lines.append(f"date = {year}-04-20T00:00:00+07:00")
        front_matter = "\n".join(lines)
        return self.write(article_id, f"+++\n{front_matter}\n+++\n\n{body}")


def make_environment(**changes: str) -> dict[str, str]:
    """The environment of a run: Indonesian, no colour forced, nothing of the tester's own."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    root = str(Path(__file__).parent.parent)
    return {**kept, "PYTHONPATH": root, "KPUCLI_LANG": "id", "LC_ALL": "C.UTF-8", **changes}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A configured office without articles."""
    (tmp_path / "kpucli.toml").write_text(CONFIG)
    (tmp_path / "articles").mkdir()
    return Office(tmp_path)


@pytest.fixture
def empty_folder(tmp_path: Path) -> Office:
    """A folder with nothing in it."""
    return Office(tmp_path)


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Work inside the temporary folder."""
    monkeypatch.chdir(tmp_path)
    return lambda: tmp_path
