"""Points 13 to 16: colours of the user's own, no motion, contrast, paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.pages import KINDS, Kind, every_kind
from tests.browser.sites import BASE

# WCAG's contrast of every text with what is behind it, and of the edges of pills and pages.
MEASURE_CONTRAST = """() => {
    const parse = colour => colour.match(/[\\d.]+/g).map(Number);
    const luminance = colour => {
        const [r, g, b] = parse(colour).map(value => value / 255)
            .map(value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + .05) / (dark + .05);
    };
    const behind = element => {
        for (let at = element; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (parse(colour)[3] !== 0) return colour;
        }
        return 'rgb(255, 255, 255)';
    };
    const shown = [...document.querySelectorAll('body *')]
        .filter(element => element.checkVisibility());
    const texts = shown
        .filter(element => [...element.childNodes]
            .some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim()))
        .map(element => [element, contrast(getComputedStyle(element).color, behind(element)), 4.5]);
    const controls = shown
        .filter(element => element.matches('.pills a, .pagination a, input, button'))
        .map(element => [element, contrast(getComputedStyle(element).borderTopColor,
                                           behind(element.parentElement)), 3]);
    return [...texts, ...controls]
        .filter(([_element, found, least]) => found < least)
        .map(([element, found]) => `${found.toFixed(2)} ${element.outerHTML.slice(0, 100)}`);
}"""

FIND_MOTION = """() => document.getAnimations().length
    + [...document.querySelectorAll('*')].filter(element => {
        const style = getComputedStyle(element);
        return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0
            || style.scrollBehavior !== 'auto';
    }).length"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@every_kind
def test_text_and_controls_stand_out(open_page: Open, kind: Kind, scheme: str) -> None:
    assert open_page(kind, color_scheme=scheme).evaluate(MEASURE_CONTRAST) == []


@every_kind
def test_nothing_moves(open_page: Open, kind: Kind) -> None:
    assert open_page(kind).evaluate(FIND_MOTION) == 0


def outline_of(page: Page) -> tuple[str, str]:
    width, colour = page.evaluate(
        "(({outlineWidth, outlineColor}) => [outlineWidth, outlineColor])"
        "(getComputedStyle(document.activeElement))"
    )
    return width, colour


@pytest.mark.parametrize("name", ["front page", "tag", "article with everything"])
def test_forced_colours_outline_the_focus(open_page: Open, name: str) -> None:
    page = open_page(KINDS[name], forced_colors="active")
    page.keyboard.press("Tab")
    for _press in range(12):
        page.keyboard.press("Tab")
        width, colour = outline_of(page)
        assert width == "3px"
        assert not colour.endswith(", 0)"), "transparent"


@every_kind
def test_paper_is_white_and_says_where_it_is_from(open_page: Open, kind: Kind) -> None:
    page = open_page(kind, 794, color_scheme="dark")
    page.emulate_media(media="print")
    colours = "element => getComputedStyle(element).backgroundColor"
    assert page.locator("body").evaluate(colours) == "rgb(255, 255, 255)"
    assert page.evaluate(MEASURE_CONTRAST) == []
    for selector in ("nav", "aside", ".skip", ".pills", ".more"):
        assert page.locator(selector).locator("visible=true").count() == 0
    address = page.locator("link[rel=canonical]")
    if address.count():
        assert page.locator(".source").inner_text() == f"Sumber: {BASE}{kind.path}"
        assert address.get_attribute("href") == f"{BASE}{kind.path}"
        assert page.locator(".source").is_visible()
