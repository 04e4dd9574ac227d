"""What values an option may have, and how it is said of one that may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kpucli import json_schema
from kpucli.color import PATTERN as COLOR_PATTERN
from kpucli.color import contrast_of, is_color
from kpucli.dates import ZONES
from kpucli.i18n import N_
from kpucli.json_schema import Schema

COMPRESSIONS = ("none", "encoded", "beside")
SEVERITIES = ("error", "warning", "info", "off")
RECAP_COLUMNS = (
    "number", "date", "time", "title", "url", "category", "tags", "author", "views",
)  # fmt: skip

_READABLE = 4.5  # the least contrast of text
_HASHTAG = re.compile(r"#?(?=[\w]*[^\W\d_])[\w]{1,100}")
_CATEGORY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_SITE_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+(/[\w.~/-]*)?")


def _freeze(value: Any) -> Any:
    """A value of TOML whose lists nothing can change any more."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {name: _freeze(item) for name, item in value.items()}
    return value


# A password has no place in it: the configuration is shared.
_UPLOAD_ADDRESS = re.compile(
    r"(?:sftp|ftps?|https?)://(?:[\w.+-]+@)?[\w][\w.-]*(?::[0-9]{1,5})?(?:/[!-~]*)?"
    r"|s3://[a-z0-9][a-z0-9.-]+(?:/[!-~]*)?|file:///[!-~]+"
)
_HOST_KEY = re.compile(r"(?:ssh-|ecdsa-|sk-)[\w@.-]+ [A-Za-z0-9+/]+={0,3}")
_ACCOUNT = re.compile(r"https?://[!-~]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_TARGET_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

# `/alamat/` on the site itself, or a whole address that a browser opens without a script.
_LINK_TARGET = re.compile(r"/(?!/)[!-~]*|https?://[!-~]+|mailto:[!-~]+|tel:[+\d-]+")


def must(
    check: Callable[[object], bool],
    words: str,
    schema: Schema,
    make: Callable[[Any], object] | None = None,
) -> dict[str, Any]:
    """What a field of `Config` knows of its option: the check of its value, in words too.

    `schema` says the same to editors, as far as it can; `make` turns the value as TOML has it into
    what the field holds.
    """
    return {"check": check, "must_be": words, "schema": schema, "make": make or _freeze}


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


def is_link_list(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_link, value))


def _is_account_table(value: object) -> bool:
    return isinstance(value, dict) and all(
        _is_line(name) and isinstance(url, str) and _ACCOUNT.fullmatch(url)
        for name, url in value.items()
    )


def _is_email(value: object) -> bool:
    return isinstance(value, str) and bool(_EMAIL.fullmatch(value))


def stands_out(*backgrounds: str) -> Callable[[object], bool]:
    """The check that text of a colour can be read on these (WCAG 2.2, 1.4.3)."""

    def check(value: object) -> bool:
        return is_color(value) and all(
            contrast_of(str(value), other) >= _READABLE for other in backgrounds
        )

    return check


def _is_upload_address(value: object) -> bool:
    return isinstance(value, str) and bool(_UPLOAD_ADDRESS.fullmatch(value))


def _is_key_list(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(key, str) and _HOST_KEY.fullmatch(key) for key in value
    )


def _is_compression(value: object) -> bool:
    return value in COMPRESSIONS


def _is_connection_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 32


