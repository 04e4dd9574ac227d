"""Front matter that is not there, no TOML, or of the wrong kind; and fields at their limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.malformed.case import Case, Verdict, article, body, make_case, refused, shown


def find_field_cases() -> Iterator[Case]:
    """See `find_cases`."""
    yield from (*_delimiters(), *_syntax(), *_types(), *_tags(), *_sizes(), *_dates())


def _delimiters() -> Iterator[Case]:
    def changed(name: str, old: str, new: str, count: int = 1) -> str:
        return article(name).replace(old, new, count)

    yield refused("tanpa-isian", body("tanpa-isian"))
    yield refused("hanya-pembuka", "+++\n")
    yield refused("pembuka-tanpa-baris", "+++")
    yield refused("tanpa-penutup", article("tanpa-penutup").replace("\n+++\n\n", "\n\n"))
    yield refused("tanpa-pembuka", article("tanpa-pembuka").removeprefix("+++\n"))
    yield refused("yaml", changed("yaml", "+++", "---", 2))
    yield refused("yaml-sungguhan", "---\ntitle: Rapat\ndate: 2022-04-20\n---\n\nIsi.\n")
    yield refused("json", '{"title": "Rapat", "date": "2022-04-20"}\n\nIsi.\n')
    yield refused("titik-koma", changed("titik-koma", "+++", ";;;", 2))
    yield refused("pelican", "Title: Rapat\nDate: 2022-04-20\n\nIsi.\n")
    yield refused("org", "#+TITLE: Rapat\n#+DATE: 2022-04-20\n\nIsi.\n")
    yield refused("baris-kosong-dulu", "\n" + article("baris-kosong-dulu"))
    yield refused("spasi-dulu", " " + article("spasi-dulu"))
    yield refused("komentar-dulu", "<!-- catatan -->\n" + article("komentar-dulu"))
    yield refused("plus-empat", changed("plus-empat", "+++", "++++", 2))
    yield refused("plus-dua", changed("plus-dua", "+++", "++", 2))
    yield refused("plus-lebar", changed("plus-lebar", "+++", "＋＋＋", 2))
    yield refused("plus-berspasi", changed("plus-berspasi", "+++", "+ + +", 2))
    yield refused("pembuka-berteks", changed("pembuka-berteks", "+++\n", "+++ toml\n"))
    yield refused("penutup-menjorok", changed("penutup-menjorok", "\n+++\n", "\n +++\n"))
    yield refused("penutup-berteks", changed("penutup-berteks", "\n+++\n", "\n+++ tamat\n"))
    yield refused("penutup-yaml", changed("penutup-yaml", "\n+++\n", "\n---\n"))
    yield refused("sebaris", '+++ title = "Rapat" +++\n\nIsi.\n')
    yield refused("isian-kosong", "+++\n+++\n\n" + body("isian-kosong"))
    yield refused("isian-komentar", "+++\n# title\n+++\n\n" + body("isian-komentar"))
    yield refused("pembuka-ganda", "+++\n" + article("pembuka-ganda"))
    yield refused("penutup-dalam-teks", article("penutup-dalam-teks", 'summary = """\n+++\n"""'))
    yield shown("plus-spasi-akhir", changed("plus-spasi-akhir", "+++\n", "+++ \t\n", 2))
    yield shown("plus-dalam-teks", article("plus-dalam-teks", text="Sebelum\n\n+++\n\nsesudah."))
    yield shown("garis-dalam-teks", article("garis-dalam-teks", text="Sebelum\n\n---\n\nsesudah."))
    yield shown("isian-dalam-teks", article("isian-dalam-teks", text='+++\ntitle = "Lain"\n+++'))
    # A text that says nothing is published as the title alone; the linter warns.
    yield shown("elak-hex", article("elak-hex", r'summary = "a\x41"'))  # TOML 1.1
    yield shown("langsung-isi", changed("langsung-isi", "+++\n\n", "+++\n"))


_SYNTAX = {
    "kutip-tak-tutup": 'title = "Rapat',
    "kutip-tak-buka": 'title = Rapat"',
    "tanpa-kutip": "title = Rapat",
    "kutip-miring": "title = “Rapat”",
    "tanpa-nilai": "title =",
    "tanpa-kunci": '= "Rapat"',
    "tanpa-sama": 'title "Rapat"',
    "titik-dua": 'title: "Rapat"',
    "dua-sama": 'title == "Rapat"',
    "kunci-berspasi": 'summary of news = "a"',
    "kunci-unicode": 'ringkasán = "a"',
    "kunci-ganda": 'summary = "a"\nsummary = "b"',
    "kunci-ganda-sama": "views = 1\nviews = 1",
    "tabel-ganda": '[image]\nfile = "a.jpg"\n[image]\nfile = "b.jpg"',
    "tabel-lalu-titik": 'image.file = "a"\n[image]',
    "tabel-menimpa": 'summary = "a"\n[summary]\nb = 1',
    "larik-menimpa": "tags = []\n[[tags]]\na = 1",
    "elak-salah": r'summary = "a\q"',
    "elak-kurang": r'summary = "a\u12"',
    "baris-dalam-kutip": 'summary = "a\nb"',
    "kutip-tiga-tak-tutup": 'summary = """a',
    "kendali": 'summary = "a\x01b"',
    "kendali-komentar": "# a\x01b",
    "larik-tak-tutup": 'tags = ["a"',
    "larik-tanpa-koma": 'tags = ["a" "b"]',
    "larik-koma-ganda": 'tags = ["a",, "b"]',
    "larik-tutup-dua": 'tags = ["a"]]',
    "sebaris-tak-tutup": 'image = { file = "a"',
    "sebaris-kunci-ganda": 'image = { file = "a", file = "b" }',
    "kurung-lepas": "]",
    "tabel-tak-tutup": "[image",
    "tabel-kosong": "[]",
    "sisa-baris": 'summary = "a" b',
    "angka-nol": "views = 01",
    "angka-garis": "views = 1__0",
    "angka-titik": "views = 1.",
    "angka-tanda": "views = +-1",
    "angka-ribuan": "views = 1.234.567",
    "benar-besar": "draft = True",
    "ya": "draft = yes",
    "nihil": "summary = null",
    "bulan-13": "date = 2022-13-01",
    "31-april": "date = 2022-04-31",
    "30-februari": "date = 2022-02-30",
    "29-februari": "date = 2023-02-29",
    "jam-24": "date = 2022-04-20T24:00:00+07:00",
    "menit-60": "date = 2022-04-20T09:60:00+07:00",
    "zona-25": "date = 2022-04-20T09:00:00+25:00",
    "zona-nama": "date = 2022-04-20T09:00:00 WIB",
    "tahun-2-angka": "date = 22-04-20",
    "tahun-5-angka": "date = 12022-04-20",
    "tahun-nol": "date = 0000-04-20",
    "garis-miring": "date = 20/4/2022",
    "bulan-satu-angka": "date = 2022-4-20",
    "tanggal-kata": "date = 20 April 2022",
    "yaml-daftar": "tags:\n  - apel",
    "json-isi": '{"a": 1}',
    "ini": "[umum]\ntitle=Rapat",
    "angka-5000": "views = " + "9" * 5000,
    "larik-dalam": "tags = " + "[" * 10_000,
    "tabel-dalam": "a = " + "{a=" * 5000,
    "larik-dalam-tutup": "tags = " + "[" * 5000 + "]" * 5000,
    "kunci-dalam": ".".join("a" * 5000) + " = 1",
    "tabel-4000": "\n".join(f"[a{number}]" for number in range(6000)) + "\n[",
    "gabung": "<<<<<<< HEAD\ntags = []\n=======",
}


