"""Pages to bytes. Pure: the same plan at the same moment gives the same bytes on any machine."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from minijinja import Environment, TemplateError

from kpucli.dates import say_date
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.publish import feeds, sitemaps
from kpucli.publish.context import Context, show_links
from kpucli.publish.menu import make_footer, make_menu
from kpucli.publish.pages import Pages
from kpucli.publish.plan import ARCHIVE, CORRECTIONS, HOME, SEARCH, TAGS, Plan
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


def render_site(
    plan: Plan, site: Site, now: datetime, make_index: MakeIndex | None = None
) -> Iterator[File]:
    """Every file of the site at the moment `now`: assets, articles, then what lists them.

    Without `make_index`, or where that gives no files, the search page says that it cannot search.
    Raises `KpuError` for a theme or a menu that cannot be used.
    """
    theme = read_theme(site.config)
    yield _file(theme.stylesheet_path, theme.stylesheet)
    yield _file(theme.logo.path, theme.logo.content)
    images = make_share_images(site)
    yield from (_file(path, content) for path, content in images.files(_titles(plan)))
    yield from _render_pages(plan, site, theme, images, make_index)
    for feed in plan.feeds:
        yield _file(feed.atom_path, feeds.make_atom(feed, site))
        yield _file(feed.json_path, feeds.make_json_feed(feed, site))
    for path, content in sitemaps.make_sitemap(plan, site):
        yield _file(path, content)
    yield _file(sitemaps.NEWS_PATH, sitemaps.make_news_sitemap(plan, site, now))
    yield _file(sitemaps.ROBOTS_PATH, sitemaps.make_robots(site))
    yield from _photo_files(plan)


def _titles(plan: Plan) -> Iterator[str]:
    """The titles of the articles that have no photograph to be shared with."""
    for entry in plan.entries:
        if entry.illustration is None or entry.illustration.photo.cover is None:
            yield entry.title


def _photo_files(plan: Plan) -> Iterator[File]:
    """The photographs, each once: an article may have one of them under two names."""
    files = {
        f"{entry.url}{photo.address(version)}": photo.file(version)
        for entry in plan.entries
        for photo in entry.photos
        for version in photo.versions
    }
    for path, source in files.items():
        yield File(path.lstrip("/"), source)


def _render_search(pages: Pages, theme: Theme, make_index: MakeIndex | None) -> Iterator[File]:
    script = ""
    site = pages.site
    records = make_records(pages.plan.entries, site.config.search)
    index = make_index(records) if make_index and records else {}
    if index:
        script = theme.search_script_path
        yield _file(script, theme.search_script)
    yield from (File(path, content) for path, content in index.items())
    path, text = pages.search(site.link(script) if script else "")
    yield _file(path, text.encode())


def _render_pages(
    plan: Plan, site: Site, theme: Theme, images: ShareImages, make_index: MakeIndex | None
) -> Iterator[File]:
    try:
        environment = Environment(
            templates=dict(theme.templates),
            globals=_share(plan, site, theme),
            undefined_behavior="strict",
        )
        pages = Pages(plan, site, environment, images)
        yield from (_file(path, text.encode()) for path, text in pages.render())
        if site.config.search.enabled:
            yield from _render_search(pages, theme, make_index)
    except TemplateError as error:
        raise KpuError(
            _("Templat ini salah: {reason}.").format(reason=error.message.rstrip(".")),
            path=theme.sources.get(error.name or ""),
            line=error.line,
        ) from error


def _file(path: str, content: bytes) -> File:
    return File(path.lstrip("/") + ("index.html" if path.endswith("/") else ""), content)


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
    config, until = site.config, site.counted_until
    return {
        "counted_until": {"iso": until.isoformat(), "words": say_date(until)} if until else None,
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
