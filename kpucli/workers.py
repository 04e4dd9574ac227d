"""Work on several cores: processes forked from this one, which know all that it knows."""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import selectors
import signal
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from kpucli.errors import KpuError
from kpucli.i18n import _

Part = TypeVar("Part")
Result = TypeVar("Result")

_MOST = 8  # more would wait for the disk
_NUMBER = struct.Struct("<I")
_LENGTH = struct.Struct("<Q")
_MOST_PARTS = 16_000  # whose numbers a pipe holds (pipe(7): 64 KiB)
_PR_SET_PDEATHSIG = 1


def count_cores() -> int:
    """How many processes are worth while on this machine."""
    # Elsewhere a process cannot be sure to die with its parent, and would hold its locks.
    return min(len(os.sched_getaffinity(0)), _MOST) if sys.platform == "linux" else 1


class Follow(Protocol):
    """What tells how far work is: it is given the results, of which there will be `total`.

    With `weigh` each result counts as that many.
    """

    def __call__(
        self,
        what: str,
        results: Iterable[Result],
        total: int,
        weigh: Callable[[Result], int] = lambda _result: 1,
        /,
    ) -> Iterable[Result]:
        """The same results."""


def follow_not(
    _what: str,
    results: Iterable[Result],
    _total: int,
    _weigh: Callable[[Result], int] = lambda _result: 1,
    /,
) -> Iterable[Result]:
    """Work without telling anybody."""
    return results


def divide(items: Sequence[Part], size: int) -> list[Sequence[Part]]:
    """The items in parts of so many, the last of what is left."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def map_forked(
    function: Callable[[Part], Result], parts: Sequence[Part], processes: int
) -> Iterator[Result]:
    """The function's results for all parts, in any order.

    They are worked out in so many processes, which are started at once, or in this one where one
    is enough. Results and exceptions must be picklable; the first exception is raised here. Raises
    `KpuError` where a process dies.
    """
    processes = min(processes, len(parts))
    if processes < 2:
        return map(function, parts)
    if len(parts) > _MOST_PARTS:
        raise ValueError(f"{len(parts)} parts are too many")
    tasks = _queue_tasks(len(parts))
    gc.freeze()  # or the collector would touch, and so copy, all that is shared
    children: dict[int, int] = {}
    try:
        for _process in range(processes):
            source, pid = _fork(function, parts, tasks)
            children[source] = pid
    except BaseException:
        _end(children)
        raise
    finally:
        os.close(tasks)
    return _collect(children)


def _end(children: dict[int, int]) -> None:
    """Let processes be gone, by the pipes that their results come from."""
    for source, pid in children.items():
        os.close(source)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    gc.unfreeze()


def _queue_tasks(count: int) -> int:
    """The end of a pipe from which each process takes the number of the part to do next."""
    source, target = os.pipe()
    os.write(target, b"".join(map(_NUMBER.pack, range(count))))
    os.close(target)
    return source


def _fork(function: Callable[[Part], Result], parts: Sequence[Part], tasks: int) -> tuple[int, int]:
    """A process at work: the end of the pipe that its results come from, and its number."""
    source, target = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        os.close(target)
        return source, pid
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent has it too, and ends us
        _die_with(parent)
        while number := os.read(tasks, _NUMBER.size):
            outcome: tuple[bool, object]
            try:
                outcome = True, function(parts[_NUMBER.unpack(number)[0]])
            except Exception as error:
                outcome = False, error
            _send(target, outcome)
        _send(target, None)
    finally:
        os._exit(0)


def _die_with(parent: int) -> None:
    """Let this process be killed when its parent is (prctl(2)): it holds the parent's locks."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _send(target: int, message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(_LENGTH.pack(len(data)) + data)
    while rest:
        rest = rest[os.write(target, rest) :]


def _collect(children: dict[int, int]) -> Iterator[Any]:
    """The results from several pipes as they come, until each has said that it is done."""
    try:
        with selectors.DefaultSelector() as selector:
            for source in children:
                selector.register(source, selectors.EVENT_READ)
            while selector.get_map():
                for key, _events in selector.select():
                    message = _receive(key.fd)
                    if message is None:
                        selector.unregister(key.fd)
                    elif message[0]:
                        yield message[1]
                    else:
                        raise message[1]
    finally:
        _end(children)


def _receive(source: int) -> tuple[bool, Any] | None:
    (length,) = _LENGTH.unpack(_read(source, _LENGTH.size))
    message: tuple[bool, Any] | None = pickle.loads(_read(source, length))  # noqa: S301 - our own
    return message


def _read(source: int, length: int) -> bytes:
    parts = []
    while length:
        part = os.read(source, min(length, 1 << 20))
        if not part:
            raise KpuError(
                _("Proses pembantu berhenti di tengah jalan; mungkin memori habis."),
                _("Ulangi, atau jalankan di komputer dengan memori lebih besar."),
            )
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
