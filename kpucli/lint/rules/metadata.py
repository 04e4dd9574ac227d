"""MET007, MET008, MET010, MET011, MET014, MET022: front matter that does not fit, no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches

from kpucli.article import Status
from kpucli.i18n import N_, _, ngettext
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import ERROR, WARNING, Hit, Replacement, rule, unsafe
from kpucli.slug import describe_device, is_device, tag_key

_LETTER = re.compile(r"[^\W_]")


@rule(
    "MET007",
    N_("Tag tidak baku"),
    severity=WARNING,
    worst=ERROR,
    explanation=N_(
        "Tag menjadi alamat halaman, jadi ditulis dengan huruf kecil, angka, dan tanda hubung:"
        " media-sosial. Label yang tampil diatur di konfigurasi. Tag yang sama tidak boleh ditulis"
        " dua kali dalam satu artikel."
    ),
    source=N_("Alamat halaman tag: /tag/TAG/."),
    bad=('tags = [‹"Media Sosial"›, "sop"]', 'tags = ["sop", ‹"S.O.P"›]', 'tags = [‹"!"›]'),
    fixed='tags = ["media-sosial", "sop"]',
    good='tags = ["media-sosial", "sop"]',
    fix=Applicability.UNSAFE,
)
def bad_tag(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A tag that is not in slug form, or that the article has already."""
    if not manuscript.article.tags:
        return
    seen: dict[str, str] = {}
    for string in manuscript.front_matter.strings:
        if string.key != "tags":
            continue
        tag, key = string.value, tag_key(string.value)
        if key in seen:
            message = _("Tag “{tag}” sama dengan “{other}”.").format(tag=tag, other=seen[key])
            yield Hit(string.start, string.end, message, severity=ERROR)
        elif not key:
            message = _("Tag “{tag}” tidak mempunyai huruf atau angka.").format(tag=tag)
            yield Hit(string.start, string.end, message, severity=ERROR)
        elif is_device(key):
            yield Hit(string.start, string.end, describe_device(key), severity=ERROR)
        elif key != tag:
            message = _("Tag “{tag}” sebaiknya ditulis {key}.").format(tag=tag, key=key)
            fix = unsafe(Replacement(string.start, string.end, f'"{key}"'))
            yield Hit(string.start, string.end, message, key, fix)
        seen.setdefault(key, tag)


