"""What one article contributes to what the linter knows of the archive.

Facts are made of the article alone, and are small: names, citations, keys instead of texts.
What follows from the facts of all articles is in `kpucli.lint.overview`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from sys import intern

from kpucli.article import Article
from kpucli.lint.citations import find_citations
from kpucli.lint.dateline import read_dateline
from kpucli.lint.names import find_names
from kpucli.lint.prose import read_prose

_ROLE = re.compile(
    r"\b(?:Anggota|Asisten|Bendahara|Bupati|Camat|Dekan|Direktur|Divisi|Dosen|Gubernur|Inspektur"
    r"|Kabag|Kapol\w+|Kasub\w+|Kepala|Ketua|Komandan|Komisioner|Koordinator|Lurah|Moderator"
    r"|Narasumber|Operator|Rektor|Sekda|Sekretaris|Staf|Wakil|Wali)\b[^.;\n]*\Z"
)
_BEFORE = 80  # characters before a name in which its bearer's office is looked for
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_NOT_LETTERS = re.compile(r"[\W_]+")
_SHORTEST_LEAD = 60  # letters and digits; what is shorter may well be said twice


@dataclass(frozen=True, slots=True)
class Facts:
    """What archive-wide rules know of one article.

    `names` has each name of more than one word, with the office that the text gives its bearer
    ("" if none); `citations` kind, number, year and subject. `title` and `lead` are keys: equal
    where the texts are, but for case, blanks and punctuation; 0 where there is too little text.

    Facts are kept between runs (see `kpucli.lint.memory`): but for `path` and `day`, they are
    texts, numbers, None and tuples of these. A rule's answer may hang on these of other articles
    and on nothing else of theirs.
    """

    path: Path
    url: str
    aliases: tuple[str, ...]
    day: date | None
    tags: tuple[str, ...]
    title: int
    lead: int
    names: tuple[tuple[str, str], ...]
    citations: tuple[tuple[str, str, int, tuple[str, ...]], ...]


def collect(article: Article) -> Facts:
    """The facts of an article."""
    start = article.body_start
    text = read_prose(article.source, start).text
    return Facts(
        article.path,
        article.url,
        article.aliases,
        article.date.date() if "date" in article.data else None,
        tuple(map(intern, article.tags)),
        make_key(article.title),
        make_lead_key(text, article.source, start),
        tuple(_names(text, start)),
        tuple(
            (intern(item.kind), intern(item.number), item.year, item.subject)
            for item, _match in find_citations(text, start)
        ),
    )


def make_key(text: str) -> int:
    """A number for a text's letters and digits, the same in every run; 0 if it has none."""
    letters = _NOT_LETTERS.sub("", text).casefold()
    if not letters:
        return 0
    return int.from_bytes(blake2b(letters.encode("utf-8", "replace"), digest_size=8).digest())


def make_lead_key(text: str, source: str, start: int) -> int:
    """The key of the first paragraph without its dateline; 0 if it is short."""
    span = find_lead(text, source, start)
    letters = _NOT_LETTERS.sub("", text[slice(*span)]) if span else ""
    return make_key(letters) if len(letters) >= _SHORTEST_LEAD else 0


def find_lead(text: str, source: str, start: int) -> tuple[int, int] | None:
    """Where the first paragraph stands, without its dateline."""
    dateline = read_dateline(text, source, start)
    found = _PARAGRAPH.search(text, dateline.end if dateline else start)
    return found.span() if found else None


def _names(text: str, start: int) -> list[tuple[str, str]]:
    return list(
        dict.fromkeys(
            (intern(" ".join(use.words)), find_role(text, use.start))
            for use in find_names(text, start)
        )
    )


def find_role(text: str, position: int) -> str:
    """The office of whoever is named at `position`: "ketua kpu kabupaten jember"; "" if none."""
    window = text[max(0, position - _BEFORE) : position]
    found = _ROLE.search(window)
    words = _NOT_LETTERS.sub(" ", found[0]).lower().split() if found else []
    return intern(" ".join(words)) if len(words) > 1 else ""
