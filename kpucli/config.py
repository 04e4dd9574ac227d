"""The configuration: one frozen `Config`, read from the nearest file above the current folder."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import tzinfo
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kpucli.dates import ZONES
from kpucli.errors import ConfigError, describe_os_error
from kpucli.i18n import N_, _
from kpucli.text_file import decode_text
from kpucli.toml import TomlError, parse_toml

OWN_FILE = "kpucli.toml"
SHARED_FILE = "pyproject.toml"


def _option(default: Any, check: Callable[[object], bool], must_be: str) -> Any:
    """A field of `Config` with the check of its value and the words for what it must be."""
    metadata = {"check": check, "must_be": must_be}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


def _table(kind: type) -> Any:
    """A field that is a table of its own."""
    return field(default_factory=kind, metadata={"table": kind})


def _is_line(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\n" not in value


def is_site_address(value: object) -> bool:
    """Whether a value can be the address that a site lives at."""
    return isinstance(value, str) and bool(
        re.fullmatch(r"https?://[\w.:\[\]-]+(/[\w.~/-]*)?", value)
    )


def _is_folder(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and ".." not in Path(value).parts


def _is_page_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 200


def _is_text_table(value: object) -> bool:
    return isinstance(value, dict) and all(_is_line(item) for item in value.values())


def _is_code_list(value: object) -> bool:
    return isinstance(value, list) and all(_is_line(item) for item in value)


_TEXT = N_("harus teks satu baris")
_CODES = N_('harus daftar kode, misalnya ["TBC"]')


@dataclass(frozen=True, slots=True)
class LintConfig:
    """`[lint]`: which rules run. A code's first letters stand for the group."""

    select: tuple[str, ...] = _option((), _is_code_list, _CODES)
    ignore: tuple[str, ...] = _option((), _is_code_list, _CODES)


@dataclass(frozen=True, slots=True)
class Config:
    """What an office sets once.

    `root` is the folder of the configuration file; `articles` and `output` are below it, and all
    three are written as seen from the current folder.
    """

    root: Path
    source: Path | None
    name: str = _option("KPU", _is_line, _TEXT)
    long_name: str = _option("Komisi Pemilihan Umum", _is_line, _TEXT)
    description: str = _option(
        "Kabar kegiatan dan pengumuman resmi Komisi Pemilihan Umum.", _is_line, _TEXT
    )
    base_url: str = _option(
        "http://localhost:8000",
        is_site_address,
        N_('harus alamat situs, misalnya "https://kpu.malangkota.go.id"'),
    )
    author: str = _option("Humas KPU", _is_line, _TEXT)
    category: str = _option("berita", _is_line, _TEXT)
    timezone: str = _option("WIB", ZONES.__contains__, N_('harus "WIB", "WITA", atau "WIT"'))
    articles: Path = _option(
        Path("articles"), _is_folder, N_("harus nama folder di bawah folder konfigurasi")
    )
    output: Path = _option(
        Path("public"), _is_folder, N_("harus nama folder di bawah folder konfigurasi")
    )
    page_size: int = _option(20, _is_page_size, N_("harus bilangan 1 sampai 200"))
    tag_labels: Mapping[str, str] = _option({}, _is_text_table, N_('harus tabel tag = "Label"'))
    lint: LintConfig = _table(LintConfig)

    @property
    def zone(self) -> tzinfo:
        """The office's time zone."""
        return ZONES[self.timezone]


def load_config(start: Path | None = None) -> Config:
    """The configuration that holds in `start` (the current folder, if None).

    Walks upward to the first `kpucli.toml`, or `pyproject.toml` with a table `[tool.kpucli]`; where
    there is none, everything has its default and `source` is None. Raises `ConfigError` naming
    each unknown option, with the nearest known one, and each wrong value.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        for name, read in ((OWN_FILE, _read_own), (SHARED_FILE, _read_shared)):
            path = folder / name
            text = _read_text(path) if path.is_file() else None
            table = read(path, text) if text is not None else None
            if table is not None and text is not None:
                return _build(_seen_from_here(folder), _seen_from_here(path), table, text)
    return _with_folders(Config(root=_seen_from_here(here), source=None))


def _seen_from_here(path: Path) -> Path:
    return Path(os.path.relpath(path))


def _read_text(path: Path) -> str:
    try:
        return decode_text(path.read_bytes(), _seen_from_here(path), ConfigError)
    except OSError as error:
        message = _("Konfigurasi tidak dapat dibaca: {reason}.").format(
            reason=describe_os_error(error)
        )
        raise ConfigError(message, path=_seen_from_here(path)) from error


def _read_own(path: Path, text: str) -> dict[str, Any]:
    try:
        return parse_toml(text)
    except TomlError as error:
        message = _("Konfigurasi tidak terbaca: {reason}.").format(reason=error.message)
        raise ConfigError(message, path=_seen_from_here(path), line=error.line) from error


def _read_shared(path: Path, text: str) -> dict[str, Any] | None:
    if "kpucli" not in text:
        return None
    table = _read_own(path, text).get("tool", {})
    return table.get("kpucli") if isinstance(table, dict) else None


def _build(root: Path, source: Path, table: Mapping[str, Any], text: str) -> Config:
    values = _checked(Config, table, source, text)
    values |= {name: Path(values[name]) for name in ("articles", "output") if name in values}
    return _with_folders(Config(root=root, source=source, **values))


def _checked(kind: type, table: Mapping[str, Any], source: Path, text: str) -> dict[str, Any]:
    """The options of a table, each as the field of `kind` wants it."""
    known = {item.name: item.metadata for item in fields(kind) if item.metadata}
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            raise _wrong(source, text, name, _unknown(name, known.keys()))
        inner = known[name].get("table")
        if inner is not None and isinstance(value, dict):
            values[name] = inner(**_checked(inner, value, source, text))
            continue
        if inner is not None or not known[name]["check"](value):
            must_be = _("harus tabel") if inner is not None else _(known[name]["must_be"])
            message = _("`{option}` {must_be}.").format(option=name, must_be=must_be)
            raise _wrong(source, text, name, message)
        values[name] = _frozen(value)
    return values


def _frozen(value: Any) -> Any:
    """A value of TOML whose lists nothing can change any more."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {name: _frozen(item) for name, item in value.items()}
    return value


def _unknown(name: str, known: Any) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return _("Setelan `{option}` tidak dikenal; mungkin maksudnya `{near}`.").format(
            option=name, near=near[0]
        )
    return _("Setelan `{option}` tidak dikenal.").format(option=name)


def _wrong(source: Path, text: str, name: str, message: str) -> ConfigError:
    pattern = re.compile(rf"^[ \t]*(?:\[.*)?[\"']?{re.escape(name)}\b", re.MULTILINE)
    start = text.find("[tool.kpucli") if source.name == SHARED_FILE else 0
    match = pattern.search(text, max(start, 0))
    line = text.count("\n", 0, match.end()) + 1 if match else 1
    return ConfigError(message, path=source, line=line)


def _with_folders(config: Config) -> Config:
    """The same with its folders as seen from the current one."""
    values = {item.name: getattr(config, item.name) for item in fields(config)}
    values |= {
        name: Path(os.path.normpath(config.root / values[name])) for name in ("articles", "output")
    }
    values["base_url"] = config.base_url.rstrip("/")
    return Config(**values)
