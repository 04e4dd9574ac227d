"""The report as a workbook (Office Open XML), with real dates and numbers.

Nothing in it is a formula: every text is written as a text, and one that a spreadsheet would run
if somebody typed it again carries the quote prefix. The same report gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from kpucli.printable import printable
from kpucli.recap.columns import Cell, chosen_columns, read_rows
from kpucli.recap.model import Recap
from kpucli.recap.wording import say_notes, say_week

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# 421 is Indonesian in the numbering of Windows: names of months as readers here expect them.
_DATE, _TIME, _NUMBER, _SHARE = "[$-421]d mmmm yyyy", "hh.mm", "#,##0", "0%"
_STARTS_FORMULA = ("=", "+", "-", "@")
_WIDTHS = {
    "number": 5, "date": 18, "time": 8, "title": 60, "url": 60, "category": 18, "tags": 34,
    "author": 24, "views": 10,
}  # fmt: skip
_LONGEST_CELL = 32767  # characters, which is the format's own limit

Row = Sequence[Cell | float | None]


def format_xlsx(recap: Recap) -> bytes:
    """A workbook of two sheets: the figures, and the items with the columns chosen."""
    from xlsxwriter import Workbook  # 45 ms

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": f"Rekap Berita {recap.month}",
                "author": printable(recap.config.name),
                # The file says when it was made, and must not change from run to run.
                "created": datetime.combine(recap.month.last, time()),
            }
        )
        writer = _Writer(book)
        writer.write_summary(recap)
        writer.write_items(recap)
    return out.getvalue()


class _Writer:
    """Writes cells of a workbook by their type."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[str, bool], Format] = {}

    def write_summary(self, recap: Recap) -> None:
        """The sheet of the figures, one table below the other."""
        sheet = self._book.add_worksheet("Ringkasan")
        sheet.set_portrait()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 4, 16)
        month, before = str(recap.month), str(recap.month.before)
        line = self._write_rows(
            sheet, 0, [(f"Rekap Berita {month}",), (recap.config.long_name,)], bold=True
        )
        now, then = recap.figures, recap.before
        tables: list[tuple[Row, Iterable[Row]]] = [
            (
                ("", month, before, "Selisih"),
                [
                    ("Berita", now.items, then.items, now.items - then.items),
                    (
                        "Hari dengan berita",
                        now.days_with_news,
                        then.days_with_news,
                        now.days_with_news - then.days_with_news,
                    ),
                    ("Bagian hari dengan berita", now.share, then.share, now.share - then.share),
                    ("Dilihat", now.views, then.views, now.views - then.views),
                ],
            ),
            (
                ("Pekan", "Berita", "Dilihat"),
                [(say_week(week), week.items, week.views) for week in recap.weeks],
            ),
            *(
                (
                    (heading, "Berita", before, "Dilihat"),
                    [(count.label, count.items, count.before, count.views) for count in counts],
                )
                for heading, counts in (("Kategori", recap.categories), ("Tag", recap.tags))
            ),
            (
                ("Paling banyak dilihat", "Tanggal", "Dilihat"),
                [(item.title, item.date.date(), item.views) for item in recap.top],
            ),
        ]
        for headings, rows in tables:
            line = self._write_rows(sheet, line + 1, [headings], bold=True)
            line = self._write_rows(sheet, line, rows)
        self._write_rows(sheet, line + 1, [(note,) for note in say_notes(recap)])

    def write_items(self, recap: Recap) -> None:
        """The sheet of the items, its headings in sight and with filters."""
        sheet = self._book.add_worksheet("Berita")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        columns = chosen_columns(recap)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, _WIDTHS[column.name])
        self._write_rows(sheet, 0, [[column.heading for column in columns]], bold=True)
        last = self._write_rows(sheet, 1, read_rows(recap))
        sheet.autofilter(0, 0, max(last - 1, 1), len(columns) - 1)

    def _write_rows(
        self, sheet: Worksheet, line: int, rows: Iterable[Row], *, bold: bool = False
    ) -> int:
        """Write rows from a line on; returns the line below them."""
        for row in rows:
            for number, cell in enumerate(row):
                self._write_cell(sheet, line, number, cell, bold=bold)
            line += 1
        return line

    def _write_cell(
        self, sheet: Worksheet, line: int, number: int, cell: Cell | float | None, *, bold: bool
    ) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(
                line, number, datetime.combine(cell, time()), self._format(_DATE, bold=bold)
            )
        elif isinstance(cell, time):
            sheet.write_datetime(line, number, cell, self._format(_TIME, bold=bold))
        elif isinstance(cell, (int, float)):
            pattern = _SHARE if isinstance(cell, float) else _NUMBER
            sheet.write_number(line, number, cell, self._format(pattern, bold=bold))
        elif cell:
            text = printable(cell)[:_LONGEST_CELL]
            pattern = "'" if text.startswith(_STARTS_FORMULA) else ""
            sheet.write_string(line, number, text, self._format(pattern, bold=bold))

    def _format(self, pattern: str, *, bold: bool) -> Format:
        """The format of a kind of cell, made once; `'` stands for the quote prefix."""
        key = (pattern, bold)
        if key not in self._formats:
            chosen: dict[str, object] = {"bold": bold, "valign": "top"}
            chosen |= {"quote_prefix": True} if pattern == "'" else {"num_format": pattern}
            self._formats[key] = self._book.add_format(chosen)
        return self._formats[key]
