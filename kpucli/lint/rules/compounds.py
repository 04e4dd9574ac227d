"""IMB007: compounds written as one word."""

from __future__ import annotations

from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import Kind
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import WARNING, Hit, rule, safe
from kpucli.lint.suspects import select_suspects


@rule(
    "IMB007",
    N_("Gabungan kata dirangkai"),
    severity=WARNING,
    explanation=N_(
        "Gabungan kata ditulis terpisah: kerja sama, tanda tangan, terima kasih, wali kota. Dengan"
        " awalan saja tetap terpisah (bekerja sama); dengan awalan dan akhiran sekaligus"
        " dirangkai: menandatangani, pertanggungjawaban."
    ),
    source=N_("EYD V, bab II, kata turunan: gabungan kata."),
    bad="‹Kerjasama› itu memerlukan ‹tandatangan› ‹walikota› yang ‹bertanggungjawab›.",
    fixed="Kerja sama itu memerlukan tanda tangan wali kota yang bertanggung jawab.",
    good="Kerja sama itu ditandatangani, dan pertanggungjawabannya ada pada kacamata itu.",
    fix=Applicability.SAFE,
)
def joined_compound(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """Compounds of the list, with affixes on one side."""
    for suspect in select_suspects(manuscript.suspects, archive.accepted_words, Kind.COMPOUND):
        if not suspect.is_sure:
            continue
        span, right = suspect.span, str(suspect.verdict.right)
        message = _("“{word}” ditulis terpisah: {right}.").format(word=suspect.text, right=right)
        fix = safe(suspect.passage.replace(span, right))
        yield suspect.passage.hit(span, message, right, fix)
