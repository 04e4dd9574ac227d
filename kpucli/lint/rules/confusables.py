"""EJA006: words that exist but are not meant, and phrases that are not standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import Confusable, confusables, match_case
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import WARNING, Hit, rule, unsafe
from kpucli.lint.setting import is_set_apart

_AFTER = re.compile(r"[ \u00a0]+([^\W\d_]+)")
_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0]+\Z")
_WINDOW = 40


@rule(
    "EJA006",
    N_("Kata yang tertukar"),
    severity=WARNING,
    explanation=N_(
        "Kata ini ada dalam kamus, tetapi kata di sebelahnya menunjukkan bahwa yang dimaksud kata"
        " lain yang mirip: media massa, bukan media masa; syarat pencalonan, bukan sarat"
        " pencalonan. Hanya pasangan yang pasti dilaporkan."
    ),
    source=N_("KBBI VI."),
    bad=(
        "Keterangan itu disampaikan kepada media ‹masa›.",
        "Siaran itu menjadi ‹saran› sosialisasi pada ‹hadir› Senin.",
    ),
    fixed=(
        "Keterangan itu disampaikan kepada media massa.",
        "Siaran itu menjadi sarana sosialisasi pada hari Senin.",
    ),
    good="Masa kampanye berakhir. Saran warga dicatat, dan kegiatan itu sarat makna.",
    fix=Applicability.UNSAFE,
)
def confusable_word(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Words that their neighbours do not go with."""
    for passage in manuscript.passages:
        text = passage.text
        for match in _pattern().finditer(text):
            meant = _find_meant(text, match)
            if meant is None or is_set_apart(text, *match.span()):
                continue
            right = match_case(match[0], meant)
            message = _("“{word}” di sini mungkin maksudnya {right}.").format(
                word=match[0], right=right
            )
            fix = unsafe(passage.replace(match.span(), right))
            yield passage.hit(match.span(), message, right, fix)


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, confusables()), key=len, reverse=True))
    return re.compile(rf"(?<![\w@#/-])(?:{words})(?![\w@/-])", re.IGNORECASE)


def _find_meant(text: str, match: re.Match[str]) -> str | None:
    before = _BEFORE.search(text, max(0, match.start() - _WINDOW), match.start())
    after = _AFTER.match(text, match.end())
    for entry in confusables()[match[0].lower()]:
        if _betrays(entry, before, after):
            return entry.meant
    return None


def _betrays(entry: Confusable, before: re.Match[str] | None, after: re.Match[str] | None) -> bool:
    """Whether a neighbour goes with what was meant; where the list has both sides, both do."""
    by_before = before is not None and before[1].lower() in entry.before
    by_after = after is not None and after[1].lower() in entry.after
    return by_before or by_after
