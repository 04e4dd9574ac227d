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

from kpucli.color import contrast_of, is_color
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


def _freeze(value: Any) -> Any:
    """A value of TOML whose lists nothing can change any more."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {name: _freeze(item) for name, item in value.items()}
    return value


# `/alamat/` on the site itself, or a whole address that a browser opens without a script.
_LINK_TARGET = re.compile(r"/(?!/)[!-~]*|https?://[!-~]+|mailto:[!-~]+|tel:[+\d-]+")


def _must(
    check: Callable[[object], bool], words: str, make: Callable[[Any], object] | None = None
) -> dict[str, Any]:
    """What a field of `Config` knows of its option: the check of its value, in words too.

    `make` turns the value as TOML has it into what the field holds.
    """
    return {"check": check, "must_be": words, "make": make or _freeze}


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


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _is_text_table(value: object) -> bool:
    return isinstance(value, dict) and all(_is_line(item) for item in value.values())


def _is_category_table(value: object) -> bool:
    return (
        isinstance(value, dict) and _is_text_table(value) and all(map(_CATEGORY.fullmatch, value))
    )


def _is_link(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"label", "url"}
        and _is_line(value["label"])
        and isinstance(value["url"], str)
        and bool(_LINK_TARGET.fullmatch(value["url"]))
    )


def _is_link_list(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_link, value))


def _is_account_table(value: object) -> bool:
    return isinstance(value, dict) and all(
        _is_line(name) and isinstance(url, str) and re.fullmatch(r"https?://[!-~]+", url)
        for name, url in value.items()
    )


def _is_email(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", value))


def _stands_out(*backgrounds: str) -> Callable[[object], bool]:
    """The check that text of a colour can be read on these (WCAG 2.2, 1.4.3)."""

    def check(value: object) -> bool:
        return is_color(value) and all(
            contrast_of(str(value), other) >= _READABLE for other in backgrounds
        )

    return check


def _is_code_list(value: object) -> bool:
    return isinstance(value, list) and all(_is_line(item) for item in value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_keep(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_severity_table(value: object) -> bool:
    return isinstance(value, dict) and all(item in SEVERITIES for item in value.values())


def _is_code_table(value: object) -> bool:
    return isinstance(value, dict) and all(_is_code_list(item) for item in value.values())


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the menu or the footer."""

    label: str
    url: str


def _make_links(value: Iterable[Mapping[str, str]]) -> tuple[Link, ...]:
    return tuple(Link(**item) for item in value)


_READABLE = 4.5  # the least contrast of text
_CATEGORY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

SEVERITIES = ("error", "warning", "info", "off")

_TEXT = _must(_is_line, N_("harus teks satu baris di antara tanda kutip, tidak kosong"))
_FOLDER = _must(_is_folder, N_("harus nama folder di bawah folder konfigurasi"), Path)
_ADDRESS = _must(is_site_address, N_('harus alamat situs, misalnya "https://kpu.malangkota.go.id"'))
_ZONE = _must(_is_zone, N_('harus "WIB", "WITA", atau "WIT"'))
_PAGE_SIZE = _must(_is_page_size, N_("harus bilangan 1 sampai 200"))
_LABELS = _must(_is_text_table, N_('harus tabel tag = "Label"'))
_CODES = _must(_is_code_list, N_('harus daftar kode, misalnya ["TBC"]'))
_COUNT = _must(_is_count, N_("harus bilangan lebih dari 0"))
_KEEP = _must(_is_keep, N_("harus bilangan 0 atau lebih"))
_SEVERITIES = _must(
    _is_severity_table, N_('harus tabel KODE = "error", "warning", "info", atau "off"')
)
_CODES_OF_PATHS = _must(
    _is_code_table, N_('harus tabel pola = daftar kode, misalnya "2015/*" = ["BRT"]')
)
_CATEGORIES = _must(
    _is_category_table, N_('harus tabel kategori = "Label"; kategori berhuruf kecil')
)
_LINKS = _must(
    _is_link_list,
    N_('harus daftar tautan, misalnya [{ label = "Profil", url = "https://…" }]'),
    _make_links,
)
_ACCOUNTS = _must(
    _is_account_table, N_('harus tabel nama = alamat, misalnya Instagram = "https://…"')
)
_EMAIL = _must(_is_email, N_("harus alamat surel"))
_FILE = _must(_is_folder, N_("harus nama berkas di bawah folder konfigurasi"))
_PICTURE = _must(_is_folder, N_("harus nama berkas di bawah folder konfigurasi"), Path)

