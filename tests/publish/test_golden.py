"""No change of the pages goes unnoticed."""

from __future__ import annotations

from difflib import unified_diff

from tests.golden import build_golden, read_golden


def test_the_small_site_is_as_it_was() -> None:
    expected, found = read_golden(), build_golden()
    lines: list[str] = []
    for path in sorted(expected.keys() | found.keys()):
        before, after = (site.get(path, b"").decode().splitlines() for site in (expected, found))
        lines += unified_diff(before, after, f"golden/{path}", path, lineterm="", n=0)
    assert not lines, "\n".join(["`python -m tests.golden` renews it:", *lines])
    assert expected == found
