"""Points 11 and 12: narrow screens, large text."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.pages import Kind, every_kind

# Text sticking out of the window, but for what scrolls by itself or is there for screen readers.
FIND_OUTSIDE = """() => [...document.querySelectorAll('body *')]
    .filter(element => !element.closest('.table table, .sr-only'))
    .filter(element => {
        const box = element.getBoundingClientRect();
        return box.width && (box.right > innerWidth + .5 || box.left < -.5);
    })
    .map(element => element.outerHTML.slice(0, 120))"""

# Text cut off, or running out of its own box.
FIND_CUT = """() => [...document.querySelectorAll('body *')]
    .filter(element => !element.closest('.table, .sr-only'))
    .filter(element => getComputedStyle(element).display !== 'inline')
    .filter(element => element.scrollWidth > element.clientWidth + 1)
    .map(element => element.outerHTML.slice(0, 120))"""

# WCAG 1.4.12, and twice the size of the text.
LARGE = """
    html { font-size: 200% }
    * { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important }
    p { margin-bottom: 2em !important }
"""


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(FIND_OUTSIDE) == []
    assert page.evaluate(FIND_CUT) == []


@every_kind
def test_no_page_is_wider_than_320_pixels(open_page: Open, kind: Kind) -> None:
    assert_fits(open_page(kind, 320, 640))


@every_kind
def test_text_of_twice_the_size_with_wide_spacing_fits(open_page: Open, kind: Kind) -> None:
    page = open_page(kind, 390, 844, bypass_csp=True)
    page.add_style_tag(content=LARGE)
    assert_fits(page)


@every_kind
def test_no_page_is_wider_than_a_tablet(open_page: Open, kind: Kind) -> None:
    """Just where the second column begins there is least room for both."""
    assert_fits(open_page(kind, 896))
