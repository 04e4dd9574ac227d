"""Visitors told apart by a hash that means nothing once the day's key is gone."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from secrets import token_bytes

# Of a visitor's 64 bits these, the lowest, tell the agents at one address apart.
AGENT_BITS = 24

_ADDRESS_BYTES, _AGENT_BYTES = 5, 3
_HALF = 1 << (AGENT_BITS - 1)  # so that the number of an agent is not negative


def make_key() -> bytes:
    """A new day's key."""
    return token_bytes(32)


@dataclass(slots=True)
class Visitors:
    """The visitors of a day by its key; what was hashed is remembered for a while."""

    key: bytes
    _places: dict[bytes, int] = field(default_factory=dict)
    _agents: dict[bytes | None, int] = field(default_factory=dict)

    def find(self, address: bytes, agent: bytes | None) -> int:
        """A visitor as a signed 64-bit number: 40 bits for the address, 24 for the agent.

        Of an IPv6 address the first half counts: the other is the visitor's to choose.
        """
        place = self._places.get(address)
        if place is None:
            network = _network_of(address) if b":" in address else address
            place = self._places[address] = self._hash(network, _ADDRESS_BYTES) << AGENT_BITS
        program = self._agents.get(agent)
        if program is None:
            program = self._agents[agent] = self._hash(agent or b"", _AGENT_BYTES) + _HALF
        return place + program

    def _hash(self, text: bytes, size: int) -> int:
        return int.from_bytes(blake2b(text, key=self.key, digest_size=size).digest(), signed=True)

    @property
    def remembered(self) -> int:
        """How many addresses and agents are held in memory."""
        return len(self._places) + len(self._agents)

    def forget(self) -> None:
        """Hold none in memory any more; they are hashed anew."""
        self._places.clear()
        self._agents.clear()


@lru_cache(maxsize=4096)
def _network_of(address: bytes) -> bytes:
    try:
        found = ipaddress.ip_address(address.decode("ascii"))
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return (found.ipv4_mapped or found).packed[:8]
    return address
