"""Colours as stylesheets write them, and how well one is read on another."""

from __future__ import annotations

import re

PATTERN = re.compile(r"#[0-9a-fA-F]{6}")


def is_color(value: object) -> bool:
    """Whether a value is a colour in the form `#rrggbb`."""
    return isinstance(value, str) and bool(PATTERN.fullmatch(value))


def contrast_of(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def split_color(color: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour, 0 to 255 each."""
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _luminance(color: str) -> float:
    """The relative luminance of a colour, 0 to 1 (WCAG 2.2, "relative luminance")."""
    parts = (part / 255 for part in split_color(color))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
