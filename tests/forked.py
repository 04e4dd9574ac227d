"""Runs of kpucli, each a process of its own, forked from one that has the libraries already.

Half of what a short run takes is importing them, and the tests run kpucli some thousand times. The
commands themselves, and the framework for them, are not among what is imported: their texts hang
on the language of the run.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_LIBRARIES = (
    *("rich.console", "rich.table", "rich.progress", "rich.markup", "slugify"),
    *("kpucli.config", "kpucli.query", "kpucli.lint.rules", "kpucli.lint.gate", "kpucli.dates"),
    *("kpucli.change", "kpucli.publish.build", "kpucli.toml"),
)
_NUMBER = struct.Struct("<i")
_idle: list[_Server] = []


def run(
    arguments: Sequence[str], folder: Path, given: bytes, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Run kpucli with these arguments in a folder, as `subprocess.run` would."""
    asked = json.dumps([arguments, str(folder), dict(environment)]).encode()
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as errors,
        _pipe(given) as source,
        _borrow_server() as server,
    ):
        code = server.ask(asked, [source, out.fileno(), errors.fileno()])
        for stream in (out, errors):
            stream.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), errors.read())


def starts_alike(environment: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether Python would begin in one environment as in another."""
    return all(
        environment.get(name) == other.get(name)
        for name in environment.keys() | other.keys()
        if name == "LANG" or name.startswith(("PYTHON", "LC_"))
    )


@contextmanager
def _pipe(content: bytes) -> Iterator[int]:
    """The end of a pipe from which this can be read, as far as anybody wants to."""
    source, target = os.pipe()

    def write() -> None:
        with suppress(BrokenPipeError), os.fdopen(target, "wb") as pipe:
            pipe.write(content)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield source
    finally:
        os.close(source)
        writer.join()


@dataclass(frozen=True)
class _Server:
    """The process that forks, and our end of what joins it to us."""

    process: subprocess.Popen[bytes]
    client: socket.socket

    def ask(self, asked: bytes, streams: Sequence[int]) -> int:
        """Have it do what is asked; the exit code."""
        socket.send_fds(self.client, [_NUMBER.pack(len(asked))], streams)
        self.client.sendall(asked)
        (code,) = _NUMBER.unpack(_read(self.client, _NUMBER.size))
        return int(code)

    def end(self) -> None:
        """Let it be gone."""
        self.client.close()
        self.process.wait()


@contextmanager
def _borrow_server() -> Iterator[_Server]:
    """A server that nobody else asks just now: runs may be asked for from several threads."""
    server = _idle.pop() if _idle else _start_server()
    yield server
    _idle.append(server)


def _start_server() -> _Server:
    from tests.conftest import make_environment

    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=Path(__file__).parents[1],
            env=make_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    server = _Server(process, ours)
    atexit.register(server.end)
    return server


def _read(source: socket.socket, length: int) -> bytes:
    content = b""
    while len(content) < length:
        part = source.recv(length - len(content))
        if not part:
            raise EOFError("the other process is gone")
        content += part
    return content


def _serve(client: socket.socket) -> None:
    """Fork a run for whatever is asked; returns in the client's absence, and in each run."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    gc.freeze()
    while True:
        header, streams, _flags, _address = socket.recv_fds(client, _NUMBER.size, 3)
        if not header:
            return
        arguments, folder, environment = json.loads(_read(client, *_NUMBER.unpack(header)))
        run = os.fork()
        if not run:
            client.close()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            _open_streams()
            _become(arguments, folder, environment)
            return
        for stream in streams:
            os.close(stream)
        _run, status = os.waitpid(run, 0)
        client.sendall(_NUMBER.pack(os.waitstatus_to_exitcode(status)))


def _open_streams() -> None:
    """As Python does when it starts: the objects remember what kind of file they are for."""
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - for good
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115


def _become(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """What `python -m kpucli` does."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.path[0] = folder
    sys.argv = ["kpucli", *arguments]
    runpy.run_module("kpucli", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