def _syntax() -> Iterator[Case]:
    for name, fields in _SYNTAX.items():
        yield refused(f"toml-{name}", article(f"toml-{name}", fields))


_TYPES = {
    "title": [
        "5",
        "1.5",
        "true",
        "2022-04-20",
        '["a"]',
        "{ a = 1 }",
        '""',
        '"   "',
        '"""\na\nb"""',
        "inf",
    ],
    "date": [
        '"2022-04-20"',
        '"kemarin"',
        "5",
        "2022.5",
        "true",
        "[2022-04-20]",
        "09:00:00",
        '""',
        "{}",
    ],
    "tags": [
        '"apel"',
        "5",
        "[1, 2]",
        '[["apel"]]',
        '["apel", ""]',
        '["apel\\nsop"]',
        "{ apel = true }",
        "[true]",
        '["  "]',
    ],
    "summary": ["5", '["a"]', '""', '"a\\nb"', "false"],
    "author": ["5", '["Humas"]', '""', '{ name = "Humas" }'],
    "category": ["5", '["berita"]', '""'],
    "image": [
        '"foto.jpg"',
        "5",
        "{}",
        '{ alt = "a" }',
        '{ file = 5, alt = "a" }',
        '{ file = "", alt = "a" }',
        '{ file = "a.jpg", lebar = 5 }',
        '["a.jpg"]',
    ],
    "views": ["-1", '"5"', "1.5", "true", "9007199254740992", "nan", "[5]"],
    "aliases": [
        '"/lama/"',
        "5",
        '["lama"]',
        '["https://contoh.id/lama"]',
        '["/a b"]',
        '["/lamá"]',
        '["/../rahasia"]',
        '["/a/../../b"]',
        '[""]',
        '["/a\\u0000b"]',
        "[5]",
        '["/a\\nb"]',
    ],
    "corrections": [
        '"a"',
        "{}",
        "[{}]",
        "[{ date = 2022-04-21 }]",
        '[{ date = "kemarin", text = "a" }]',
        '[{ date = 2022-04-21, text = "" }]',
        '[{ date = 2022-04-21, text = "a", oleh = "b" }]',
        "[5]",
    ],
    "withdrawn": ["true", "{}", "{ date = 2022-04-21 }", '{ reason = "a" }', '"ya"'],
    "lint_ignore": ['"EJA001"', "[5]", '[""]'],
    "draft": ['"salah"', '"false"', "0", "1", "[]", "2022-04-20", '""'],
}


