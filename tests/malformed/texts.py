"""Bytes that are no text, characters nobody sees, and Markdown that means harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.malformed.case import Case, article, refused, shown
from tests.photographs import make_photo


def find_text_cases(size: int) -> Iterator[Case]:
    """See `find_cases`."""
    yield from (*_encodings(), *_characters(), *_markup(), *_links(), *_bombs(size))


def _encodings() -> Iterator[Case]:
    def plain(name: str) -> str:
        return article(name, text="Rapat “café” dibuka.")

    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "shift-jis"):
        name = f"sandi-{codec}"
        text = article(name)
        if codec == "shift-jis":  # ASCII is the same there: only other letters differ
            text = text.replace("Rapat dibuka", "Rapat 会議 dibuka")
        content = text.encode(codec)
        yield refused(name, content)
    yield refused(
        "sandi-latin1", plain("sandi-latin1").replace("“", '"').replace("”", '"').encode("latin-1")
    )
    yield refused("sandi-cp1252", plain("sandi-cp1252").encode("cp1252"))
    bad = {
        "bita-tunggal": b"\xff",
        "bita-lanjutan": b"\x80",
        "bita-kepanjangan": b"\xc0\xaf",
        "bita-separuh": b"\xed\xa0\x80",
        "bita-terpotong": b"\xe2\x82",
        "bita-di-luar": b"\xf5\x80\x80\x80",
        "bita-nol-ganda": b"\xc0\x80",
        "bita-cesu": b"\xed\xa0\xbd\xed\xb2\xa9",
    }
    for name, piece in bad.items():
        yield refused(name, article(name).encode().replace(b"dibuka", b"di" + piece + b"buka"))
        title = f"{name}-judul"
        yield refused(title, article(title).encode().replace(b"Berita", b"Be" + piece + b"rita"))
    yield refused("bita-di-akhir", article("bita-di-akhir").encode() + b"\xe2")
    yield shown("bom", b"\xef\xbb\xbf" + article("bom").encode())
    yield refused("bom-ganda", b"\xef\xbb\xbf" * 2 + article("bom-ganda").encode())
    yield refused("bom-sesudah-baris", b"\n\xef\xbb\xbf" + article("bom-sesudah-baris").encode())
    yield shown("crlf", article("crlf").replace("\n", "\r\n"))
    yield shown("bom-crlf", b"\xef\xbb\xbf" + article("bom-crlf").replace("\n", "\r\n").encode())
    yield refused("cr-saja", article("cr-saja").replace("\n", "\r"))
    mixed = article("baris-campur").split("\n")
    yield shown(
        "baris-campur", "".join(line + "\r\n"[number % 2 :] for number, line in enumerate(mixed))
    )
    yield shown("tanpa-baris-akhir", article("tanpa-baris-akhir").rstrip())
    yield refused("nel", article("nel").replace("\n", "\x85"))
    yield refused("kosong", b"")
    yield refused("hanya-bom", b"\xef\xbb\xbf")
    yield refused("hanya-spasi", b" \t\n\r\n  ")
    yield refused("hanya-nol", bytes(4000))
    yield refused("png", make_photo(60, 40))
    yield refused("gzip", b"\x1f\x8b\x08\x00" + b"\x00" * 60)
    yield refused("acak", bytes(range(256)) * 8)


def _characters() -> Iterator[Case]:
    hidden = {
        "nol": "\x00",
        "esc": "\x1b[31m",
        "osc": "\x1b]8;;https://evil.example\x07",
        "bel": "\x07",
        "del": "\x7f",
        "c1": "\x9b31m",
        "backspace": "\x08\x08",
        "bidi": "\u202e",
        "isolat": "\u2066",
        "tanpa-lebar": "\u200b",
        "penghubung": "\u2060",
        "bom-tengah": "\ufeff",
        "tanda-tag": "\U000e0041",
        "tanda-lunak": "\xad",
    }
    for name, piece in hidden.items():
        yield refused(f"huruf-{name}", article(f"huruf-{name}", text=f"Rapat {piece}dibuka."))
    escaped = {
        "nol": "\\u0000",
        "esc": "\\u001b[31m",
        "bidi": "\\u202e",
        "c1": "\\u009b31m",
        "tanpa-lebar": "\\u200b",
    }
    for name, piece in escaped.items():
        full = f"judul-{name}"
        yield refused(full, article(full, f'title = "Rapat {piece} koordinasi"'))
    for name, piece in {"baris": "\\n", "cr": "\\r", "baris-ganda": "\\r\\n"}.items():
        yield refused(f"judul-{name}", article(f"judul-{name}", f'title = "Rapat{piece}sore"'))
    yield refused("judul-separuh", article("judul-separuh", r'title = "Rapat \ud800"'))
    yield refused("judul-di-luar", article("judul-di-luar", r'title = "Rapat \U00110000"'))
    sound = {
        "emoji": "👍🏽",
        "astral": "𝕂",
        "rtl": "عربي",
        "cjk": "会議",
        "gabungan": "e\u0301" * 50,
        "zalgo": "a" + "\u0300\u0301\u0302" * 60,
        "bukan-huruf": "\ufffd",
        "pribadi": "\ue000",
        "bukan-karakter": "\ufffe",
    }
    for name, piece in sound.items():
        yield shown(f"teks-{name}", article(f"teks-{name}", text=f"Rapat {piece} dibuka."))
    for name, piece in {"baris": "\u2028", "paragraf": "\u2029"}.items():
        yield refused(f"pisah-{name}", article(f"pisah-{name}", text=f"Rapat{piece}dibuka."))


_MARKUP = {
    "skrip": "<script>alert</script>",
    "handler": '<img src=x onerror="alert">',
    "svg": "<svg onload=alert>",
    "iframe": "<iframe src=https://evil.example></iframe>",
    "gaya": "<style>*{color: red}</style>",
    "cdata": "]]><script>alert</script>",
    "judul-tutup": "</title></head><script>",
    "base": '<base href="https://evil.example/">',
    "javascript": "[klik](javascript:alert)",
    "data": "[klik](data:text/html,<script>alert</script>)",
    "vbscript": "[a](vbscript:x)",
    "javascript-entitas": "[klik](&#106;avascript&colon;alert)",
    "berkas": "[klik](file:///etc/passwd)",
}

_SOUND_MARKUP = {
    "templat": "{{ 7*7 }} {% include '/etc/passwd' %} {{ config.items() }}",
    "hugo": '{{< readfile "/etc/passwd" >}} {{% figure %}}',
    "pelican": "{filename}/etc/passwd {static}../x {include}/etc/passwd",
    "liquid": "{% include_relative ../../etc/passwd %}",
    "erb": "<%= system('id') %> <? echo 1 ?>",
    "rich": "[red]merah[/red] [/] [link=https://evil.example]x[/link]",
    "entitas": "&lt;b&gt; &#0; &#x110000; &amp;",
    "pagar-terbuka": "```\nkode tanpa penutup",
    "tautan-terbuka": "[a](https://contoh.id",
    "tabel-pincang": "|a|b|\n|-|\n|1|2|3|",
    "daftar-campur": "1. a\n- b\n* c\n   7) d",
    "judul-banyak": "# a\n####### b\n\nc\n=\nd\n-",
    "hanya-tanda": "*_`~[]()<>!#-+|\\",
    "dolar": "$$ \\input{/etc/passwd} $$",
    "kutip-salah": "\\",
    "garis-tabel": "|" * 300,
    "yaml-dalam-teks": "---\na: &a [*a]\n---",
    "tautan-surel": "<mailto:kpu@contoh.go.id> [telepon](tel:+62341)",
    "catatan-kaki-yatim": "Teks[^1] tanpa catatan.\n\n[^2]: yatim",
    "rumus": "=cmd|' /C calc'!A0\n\n@SUM\n\n+1+1",
    "rst": ".. include:: /etc/passwd\n\n.. raw:: html\n   :file: /etc/passwd",
}


def _markup() -> Iterator[Case]:
    yield refused("komentar-terbuka", article("komentar-terbuka", text="<!-- tidak ditutup"))
    for name, text in _MARKUP.items():  # shown as if it were not there; the linter warns
        yield shown(f"html-{name}", article(f"html-{name}", text=text))
    for name, text in _SOUND_MARKUP.items():
        yield shown(f"markah-{name}", article(f"markah-{name}", text=text))
    for name, title in {
        "html": "<b>Rapat</b> & <script>alert</script>",
        "templat": "{{ 7*7 }}{% raw %}",
        "rich": "[red]Rapat[/red] [/]",
        "rumus": "=cmd|' /C calc'!A0",
        "markdown": "# *Rapat* [a](b)",
        "tutup": "</title></head>",
        "titik": "...",
        "tanda": "-",
        "panjang": "Rapat " * 1500,
        "satu-kata": "R" * 9000,
    }.items():
        yield shown(f"judul-{name}", article(f"judul-{name}", f'title = "{title}"'))


# Texts that some parsers take minutes for; `n` is how large.
_BOMBS: dict[str, Callable[[int], str]] = {
    "kutipan": lambda n: ">" * 2000 * n + "a",
    "kutipan-baris": lambda n: "\n".join(">" * number + "a" for number in range(1, 90 * n)),
    "daftar": lambda n: "\n".join("  " * number + "- a" for number in range(70 * n)),
    "daftar-datar": lambda n: "- a\n" * 2000 * n,
    "kurung": lambda n: "[" * 5000 * n,
    "kurung-gambar": lambda n: "![" * 3000 * n,
    "kurung-tutup": lambda n: "]" * 5000 * n,
    "tautan": lambda n: "[a](" * 2000 * n,
    "tekanan": lambda n: "*a **b " * 2000 * n,
    "tekanan-campur": lambda n: "*_" * 4000 * n,
    "petik": lambda n: "".join("`" * number + "a" for number in range(1, 70 * n)),
    "tabel": lambda n: "|a" * 400 * n + "|\n" + "|-" * 400 * n + "|\n" + "|1" * 400 * n + "|",
    "tabel-panjang": lambda n: "|a|\n|-|\n" + "|1|\n" * 2000 * n,
    "rujukan": lambda n: f"[a]: /{'b' * 200 * n}\n\n" + "[a]" * 2000 * n,
    "rujukan-banyak": lambda n: "".join(f"[a{number}]: /b\n" for number in range(2000 * n)),
    "catatan-kaki": lambda n: (
        "".join(f"[^{k}]: a\n\n" for k in range(400 * n))
        + "".join(f"[^{k}]" for k in range(400 * n))
    ),
    "entitas": lambda n: "&amp;" * 10_000 * n,
    "elakan": lambda n: "\\*" * 10_000 * n,
    "html": lambda n: "<a " * 5000 * n,
    "html-komentar": lambda n: "<!-- a -->" * 2000 * n,
    "surel": lambda n: "a@" * 5000 * n,
    "surel-titik": lambda n: "a." * 5000 * n + "@b",
    "alamat": lambda n: "https://" * 2000 * n,
    "coret": lambda n: "~~a" * 3000 * n,
    "satu-kata": lambda n: "a" * 50_000 * n,
    "satu-baris": lambda n: "rapat ini di aula " * 2500 * n,
    "baris-kosong": lambda n: "\n" * 40_000 * n,
    "tab": lambda n: "\t" * 20_000 * n,
    "spasi": lambda n: "a" + " " * 40_000 * n + "b",
    "garis": lambda n: "---\n" * 6000 * n,
    "judul": lambda n: "# a\n" * 2000 * n,
}


def _bombs(size: int) -> Iterator[Case]:
    """An outcome within seconds, whichever it is."""
    for name, make in _BOMBS.items():
        full = f"bom-{name}"
        yield shown(full, article(full, text=make(size)))


_LINKS = {
    "mati": "[a](/berita/2022/tidak-ada/)",
    "mati-relatif": "[a](/berita/2022/apel.md)",
    "kpu": "[a](https://kpu.contoh.go.id/berita/2022/tidak-ada/)",
}
_SOUND_LINKS = {
    "hidup": "[a](/berita/2022/apel/)",
    "jangkar": "[a](#tidak-ada)",
    "panjang": f"[a](https://contoh.id/{'a' * 9000})",
    "idn": "[a](https://contöh.id/ä)",
    "spasi": "[a](<https://contoh.id/a b>)",
    "protokol": "[a](//contoh.id/)",
    "kosong": "[a]()",
    "ftp": "[a](ftp://contoh.id/a)",
    "titik": "[a](../../../etc/passwd)",
    "persen": "[a](/%2e%2e/%2e%2e/etc/passwd)",
    "kurung": "[a](https://contoh.id/(((a)",
    "pengguna": "[a](https://kpu.go.id@evil.example/)",
    "ipv6": "[a](http://[::1",
    "porta": "[a](https://contoh.id:99999999/)",
}


def _links() -> Iterator[Case]:
    for name, text in _LINKS.items():
        yield refused(f"tautan-teks-{name}", article(f"tautan-teks-{name}", text=text))
    for name, text in _SOUND_LINKS.items():
        yield shown(f"tautan-teks-{name}", article(f"tautan-teks-{name}", text=text))
