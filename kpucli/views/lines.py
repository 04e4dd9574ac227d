"""Lines of access logs: those that can be a view are found in a block, and only these are read.

Formats: the combined and common log format of Apache (mod_log_config) and nginx
(ngx_http_log_module), with a virtual host before or further fields behind; JSON lines as nginx
writes them with `escape=json`, and as Caddy does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kpucli.views.reading import LONGEST_LINE

# A page that was asked for with GET and given (200 or 304): the client's address, the date and hour
# as the log writes them, the rest of the time, the path, and the agent, None where the format has
# none.
Request = tuple[bytes, bytes, bytes, bytes, bytes | None]

# Servers escape quotes in what a client sends, so a bracket, a blank and a quote are the server's.
_OPENING = rb'\] "GET (?=%b)'
# How nearly all lines go on, and what stands before: the end of the line before and the address,
# at most as long as one of IPv6. Others are read by `_LINE`. Agents are long, and what stops at one
# character alone is done in a fifth of the time.
_USUAL = (
    rb'(?:(?<=(.{46}) - - \[(.{14})(.{12})\] "GET )'
    rb'(/[^ "\\\n]{1,1024}) HTTP/[0-9]\.[0-9]" (?:200|304) [0-9]+ "[^"\\\n]{0,1024}" '
    rb'"([^"]{0,512})"(?<!\\")(?=[ \n]))?'
)
_HOUR = len("21/Apr/2022:10")
_LONGEST_ADDRESS = 255
_BLANK, _NEWLINE, _BRACE = b" \n{"  # as numbers they are found in a fifth of the time

_QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'
# Where a virtual host stands, it is one: a possessive group would say so, but Python 3.11 before
# 3.11.5 lets go of what it holds.
_HOST = rb"[^ :]+:[0-9]+ (?!- )"
# The name of a user may hold blanks and brackets, so the time is the one before the quote of the
# request.
_LINE = re.compile(
    rb"(?:" + _HOST + rb"|(?!" + _HOST + rb"))([^ ]{1,255}) [^ ]+ .*?"
    rb'\[(.{26})\] "GET (/[^ "\\]*)[^"\\]*" (?:200|304) [0-9-]+'
    rb"(?: " + _QUOTED + rb" " + _QUOTED + rb""".*|(?: [^"]*)?)\r?"""
)
_VIEWED = {"200", "304"}


class RequestFinder:
    """Finds in blocks of whole lines the requests for paths that begin with one of `starts`."""

    def __init__(self, starts: Iterable[bytes]) -> None:
        paths = rb"(?:%b)" % b"|".join(re.escape(start) for start in starts)
        self._in_lines = re.compile(_OPENING % paths + _USUAL, re.DOTALL)
        self._in_json = re.compile(rb'[ "]' + paths)

    def find(self, block: bytes) -> Iterator[Request]:
        """The requests in a block, perhaps others too.

        Lines that cannot be read, other methods and other answers are left out.
        """
        # A brace is nearly never there, and one byte is found far sooner than two.
        if _BRACE in block and (block.startswith(b"{") or b"\n{" in block):
            return self._find_in_json(block)
        return self._find_in_lines(block)

    def _find_in_lines(self, block: bytes) -> Iterator[Request]:
        last = 0  # the end of the last unusual line
        for match in self._in_lines.finditer(block):
            before, hour, rest, path, agent = match.groups()
            if agent is not None:
                _line, newline, address = before.rpartition(b"\n")
                if newline and address and _BLANK not in address and _NEWLINE not in agent:
                    yield address, hour, rest, path, agent
                    continue
            place = match.start()
            if place < last:
                continue
            start, last = block.rfind(b"\n", 0, place) + 1, block.find(b"\n", place)
            if not self._in_lines.search(block, start, place):  # else it is read already
                request = _read_line(block, start, last)
                if request is not None:
                    yield request

    def _find_in_json(self, block: bytes) -> Iterator[Request]:
        last = 0
        for match in self._in_json.finditer(block):
            place = match.start()
            start = block.rfind(b"\n", last, place) + 1
            if last and not start:
                continue
            last = block.find(b"\n", place)
            request = (
                _read_json(block, start, last)
                if block[start] == _BRACE
                else _read_line(block, start, last)
            )
            if request is not None:
                yield request


def _read_line(block: bytes, start: int, end: int) -> Request | None:
    match = _LINE.fullmatch(block, start, end) if end - start <= LONGEST_LINE else None
    if match is None:
        return None
    address, moment, path, _referer, agent = match.groups()
    return address, moment[:_HOUR], moment[_HOUR:], path, agent


def _read_json(block: bytes, start: int, end: int) -> Request | None:
    if end - start > LONGEST_LINE:
        return None
    try:
        data = json.loads(block[start:end])
        return _from_fields(data) if isinstance(data, dict) else None
    except (ValueError, RecursionError, OverflowError):
        return None


def _from_fields(data: Mapping[str, Any]) -> Request | None:
    inner = data.get("request")
    fields = {**data, **inner} if isinstance(inner, dict) else data  # as Caddy nests them
    method, path = _method_and_path(fields)
    address = _first(fields, "client_ip", "remote_ip", "remote_addr").encode()
    moment = _first(
        fields, "ts", "time_iso8601", "time_local", "msec", "timestamp", "time"
    ).encode()
    if method != "GET" or str(fields.get("status")) not in _VIEWED or not moment:
        return None
    if not 0 < len(address) <= _LONGEST_ADDRESS:
        return None
    agent = _agent_of(fields)
    encoded = None if agent is None else agent.encode()
    return address, moment[:_HOUR], moment[_HOUR:], path.encode(), encoded


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
