"""Lines of access logs: those that can be a view are found in a block, and only these are read.

Formats: the combined and common log format of Apache (mod_log_config) and nginx
(ngx_http_log_module), with a virtual host before or further fields behind; JSON lines as nginx
writes them with `escape=json`, and as Caddy does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, NamedTuple

from kpucli.views.reading import LONGEST_LINE

_QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'
# What a client sends stands in quotes, in which servers escape quotes; but the name of a user
# may hold blanks and brackets, so the time is the one before the quote of the request.
_LINE = re.compile(
    rb"(?:[^\s:]+:[0-9]+ )?(\S+) \S+ .*?"
    rb"\[([0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4})\] "
    rb'"GET (/[^ "\\]*)[^"\\]*" (?:200|304) [0-9-]+'
    rb"(?: " + _QUOTED + rb" " + _QUOTED + rb""".*|(?: [^"]*)?)\r?"""
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1
    )
}
_VIEWED = {"200", "304"}


class Request(NamedTuple):
    """A page that was asked for with GET and given (200 or 304).

    `moment` is its time as the log writes it, `agent` None where the format has none.
    """

    address: bytes
    moment: bytes
    path: bytes
    agent: bytes | None


def find_requests(block: bytes, starts: Iterable[bytes]) -> Iterator[Request]:
    """The requests in a block for paths that begin with one of `starts`, and perhaps others.

    Lines that cannot be read, other methods and other answers are left out.
    """
    is_json = block.startswith(b"{") or block.find(b"\n{", 0, LONGEST_LINE) >= 0
    opens = (b'"', b"GET ") if is_json else (b'"GET ',)
    for start, end in _find_lines(block, [opening + path for path in starts for opening in opens]):
        if end - start > LONGEST_LINE:
            continue
        request = (
            _read_json(block[start:end])
            if block[start] == 0x7B  # an opening brace
            else _read_line(block, start, end)
        )
        if request is not None:
            yield request


def _find_lines(block: bytes, marks: Iterable[bytes]) -> list[tuple[int, int]]:
    """Start and end of each line that holds one of the marks, each once and in order."""
    lines = {}
    for mark in marks:
        place = block.find(mark)
        while place >= 0:
            end = block.find(b"\n", place)
            lines[block.rfind(b"\n", 0, place) + 1] = end
            place = block.find(mark, end)
    return sorted(lines.items())


def _read_line(block: bytes, start: int, end: int) -> Request | None:
    match = _LINE.fullmatch(block, start, end)
    if match is None:
        return None
    address, moment, path, _referer, agent = match.groups()
    return Request(address, moment, path, agent)


def _read_json(line: bytes) -> Request | None:
    try:
        data = json.loads(line)
        return _from_fields(data) if isinstance(data, dict) else None
    except (ValueError, RecursionError, OverflowError):
        return None


def _from_fields(data: Mapping[str, Any]) -> Request | None:
    inner = data.get("request")
    fields = {**data, **inner} if isinstance(inner, dict) else data  # as Caddy nests them
    method, path = _method_and_path(fields)
    address = _first(fields, "client_ip", "remote_ip", "remote_addr")
    moment = _first(fields, "ts", "time_iso8601", "time_local", "msec", "timestamp", "time")
    if method != "GET" or str(fields.get("status")) not in _VIEWED or not address or not moment:
        return None
    agent = _agent_of(fields)
    return Request(
        address.encode(), moment.encode(), path.encode(), None if agent is None else agent.encode()
    )


def _method_and_path(fields: Mapping[str, Any]) -> tuple[str, str]:
    line = fields.get("request")
    if isinstance(line, str):
        method, _blank, rest = line.partition(" ")
        return method, rest.partition(" ")[0]
    return _first(fields, "method", "request_method"), _first(fields, "request_uri", "uri")


def _agent_of(fields: Mapping[str, Any]) -> str | None:
    headers = fields.get("headers")
    if isinstance(headers, dict):
        agents = headers.get("User-Agent")
        return agents[0] if isinstance(agents, list) and agents and _is_text(agents[0]) else ""
    return next(
        (fields[name] for name in ("http_user_agent", "user_agent") if _is_text(fields.get(name))),
        None,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _first(fields: Mapping[str, Any], *names: str) -> str:
    """The first of some fields that is there, as text."""
    found = (fields[name] for name in names if isinstance(fields.get(name), str | int | float))
    return str(next(found, ""))


def read_moment(moment: bytes, zone: tzinfo) -> datetime:
    """The time that a log writes, in `zone`: `21/Apr/2022:10:00:00 +0700`, ISO 8601, or Unix time.

    Unix time is in seconds, or in thousandths or millionths of them, as its size tells; a time
    without a zone is in `zone`. Raises `ValueError` for anything else.
    """
    try:
        if moment[2:3] == b"/":
            return _read_log_time(moment).astimezone(zone)
        text = moment.decode("ascii")
        if re.fullmatch(r"[0-9]{9,20}(?:\.[0-9]*)?", text):
            return datetime.fromtimestamp(_as_seconds(float(text)), zone)
        found = datetime.fromisoformat(text.replace("/", "-"))
        return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)
    except (KeyError, OverflowError, OSError) as error:
        raise ValueError(moment) from error


def _read_log_time(moment: bytes) -> datetime:
    offset = int(moment[22:24]) * 60 + int(moment[24:26])
    seconds = datetime(
        int(moment[7:11]), _MONTHS[moment[3:6]], int(moment[:2]),
        int(moment[12:14]), int(moment[15:17]), int(moment[18:20]), tzinfo=UTC,
    ).timestamp()  # fmt: skip
    return datetime.fromtimestamp(
        seconds - (offset if moment[21:22] == b"+" else -offset) * 60, UTC
    )


def _as_seconds(number: float) -> float:
    while number > 1e11:  # in the year 5138
        number /= 1000
    return number
