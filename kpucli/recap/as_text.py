"""The report for the terminal: figures, a chart of the days, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kpucli.bar_chart import draw_columns
from kpucli.dates import say_date
from kpucli.i18n import _, ngettext
from kpucli.printable import group_thousands, printable
from kpucli.recap.columns import chosen_columns
from kpucli.recap.model import Count, Figures, Recap
from kpucli.recap.wording import say_cell, say_share, say_week

if TYPE_CHECKING:
    from rich.table import Table

_ROWS = 4  # of the chart
_WIDTH = 2  # characters of a day
_AT_RIGHT = ("number", "views")


def say_figures(recap: Recap) -> str:
    """The head of the report: the figures of the month beside those of the month before."""
    now, before = recap.figures, recap.before
    lines = [
        _("Rekap berita {month} – {office}").format(month=recap.month, office=recap.config.name)
    ]
    if recap.until is not None:
        words = _("{month} belum selesai; angkanya sampai {date}.")
        lines.append(words.format(month=recap.month, date=say_date(recap.until)))
    rows = [
        (_("Berita"), group_thousands(now.items), group_thousands(before.items)),
        (_("Hari dengan berita"), _say_days(now), _say_days(before)),
        (_("Dilihat"), group_thousands(now.views), group_thousands(before.views)),
    ]
    name, here = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join(
        [
            *map(printable, lines),
            "",
            *(
                f"{label:{name}}  {value:{here}}  ({recap.month.before}: {earlier})"
                for label, value, earlier in rows
            ),
            "",
            "",
        ]
    )


def _say_days(figures: Figures) -> str:
    words = _("{number} dari {days} ({share})")
    return words.format(
        number=figures.days_with_news, days=figures.days, share=say_share(figures.share)
    )


def draw_days(recap: Recap) -> str:
    """A column for each day of the month, with a blank line below; nothing without news."""
    top = max(recap.days)
    if not top:
        return ""
    margin = len(str(top))
    labels = [str(top), *[""] * (_ROWS - 1)]
    columns = draw_columns(recap.days, rows=_ROWS, width=_WIDTH)
    drawn = [
        f"{label:>{margin}} ┤{line}".rstrip() for label, line in zip(labels, columns, strict=True)
    ]
    days = "".join(f"{day:<{_WIDTH * 7}}" for day in range(1, len(recap.days) + 1, 7))
    return "\n".join([_("Berita per hari"), *drawn, f"{'':{margin}}  {days}".rstrip(), "", ""])


def make_tables(recap: Recap) -> Iterator[Table]:
    """The tables of the report; those without rows are left out."""
    weeks = [
        (say_week(week), group_thousands(week.items), group_thousands(week.views))
        for week in recap.weeks
    ]
    yield _make_table([_("Pekan"), _("Berita"), _("Dilihat")], weeks, "lrr")
    before = str(recap.month.before)
    for heading, counts in ((_("Kategori"), recap.categories), (_("Tag"), recap.tags)):
        if counts:
            yield _make_table([heading, _("Berita"), before, _("Dilihat")], _rows(counts), "lrrr")
    if recap.items:
        yield _make_top(recap)
        yield _list_items(recap)


def _make_top(recap: Recap) -> Table:
    rows = [(item.title, group_thousands(item.views)) for item in recap.top]
    return _make_table([_("Paling banyak dilihat"), _("Dilihat")], rows, "lr")


def _list_items(recap: Recap) -> Table:
    """The list of items; addresses, which no terminal is wide enough for, are left to files."""
    columns = [column for column in chosen_columns(recap) if column.name != "url"]
    count = len(recap.items)
    total = ngettext("{number} berita", "{number} berita", count)
    return _make_table(
        [_(column.heading) for column in columns],
        [
            [say_cell(column.read(number, item)) for column in columns]
            for number, item in enumerate(recap.items, start=1)
        ],
        "".join("r" if column.name in _AT_RIGHT else "l" for column in columns),
        footer=total.format(number=group_thousands(count)),
    )


def _rows(counts: Iterable[Count]) -> list[list[str]]:
    return [
        [count.label, *map(group_thousands, (count.items, count.before, count.views))]
        for count in counts
    ]


def _make_table(
    headings: list[str], rows: Iterable[Iterable[str]], alignment: str, footer: str = ""
) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, show_footer=bool(footer))
    for heading, side in zip(headings, alignment, strict=True):
        last = footer if heading == headings[0] else ""
        table.add_column(
            heading,
            footer=last,
            overflow="fold",
            justify="right" if side == "r" else "left",
            no_wrap=side == "r",
        )
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table
