"""A real browser over real sites.

Where Chromium or Java is missing these tests are skipped with the reason; with
`KPUCLI_REQUIRE_BROWSER` set, as in CI, they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.pages import Kind
from tests.browser.sites import Site, build_sites, serve

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Page]


def find_program(*names: str) -> str:
    """The path of the first of these programs that is there; else the test is skipped or fails."""
    for name in names:
        if path := shutil.which(name):
            return path
    reason = f"{names[0]} belum terpasang (di Debian: apt install {names[0]})"
    if os.environ.get("KPUCLI_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, of the system."""
    path = find_program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """All sites, built; in two seconds, so that each process may have its own."""
    return build_sites(tmp_path_factory.mktemp("situs"))


@pytest.fixture(scope="session")
def addresses(sites: dict[str, Site]) -> Iterator[dict[str, str]]:
    """Where each site is served."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(serve(site)) for name, site in sites.items()}


@pytest.fixture
def open_page(browser: Browser, addresses: dict[str, str]) -> Iterator[Open]:
    """Open a kind of page at a width, with more options of Playwright's contexts."""
    contexts = []

    def open_page(kind: Kind, width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        answer = page.goto(addresses[kind.site] + kind.path)
        assert answer is not None
        assert answer.ok, kind
        return page

    yield open_page
    for context in contexts:
        context.close()
