"""What captions are made of: an article's title, summary, lead, address and hashtags. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from kpucli.article import Article
from kpucli.config import Config
from kpucli.labels import make_labels, make_tags, make_title
from kpucli.markdown import find_lead, to_html
from kpucli.sentences import find_sentences
from kpucli.visible import clean_line

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’‘`´]")


@dataclass(frozen=True, slots=True)
class Story:
    """One article; `summary` and `lead` in sentences, either may be empty.

    Hashtags, each with its `#`, begin with those of the house.
    """

    title: str
    summary: tuple[str, ...]
    lead: tuple[str, ...]
    link: str
    site: str
    hashtags: tuple[str, ...]


def make_story(article: Article, config: Config) -> Story:
    """What there is to say of an article on the networks."""
    house = config.caption.house_hashtags
    words = (config.name,) if house is None else house
    tags = make_tags(article.tags, make_labels(config))
    return Story(
        title=clean_line(make_title(article)),
        summary=_split(article.summary or ""),
        lead=_split(find_lead(to_html(article.body))),
        link=config.base_url + article.url,
        site=urlsplit(config.base_url).netloc,
        hashtags=_make_hashtags([*words, *(tag.label for tag in tags)]),
    )


def _split(text: str) -> tuple[str, ...]:
    line = clean_line(text)
    return tuple(line[sentence.start : sentence.end] for sentence in find_sentences(line))


def _make_hashtags(phrases: Iterable[str]) -> tuple[str, ...]:
    """A hashtag for each phrase, each once; numbers alone make none on any network."""
    found: dict[str, str] = {}
    for phrase in phrases:
        words = _WORD.findall(_APOSTROPHES.sub("", phrase))
        hashtag = "".join(word[:1].upper() + word[1:] for word in words)
        if hashtag and not hashtag.isdigit():
            found.setdefault(hashtag.casefold(), f"#{hashtag}")
    return tuple(found.values())
