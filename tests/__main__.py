"""Everything that must hold, in one command: `python -m tests [pytest arguments]`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
)


def main() -> int:
    """Run each check, then the tests; 0 only if all pass."""
    failed = []
    for command in (*CHECKS, ("pytest", *sys.argv[1:])):
        print("$ " + " ".join(command), flush=True)
        if subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode:
            failed.append(command[0])
    if failed:
        print("GAGAL: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
