"""Lists within a sentence: how many items "A, B, C, dan D" can have."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(r"\s*,\s+|\s*;\s*")
_JOINING = re.compile(r"(?:dan|serta|atau|juga|maupun)\s+", re.IGNORECASE)
_INSIDE = re.compile(r"\s(?:dan|serta|atau|maupun|juga|hingga|sampai|&)\s|/|–|\+")
_LOOSE = re.compile(
    r"\b(?:lain|lainnya|sebagainya|seterusnya|dll|dst|dsb|antaranya|masing-masing|yaitu|yakni|adalah"
    r"|ialah|sampai|hingga|karena|sehingga|sedangkan|sementara|tetapi|dengan|untuk|agar|saat|ketika"
    r"|setelah|sebelum|kemudian|lalu|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|seorang"
    r"|sebuah|pertama|ketiga)\b|[:“”\"?!]|\d",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b([A-Z]\w+) \d{1,3}(?![\w.,]\d)")
_NAME = re.compile(r"(?:[A-Z][\w'’.-]*)(?: (?:[A-Z][\w'’.-]*|bin|binti))*")
_PLAIN = re.compile(r"[a-z][\w-]*(?: [a-z][\w-]*){0,2}")
_ROLES = re.compile(
    r"(?:Ketua|Wakil|Anggota|Sekretaris|Kepala|Kasubbag|Kasubag|Kabag|Komisioner|Divisi|Direktur"
    r"|Rektor|Dekan|Dosen|Bupati|Wali|Camat|Lurah|Koordinator|Staf|Plt|Plh|Pj|S|M|Dr|Drs|Ir|SH"
    r"|Bagian|Subbagian|Bidang)\b"
)


def count_exactly(items: str) -> int | None:
    """The number of items of a list that leaves no doubt: all alike, the last one joined by "dan".

    Alike are items that begin with the same word, short phrases in small letters, and names.
    """
    items = _without_numbers(items)
    parts = _items(items)
    if parts is None or len(parts) < 2:
        return None
    if any(_INSIDE.search(part) for part in parts) or _LOOSE.search(items):
        return None
    return len(parts) if _are_alike(parts) else None


def count_at_most(items: str) -> int | None:
    """The most items that a list can have; None if it is not one that ends."""
    items = _without_numbers(items)
    parts = _SEPARATOR.split(items)
    if _LOOSE.search(items) or not (_INSIDE.search(items) or _JOINING.match(parts[-1])):
        return None
    return len(parts) + len(_INSIDE.findall(items))


def _without_numbers(items: str) -> str:
    """The list without the numbers of names: SMAN 1 Batu, TPS 3."""
    return _NUMBERED.sub(r"\1", items)


def _items(items: str) -> list[str] | None:
    """The items of "A, B, dan C" or "A, B dan C"."""
    parts = _SEPARATOR.split(items.strip())
    joined = _JOINING.match(parts[-1])
    if joined:
        parts[-1] = parts[-1][joined.end() :]
        return parts if all(parts) else None
    halves = re.split(r"\s(?:dan|serta|atau)\s", parts[-1])
    return [*parts[:-1], *halves] if len(halves) == 2 and all(halves) else None


def _are_alike(parts: list[str]) -> bool:
    first_words = {part.split()[0] for part in parts}
    if len(first_words) == 1 and len(parts[0].split()) > 1 and not _ROLES.match(parts[0]):
        return True
    if all(_NAME.fullmatch(part) and not _ROLES.match(part) for part in parts):
        return True
    return all(_PLAIN.fullmatch(part) and not part.startswith("yang") for part in parts)
