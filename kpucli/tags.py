"""Tags over the whole archive: counting them, and the changes that rename, merge or move them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kpucli.article import Article
from kpucli.change import Change
from kpucli.errors import ArticleError, KpuError
from kpucli.i18n import _
from kpucli.slug import MAX_LENGTH, refuse_device, tag_key


@dataclass(frozen=True, slots=True)
class TagCount:
    """How many articles carry a tag, and how often they were viewed."""

    tag: str
    articles: int
    views: int


def check_tag(tag: str) -> str:
    """The tag a user names for writing, in the form of the archive.

    Raises `KpuError` where it has no letter or digit, or is too long for an address.
    """
    key = tag_key(tag)
    hint = _("Tulis misalnya: media-sosial.")
    if not key:
        raise KpuError(_("Tag “{tag}” tidak berisi huruf atau angka.").format(tag=tag), hint)
    refuse_device(key)
    if len(key) > MAX_LENGTH:
        message = _("Tag “{tag}” terlalu panjang; paling banyak {length} karakter.")
        raise KpuError(message.format(tag=tag, length=MAX_LENGTH), hint)
    return key


def require_tags(articles: Iterable[Article], tags: Iterable[str]) -> None:
    """Raises `KpuError`, with the nearest tag there is, for one that no article has."""
    known = {tag for article in articles for tag in article.tags}
    for tag in tags:
        if tag not in known:
            near = _nearest(tag, known)
            hint = (
                _("Mungkin maksudnya “{near}”.").format(near=near)
                if near
                else _("Lihat semuanya dengan `kpucli tag list`.")
            )
            raise KpuError(_("Tidak ada artikel bertag “{tag}”.").format(tag=tag), hint)


def _nearest(tag: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches  # only where a tag was wrong

    forms = {tag_key(item): item for item in sorted(known)}
    near = get_close_matches(tag_key(tag), forms, n=1)
    return forms[near[0]] if near else None


def count_tags(articles: Iterable[Article]) -> list[TagCount]:
    """Every tag as written, the most used first."""
    articles_of: dict[str, int] = defaultdict(int)
    views_of: dict[str, int] = defaultdict(int)
    for article in articles:
        for tag in dict.fromkeys(article.tags):
            articles_of[tag] += 1
            views_of[tag] += article.views or 0
    counts = [TagCount(tag, count, views_of[tag]) for tag, count in articles_of.items()]
    return sorted(counts, key=lambda count: (-count.articles, count.tag))


def find_twins(tags: Iterable[str]) -> list[tuple[str, ...]]:
    """Groups of tags that differ only in form, such as `SOP`, `sop` and `S.O.P`.

    Forms that differ only by hyphens or a space (`media sosial`, `mediasosial`) count as well.
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for tag in tags:
        forms[tag_key(tag).replace("-", "")].add(tag)
    forms.pop("", None)  # tags without a letter have nothing in common
    return sorted(tuple(sorted(group)) for group in forms.values() if len(group) > 1)


def add_tag(articles: Iterable[Article], tag: str, failures: list[ArticleError]) -> list[Change]:
    """The changes that give articles a tag; those that have it in any form stay as they are.

    Articles whose line of tags cannot be changed go to `failures`, here and below.
    """
    return _changes(
        articles, lambda tags: list(tags) if _has(tags, tag) else [*tags, tag], failures
    )


def remove_tag(articles: Iterable[Article], tag: str, failures: list[ArticleError]) -> list[Change]:
    """The changes that take a tag from articles, in whatever form they write it."""
    key = tag_key(tag)
    return _changes(
        articles, lambda tags: [item for item in tags if tag_key(item) != key], failures
    )


def replace_tags(
    articles: Iterable[Article], old: Iterable[str], new: str, failures: list[ArticleError]
) -> list[Change]:
    """The changes that write `new` for every tag written exactly as one of `old`.

    An article that then has `new` twice keeps it once, at its first place.
    """
    wanted = set(old)

    def replace(tags: tuple[str, ...]) -> list[str]:
        if wanted.isdisjoint(tags):
            return list(tags)
        return list(dict.fromkeys(new if item in wanted else item for item in tags))

    return _changes(articles, replace, failures)


def _changes(
    articles: Iterable[Article],
    alter: Callable[[tuple[str, ...]], list[str]],
    failures: list[ArticleError],
) -> list[Change]:
    changes = []
    for article in articles:
        tags = alter(article.tags)
        if tags == list(article.tags):
            continue
        try:
            changes.append(article.edit({"tags": tags}))
        except KpuError as error:
            failures.append(ArticleError(error.message, error.hint, path=article.path))
    return changes


def _has(tags: Iterable[str], tag: str) -> bool:
    return tag_key(tag) in {tag_key(item) for item in tags}
