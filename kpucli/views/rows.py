"""Rows of the files that counts come in: CSV, JSON, and the ZIP archives of other programs."""

from __future__ import annotations

import codecs
import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from kpucli.i18n import _
from kpucli.views.programs import Row, RowError, flatten_json

Numbered = tuple[int | None, Row]  # a row and its line, where it has one

_MOST_JSON = 64 * 1024 * 1024  # bytes: it is read whole
_MOST_UNPACKED = 4 * 1024 * 1024 * 1024  # bytes of a file in an archive
_LONGEST_LINE = 64 * 1024
_ARCHIVE = b"PK\x03\x04"
_GOATCOUNTER = ("paths.jsonl", "hit_stats.jsonl")
_UMAMI, _PLAUSIBLE = "website_event.csv", "imported_pages"  # with the days it is of in the name


def read_rows(file: BinaryIO) -> Iterator[Numbered]:
    """The rows of a file, whatever form it has.

    Raises `RowError` for what is none, `UnicodeError`, `csv.Error`, `json.JSONDecodeError`,
    `RecursionError` or `zipfile.BadZipFile` for what is not whole.
    """
    head: bytes = file.peek(64)  # type: ignore[attr-defined]  # as all that `open_log` gives
    return _read_archive(file) if head.startswith(_ARCHIVE) else _read_text(file, head)


def _read_text(file: IO[bytes], head: bytes) -> Iterator[Numbered]:
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # Matomo's own choice
    text = io.TextIOWrapper(file, "utf-16" if is_wide else "utf-8-sig", newline="")
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return _json_rows(text) if start.startswith((b"[", b"{")) else _csv_rows(text)


def _json_rows(text: io.TextIOWrapper) -> Iterator[Numbered]:
    content = text.read(_MOST_JSON + 1)
    if len(content) > _MOST_JSON:
        raise RowError(_("Berkas JSON ini terlalu besar; ekspor sebagai CSV."))
    for row in flatten_json(json.loads(content)):
        yield None, row


def _csv_rows(text: io.TextIOWrapper) -> Iterator[Numbered]:
    first = text.readline(10_000)
    delimiter = max(",;\t", key=first.count)  # spreadsheets write what their country does
    names = next(csv.reader([first], delimiter=delimiter), [])
    reader = csv.reader(text, delimiter=delimiter)
    for cells in reader:
        if any(cells):
            yield reader.line_num + 1, dict(zip(names, cells, strict=False))


def _read_archive(file: BinaryIO) -> Iterator[Numbered]:
    """The rows of what is known in an archive: of GoatCounter, Umami or Plausible."""
    if not file.seekable():
        raise RowError(_("Arsip ZIP tidak dapat dibaca dari masukan baku; sebutkan berkasnya."))
    with zipfile.ZipFile(file) as archive:
        members = {PurePosixPath(info.filename).name: info for info in archive.infolist()}
        wanted = [
            name
            for name in members
            if name in (*_GOATCOUNTER, _UMAMI) or name.startswith(_PLAUSIBLE)
        ]
        if any(members[name].file_size > _MOST_UNPACKED for name in wanted):
            raise RowError(_("Arsip ZIP ini terlalu besar; ekspor untuk masa yang lebih pendek."))
        if any(members[name].flag_bits & 1 for name in wanted):
            raise RowError(_("Arsip ZIP ini terkunci dengan kata sandi."))
        if set(_GOATCOUNTER) <= set(wanted):
            paths, stats = (archive.open(members[name]) for name in _GOATCOUNTER)
            with paths, stats:
                yield from _join_goatcounter(paths, stats)
            return
        if not wanted:
            raise RowError(_("Di dalam arsip ZIP ini tidak ada angka dilihat yang dikenal."))
        for name in wanted:
            with archive.open(members[name]) as table:
                yield from _csv_rows(io.TextIOWrapper(table, "utf-8-sig", newline=""))


def _join_goatcounter(paths: IO[bytes], stats: IO[bytes]) -> Iterator[Numbered]:
    """Views by path and hour (UTC); in one file paths have numbers, which the other counts by."""
    names = {str(row.get("id")): row.get("path") for _line, row in _json_lines(paths)}
    for line, row in _json_lines(stats):
        path = names.get(str(row.get("path_id")))
        yield line, {"path": path, "date": row.get("hour"), "views": row.get("count")}


def _json_lines(file: IO[bytes]) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), start=1):
        yield from ((number, row) for row in flatten_json([json.loads(line)]))
