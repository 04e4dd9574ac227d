"""The site: where it lives, and what of each article its lists and feeds show."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kpucli.article import Article, Correction, Status, moment_of
from kpucli.config import Config
from kpucli.errors import ArticleError
from kpucli.labels import Category, Tag, make_category, make_labels, make_tags, make_title, one_line
from kpucli.outline import Outline, Standing
from kpucli.publish.markup import Markup, MarkupError, render_markdown, shorten
from kpucli.publish.picture import NO_PHOTOS, Photo

DESCRIPTION_LENGTH = 155  # of a page's description: search engines cut at about 160
_LEAD_LENGTH = 220  # characters of a lead in a list


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share.

    `prefix` is the path of the base address, "" for a site at its root; `labels` the words for
    tags by their keys; `preview` the number of a preview's build, None for the public site.
    """

    config: Config
    base_url: str
    prefix: str
    labels: Mapping[str, str]
    preview: int | None

    def link(self, path: str) -> str:
        """The address to link to within the site, for a path such as `/tag/`."""
        return self.prefix + path

    def absolute(self, path: str) -> str:
        """The whole address of a path."""
        return self.base_url + path


def make_site(config: Config, base_url: str | None = None, *, preview: int | None = None) -> Site:
    """The site of a configuration; `base_url` goes before the configured one."""
    address = (base_url or config.base_url).rstrip("/")
    _scheme, _slashes, rest = address.partition("://")
    _host, slash, path = rest.partition("/")
    shown = replace(
        config,
        name=one_line(config.name),
        long_name=one_line(config.long_name),
        description=one_line(config.description),
        author=one_line(config.author),
    )
    return Site(shown, address, slash + path, make_labels(config), preview)


@dataclass(frozen=True, slots=True)
class Illustration:
    """An article's main photograph, with what is said of it; `alt` may be empty in a preview."""

    photo: Photo
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as pages, lists and feeds need it; none of its texts holds a control character."""

    id: str
    url: str
    title: str
    date: datetime
    updated: datetime
    author: str
    category: Category
    tags: tuple[Tag, ...]
    views: int | None
    viewed: dt.date | None
    lead: str
    description: str
    corrections: tuple[Correction, ...]
    aliases: tuple[str, ...]
    status: Status
    markup: Markup
    illustration: Illustration | None
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """News that is no longer public: what its page says."""

    url: str
    title: str
    date: datetime
    reason: str


def choose_items(
    outlines: Iterable[Outline], site: Site, now: datetime
) -> tuple[list[Outline], list[Outline]]:
    """The articles to be published, newest first, and those withdrawn, by their addresses.

    In a preview drafts and scheduled ones are published too.
    """
    last = moment_of(now) if site.preview is None else sys.maxsize
    hidden = {Standing.WITHDRAWN} if site.preview is not None else set(Standing) - {Standing.PUBLIC}
    outlines = list(outlines)
    items = [item for item in outlines if item.standing not in hidden and item.moment <= last]
    # Of one moment, the address decides, so that the order never depends on the disk.
    items.sort(key=lambda item: (item.moment, item.id), reverse=True)
    withdrawn = (item for item in outlines if item.standing == Standing.WITHDRAWN)
    return items, sorted(withdrawn)


def make_withdrawal(article: Article) -> Withdrawal:
    """What is left of a withdrawn article."""
    told = article.withdrawal
    if told is None:
        raise ValueError(f"{article.path} is not withdrawn")
    return Withdrawal(article.url, make_title(article), told.date, one_line(told.text))


def make_entry(
    article: Article,
    site: Site,
    status: Status,
    photos: Mapping[str, Photo] = NO_PHOTOS,
    viewed: dt.date | None = None,
) -> Entry:
    """One article's entry. Raises `ArticleError` for a text that cannot be shown.

    `photos` are those that can be shown, by the names that it gives them; `viewed` is the last day
    whose views are counted.
    """
    try:
        markup = render_markdown(article.body, site.prefix, photos)
    except MarkupError as error:
        raise ArticleError(error.message, path=article.path) from error
    title = make_title(article)
    summary = one_line(article.summary or "") or markup.lead or title
    corrections = tuple(
        Correction(correction.date, one_line(correction.text)) for correction in article.corrections
    )
    moment = article.date
    return Entry(
        id=article.id,
        url=article.url,
        title=title,
        date=moment,
        updated=max([moment, *(correction.date for correction in corrections)]),
        author=one_line(article.author or "") or site.config.author,
        category=make_category(article.category, site.config),
        tags=make_tags(article.tags, site.labels),
        views=article.views,
        viewed=viewed,
        lead=shorten(summary, _LEAD_LENGTH),
        description=shorten(summary, DESCRIPTION_LENGTH),
        corrections=corrections,
        aliases=article.aliases,
        status=status,
        markup=markup,
        illustration=_make_illustration(article, photos),
        photos=tuple(photos.values()),
    )


def _make_illustration(article: Article, photos: Mapping[str, Photo]) -> Illustration | None:
    image = article.image or {}
    photo = photos.get(image.get("file", ""))
    if photo is None:
        return None
    alt, caption, credit = (one_line(image.get(key, "")) for key in ("alt", "caption", "credit"))
    return Illustration(photo, alt, caption, credit)
