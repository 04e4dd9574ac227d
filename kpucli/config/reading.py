"""Reading the configuration from the nearest file above the current folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from kpucli.config.model import Config
from kpucli.errors import ConfigError
from kpucli.i18n import _
from kpucli.text_file import read_text
from kpucli.toml import TomlError, parse_toml
from kpucli.toml.layout import read_statements

OWN_FILE = "kpucli.toml"
SHARED_FILE = "pyproject.toml"
MAX_BYTES = 1024 * 1024

_SHARED_TABLE = ("tool", "kpucli")


def load_config(start: Path | None = None) -> Config:
    """The configuration that holds in `start` (the current folder, if None).

    Walks upward to the first `kpucli.toml`, or `pyproject.toml` with a table `[tool.kpucli]`; where
    there is none, everything has its default and `source` is None. Raises `ConfigError` at the
    first unknown option, naming the nearest known one, or wrong value.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        for name, place in ((OWN_FILE, ()), (SHARED_FILE, _SHARED_TABLE)):
            path = _seen_from_here(folder / name)
            # `Path.is_file` raises where a folder above may not be looked into.
            found = _read(path, place) if os.path.isfile(path) else None  # noqa: PTH113
            if found is not None:
                return found
    return _with_folders(Config(root=_seen_from_here(here), source=None))


def _seen_from_here(path: Path) -> Path:
    return Path(os.path.relpath(path))


def _read(path: Path, place: tuple[str, ...]) -> Config | None:
    """The configuration in the table at `place` of a file; None where there is no such table."""
    if place and not _mentions(path, place[-1]):
        return None
    text = read_text(path, max_bytes=MAX_BYTES, kind=ConfigError)
    try:
        table: Any = parse_toml(text)
    except TomlError as error:
        message = _("Konfigurasi tidak terbaca: {reason}.").format(reason=error.message)
        raise ConfigError(message, path=path, line=error.line) from error
    for name in place:
        table = table.get(name) if isinstance(table, dict) else None
    return None if table is None else _Source(path, text, place).build(table)


def _mentions(path: Path, word: str) -> bool:
    """Whether a word is in a file: somebody else's pyproject.toml may be as broken as it likes."""
    try:
        with path.open("rb") as file:
            return word.encode() in file.read(MAX_BYTES)
    except OSError:
        return True  # who reads it will say why not


@dataclass(frozen=True, slots=True)
class _Source:
    """A configuration file: its text, for the lines of what is wrong, and where our table is."""

    path: Path
    text: str
    place: tuple[str, ...]

    def build(self, table: object) -> Config:
        if not isinstance(table, dict):
            raise self._wrong((), _("`{option}` harus tabel.").format(option=".".join(self.place)))
        values = self._check(Config, table, ())
        return _with_folders(Config(root=self.path.parent, source=self.path, **values))

    def _check(self, kind: type, table: dict[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        """The options of a table, each as the field of `kind` wants it."""
        known = {item.name: item.metadata for item in fields(kind) if item.metadata}
        values: dict[str, Any] = {}
        for name, value in table.items():
            option = (*place, name)
            if name not in known:
                raise self._wrong(option, _unknown(name, known))
            if not known[name]["check"](value):
                words = known[name]["must_be"]
                message = _("`{option}` {must_be}.").format(option=name, must_be=_(words))
                raise self._wrong(option, message)
            values[name] = self._make(known[name], value, option)
        return values

    def _make(self, known: Mapping[str, Any], value: Any, option: tuple[str, ...]) -> Any:
        """What the field of an option holds."""
        if "table" in known:
            return known["table"](**self._check(known["table"], value, option))
        if "tables" in known:
            return {
                name: known["tables"](**self._check(known["tables"], item, (*option, name)))
                for name, item in value.items()
            }
        return known["make"](value)

    def _wrong(self, option: tuple[str, ...], message: str) -> ConfigError:
        """The error at the line of an option."""
        path = (*self.place, *option)
        nearest = max(read_statements(self.text), key=lambda item: _in_common(item.path, path))
        line = self.text.count("\n", 0, nearest.start) + 1
        return ConfigError(message, path=self.path, line=line)


def _in_common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many names two paths share before they part."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _unknown(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # only where a name was wrong

    near = get_close_matches(name, known, n=1)
    if near:
        return _("Setelan `{option}` tidak dikenal; mungkin maksudnya `{near}`.").format(
            option=name, near=near[0]
        )
    return _("Setelan `{option}` tidak dikenal.").format(option=name)


def _with_folders(config: Config) -> Config:
    """The same with its folders as seen from the current one."""
    return replace(
        config,
        articles=Path(os.path.normpath(config.root / config.articles)),
        output=Path(os.path.normpath(config.root / config.output)),
        base_url=config.base_url.rstrip("/"),
    )
