"""Points 20, 21 and 23: no script, no stranger, no cookie, no complaint of the browser."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Error

from tests.browser.conftest import Open
from tests.browser.pages import BELOW_A_PATH, KINDS, Kind, every_kind

everywhere = pytest.mark.parametrize(
    "kind", [*KINDS.values(), *BELOW_A_PATH.values()], ids=[*KINDS, *BELOW_A_PATH]
)


@everywhere
def test_a_page_loads_its_own_files_alone_and_silently(
    browser: Browser, addresses: dict[str, str], kind: Kind
) -> None:
    context = browser.new_context()
    page = context.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.on(
        "response", lambda answer: messages.extend([answer.url] if answer.status >= 400 else [])
    )
    page.goto(addresses[kind.site] + kind.path, wait_until="networkidle")
    assert messages == []
    assert [url for url in requests if not url.startswith(addresses[kind.site] + "/")] == []
    pictures, scripts = page.locator("picture").count(), page.locator("script[src]").count()
    assert scripts == (kind.path == "/cari/" and not kind.site)
    # The page, its stylesheet and the logo; of each picture one file.
    assert len(set(requests)) == 3 + pictures + scripts
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.styleSheets.length") == 1
    context.close()


@every_kind
def test_a_page_looks_the_same_without_javascript(open_page: Open, kind: Kind) -> None:
    if kind == KINDS["search"]:
        pytest.skip("says that it needs JavaScript: see test_search.py")
    with_it = open_page(kind, 390).screenshot(full_page=True)
    assert open_page(kind, 390, java_script_enabled=False).screenshot(full_page=True) == with_it


@pytest.mark.parametrize("name", ["front page", "article with everything", "error"])
def test_what_is_smuggled_into_a_page_does_not_run(open_page: Open, name: str) -> None:
    page = open_page(KINDS[name])
    with pytest.raises(Error, match="Content Security Policy"):
        page.add_script_tag(content="document.title = 'diretas'")
    page.evaluate("document.body.setAttribute('style', 'display: none')")
    assert page.locator("body").is_visible()
    assert page.title() != "diretas"


def test_an_address_that_is_not_there_gets_the_sites_own_page(
    open_page: Open, addresses: dict[str, str]
) -> None:
    page = open_page(KINDS["front page"])
    answer = page.goto(f"{addresses['']}/berita/1999/tidak/ada/")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("h1").inner_text() == "Halaman tidak ditemukan"
    assert page.locator("h1").evaluate("h1 => getComputedStyle(h1).fontWeight") == "700"


@pytest.mark.parametrize("old", ["/2025/05/jumlah-pemilih/", "/berita/baca/123.html"])
@pytest.mark.parametrize("site", ["", "jalur"])
def test_an_old_address_leads_to_the_article(
    open_page: Open, addresses: dict[str, str], old: str, site: str
) -> None:
    page = open_page(Kind("/", site))
    page.goto(addresses[site] + old)
    page.wait_for_url(urljoin(addresses[site] + "/", "berita/2025/diralat-dua-kali/"))
    assert page.locator("h1").inner_text() == "Jumlah Pemilih Hasil Pemutakhiran Bertambah"
