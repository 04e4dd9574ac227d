"""MET013: suppressions that do not count."""

from __future__ import annotations

from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import WARNING, Hit, rule
from kpucli.lint.selection import match_rules, suggest_rule


@rule(
    "MET013",
    N_("Pengecualian tanpa alasan"),
    severity=WARNING,
    explanation=N_(
        'Temuan diabaikan dengan `lint_ignore = ["TBC001"]  # alasan` untuk seluruh artikel, atau'
        " dengan <!-- kpucli: abaikan TBC001 karena … --> di akhir barisnya atau sendirian di atas"
        " barisnya. Tanpa alasan, atau dengan kode yang tidak ada, pengecualian tidak berlaku."
    ),
    source=N_("Kesepakatan redaksi: setiap pengecualian dapat dipertanggungjawabkan."),
    bad=(
        'lint_ignore = [‹"TBC001"›]',
        'lint_ignore = ["‹TBC999›"]  # tabel lama',
        "Kutipan asli. ‹<!-- kpucli: abaikan TGL001 -->›",
        "Kutipan asli. ‹<!-- kpucli: lewati TGL001 karena kutipan -->›",
    ),
    good=(
        'lint_ignore = ["TBC001"]  # tabel lama, spasinya disengaja',
        "Kutipan asli. <!-- kpucli: abaikan TGL001 karena kutipan asli -->",
    ),
)
def suppression_without_reason(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A suppression lacks its reason, or names no rule."""
    for suppression in manuscript.suppressions:
        if not suppression.codes:
            message = _("Perintah ini tidak dikenal; tulis: kpucli: abaikan KODE karena ALASAN.")
            yield Hit(suppression.start, suppression.end, message)
        elif not suppression.has_reason:
            message = _("Pengecualian ini tidak berlaku karena alasannya belum ditulis.")
            yield Hit(suppression.start, suppression.end, message)
        for name, start, end in suppression.codes:
            if not match_rules(name):
                message = _("Aturan “{name}” tidak ada.").format(name=name)
                yield Hit(start, end, message, suggest_rule(name))
