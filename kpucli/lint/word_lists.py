"""Word lists of the rules: plain text in `rules/data/`, each read once and only when asked for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_words(name: str) -> frozenset[str]:
    """The words of a list, apart by blanks; lines that begin with `#` are comments."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def read_phrases(name: str) -> tuple[str, ...]:
    """The lines of a list."""
    return tuple(_lines(name))


def _lines(name: str) -> list[str]:
    text = files("kpucli.lint").joinpath("rules", "data", name).read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
