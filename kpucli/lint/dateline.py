"""Datelines: the place and the site that a news item's first paragraph begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpucli.lint.prose import FILLER

# As offices write it: "**KOTA MALANG, kpu.malangkota.go.id** – ".
_RIGHT = re.compile(
    r"(?P<bold>\*\*|__)?[A-Z][A-Z.'’/-]*(?: [A-Z.'’/()-]+){0,5},"
    rf" {FILLER}+(?(bold)(?P=bold)) – (?=\S)"
)
_PLACE = r"[A-Z][\w.'’-]*(?:[ /]\(?[A-Z][\w.'’)-]*){0,5}"
_DATE = r"(?:[A-Z][a-z'’]+,? )?\(?\d{1,2}[ /.-](?:[A-Z][a-z]+|\d{1,2})[ /.-]\d{4}\)?"
_ANY = re.compile(
    r"(?:\*\*|__|\*|_)?(?:"
    rf"(?P<place>{_PLACE}) ?[,.(/|:–—-]* ?\(?(?P<site>{FILLER}+)\)?"
    rf"|\(?(?P<first>{FILLER}+)\)?(?:[ ,/|–—-]{{1,3}}(?P<behind>{_PLACE}(?=\*{{0,2}} ?[–—:-])))?"
    rf"|(?P<alone>{_PLACE}),? (?={_DATE}[ .–—:-])"
    rf"|(?P<bare>{_PLACE}(?=\*{{0,2}}(?: ?[–—-]{{1,2}} |: )))"
    rf")(?:,? ?{_DATE})?(?:\*\*|__|\*|_)? ?(?P<mark>[–—:.|-]{{0,2}})(?:\*\*|__)?\s{{0,3}}"
)
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/?")
_BEGINNING = re.compile(r"[\"“‘'*_(\[]*[A-Z0-9]")  # of the sentence behind it
_START = re.compile(r"\s*")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands at `start` to `end`, the dash and the blank behind it included.

    `place` and `site` are their spans, or None.
    """

    start: int
    end: int
    is_right: bool
    place: tuple[int, int] | None = None
    site: tuple[int, int] | None = None


def read_dateline(prose: str, source: str, start: int) -> Dateline | None:
    """The dateline of the text that begins at `start`, if there is something like one.

    `prose` is the `source` with its addresses blanked.
    """
    begin = _START.match(prose, start)
    assert begin is not None  # it matches anything
    first, last = begin.end(), begin.end() + _LONGEST
    right = _RIGHT.match(prose, first, last)
    if right and _HOST.search(source, first, right.end()):
        return Dateline(first, right.end(), is_right=True)
    found = _ANY.match(prose, first, last)
    if not found or not _BEGINNING.match(prose, found.end()):
        return None
    place, site = _first(found, "place", "behind", "alone", "bare"), _first(found, "site", "first")
    if site and not _HOST.fullmatch(source, *site):
        return None
    if found["bare"] and found["mark"] == ":" and not found["bare"].isupper():
        return None  # a speaker: "Budi: …"
    return Dateline(first, found.end(), is_right=False, place=place, site=site)


def _first(found: re.Match[str], *names: str) -> tuple[int, int] | None:
    return next((found.span(name) for name in names if found[name]), None)
