"""An article's prose: its Markdown with everything that is not read as text blanked out.

Code, comments, raw HTML, link targets and addresses become as many fillers, so that offsets
stay right; line breaks stay. The filler is no space, no letter and no punctuation: around a
link or a code span, spacing can be judged as around a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FILLER = "\ufffc"
SPACES = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # for a character class

_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})([^\n]*)")
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|\r?\n|\Z)")
_BLANK_LINE = re.compile(r"\n[ \t\r]*(?=\n)")
_OPENERS = re.compile(r"<!--|\\?`+")
_HTML = re.compile(r"<(?:/?[A-Za-z][^<>]*|[!?][^<>]*)>")
_LINK_TARGET = re.compile(
    r"\](\([ \t]*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:\s{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?[ \t]*\))"
)
_REFERENCE = re.compile(r"\](\[[^\[\]\n]{0,200}\])|(\[\^[^\[\]\s]{1,100}\](?::[ \t]*)?)")
_DEFINITION = re.compile(r"^ {0,3}(\[[^\[\]^\n]{1,200}\]:[ \t]*\S[^\n]*)", re.MULTILINE)
_TABLE_LINE = re.compile(r"^[ \t]*[|:-][ \t|:-]*\r?$", re.MULTILINE)
_URL = re.compile(r"https?://[^\s<>\ufffc]+|www\.[^\s<>\ufffc]+")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# A host is looked for from its end, which is rare.
_HOST_END = re.compile(
    r"\.(?:id|com|org|net|info|io|me|my|ly)(?![\w-])(?!\.\w)(?:/[^\s<>\ufffc]*)?"
)
_HOST_START = re.compile(r"(?<![\w.@-])(?:[A-Za-z0-9-]{1,63}\.){0,4}[A-Za-z0-9-]{1,63}\Z")
_LONGEST_HOST = 320
_AFTER_ADDRESS = ".,;:!?\"'“”‘’*_…"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Prose:
    """`text` has the length of the source; `blanked` and `comments` are spans of the source."""

    text: str
    blanked: tuple[Span, ...]
    comments: tuple[Span, ...]


def read_prose(source: str, start: int) -> Prose:
    """The prose of the Markdown that begins at `start`; what stands before is blanked too."""
    blanked: list[Span] = []
    text = _blank(source, [(0, start)])
    comments: list[Span] = []
    # One character is found many times faster than two.
    if "`" in text or "~" in text or "\n    " in text or "\n\t" in text:
        text = _blank(text, _code_blocks(text, start), blanked)
    if "`" in text or "<" in text:
        spans = list(_code_spans_and_comments(text, start))
        comments = [span for span in spans if text.startswith("<!--", span[0])]
        text = _blank(text, spans, blanked)
    if "<" in text:
        text = _blank(text, (match.span() for match in _HTML.finditer(text, start)), blanked)
    if "[" in text:
        for pattern in (_LINK_TARGET, _DEFINITION, _REFERENCE):
            text = _blank(text, _groups(pattern, text, start), blanked)
    if "|" in text:
        lines = (match.span() for match in _TABLE_LINE.finditer(text, start) if "|" in match[0])
        text = _blank(text, lines)
    if "//" in text or "www." in text:
        text = _blank(text, _trimmed(_URL, text, start), blanked)
    if "@" in text:
        text = _blank(text, _trimmed(_MAIL, text, start), blanked)
    text = _blank(text, _hosts(text, start), blanked)
    return Prose(text, tuple(sorted(blanked)), tuple(comments))


def _blank(text: str, spans: Iterable[Span], found: list[Span] | None = None) -> str:
    """The text with spans (in order, apart) filled; `found` collects them."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        stretch = text[start:end]
        lines = stretch.split("\n")
        parts += (text[position:start], "\n".join(FILLER * len(line) for line in lines))
        position = end
        if found is not None:
            found.append((start, end))
    if not parts:
        return text
    return "".join([*parts, text[position:]])


def _groups(pattern: re.Pattern[str], text: str, start: int) -> Iterator[Span]:
    for match in pattern.finditer(text, start):
        yield match.span(match.lastindex or 0)


def _code_blocks(text: str, start: int) -> Iterator[Span]:
    """Fenced blocks, and indented ones outside lists."""
    fence, fence_start = "", 0
    in_list, after_blank, after_code = False, True, False
    for match in _LINE.finditer(text, start):
        line = match.group()
        if not line:
            break
        marker = _FENCE.match(line)
        if fence:
            if marker and marker[1].startswith(fence) and not marker[2].strip():
                yield fence_start, match.end()
                fence = ""
            continue
        if marker and not (marker[1][0] == "`" and "`" in marker[2]):
            fence, fence_start = marker[1], match.start()
            continue
        is_indented = line.startswith(("    ", "\t"))
        is_blank = not line.strip()
        if is_indented and not is_blank and not in_list and (after_blank or after_code):
            yield match.span()
            after_code = True
        elif not is_blank:
            in_list = bool(_LIST_ITEM.match(line)) or (
                in_list and (is_indented or not after_blank or line.startswith(" "))
            )
            after_code = False
        after_blank = is_blank
    if fence:
        yield fence_start, len(text)


def _code_spans_and_comments(text: str, start: int) -> Iterator[Span]:
    """Code spans and HTML comments in their order, whichever begins first."""
    openers = list(_OPENERS.finditer(text, start))
    runs: dict[int, deque[int]] = {}
    for match in openers:
        if match[0][0] == "`":
            runs.setdefault(len(match[0]), deque()).append(match.start())
    breaks = [match.start() for match in _BLANK_LINE.finditer(text, start)]
    position = start
    for match in openers:
        if match.start() < position or match[0][0] == "\\":
            continue
        if match[0] == "<!--":
            end = _comment_end(text, match.end())
        else:
            end = _code_span_end(match, runs[len(match[0])], breaks)
        if end:
            yield match.start(), end
            position = end


def _comment_end(text: str, position: int) -> int:
    end = text.find("-->", position)
    return len(text) if end < 0 else end + 3


def _code_span_end(opener: re.Match[str], runs: deque[int], breaks: list[int]) -> int:
    """Where the span ends that these backticks open; 0 if they are just backticks."""
    while runs and runs[0] <= opener.start():
        runs.popleft()
    if not runs:
        return 0
    next_break = bisect_right(breaks, opener.start())
    if next_break < len(breaks) and breaks[next_break] < runs[0]:
        return 0
    return runs[0] + len(opener[0])


def _trimmed(pattern: re.Pattern[str], text: str, start: int) -> Iterator[Span]:
    for match in pattern.finditer(text, start):
        yield match.start(), _address_end(text, *match.span())


def _hosts(text: str, start: int) -> Iterator[Span]:
    """Addresses without a scheme: `kpu.malangkota.go.id/berita`."""
    for match in _HOST_END.finditer(text, start):
        earliest = max(start, match.start() - _LONGEST_HOST)
        host = _HOST_START.search(text, earliest, match.start())
        if host:
            yield host.start(), _address_end(text, host.start(), match.end())


def _address_end(text: str, start: int, end: int) -> int:
    """Where an address ends: without the sentence's punctuation behind it."""
    address = text[start:end].rstrip(_AFTER_ADDRESS)
    while address.endswith(")") and "(" not in address:
        address = address[:-1].rstrip(_AFTER_ADDRESS)
    return start + len(address)
