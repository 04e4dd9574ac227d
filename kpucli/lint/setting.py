"""How a word stands in its text: at the start of a sentence, in italics, quoted by itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_ITALIC = re.compile(
    r"\*(?<![*\\]\*)(?![*\s])[^*\n]{1,300}(?<![\s*])\*(?!\*)"
    r"|_(?<![\w\\]_)(?![_\s])[^_\n]{1,300}(?<![\s_])_(?!\w)"
)
_QUOTED = frozenset({"“”", "‘’", '""', "''", "«»"})
_MARKS = frozenset("“”‘’\"'«»(*_[>#- \t\u00a0")
_SENTENCE_ENDS = ".?!:…\n|–—\u2022"


def is_set_apart(text: str, start: int, end: int) -> bool:
    """Whether a span is in italics, or all of a quotation: foreign, or spoken about, not used."""
    if text[start - 1 : start] + text[end : end + 1] in _QUOTED:
        return True
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    if text.find("*", line_start, line_end) < 0 and text.find("_", line_start, line_end) < 0:
        return False
    starts, ends = _italics(text, line_start, line_end)
    index = bisect_right(starts, start) - 1
    return index >= 0 and end <= ends[index]


def is_sentence_start(text: str, start: int) -> bool:
    """Whether nothing but marks stands between a word and the end of the sentence before it."""
    position = start - 1
    while position >= 0 and text[position] in _MARKS:
        position -= 1
    return position < 0 or text[position] in _SENTENCE_ENDS


@lru_cache(maxsize=16)
def _italics(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    spans = [match.span() for match in _ITALIC.finditer(text, start, end)]
    return [start for start, _end in spans], [end for _start, end in spans]
