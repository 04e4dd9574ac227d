"""MET009, MET012: photographs without words for the blind, or without a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import ERROR, Hit, rule

_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\](?=[\ufffc\[])")
_TARGET = re.compile(r"\(\s*(?:<(?P<bracketed>[^<>\n]*)>|(?P<plain>[^\s()]*))")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#")


@rule(
    "MET009",
    N_("Foto tanpa teks pengganti"),
    severity=ERROR,
    explanation=N_(
        "Teks pengganti (alt) dibacakan kepada pembaca tunanetra dan tampil bila foto gagal dimuat."
        " Tulis apa yang terlihat, tanpa “foto” atau “gambar”."
    ),
    source=N_("WCAG 2.2, kriteria 1.1.1."),
    bad=('image = ‹{ file = "apel.jpg" }›', "Suasana apel: ‹![]›(https://contoh.id/apel.jpg)"),
    good="Suasana apel: ![Pegawai berbaris di halaman](https://contoh.id/apel.jpg)",
)
def image_without_alt(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """An image has no alternative text."""
    image = manuscript.value("image")
    if image is not None and not image.get("alt", "").strip():
        message = _("Foto utama belum mempunyai teks pengganti (alt).")
        yield Hit(*manuscript.field_span("image"), message)
    for match in _images(manuscript):
        if not match["alt"].strip():
            yield Hit(*match.span(), _("Foto ini belum mempunyai teks pengganti (alt)."))


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
    if not manuscript.in_archive:
        return
    image = manuscript.value("image")
    if image is not None:
        message = _complaint(manuscript, image["file"])
        string = manuscript.string("file", image["file"])
        if message and string:
            yield Hit(string.start, string.end, message)
    for match in _images(manuscript):
        target = _TARGET.match(manuscript.article.source, match.end())
        if target is None:
            continue
        address = unquote(target["bracketed"] or target["plain"] or "")
        message = None if _ELSEWHERE.match(address) else _complaint(manuscript, address)
        if message:
            end = manuscript.article.source.find(")", target.end())
            yield Hit(match.end(), max(end + 1, target.end()), message)


def _images(manuscript: Manuscript) -> Iterator[re.Match[str]]:
    text = manuscript.prose.text
    if "![" in text:
        yield from _IMAGE.finditer(text, manuscript.article.body_start)


def _complaint(manuscript: Manuscript, name: str) -> str | None:
    path = manuscript.article.path
    folder = path.parent / path.stem
    parts = PurePosixPath(name).parts
    if _ELSEWHERE.match(name) or "\\" in name or "\0" in name or ".." in parts or not parts:
        return _("“{name}” harus nama berkas di folder {folder}.").format(name=name, folder=folder)
    if _is_file_inside(folder, folder.joinpath(*parts)):
        return None
    return _("Foto “{name}” tidak ada di folder {folder}.").format(name=name, folder=folder)


def _is_file_inside(folder: Path, file: Path) -> bool:
    """Whether a regular file stands there, without following a link out of the folder."""
    try:
        return file.is_file() and file.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False
