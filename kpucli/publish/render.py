"""Pages to bytes. Pure: the same plan at the same moment gives the same bytes on any machine."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from minijinja import Environment, TemplateError

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.index import hash_content, hash_program
from kpucli.outline import Outline
from kpucli.publish import feeds, sitemaps
from kpucli.publish.context import Context, show_links
from kpucli.publish.library import Entries
from kpucli.publish.menu import make_footer, make_menu
from kpucli.publish.pages import ERROR_PATH, Pages
from kpucli.publish.picture import NO_ALBUM, NO_PHOTOS, Album
from kpucli.publish.plan import ARCHIVE, CORRECTIONS, HOME, SEARCH, TAGS, Feed, ListPage, Plan
from kpucli.publish.search import MakeIndex, make_records
from kpucli.publish.share_image import ShareImages, make_share_images
from kpucli.publish.site import Site
from kpucli.publish.theme import Theme, read_theme

PREVIEW_SCRIPT = "/pratinjau.js"

_ATOM, _JSON_FEED = f"{HOME.path}umpan.atom", f"{HOME.path}umpan.json"
_FEEDS = (_ATOM, _JSON_FEED, sitemaps.SITEMAP_PATH)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its path below the output folder, and its content or where that is.

    What is large is copied from a file, and not read before it is needed.
    """

    path: str
    source: bytes | Path

    @property
    def content(self) -> bytes:
        """The bytes."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()


class Unit(NamedTuple):
    """A file that is no article's: what it hangs on, as a hash, and how it is made.

    `moment` is that of the newest article it shows.
    """

    path: str
    mark: bytes
    moment: int
    make: Callable[[], bytes]


# The mark of the list at a path that shows these articles, where it is known without a look.
RecallMark = Callable[[str, Sequence[Outline]], bytes | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all files hang on, but for the articles; `mark` is its hash."""

    theme: Theme
    images: ShareImages
    mark: bytes


def read_setting(site: Site) -> Setting:
    """The setting of a site. Raises `KpuError` for a theme or an image that cannot be used."""
    theme, images = read_theme(site.config), make_share_images(site)
    config = replace(site.config, root=Path(), source=None, articles=Path(), output=Path())
    parts = (
        hash_program().hex(),
        config,
        site.base_url,
        sorted(site.labels.items()),
        sorted(theme.templates.items()),
        (theme.stylesheet, theme.search_script, theme.logo),
        images.of_site,
    )
    return Setting(theme, images, hash_content(repr(parts).encode("utf-8", "replace")))


