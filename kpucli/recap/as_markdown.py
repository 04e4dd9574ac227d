"""The report as GitHub-flavoured Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpucli.dates import say_date
from kpucli.plain_text import escape_markdown
from kpucli.printable import group_thousands, printable
from kpucli.recap.columns import Cell, Column, chosen_columns, read_rows
from kpucli.recap.model import Count, Item, Recap
from kpucli.recap.wording import say_cell, say_notes, say_week, summarise

_NUMBERS = ("number", "views")  # columns that stand at the right


def format_markdown(recap: Recap) -> bytes:
    """A document with a heading, the figures, and a table for each part that says something."""
    office = _text(recap.config.long_name)
    parts = [
        f"# Rekap Berita {recap.month}",
        office,
        _table(
            ["", str(recap.month), str(recap.month.before), "Perbandingan"],
            "lrrl",
            summarise(recap),
        ),
        *_part("Per pekan", _weeks(recap)),
        *_part("Per kategori", _counts("Kategori", recap.categories, recap)),
        *_part("Per tag", _counts("Tag", recap.tags, recap)),
        *_part("Paling banyak dilihat", _top(recap.top)),
        *_part("Daftar berita", _items(recap)),
        *(f"*{note}*" for note in say_notes(recap)),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def _part(heading: str, content: str) -> list[str]:
    return [f"## {heading}", content] if content else []


def _weeks(recap: Recap) -> str:
    rows = [
        (say_week(week), group_thousands(week.items), group_thousands(week.views))
        for week in recap.weeks
    ]
    return _table(["Pekan", "Berita", "Dilihat"], "lrr", rows)


def _counts(heading: str, counts: Iterable[Count], recap: Recap) -> str:
    rows = [
        (
            _text(count.label),
            group_thousands(count.items),
            group_thousands(count.before),
            group_thousands(count.views),
        )
        for count in counts
    ]
    return _table([heading, "Berita", str(recap.month.before), "Dilihat"], "lrrr", rows)


def _top(items: Iterable[Item]) -> str:
    return "\n".join(
        f"{number}. [{_text(item.title)}]({item.url}) – {say_date(item.date)},"
        f" dilihat {group_thousands(item.views)} kali"
        for number, item in enumerate(items, start=1)
    )


def _items(recap: Recap) -> str:
    columns = chosen_columns(recap)
    alignment = "".join("r" if column.name in _NUMBERS else "l" for column in columns)
    rows = [
        [_cell(column, cell) for column, cell in zip(columns, row, strict=True)]
        for row in read_rows(recap)
    ]
    return _table([column.heading for column in columns], alignment, rows)


def _cell(column: Column, cell: Cell) -> str:
    return f"<{cell}>" if column.name == "url" else _text(say_cell(cell))


def _table(headings: Sequence[str], alignment: str, rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    marks = ["---:" if side == "r" else "---" for side in alignment]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, marks, *rows))


def _text(text: str) -> str:
    """A text that Markdown shows as it is, in a cell of a table too."""
    return escape_markdown(printable(text)).replace("|", r"\|")
