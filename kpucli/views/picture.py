"""The overview for people: a chart in characters, and a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kpucli.bar_chart import ROWS, draw_columns
from kpucli.i18n import _, ngettext
from kpucli.printable import group_thousands, printable
from kpucli.views.overview import Overview, Row

if TYPE_CHECKING:
    from rich.table import Table

_WIDEST = 4  # characters of a column where there are few
_MONTHS = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"


def draw_course(found: Overview, columns: int) -> str:
    """The course of what was counted, at most `columns` characters wide, with a blank line below.

    Nothing where nothing was counted.
    """
    if not found.days:
        return ""
    top_label = group_thousands(max(span.views for span in found.days.spans(1)))
    room = max(columns - len(top_label) - 3, 10)
    spans = found.days.spans(room)
    top = group_thousands(max(span.views for span in spans))
    width = max(min(room // len(spans), _WIDEST), 1)
    lines = draw_columns([span.views for span in spans], width=width)
    margin = len(top)
    labels = [top, *[""] * (ROWS - 2), "0"]
    drawn = [
        f"{label:>{margin}} ┤{line}".rstrip() for label, line in zip(labels, lines, strict=True)
    ]
    first, last = _say(spans[0].first), _say(spans[-1].last)
    axis = f"{first}{last:>{max(len(spans) * width - len(first), len(last) + 1)}}"
    length = (spans[0].last - spans[0].first).days + 1
    each = ngettext("Dilihat per hari", "Dilihat per {number} hari", length).format(number=length)
    return "\n".join([each, *drawn, f"{'':{margin}}  {axis}", "", ""])


def _say(day: date) -> str:
    return f"{day.day} {_(_MONTHS).split()[day.month - 1]} {day.year}"


def make_table(found: Overview, grouping: str, limit: int | None) -> Table:
    """The rows of an overview as a rich table whose last line adds up all, shown or not."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = found.rows(grouping)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, show_footer=True)
    total = ngettext("{number} berita", "{number} berita", len(rows))
    if grouping == "article":
        footer = total.format(number=group_thousands(len(rows)))
        table.add_column(_("Berita"), footer=footer, overflow="fold")
    else:
        heading = {"tag": _("Tag"), "month": _("Bulan"), "day": _("Hari")}[grouping]
        table.add_column(heading, overflow="fold")
    if grouping == "tag":
        table.add_column(_("Berita"), justify="right")
    # An article counts for each of its tags: what tags add up to is nothing.
    views = "" if grouping == "tag" else group_thousands(sum(row["views"] for row in rows))
    table.add_column(_("Dilihat"), footer=views, justify="right", no_wrap=True)
    for row in rows[:limit]:
        cells = [Text(printable(_name_of(row, grouping)))]
        if grouping == "tag":
            cells.append(Text(group_thousands(row["articles"])))
        table.add_row(*cells, Text(group_thousands(row["views"])))
    return table


def _name_of(row: Row, grouping: str) -> str:
    if grouping == "article":
        return str(row["title"])
    if grouping == "tag":
        return str(row["tag"])
    if grouping == "day":
        return _say(date.fromisoformat(row["day"]))
    return _say(date.fromisoformat(f"{row['month']}-01")).partition(" ")[2]
