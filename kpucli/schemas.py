"""The JSON Schemas of front matter and configuration, made from what kpucli itself checks by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from pathlib import PurePath
from typing import Any

from kpucli.config import OWN_FILE, Config
from kpucli.front_matter import FIELDS
from kpucli.i18n import _
from kpucli.json_schema import Schema, table_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_front_matter_schema() -> Schema:
    """The schema of what stands between the `+++` lines of an article."""
    known = {name: _describe(field.schema, field.must_be) for name, field in FIELDS.items()}
    required = {name: known[name] for name, field in FIELDS.items() if field.required}
    return {"$schema": _DIALECT, "title": _("Isian artikel kpucli"), **table_of(required, known)}


def make_config_schema() -> Schema:
    """The schema of `kpucli.toml`."""
    return {"$schema": _DIALECT, "title": OWN_FILE, **_make_table(Config)}


def _make_table(kind: type) -> Schema:
    """The schema of a table whose options are a dataclass's fields."""
    options = {item.name: _make_option(item) for item in fields(kind) if item.metadata}
    return table_of({}, options)


def _make_option(option: Field[Any]) -> Schema:
    known = option.metadata
    if "table" in known:
        return _make_table(known["table"])
    if "tables" in known:
        return {**known["schema"], "additionalProperties": _make_table(known["tables"])}
    return _describe(known["schema"], known["must_be"], _find_default(option))


def _describe(schema: Schema, must_be: str, default: object = None) -> Schema:
    words = _(must_be)
    described = {**schema, "description": f"{words[:1].upper()}{words[1:]}."}
    return described if default is None else {**described, "default": default}


def _find_default(option: Field[Any]) -> object:
    """An option's default as TOML has it; None where there is none."""
    made = option.default_factory
    value = option.default if made is MISSING else made()
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
