"""The report as one page: everything is in the file, and nothing in it runs.

The charts are inline SVG without a view box: lengths in percent stretch with the page while text
keeps its size. Every chart is in words too, for those who do not see it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kpucli.config import Config
from kpucli.dates import WEEKDAYS, say_date
from kpucli.printable import group_thousands
from kpucli.recap.columns import Column, chosen_columns, read_rows
from kpucli.recap.model import Count, Item, Recap
from kpucli.recap.wording import say_cell, say_notes, say_share, say_week, summarise

_HERE = Path(__file__).parent
_CHART_HEIGHT = 140  # pixels of the highest column
_MOST_LINES = 5  # across the chart
_SATURDAY = 5  # as date.weekday()


def format_html(recap: Recap) -> bytes:
    """The page; the same report gives the same bytes."""
    from minijinja import Environment  # 10 ms

    style = _make_style(recap.config)
    environment = Environment(
        templates={"page.html": (_HERE / "page.html").read_text("utf-8")},
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.render_template(
        "page.html",
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        **_make_context(recap),
    )
    return f"{page.strip()}\n".encode()


def _make_style(config: Config) -> str:
    """The stylesheet with the office's colours, which were checked to be readable."""
    text = (_HERE / "page.css").read_text("utf-8")
    colors = config.colors
    for name, color in (
        ("header", colors.header),
        ("link", colors.link),
        ("link_dark", colors.link_dark),
    ):
        text = text.replace(f"{{{name}}}", color)
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip()


def _make_context(recap: Recap) -> dict[str, Any]:
    config = recap.config
    return {
        "name": config.name,
        "long_name": config.long_name,
        "site": config.base_url,
        "month": str(recap.month),
        "before": str(recap.month.before),
        "until": recap.until and say_date(recap.until),
        "figures": [
            {"label": label, "value": now, "before": before, "difference": difference}
            for label, now, before, difference in summarise(recap)
        ],
        "share": say_share(recap.figures.share),
        "chart": _make_chart(recap) if recap.items else None,
        "weeks": _with_bars(
            {
                "label": say_week(week),
                "items": week.items,
                "views": group_thousands(week.views),
            }
            for week in recap.weeks
        ),
        "categories": _with_bars(map(_write_count, recap.categories)),
        "tags": _with_bars(map(_write_count, recap.tags)),
        "top": [_write_top(item) for item in recap.top],
        **_make_list(recap),
        "notes": say_notes(recap),
    }


def _write_count(count: Count) -> dict[str, Any]:
    return {
        "label": count.label,
        "items": count.items,
        "before": group_thousands(count.before),
        "views": group_thousands(count.views),
    }


def _with_bars(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each with the length of its bar in percent."""
    found = list(rows)
    most = max((row["items"] for row in found), default=0) or 1
    return [
        {**row, "bar": f"{row['items'] * 100 / most:.4g}", "items": group_thousands(row["items"])}
        for row in found
    ]


def _write_top(item: Item) -> dict[str, str]:
    return {
        "title": item.title,
        "url": item.url,
        "date": say_date(item.date),
        "views": group_thousands(item.views),
    }


def _make_chart(recap: Recap) -> dict[str, Any]:
    """Columns for the days: places in percent of the width, heights in pixels from above."""
    count, most = len(recap.days), max(recap.days)
    step = -(-most // _MOST_LINES)
    top = -(-most // step) * step
    room = 100 / count
    columns = [
        {
            "x": f"{room * (day - 1) + room * 0.12:.5g}",
            "y": _CHART_HEIGHT - round(_CHART_HEIGHT * items / top),
            "width": f"{room * 0.76:.5g}",
            "height": round(_CHART_HEIGHT * items / top),
        }
        for day, items in enumerate(recap.days, start=1)
        if items
    ]
    first = recap.month.first
    days = [
        {
            "day": day,
            "x": f"{room * (day - 0.5):.5g}",
            "left": f"{room * (day - 1):.5g}",
            "is_weekend": first.replace(day=day).weekday() >= _SATURDAY,
            "is_named": day % 5 == 0 or day == 1,
        }
        for day in range(1, count + 1)
    ]
    return {
        "height": _CHART_HEIGHT,
        "room": f"{room:.5g}",
        "columns": columns,
        "days": days,
        "lines": [
            {"y": _CHART_HEIGHT - round(_CHART_HEIGHT * value / top), "label": value}
            for value in range(0, top + 1, step)
        ],
        "words": _say_chart(recap),
    }


def _say_chart(recap: Recap) -> str:
    first = recap.month.first
    days = (
        f"{WEEKDAYS[first.replace(day=day).weekday()]} {day}: {items}"
        for day, items in enumerate(recap.days, start=1)
        if items
    )
    return f"Jumlah berita per hari pada {recap.month}. {'; '.join(days)}."


def _make_list(recap: Recap) -> dict[str, Any]:
    """The list of items; beside a title its address needs no column of its own."""
    columns = chosen_columns(recap)
    names = {column.name for column in columns}
    is_joined = {"title", "url"} <= names
    shown = [column for column in columns if not (is_joined and column.name == "url")]
    rows = [
        [_write_cell(column, dict(zip(columns, row, strict=True)), item, is_joined=is_joined)
         for column in shown]
        for item, row in zip(recap.items, read_rows(recap), strict=True)
    ]  # fmt: skip
    headings = [
        {"text": column.heading, "is_number": column.name in ("number", "views")}
        for column in shown
    ]
    return {"headings": headings, "rows": rows}


def _write_cell(
    column: Column, cells: dict[Column, Any], item: Item, *, is_joined: bool
) -> dict[str, Any]:
    is_link = column.name == "url" or (column.name == "title" and is_joined)
    return {
        "name": column.name,
        "heading": column.heading,
        "text": say_cell(cells[column]),
        "url": item.url if is_link else None,
        "is_number": column.name in ("number", "views"),
        "is_title": column.name == "title" and is_joined,
    }
