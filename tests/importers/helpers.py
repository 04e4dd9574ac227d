"""What the tests of importers share: when it is, and a plain way to read and plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from kpucli.importers.item import ImportedItem, Note, Piece

FILES = Path(__file__).parent / "files"
WIB = timezone(timedelta(hours=7))
NOW = datetime(2023, 8, 1, 9, 0, tzinfo=WIB)


def split(pieces: Iterable[Piece]) -> tuple[dict[str, ImportedItem], list[str]]:
    """The items by title, and the notes as `item: note`."""
    items: dict[str, ImportedItem] = {}
    notes: list[str] = []
    for piece in pieces:
        if isinstance(piece, Note):
            notes.append(f"{piece.item}: {piece.note}")
        else:
            item = piece if isinstance(piece, ImportedItem) else piece.make()
            items[item.title] = item
    return items, notes


def chunks(path: Path) -> list[bytes]:
    """A file's bytes as commands hand them to readers, in small pieces."""
    content = path.read_bytes()
    return [content[start : start + 1000] for start in range(0, len(content), 1000)]
