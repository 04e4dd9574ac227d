"""EJA006: words that exist but are not meant, and phrases that are not standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import Confusable, confusables, match_case
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import WARNING, Hit, rule, unsafe
from kpucli.lint.setting import is_set_apart
from kpucli.lint.words import Word, follow


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
    for passage, words in manuscript.words:
        text = passage.text
        for place, word in enumerate(words):
            entries = table.get(word.text.lower())
            if not entries or is_set_apart(text, word.start, word.end):
                continue
            before = _neighbour(text, words, place, -1)
            after = _neighbour(text, words, place, 1)
            meant = next((item.meant for item in entries if _betrays(item, before, after)), None)
            if meant is None:
                continue
            span, right = (word.start, word.end), match_case(word.text, meant)
            message = _("“{word}” di sini mungkin maksudnya {right}.").format(
                word=word.text, right=right
            )
            yield passage.hit(span, message, right, unsafe(passage.replace(span, right)))


def _neighbour(text: str, words: Sequence[Word], place: int, step: int) -> str | None:
    """The word before or after, in small letters, if only blanks stand between."""
    other = place + step
    if not 0 <= other < len(words):
        return None
    first, second = sorted((words[place], words[other]))
    return words[other].text.lower() if follow(text, first, second) else None


def _betrays(entry: Confusable, before: str | None, after: str | None) -> bool:
    """Whether a neighbour goes with what was meant."""
    return before in entry.before or after in entry.after
