"""The configuration: one frozen `Config`, read from the nearest file above the current folder."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import tzinfo
from itertools import takewhile
from pathlib import Path
from typing import Any

from kpucli.dates import ZONES
from kpucli.errors import ConfigError
from kpucli.i18n import N_, _
from kpucli.text_file import read_text
from kpucli.toml import TomlError, parse_toml
from kpucli.toml.layout import read_statements

OWN_FILE = "kpucli.toml"
SHARED_FILE = "pyproject.toml"
MAX_BYTES = 1024 * 1024

_SHARED_TABLE = ("tool", "kpucli")
_SITE_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+(/[\w.~/-]*)?")


def _must(check: Callable[[object], bool], words: str) -> dict[str, Any]:
    """What a field of `Config` knows of its option: the check of its value, in words too."""
    return {"check": check, "must_be": words}


def _is_line(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not re.search(r"[\r\n]", value)


def is_site_address(value: object) -> bool:
    """Whether a value can be the address that a site lives at."""
    return isinstance(value, str) and bool(_SITE_ADDRESS.fullmatch(value))


def _is_zone(value: object) -> bool:
    return isinstance(value, str) and value in ZONES


def _is_folder(value: object) -> bool:
    if not isinstance(value, str) or not value.isprintable():
        return False
    folder = Path(value)
    return bool(folder.parts) and not folder.is_absolute() and ".." not in folder.parts


def _is_page_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 200


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _is_text_table(value: object) -> bool:
    return isinstance(value, dict) and all(_is_line(item) for item in value.values())


def _is_code_list(value: object) -> bool:
    return isinstance(value, list) and all(_is_line(item) for item in value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_severity_table(value: object) -> bool:
    return isinstance(value, dict) and all(item in SEVERITIES for item in value.values())


def _is_code_table(value: object) -> bool:
    return isinstance(value, dict) and all(_is_code_list(item) for item in value.values())


SEVERITIES = ("error", "warning", "info", "off")

_TEXT = _must(_is_line, N_("harus teks satu baris di antara tanda kutip, tidak kosong"))
_FOLDER = _must(_is_folder, N_("harus nama folder di bawah folder konfigurasi"))
_ADDRESS = _must(is_site_address, N_('harus alamat situs, misalnya "https://kpu.malangkota.go.id"'))
_ZONE = _must(_is_zone, N_('harus "WIB", "WITA", atau "WIT"'))
_PAGE_SIZE = _must(_is_page_size, N_("harus bilangan 1 sampai 200"))
_LABELS = _must(_is_text_table, N_('harus tabel tag = "Label"'))
_CODES = _must(_is_code_list, N_('harus daftar kode, misalnya ["TBC"]'))
_COUNT = _must(_is_count, N_("harus bilangan lebih dari 0"))
_SEVERITIES = _must(
    _is_severity_table, N_('harus tabel KODE = "error", "warning", "info", atau "off"')
)
_CODES_OF_PATHS = _must(
    _is_code_table, N_('harus tabel pola = daftar kode, misalnya "2015/*" = ["BRT"]')
)
_FILE = _must(_is_folder, N_("harus nama berkas di bawah folder konfigurasi"))


def _table(kind: type) -> dict[str, Any]:
    """As `_must`, for an option that is a table of options."""
    return {**_must(_is_table, N_("harus tabel")), "table": kind}


@dataclass(frozen=True, slots=True)
class Limits:
    """`[lint.limits]`: from where on a rule finds something too long, too short or too far."""

    title_words: int = field(default=15, metadata=_COUNT)
    title_characters: int = field(default=100, metadata=_COUNT)
    summary_least_characters: int = field(default=30, metadata=_COUNT)
    summary_characters: int = field(default=160, metadata=_COUNT)
    lead_words: int = field(default=35, metadata=_COUNT)
    sentence_words: int = field(default=40, metadata=_COUNT)
    sentence_info_words: int = field(default=30, metadata=_COUNT)
    date_days: int = field(default=45, metadata=_COUNT)


@dataclass(frozen=True, slots=True)
class LintConfig:
    """`[lint]`: which rules run, and how much they weigh.

    A code's first letters stand for the group. Paths in `per_path_ignores` are patterns below the
    folder of the articles or of the configuration; `baseline` is a file below the latter.
    """

    select: tuple[str, ...] = field(default=(), metadata=_CODES)
    ignore: tuple[str, ...] = field(default=(), metadata=_CODES)
    severity: Mapping[str, str] = field(default_factory=dict, metadata=_SEVERITIES)
    per_path_ignores: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, metadata=_CODES_OF_PATHS
    )
    baseline: str | None = field(default=None, metadata=_FILE)
    limits: Limits = field(default_factory=Limits, metadata=_table(Limits))


@dataclass(frozen=True, slots=True)
class Config:
    """What an office sets once.

    `root` is the folder of the configuration file; `articles` and `output` are below it, and all
    three are written as seen from the current folder.
    """

    root: Path
    source: Path | None
    name: str = field(default="KPU", metadata=_TEXT)
    long_name: str = field(default="Komisi Pemilihan Umum", metadata=_TEXT)
    description: str = field(
        default="Kabar kegiatan dan pengumuman resmi Komisi Pemilihan Umum.", metadata=_TEXT
    )
    base_url: str = field(default="http://localhost:8000", metadata=_ADDRESS)
    author: str = field(default="Humas KPU", metadata=_TEXT)
    category: str = field(default="berita", metadata=_TEXT)
    timezone: str = field(default="WIB", metadata=_ZONE)
    articles: Path = field(default=Path("articles"), metadata=_FOLDER)
    output: Path = field(default=Path("public"), metadata=_FOLDER)
    page_size: int = field(default=20, metadata=_PAGE_SIZE)
    tag_labels: Mapping[str, str] = field(default_factory=dict, metadata=_LABELS)
    lint: LintConfig = field(default_factory=LintConfig, metadata=_table(LintConfig))

    @property
    def zone(self) -> tzinfo:
        """The office's time zone."""
        return ZONES[self.timezone]


_FOLDERS = ("articles", "output")


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
        values |= {name: Path(values[name]) for name in _FOLDERS if name in values}
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
            inner = known[name].get("table")
            values[name] = inner(**self._check(inner, value, option)) if inner else _frozen(value)
        return values

    def _wrong(self, option: tuple[str, ...], message: str) -> ConfigError:
        """The error at the line of an option."""
        path = (*self.place, *option)
        nearest = max(read_statements(self.text), key=lambda item: _in_common(item.path, path))
        line = self.text.count("\n", 0, nearest.start) + 1
        return ConfigError(message, path=self.path, line=line)


def _frozen(value: Any) -> Any:
    """A value of TOML whose lists nothing can change any more."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {name: _frozen(item) for name, item in value.items()}
    return value


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
