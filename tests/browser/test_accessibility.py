"""Points 8 and 15: axe with its best practices, in light and dark, on phone and desktop."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open
from tests.browser.pages import Kind, every_kind

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("width", [390, 1280])
@every_kind
def test_axe_finds_nothing(open_page: Open, kind: Kind, width: int) -> None:
    """All rules in light; in dark those of colours, for it changes nothing else."""
    page = open_page(kind, width, color_scheme="light")
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    page.emulate_media(color_scheme="dark")
    found = Axe().run(page, options={"runOnly": ["cat.color"], "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
