"""EJA006: words that exist but are not meant, and phrases that are not standard."""

from __future__ import annotations

from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import Confusable, confusables, match_case
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import WARNING, Hit, rule, unsafe
from kpucli.lint.setting import is_set_apart
from kpucli.lint.words import Words


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
    table = confusables()
    for passage in manuscript.passages:
        words = passage.words
        for place in words.find(table.keys()):
            entries = table[words.smalls[place]]
            meant = next((item.meant for item in entries if _betrays(item, words, place)), None)
            if meant is None or is_set_apart(passage.text, *words.span(place)):
                continue
            span, written = words.span(place), words.texts[place]
            right = match_case(written, meant)
            message = _("“{word}” di sini mungkin maksudnya {right}.").format(
                word=written, right=right
            )
            fix = unsafe(passage.replace(span, right))
            yield passage.hit(span, message, right, fix)


def _betrays(entry: Confusable, words: Words, place: int) -> bool:
    """Whether a neighbour goes with what was meant."""
    before, after = words.smalls[place - 1 : place], words.smalls[place + 1 : place + 2]
    if not entry.before.isdisjoint(before) and words.follows(place):
        return True
    return not entry.after.isdisjoint(after) and words.follows(place + 1)
