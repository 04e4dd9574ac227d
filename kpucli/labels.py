"""The words that readers see for an article's tags, its category, and its title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kpucli.article import Article
from kpucli.config import Config
from kpucli.headline import headline_case, is_all_caps
from kpucli.slug import MAX_LENGTH, tag_key
from kpucli.visible import drop_forbidden


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag's key (its place in addresses) and the words shown for it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Category:
    """What kind of news an article is: a category's key and the words shown for it."""

    key: str
    label: str

    @property
    def path(self) -> str:
        """Where its list is."""
        return f"/kategori/{self.key}/"


def make_title(article: Article) -> str:
    """The title to show: one that is set in capitals, as old sites have them, in headline case."""
    title = one_line(article.title)
    return headline_case(title, evidence=article.body) if is_all_caps(title) else title


def make_labels(config: Config) -> dict[str, str]:
    """The words that an office wants to be shown for tags, by their keys."""
    return {_key_of(tag): one_line(label) for tag, label in config.tag_labels.items()}


def make_tags(tags: Iterable[str], labels: Mapping[str, str]) -> tuple[Tag, ...]:
    """Tags, each once, with their labels: the one given, else the tag's words with capitals."""
    keys = dict.fromkeys(map(_key_of, tags))
    return tuple(Tag(key, labels.get(key) or _capitalise(key)) for key in keys if key)


def make_category(name: str | None, config: Config) -> Category:
    """The category of that name or key, or the office's usual one."""
    key = _key_of(name or "") or _key_of(config.category) or "berita"
    return Category(key, one_line(config.categories.get(key, "")) or _capitalise(key))


@lru_cache(maxsize=4096)
def _key_of(tag: str) -> str:
    """A tag's key, at most as long as a folder's name may be; articles share few tags."""
    return tag_key(tag)[:MAX_LENGTH].strip("-")


def _capitalise(key: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in key.split("-"))


def one_line(text: str) -> str:
    """A text on one line, without the characters that no page may hold."""
    return " ".join(drop_forbidden(text).split())
