"""The whole report as JSON; keys and their order are a promise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kpucli.json_text import format_json as write_json
from kpucli.recap.model import Count, Figures, Item, Recap


def format_json(recap: Recap) -> bytes:
    """One JSON document; it has all that is known of an item, whatever columns are chosen."""
    document = {
        "office": recap.config.name,
        "month": recap.month.iso,
        "until": recap.until and recap.until.isoformat(),
        "counted_until": recap.counted_until and recap.counted_until.isoformat(),
        "figures": _write_figures(recap.figures),
        "before": {"month": recap.month.before.iso, **_write_figures(recap.before)},
        "categories": _write_counts("category", recap.categories),
        "tags": _write_counts("tag", recap.tags),
        "weeks": [
            {
                "first": week.first.isoformat(),
                "last": week.last.isoformat(),
                "items": week.items,
                "views": week.views,
            }
            for week in recap.weeks
        ],
        "days": [
            {"date": recap.month.first.replace(day=day).isoformat(), "items": items}
            for day, items in enumerate(recap.days, start=1)
        ],
        "top": [item.url for item in recap.top],
        "items": [_write_item(item) for item in recap.items],
    }
    return write_json(document).encode()


def _write_figures(figures: Figures) -> dict[str, Any]:
    return {
        "items": figures.items,
        "views": figures.views,
        "days_with_news": figures.days_with_news,
        "days": figures.days,
        "share": round(figures.share, 4),
    }


def _write_counts(name: str, counts: Iterable[Count]) -> list[dict[str, Any]]:
    return [
        {
            name: count.key,
            "label": count.label,
            "items": count.items,
            "views": count.views,
            "before": count.before,
        }
        for count in counts
    ]


def _write_item(item: Item) -> dict[str, Any]:
    return {
        "slug": item.slug,
        "url": item.url,
        "title": item.title,
        "date": item.date.isoformat(),
        "category": item.category.key,
        "tags": [tag.key for tag in item.tags],
        "author": item.author,
        "views": item.views,
    }
