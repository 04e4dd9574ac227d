"""The office's own "Berita Terkini" page, saved as text.

Each item is a line with its view count, a line with its title, its text, and "Selengkapnya".
The page lists the newest item first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path

from kpucli.errors import KpuError
from kpucli.headline import headline_case, is_all_caps
from kpucli.i18n import _
from kpucli.importers.item import ImportedItem, Note, make_key
from kpucli.importers.newsday import find_news_day
from kpucli.importers.page_order import settle_days
from kpucli.plain_text import escape_markdown
from kpucli.visible import drop_invisible

_END = re.compile(r"(?:baca )?selengkapnya[\s.…»→>]*", re.IGNORECASE)
_HEADER = re.compile(r"berita terkini", re.IGNORECASE)
_VIEWS = re.compile(
    r"(?:dilihat:? ?)?(\d{1,3}(?:\.\d{3})+|\d{1,9})(?: ?(?:kali|x))?(?: dilihat)?", re.IGNORECASE
)
_FEWEST_WORDS = 10  # of a text that "Selengkapnya" does not close; fewer are the page's footer

# The page flattened paragraphs into one line: a sentence's end and a wide gap.
_GAP = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][”\"’)]))[ \u00a0]{2,}(?=\S)|(?<=[a-z]{4}[.!?])\u00a0(?=[A-Z“\"])"
)
# "1.    7 (tujuh)" is a list's number, "Drs.  Ahmad" a title: no ends.
_NO_END = re.compile(
    r"(?:^|[\s(])(?:\d{1,2}|[A-Za-z]|Dra?|Drs|Ir|Prof|Hj|No|Nr|Jln?|Kab|Kec|Pkl|Tgl|a\.n|s\.d|u\.p)\.$"
)


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines up to a "Selengkapnya", a page's header or the end; `line` is the first's number."""

    line: int
    lines: tuple[str, ...]
    is_closed: bool  # by "Selengkapnya"

    @property
    def is_first(self) -> bool:
        """Whether a page's menu may stand before the item."""
        return self.line == 1


@dataclass(frozen=True, slots=True)
class _RawItem:
    title: str
    views: int | None
    lines: tuple[str, ...]

    def paragraphs(self) -> list[str]:
        return [" ".join(part.split()) for line in self.lines for part in _split_line(line)]


def read_berita(
    text: str, path: Path, *, now: datetime, zone: tzinfo
) -> tuple[list[ImportedItem], list[Note]]:
    """The items of a page's text, in its order, and notes on lines that belong to none.

    `now` bounds the dates: news is not from the future. Raises `KpuError`, naming `path`, when the
    text is not such a page.
    """
    notes: list[Note] = []
    blocks = list(_split(drop_invisible(text)))
    raw_items = [item for block in blocks if (item := _read_block(block, notes))]
    if not any(item.views is not None for item in raw_items) or not any(
        block.is_closed for block in blocks
    ):
        raise KpuError(
            _("Berkas ini bukan salinan halaman “Berita Terkini”."),
            _("Tiap berita harus berisi jumlah dilihat, judul, teks, dan “Selengkapnya”."),
            path=path,
        )
    stated = [find_news_day(item.title, item.paragraphs(), now.date()) for item in raw_items]
    days = settle_days(stated, now.date())
    return [
        _make(item, day, doubt, zone) for item, (day, doubt) in zip(raw_items, days, strict=True)
    ], notes


def _split(text: str) -> Iterator[_Block]:
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    start = 0
    for number, line in enumerate(lines):
        if _END.fullmatch(line) or _HEADER.fullmatch(line):
            yield _Block(start + 1, tuple(lines[start:number]), bool(_END.fullmatch(line)))
            start = number + 1
    yield _Block(start + 1, tuple(lines[start:]), is_closed=False)


def _read_block(block: _Block, notes: list[Note]) -> _RawItem | None:
    """The block's item; `notes` tells of lines that belong to none."""
    lines = [(block.line + index, line) for index, line in enumerate(block.lines) if line]
    count = _find_views(lines, anywhere=block.is_first)
    skipped, rest = (lines, []) if count is None else (lines[:count], lines[count + 1 :])
    if count is None and block.is_closed and len(lines) > 1 and _has_letter(lines[0][1]):
        skipped, rest = [], lines
    if not block.is_closed and sum(len(line.split()) for _n, line in rest[1:]) < _FEWEST_WORDS:
        skipped, rest = lines, []
    if skipped:
        notes.append(_describe_skipped(skipped))
    if not rest:
        return None
    title = " ".join(rest[0][1].split())
    if count is None:
        notes.append(Note(title, _("Jumlah dilihat tidak ada.")))
    if len(rest) == 1:
        notes.append(Note(title, _("Teksnya kosong.")))
    views = None if count is None else _read_views(lines[count][1])
    return _RawItem(title, views, tuple(line for _number, line in rest[1:]))


def _find_views(lines: Sequence[tuple[int, str]], *, anywhere: bool) -> int | None:
    """The index of the view count: a number above a title, and the item's first line.

    On top of a page it may stand `anywhere`, below a menu.
    """
    for index in range(len(lines) - 1 if anywhere else min(1, len(lines) - 1)):
        title = lines[index + 1][1]
        if (
            _read_views(lines[index][1]) is not None
            and _read_views(title) is None
            and _has_letter(title)
        ):
            return index
    return None


def _has_letter(line: str) -> bool:
    return any(character.isalpha() for character in line)


def _read_views(line: str) -> int | None:
    match = _VIEWS.fullmatch(line)
    return int(match.group(1).replace(".", "")) if match else None


def _describe_skipped(lines: Sequence[tuple[int, str]]) -> Note:
    first, last = lines[0][0], lines[-1][0]
    words = " / ".join(line for _number, line in lines)
    return Note(
        _("baris {number}").format(number=first if first == last else f"{first}–{last}"),
        _("Bukan bagian dari berita; dilewati: {text}").format(
            text=words if len(words) <= 120 else f"{words[:120]}…"
        ),
    )


def _split_line(line: str) -> Iterator[str]:
    start = 0
    for gap in _GAP.finditer(line):
        if not _NO_END.search(line[max(start, gap.start() - 10) : gap.start()]):
            yield line[start : gap.start()]
            start = gap.end()
    yield line[start:]


def _make(item: _RawItem, day: date, doubt: str | None, zone: tzinfo) -> ImportedItem:
    paragraphs = item.paragraphs()
    title = item.title
    if is_all_caps(title):
        title = headline_case(title, evidence=" ".join(paragraphs))
    return ImportedItem(
        key=make_key("berita", item.title, *item.lines),
        title=title,
        original_title=item.title if title != item.title else None,
        date=datetime.combine(day, time(), zone),
        doubt=doubt,
        views=item.views,
        body="\n\n".join(map(escape_markdown, paragraphs)),
    )
