"""MET016: HTML in the text, which the site does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import ERROR, WARNING, Hit, rule

_TAG = re.compile(r"</?(?P<name>[A-Za-z][\w-]*)(?=[\s/>])")


@rule(
    "MET016",
    N_("HTML di dalam teks"),
    severity=WARNING,
    worst=ERROR,
    explanation=N_(
        "Situs tidak menampilkan tag HTML, dan teks di dalam blok HTML ikut hilang: tulis dengan"
        " Markdown. Komentar <!-- … --> boleh; yang tidak ditutup menyembunyikan semua sesudahnya,"
        " maka itu galat."
    ),
    source=N_("CommonMark, mode aman: HTML mentah dibuang."),
    bad=(
        "Hari ini ‹<b>›tebal‹</b>› sekali.",
        '‹<div class="x">›\nTeks yang hilang.\n‹</div>›',
        "Rapat selesai.\n\n‹<!-- catatan›\n\nTeks yang hilang.",
    ),
    good=(
        "Hari ini **tebal**.\n\n<!-- catatan -->\n\nSelesai.",
        "Lihat <https://kpu.go.id> dan <humas@kpu.go.id>; suhu < 30 dan > 20. Kode `<b>`.",
    ),
)
def raw_html(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Tags in the body, and comments that are never closed."""
    source = manuscript.article.source
    for start, end in manuscript.prose.blanked:
        if source.startswith("<!--", start):
            if "-->" not in source[start:end]:
                line_end = source.find("\n", start)
                shown = len(source) if line_end < 0 else line_end
                message = _("Komentar ini tidak ditutup; semua sesudahnya tidak tampil di situs.")
                yield replace(Hit(start, shown, message), severity=ERROR)
            continue
        tag = _TAG.match(source, start, end)
        if tag is not None:
            message = _("Tag HTML “{name}” tidak tampil di situs; tulis dengan Markdown.")
            yield Hit(start, end, message.format(name=tag["name"]))
