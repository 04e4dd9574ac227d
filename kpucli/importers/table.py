"""A table (CSV, XLSX) with one item a row; its first row names the columns."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.importers.addresses import is_on_web, read_alias, resolve
from kpucli.importers.decoding import decode_any
from kpucli.importers.item import ImportedItem, Note, Picture, Piece, make_key
from kpucli.importers.markup import Markdown, convert_html, words_of
from kpucli.importers.moments import as_moment, doubt_reading, find_day, read_moment
from kpucli.importers.packages import MAX_BYTES, check_package
from kpucli.importers.titles import first_words
from kpucli.plain_text import clean_message
from kpucli.text_file import read_bytes
from kpucli.visible import clean_line

_MAX_XML = 128 * 1024 * 1024
_MAX_ALL = 192 * 1024 * 1024
_MOST_ELEMENTS = 2_000_000
_LONGEST_CELL = 1024 * 1024
_MOST_COLUMNS = 200

COLUMNS = {
    "id": "id nomor no kode guid",
    "title": "judul title headline nama",
    "date": "tanggal date tgl waktu published pubdate terbit published_at created_at post_date",
    "body": "isi teks body content text konten berita artikel deskripsi description",
    "tags": "tag tags label kata_kunci keywords",
    "category": "kategori category jenis rubrik",
    "summary": "ringkasan summary excerpt",
    "author": "penulis author",
    "slug": "slug",
    "views": "dilihat views hits dibaca jumlah_dilihat",
    "status": "status",
    "draft": "draf draft",
    "link": "tautan link url alamat permalink",
    "image": "foto gambar image thumbnail",
    "alt": "alt teks_alternatif teks_pengganti",
    "caption": "keterangan keterangan_foto caption",
}
"""The columns that are known, each by its names in Indonesian and English."""

_NAMES = {name: column for column, names in COLUMNS.items() for name in names.split()}
_YES = frozenset("ya y yes true benar 1 draf draft".split())
_DRAFTS = frozenset("draf draft konsep pending private 0 tidak".split())
_HTML = re.compile(
    r"<(?:p|br|div|ul|ol|li|b|strong|em|i|a|img|table|h[1-6]|span)\b[^>]*>", re.IGNORECASE
)

Cell = str | int | float | bool | date | None


def read_table(path: Path, *, zone: tzinfo, now: datetime) -> Iterator[Piece]:
    """The items of a table's rows. Raises `KpuError`, naming `path` and perhaps the line."""
    is_text = path.suffix.lower() in (".csv", ".tsv", ".txt", "")
    rows = _read_csv(path) if is_text else _read_sheet(path)
    header = next(rows, [])
    columns = [
        _NAMES.get(re.sub(r"[\W_]+", "_", _say(cell).casefold()).strip("_")) for cell in header
    ]
    if "title" not in columns and "body" not in columns:
        raise KpuError(
            _("Baris pertama harus memuat nama kolom, sedikitnya “judul” atau “isi”."),
            _("Kolom yang dikenal: {names}.").format(
                names=", ".join(names.split()[0] for names in COLUMNS.values())
            ),
            path=path,
            line=1,
        )
    if unknown := [
        _say(cell)
        for cell, column in zip(header, columns, strict=True)
        if not column and _say(cell)
    ]:
        yield Note(
            path.name,
            _("Kolom yang tidak dibawa: {names}.").format(names=", ".join(unknown[:20])[:200]),
        )
    for number, row in enumerate(rows, 2):
        fields = _assign(columns, row)
        if not any(map(_say, fields.values())):
            continue
        yield _make(fields, path, number, zone, now)


def _assign(columns: Sequence[str | None], row: Sequence[Cell]) -> dict[str, Cell]:
    fields: dict[str, Cell] = {}
    for column, cell in zip(columns, row, strict=False):
        if column and not _say(fields.get(column)):
            fields[column] = cell
    return fields


