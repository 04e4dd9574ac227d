"""Every kind of page, and each difficulty once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Kind:
    """A page of one of the sites: the site's name and the page's path in it."""

    path: str
    site: str = ""

    @property
    def file(self) -> str:
        """The path of its file below the site's folder."""
        return (self.path + "index.html" if self.path.endswith("/") else self.path).lstrip("/")


KINDS = {
    "front page": Kind("/"),
    "numbered page": Kind("/halaman/9/"),
    "oldest page": Kind("/halaman/1/"),
    "tag": Kind("/tag/rapat/"),
    "numbered page of a tag": Kind("/tag/apel/halaman/1/"),
    "tag of one long word": Kind(
        "/tag/pendaftaranpemantaupemilihanserentaktingkatkabupatendankotatahunini/"
    ),
    "tags": Kind("/tag/"),
    "category": Kind("/kategori/pengumuman/"),
    "numbered page of a category": Kind("/kategori/berita/halaman/1/"),
    "search": Kind("/cari/"),
    "correction policy": Kind("/koreksi/"),
    "archive": Kind("/arsip/"),
    "year": Kind("/arsip/2021/"),
    "month": Kind("/arsip/2025/05/"),
    "article with everything": Kind("/berita/2025/serba-ada/"),
    "title of 200 letters": Kind("/berita/2025/judul-panjang/"),
    "title with a word of 89 letters": Kind("/berita/2025/kata-panjang/"),
    "article without tags": Kind("/berita/2025/tanpa-tag/"),
    "article with twenty tags": Kind("/berita/2025/banyak-tag/"),
    "article with corrections": Kind("/berita/2025/diralat-dua-kali/"),
    "article of 5,000 words": Kind("/berita/2025/lima-ribu-kata/"),
    "article with photograph": Kind("/berita/2025/berfoto/"),
    "withdrawn article": Kind("/berita/2025/ditarik/"),
    "error": Kind("/404.html"),
    "front page of nothing": Kind("/", "kosong"),
    "tags of nothing": Kind("/tag/", "kosong"),
    "archive of nothing": Kind("/arsip/", "kosong"),
    "search of nothing": Kind("/cari/", "kosong"),
    "corrections of nothing": Kind("/koreksi/", "kosong"),
}
BELOW_A_PATH = {
    "front page below a path": Kind("/", "jalur"),
    "article below a path": Kind("/berita/2025/diralat-dua-kali/", "jalur"),
}

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def shape_of(path: str) -> str:
    """What sort of address a path is: numbers are `0`, an article's or tag's own word is `a`."""
    path = re.sub(r"(?<=/)(berita/\d+|tag|kategori)/(?!halaman/)[^/]+/", r"\1/a/", path)
    return re.sub(r"\d+", "0", path)
