"""What logs must be counted as, by a reader that takes one line after the other.

It says in the plainest way what `kpucli.views` promises, and shares none of its ways to be fast.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from kpucli.views.addresses import Addresses
from kpucli.views.agents import is_robot
from kpucli.views.moments import read_moment

LONGEST_LINE = 64 * 1024
MOST = 50

Request = tuple[bytes, bytes, bytes, bytes | None]  # address, moment, path, agent
Visitor = tuple[bytes, bytes]


@dataclass
class Reference:
    """Counts lines as they come; `now` is in the office's zone."""

    addresses: Addresses
    now: datetime
    lines: int = 0
    named: int = 0  # views by programs that say so
    untimely: int = 0
    visits: dict[tuple[str, str], set[Visitor]] = field(default_factory=lambda: defaultdict(set))
    askers: dict[str, set[Visitor]] = field(default_factory=lambda: defaultdict(set))

    def take(self, log: bytes) -> None:
        """Count a log."""
        *lines, _unfinished = log.split(b"\n")
        self.lines += len(lines)
        for line in lines:
            request = read_line(line)
            if request is not None and request[2].startswith(
                (*self.addresses.starts, b"/robots.txt")
            ):
                self._take_request(*request)

    def _take_request(
        self, address: bytes, moment: bytes, path: bytes, agent: bytes | None
    ) -> None:
        target = self.addresses.find(path)
        try:
            day = read_moment(moment, self.now.tzinfo).date()  # type: ignore[arg-type]
        except ValueError:
            return
        name, visitor = day.isoformat(), (network_of(address), agent or b"")
        is_program = agent is not None and is_robot(agent)
        if target is None:
            if path == b"/robots.txt" and not is_program and day <= self.now.date():
                self.askers[name].add(visitor)
        elif is_program:
            self.named += 1
        elif day > self.now.date() or not target.first <= name <= target.last:
            self.untimely += 1
        else:
            self.visits[name, target.id].add(visitor)

    def programs(self, day: str) -> set[Visitor]:
        """The visitors of a day who behave like programs."""
        visits = [who for (when, _article), who in self.visits.items() if when == day]
        times = Counter(visitor for who in visits for visitor in who)
        crowded = {
            place
            for who in visits
            for place, number in Counter(place for place, _agent in who).items() if number > MOST
        }  # fmt: skip
        behaving = {who for who, number in times.items() if number > MOST or who[0] in crowded}
        return self.askers[day] | behaving

    def views(self) -> dict[tuple[str, str], int]:
        """Views by day and article."""
        programs = {day: self.programs(day) for day, _article in self.visits}
        counts = {pair: len(who - programs[pair[0]]) for pair, who in self.visits.items()}
        return {pair: count for pair, count in counts.items() if count}

    def robots(self) -> int:
        """Views by programs, also by those which do not say so."""
        behaved = sum(len(who & self.programs(day)) for (day, _), who in self.visits.items())
        return self.named + behaved


def network_of(address: bytes) -> bytes:
    """The first half of an IPv6 address, others whole."""
    try:
        return ipaddress.IPv6Address(address.decode("ascii")).packed[:8]
    except ValueError:
        return address


def read_line(line: bytes) -> Request | None:
    """A page that was asked for with GET and given."""
    if len(line) > LONGEST_LINE:
        return None
    if line.startswith(b"{"):
        return read_json(line)
    line = line.removesuffix(b"\r")
    words = line.split(b" ")
    host, colon, port = words[0].partition(b":")
    if colon and host and re.fullmatch(rb"[0-9]+", port) and len(words) > 1 and words[1] != b"-":
        words = words[1:]
    address, head = words[0], len(line) - len(b" ".join(words[2:]))
    if len(words) < 3 or not words[0] or not words[1] or len(address) > 255:
        return None
    for found in re.finditer(rb'\] "GET /', line):
        end = found.start()
        moment = line[end - 26 : end]
        if end - 27 >= head and line[end - 27 : end - 26] == b"[":
            rest = read_rest(line[end + 2 :])
            if rest is not None:
                return address, moment, *rest
    return None


def read_rest(rest: bytes) -> tuple[bytes, bytes | None] | None:
    """Path and agent of what follows the time, if it is a page that was given."""
    request, closed, answer = rest[1:].partition(b'"')
    status, _blank, after = answer[1:].partition(b" ")
    if not closed or b"\\" in request or answer[:1] != b" " or status not in (b"200", b"304"):
        return None
    path = request.split(b" ")[1]
    size, blank, fields = after.partition(b" ")
    if not re.fullmatch(rb"[0-9-]+", size):
        return None
    if b'"' not in fields:
        return path, None
    quoted = list(read_quoted(fields))
    return (path, quoted[1]) if blank and len(quoted) == 2 else None


def read_quoted(fields: bytes) -> Iterator[bytes]:
    """The first two quoted fields, if these are the first two; in them a backslash escapes."""
    for _number in range(2):
        if not fields.startswith(b'"'):
            return
        place = 1
        while place < len(fields) and fields[place : place + 1] != b'"':
            place += 2 if fields[place : place + 1] == b"\\" else 1
        if place >= len(fields):
            return
        yield fields[1:place]
        if _number == 0 and fields[place + 1 : place + 2] != b" ":
            return
        fields = fields[place + 2 :]


def read_json(line: bytes) -> Request | None:
    """The same of a line of JSON, as nginx and Caddy write them."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    inner = data.get("request", "- - -")
    if isinstance(inner, dict):  # Caddy
        agent = inner["headers"]["User-Agent"][0]
        found = [inner["client_ip"], data["ts"], inner["uri"], inner["method"], data["status"]]
    else:
        method, path, _protocol = inner.split(" ")
        agent = data.get("http_user_agent", "")
        found = [data.get("remote_addr"), data.get("time"), path, method, data.get("status")]
    address, moment, path, method, status = map(str, found)
    if method != "GET" or status not in ("200", "304") or len(address.encode()) > 255:
        return None
    return address.encode(), moment.encode(), path.encode(), agent.encode()
