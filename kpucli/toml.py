"""TOML as users meet it: parsed fast, and its errors said in words they understand."""

from __future__ import annotations

from typing import Any

import tomli

from kpucli.i18n import N_, _

# The parser's English messages, by what they begin with, and what a user should hear.
_MESSAGES = (
    ("Invalid date or datetime", N_("tanggal ini tidak ada di kalender")),
    ("Cannot overwrite a value", N_("nama ini ditulis dua kali")),
    ("Cannot declare", N_("bagian ini ditulis dua kali")),
    ("Expected '=' after a key", N_("sesudah nama harus ada tanda =")),
    ("Expected newline or end", N_("ada sisa tulisan sesudah nilainya")),
    ("Illegal character", N_("tanda kutip tidak ditutup atau ada karakter terlarang")),
    ("Unterminated string", N_("tanda kutip tidak ditutup")),
    ('Expected \'"""\'', N_("tanda kutip tidak ditutup")),
    ("Expected ']'", N_("kurung siku tidak ditutup")),
    ("Unclosed array", N_("kurung siku tidak ditutup")),
    ("Unclosed inline table", N_("kurung kurawal tidak ditutup")),
    ("Unescaped '\\'", N_("garis miring terbalik harus ditulis dua kali: \\\\")),
    ("Invalid value", N_("nilainya tidak dikenal; teks harus diapit tanda kutip")),
    ("Invalid initial character", N_("nama di awal baris tidak sah")),
)


class TomlError(ValueError):
    """Text that is not TOML; `line` is 1-based and counts from the text's first line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def parse_toml(text: str) -> dict[str, Any]:
    """The table that TOML 1.0 `text` describes. Raises `TomlError`, its words for the user."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise TomlError(_describe(error.msg), min(error.lineno, _last_line(text))) from error
    except RecursionError as error:
        raise TomlError(_("kurungnya bersarang terlalu dalam"), 1) from error
    except ValueError as error:  # integers of more than 4,300 digits
        raise TomlError(_("ada bilangan yang terlalu panjang"), 1) from error


def _describe(message: str) -> str:
    for start, sentence in _MESSAGES:
        if message.startswith(start):
            return _(sentence)
    return _("penulisannya bukan TOML yang sah ({detail})").format(detail=message)


def _last_line(text: str) -> int:
    return text.rstrip("\r\n").count("\n") + 1
