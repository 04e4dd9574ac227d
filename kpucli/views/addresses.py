"""The addresses that articles are known by, and those in logs compared with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from urllib.parse import unquote_to_bytes, urlsplit

from kpucli.article import Article

_MOST_STARTS = 6  # a block is searched once for each; with more, for every page
_INDEX = b"/index.html"


@dataclass(frozen=True, slots=True)
class Target:
    """An article as logs are compared with it.

    `first` and `last` are the days (ISO 8601) on which it can have been viewed: from its date to
    its withdrawal.
    """

    id: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """Articles by the paths of their addresses, without the slash at the end."""

    targets: Mapping[bytes, Target]
    starts: tuple[bytes, ...] = field(default=())

    def find(self, path: bytes) -> Target | None:
        """The article that a path in a log leads to.

        With or without query, slash at the end, `index.html`, and whatever is percent-encoded.
        """
        target = self.targets.get(path[:-1])  # as nearly all are written
        return (
            target if target is not None and path.endswith(b"/") else self.targets.get(_tidy(path))
        )


def collect_addresses(articles: Iterable[Article], base_url: str, zone: tzinfo) -> Addresses:
    """The addresses of articles, old ones too, on the site at `base_url`.

    An article's own address goes before another's alias; of two with one alias, the newer has it.
    """
    prefix = urlsplit(base_url).path.rstrip("/")
    newest_first = sorted(articles, key=lambda article: (article.date, article.id), reverse=True)
    targets: dict[bytes, Target] = {}
    for article in newest_first:
        targets[_tidy((prefix + article.url).encode())] = _make_target(article, zone)
    for article in newest_first:
        for alias in article.aliases:
            path = _tidy((prefix + alias).encode())
            if path.startswith(b"/"):
                targets.setdefault(path, _make_target(article, zone))
    return Addresses(targets, _find_starts(targets))


def _make_target(article: Article, zone: tzinfo) -> Target:
    end = article.withdrawal
    return Target(
        article.id,
        article.date.astimezone(zone).date().isoformat(),
        end.date.astimezone(zone).date().isoformat() if end else "9999-12-31",
    )


def _find_starts(paths: Iterable[bytes]) -> tuple[bytes, ...]:
    """What paths in a log begin with: first folders, or the first letters where they are many."""
    starts: set[bytes] = set()
    for path in paths:
        folder, slash, _rest = path[1:].partition(b"/")
        starts.add(b"/" + folder + slash)
    if any(not start.isascii() for start in starts) or len(starts) > _MOST_STARTS:
        return (b"/",)
    return tuple(sorted(starts))


def _tidy(path: bytes) -> bytes:
    path = path.partition(b"?")[0].partition(b"#")[0]
    if b"%" in path:
        path = unquote_to_bytes(path)
    path = path.removesuffix(_INDEX)
    return path.rstrip(b"/")
