"""Pages as a browser sees them: parsed by html5lib, which refuses what HTML 5 calls an error."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]

SCRIPT_TYPES = {"application/ld+json"}


@dataclass(frozen=True)
class Page:
    """A parsed page: its file's path below the site, its text and its elements."""

    path: str
    text: str

    @cached_property
    def root(self) -> Element:
        """The document's element; html5lib raises where the page is not faultless."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        root: Element = parser.parse(self.text)
        return root

    def all(self, name: str) -> list[Element]:
        """Every element of a name, in the page's order."""
        return list(self.root.iter(name))

    def one(self, name: str) -> Element:
        """The only element of a name."""
        (element,) = self.all(name)
        return element

    def meta(self, name: str) -> str | None:
        """The content of a meta element by its name or property."""
        for element in self.all("meta"):
            if name in (element.get("name"), element.get("property")):
                return element.get("content")
        return None

    def link(self, relation: str) -> str | None:
        """The address of a link element."""
        return next(
            (item.get("href") for item in self.all("link") if item.get("rel") == relation), None
        )

    @property
    def title(self) -> str:
        """What the browser's tab shows."""
        return words(self.one("title"))

    @property
    def heading(self) -> str:
        """The h1."""
        return words(self.one("h1"))

    @property
    def article_text(self) -> Element:
        """The element that holds an article's own text."""
        return next(item for item in self.all("div") if item.get("class") == "text")

    @property
    def ids(self) -> list[str]:
        """Every id."""
        return [item.attrib["id"] for item in self.root.iter() if "id" in item.attrib]

    @property
    def addresses(self) -> Iterator[str]:
        """Every address that an element leads to or loads."""
        for element in self.root.iter():
            for attribute in ("href", "src", "action", "poster", "data"):
                if attribute in element.attrib:
                    yield element.attrib[attribute]
            for candidate in element.get("srcset", "").split(","):
                yield from candidate.split()[:1]

    @property
    def json_ld(self) -> list[dict[str, Any]]:
        """The structured data, parsed."""
        scripts = [item for item in self.all("script") if item.get("type") in SCRIPT_TYPES]
        return [json.loads(item.text or "") for item in scripts]


def words(element: Element) -> str:
    """An element's text on one line."""
    return " ".join("".join(element.itertext()).split())


def read_pages(files: Mapping[str, bytes]) -> dict[str, Page]:
    """The HTML pages of a site by path."""
    return {
        path: Page(path, content.decode())
        for path, content in files.items()
        if path.endswith(".html")
    }


def address_of(path: str, base: str) -> str:
    """The address of a file of the site."""
    return f"{base}/{path.removesuffix('index.html')}"


def find_dead_links(files: Mapping[str, bytes], base: str) -> list[tuple[str, str]]:
    """Links within the site that lead to no file, or to no such place in it; page and address."""
    pages = read_pages(files)
    return [
        (page.path, address)
        for page in pages.values()
        for address in page.addresses
        if not _is_alive(urljoin(address_of(page.path, base), address), base, files, pages)
    ]


def find_external(pages: Mapping[str, Page], base: str) -> set[str]:
    """Addresses outside the site."""
    return {
        target
        for page in pages.values()
        for address in page.addresses
        if not (target := urljoin(address_of(page.path, base), address)).startswith(f"{base}/")
    }


def _is_alive(
    target: str, base: str, files: Mapping[str, bytes], pages: Mapping[str, Page]
) -> bool:
    if not target.startswith(f"{base}/"):
        # Another site is not ours to check, but the rest of this host would be a lost prefix.
        return not target.startswith("/".join(base.split("/")[:3]) + "/")
    address, fragment = urldefrag(target)
    path = address.removeprefix(f"{base}/").partition("?")[0]
    if path == "" or path.endswith("/"):
        path += "index.html"
    return path in files and (not fragment or fragment in pages[path].ids)
