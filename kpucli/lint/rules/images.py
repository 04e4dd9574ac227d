"""MET009, MET012, MET020, MET021: photographs that the site cannot show, or not to everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import ERROR, WARNING, Hit, rule
from kpucli.photo import PhotoError, check_photo, find_photo, is_elsewhere

_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\]")
_TARGET = re.compile(r"\(\s*(?:<(?P<bracketed>[^<>\n]*)>|(?P<plain>[^\s()]*))")
_LABEL = re.compile(r"\[([^\[\]\n]*)\]")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]^\n]+)\]:[ \t]*(?:<(?P<bracketed>[^<>\n]*)>|(?P<plain>\S+))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Image:
    """An image: the name or address of its file, and where in the source that is to be put right.

    `alt_start` and `alt_end` enclose its words.
    """

    address: str
    start: int
    end: int
    alt: str
    alt_start: int
    alt_end: int


@rule(
    "MET009",
    N_("Foto tanpa teks pengganti"),
    severity=ERROR,
    explanation=N_(
        "Teks pengganti (alt) dibacakan kepada pembaca tunanetra dan tampil bila foto gagal dimuat."
        " Tulis apa yang terlihat, tanpa “foto” atau “gambar”."
    ),
    source=N_("WCAG 2.2, kriteria 1.1.1."),
    bad=('image = ‹{ file = "apel.jpg" }›', "Suasana apel: ‹![]›(apel.jpg)"),
    good="--- 2022/contoh.md\nSuasana apel: ![Pegawai berbaris di halaman](apel.jpg)\n"
         "--- 2022/contoh/apel.jpg\nisi foto",
)  # fmt: skip
def image_without_alt(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """An image has no alternative text."""
    main = manuscript.value("image")
    if main is not None and not main.get("alt", "").strip():
        message = _("Foto utama belum mempunyai teks pengganti (alt).")
        yield Hit(*manuscript.field_span("image"), message)
    for image in _images_in_text(manuscript):
        if not image.alt.strip():
            message = _("Foto ini belum mempunyai teks pengganti (alt).")
            yield Hit(image.alt_start, image.alt_end, message)


@rule(
    "MET012",
    N_("Berkas foto tidak ada"),
    severity=ERROR,
    explanation=N_(
        "Foto sebuah artikel berada di folder bernama sama di sampingnya: articles/TAHUN/slug/."
        " Nama berkas ditulis tanpa folder lain; huruf besar dan kecil dibedakan."
    ),
    source=N_("Susunan folder artikel kpucli."),
    bad=('image = { file = ‹"apel.jpg"›, alt = "Pegawai berbaris" }',
         "![Pegawai berbaris]‹(../lain/apel.jpg)›"),
    good='--- 2022/contoh.md\nimage = { file = "apel.jpg", alt = "Pegawai berbaris" }\n'
         "--- 2022/contoh/apel.jpg\nisi foto",
)  # fmt: skip
def missing_image(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """An image's file is not in the article's folder."""
    for image in _own_images(manuscript):
        try:
            find_photo(manuscript.article.path, image.address)
        except PhotoError as error:
            yield Hit(image.start, image.end, error.message)


@rule(
    "MET020",
    N_("Foto tidak dapat ditampilkan"),
    severity=ERROR,
    explanation=N_(
        "Yang tampil di situs hanya JPEG, PNG, WebP, AVIF, dan GIF (gambar pertamanya), menurut"
        " isinya, bukan namanya. SVG dapat memuat skrip. Foto yang rusak, lebih dari 40 MiB, atau"
        " terlalu banyak pikselnya juga tidak tampil."
    ),
    source=N_("Format yang dibaca Pillow dan ditampilkan semua peramban."),
    bad='--- 2022/contoh.md\nimage = { file = ‹"apel.jpg"›, alt = "Pegawai berbaris" }\n'
        "--- 2022/contoh/apel.jpg\n<svg xmlns='http://www.w3.org/2000/svg'/>",
    good='--- 2022/contoh.md\nimage = { file = "apel.jpg", alt = "Pegawai berbaris" }\n'
         "--- 2022/contoh/apel.jpg\nisi foto",
)  # fmt: skip
def unusable_image(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """An image's file is nothing that the site can show."""
    for image in _own_images(manuscript):
        try:
            path = find_photo(manuscript.article.path, image.address)
        except PhotoError:
            continue
        try:
            check_photo(path)
        except PhotoError as error:
            hint = f" {error.hint}" if error.hint else ""
            yield Hit(image.start, image.end, f"{error.message}{hint}")


@rule(
    "MET021",
    N_("Foto di situs lain"),
    severity=WARNING,
    explanation=N_(
        "Foto di situs lain tidak ditampilkan: peramban pembaca akan melapor ke sana, dan fotonya"
        " dapat hilang atau diganti. Simpan berkasnya di folder artikel, bila haknya ada."
    ),
    source=N_("Situs ini tidak meminta apa pun dari situs lain."),
    bad="Suasana apel: ![Pegawai berbaris]‹(https://contoh.id/apel.jpg)›",
    good="--- 2022/contoh.md\nSuasana apel: ![Pegawai berbaris](apel.jpg)\n"
         "--- 2022/contoh/apel.jpg\nisi foto",
)  # fmt: skip
def remote_image(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """An image lies on another site, or elsewhere on this one."""
    for image in _images_in_text(manuscript):
        if is_elsewhere(image.address):
            message = _("Foto ini tidak di folder artikel; situs tidak menampilkannya.")
            yield Hit(image.start, image.end, message)


def _own_images(manuscript: Manuscript) -> Iterator[_Image]:
    """The images that are meant to lie in the article's folder, where it has one."""
    if not manuscript.in_archive:
        return
    main = manuscript.value("image")
    string = manuscript.string("file", main["file"]) if main else None
    if string:
        yield _Image(string.value, string.start, string.end, "", string.start, string.end)
    for image in _images_in_text(manuscript):
        if not is_elsewhere(image.address):
            yield image


def _images_in_text(manuscript: Manuscript) -> Iterator[_Image]:
    text, source = manuscript.prose.text, manuscript.article.source
    start = manuscript.article.body_start
    if "![" not in text:
        return
    defined = {_label_key(match["label"]): match for match in _DEFINITION.finditer(source, start)}
    for match in _IMAGE.finditer(text, start):
        target = _TARGET.match(source, match.end())
        if target:
            end = source.find(")", target.end())
            span = match.end(), max(end + 1, target.end())
        else:
            label = _LABEL.match(source, match.end())
            target = defined.get(
                _label_key((label and label[1]) or source[match.start(1) : match.end(1)])
            )
            span = match.start(), label.end() if label else match.end()
        if target:
            address = unquote(target["bracketed"] or target["plain"] or "")
            yield _Image(address, *span, match["alt"], *match.span())


def _label_key(label: str) -> str:
    return " ".join(label.split()).casefold()