class Press:
    """What makes the files of a site. Raises `KpuError` for a template or menu that is wrong."""

    def __init__(
        self,
        plan: Plan,
        site: Site,
        setting: Setting,
        entries: Entries,
        now: datetime,
        album: Album = NO_ALBUM,
    ) -> None:
        self.plan = plan
        self._site = site
        self._entries = entries
        self._now = now
        self._album = album
        self._theme = setting.theme
        self._images = setting.images
        shared = _share(plan, site, self._theme)
        self.frame = hash_content(setting.mark + repr(shared).encode("utf-8", "replace"))
        with self._errors_worded():
            environment = Environment(
                templates=dict(self._theme.templates),
                globals=shared,
                undefined_behavior="strict",
            )
        self.has_search = site.config.search.enabled
        self._pages = Pages(plan, site, environment, self._images, entries)

    @cached_property
    def marks(self) -> Mapping[str, bytes]:
        """By its id, the hash of all that is shown of each article.

        16 bytes for its file, then the rest.
        """
        return {item.id: self._mark(item) for item in self.plan.items}

    def _mark(self, item: Outline) -> bytes:
        photos = self._album.get(item.id)
        mark = item.content
        if item.views is not None or item.viewed is not None:
            mark += f"{item.views} {item.viewed}".encode()
        if photos:
            shown = [(name, photo.digest) for name, photo in sorted(photos.items())]
            mark += b"\n" + hash_content(repr(shown).encode())
        return mark

    def _join_marks(self, items: Iterable[Outline], *more: str) -> bytes:
        """The addresses and marks of articles, and other words that count, as one."""
        marks = self.marks
        return "\0".join(more).encode() + b"\0".join(
            [item.id.encode() + marks[item.id] for item in items]
        )

    def make_articles(self, places: Iterable[int]) -> Iterator[tuple[Outline, list[File]]]:
        """The files of the articles at some places in the plan, the page first."""
        with self._errors_worded():
            for page in self.plan.articles(places):
                text = self._pages.article(page)
                yield page.item, [_file(page.item.url, text.encode()), *self._beside(page.item)]

    def _beside(self, item: Outline) -> Iterator[File]:
        """An article's photographs, each once though it may have two names, and own image."""
        files = {
            photo.address(version): photo.file(version)
            for photo in self._album.get(item.id, NO_PHOTOS).values()
            for version in photo.versions
        }
        for name, source in files.items():
            yield File(f"{item.url.lstrip('/')}{name}", source)
        if self._site.config.title_images:
            own = self._images.make_own(self._entries.of(item))
            if own is not None:
                yield _file(*own)

    def units(self, recall: RecallMark = lambda _path, _items: None) -> Iterator[Unit]:
        """All other files, but for the search; the marks of lists are those that are recalled."""
        yield from self._assets()
        for page in self.plan.lists:
            yield self._list_unit(page, recall)
            if page.feed is not None and page.pagination.number is None:
                yield from self._feed_units(page.feed)
        yield from self._overviews()
        yield from self._sitemaps()
        for item in self.plan.withdrawn:
            yield self._unit(item.url, item.content, partial(self._pages.withdrawal, item))
        for path, item in self.plan.redirects:
            make = partial(self._pages.redirect, item)
            yield self._unit(path, _identify(item), make, item.moment)

    def _assets(self) -> Iterator[Unit]:
        theme, image = self._theme, self._images.of_site
        for path, content in (
            (theme.stylesheet_path, theme.stylesheet),
            (theme.logo.path, theme.logo.content),
            (sitemaps.ROBOTS_PATH, sitemaps.make_robots(self._site)),
        ):
            yield Unit(_place(path), hash_content(content), 0, partial(bytes, content))
        yield Unit(_place(image.path), image.path.encode(), 0, self._images.make_common)
        yield self._unit(ERROR_PATH, b"", self._pages.error)

    def _list_unit(self, page: ListPage, recall: RecallMark) -> Unit:
        path, moment = _place(page.path), page.items[0].moment if page.items else 0
        make = partial(self._make_page, partial(self._pages.list_page, page))
        # What the home page shows beside its list may be of any article.
        known = None if page.path == HOME.path else recall(path, page.items)
        return Unit(path, known or self._mark_list(page), moment, make)

    def _mark_list(self, page: ListPage) -> bytes:
        here = page.pagination
        # Not how many articles and pages there are: that would change them all.
        position = f"{here.newer} {here.older} {here.shown}"
        intro = page.intro if here.number is None else ""
        crumbs = (crumb.label for crumb in page.crumbs)
        head = page.kind, page.section, page.heading, page.topic, position, intro, *crumbs
        marks = self._join_marks(page.items, *head)
        if page.path == HOME.path:
            plan = self.plan
            marks += self._join_marks(plan.popular, repr((plan.years, plan.tags)))
        return hash_content(marks)

    def _feed_units(self, feed: Feed) -> Iterator[Unit]:
        marks = self._join_marks(feed.items, feed.topic)
        moment = feed.items[0].moment if feed.items else 0
        for path, write in (
            (feed.atom_path, feeds.make_atom),
            (feed.json_path, feeds.make_json_feed),
        ):
            make = partial(self._make_feed, feed, write)
            yield Unit(_place(path), hash_content(marks), moment, make)

    def _make_feed(self, feed: Feed, write: Callable[..., bytes]) -> bytes:
        return write(feed, self._entries.all_of(feed.items), self._site)

    def _overviews(self) -> Iterator[Unit]:
        plan, pages = self.plan, self._pages
        yield self._unit(TAGS.path, repr(plan.tags).encode(), pages.tags)
        marks = self._join_marks(plan.corrected)
        yield self._unit(CORRECTIONS.path, marks, pages.corrections)
        for page in plan.archives:
            yield self._unit(page.path, repr(page).encode(), partial(pages.archive, page))

    def _sitemaps(self) -> Iterator[Unit]:
        site = self._site
        parts = sitemaps.divide_sitemap(self.plan)
        for part in parts:
            # The time of a change is in the file, and so in its hash.
            marks = chain(map(_identify, part.items), map(str.encode, part.others))
            mark = hash_content(b"\0".join(marks))
            yield Unit(_place(part.path), mark, 0, partial(sitemaps.write_part, part, site))
        if len(parts) > 1:
            content = sitemaps.write_index(parts, site)
            yield Unit(
                _place(sitemaps.SITEMAP_PATH), hash_content(content), 0, partial(bytes, content)
            )
        news = self._entries.all_of(sitemaps.find_news(self.plan.items, self._now))
        content = sitemaps.make_news_sitemap(news, site)
        yield Unit(_place(sitemaps.NEWS_PATH), hash_content(content), 0, partial(bytes, content))

    def _unit(self, path: str, marks: bytes, make: Callable[[], str], moment: int = 0) -> Unit:
        return Unit(_place(path), hash_content(marks), moment, partial(self._make_page, make))

    def _make_page(self, make: Callable[[], str]) -> bytes:
        with self._errors_worded():
            return make().encode()

    @cached_property
    def search_mark(self) -> bytes:
        """The hash of all that the search shows."""
        limits = self._site.config.search
        some = self.plan.items[: limits.articles]
        return hash_content(self._join_marks(some, repr((limits, len(self.plan.items)))))

    def make_search(self, make_index: MakeIndex | None) -> tuple[list[File], bool]:
        """The search page and what it needs; whether that is all it should have.

        Without `make_index`, or where that gives no files, the page says that it cannot search.
        """
        site, theme = self._site, self._theme
        limits = site.config.search
        if not self.has_search:
            return [], True
        records = make_records(self._entries.of, self.plan.items, limits)
        index = make_index(records) if make_index and records else {}
        files = [File(path, content) for path, content in index.items()]
        script = theme.search_script_path if index else ""
        if script:
            files.append(_file(script, theme.search_script))
        with self._errors_worded():
            page = self._pages.search(site.link(script) if script else "")
        files.append(_file(SEARCH.path, page.encode()))
        return files, bool(index) or not records

    @contextmanager
    def _errors_worded(self) -> Iterator[None]:
        try:
            yield
        except TemplateError as error:
            raise KpuError(
                _("Templat ini salah: {reason}.").format(reason=error.message.rstrip(".")),
                path=self._theme.sources.get(error.name or ""),
                line=error.line,
            ) from error


