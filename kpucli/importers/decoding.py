"""Texts of unknown age: UTF-8, UTF-16 with its mark, what a page says, or Windows' Latin."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kpucli.i18n import _
from kpucli.text_file import read_bytes

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*(?:iso-?8859-1|windows-1252|us-ascii)\b",
    re.IGNORECASE,
)


def decode_any(path: Path, max_bytes: int) -> tuple[str, list[str]]:
    """A file's text, and a sentence where its encoding had to be guessed. Raises `KpuError`."""
    return decode_bytes(read_bytes(path, max_bytes))


def decode_bytes(content: bytes) -> tuple[str, list[str]]:
    """As `decode_any`, of bytes."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                           (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), []
    try:
        return content.decode(), []
    except UnicodeDecodeError:
        pass
    text = content.decode("cp1252", "replace")  # as browsers read it, whatever of these it says
    if _DECLARED.search(content[:4096]):
        return text, []
    return text, [_("Pengodean hurufnya ditebak (Windows-1252); periksa huruf yang tidak lazim.")]
