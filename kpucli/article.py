"""An article: a Markdown file with front matter, parsed once and never guessed at. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum
from pathlib import Path
from typing import Any

from kpucli.change import Change
from kpucli.errors import ArticleError, KpuError
from kpucli.front_matter import (
    MAX_BYTES,
    Problem,
    ProblemKind,
    as_datetime,
    check_fields,
    edit_fields,
    find_field,
)
from kpucli.i18n import _
from kpucli.slug import DEVICE
from kpucli.text_file import BOM, decode_text, encode_text
from kpucli.toml import TomlError, parse_toml

SLUG = re.compile(rf"(?!{DEVICE}(?![a-z0-9-]))[a-z0-9](?:[a-z0-9-]{{0,78}}[a-z0-9])?")

_NO_DATE = datetime(1900, 1, 1)  # noqa: DTZ001 - only a stand-in where `problems` tells of it
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OPENING = re.compile(r"\+\+\+[ \t]*\r?(?:\n|$)")
_CLOSING = re.compile(r"^\+\+\+[ \t]*\r?$\n?", re.MULTILINE)


class Status(Enum):
    """Where an article stands; derived, never stored."""

    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated correction shown with the article."""

    date: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its file says.

    `source` is the file's text without a byte order mark; `data` the parsed front matter;
    `front_matter_span` and `body_start` are character offsets into `source`. Fields that are
    missing or mistyped have their default, and `problems` tells of them. `counted` are the views
    counted here, which no file tells (see `kpucli.counted`).
    """

    path: Path
    source: str
    has_bom: bool
    data: Mapping[str, Any]
    front_matter_span: tuple[int, int]
    body_start: int
    zone: tzinfo
    problems: tuple[Problem, ...]
    counted: int = 0

    @property
    def slug(self) -> str:
        """The file's name: the last part of the address."""
        return self.path.stem

    @property
    def id(self) -> str:
        """`YYYY/slug`."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def url(self) -> str:
        """The address on the site, from its root: `/berita/YYYY/slug/`."""
        return f"/berita/{self.id}/"

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self.source[self.body_start :]

    @property
    def front_matter(self) -> str:
        """The TOML between the `+++` lines."""
        start, end = self.front_matter_span
        return self.source[start:end]

    @property
    def title(self) -> str:
        """The headline."""
        return str(self._get("title", ""))

    @property
    def date(self) -> datetime:
        """The day and time of the news, always with an offset."""
        return as_datetime(self._get("date", _NO_DATE), self.zone)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags as written."""
        return tuple(self._get("tags", ()))

    @property
    def summary(self) -> str | None:
        """The summary, where the file gives one."""
        return self._get("summary", None)  # type: ignore[no-any-return]

    @property
    def author(self) -> str | None:
        """The author, where the file gives one."""
        return self._get("author", None)  # type: ignore[no-any-return]

    @property
    def category(self) -> str | None:
        """The category, where the file gives one."""
        return self._get("category", None)  # type: ignore[no-any-return]

    @property
    def image(self) -> Mapping[str, str] | None:
        """The main photograph, where there is one: `file`, perhaps `alt`, `caption`, `credit`."""
        return self._get("image", None)  # type: ignore[no-any-return]

    @property
    def views(self) -> int | None:
        """How often it was viewed: carried over from an older site, and counted since."""
        carried = self._get("views", None)
        return (carried or 0) + self.counted if self.counted else carried

    @property
    def aliases(self) -> tuple[str, ...]:
        """Older addresses."""
        return tuple(self._get("aliases", ()))

    @property
    def lint_ignore(self) -> tuple[str, ...]:
        """Codes of rules that the whole article is excused from."""
        return tuple(self._get("lint_ignore", ()))

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Corrections, oldest first."""
        found = (
            Correction(as_datetime(item["date"], self.zone), item["text"])
            for item in self._get("corrections", ())
        )
        return tuple(sorted(found, key=lambda correction: correction.date))

    @property
    def withdrawal(self) -> Correction | None:
        """When and why the article was withdrawn, if it was."""
        found = self._get("withdrawn", None)
        if found is None:
            return None
        return Correction(as_datetime(found["date"], self.zone), found["reason"])

    def status(self, now: datetime) -> Status:
        """Withdrawn, draft, scheduled (dated after `now`) or published."""
        if "withdrawn" in self.data:
            return Status.WITHDRAWN
        # A `draft` that cannot be understood must never put an article online.
        if self.data.get("draft", False) is not False:
            return Status.DRAFT
        return Status.SCHEDULED if self.date > now else Status.PUBLISHED

    def line_of(self, offset: int) -> int:
        """The 1-based line of a character offset into `source`."""
        return self.source.count("\n", 0, offset) + 1

    def edit(self, values: Mapping[str, Any]) -> Change:
        """The change that sets fields to `values` (None takes one out). See `edit_fields`."""
        start, end = self.front_matter_span
        try:
            edited = edit_fields(self.front_matter, values)
        except KpuError as error:
            error.path = self.path
            raise
        return self.replace_source(self.source[:start] + edited + self.source[end:])

    def replace_source(self, source: str) -> Change:
        """The change that gives the file another text, keeping its byte order mark."""
        return Change(self.path, self._encode(self.source), self._encode(source))

    def _encode(self, source: str) -> bytes:
        return (BOM if self.has_bom else b"") + encode_text(source, self.path)

    def _get(self, name: str, default: Any) -> Any:
        if any(problem.field == name for problem in self.problems):
            return default
        return self.data.get(name, default)


def moment_of(date: datetime) -> int:
    """A date in microseconds since 1970, by which articles are put in order."""
    return (date - _EPOCH) // timedelta(microseconds=1)


def parse_article(content: bytes, path: Path, zone: tzinfo) -> Article:
    """The article that a file's bytes describe; `zone` is for dates that state no offset.

    Raises `ArticleError`, naming the line, where there is no readable front matter: no `+++`, bytes
    that are not UTF-8, text that is not TOML. Fields of a wrong type are `problems`, not errors.
    """
    has_bom = content.startswith(BOM)
    source = decode_text(content, path, ArticleError)
    start, end, body_start = _find_front_matter(source, path)
    try:
        data = parse_toml(source[start:end])
    except TomlError as error:
        # The front matter's first line is the file's second.
        message = _("Bagian di antara +++ tidak terbaca: {reason}.").format(reason=error.message)
        raise ArticleError(message, path=path, line=error.line + 1) from error
    problems = tuple(check_fields(data))
    return Article(path, source, has_bom, data, (start, end), body_start, zone, problems)


def problem_error(article: Article) -> ArticleError | None:
    """The first problem that keeps an article from being listed or published, as an error."""
    for problem in article.problems:
        if problem.kind is ProblemKind.UNKNOWN:
            continue
        span = find_field(article.front_matter, problem.field)
        line = article.line_of(article.front_matter_span[0] + span[0]) if span else 1
        return ArticleError(f"{problem.message}.", path=article.path, line=line)
    return None


def _find_front_matter(source: str, path: Path) -> tuple[int, int, int]:
    opening = _OPENING.match(source)
    if not opening:
        message = _("Baris pertama harus +++ (pembuka judul, tanggal, dan tag).")
        raise ArticleError(message, path=path, line=1)
    closing = _CLOSING.search(source, opening.end())
    if not closing:
        message = _("Baris +++ penutup tidak ada.")
        hint = _("Tulis +++ sendirian di baris sesudah isian terakhir.")
        raise ArticleError(message, hint, path=path, line=1)
    if len(source[opening.end() : closing.start()].encode()) > MAX_BYTES:
        message = _("Bagian di antara +++ lebih dari 64 KiB.")
        raise ArticleError(message, path=path, line=1)
    return opening.end(), closing.start(), closing.end()


_LONGEST_LINE = 100  # of a list in new front matter; a longer one gets a line an item


def compose_article(data: Mapping[str, Any], body: str) -> bytes:
    """The file of a new article: its fields in the order given, None left out, then its text.

    Raises `KpuError` for a value that its field cannot hold: the article could not be read again.
    """
    known = {name: value for name, value in data.items() if value is not None}
    for problem in check_fields(known):
        if problem.kind is ProblemKind.MISTYPED:
            raise KpuError(f"{problem.message}.")
    front_matter = "".join(_write_field(name, value) for name, value in known.items())
    text = body.strip("\r\n")
    below = f"\n{text}\n" if text else ""
    return encode_text(f"+++\n{front_matter}+++\n{below}")


def _write_field(name: str, value: object) -> str:
    from kpucli.toml.editing import write_value  # only new articles need it

    line = f"{name} = {write_value(value)}\n"
    if isinstance(value, list) and len(line) > _LONGEST_LINE:
        items = "".join(f"    {write_value(item)},\n" for item in value)
        return f"{name} = [\n{items}]\n"
    return line
