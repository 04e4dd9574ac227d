"""Parsing TOML, and saying what is wrong with it in words that users understand."""

from __future__ import annotations

import re
from typing import Any

import tomli

from kpucli.i18n import N_, _
from kpucli.toml.layout import split_statements

_TWICE = N_("nama ini ditulis dua kali")
_NOT_CLOSED = N_("tanda kutip tidak ditutup atau ada karakter terlarang")
_ARRAY_NOT_CLOSED = N_("kurung siku tidak ditutup atau ada koma yang kurang")
_BAD_CODE = N_("kode karakter sesudah \\ tidak sah")

# The parser's English messages, by what they begin with, and what a user should hear.
_MESSAGES = {
    "Cannot declare": N_("bagian ini ditulis dua kali"),
    "Cannot mutate": _TWICE,
    "Cannot overwrite": _TWICE,
    "Cannot redefine": _TWICE,
    "Duplicate inline table key": _TWICE,
    "Escaped character is not": _BAD_CODE,
    "Expected '=' after a key": N_("sesudah nama harus ada tanda ="),
    "Expected ']": N_("kurung siku tidak ditutup"),
    "Expected newline or end": N_("ada sisa tulisan sesudah nilainya"),
    "Expected": _NOT_CLOSED,
    "Found invalid character": _NOT_CLOSED,
    "Illegal character": _NOT_CLOSED,
    "Invalid date or datetime": N_("tanggal ini tidak ada di kalender"),
    "Invalid hex value": _BAD_CODE,
    "Invalid initial character": N_("nama di awal baris tidak sah"),
    "Invalid statement": N_("baris harus diawali sebuah nama, lalu tanda ="),
    "Invalid value": N_("nilainya tidak dikenal; teks harus diapit tanda kutip"),
    "Unclosed array": _ARRAY_NOT_CLOSED,
    "Unclosed inline table": N_("kurung kurawal tidak ditutup atau ada koma yang kurang"),
    "Unescaped '\\'": N_("garis miring terbalik harus ditulis dua kali: \\\\"),
    "Unterminated string": N_("tanda kutip tidak ditutup"),
}
# The parser notices these only behind the statement that has them.
_NOTICED_LATE = ('Expected "', "Expected '''", "Unclosed", "Unterminated")
_NEXT_FIELD = re.compile(r"[\w.-]+[ \t]*=")
_DATE_LIKE = re.compile(r"=\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)")


class TomlError(ValueError):
    """Text that is not TOML; `line` is 1-based and counts from the text's first line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def parse_toml(text: str) -> dict[str, Any]:
    """The table that TOML `text` describes. Raises `TomlError`, its words for the user."""
    try:
        return tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise _locate(text, error) from error


def _locate(text: str, error: Exception) -> TomlError:
    """The error at the line where a user must look: the parser is often late, or gives none."""
    line = 1
    for lines in split_statements(text):
        statement = text[lines.start : lines.end]
        own = _parse_alone(statement)
        if own is not None:
            return TomlError(own.message, line + own.line - 1)
        next_line = line + statement.count("\n")
        # Sound by itself, so it clashes with one before it.
        if isinstance(error, tomli.TOMLDecodeError) and error.lineno < next_line:
            return TomlError(_describe(error, statement), line)
        line = next_line
    return TomlError(_describe(error, text), line)


def _parse_alone(statement: str) -> TomlError | None:
    try:
        tomli.loads(statement)
    except tomli.TOMLDecodeError as error:
        is_value = error.msg == "Invalid value"
        if is_value and error.lineno > 1 and _NEXT_FIELD.match(error.doc, error.pos):
            return TomlError(_(_ARRAY_NOT_CLOSED), 1)
        is_late = error.msg.startswith(_NOTICED_LATE)
        return TomlError(_describe(error, statement), 1 if is_late else error.lineno)
    except (ValueError, RecursionError) as error:
        return TomlError(_describe(error, statement), 1)
    return None


def _describe(error: Exception, statement: str) -> str:
    if isinstance(error, RecursionError):
        return _("isinya bersarang terlalu dalam")
    if not isinstance(error, tomli.TOMLDecodeError):
        return _("ada bilangan yang terlalu panjang")  # of more than 4,300 digits
    if error.msg.startswith("Expected newline or end") and _DATE_LIKE.search(statement):
        return _("tanggal atau jamnya tidak sah; tulis seperti 2022-04-20T15:00:00+07:00")
    for start, sentence in _MESSAGES.items():
        if error.msg.startswith(start):
            return _(sentence)
    return _("penulisannya bukan TOML yang sah ({detail})").format(detail=error.msg)
