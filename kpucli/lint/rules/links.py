"""MET017: links to pages of our own that are not there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview, address_key
from kpucli.lint.rule import ARCHIVE, ERROR, Hit, rule

_TARGET = re.compile(r"\(\s*(?:<(?P<bracketed>[^<>\n]*)>|(?P<plain>[^\s()]+))")
_DEFINITION = re.compile(r"\[[^\[\]\n]*\]:[ \t]*(?:<(?P<bracketed>[^<>\n]*)>|(?P<plain>\S+))")
_ARTICLE = re.compile(r"(/berita/\d{4}/[^/]+)(/.+)?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@rule(
    "MET017",
    N_("Tautan ke halaman yang tidak ada"),
    severity=ERROR,
    explanation=N_(
        "Tautan ini menuju berita, tag, atau berkas artikel yang tidak ada di arsip. Alamat lama"
        " dalam `aliases` ikut dihitung. Tautan ke berkas lain dan ke situs lain tidak diperiksa."
    ),
    source=N_("Alamat berita /berita/TAHUN/slug/; alamat tag /tag/TAG/."),
    bad=(
        "Baca [beritanya]‹(/berita/2022/tidak-ada/)›.",
        "Lihat [semuanya]‹(/tag/rapat/)› dan [ini]‹(../2021/lain.md)›.",
        "Baca [beritanya][1].\n\n‹[1]: /berita/2022/tidak-ada/›",
    ),
    good=(
        (
            'aliases = ["/lama/"]\ntags = ["sop"]\n+++\n'
            "Lihat [ini](/berita/2022/contoh/), [itu](contoh.md), [lama](/lama),"
            " [tag](/tag/sop/#a), [dokumen](/unduhan/surat.pdf), dan [situs](https://kpu.go.id/berita/2022/x/)."
        ),
    ),
    scope=ARCHIVE,
)
def broken_link(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A link within the site to nothing in the archive."""
    if not manuscript.in_archive:
        return
    source = manuscript.article.source
    for start, end in manuscript.prose.blanked:
        is_target = source[start] == "(" and source[start - 1] == "]"
        pattern = _TARGET if is_target else _DEFINITION
        found = pattern.match(source, start, end) if source[start] in "([" else None
        if found is None:
            continue
        address = found["bracketed"] or found["plain"] or ""
        if _leads_nowhere(address, manuscript, archive):
            message = _("Tidak ada halaman {address} di arsip.").format(address=address)
            yield Hit(start, end, message)


def _leads_nowhere(address: str, manuscript: Manuscript, archive: Overview) -> bool:
    base = archive.config.base_url if archive.config else ""
    if base and "." in base:
        address = address.removeprefix(base)
    if _SCHEME.match(address):
        return False
    path = unquote(address.partition("#")[0].partition("?")[0])
    if path.startswith("/"):
        return _is_no_page(path, archive)
    if path.endswith(".md"):
        return _is_no_file(path, manuscript, archive)
    return False


def _is_no_page(path: str, archive: Overview) -> bool:
    key = address_key(path)
    if key in archive.addresses:
        return False
    if key.startswith("/tag/"):
        return key not in archive.tag_pages
    article = _ARTICLE.fullmatch(key)
    # What lies below an article are its photographs: the article at least must be there.
    return bool(article and article[1] not in archive.addresses)


def _is_no_file(path: str, manuscript: Manuscript, archive: Overview) -> bool:
    folder = manuscript.article.path.parent
    file = Path(os.path.normpath(folder / path))
    return file not in archive.paths
