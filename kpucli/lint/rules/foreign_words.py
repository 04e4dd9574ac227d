"""EJA005: English words that are neither Indonesian nor in italics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kpucli.i18n import N_, _
from kpucli.lint.lexicon import Kind, confusables, equivalents
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import INFO, Hit, rule
from kpucli.lint.setting import is_sentence_start
from kpucli.lint.suspects import Suspect, select_suspects

_GAP = re.compile(r"[ -]")


@rule(
    "EJA005",
    N_("Kata asing"),
    severity=INFO,
    explanation=N_(
        "Kata asing ditulis miring (*deadline*) atau, lebih baik, diganti dengan padanannya"
        " (tenggat). Nama dan kata di kamus.txt dibiarkan."
    ),
    source=N_("EYD V, bab I: huruf miring; padanan menurut KBBI dan Badan Bahasa."),
    bad="Menjelang ‹deadline›, petugas mengadakan ‹focus group discussion› yang ‹friendly›.",
    good="Menjelang *deadline*, petugas bertemu di Grand Palace. Tenggatnya dekat.",
)
def foreign_word(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """English words in small letters; neighbours are reported as one phrase."""
    suspects = [
        suspect
        for suspect in select_suspects(manuscript.suspects, archive.accepted_words, Kind.FOREIGN)
        if (suspect.text.islower() or " " in suspect.text or _begins_sentence(suspect))
        and suspect.text not in confusables()  # EJA006 knows what was meant
    ]
    for phrase in _phrases(suspects):
        first, last = phrase[0], phrase[-1]
        span = first.start, last.end
        words = first.passage.text[slice(*span)]
        key = words.lower().removesuffix("nya")
        better = equivalents().get(key) or equivalents().get(key.replace("-", " "), ())
        message = (
            _("“{words}” berasal dari bahasa Inggris; padanannya: {better}.").format(
                words=words, better=_(" atau ").join(better)
            )
            if better
            else _(
                "“{words}” berasal dari bahasa Inggris; tulis miring atau cari padanannya."
            ).format(words=words)
        )
        yield first.passage.hit(span, message, better[0] if better else None)


def _begins_sentence(suspect: Suspect) -> bool:
    """Whether a capital is there only because a sentence begins."""
    text = suspect.passage.text
    return (
        is_sentence_start(text, suspect.start) and text[suspect.end + 1 : suspect.end + 2].islower()
    )


def _phrases(suspects: Sequence[Suspect]) -> Iterator[list[Suspect]]:
    """Suspects that follow each other on one line with nothing but a space between."""
    phrase: list[Suspect] = []
    for suspect in suspects:
        if phrase and not _follows(phrase[-1], suspect):
            yield phrase
            phrase = []
        phrase.append(suspect)
    if phrase:
        yield phrase


def _follows(one: Suspect, other: Suspect) -> bool:
    if one.passage is not other.passage:
        return False
    return bool(_GAP.fullmatch(one.passage.text, one.end, other.start))