def _identify(item: Outline) -> bytes:
    """What stands for an article where its address is told: that, and all that its file says."""
    return item.id.encode() + item.content


def _place(path: str) -> str:
    """The path of the file for an address."""
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def _file(path: str, content: bytes) -> File:
    return File(_place(path), content)


def _share(plan: Plan, site: Site, theme: Theme) -> Context:
    """What every page shows around its own content."""
    paths = {
        "home": HOME.path,
        "archive": ARCHIVE.path,
        "tags": TAGS.path,
        "corrections": CORRECTIONS.path,
        "atom": _ATOM,
        "json_feed": _JSON_FEED,
        "sitemap": sitemaps.SITEMAP_PATH,
        "stylesheet": theme.stylesheet_path,
        "logo": theme.logo.path,
    }
    config = site.config
    return {
        "site": {
            "name": config.name,
            "long_name": config.long_name,
            "logo_type": theme.logo.media_type,
            "color": config.colors.header,
            "address": config.contact.address,
            "phone": config.contact.phone,
            "email": config.contact.email,
            "social": [
                {"name": name, "url": html.escape(url)} for name, url in config.social.items()
            ],
        },
        "links": {name: site.link(path) for name, path in paths.items()}
        | {"search": site.link(SEARCH.path) if config.search.enabled else ""},
        "menu": show_links(make_menu(plan, config, _FEEDS), site),
        "footer": show_links(make_footer(plan, config, _FEEDS), site),
        "preview": None
        if site.preview is None
        else {"script": site.link(f"{PREVIEW_SCRIPT}?{site.preview}")},
    }
