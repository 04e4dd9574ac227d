"""A piece of source line around a finding, short, harmless and without whole personal numbers."""

from __future__ import annotations

import re

from kpucli.lint.finding import Excerpt
from kpucli.printable import printable

_AROUND = 40  # characters on each side: a paragraph is one line, of up to thousands
_LONGEST = 60

# Ten digits and more, as telephone and identity numbers have. Where findings go, to logs of a
# public repository for one, such a number must not go.
_LONG_NUMBER = re.compile(r"(?<!\d)(\d(?:[ .\-()]{0,2}\d){3})((?:[ .\-()]{0,2}\d){6,})(?!\d)")


def make_excerpt(source: str, line: tuple[int, int], start: int, end: int) -> Excerpt:
    """The excerpt for a finding at `source[start:end]`, on the line with these offsets."""
    end = min(end, line[1])
    first, last = max(line[0], start - 2 * _AROUND), min(line[1], end + 2 * _AROUND)
    piece = mask_numbers(source[first:last].replace("\t", " "))
    marked = piece[start - first : end - first]
    if len(marked) > _LONGEST:
        marked = marked[: _LONGEST - 1] + "…"
    before, after = piece[: start - first], piece[end - first :]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    if len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    return Excerpt(printable(before), printable(marked), printable(after))


def mask_numbers(text: str) -> str:
    """The text with all but the first four digits of long numbers hidden; as long as before."""
    return _LONG_NUMBER.sub(lambda match: match[1] + re.sub(r"\d", "•", match[2]), text)
