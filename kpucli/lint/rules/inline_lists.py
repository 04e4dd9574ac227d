"""BRT007: numbered lists within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import WARNING, Hit, rule

_MARKER = re.compile(r"(?P<number>\d(?<![\w.,(/-].)\d?)(?P<kind>[.)])[ \t\u00a0]+(?=[^\W_])")
_FEWEST = 2
_END = re.compile(r"[.!?](?=\s|\Z)")
_NAMING = re.compile(
    r"(?:\b(?:no|nomor|pasal|ayat|bab|angka|halaman|hal|kelas|tahap|dapil|komisi|tps|sesi|pukul|juara"
    r"|negeri|lantai|rt|rw|ke|blok|gang|butir|huruf)\.?|[(/-])\s*\Z",
    re.IGNORECASE,
)


@rule(
    "BRT007",
    N_("Daftar bernomor di dalam alinea"),
    severity=WARNING,
    explanation=N_(
        "Perincian bernomor yang ditulis sambung dalam satu alinea sukar dibaca: tulis tiap butir"
        " di baris sendiri sebagai daftar. Karena mengubah susunan baris, temuan ini tidak"
        " dibetulkan otomatis. Perincian singkat dengan (1) … (2) … di dalam kalimat tidak"
        " dilaporkan."
    ),
    source=N_("Markdown: daftar ditulis sebaris sebutir."),
    bad=(
        "Peserta wajib: ‹1. datang tepat waktu; 2. membawa kartu; 3. mengisi daftar hadir.›",
        "SOP itu terdiri dari ‹1. tujuh SOP keuangan 2. tiga SOP data›",
    ),
    good=(
        "Peserta wajib:\n\n1. datang tepat waktu;\n2. membawa kartu.",
        "Ia tinggal di RT 1. Kelas 2. Skor akhir 1. Juara 2. Nilai 3.",
        "Ada dua hal, yaitu (1) waktu dan (2) tempat.",
    ),
)
def inline_list(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Markers 1., 2. … in one paragraph."""
    text = manuscript.prose.text
    for paragraph in manuscript.composition.paragraphs:
        if text.find("1", paragraph.start, paragraph.end) < 0:
            continue
        run = _find_run(text, paragraph.start, paragraph.end)
        if len(run) >= _FEWEST:
            end = _end_of_item(text, run[-1].end(), paragraph.end)
            message = _("Tulis {count} butir ini sebagai daftar, sebaris sebutir.").format(
                count=len(run)
            )
            yield Hit(run[0].start(), end, message)


def _find_run(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The first markers 1, 2, 3 … of one kind, from left to right; [] or one if there are none."""
    run: list[re.Match[str]] = []
    for marker in _MARKER.finditer(text, start, end):
        number, kind = int(marker["number"]), marker["kind"]
        continues = run and number == len(run) + 1 and kind == run[0]["kind"]
        if not continues and (number != 1 or len(run) >= _FEWEST):
            continue
        if not _NAMING.search(text, max(0, marker.start() - 12), marker.start()):
            run = run if continues else []
            run.append(marker)
    return run


def _end_of_item(text: str, position: int, end: int) -> int:
    """Where the last item ends: at its stop, or with the paragraph."""
    stop = _END.search(text, position, end)
    return stop.end() if stop else position + len(text[position:end].rstrip())
