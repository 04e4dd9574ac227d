"""MET005: two things at one address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview, address_key
from kpucli.lint.rule import ARCHIVE, ERROR, Hit, rule

# What the site itself puts somewhere; compared as `address_key` gives it.
_OWN = re.compile(
    r"/|/(?:tag|arsip|halaman|cari)(?:/.*)?|/berita"
    r"|/bagikan[./].*"
    r"|/(?:umpan\.(?:atom|json)|peta-(?:situs|berita)[\w-]*\.xml|robots\.txt|404(?:\.html)?"
    r"|logo\.svg|gaya\..*)"
)


@rule(
    "MET005",
    N_("Alamat dipakai dua kali"),
    severity=ERROR,
    explanation=N_(
        "Setiap alamat menuju satu halaman. Alamat lama di `aliases` tidak boleh sama dengan alamat"
        " artikel lain, alamat lama artikel lain, atau halaman situs sendiri (beranda, tag, arsip,"
        " umpan). Huruf besar dan kecil dianggap sama karena tidak setiap peladen membedakannya."
    ),
    source=N_("Alamat berita sama dengan nama berkasnya: /berita/TAHUN/slug/."),
    bad=(
        'aliases = ["/lama/", ‹"/tag/sop/"›]',
        '--- 2022/contoh.md\naliases = [‹"/Berita/2022/lain"›]\n--- 2022/lain.md\nIsi berita.',
        'aliases = ["/lama/", ‹"/lama"›]',
    ),
    good='aliases = ["/index.php/2022/04/apel-senin/"]',
    scope=ARCHIVE,
)
def duplicate_url(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """An alias takes an address that is somebody else's."""
    article = manuscript.article
    if not article.aliases or not manuscript.in_archive:
        return
    seen: set[str] = set()
    for string in manuscript.front_matter.strings:
        if string.key == "aliases":
            key = address_key(string.value)
            message = _complaint(string.value, key, seen, manuscript, archive)
            if message:
                yield Hit(string.start, string.end, message)
            seen.add(key)


def _complaint(
    alias: str, key: str, seen: set[str], manuscript: Manuscript, archive: Overview
) -> str | None:
    article = manuscript.article
    if _OWN.fullmatch(key):
        return _("Alamat {alias} sudah dipakai oleh situs sendiri.").format(alias=alias)
    if key == address_key(article.url):
        return _("Alamat {alias} sudah menjadi alamat artikel ini.").format(alias=alias)
    if key in seen:
        return _("Alamat {alias} tertulis dua kali di artikel ini.").format(alias=alias)
    others = [path for path in archive.addresses.get(key, ()) if path != article.path]
    if not others:
        return None
    return _("Alamat {alias} dipakai oleh {path} dan juga oleh {other}.").format(
        alias=alias, path=article.path, other=others[0]
    )
