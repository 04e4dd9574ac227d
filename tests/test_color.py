"""Colours and their contrast."""

from __future__ import annotations

import pytest

from kpucli.color import contrast_of, is_color


# The figures of WCAG's own examples and of the theme's design.
@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#777777", 4.48),
        ("#7a1014", "#ffffff", 11.0),
        ("#8a1418", "#FFFFFF", 9.6),
        ("#221a18", "#ffffff", 17.1),
        ("#ff9d94", "#171211", 9.3),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast(one: str, other: str, contrast: float) -> None:
    assert contrast_of(one, other) == pytest.approx(contrast, abs=0.06)
    assert contrast_of(one, other) == contrast_of(other, one)


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "#1234567", "", None, 5])
def test_what_is_no_colour(value: object) -> None:
    assert not is_color(value)
