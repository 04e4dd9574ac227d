"""Files where none can stand, that are none, or that want what belongs to others."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

from tests.malformed.case import Case, Maker, Verdict, article, make_case, refused, shown
from tests.photographs import UNUSABLE, make_photo

_PHOTO = make_photo(60, 40)


def find_place_cases() -> Iterator[Case]:
    """See `find_cases`."""
    yield from (*_names(), *_special(), *_photos(), *_aliases(), *_duplicates())


_DEVICES = ("con", "nul", "prn", "aux", "com1", "com9", "lpt1", "lpt9", "conin$", "clock$")


def _names() -> Iterator[Case]:
    bad = {
        "huruf-besar": "2022/Rapat-Besar.md",
        "spasi": "2022/rapat sore.md",
        "garis-bawah": "2022/rapat_sore.md",
        "titik": "2022/rapat.sore.md",
        "minus-depan": "2022/-rapat.md",
        "minus-akhir": "2022/rapat-.md",
        "unicode": "2022/rapát.md",
        "emoji": "2022/rapat👍.md",
        "panjang": f"2022/{'a' * 81}.md",
        "persen": "2022/%2e%2e%2frapat.md",
        "garis-miring-balik": "2022/a\\..\\rapat.md",
        "titik-dua": "2022/c:rapat.md",
        "baris": "2022/rapat\nsore.md",
        "esc": "2022/\x1b[31mmerah.md",
        "bidi": "2022/\u202edm.tapar.md",
        "tanda-kurung": "2022/[red]rapat[-red].md",
        "bintang": "2022/rapat*.md",
        "kutip": '2022/"rapat".md',
        "bukan-utf8": "2022/\udcff\udcfe.md",
        "akhiran-besar": "2022/akhiran-besar.MD",
        "akhiran-panjang": "2022/akhiran-panjang.markdown",
        "akhiran-ganda": "2022/rapat.md.md",
        "hanya-akhiran": "2022/ .md",
        "dolar": "2022/$(id).md",
        "titik-koma": "2022/rapat;id.md",
        "di-akar": "di-akar.md",
        "tahun-dua": "22/tahun-dua.md",
        "tahun-lima": "20222/tahun-lima.md",
        "tahun-kata": "dua/tahun-kata.md",
        "terlalu-dalam": "2022/04/terlalu-dalam.md",
        "di-folder-foto": "2022/apel/rahasia.md",
        "bulan": "2022-04/bulan.md",
        "angka-arab": "٢٠٢٢/angka-arab.md",
        "tahun-nol": "0000/tahun-nol.md",
        "tahun-9999": "9999/tahun-9999.md",
    }
    for name, path in bad.items():
        yield refused(f"nama-{name}", article(f"nama-{name}"), path)
    for device in _DEVICES:
        name = f"perangkat-{device.strip('$')}"
        yield refused(name, article(name), f"2022/{device}.md")
    for name, path in {
        "satu-huruf": "2022/a.md",
        "angka": "2022/2022.md",
        "delapan-puluh": f"2022/{'b' * 80}.md",
        "minus-ganda": "2022/rapat--sore.md",
        "index": "2022/index.md",
        "mirip-con": "2022/console.md",
        "mirip-com": "2022/com10.md",
    }.items():
        yield shown(f"nama-{name}", article(f"nama-{name}"), path)
    for name, path in {
        "tersembunyi": "2022/.tersembunyi.md",
        "cadangan": "2022/rapat.md~",
        "tukar": "2022/.rapat.md.swp",
        "teks": "2022/rapat.txt",
        "yaml-lain": "2022/rapat.yaml",
        "tahun-tersembunyi": ".2022/rapat.md",
    }.items():
        yield make_case(
            f"bukan-{name}", Verdict.PASSED_OVER, article(f"bukan-{name}").encode(), path
        )


def _link_to(target: str) -> Maker:
    return lambda path: path.symlink_to(target)


def _listen(path: Path) -> None:
    # A socket's address is short, whatever the folder.
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


def _make_sparse(size: int) -> Maker:
    def make(path: Path) -> None:
        path.write_bytes(b"+++\n")
        os.truncate(path, size)

    return make


def _special() -> Iterator[Case]:
    yield refused("tautan-passwd", _link_to("/etc/passwd"))
    yield refused("tautan-artikel", _link_to("apel.md"))
    yield refused("tautan-putus", _link_to("tidak-ada.md"))
    yield refused("tautan-berputar", _link_to("tautan-berputar.md"))
    yield refused("tautan-perangkat", _link_to("/dev/zero"))
    yield refused("tautan-proc", _link_to("/proc/self/environ"))
    yield refused("tautan-tahun", _link_to("2022"), "2019")
    yield refused("tautan-folder", _link_to("/etc"), "2022/tautan-folder")
    yield refused("pipa", os.mkfifo)
    yield refused("soket", _listen)
    yield refused("folder-md", Path.mkdir)
    yield refused("raksasa", _make_sparse(1024**3))
    yield refused("lebih-satu-mib", _make_sparse(1024**2 + 1))


def _photos() -> Iterator[Case]:
    names = {
        "lintas": "../../../../etc/passwd",
        "lintas-tetangga": "../apel.md",
        "mutlak": "/etc/passwd",
        "windows": "C:\\\\foto.jpg",
        "lintas-windows": "..\\\\..\\\\foto.jpg",
        "url": "https://contoh.id/a.jpg",
        "berkas-url": "file:///etc/passwd",
        "tidak-ada": "hilang.jpg",
        "nol": "a\\u0000.jpg",
        "titik": ".",
        "titik-dua": "..",
        "persen": "%2e%2e/%2e%2e/etc/passwd",
        "panjang": "a" * 5000,
    }
    for name, file in names.items():
        full = f"foto-{name}"
        yield refused(full, article(full, f'image = {{ file = "{file}", alt = "Pegawai" }}'))
    for name in ("lintas", "tidak-ada", "persen"):
        full = f"foto-teks-{name}"
        yield refused(full, article(full, text=f"![Pegawai]({names[name]})"))
    unusable: dict[str, bytes | Maker] = {
        **UNUSABLE,
        "link": _link_to("/etc/passwd"),
        "folder": Path.mkdir,
        "pipe": os.mkfifo,
    }
    for name, content in unusable.items():
        full = f"foto-{name.replace(' ', '-')}"
        main = article(full, 'image = { file = "a.jpg", alt = "Pegawai" }').encode()
        place = f"2022/{full}.md"
        yield Case(full, Verdict.REFUSED, {place: main, f"2022/{full}/a.jpg": content}, (place,))
    for name, fields, text in (
        ("baik", 'image = { file = "a.jpg", alt = "Pegawai" }', "Rapat."),
        ("baik-di-teks", "draft = false", "Rapat.\n\n![Pegawai](a.jpg)"),
    ):
        full = f"foto-{name}"
        yield Case(
            full,
            Verdict.SHOWN,
            {
                f"2022/{full}.md": article(full, fields, text=text).encode(),
                f"2022/{full}/a.jpg": _PHOTO,
            },
            (),
        )
    yield refused("foto-tanpa-alt", article("foto-tanpa-alt", text="![](a.jpg)"))


def _aliases() -> Iterator[Case]:
    taken = {
        "beranda": "/",
        "berita": "/berita/",
        "tag": "/tag/apel/",
        "arsip": "/arsip/",
        "umpan": "/umpan.atom",
        "cari": "/cari/",
        "robots": "/robots.txt",
        "404": "/404.html",
        "peta": "/peta-situs.xml",
        "tetangga": "/berita/2022/apel/",
        "perangkat": "/con/",
        "perangkat-berakhiran": "/a/Nul.html",
        "tersembunyi": "/.git/config",
        "kpucli": "/.kpucli/x",
        "titik": "/./a/./",
        "minus": "/-rf/",
        "protokol": "//evil.example/",
        "balik": "/..%5c..%5cx",
        "tetangga-besar": "/BERITA/2022/APEL",
        "tetangga-indeks": "/berita/2022/apel/index.html",
    }
    for name, alias in taken.items():
        yield refused(f"alias-{name}", article(f"alias-{name}", f'aliases = ["{alias}"]'))
    own = "alias-sendiri"
    yield refused(own, article(own, f'aliases = ["/berita/2022/{own}/"]'))
    yield refused("alias-ganda", article("alias-ganda", 'aliases = ["/a/b/", "/A/b"]'))
    first, second = "alias-rebutan-satu", "alias-rebutan-dua"
    yield Case(
        "alias-rebutan",
        Verdict.REFUSED,
        {
            f"2022/{name}.md": article(name, 'aliases = ["/rebutan/"]').encode()
            for name in (first, second)
        },
        (f"2022/{first}.md", f"2022/{second}.md"),
    )
    sound = {
        "wajar": "/2022/04/alias-wajar/",
        "tanya": "/index.php?id=5",
        "pagar": "/a#b",
        "persen": "/%2e%2e/%2e%2e/etc",
        "tanda": "/<script>/",
        "kutip": "/a'b",
        "spasi-persen": "/a%20b",
        "panjang": "/" + "a/" * 200,
        "nama-panjang": "/" + "a" * 400,
        "garis-ganda": "/a//b///c",
        "berkas-lalu-folder": "/x.html/y/",
    }
    for name, alias in sound.items():
        full = f"alias-{name}"
        yield shown(full, article(full, f'aliases = ["{alias}"]'))
    many = [f"/alias/{number}/" for number in range(1500)]
    yield shown("alias-banyak", article("alias-banyak", f"aliases = {many!r}"))


def _duplicates() -> Iterator[Case]:
    def pair(name: str, one: str, two: str, named: tuple[str, ...]) -> Case:
        files = {one: article(name).encode(), two: article(name).encode()}
        return Case(name, Verdict.REFUSED, files, named)

    yield pair(
        "kembar-huruf", "2022/kembar-huruf.md", "2022/Kembar-Huruf.md", ("2022/Kembar-Huruf.md",)
    )
    yield pair(
        "kembar-akhiran",
        "2022/kembar-akhiran.md",
        "2022/kembar-akhiran.markdown",
        ("2022/kembar-akhiran.markdown",),
    )
    yield pair(
        "kembar-unicode",
        "2022/kembar-é.md",
        "2022/kembar-e\u0301.md",
        ("2022/kembar-é.md", "2022/kembar-e\u0301.md"),
    )
    for name, first, second in (
        ("kembar-tahun", "2021/kembar-tahun.md", "2022/kembar-tahun.md"),
        ("kembar-judul", "2022/kembar-judul-a.md", "2022/kembar-judul-b.md"),
    ):
        files = {path: article(name, f"date = {path[:4]}-04-20") for path in (first, second)}
        yield Case(name, Verdict.SHOWN, {path: text.encode() for path, text in files.items()}, ())
