"""A program that runs kpucli in children of its own and kills each in the middle.

`python -m tests.interrupting FOLDER import|record KILLS ARGUMENT…` prints what it saw as JSON. It
is a program so that children can be made by fork, which need no half second to start, without
pytest's threads; and die for good.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import kpucli
from kpucli.__main__ import main as run_kpucli
from tests.conftest import make_environment

_STORE = Path(".kpucli/views.sqlite3")
_ROUNDS = 4  # runs that are killed before one is let to its end
_CALLS = {"os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}
_STEPS = 10  # more than three articles take


def interrupt(folder: Path, what: str, kills: int, *arguments: str) -> Any:
    """Run the program in a folder; what it saw."""
    process = subprocess.run(
        [sys.executable, "-m", "tests.interrupting", folder, what, str(kills), *arguments],
        capture_output=True,
        check=True,
        text=True,
        env=make_environment(),
    )
    return json.loads(process.stdout)


def _start(arguments: list[str], die_at: int = 0) -> int:
    """kpucli in a child; its process number."""
    child = os.fork()
    if child:
        return child
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    sys.argv = ["kpucli", *arguments]
    if die_at:
        _die_at(die_at)
    try:
        run_kpucli()
    except SystemExit as end:
        os._exit(int(end.code or 0))
    finally:
        os._exit(70)


def _finish(arguments: list[str]) -> int:
    """Run kpucli to its end; its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(_start(arguments), 0)[1])


def _kill(arguments: list[str], seconds: float) -> bool:
    """Run kpucli and kill it after so long; whether it was still running."""
    child = _start(arguments)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def _measure(arguments: list[str]) -> float:
    """How long a run takes, the second time: by then all is imported."""
    started = time.monotonic()
    _finish(arguments)
    return time.monotonic() - started


def kill_imports(kills: int, arguments: list[str]) -> Counter[str]:
    """Kill runs that each go on where the last one was killed, one at each step of writing."""
    seen: Counter[str] = Counter()
    for number in range(kills):
        child = _start(arguments, die_at=1 + number % _STEPS)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        seen["killed" if code == -signal.SIGKILL else f"finished {code}"] += 1
    return seen


def _die_at(step: int) -> None:
    """Kill this process as it is about to make, link, rename or remove its so many-th file."""
    left = step

    def notice(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        makes = event == "open" and arguments[2] & os.O_CREAT
        if (makes or event in _CALLS) and "articles" in str(arguments[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(notice)


def kill_records(kills: int, arguments: list[str]) -> Counter[str]:
    """Kill counts of the same logs; after every few one goes on to the end.

    Then what is counted is `right` where it is what one run without a kill counts.
    """
    seen: Counter[str] = Counter()
    random = Random(kills)
    whole = _measure(arguments)
    right = _read_counts()
    for number in range(kills):
        if number % _ROUNDS == 0:
            _STORE.unlink()
        seen["killed" if _kill(arguments, random.uniform(0, whole * 1.2)) else "finished"] += 1
        if number % _ROUNDS == _ROUNDS - 1:
            seen["failed"] += _finish(arguments) != 0
            seen["right" if _read_counts() == right else "wrong"] += 1
    return seen


def _read_counts() -> list[Any]:
    with contextlib.closing(sqlite3.connect(_STORE)) as store:
        return store.execute("SELECT day, article, logged FROM views ORDER BY 1, 2").fetchall()


def main(folder: str, what: str, kills: str, *arguments: str) -> None:
    for module in pkgutil.walk_packages(kpucli.__path__, "kpucli."):
        importlib.import_module(module.name)
    os.chdir(folder)
    kill = {"import": kill_imports, "record": kill_records}[what]
    print(json.dumps(kill(int(kills), [what if what == "import" else "views", *arguments])))


if __name__ == "__main__":
    main(*sys.argv[1:])
