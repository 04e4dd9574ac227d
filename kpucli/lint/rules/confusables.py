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
            span, written = words.span(place), words.texts[place]
            before = words.smalls[place - 1] if words.follows(place) else None
            after = words.smalls[place + 1] if words.follows(place + 1) else None
            entries = table[words.smalls[place]]
            meant = next((item.meant for item in entries if _betrays(item, before, after)), None)
            if meant is None or is_set_apart(passage.text, *span):
                continue
            right = match_case(written, meant)
            message = _("“{word}” di sini mungkin maksudnya {right}.").format(
                word=written, right=right
            )
            fix = unsafe(passage.replace(span, right))
            yield passage.hit(span, message, right, fix)


def _betrays(entry: Confusable, before: str | None, after: str | None) -> bool:
    """Whether a neighbour goes with what was meant."""
    return before in entry.before or after in entry.after
