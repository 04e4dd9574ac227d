"""Pages to bytes. Pure: the same plan gives the same bytes, whatever the day or the machine."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from minijinja import Environment

from kpucli.publish import feeds
from kpucli.publish.pages import Pages
from kpucli.publish.plan import HOME, Plan
from kpucli.publish.site import Site

PREVIEW_SCRIPT = "/pratinjau.js"

_THEME = Path(__file__).parent.parent / "theme"
_LOGO = "/logo.svg"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its path below the output folder, and its content."""

    path: str
    content: bytes


def render_site(plan: Plan, site: Site) -> Iterator[File]:
    """Every file of the site, assets first, then articles, then what lists them."""
    stylesheet = compact_stylesheet(_read("static/style.css").decode()).encode()
    address = f"/gaya.{hashlib.sha256(stylesheet).hexdigest()[:10]}.css"
    yield _file(address, stylesheet)
    yield _file(_LOGO, _read("static/logo.svg"))
    for path, text in Pages(plan, site, _make_environment(site, address)).render():
        yield _file(path, text.encode())
    latest = plan.entries[: feeds.LENGTH]
    yield _file(feeds.ATOM_PATH, feeds.make_atom(latest, site))
    yield _file(feeds.JSON_FEED_PATH, feeds.make_json_feed(latest, site))
    for path, content in feeds.make_sitemap(plan, site):
        yield _file(path, content)
    yield _file("/robots.txt", feeds.make_robots(site))


def compact_stylesheet(text: str) -> str:
    """A stylesheet without comments and line breaks."""
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", without_comments)


def _read(name: str) -> bytes:
    return (_THEME / name).read_bytes()


def _file(path: str, content: bytes) -> File:
    return File(path.lstrip("/") + ("index.html" if path.endswith("/") else ""), content)


def _make_environment(site: Site, stylesheet: str) -> Environment:
    """The templates, with what every page shows around its own content."""
    paths = {
        "home": HOME.path,
        "archive": "/arsip/",
        "tags": "/tag/",
        "atom": feeds.ATOM_PATH,
        "json_feed": feeds.JSON_FEED_PATH,
        "sitemap": feeds.SITEMAP_PATH,
        "stylesheet": stylesheet,
        "logo": _LOGO,
    }
    shared = {
        "site": {"name": site.config.name, "long_name": site.config.long_name},
        "links": {name: site.link(path) for name, path in paths.items()},
        "preview": None,
    }
    if site.preview is not None:
        shared["preview"] = {"script": site.link(f"{PREVIEW_SCRIPT}?{site.preview}")}
    names = [path.name for path in (_THEME / "templates").glob("*.html")]
    templates = {name: _read(f"templates/{name}").decode() for name in names}
    return Environment(templates=templates, globals=shared, undefined_behavior="strict")
