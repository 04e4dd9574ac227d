"""The page of the monthly report: accessible, silent, alone, and on A4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.test_accessibility import RULES
from tests.conftest import CONFIG, Office
from tests.recap.offices import fill


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a busy month, in a file."""
    folder = tmp_path_factory.mktemp("rekap")
    (folder / "kpucli.toml").write_text(CONFIG)
    office = fill(Office(folder))
    for number in range(60):
        tags = f'tags = ["tag-{number % 9}", "evaluasi-penyelenggaraan-pemilihan-serentak"]'
        day = number % 29 + 1
        title = f'title = "Rapat Pleno Terbuka Rekapitulasi Daftar Pemilih Berkelanjutan {number}"'
        office.add(
            f"2022/rapat-{number}",
            f"{title}\ndate = 2022-04-{day:02}T09:00:00+07:00\n{tags}\nviews = {number * 997}",
        )
    office.run("recap", "--month", "April 2022", "-o", "rekap.html")
    return (folder / "rekap.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, opened; whatever it says or asks for is an error."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: complaints.append(request.url))
    page.goto(address, wait_until="networkidle")
    yield page
    assert complaints == [address]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_it_runs_nothing(page: Page) -> None:
    assert page.locator("script").count() == 0
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.styleSheets.length") == 1  # the policy lets the style through


def test_the_chart_has_a_column_for_each_day_with_news_and_is_told_in_words(page: Page) -> None:
    chart = page.get_by_role("img", name=re.compile("Jumlah berita per hari pada April 2022"))
    columns = chart.locator("svg > rect:not(.weekend)")
    assert page.locator(".items tbody .date").count() == 64
    assert "Senin 4: 3; Selasa 5: 2" in (chart.get_attribute("aria-label") or "")
    heights = [box["height"] for column in columns.all() if (box := column.bounding_box())]
    assert len(heights) == 30
    assert max(heights) == pytest.approx(4 * min(heights), abs=2)  # four items, and one


def test_it_prints_on_a4(page: Page, tmp_path: Path) -> None:
    content = page.pdf(path=tmp_path / "rekap.pdf", prefer_css_page_size=True)
    sizes = set(re.findall(rb"/MediaBox \[([\d. ]+)\]", content))
    (size,) = sizes
    _left, _bottom, width, height = map(float, size.split())
    assert (round(width), round(height)) == (595, 842)  # points
    assert content.count(b"/Type /Page\n") >= 4


def test_on_paper_the_office_is_dark_on_white(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    color = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert color == "rgb(255, 255, 255)"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(34, 26, 24)"
    )
