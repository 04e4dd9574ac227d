"""Running code without root's rights, to which no permission bit means anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import make_environment

_NOBODY = 65534
# Modules are imported first: "nobody" may not even look into this Python's folder.
_PROLOGUE = f"""
import difflib, os, resource
from datetime import UTC
from pathlib import Path
from kpucli.archive import Archive
from kpucli.change import Change, write_changes
from kpucli.config import load_config
from kpucli.errors import KpuError
if os.getuid() == 0:
    os.setgroups([])
    os.setgid({_NOBODY})
    os.setuid({_NOBODY})
"""


def run_unprivileged(folder: Path, code: str) -> list[str]:
    """The lines that code prints, run in a folder without root's rights."""
    folder.chmod(0o777)
    process = subprocess.run(
        [sys.executable, "-c", _PROLOGUE + code],
        cwd=folder,
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout.splitlines()
