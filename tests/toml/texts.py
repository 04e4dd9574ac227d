"""TOML as people write it, for Hypothesis: many layouts, comments, line ends, and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from kpucli.toml.editing import write_value

NAMES = ("title", "date", "tags", "summary", "views", "image", "corrections", "kunci aneh", "ñ.x")


@dataclass(frozen=True)
class Written:
    """A text in pieces of whole lines, each with its owner ("" for comments and blank lines)."""

    pieces: tuple[tuple[str, str], ...]
    data: dict[str, Any]

    @property
    def text(self) -> str:
        return "".join(piece for _owner, piece in self.pieces)

    def without(self, name: str) -> str:
        """The lines of everything else."""
        return "".join(piece for owner, piece in self.pieces if owner != name)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
zones = st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
moments = st.datetimes(
    datetime(1900, 1, 2),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2200, 12, 30),  # noqa: DTZ001
    timezones=zones,
).map(lambda moment: moment.replace(fold=0))
scalars = st.one_of(
    texts,
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.floats(allow_nan=False),
    moments,
    moments.map(lambda moment: moment.replace(tzinfo=None)),
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
)
text_lists = st.lists(texts, max_size=5)
tables = st.dictionaries(st.sampled_from(["file", "alt", "x y"]), texts, max_size=3)
values = st.one_of(scalars, text_lists, tables, st.lists(tables, max_size=3))

_blanks = st.sampled_from(["", "", " ", "  ", "\t"])
_comments = st.sampled_from(["", "", "", " # alasan: [EJA005]", '\t#"', "# '''", " # x = {1"])
_between = st.sampled_from(
    ["", "", "\n", "# catatan\n", "  \n# [bukan] = 'tabel'\n\n", "\t# é \u2028\n"]
)


@st.composite
def written(draw: st.DrawFn) -> Written:
    """A whole text: fields at the top, then tables; each name once."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=6))
    data = {name: draw(values) for name in names}
    below = {name for name in names if _is_table(data[name]) and draw(st.booleans())}
    pieces: list[tuple[str, str]] = []
    for name in sorted(names, key=below.__contains__):
        pieces.append(("", draw(_between)))
        if name in below:
            pieces += [(name, line) for line in _write_table(draw, name, data[name])]
        else:
            pieces += [(name, line) for line in _write_field(draw, name, data[name])]
    pieces.append(("", draw(_between)))
    ends = draw(st.sampled_from([["\n"], ["\r\n"], ["\n", "\r\n"]]))
    end = st.sampled_from(ends)
    pieces = [(owner, re.sub("\n", lambda _: draw(end), line)) for owner, line in pieces]
    if draw(st.booleans()):
        owner, last = pieces[-1]
        pieces[-1] = (owner, last.rstrip("\r\n"))
    return Written(tuple(pieces), data)


@st.composite
def arrays(draw: st.DrawFn, items: list[str]) -> str:
    """An array of items that are written already: on a line or on many, with comments."""
    is_long = draw(st.booleans())

    def space() -> str:
        if not is_long or draw(st.booleans()):
            return draw(_blanks)
        own_line = draw(st.sampled_from(["", "", "  # sendiri\n"]))
        return f"{draw(_comments)}\n{own_line}{draw(_blanks)}"

    written = ""
    for index, item in enumerate(items):
        comma = "," if index < len(items) - 1 or draw(st.booleans()) else ""
        written += f"{space()}{item}{draw(_blanks)}{comma}"
    return f"[{written}{space()}]"


def _is_table(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


def _write_field(draw: st.DrawFn, name: str, value: object) -> list[str]:
    key = _write_key(draw, name)
    if isinstance(value, dict) and value and draw(st.booleans()):
        return [
            _write_line(draw, f"{key}.{_write_key(draw, part)}", item)
            for part, item in value.items()
        ]
    return [_write_line(draw, key, value)]


def _write_table(draw: st.DrawFn, name: str, value: Any) -> list[str]:
    lines = []
    for table in value if isinstance(value, list) else [value]:
        brackets = "[[{}]]" if isinstance(value, list) else "[{}]"
        header = brackets.format(f"{draw(_blanks)}{_write_key(draw, name)}{draw(_blanks)}")
        lines.append(f"{draw(_blanks)}{header}{draw(_comments)}\n")
        lines += [_write_line(draw, _write_key(draw, key), item) for key, item in table.items()]
    return lines


def _write_line(draw: st.DrawFn, key: str, value: object) -> str:
    written = _write(draw, value)
    return (
        f"{draw(_blanks)}{key}{draw(_blanks)}={draw(_blanks)}{written}{draw(_blanks)}"
        f"{draw(_comments)}\n"
    )


def _write_key(draw: st.DrawFn, name: str) -> str:
    forms = [f'"{name}"', f"'{name}'", '"' + "".join(f"\\U{ord(mark):08X}" for mark in name) + '"']
    if re.fullmatch("[A-Za-z]+", name):
        forms += [name] * 5
    return draw(st.sampled_from(forms))


def _write(draw: st.DrawFn, value: object) -> str:
    if isinstance(value, str):
        return draw(st.sampled_from(list(_string_forms(value))))
    if isinstance(value, list):
        return draw(arrays([_write(draw, item) for item in value]))
    if isinstance(value, dict):
        items = [f"{_write_key(draw, key)}{draw(_blanks)}= {_write(draw, item)}"
                 for key, item in value.items()]  # fmt: skip
        return f"{{{draw(_blanks)}{', '.join(items)}{draw(_blanks)}}}"
    if isinstance(value, datetime) and draw(st.booleans()):
        return value.isoformat(" ").replace("+00:00", "Z")
    return write_value(value)


def _string_forms(value: str) -> list[str]:
    basic = write_value(value)
    forms = [basic, f'""{basic[:-1]}"""', f'""{basic[0]}\n{basic[1:-1]}"""',
             f'""{basic[0]}\\\n   {basic[1:-1]}"""']  # fmt: skip
    if value[:1].isspace():
        forms.pop()  # a line's end that is escaped takes blanks along
    if not re.search(r"['\x00-\x08\x0a-\x1f\x7f]", value):
        forms.append(f"'{value}'")
    if not re.search(r"''|'\Z|[\x00-\x08\x0b-\x1f\x7f]", value):
        forms.append(f"'''\n{value}'''")
    return forms
