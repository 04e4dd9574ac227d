"""BRT002: titles that shout."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kpucli.headline import headline_case, is_all_caps
from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import WARNING, Hit, Replacement, rule, unsafe


@rule(
    "BRT002",
    N_("Judul huruf kapital semua"),
    severity=WARNING,
    explanation=N_(
        "Judul yang seluruhnya berhuruf kapital sukar dibaca dan menyembunyikan singkatan. Tulis"
        " kapital di awal setiap kata, kecuali kata tugas."
    ),
    source=N_("EYD V, bab I: huruf kapital pada judul."),
    bad='title = ‹"KPU KOTA MALANG SIAP MENYAMBUT TAHAPAN PEMILU"›',
    fixed='title = "KPU Kota Malang Siap Menyambut Tahapan Pemilu"',
    good='title = "KPU Kota Malang Siap Menyambut Tahapan Pemilu"',
    fix=Applicability.UNSAFE,
)
def title_all_caps(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A title set in capitals."""
    title = manuscript.article.title
    string = manuscript.string("title", title)
    if not string or not is_all_caps(title):
        return
    better = headline_case(title, evidence=manuscript.passages[-1].text)
    fix = unsafe(Replacement(string.start, string.end, json.dumps(better, ensure_ascii=False)))
    message = _("Judul ini ditulis dengan huruf kapital semua.")
    yield Hit(string.start, string.end, message, better, fix if better != title else None)
