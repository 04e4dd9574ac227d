"""Photographs that stand inside the HTML itself, as `data:` addresses."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from functools import partial

from kpucli.importers.item import Finder
from kpucli.photo import MAX_BYTES

_DATA = re.compile(r"data:image/[a-z+.-]{2,20};base64,([A-Za-z0-9+/=]+)")
_SMALLEST = 1000  # characters: less is a placeholder or a dot that counts visitors
_NAME = "foto-tertanam-"


def take_embedded(html: str, find: Finder | None) -> tuple[str, Finder | None]:
    """The HTML with names in place of the photographs in it, and what finds those too."""
    found: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        if not _SMALLEST <= len(match[1]) <= MAX_BYTES * 4 // 3:
            return "data:"
        found[f"{_NAME}{len(found) + 1}"] = match[1]
        return f"{_NAME}{len(found)}"

    if "data:image/" not in html:
        return html, find
    html = _DATA.sub(name, html)

    def find_all(source: str) -> Callable[[], bytes] | None:
        if source in found:
            return partial(base64.b64decode, found[source] + "===")
        return find(source) if find else None

    return html, find_all