@rule(
    "MET008",
    N_("Ringkasan terlalu pendek atau terlalu panjang"),
    severity=WARNING,
    explanation=N_(
        "Ringkasan tampil di hasil pencarian dan saat tautan dibagikan; yang lebih panjang dari 160"
        " karakter terpotong di sana, yang lebih pendek dari 30 tidak menjelaskan apa-apa. Batasnya"
        " diatur dengan `summary_characters` dan `summary_least_characters` di [lint.limits]."
    ),
    source=N_("Kebiasaan mesin pencari untuk deskripsi halaman: 30–160 karakter."),
    bad='summary = ‹"Apel pagi."›',
    good='summary = "Seluruh jajaran KPU diminta bersiap menyambut tahapan Pemilu 2024."',
)
def summary_length(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A summary is a page's description: 30 to 160 characters, if the office sets nothing else."""
    length = len(manuscript.article.summary or "")
    shortest = archive.limits.summary_least_characters
    longest = archive.limits.summary_characters
    if not manuscript.article.summary or shortest <= length <= longest:
        return
    message = ngettext(
        "Ringkasan {number} karakter; sebaiknya {shortest} sampai {longest}.",
        "Ringkasan {number} karakter; sebaiknya {shortest} sampai {longest}.",
        length,
    ).format(number=length, shortest=shortest, longest=longest)
    yield Hit(*manuscript.field_span("summary"), message)


@rule(
    "MET010",
    N_("Tanggal belum pasti"),
    severity=ERROR,
    explanation=N_(
        "Saat diimpor, tanggal berita ini tidak dapat dipastikan; alasannya tertulis di"
        " `date_uncertain`. Pastikan `date` benar, lalu hapus baris itu."
    ),
    source=N_("Impor kpucli tidak menebak tanggal."),
    bad='date_uncertain = ‹"tanggal di teks bertentangan"›',
    good="date = 2022-04-20",
)
def uncertain_date(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """The importer was not sure of the date."""
    reason = manuscript.value("date_uncertain")
    if reason:
        message = _("Tanggal belum pasti: {reason}. Betulkan `date`, lalu hapus baris ini.").format(
            reason=reason.rstrip(". ")
        )
        yield Hit(*manuscript.field_span("date_uncertain"), message)


@rule(
    "MET011",
    N_("Tahun folder bukan tahun tanggalnya"),
    severity=ERROR,
    explanation=N_("Artikel berada di folder tahun terbitnya, yang juga menjadi alamatnya."),
    source=N_("Alamat berita sama dengan nama berkasnya: /berita/TAHUN/slug/."),
    bad="--- 2021/contoh.md\ndate = ‹2022-04-20›",
    good="--- 2022/contoh.md\ndate = 2022-04-20",
)
def year_mismatch(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """The folder is not the year of the date."""
    article = manuscript.article
    if not manuscript.in_archive or not manuscript.value("date"):
        return
    folder = article.path.parent.name
    if folder != f"{article.date.year:04}":
        message = _("Artikel ini di folder {folder}, tetapi tanggalnya tahun {year}.").format(
            folder=folder, year=article.date.year
        )
        yield Hit(*manuscript.field_span("date"), message)


@rule(
    "MET014",
    N_("Artikel tanpa isi"),
    severity=ERROR,
    explanation=N_("Berita yang akan terbit harus mempunyai isi. Draf boleh masih kosong."),
    source=N_("Berita tanpa isi bukan berita."),
    bad='+++\ntitle = "Judul"\ndate = 2022-04-20\n‹+++›\n\n<!-- belum ditulis -->\n',
    good='+++\ntitle = "Judul"\ndate = 2022-04-20\ndraft = true\n+++\n',
)
def empty_body(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """An article that is to be published has no text."""
    article = manuscript.article
    if _LETTER.search(manuscript.prose.text, article.body_start) or _has_blocks(manuscript):
        return
    # Scheduled and published ones alike will be seen.
    status = article.status(datetime.max.replace(tzinfo=article.zone))
    if status is Status.PUBLISHED:
        closing = article.source.rfind("+++", 0, article.body_start)
        yield Hit(closing, closing + 3, _("Artikel ini belum mempunyai isi."))


@rule(
    "MET022",
    N_("Kategori tidak dikenal"),
    severity=ERROR,
    explanation=N_(
        "Kategori menentukan di daftar mana berita tampil: /kategori/KATEGORI/. Yang dikenal adalah"
        " berita, pengumuman, artikel, dan opini, atau yang ditulis kantor di [categories]."
    ),
    source=N_("Setelan `categories` di konfigurasi."),
    bad='category = ‹"pengumunan"›',
    good='category = "pengumuman"',
)
def unknown_category(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A category that the office does not have."""
    name = manuscript.value("category")
    if name is None or tag_key(name) in archive.categories:
        return
    near = next(iter(get_close_matches(tag_key(name), archive.categories, n=1)), None)
    message = _("Kategori “{name}” tidak dikenal.").format(name=name)
    if near is not None:
        message = _("Kategori “{name}” tidak dikenal; mungkin maksudnya {near}.").format(
            name=name, near=near
        )
    yield Hit(*manuscript.field_span("category"), message, near)


def _has_blocks(manuscript: Manuscript) -> bool:
    """Whether there is something else than comments: a link alone, code."""
    comments = set(manuscript.prose.comments)
    return any(span not in comments for span in manuscript.prose.blanked)
