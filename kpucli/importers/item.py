"""What every importer returns: one piece of news, ready to become an article."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph of an item; `address` is what the body calls it by.

    `read` gives its bytes (or raises `KpuError`); None where it is only known by its address.
    """

    address: str
    alt: str = ""
    caption: str = ""
    read: Callable[[], bytes] | None = None


Finder = Callable[[str], Callable[[], bytes] | None]
"""What reads the picture of a name, where that came along with the text."""


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One item of an older site; `body` is Markdown.

    `key` tells it from every other item of its source, whatever becomes of the article later.
    `doubt` says, in a sentence, why `date` is not certain; None where it is. `category` and `tags`
    are as the source calls them. `main` is the picture above the text, `pictures` are those in it.
    `lost` are sentences on what could not be carried over.
    """

    key: str
    title: str
    date: datetime
    body: str
    original_title: str | None = None
    doubt: str | None = None
    views: int | None = None
    slug: str | None = None
    summary: str | None = None
    author: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    is_draft: bool = False
    aliases: tuple[str, ...] = ()
    main: Picture | None = None
    pictures: tuple[Picture, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something about an item (or a stretch of the source) that the user should know."""

    item: str
    note: str


@dataclass(frozen=True, slots=True)
class PendingItem:
    """An item whose key is known before its text is read, so that it need not be read again."""

    key: str
    title: str
    make: Callable[[], ImportedItem]


Piece = ImportedItem | PendingItem | Note
"""What reading a source gives, in its order."""


def make_key(source: str, *parts: str) -> str:
    """A short stable key for an item: its words, whatever their case, spacing and paragraphs."""
    words = unicodedata.normalize("NFC", " ".join(" ".join(parts).split())).casefold()
    return f"{source}:{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:16]}"
