"""The front matter of an article: which fields there are, what each may hold, how one is edited.

Format: TOML between two `+++` lines, as Hugo and Zola write it. The table `FIELDS` is the one
place that knows the fields; messages, the linter's suggestions and completion read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Any

from kpucli import json_schema
from kpucli.errors import KpuError
from kpucli.i18n import N_, _
from kpucli.json_schema import Schema
from kpucli.slug import DEVICE
from kpucli.toml.layout import read_statements

MAX_BYTES = 64 * 1024

_LONGEST_SHOWN = 40  # of an unknown name in a message; it may have thousands of characters


class ProblemKind(Enum):
    """What is wrong with a field."""

    MISSING = "missing"
    MISTYPED = "mistyped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Problem:
    """One field that is not as it must be; `message` is a whole sentence without a final stop."""

    kind: ProblemKind
    field: str
    message: str
    suggestion: str | None = None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_line(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not re.search(r"[\r\n]", value)


def _is_date(value: object) -> bool:
    # A year outside these is a slip of the keyboard, and 0001 has no place in other zones.
    return isinstance(value, date) and 1900 <= value.year <= 2200


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(_is_line(item) for item in value)


# Written so that editors understand it too (ECMA 262), which know no flag for capitals here.
_DEVICE = re.sub("[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", DEVICE)
_ALIAS = re.compile(
    rf"(?!.*\.\.)(?![^?#]*/(?:[.-]|{_DEVICE}(?:\.[^/?#]*)?(?:[/?#]|$)))/(?!/)[!-~]*"
)


def is_alias(address: str) -> bool:
    """Whether an older address can be one here: from the root, and fit for files' names.

    None of its parts is hidden, looks like an option, leads upward, or is a device's name.
    """
    return _ALIAS.fullmatch(address) is not None


def _is_address_list(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, str) and is_alias(item) for item in value
    )


def _is_table_of(
    required: Mapping[str, Callable[[object], bool]],
    optional: Mapping[str, Callable[[object], bool]],
) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        if not isinstance(value, dict) or not required.keys() <= value.keys():
            return False
        checks = {**required, **optional}
        return all(key in checks and checks[key](item) for key, item in value.items())

    return check


_is_image = _is_table_of(
    {"file": _is_line}, {"alt": _is_text, "caption": _is_text, "credit": _is_text}
)
_is_withdrawal = _is_table_of({"date": _is_date, "reason": _is_line}, {})
_is_correction = _is_table_of({"date": _is_date, "text": _is_line}, {})


def _is_list_of_corrections(value: object) -> bool:
    return isinstance(value, list) and all(_is_correction(item) for item in value)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how its value is checked, the words for what it must be, and that for editors."""

    check: Callable[[object], bool]
    must_be: str
    schema: Schema
    required: bool = False


_TEXT = N_("harus teks satu baris di antara tanda kutip, tidak kosong")
_DATE = N_("harus tanggal tanpa tanda kutip, misalnya 2022-04-20T15:00:00+07:00")
_LIST = N_('harus daftar teks tanpa isi kosong, misalnya ["apel", "sop"]')

_LINES = json_schema.list_of(json_schema.LINE)
_ADDRESSES = json_schema.list_of(json_schema.matching(_ALIAS))
_IMAGE = json_schema.table_of(
    {"file": json_schema.LINE}, dict.fromkeys(("alt", "caption", "credit"), json_schema.TEXT)
)
_WITHDRAWAL = json_schema.table_of({"date": json_schema.DATE, "reason": json_schema.LINE}, {})
_CORRECTION = json_schema.table_of({"date": json_schema.DATE, "text": json_schema.LINE}, {})

