"""What an article asks the linter to ignore, and why.

In the front matter `lint_ignore = ["EJA005"]  # alasan` holds for the article. In the text
`<!-- kpucli: abaikan TGL001 karena kutipan asli -->` holds for its line, or, alone on a line,
for the next line with text. Without a reason neither counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kpucli.article import Article
from kpucli.lint.prose import Prose, Span
from kpucli.lint.strings import FrontMatterText

_COMMENT = re.compile(r"<!--\s*kpucli\b\s*:?\s*(?P<order>.*?)\s*(?:-->|\Z)", re.DOTALL)
_ORDER = re.compile(
    r"abaikan\b(?P<codes>.*?)(?:\bkarena\b(?P<reason>.*))?", re.IGNORECASE | re.DOTALL
)
_CODE = re.compile(r"[^\s,;]+")
_LETTER = re.compile(r"\w")
_TEXT = re.compile(r"\S")
_BLANKS = " \t\u00a0"
_LINE_END = re.compile(r"[ \t\u00a0\r]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Suppression:
    """Codes, groups or names of rules to ignore (with their spans), from `start` to `end`.

    `place` is an offset on the line that it holds for; None: it holds for the whole article.
    `codes` is empty where the instruction cannot be understood.
    """

    start: int
    end: int
    codes: tuple[tuple[str, int, int], ...]
    has_reason: bool
    place: int | None


def read_suppressions(
    article: Article, front_matter: FrontMatterText, prose: Prose
) -> Iterator[Suppression]:
    """Every suppression, those without a reason too, in the order of the file."""
    yield from _in_front_matter(article, front_matter)
    texts_after = _find_texts_after(article.source, prose.comments)
    for start, end in prose.comments:
        match = _COMMENT.fullmatch(article.source, start, end)
        if match:
            alone = _is_alone(article.source, start, end)
            yield _from_comment(article.source, match, texts_after[start] if alone else start)


def _in_front_matter(article: Article, front_matter: FrontMatterText) -> Iterator[Suppression]:
    names = [string for string in front_matter.strings if string.key == "lint_ignore"]
    if not names or not article.lint_ignore:
        return
    closing = article.source.find("]", names[-1].end)
    for string in names:
        has_reason = any(
            _has_comment(article.source, place, front_matter) for place in (string.end, closing)
        )
        code = (string.value.strip(), string.start + 1, string.end - 1)
        yield Suppression(string.start, string.end, (code,), has_reason, place=None)


def _has_comment(source: str, place: int, front_matter: FrontMatterText) -> bool:
    """Whether a comment that says something follows on the same line."""
    index = bisect_left(front_matter.comments, (place, 0))
    if index == len(front_matter.comments):
        return False
    start, end = front_matter.comments[index]
    return "\n" not in source[place:start] and bool(_LETTER.search(source, start, end))


def _from_comment(source: str, match: re.Match[str], place: int) -> Suppression:
    order = _ORDER.fullmatch(source, *match.span("order"))
    codes: tuple[tuple[str, int, int], ...] = ()
    reason = ""
    if order:
        found = _CODE.finditer(source, *order.span("codes"))
        codes = tuple((code.group(), *code.span()) for code in found)
        reason = order["reason"] or ""
    return Suppression(*match.span(), codes, bool(_LETTER.search(reason)), place)


def _is_alone(source: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the lines of a comment."""
    while start and source[start - 1] in _BLANKS:
        start -= 1
    return (start == 0 or source[start - 1] == "\n") and bool(_LINE_END.match(source, end))


def _find_texts_after(source: str, comments: tuple[Span, ...]) -> dict[int, int]:
    """For each comment's start the first text behind it that is no comment."""
    after: dict[int, int] = {}
    for start, end in reversed(comments):
        text = _TEXT.search(source, end)
        place = text.start() if text else start
        after[start] = after.get(place, place)
    return after
