"""FAK005: sums of money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.rule import WARNING, Hit, rule, safe

_SIGN = PiecePattern(r"(?<![\w.])(?:Rp|RP|rp)", among="Pp")
_SUM = re.compile(
    r"(?<![\w.])(?P<sign>Rp|RP|rp)(?P<between>\.?[ \t\u00a0]{0,3})"
    r"(?P<digits>\d{1,3}(?:,\d{3}){2,6}(?![\d,])|\d{1,3}(?:\.\d{3}){1,6}(?!\d)|\d{1,18})"
    r"(?P<cents>,\d{1,2}(?!\d))?(?P<dash>[,.]?[-–—]{1,2}(?![\d\w])|,=)?(?P<more>\d|[.,]\d)?"
)
_WORD_BEHIND = re.compile(
    r"[ \u00a0]?(?:ribu|juta|miliar|milyar|triliun|trilyun|[jJ]t|[rR]b|M|T)\b"
)


@rule(
    "FAK005",
    N_("Penulisan rupiah"),
    severity=WARNING,
    explanation=N_(
        "Lambang Rp menempel pada angkanya, tanpa titik dan tanpa spasi. Ribuan dipisahkan dengan"
        " titik, sen ditulis di belakang koma; bentuk “,-” tidak dipakai."
    ),
    source=N_("EYD V, bab II: lambang mata uang; bab III: titik untuk ribuan, koma untuk desimal."),
    bad=(
        "Upahnya ‹Rp. 5.000,-› sehari.",
        "Kerugian ditaksir ‹Rp 18.500.000›, dari pagu ‹Rp 4,2› miliar.",
        "Harganya ‹Rp5000000› dan ‹Rp1,250,000›.",
    ),
    fixed=(
        "Upahnya Rp5.000,00 sehari.",
        "Kerugian ditaksir Rp18.500.000,00, dari pagu Rp4,2 miliar.",
        "Harganya Rp5.000.000,00 dan Rp1.250.000,00.",
    ),
    good="Upahnya Rp5.000,00; pagunya Rp4,2 miliar; harganya Rp100.000. Bank BRI, Rp, dan rp.",
    fix=Applicability.SAFE,
)
def rupiah_style(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A sum that is not written as Rp5.000,00."""
    for passage in manuscript.passages:
        for match in _SIGN.find_longer(_SUM, passage.pieces):
            if match["more"]:
                continue  # no number that we understand
            span = match.start(), match.end()
            better = _better(match, bool(_WORD_BEHIND.match(passage.text, match.end())))
            if better == passage.text[slice(*span)]:
                continue
            message = _("Nilai rupiah ditulis {better}.").format(better=better)
            yield passage.hit(span, message, better, safe(passage.replace(span, better)))


def _better(match: re.Match[str], is_rounded: bool) -> str:
    digits = match["digits"].replace(",", ".")
    if digits.isdigit() and len(digits) > 3:
        digits = f"{int(digits):,}".replace(",", ".")
    cents = match["cents"] or ""
    if is_rounded:
        return f"Rp{digits}{cents}"
    was_right = match[0] == f"Rp{digits}{cents}"
    return f"Rp{digits}{cents if cents or was_right else ',00'}"
