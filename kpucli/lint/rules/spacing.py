"""TBC001: more space between words than one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.prose import SPACES
from kpucli.lint.rule import WARNING, Hit, rule, safe
from kpucli.lint.rules.punctuation import is_aligned_label, is_stray_mark

_RUN = re.compile(rf"[{SPACES}]{{2,}}|[{SPACES.replace(' ', '')}]")
_PLAIN = re.compile(r"[ \t]*")
_MARKER = re.compile(r"[ \t>]*(?:[-*+•▪‣·–—]|\w{1,3}[.)]|\(\w{1,3}\)|#{1,6}|\[\^[^\]\s]*\]:|>)")
_LONGEST_MARKER = 30


@rule(
    "TBC001",
    N_("Spasi berlebih"),
    severity=WARNING,
    explanation=N_(
        "Antarkata cukup satu spasi biasa: bukan dua, bukan tab, bukan spasi tak terputus (NBSP)"
        " yang terbawa dari Word atau laman lain."
    ),
    source=N_("Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V)."),
    bad=("satu‹  ›dua", "satu‹\u00a0›dua", "satu‹\t›dua", "ke dunia.‹\u00a0 ›Lalu"),
    fixed=("satu dua", "satu dua", "satu dua", "ke dunia. Lalu"),
    good=(
        "satu dua",
        "-   butir\n1.  butir\n\n## \tBab",
        "baris pertama  \nbaris kedua",
        "| Hari   | Jam |\n|--------|-----|\n| Senin  | 08  |",
        "Hari    : Senin\nTempat  : aula",
        "`a  b`",
    ),
    fix=Applicability.SAFE,
)
def extra_space(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Double spaces, no-break spaces and tabs between words."""
    for passage in manuscript.passages:
        if not passage.pieces.has_odd_blanks and "  " not in passage.text:
            continue
        line_start = position = 0
        for run in _RUN.finditer(passage.text):
            newline = passage.text.rfind("\n", position, run.start())
            line_start = newline + 1 if newline >= 0 else line_start
            position = run.start()
            hit = _judge(passage, run, line_start)
            if hit is not None:
                yield hit


def _judge(passage: Passage, run: re.Match[str], line_start: int) -> Hit | None:
    text, (start, end) = passage.text, run.span()
    after = text[end : end + 1]
    is_plain = _PLAIN.fullmatch(text, start, end) is not None
    at_end = after in ("", "\n", "\r")
    if is_plain and (start == line_start or at_end or _is_layout(text, start, end, line_start)):
        return None
    if is_stray_mark(text, start, end, line_start):
        return None  # the space before that mark is reported by itself
    wanted = "" if start == line_start or at_end else " "
    fix = safe(passage.replace((start, end), wanted))
    is_marker = _ends_marker(text, start, line_start)
    return passage.hit((start, end), _message(run.group()), None, None if is_marker else fix)


def _is_layout(text: str, start: int, end: int, line_start: int) -> bool:
    """Whether plain spaces pad a list marker, a table or labels with colons."""
    before, after = text[start - 1], text[end]
    if "|" in (before, after) or _ends_marker(text, start, line_start):
        return True
    if ":" not in (before, after):
        return False
    return is_aligned_label(text, line_start, end if after == ":" else start - 1)


def _ends_marker(text: str, start: int, line_start: int) -> bool:
    if start - line_start > _LONGEST_MARKER:
        return False
    return _MARKER.fullmatch(text, line_start, start) is not None


def _message(run: str) -> str:
    if "\t" in run:
        return _("Ada tab di antara kata; pakailah satu spasi.")
    if run.strip(" "):
        return _("Ada spasi tak terputus (NBSP); pakailah satu spasi biasa.")
    return _("Ada {number} spasi berurutan; cukup satu.").format(number=len(run))
