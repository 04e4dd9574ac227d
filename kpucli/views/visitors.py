"""Visitors told apart by a hash that means nothing once the day's key is gone."""

from __future__ import annotations

import socket
from hashlib import blake2b
from secrets import token_bytes

from kpucli.views.agents import is_robot

# Of a visitor's 64 bits these, the lowest, tell the agents at one address apart.
AGENT_BITS = 24

_ADDRESS_BYTES, _AGENT_BYTES = 5, 3
_COLON = 0x3A
_LONGEST_KEPT = 512  # bytes: of somebody who makes up longer ones, none is remembered


def make_key() -> bytes:
    """A new day's key."""
    return token_bytes(32)


class Places(dict[bytes, int]):
    """The upper 40 bits of a day's visitors by their address; what was hashed is remembered.

    Of an IPv6 address the first half counts: the other is the visitor's to choose.
    """

    def __init__(self, key: bytes) -> None:
        self._start = blake2b(key=key, digest_size=_ADDRESS_BYTES).copy  # the key's work is done

    def __missing__(self, address: bytes) -> int:
        keyed = self._start()
        keyed.update(_network_of(address) if _COLON in address else address)
        place = self[address] = int.from_bytes(keyed.digest()) << AGENT_BITS
        return place


class Programs(dict[bytes | None, int | None]):
    """The lower 24 bits of a day's visitors by their agent, None for a robot's; remembered too."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __missing__(self, agent: bytes | None) -> int | None:
        if agent is not None and is_robot(agent):
            program = None
        else:
            hashed = blake2b(agent or b"", key=self._key, digest_size=_AGENT_BYTES).digest()
            program = int.from_bytes(hashed)
        if len(agent or b"") <= _LONGEST_KEPT:
            self[agent] = program
        return program


def _network_of(address: bytes) -> bytes:
    try:
        return socket.inet_pton(socket.AF_INET6, address.decode("ascii"))[:8]
    except (OSError, ValueError):
        return address
