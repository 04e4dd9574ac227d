"""Real git repositories to check articles in."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.conftest import Office, make_environment

IDENTITY = {
    "GIT_AUTHOR_NAME": "Humas",
    "GIT_AUTHOR_EMAIL": "humas@contoh.go.id",
    "GIT_COMMITTER_NAME": "Humas",
    "GIT_COMMITTER_EMAIL": "humas@contoh.go.id",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git as a user would; what it says."""
    process = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *arguments],
        cwd=folder, env=make_environment(**IDENTITY), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not process.returncode, process.stderr
    return process.stdout.strip()


def commit(office: Office, message: str = "Simpan") -> str:
    """Commit everything, in a new repository if there is none yet; the commit."""
    if not (office.folder / ".git").exists():
        git(office.folder, "init")
    git(office.folder, "add", "--all")
    git(office.folder, "commit", "--message", message, "--allow-empty")
    return git(office.folder, "rev-parse", "HEAD")
