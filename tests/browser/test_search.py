"""The search page in a real browser, over an index that Pagefind made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import CONFIG, Office

HOSTILE = "<img src=x onerror=alert`1`>"
PREFIX = "/kota/contoh"
TEXT = """\
Panitia memulai penyusunan jadwal bersama seluruh kecamatan.

Isi lain: &lt;b&gt;miring&lt;/b&gt; &lt;mark&gt;palsu&lt;/mark&gt; & jadwal tahapan.
"""


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served site below a path: its address without a final slash."""
    folder = tmp_path_factory.mktemp("kantor")
    (folder / "articles").mkdir()
    (folder / "kpucli.toml").write_text(CONFIG)
    office = Office(folder)
    office.add("2022/jadwal", f"title = 'Rapat {HOSTILE} & Jadwal'\ntags = ['bimtek']", TEXT)
    office.add("2022/magang", "title = 'Mahasiswa Magang'", "Kegiatan di kantor.\n")
    for number in range(23):
        office.add(f"2022/apel-{number:02}", f"title = 'Apel Ke-{number}'", "Apel pagi.\n")
    root = folder / "akar"
    office.run(
        *("publish", "--base-url", f"https://kpu.contoh.go.id{PREFIX}"),
        *("--output", str(root / PREFIX.lstrip("/"))),
    )
    handler = partial(_Handler, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not complain, ask others or open a dialogue."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith("http://127.0.0.1:") else complaints.append(request.url)
        ),
    )
    yield page
    context.close()
    assert complaints == []


def search(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/cari/?q={quote(query)}")


def expect_count(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_have_text(words)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("menyusun", "Jadwal"),
        ("disusun", "Jadwal"),
        ("PENYUSUNAN", "Jadwal"),
        ("bimtek", "Jadwal"),
        ("mahasiswa", "Mahasiswa Magang"),
        ("jadwal kecamatan", "Jadwal"),
    ],
)
def test_words_are_found_in_every_form_in_titles_tags_and_texts(
    page: Page, address: str, query: str, title: str
) -> None:
    search(page, address, query)
    expect_count(page, f"1 berita untuk “{query}”")
    expect(page.locator("#results h2")).to_contain_text(title)
    expect(page).to_have_title(f"“{query}” - Cari berita - KPU Kota Contoh")
    expect(page.get_by_role("searchbox")).to_have_value(query)


def test_a_result_shows_its_day_and_words_and_leads_to_the_article(
    page: Page, address: str
) -> None:
    search(page, address, "menyusun")
    item = page.locator("#results li")
    expect(item.locator("time")).to_have_text("Rabu, 20 April 2022")
    expect(item.locator("time")).to_have_attribute("datetime", "2022-04-20")
    expect(item.locator("mark")).to_have_text("penyusunan")
    item.get_by_role("link").click()
    expect(page).to_have_url(f"{address}/berita/2022/jadwal/")


def test_neither_titles_nor_texts_nor_queries_become_html(page: Page, address: str) -> None:
    search(page, address, f"jadwal {HOSTILE}")
    expect(page.get_by_role("status")).to_contain_text(HOSTILE)
    search(page, address, "tahapan jadwal")
    expect_count(page, "1 berita untuk “tahapan jadwal”")
    expect(page.locator("#results h2")).to_have_text(f"Rapat {HOSTILE} & Jadwal")
    expect(page.locator("#results li")).to_contain_text("<b>miring</b> <mark>palsu</mark> & ")
    assert page.locator("main img, main b").count() == 0
    assert "palsu" not in "".join(page.locator("#results mark").all_inner_texts())


def test_what_is_not_there_gets_advice(page: Page, address: str) -> None:
    search(page, address, "xyzzy")
    expect_count(page, "Tidak ada berita untuk “xyzzy”. Coba kata lain atau kata yang lebih umum.")
    assert page.locator("#results li").count() == 0
    expect(page.get_by_role("button", name="Tampilkan lagi")).to_be_hidden()


def test_more_results_come_when_asked_for_and_the_keyboard_goes_on_there(
    page: Page, address: str
) -> None:
    search(page, address, "apel")
    expect_count(page, "23 berita untuk “apel”")
    items, more = page.locator("#results li"), page.get_by_role("button", name="Tampilkan lagi")
    expect(items).to_have_count(10)
    more.press("Enter")
    expect(items).to_have_count(20)
    expect(items.nth(10).get_by_role("link")).to_be_focused()
    more.click()
    expect(items).to_have_count(23)
    expect(more).to_be_hidden()
    assert len(set(page.locator("#results h2").all_inner_texts())) == 23


def test_the_form_and_the_way_back_keep_the_address_in_step(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("navigation", name="Utama").get_by_role("link", name="Cari").click()
    expect_count(page, "Ketik kata yang dicari, lalu tekan Cari.")
    page.get_by_label("Kata kunci").fill("magang")
    page.get_by_label("Kata kunci").press("Enter")
    expect(page).to_have_url(f"{address}/cari/?q=magang")
    expect_count(page, "1 berita untuk “magang”")
    page.get_by_label("Kata kunci").fill("menyusun")
    page.get_by_role("button", name="Cari").click()
    expect_count(page, "1 berita untuk “menyusun”")
    page.go_back()
    expect_count(page, "1 berita untuk “magang”")


def test_nothing_is_asked_of_the_index_before_there_is_a_question(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    search(page, address, " ")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/pagefind/" in url]


def test_a_first_question_costs_less_than_a_photograph(page: Page, address: str) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    search(page, address, "menyusun")
    expect_count(page, "1 berita untuk “menyusun”")
    assert sum(sizes) < 160_000


@pytest.mark.parametrize("lost", ["javascript", "script"])
def test_where_nothing_can_run_the_page_says_so(browser: Browser, address: str, lost: str) -> None:
    context = browser.new_context(java_script_enabled=lost != "javascript")
    page = context.new_page()
    page.route("**/cari.*.js", lambda route: route.abort())
    search(page, address, "menyusun")
    expect(page.get_by_role("status")).to_contain_text("Pencarian memerlukan JavaScript.")
    page.get_by_role("main").get_by_role("link", name="arsip").click()
    expect(page).to_have_url(f"{address}/arsip/")
    context.close()


def test_an_index_that_does_not_load_is_said(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    search(page, address, "menyusun")
    expect(page.get_by_role("status")).to_contain_text("Pencarian gagal dimuat.")
    page.unroute("**/pagefind/**")
    search(page, address, "apel")
    expect_count(page, "23 berita untuk “apel”")
    page.route("**/fragment/**", lambda route: route.abort())  # as after the next publish
    page.get_by_role("button", name="Tampilkan lagi").click()
    expect(page.get_by_role("status")).to_contain_text("Pencarian gagal dimuat.")
    context.close()