def _make(fields: dict[str, Cell], path: Path, number: int, zone: tzinfo, now: datetime) -> Piece:
    lost: list[str] = []
    link = _say(fields.get("link"))
    text = _read_body(_say(fields.get("body")), link)
    title = words_of(_say(fields.get("title"))) or first_words(text.body)
    where = _("{name}, baris {number}").format(name=path.name, number=number)
    if not title:
        return Note(where, _("Tanpa judul dan teks; dilewati."))
    date, doubt = _read_date(fields.get("date"), title, text, zone, now)
    alias = read_alias(link, lost) if link else None
    views = re.sub(r"[.,](?=\d{3}\b)|\.0$", "", _say(fields.get("views")))
    return ImportedItem(
        key=make_key("table", link or f"{title} {_say(fields.get('date'))} {text.body}"),
        title=title,
        date=date,
        doubt=doubt,
        body=text.body,
        views=int(views) if re.fullmatch(r"[0-9]{1,12}", views) else None,
        slug=_say(fields.get("slug")) or None,
        summary=words_of(_say(fields.get("summary"))) or None,
        author=clean_line(_say(fields.get("author"))) or None,
        category=clean_line(_say(fields.get("category"))) or None,
        tags=tuple(re.split(r"\s*[,;|]\s*", _say(fields.get("tags")))),
        is_draft=_say(fields.get("draft")).casefold() in _YES
        or _say(fields.get("status")).casefold() in _DRAFTS,
        aliases=(alias,) if alias else (),
        main=_read_picture(fields, link),
        pictures=text.pictures,
        lost=(*lost, *text.lost),
    )


def _read_body(cell: str, link: str) -> Markdown:
    if _HTML.search(cell):
        return convert_html(cell, link if is_on_web(link) else "")
    return Markdown(clean_message(cell))


def _read_date(
    cell: Cell, title: str, text: Markdown, zone: tzinfo, now: datetime
) -> tuple[datetime, str | None]:
    moment = as_moment(cell, zone) if isinstance(cell, date) else read_moment(_say(cell), zone, now)
    if moment is not None:
        return moment, None
    found, doubt = find_day(title, text.paragraphs, now, zone)
    return found, doubt_reading(_say(cell)) if _say(cell) else doubt


def _read_picture(fields: dict[str, Cell], link: str) -> Picture | None:
    address = _say(fields.get("image"))
    if not address:
        return None
    caption = clean_line(_say(fields.get("caption")))
    alt = clean_line(_say(fields.get("alt"))) or caption
    return Picture(resolve(link if is_on_web(link) else "", address), alt, caption)


def _say(cell: Cell) -> str:
    """A cell as text; whole numbers without the fraction that spreadsheets give them."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()


def _read_csv(path: Path) -> Iterator[list[Cell]]:
    text, _notes = decode_any(path, MAX_BYTES)
    first = text[:4096].partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield list(row[:_MOST_COLUMNS])
    except csv.Error as error:
        raise KpuError(
            _("CSV-nya rusak, atau satu selnya lebih dari 1 MiB."), path=path, line=reader.line_num
        ) from error


def _read_sheet(path: Path) -> Iterator[list[Cell]]:
    """The rows of the first sheet that holds anything.

    openpyxl streams them: a cell in the last corner of an empty sheet costs nothing.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise KpuError(
            _("Jenis berkas ini tidak dibaca."),
            _("Simpan ulang sebagai .xlsx atau .csv."),
            path=path,
        )
    content = read_bytes(path, MAX_BYTES)
    check_package(
        content,
        path,
        needed="xl/workbook.xml",
        max_xml=_MAX_XML,
        max_all=_MAX_ALL,
        max_elements=_MOST_ELEMENTS,
    )
    from openpyxl import load_workbook

    warnings.filterwarnings("ignore", module=r"openpyxl\b")  # of what is not in the cells
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            rows = _drop_empty(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS))
            first = next(rows, None)
            if first is not None:
                yield first
                yield from rows
                return
    except Exception as error:  # parsers of hostile bytes raise whatever they meet
        raise KpuError(
            _("Lembar kerja ini rusak."), _("Simpan ulang sebagai .xlsx atau .csv."), path=path
        ) from error


def _drop_empty(rows: Iterable[Sequence[Any]]) -> Iterator[list[Cell]]:
    empty: Sequence[Any] | None = None  # one row stands for all that a sheet leaves out
    for row in rows:
        if row is empty:
            continue
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield cells
        else:
            empty = row