def _types() -> Iterator[Case]:
    for field, values in _TYPES.items():
        for number, value in enumerate(values):
            name = f"isian-{field.replace('_', '-')}-{number}"
            yield refused(name, article(name, f"{field} = {value}"))
    for field in ("title", "date"):
        name = f"tanpa-{field}"
        lines = article(name).split("\n")
        yield refused(name, "\n".join(line for line in lines if not line.startswith(field)))
    yield refused("huruf-besar-isian", article("huruf-besar-isian").replace("title", "Title"))
    yield shown("isian-asing", article("isian-asing", 'layout = "post"', "bobot = 5"))
    yield shown(
        "isian-asing-banyak",
        article("isian-asing-banyak", *[f"a{number} = 1" for number in range(3000)]),
    )
    yield shown("kunci-panjang", article("kunci-panjang", f"{'a' * 10_000} = 1"))
    yield shown("kunci-kosong", article("kunci-kosong", '"" = 1'))
    yield shown("kunci-esc", article("kunci-esc", r'"\u001b[31m" = 1'))
    yield shown("tabel-asing", article("tabel-asing", "[params]\nx = 1\n[params.y]\nz = [1, 2]"))
    # Keys below a table belong to it; those who do not know lose tags without a word.
    yield shown("tabel-menelan", article("tabel-menelan", '[extra]\ntags = ["apel"]'))


