"""BRT001: the place and the site at the beginning of a news item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from kpucli.i18n import N_, _
from kpucli.lint.composition import count_words
from kpucli.lint.dateline import Dateline
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import INFO, WARNING, Hit, Repair, Replacement, rule, unsafe

_SHORTEST_NEWS = 60  # words; less is a notice or a draft
# What is no news, by its title, tags or category.
_NO_NEWS = re.compile(
    r"\b(?:opini|kolom|artikel|pengumuman|profil|puisi|esai|resensi|galeri|infografis|tanya.jawab"
    r"|maklumat|ucapan|catatan|wawancara|panduan|cara|agenda|lowongan|undangan|surat)\b",
    re.IGNORECASE,
)


@rule(
    "BRT001",
    N_("Baris tempat tidak baku"),
    severity=WARNING,
    explanation=N_(
        "Berita dibuka dengan tempat dalam huruf kapital, koma, alamat situs, dan tanda pisah en"
        " berspasi; tebal boleh: **KOTA MALANG, kpu.malangkota.go.id** – . Bentuk lain adalah"
        " peringatan; berita tanpa baris tempat hanya info. Opini, pengumuman, dan yang sejenis"
        " tidak memerlukannya."
    ),
    source=N_("Kebiasaan berita di situs KPU."),
    bad=(
        "‹Malang, kpu.malangkota.go.id› - KPU Kota Malang menggelar apel.",
        "‹BOGOR:› Ribuan warga hadir.",
        "‹kpu.malangkota.go.id.› Sesi kedua dimulai.",
        "‹Malang (kpu.malangkota.go.id)›- Dalam rangka apel.",
    ),
    fixed=(
        "**MALANG, kpu.malangkota.go.id** – KPU Kota Malang menggelar apel.",
        "BOGOR: Ribuan warga hadir.",
        "kpu.malangkota.go.id. Sesi kedua dimulai.",
        "**MALANG, kpu.malangkota.go.id** – Dalam rangka apel.",
    ),
    good=(
        "**KOTA MALANG, kpu.malangkota.go.id** – KPU Kota Malang menggelar apel.",
        "KABUPATEN BLITAR, kab-blitar.kpu.go.id – KPU menggelar apel.",
        "Situs kpu.malangkota.go.id dibuka kembali.",
    ),
    fix=Applicability.UNSAFE,
)
def dateline_form(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A dateline in another form, or none."""
    dateline = manuscript.dateline
    if dateline is None:
        if _is_news(manuscript):
            yield _missing(manuscript, archive)
        return
    if dateline.is_right:
        return
    source = manuscript.article.source
    written = source[dateline.start : dateline.end].rstrip().rstrip("–—-").rstrip()
    fix = _repair(dateline, source)
    better = fix.replacements[0].text if fix else None
    message = _("Awal berita ditulis {form}.").format(form=better or _example(archive))
    yield Hit(dateline.start, dateline.start + len(written), message, better, fix)


def _repair(dateline: Dateline, source: str) -> Repair | None:
    """What puts place and site, where both are there, into the form."""
    if dateline.place is None or dateline.site is None:
        return None
    place, site = source[slice(*dateline.place)], source[slice(*dateline.site)]
    written = source[dateline.start : dateline.end]
    if re.search(r"\d", place) or re.search(r"\d{4}", written.replace(site, "")):
        return None  # a date stands there too
    text = f"**{place.upper()}, {site}** – "
    return unsafe(Replacement(dateline.start, dateline.end, text))


def _is_news(manuscript: Manuscript) -> bool:
    article = manuscript.article
    kind = " ".join((article.title, article.category or "", *article.tags))
    start = article.body_start
    words = count_words(manuscript.prose.text, start, start + 20 * _SHORTEST_NEWS)
    if words < _SHORTEST_NEWS or _NO_NEWS.search(kind):
        return False
    first = manuscript.composition.paragraphs[:1]
    lead = manuscript.prose.text[start : first[0].start].strip() if first else "#"
    return not lead and not first[0].is_item


def _missing(manuscript: Manuscript, archive: Overview) -> Hit:
    sentence = manuscript.composition.sentences[0]
    first = manuscript.prose.text[sentence.start : sentence.end].split()[0]
    message = _("Berita ini belum dibuka dengan {form}.").format(form=_example(archive))
    return Hit(sentence.start, sentence.start + len(first), message, severity=INFO)


def _example(archive: Overview) -> str:
    """The form with the office's own place and site."""
    host = urlsplit(archive.config.base_url).hostname if archive.config else None
    if archive.config is None or not host or "." not in host:
        return "**KOTA MALANG, kpu.malangkota.go.id** –"
    place = archive.config.name.removeprefix("KPU ").upper()
    return f"**{place}, {host}** –"
