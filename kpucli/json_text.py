"""JSON as every command writes it: readable, UTF-8, and harmless on a terminal."""

from __future__ import annotations

import json
import re

from kpucli.printable import printable

_BEYOND_ASCII = re.compile(r"[^\x00-\x7e]")


def format_json(value: object) -> str:
    """One JSON document; what could command a terminal is escaped, as JSON allows."""
    return _harmless(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def format_json_line(value: object) -> str:
    """As `format_json`, on one line without its end."""
    return _harmless(json.dumps(value, ensure_ascii=False))


def _harmless(text: str) -> str:
    return _BEYOND_ASCII.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return character if printable(character) == character else json.dumps(character)[1:-1]
