"""Rules about the text on tricky lines: what is right is left alone, what is wrong is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpucli.archive import Archive
from kpucli.lint.engine import check_text
from kpucli.lint.finding import Finding
from tests.lint.examples import WIB, complete


def found(text: str, code: str = "") -> list[Finding]:
    archive = Archive(Path("no-such-archive"), WIB)
    findings = check_text(complete(text).encode(), Path("contoh.md"), archive)
    return [finding for finding in findings if finding.code.startswith(code)]


CLEAN = {
    "no office": "Ia pindah ke Biro yang lain itu dan Divisi luar biasa.",
    "degrees": "Dr. Budi, S.H., M.Si., dan Siti, S.Pd. hadir … semuanya.",
    "quotes": "“Mari memilih!” ujarnya (sambil tersenyum) – lalu ia pergi.",
    "numbers": "Ada 1.234.567 suara; 45,6 persen; rasio 1 : 2; pukul 08.00–10.00 WIB.",
    "tasks": "- [ ] tugas\n- [x] selesai",
    "lists": "1.  Satu\n2.  Dua\n    lanjutan  \n    lagi\n\n    paragraf dalam butir",
    "letters": "a)  Satu\nb)  Dua\n\n(1)  Satu\n(2)  Dua",
    "labels": "Nama   : Budi\nJabatan: Ketua\nAlamat : Malang",
    "bold labels": "**Hari/tanggal** : Senin, 18 April 2022\n**Pukul** : 08.00 WIB",
    "crlf labels": "Hari   : Senin\r\nTempat : aula",
    "table": "| A   | B   |\n| --- | :-: |\n| x   | y   |",
    "fence": "```\nkode  di  sini ,\n```\n\n    kode  lagi ,",
    "fence in quote": "> ```\n> kode  di ,sini\n> ```",
    "code span": "Ia menulis `a  b ,c` dan ``x ` , y`` di sana.",
    "comment": "Teks. <!-- catatan  untuk , redaksi -->",
    "link title": '[surat](surat.pdf "Surat  resmi , baru") ini.',
    "definition": "[a]: https://contoh.id/x  'judul , lama'",
    "footnote": "[^1]:  catatan\n\nTeks[^1] lagi.",
    "headings": "Bab\n===\n\n## Sub  \n\n> kutipan\n> > dalam\n\n---",
    "smileys": "Halo :) dan :smile: juga ;) ( :",
    "ellipses": "Ia ... pergi. Lalu .... selesai . . . entah.",
    "paths": "Pilih /start, buka /etc/hosts dan /berita/2022/ di situs.",
    "slashes": "S/d tanggal 20, d/a kantor, dan/atau, km/jam, senin / selasa.",
    "hosts": "Situs kpu.go.id, humas@kpu.go.id, berkas surat .docx dan .pdf.",
    "straight quotes": 'Kata "dalam" kutip lurus " dan " lagi.',
    "emoji": "Guru 👩‍🏫 dan ❤️ itu.",
    "arabic": "Ia membaca نمی‌خواهم di depan.",
    "javanese": "Aksara ꦲꦏ꧀‌ꦱꦫ Jawa.",
    "landlines": "Telepon (0341) 801234, faks. 0341-801235, layanan 1500-123, 0800-1-234567.",
    "employee numbers": "NIP 19800101 200501 1 001; 198001012005011001; 1980 0101 2005 0110 01",
    "tax number": "NPWP 01.234.567.8-901.000",
    "accounts": "Rekening 0812-3456-7890-12 BRI, rekening BCA 0812345678.",
    "letters of the office": "Nomor 812/PP.04.2-SD/01/KPU/VIII/2022, Pasal 3 ayat (2) huruf a.",
    "amounts": "Rp62.812.345.678 dan Rp1.234.567.890.123.456,00.",
    "books": "ISBN 978-602-8519-93-9, doi 10.1234/0812345678901.",
    "addresses": "https://kpu.go.id/0812345678901/3573015208010003?p=081234567890",
    "clock": "Acara 08.30-10.30-12.45 dan 08:30 - 10:30.",
    "dates": "Senin (18/4), Selasa (19/4), dan Rabu, 20 April 2022.",
    "ranges": "Rabu–Jumat (20–22/4/2022) dan Sabtu–Minggu, 23–24 April 2022.",
    "leap day": "Kamis, 29 Februari 2024.",
    "market days": "Jumat Legi, 22 April 2022.",
    "indent": "  Alinea dengan dua spasi di depan.",
}  # fmt: skip


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in CLEAN.items()])
def test_right_text_is_left_alone(text: str) -> None:
    assert found(text) == []


WRONG = {
    "an office": ("Ia pindah ke Biro perencanaan dan teknis.", "BRT006", "perencanaan dan teknis"),
    "half an office": ("Ia pindah ke Biro hukum dan humas itu.", "BRT006", "hukum"),
    "comma": ("Budi ,Siti", "TBC002", " ,"),
    "double space before comma": ("Budi  , Siti", "TBC002", "  "),
    "stop": ("Ia pergi .", "TBC002", " "),
    "question": ("Apa ?", "TBC002", " "),
    "after a link": ("[surat](a.pdf) , itu", "TBC002", " "),
    "one label": ("Narahubung : Budi", "TBC002", " "),
    "no-break space": ("Pukul 08.00\u00a0WIB", "TBC001", "\u00a0"),
    "leading no-break space": ("\u00a0Alinea", "TBC001", "\u00a0"),
    "trailing no-break space": ("Alinea\u00a0", "TBC001", "\u00a0"),
    "inline list": ("Yaitu 1.    satu", "TBC001", "    "),
    "title": ('title = "Dua  spasi"', "TBC001", "  "),
    "caption": ('image = { file = "a.jpg", alt = "x", caption = "Dua  spasi" }', "TBC001", "  "),
    "weekday in title": ('title = "Apel Selasa 18 April 2022"', "TGL001", "Selasa 18 April 2022"),
    "weekday in bold": ("Pada **Selasa**, 18 April 2022", "TGL001", "Selasa**, 18 April 2022"),
    "weekday without year": ("Pada Selasa (18/4) lalu", "TGL001", "Selasa (18/4)"),
    "old spelling": ("Jum'at (18/04/2022)", "TGL001", "Jum'at (18/04/2022)"),
    "no thirtieth": ("Pada 30 Februari 2022.", "TGL002", "30 Februari 2022"),
    "no leap day": ("Pada 29/2/2023.", "TGL002", "29/2/2023"),
    "bidi": ("Nama \u202eterbalik", "MET015", "\u202e"),
    "bom": ("Nama\ufeff panjang", "MET015", "\ufeff"),
    "escape": ("Nama \x1b[31m merah", "MET015", "\x1b"),
    "lone return": ("Baris\rlain", "MET015", "\r"),
    **{
        f"filler U+{ord(character):04X}": (f"Nama {character} panjang", "MET015", character)
        for character in "\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc"  # printable to Python
    },
    "stops in number": ("NIK: 3573.0121.0590.0001", "PRI001", "3573.0121.0590.0001"),
    "year behind number": ("KTP 3573 0121 0590 0001 2022", "PRI001", "3573 0121 0590 0001"),
    "said to be one": ("nik 1234567890123456", "PRI001", "1234567890123456"),
    "brackets": ("(0812) 3456-7890", "PRI001", "0812) 3456-7890"),
    "in code": ("`081234567890`", "PRI001", "081234567890"),
    "chat": ("<https://wa.me/6281234567890>", "PRI001", "6281234567890"),
    "chat api": ("https://api.whatsapp.com/send?phone=6281234567890", "PRI001", "6281234567890"),
    "call": ("[x](tel:+6281234567890)", "PRI001", "6281234567890"),
    "second of two": ("0857/3 atau 081234567890", "PRI001", "081234567890"),
    "number in summary": (
        'summary = "Hubungi Budi di nomor 0812-3456-7890 sekarang."', "PRI001", "0812-3456-7890",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "marked"), [pytest.param(*case, id=name) for name, case in WRONG.items()]
)
def test_wrong_text_is_found_in_its_place(text: str, code: str, marked: str) -> None:
    (finding,) = found(text, code)
    lines = complete(text).split("\n")
    assert lines[finding.line - 1][finding.column - 1 :].startswith(marked)


def test_what_stands_in_a_tag_is_not_judged() -> None:
    told = found('Teks <span title="a  b ,c">tebal</span> saja.')
    assert {finding.code for finding in told} == {"MET016"}


def test_a_wrong_weekday_is_told_with_the_right_one_and_the_nearest_slips() -> None:
    (finding,) = found("Diadakan Kamis (18/04/2022) lalu.", "TGL001")
    assert finding.suggestion == "Senin"
    assert finding.message.startswith(
        "Kamis (18/04/2022): 18 April 2022 jatuh pada hari Senin."
        " Jika hari Kamis benar, mungkin maksudnya 14 April 2022"
    )
    assert finding.fix is None


def test_one_date_has_one_weekday_even_where_no_year_is_known() -> None:
    text = '+++\ntitle = "Apel"\n+++\nSenin (18/4) dan lagi Senin (18/4). Selasa (18/4) salah.'
    archive = Archive(Path("no-such-archive"), WIB)
    findings = check_text(text.encode(), Path("contoh.md"), archive)
    (finding,) = [finding for finding in findings if finding.code == "TGL001"]
    assert (finding.line, finding.column) == (4, 37)
    assert "Senin" in finding.message


@pytest.mark.parametrize(
    "text", ["NIK 3573015208010003", "Hubungi 0812-3456-7890", "+62 812 3456 7890"]
)
def test_no_personal_number_is_repeated(text: str) -> None:
    (finding,) = found(text, "PRI001")
    shown = [finding.message, finding.suggestion or ""]
    assert finding.excerpt is not None
    shown += [finding.excerpt.before, finding.excerpt.marked, finding.excerpt.after]
    for part in shown:
        assert sum(character.isdigit() for character in part) <= 5


@pytest.mark.parametrize(
    ("tags", "severities"),
    [
        ('["sop", "apel"]', []),
        ('["SOP"]', ["warning"]),
        ('["sop", "S.O.P", "SOP"]', ["error", "error"]),
        ('["!"]', ["error"]),
        ('["nul"]', ["error"]),
    ],
)
def test_tags(tags: str, severities: list[str]) -> None:
    assert [item.severity.value for item in found(f"tags = {tags}", "MET007")] == severities


@pytest.mark.parametrize(
    ("fields", "body", "is_empty"),
    [
        ("", "", True),
        ("", "<!-- nanti -->", True),
        ("draft = true", "", False),
        ('withdrawn = { date = 2022-04-21, reason = "keliru" }', "", False),
        ("", "![Foto](https://contoh.id/a.jpg)", False),
        ("", "https://contoh.id/siaran", False),
    ],
)
def test_only_what_will_be_seen_needs_a_text(fields: str, body: str, is_empty: bool) -> None:
    text = (
        f"{fields}\n+++\n{body}" if fields else f'+++\ntitle = "A"\ndate = 2022-04-20\n+++\n{body}'
    )
    assert bool(found(text, "MET014")) is is_empty
