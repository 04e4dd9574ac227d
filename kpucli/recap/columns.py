"""The columns that a list of items can have; the configuration chooses among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

from kpucli.i18n import N_
from kpucli.recap.model import Item, Recap

Cell = int | str | date | time


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name in files for programs, its heading, and what it says of an item.

    `read` takes the item's number in the list too, from 1.
    """

    name: str
    heading: str
    read: Callable[[int, Item], Cell]


_COLUMNS = {
    column.name: column
    for column in (
        Column("number", N_("No."), lambda number, _item: number),
        Column("date", N_("Tanggal"), lambda _number, item: item.date.date()),
        Column("time", N_("Pukul"), lambda _number, item: item.date.time()),
        Column("title", N_("Judul"), lambda _number, item: item.title),
        Column("url", N_("Alamat"), lambda _number, item: item.url),
        Column("category", N_("Kategori"), lambda _number, item: item.category.label),
        Column("tags", N_("Tag"), lambda _number, item: _join_tags(item)),
        Column("author", N_("Penulis"), lambda _number, item: item.author),
        Column("views", N_("Dilihat"), lambda _number, item: item.views),
    )
}


def _join_tags(item: Item) -> str:
    return ", ".join(tag.label for tag in item.tags)


def chosen_columns(recap: Recap) -> list[Column]:
    """The columns that the office has chosen, in its order."""
    return [_COLUMNS[name] for name in recap.config.recap.columns]


def read_rows(recap: Recap) -> Iterator[list[Cell]]:
    """The cells of each item."""
    columns = chosen_columns(recap)
    for number, item in enumerate(recap.items, start=1):
        yield [column.read(number, item) for column in columns]
