"""SFTP version 3 as OpenSSH speaks it: packets, and many requests under way at once.

Format: draft-ietf-secsh-filexfer-02, and OpenSSH's PROTOCOL for `posix-rename@openssh.com`. A job
is a generator: it yields requests and is given their replies. Many jobs take turns, so that the
time a packet travels is waited for once, not for every file.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import IO, Any

INIT, VERSION, OPEN, CLOSE, READ, WRITE, LSTAT, OPENDIR, READDIR = 1, 2, 3, 4, 5, 6, 7, 11, 12
REMOVE, MKDIR, RMDIR, RENAME, EXTENDED = 13, 14, 15, 18, 200
STATUS, HANDLE, DATA, NAME, ATTRS = 101, 102, 103, 104, 105
OK, EOF, NO_SUCH_FILE, PERMISSION_DENIED, FAILURE = 0, 1, 2, 3, 4
FOR_READING, FOR_WRITING, CREATE, TRUNCATE, EXCLUSIVE = 0x01, 0x02, 0x08, 0x10, 0x20
POSIX_RENAME = b"posix-rename@openssh.com"
CHUNK = 32768  # bytes that every server takes in one packet

_MOST = 1024 * 1024  # bytes of a packet
_AT_ONCE = 64  # jobs
_NUMBER = struct.Struct(">I")
_HEAD = struct.Struct(">IBI")  # length, kind, number of the request


@dataclass(frozen=True, slots=True)
class Reply:
    """A packet of the server; `code` is that of a status, OK for all else."""

    kind: int
    body: bytes
    code: int

    @property
    def message(self) -> str:
        """The server's words of a status."""
        return read_text(self.body, 4)[0].decode(errors="replace")


Request = tuple[int, bytes]  # kind, body
Job = Generator[list[Request], list[Reply], Any]


class ProtocolError(Exception):
    """The server does not speak SFTP, or no more."""


def text(value: bytes) -> bytes:
    """A string as SFTP writes it."""
    return _NUMBER.pack(len(value)) + value


def number(value: int) -> bytes:
    """A number of 32 bits."""
    return _NUMBER.pack(value)


def read_number(body: bytes, place: int) -> tuple[int, int]:
    """A number, and where it ends."""
    try:
        return _NUMBER.unpack_from(body, place)[0], place + 4
    except struct.error as error:
        raise ProtocolError from error


def read_text(body: bytes, place: int) -> tuple[bytes, int]:
    """A string, and where it ends."""
    length, start = read_number(body, place)
    if start + length > len(body):
        raise ProtocolError
    return body[start : start + length], start + length


class Pipeline:
    """The two ends of a connection."""

    def __init__(self, writer: IO[bytes], reader: IO[bytes]) -> None:
        self._writer = writer.fileno()
        self._reader = reader.fileno()
        self._received = bytearray()
        self._last = 0

    def greet(self) -> set[bytes]:
        """Agree on the version; the names of the server's extensions."""
        self._write(_NUMBER.pack(5) + bytes([INIT]) + _NUMBER.pack(3))
        while not (packets := list(self._read())):
            pass
        body = packets[0]
        if body[0] != VERSION:
            raise ProtocolError
        names, place = set(), 5
        while place < len(body):
            name, place = read_text(body, place)
            _data, place = read_text(body, place)
            names.add(name)
        return names

    def run(self, jobs: Iterator[Job]) -> None:
        """Run jobs, many at once, until all have ended.

        Raises what a job raises, `ProtocolError`, or `OSError`.
        """
        waiting: dict[int, _Turn] = {}
        running = 0
        while True:
            out: list[bytes] = []
            while running < _AT_ONCE and (job := next(jobs, None)) is not None:
                running += self._advance(_Turn(job), None, waiting, out)
            self._write(b"".join(out))
            if not running:
                return
            out = []
            for packet in self._read():
                reply, place = _parse(packet)
                turn = waiting.pop(place, None)
                if turn is None:
                    raise ProtocolError
                turn.replies[place] = reply
                turn.missing -= 1
                if not turn.missing:
                    running -= 1
                    replies = list(turn.replies.values())
                    running += self._advance(turn, replies, waiting, out)
            self._write(b"".join(out))

    def do(self, job: Job) -> Any:
        """Run one job; what it returns."""
        result: list[Any] = []

        def keep() -> Job:
            result.append((yield from job))

        self.run(iter([keep()]))
        return result[0]

    def _advance(
        self,
        turn: _Turn,
        replies: list[Reply] | None,
        waiting: dict[int, _Turn],
        out: list[bytes],
    ) -> bool:
        """Let a job go on to its next requests; whether there are any."""
        try:
            requests = next(turn.job) if replies is None else turn.job.send(replies)
        except StopIteration:
            return False
        turn.replies.clear()
        turn.missing = len(requests)
        for kind, body in requests:
            self._last = (self._last + 1) % 2**32
            turn.replies[self._last] = _NOTHING  # replies may come in any order
            waiting[self._last] = turn
            out.append(_HEAD.pack(len(body) + 5, kind, self._last) + body)
        return True

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._writer, rest) :]

    def _read(self) -> Iterator[bytes]:
        """The packets that have arrived whole; waits for more bytes first."""
        data = os.read(self._reader, 256 * 1024)
        if not data:
            raise ProtocolError
        received = self._received
        received += data
        place = 0
        while len(received) - place >= 4:
            (length,) = _NUMBER.unpack_from(received, place)
            if not 5 <= length <= _MOST:
                raise ProtocolError
            if len(received) - place - 4 < length:
                break
            yield bytes(received[place + 4 : place + 4 + length])
            place += 4 + length
        del received[:place]


class _Turn:
    """A job, and the replies to its last requests."""

    __slots__ = ("job", "missing", "replies")

    def __init__(self, job: Job) -> None:
        self.job = job
        self.replies: dict[int, Reply] = {}
        self.missing = 0


_NOTHING = Reply(0, b"", OK)


def _parse(packet: bytes) -> tuple[Reply, int]:
    kind, (place, _end) = packet[0], read_number(packet, 1)
    body = packet[5:]
    code = read_number(body, 0)[0] if kind == STATUS else OK
    return Reply(kind, body, code), place
