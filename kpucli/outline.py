"""What of an article decides where it stands on a site: little enough to hold for a million."""

from __future__ import annotations

import json
import re
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kpucli.article import Article, moment_of

_TELLING = re.compile(r"[^\W\d_]{5,}")


class Standing(StrEnum):
    """Whether an article is meant for the public; only the clock decides beside it."""

    PUBLIC = ""
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


class Outline(NamedTuple):
    """An article without its texts.

    `content` stands for all that its file says (see `kpucli.index.hash_content`). Moments are in
    microseconds since 1970: that of the article, and of its latest correction. `month` is the
    calendar's, as 202204. `facets` are its category and tags as written (see `read_facets`);
    `words` the words of its title that tell what it is about; `aliases` as JSON, "" for none.
    `viewed` is the last day whose views are counted among `views`, as its ordinal.
    """

    id: str
    content: bytes
    moment: int
    month: int
    corrected: int | None
    standing: str
    facets: str
    words: str
    views: int | None
    aliases: str
    has_images: bool
    has_links: bool
    viewed: int | None = None

    @property
    def url(self) -> str:
        """The address on the site, from its root."""
        return f"/berita/{self.id}/"

    @property
    def updated(self) -> int:
        """The moment of its last change that readers are told of."""
        return max(self.moment, self.corrected or 0)


def make_outline(article: Article, content: bytes) -> Outline:
    """The outline of a sound article whose file's content has this hash."""
    date = article.date
    corrections = article.corrections
    body = article.body
    return Outline(
        article.id,
        content,
        moment_of(date),
        date.year * 100 + date.month,
        moment_of(corrections[-1].date) if corrections else None,
        _find_standing(article),
        _write([article.category, *article.tags]),
        " ".join(sorted({word.lower() for word in _TELLING.findall(article.title)})),
        article.views,
        _write(article.aliases) if article.aliases else "",
        article.image is not None or "![" in body,
        "](" in body or "]:" in body,
    )


def read_facets(facets: str) -> tuple[str | None, list[str]]:
    """Category and tags, as they were written."""
    category, *tags = json.loads(facets)
    return category, tags


def read_aliases(aliases: str) -> list[str]:
    """The older addresses of an outline."""
    return list(json.loads(aliases)) if aliases else []


def _find_standing(article: Article) -> Standing:
    """As `Article.status` has it."""
    status = article.status(datetime.max.replace(tzinfo=article.zone)).value
    return Standing(status) if status in set(Standing) else Standing.PUBLIC


def _write(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