_FLAG = _must(_is_flag, N_("harus true atau false"))


def _table(kind: type) -> dict[str, Any]:
    """As `_must`, for an option that is a table of options."""
    return {**_must(_is_table, N_("harus tabel")), "table": kind}


@dataclass(frozen=True, slots=True)
class Colors:
    """`[colors]`: the office's own colours, which must be readable where the theme uses them.

    `header` lies below white text; `link` is text on the light background and `link_dark` on the
    dark one (both backgrounds and their surfaces, see the stylesheet); `accent` lies below black
    text where something has the focus.
    """

    header: str = field(
        default="#7a1014",
        metadata=_must(
            _stands_out("#ffffff"),
            N_('harus warna seperti "#7a1014" dengan kontras 4,5 atau lebih terhadap putih'),
        ),
    )
    link: str = field(
        default="#8a1418",
        metadata=_must(
            _stands_out("#ffffff", "#f8f4f1"),
            N_('harus warna seperti "#8a1418" dengan kontras 4,5 atau lebih terhadap latar terang'),
        ),
    )
    link_dark: str = field(
        default="#ff9d94",
        metadata=_must(
            _stands_out("#171211", "#231c1a"),
            N_('harus warna seperti "#ff9d94" dengan kontras 4,5 atau lebih terhadap latar gelap'),
        ),
    )
    accent: str = field(
        default="#f7c948",
        metadata=_must(
            _stands_out("#000000"),
            N_('harus warna seperti "#f7c948" dengan kontras 4,5 atau lebih terhadap hitam'),
        ),
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """`[contact]`: how the public reaches the office."""

    address: str | None = field(default=None, metadata=_TEXT)
    phone: str | None = field(default=None, metadata=_TEXT)
    email: str | None = field(default=None, metadata=_EMAIL)


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
class SearchConfig:
    """`[search]`: how much of the archive the search page knows.

    The newest `full_text` articles with their whole text, the newest `articles` with title, lead
    and tags; `memory` is what making the index may take, in MB.
    """

    enabled: bool = field(default=True, metadata=_FLAG)
    full_text: int = field(default=5000, metadata=_COUNT)
    articles: int = field(default=15000, metadata=_COUNT)
    memory: int = field(default=1500, metadata=_COUNT)


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
    categories: Mapping[str, str] = field(
        default_factory=lambda: {
            "berita": "Berita Terkini",
            "pengumuman": "Pengumuman",
            "artikel": "Artikel",
            "opini": "Opini",
        },
        metadata=_CATEGORIES,
    )
    timezone: str = field(default="WIB", metadata=_ZONE)
    articles: Path = field(default=Path("articles"), metadata=_FOLDER)
    output: Path = field(default=Path("public"), metadata=_FOLDER)
    page_size: int = field(default=20, metadata=_PAGE_SIZE)
    share_image: str | None = field(default=None, metadata=_FILE)
    title_images: bool = field(default=False, metadata=_FLAG)
    keep: int = field(default=3, metadata=_KEEP)
    tag_labels: Mapping[str, str] = field(default_factory=dict, metadata=_LABELS)
    logo: Path | None = field(default=None, metadata=_PICTURE)
    templates: Path | None = field(default=None, metadata=_FOLDER)
    colors: Colors = field(default_factory=Colors, metadata=_table(Colors))
    contact: Contact = field(default_factory=Contact, metadata=_table(Contact))
    social: Mapping[str, str] = field(default_factory=dict, metadata=_ACCOUNTS)
    menu: tuple[Link, ...] = field(default=(), metadata=_LINKS)
    footer: tuple[Link, ...] = field(default=(), metadata=_LINKS)
    lint: LintConfig = field(default_factory=LintConfig, metadata=_table(LintConfig))
    search: SearchConfig = field(default_factory=SearchConfig, metadata=_table(SearchConfig))

    @property
    def zone(self) -> tzinfo:
        """The office's time zone."""
        return ZONES[self.timezone]


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
            inner, make = known[name].get("table"), known[name]["make"]
            values[name] = inner(**self._check(inner, value, option)) if inner else make(value)
        return values

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