FIELDS: dict[str, Field] = {
    "title": Field(_is_line, _TEXT, json_schema.LINE, required=True),
    "original_title": Field(_is_line, _TEXT, json_schema.LINE),
    "date": Field(_is_date, _DATE, json_schema.DATE, required=True),
    "date_uncertain": Field(_is_line, _TEXT, json_schema.LINE),
    "tags": Field(_is_list_of_text, _LIST, _LINES),
    "summary": Field(_is_line, _TEXT, json_schema.LINE),
    "author": Field(_is_line, _TEXT, json_schema.LINE),
    "category": Field(_is_line, _TEXT, json_schema.LINE),
    "draft": Field(_is_flag, N_("harus true atau false"), json_schema.FLAG),
    "image": Field(
        _is_image, N_('harus berbentuk { file = "foto.jpg", alt = "…", caption = "…" }'), _IMAGE
    ),
    "views": Field(
        _is_count, N_("harus bilangan bulat, 0 atau lebih"), json_schema.whole(0, 2**53 - 1)
    ),
    "aliases": Field(
        _is_address_list, N_('harus daftar alamat, misalnya ["/alamat/lama/"]'), _ADDRESSES
    ),
    "corrections": Field(
        _is_list_of_corrections,
        N_('harus daftar berbentuk [{ date = 2022-04-21, text = "…" }]'),
        json_schema.list_of(_CORRECTION),
    ),
    "withdrawn": Field(
        _is_withdrawal, N_('harus berbentuk { date = 2022-04-21, reason = "…" }'), _WITHDRAWAL
    ),
    "lint_ignore": Field(_is_list_of_text, N_('harus daftar kode, misalnya ["TBC001"]'), _LINES),
    "imported": Field(_is_line, _TEXT, json_schema.LINE),
}


def check_fields(data: Mapping[str, object]) -> Iterator[Problem]:
    """Every problem of parsed front matter, in the order of the file, missing fields last."""
    for name, value in data.items():
        field = FIELDS.get(name)
        if field is None:
            yield _unknown(name)
        elif not field.check(value):
            message = _("`{field}` {must_be}").format(field=name, must_be=_(field.must_be))
            yield Problem(ProblemKind.MISTYPED, name, message)
    for name, field in FIELDS.items():
        if field.required and name not in data:
            message = _("`{field}` belum diisi").format(field=name)
            yield Problem(ProblemKind.MISSING, name, message)


def _unknown(name: str) -> Problem:
    from difflib import get_close_matches  # only where a name was wrong

    near = get_close_matches(name, FIELDS, n=1)
    shown = name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1]}…"
    message = _("`{field}` tidak dikenal").format(field=shown)
    if near:
        message = _("`{field}` tidak dikenal; mungkin maksudnya `{near}`").format(
            field=shown, near=near[0]
        )
    return Problem(ProblemKind.UNKNOWN, name, message, near[0] if near else None)


def find_field(text: str, name: str) -> tuple[int, int] | None:
    """Where one field's value stands. See `find_fields`; None where the field is not written."""
    return find_fields(text).get(name)


def find_fields(text: str) -> dict[str, tuple[int, int]]:
    """Start and end offset of what stands for each top-level field's value in front matter `text`.

    For a table header (`[image]`) the header's name.
    """
    found: dict[str, tuple[int, int]] = {}
    for statement in read_statements(text):
        found.setdefault(statement.path[0], statement.value)
    return found


def edit_fields(text: str, values: Mapping[str, Any]) -> str:
    """Front matter `text` with fields set to `values` (None takes a field out).

    Only the lines of those fields change; comments, order and line endings of all others stay
    byte for byte. Raises `KpuError` where that cannot be promised.
    """
    from kpucli.toml.editing import UneditableError, set_value  # reading never needs it

    for name, value in values.items():
        try:
            text = set_value(text, name, value)
        except UneditableError as error:
            raise KpuError(
                _("Bidang `{field}` tidak dapat diubah tanpa merusak baris lain.").format(
                    field=name
                ),
                _("Ubahlah sendiri di editor."),
            ) from error
    return text


def as_datetime(value: date, zone: tzinfo) -> datetime:
    """A TOML date as an aware moment: midnight where no time is given, `zone` where no offset."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=zone)
    return value if value.tzinfo else value.replace(tzinfo=zone)