def _tags() -> Iterator[Case]:
    unsound = {
        "kembar": '"Apel", "apel", "APEL"',
        "sama": '"apel", "apel"',
        "tanda-baca": '"!!!"',
        "emoji": '"👍"',
        "titik": '"."',
        "perangkat": '"con"',
        "esc": r'"\u001b[31m"',
        "bidi": r'"a\u202eb"',
    }
    for name, tags in unsound.items():
        yield refused(f"tag-{name}", article(f"tag-{name}", f"tags = [{tags}]"))
    sound = {
        "halaman": "halaman",
        "lintas": "../../rahasia",
        "garis": "a/b",
        "html": "<script>",
        "rich": "[red]",
        "panjang": "a" * 400,
        "unicode": "ápel",
        "spasi": "dua kata",
        "rumus": "=1+1",
        "persen": "%2e%2e",
        "indeks": "index.html",
    }
    for name, tag in sound.items():
        yield shown(f"tag-{name}", article(f"tag-{name}", f'tags = ["{tag}"]'))
    many = [f"t{number}" for number in range(600)]
    yield shown("tag-banyak", article("tag-banyak", f"tags = {many!r}"))
    yield refused("kategori-asing", article("kategori-asing", 'category = "../../x"'))


def _sizes() -> Iterator[Case]:
    yield refused("isian-64-kib", article("isian-64-kib", f'summary = "{"a" * 70_000}"'))
    yield shown("ringkasan-panjang", article("ringkasan-panjang", f'summary = "{"kata " * 9000}"'))
    name = "hampir-satu-mib"
    rest = 1024**2 - len(article(name, text=""))
    paragraph = "Rapat dibuka di aula kantor. " * 20 + "\n\n"
    text = (paragraph * (rest // len(paragraph) + 1))[: rest - 3] + "\n\n."
    yield shown(name, article(name, text=text))
    yield shown("tanpa-isi", article("tanpa-isi", text=""))


_DATES = {
    "1899": ("1899-12-31", Verdict.REFUSED),
    "1900": ("1900-01-01", Verdict.SHOWN),
    "2200": ("2200-12-31", Verdict.HIDDEN),
    "2201": ("2201-01-01", Verdict.REFUSED),
    "0001": ("0001-01-01", Verdict.REFUSED),
    "9999": ("9999-12-31T23:59:59Z", Verdict.REFUSED),
    "1970": ("1970-01-01T00:00:00Z", Verdict.SHOWN),
    "1969": ("1969-12-31T23:59:59Z", Verdict.SHOWN),
    "2038": ("2038-01-19T03:14:08Z", Verdict.HIDDEN),
    "kabisat": ("2024-02-29", Verdict.SHOWN),
    "besok": ("2026-01-01T00:00:00+07:00", Verdict.HIDDEN),
    "lokal": ("2022-04-20T09:00:00", Verdict.SHOWN),
    "spasi": ("2022-04-20 09:00:00+07:00", Verdict.SHOWN),
    "mikro": ("2022-04-20T09:00:00.123456+07:00", Verdict.SHOWN),
    "nano": ("2022-04-20T09:00:00.123456789+07:00", Verdict.SHOWN),
    "zona-jauh": ("2022-04-20T09:00:00+23:59", Verdict.SHOWN),
    "zona-mundur": ("2022-04-20T09:00:00-23:59", Verdict.SHOWN),
    "huruf-kecil": ("2022-04-20t09:00:00z", Verdict.SHOWN),
    "tahun-lain": ("2012-04-20", Verdict.REFUSED),
    "tanpa-detik": ("2022-04-20T09:00+07:00", Verdict.SHOWN),
    "minggu-iso": ("2022-W16-3", Verdict.REFUSED),
    "detik-60": ("2022-04-20T09:00:60+07:00", Verdict.REFUSED),
}


def _dates() -> Iterator[Case]:
    for name, (date, verdict) in _DATES.items():
        full = f"tanggal-{name}"
        year = re.match(r"\d{4}", date)
        assert year
        path = f"{year[0]}/{full}.md"
        if name == "tahun-lain":
            path = f"2022/{full}.md"
        yield make_case(full, verdict, article(full, f"date = {date}").encode(), path)
    for name, field in {
        "draf": "draft = true",
        "ditarik": 'withdrawn = { date = 2022-04-21, reason = "Keliru." }',
    }.items():
        yield make_case(f"status-{name}", Verdict.HIDDEN, article(f"status-{name}", field).encode())