def _is_code_list(value: object) -> bool:
    return isinstance(value, list) and all(_is_line(item) for item in value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_keep(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_hashtag_list(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, str) and _HASHTAG.fullmatch(item) for item in value
    )


def _is_column_list(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(item in RECAP_COLUMNS for item in value)
        and len(set(value)) == len(value)
    )


def _is_severity_table(value: object) -> bool:
    return isinstance(value, dict) and all(item in SEVERITIES for item in value.values())


def _is_code_table(value: object) -> bool:
    return isinstance(value, dict) and all(_is_code_list(item) for item in value.values())


# No more than a path with a name in it that is neither absolute nor leads upward.
_BELOW = json_schema.matching(
    r"(?!/)(?!(?:.*/)?\.\.(?:/|$))(?:\.?/)*(?!\.(?:/|$))[^/\x00-\x1f\x7f][^\x00-\x1f\x7f]*"
)
LINKS = json_schema.list_of(
    json_schema.table_of({"label": json_schema.LINE, "url": json_schema.matching(_LINK_TARGET)}, {})
)
COLOR = json_schema.matching(COLOR_PATTERN)

TEXT = must(
    _is_line, N_("harus teks satu baris di antara tanda kutip, tidak kosong"), json_schema.LINE
)
FOLDER = must(_is_folder, N_("harus nama folder di bawah folder konfigurasi"), _BELOW, Path)
ADDRESS = must(
    is_site_address,
    N_('harus alamat situs, misalnya "https://kpu.malangkota.go.id"'),
    json_schema.matching(_SITE_ADDRESS),
)
ZONE = must(_is_zone, N_('harus "WIB", "WITA", atau "WIT"'), json_schema.one_of(tuple(ZONES)))
PAGE_SIZE = must(_is_page_size, N_("harus bilangan 1 sampai 200"), json_schema.whole(1, 200))
LABELS = must(_is_text_table, N_('harus tabel tag = "Label"'), json_schema.map_of(json_schema.LINE))
CODES = must(
    _is_code_list, N_('harus daftar kode, misalnya ["TBC"]'), json_schema.list_of(json_schema.LINE)
)
COUNT = must(_is_count, N_("harus bilangan lebih dari 0"), json_schema.whole(1))
KEEP = must(_is_keep, N_("harus bilangan 0 atau lebih"), json_schema.whole(0))
HASHTAGS = must(
    _is_hashtag_list,
    N_('harus daftar tagar, misalnya ["KPUMelayani"]'),
    json_schema.list_of(json_schema.matching(_HASHTAG)),
)
COLUMNS = must(
    _is_column_list,
    N_(
        "harus daftar kolom yang berbeda, dari: "
        '"number", "date", "time", "title", "url", "category", "tags", "author", "views"'
    ),
    json_schema.list_of(json_schema.one_of(RECAP_COLUMNS), minItems=1, uniqueItems=True),
)
SEVERITIES_OF_CODES = must(
    _is_severity_table,
    N_('harus tabel KODE = "error", "warning", "info", atau "off"'),
    json_schema.map_of(json_schema.one_of(SEVERITIES)),
)
CODES_OF_PATHS = must(
    _is_code_table,
    N_('harus tabel pola = daftar kode, misalnya "2015/*" = ["BRT"]'),
    json_schema.map_of(json_schema.list_of(json_schema.LINE)),
)
CATEGORIES = must(
    _is_category_table,
    N_('harus tabel kategori = "Label"; kategori berhuruf kecil'),
    json_schema.map_of(json_schema.LINE, json_schema.matching(_CATEGORY)),
)
ACCOUNTS = must(
    _is_account_table,
    N_('harus tabel nama = alamat, misalnya Instagram = "https://…"'),
    json_schema.map_of(json_schema.matching(_ACCOUNT), json_schema.LINE),
)
EMAIL = must(_is_email, N_("harus alamat surel"), json_schema.matching(_EMAIL))
FILE = must(_is_folder, N_("harus nama berkas di bawah folder konfigurasi"), _BELOW)
PICTURE = must(_is_folder, N_("harus nama berkas di bawah folder konfigurasi"), _BELOW, Path)

UPLOAD_ADDRESS = must(
    _is_upload_address,
    N_('harus alamat tanpa sandi, misalnya "sftp://humas@hosting.contoh.go.id/~/public_html"'),
    json_schema.matching(_UPLOAD_ADDRESS),
)
HOST_KEYS = must(
    _is_key_list,
    N_('harus daftar kunci, misalnya ["ssh-ed25519 AAAA…"]'),
    json_schema.list_of(json_schema.matching(_HOST_KEY)),
)
COMPRESSION = must(
    _is_compression, N_('harus "none", "encoded", atau "beside"'), json_schema.one_of(COMPRESSIONS)
)
CONNECTIONS = must(_is_connection_count, N_("harus bilangan 1 sampai 32"), json_schema.whole(1, 32))

FLAG = must(_is_flag, N_("harus true atau false"), json_schema.FLAG)


def _is_table_of_tables(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(item, dict) and _TARGET_NAME.fullmatch(name) for name, item in value.items()
    )


def tables_of(kind: type) -> dict[str, Any]:
    """As `must`, for an option that is a table of tables of options, each under a name."""
    words = N_("harus berisi tabel yang bernama huruf kecil, misalnya [upload.utama]")
    schema = json_schema.map_of({"type": "object"}, json_schema.matching(_TARGET_NAME))
    return {**must(_is_table_of_tables, words, schema), "tables": kind}


def table_of(kind: type) -> dict[str, Any]:
    """As `must`, for an option that is a table of options."""
    return {**must(_is_table, N_("harus tabel"), {"type": "object"}), "table": kind}
