"""Changing one top-level value of TOML text: all other lines stay byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kpucli.toml.array import edit_array
from kpucli.toml.layout import Statement, read_statements
from kpucli.toml.reading import parse_toml


class UneditableError(ValueError):
    """Text whose edit would not give what was asked for."""


def set_value(text: str, name: str, value: object) -> str:
    """Sound TOML `text` with the top-level `name` set to `value`, or without it (None).

    Only the lines of that name change. Raises `UneditableError` where the result would not mean
    exactly what it shall, and `TomlError` where the text is not sound.
    """
    before = parse_toml(text)
    wanted = {key: item for key, item in before.items() if key != name}
    if value is not None:
        wanted[name] = value
    try:
        wanted_form = _form(wanted)
        if _form(before) == wanted_form:
            return text
        edited = _edit(text, name, value)
        if _form(parse_toml(edited)) == wanted_form:
            return edited
    except (ValueError, RecursionError) as error:  # numbers and nesting that no article has
        raise UneditableError(name) from error
    raise UneditableError(name)


def write_value(value: object) -> str:
    """A value as TOML on one line."""
    import tomli_w  # reading never needs it

    if isinstance(value, Mapping):
        items = [f"{_write_key(key)} = {write_value(item)}" for key, item in value.items()]
        return f"{{ {', '.join(items)} }}" if items else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(write_value(item) for item in value)}]"
    if isinstance(value, datetime):
        return value.isoformat()  # tomli-w writes a space for RFC 3339's T
    return tomli_w.dumps({"x": value}).removeprefix("x = ").rstrip("\n")


def _write_key(key: str) -> str:
    import tomli_w

    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def _form(table: Mapping[str, Any]) -> dict[str, str]:
    """What two tables must share to be the same: 1 is not true, nor 08:00Z 15:00+07:00."""
    return {key: write_value(item) for key, item in table.items()}


def _edit(text: str, name: str, value: object) -> str:
    found = [statement for statement in read_statements(text) if statement.path[0] == name]
    if value is not None and len(found) == 1 and _is_plain(found[0]):
        start, end = found[0].value
        return text[:start] + _rewrite(text[start:end], value) + text[end:]
    for statement in reversed(found):
        text = text[: statement.start] + text[statement.end :]
    return text if value is None else _add(text, name, value)


def _is_plain(statement: Statement) -> bool:
    """Whether it is `name = value`, no table and no part of one."""
    return len(statement.path) == 1 and not statement.is_header


def _rewrite(written: str, value: object) -> str:
    old = parse_toml(f"x = {written}")["x"]
    if isinstance(old, list) and isinstance(value, list):
        return edit_array(
            written, [write_value(item) for item in old], [write_value(item) for item in value]
        )
    return write_value(value)


def _add(text: str, name: str, value: object) -> str:
    """The text with a new line behind those that stand before the first table."""
    position = 0
    for statement in read_statements(text):
        if statement.is_header:
            break
        position = statement.end
    above, below = text[:position], text[position:]
    line_end = "\r\n" if (above or below).partition("\n")[0].endswith("\r") else "\n"
    if above and not above.endswith("\n"):
        above += line_end
    return f"{above}{_write_key(name)} = {write_value(value)}{line_end}{below}"
