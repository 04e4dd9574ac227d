"""kpucli on a terminal of its own, with somebody typing."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import make_environment

CTRL_C = "\x03"
CTRL_D = "\x04"
# Ctrl-C reaches a process only through a terminal of its own.
_TAKE_TERMINAL = """\
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from kpucli.__main__ import main
main()
"""
_PATIENCE = 20.0  # seconds until a question must have come


@dataclass(frozen=True)
class Session:
    """What was on the screen in the end, and what went to stdout if that was a pipe."""

    code: int
    screen: str
    out: str


def run_on_terminal(
    folder: Path,
    *arguments: str,
    answers: Sequence[tuple[str, str]] = (),
    columns: int = 80,
    piped: bool = False,
    **environment: str,
) -> Session:
    """Run kpucli; `answers` are what appears on the screen, and what is then typed.

    `piped` sends stdout to a pipe, as in `path=$(kpucli new)`.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", _TAKE_TERMINAL, *arguments],
        cwd=folder,
        env=make_environment(**{"TERM": "xterm", **environment}),
        stdin=theirs,
        stdout=subprocess.PIPE if piped else theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    screen = _type(ours, answers)
    out = process.stdout.read().decode() if process.stdout else ""
    code = process.wait(_PATIENCE)
    if process.stdout:
        process.stdout.close()
    os.close(ours)
    assert "Traceback" not in screen, screen
    return Session(code, screen, out)


def _type(terminal: int, answers: Sequence[tuple[str, str]]) -> str:
    screen, seen = b"", 0
    for question, answer in answers:
        deadline = time.monotonic() + _PATIENCE
        while question.encode() not in screen[seen:]:
            assert time.monotonic() < deadline, screen.decode()
            screen += _read(terminal, 0.1)
        seen = len(screen)
        time.sleep(0.1)  # readline asks before it listens, and would miss a Ctrl-C
        os.write(terminal, answer.encode())
    while chunk := _read(terminal, _PATIENCE):
        screen += chunk
    return screen.decode().replace("\r\n", "\n")


def _read(terminal: int, seconds: float) -> bytes:
    if not select.select([terminal], [], [], seconds)[0]:
        return b""
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""
