"""Fragments of JSON Schema (2020-12) for values of TOML, in words that every validator knows.

Dates of TOML are strings to such a validator, and it cannot tell them from quoted ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

# What `\w` and a letter are in Python, but not in all dialects of regular expressions: beyond ASCII
# everything is let pass.
_WORD, _LETTER = r"0-9A-Za-z_\u0080-\uffff", r"[A-Za-z\u0080-\uffff]"


def matching(pattern: re.Pattern[str] | str) -> Schema:
    r"""Texts that a pattern matches from end to end; it writes `\w` in brackets alone."""
    text = pattern if isinstance(pattern, str) else pattern.pattern
    text = text.replace(r"[^\W\d_]", _LETTER).replace(r"\w", _WORD).replace(r"\d", "0-9")
    return {"type": "string", "pattern": f"^(?:{text})$"}


def whole(least: int, most: int | None = None) -> Schema:
    """Whole numbers from `least` to `most`."""
    return {"type": "integer", "minimum": least, **({} if most is None else {"maximum": most})}


def one_of(words: tuple[str, ...]) -> Schema:
    """One of some words."""
    return {"enum": list(words)}


def list_of(item: Schema, **more: object) -> Schema:
    """Lists of such items."""
    return {"type": "array", "items": item, **more}


def map_of(value: Schema, names: Schema | None = None) -> Schema:
    """Tables whose names are free, or like `names`, with such values."""
    like = {} if names is None else {"propertyNames": names}
    return {"type": "object", **like, "additionalProperties": value}


def table_of(required: Mapping[str, Schema], optional: Mapping[str, Schema]) -> Schema:
    """Tables with these names and no others."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
LINE = matching(r"[^\r\n]*\S[^\r\n]*")
# From 1900 to 2200, as a day or with a time, with or without an offset.
DATE = matching(r"(?:19[0-9]{2}|2[01][0-9]{2}|2200)-[0-9]{2}-[0-9]{2}(?:[Tt ].+)?")
