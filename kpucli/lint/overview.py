"""What the linter knows of the whole archive, whichever articles it reports on.

Bodies are not kept: `collect` makes a few facts of each article, and rules ask for what is
derived from them. Nothing is read before a rule asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from kpucli.archive import Archive
from kpucli.article import Article


@dataclass(frozen=True, slots=True)
class Facts:
    """What archive-wide rules know of one article."""

    path: Path
    url: str
    aliases: tuple[str, ...]


def collect(article: Article) -> Facts:
    """The facts of an article."""
    return Facts(article.path, article.url, article.aliases)


@dataclass(frozen=True)
class Overview:
    """The archive as rules see it. `instead` is a text not yet saved, taken for its file's."""

    archive: Archive
    instead: Article | None = None

    @cached_property
    def addresses(self) -> dict[str, list[Path]]:
        """Which files claim an address (see `address_key`), as their own or as an alias."""
        claims: dict[str, list[Path]] = {}
        for facts in self._facts():
            for key in dict.fromkeys(map(address_key, (facts.url, *facts.aliases))):
                claims.setdefault(key, []).append(facts.path)
        return claims

    def _facts(self) -> Iterator[Facts]:
        if self.archive.root.exists():
            for item in self.archive.scan():
                if isinstance(item, Article) and not self._is_replaced(item):
                    yield collect(item)
        if self.instead is not None:
            yield collect(self.instead)

    def _is_replaced(self, article: Article) -> bool:
        return self.instead is not None and article.path == self.instead.path


def address_key(address: str) -> str:
    """What makes two addresses one file on a host that does not tell capitals apart."""
    path = unquote(address).casefold().partition("?")[0].partition("#")[0]
    return "/" + path.removesuffix("index.html").strip("/")
