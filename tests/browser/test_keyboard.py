"""Points 5, 9, 10 and 35: every page is used without a mouse, and with a thick finger."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.pages import KINDS, Kind, every_kind

# Of the focused element: whether it is in view, nothing lies over it, and its focus shows. Chromium
# scrolls to it within the next frames.
LOOK_AT_FOCUS = """async () => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const isInView = () => {
        const boxes = [...element.getClientRects()];
        const [first, last] = [boxes[0], boxes.at(-1)];
        return first && first.top >= 0 && first.left >= 0 && first.right <= innerWidth
            && (last.bottom <= innerHeight || last.height > innerHeight);
    };
    for (let frame = 0; frame < 60 && !isInView(); frame++) {
        await new Promise(requestAnimationFrame);
    }
    const style = getComputedStyle(element);
    return {
        name: element.outerHTML.slice(0, 120),
        order: [...document.querySelectorAll('a[href], button, input, [tabindex]')]
            .indexOf(element),
        inView: isInView(),
        clear: [...element.getClientRects()].every(box => {
            const top = document.elementFromPoint(
                (box.left + box.right) / 2,
                Math.min((box.top + box.bottom) / 2, box.top + innerHeight / 2));
            return top && (element.contains(top) || top.contains(element));
        }),
        marked: style.outlineStyle !== 'none' && style.outlineWidth !== '0px',
    };
}"""

# A link within a sentence is excepted by WCAG 2.5.8.
FIND_SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, input, [tabindex]')]
    .filter(element => !element.closest('.skip, .text p, .text li, .correction p'))
    .filter(element => {
        const box = element.getBoundingClientRect();
        return box.width < 24 || box.height < 24;
    })
    .map(element => element.outerHTML)"""


def tab_through(page: Page) -> list[dict[str, Any]]:
    """What is focused at each press of Tab, until the page's end."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 500:
        page.keyboard.press("Tab")
        stop = page.evaluate(LOOK_AT_FOCUS)
        if stop is None or (stops and stop["order"] == stops[0]["order"]):
            return stops
        stops.append(stop)
    raise AssertionError("Tab never reaches the end of the page")


@pytest.mark.parametrize("width", [390, 1280])
@every_kind
def test_tab_reaches_everything_in_order_and_shows_where_it_is(
    open_page: Open, kind: Kind, width: int
) -> None:
    page = open_page(kind, width)
    stops = tab_through(page)
    targets = page.locator("a[href], button, input, [tabindex]").count()
    assert [stop["order"] for stop in stops] == list(range(targets))
    assert [stop for stop in stops if not (stop["inView"] and stop["clear"])] == []
    assert [stop for stop in stops if not stop["marked"]] == []


@every_kind
def test_the_skip_link_is_first_and_leads_past_the_navigation(open_page: Open, kind: Kind) -> None:
    page = open_page(kind, 390)
    skip = page.locator("a.skip")
    page.keyboard.press("Tab")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["width"] > 100
    assert box["height"] >= 24
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    past = "() => !document.activeElement.closest('header, .skip')"
    assert page.url.endswith("#main")
    assert page.evaluate(past)


@pytest.mark.parametrize("width", [320, 1280])
@every_kind
def test_targets_are_24_pixels_wide_and_high(open_page: Open, kind: Kind, width: int) -> None:
    assert open_page(kind, width).evaluate(FIND_SMALL_TARGETS) == []


def test_the_whole_item_of_a_list_leads_to_its_article(open_page: Open) -> None:
    page = open_page(KINDS["front page"])
    item = page.locator(".stories > li").nth(3)
    address = item.locator("a").get_attribute("href") or ""
    item.locator("p").last.click(force=True)
    page.wait_for_url(f"**{address}")
    assert address.startswith("/berita/")
