"""What every importer returns: one piece of news, ready to become an article."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One item of an older site.

    `key` tells it from every other item of its source, whatever becomes of the article later.
    `doubt` says, in a sentence, why `date` is not certain; None where it is.
    """

    key: str
    title: str
    original_title: str | None
    date: datetime
    doubt: str | None
    views: int | None
    body: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something about an item (or a stretch of the source) that the user should know."""

    item: str
    note: str


def make_key(source: str, *parts: str) -> str:
    """A short stable key for an item: its words, whatever their case, spacing and paragraphs."""
    words = unicodedata.normalize("NFC", " ".join(" ".join(parts).split())).casefold()
    return f"{source}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"
