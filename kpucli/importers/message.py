"""A text pasted from WhatsApp: one piece of news, perhaps in several messages."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from pathlib import Path

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.importers.item import ImportedItem, make_key
from kpucli.importers.moments import find_day
from kpucli.importers.titles import first_words, is_headline
from kpucli.plain_text import clean_message
from kpucli.text_file import read_text
from kpucli.visible import clean_line

MAX_BYTES = 1024 * 1024

_BOLD = re.compile(r"\*\*(?P<words>[^*]+)\*\*")
_MARKS = re.compile(r"(?<!\\)(?:\*\*?|~~|`+)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PHONE = re.compile(r"(?<![\w.])(?:\+62|62|0)8\d{1,2}[ .-]?\d{3,4}[ .-]?\d{3,5}(?!\d)")


def read_message(text: str, path: Path, *, zone: tzinfo, now: datetime) -> ImportedItem:
    """The news in a pasted text; a bold or short first line is its title.

    Raises `KpuError`, naming `path`, where there are no words.
    """
    body = clean_message(text)
    title, rest = split_title(body)
    if not title:
        raise KpuError(_("Berkas ini kosong."), path=path)
    date, doubt = find_day(title, rest.split("\n\n"), now, zone)
    lost = [_("Teks memuat nomor ponsel; periksa.")] if _PHONE.search(body) else []
    return ImportedItem(
        key=make_key("text", title, rest),
        title=title,
        date=date,
        doubt=doubt,
        body=rest,
        lost=tuple(lost),
    )


def read_message_file(path: Path, *, zone: tzinfo, now: datetime) -> ImportedItem:
    """As `read_message`, of a file."""
    return read_message(read_text(path, max_bytes=MAX_BYTES), path, zone=zone, now=now)


def split_title(body: str) -> tuple[str, str]:
    """The title of a Markdown text, and the rest; without a title its first words, and all."""
    title, rest = find_title(body)
    if title:
        return title, rest
    first = body.partition("\n\n")[0]
    return first_words(clean_line(_ESCAPED.sub(r"\1", _MARKS.sub("", first)))), body


def find_title(body: str) -> tuple[str, str]:
    """The headline on top of a Markdown text, and the rest; "" and all where there is none."""
    first, _blank, rest = body.partition("\n\n")
    bold = _BOLD.fullmatch(first.strip())
    words = clean_line(_ESCAPED.sub(r"\1", _MARKS.sub("", first)))
    if rest and is_headline(words, is_bold=bold is not None):
        return words, rest.strip()
    return "", body
