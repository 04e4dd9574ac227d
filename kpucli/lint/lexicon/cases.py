"""The case of words: Jakarta, KPU, suaraPemilu."""

from __future__ import annotations

import re
from collections.abc import Callable

_LOWER_UPPER = re.compile(r"([a-z]{3,})([A-Z][a-z]{2,})")


def is_plain(token: str) -> bool:
    """Whether each part of a word is in lower case, capitalised, or all capitals."""
    return all(
        part.islower() or part.isupper() or part[1:].islower() for part in token.split("-") if part
    )


def match_case(token: str, right: str) -> str:
    """The right word in the case of the one it replaces: Opearsional → Operasional."""
    if token.isupper() and len(token) > 1:
        return right.upper()
    if token[:1].isupper():
        return right[:1].upper() + right[1:]
    return right


def split_case(token: str, is_known: Callable[[str], bool]) -> str | None:
    """Two known words written as one, the second with a capital: suaraPemilu."""
    match = _LOWER_UPPER.fullmatch(token)
    if match and is_known(match[1]) and is_known(match[2].lower()):
        return f"{match[1]} {match[2]}"
    return None
