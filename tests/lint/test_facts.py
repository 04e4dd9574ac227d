"""Rules about numbers, names and regulations on tricky lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpucli.archive import Archive
from kpucli.lint.engine import check_text
from kpucli.lint.finding import Finding, Severity
from tests.lint.examples import WIB, complete


def found(text: str) -> list[Finding]:
    archive = Archive(Path("no-such-archive"), WIB)
    return check_text(complete(text).encode(), Path("contoh.md"), archive)


CLEAN = {
    "a total with other groups": "Total 1.500 peserta hadir, dengan 300 laki-laki dan 200"
    " perempuan dari Kota Malang.",
    "parts of another kind": "Ada 5 kecamatan, terdiri atas 57 kelurahan dan 2.390 TPS.",
    "right parts": "DPT memuat 649.654 pemilih, terdiri atas 315.876 laki-laki dan 333.778"
    " perempuan.",
    "part of a total": "Dari 87 orang yang diundang, 60 orang hadir dan 20 orang tidak memberi"
    " kabar.",
    "each": "Ada 30 peserta, terdiri atas 3 orang dari tiap kecamatan dan 5 orang panitia.",
    "money": "Pagunya Rp50 miliar, terdiri atas Rp30 miliar dan Rp25 miliar.",
    "percent": "Hadir 81,5 persen, terdiri atas 40 persen laki-laki dan 41 persen perempuan.",
    "English thousands": "Ada 1.151.502 pemilih, terdiri dari 567,516 pemilih laki-laki dan"
    " 583,986 pemilih perempuan.",
    "neighbours": "Ada 12 kecamatan, 143 desa, dan 4 kelurahan dengan 1.148 TPS.",
    "appositions": "Dua narasumber, yaitu Budi Santoso, dosen UB, dan Siti Aminah, hadir.",
    "offices": "Hadir tiga orang, yakni Kepala Bagian Budi, Sekretaris Siti, serta Staf Andi.",
    "two numbers": "Sosialisasi di lima kecamatan di dua kabupaten, yakni Klojen, Sukun, Blimbing,"
    " Lowokwaru, dan Kedungkandang.",
    "dan within items": "Ada tiga hal, yakni jujur, kerja keras dan cerdas, dan adil.",
    "one of": "Satu dari delapan area, yakni tata laksana dan organisasi, dibahas.",
    "pairs": "Dua pasangan calon, yaitu Budi–Siti dan Andi–Rina, mendaftar.",
    "numbers as items": "Ada empat peserta: dua dari UB dan dua dari UM.",
    "a pair within": "Lima pegawai magang, di antaranya Budi dan Siti. Menurut kedua pegawai,"
    " kantor ramah.",
    "in order": "Ada lima peserta. Pada sesi kedua peserta bertanya.",
    "a score": "Tim menang 3-1, lalu 2:0, dan bermain 2 kali 45 menit di lantai 2.",
    "series": "Hadir 4 guru, 12 siswa, dan 3 wali murid dari SMP Negeri 3.",
    "ages and times": "Anak berusia 7 tahun lari 5 kilometer dalam 1 jam 20 menit.",
    "two people": "Siti Aminah dan Sitti Aminah hadir. Siti Aminah dan Sitti Aminah pulang.",
    "father and son": "Ahmad Fauzan hadir. Menurut Ahmad Fauzi, putranya rajin.",
    "degrees": "Ketua KPU, Dr. H. Budi Santoso, S.H., M.Si., hadir. Budi Santoso pulang.",
    "amended": "UU Nomor 7 Tahun 2017 sebagaimana diubah dengan UU Nomor 7 Tahun 2018 berlaku.",
    "other subject": "PKPU Nomor 3 Tahun 2022 tentang Tahapan dan PKPU Nomor 3 Tahun 2023 tentang"
    " Kampanye.",
    "far years": "UU Nomor 7 Tahun 2017 berlaku. UU Nomor 7 Tahun 2023 juga.",
    "gazettes": "Lembaran Negara Republik Indonesia Tahun 2017 Nomor 182.",
    "an election long ago": "Pemungutan suara 17 April 2019 sudah lama. Ia lahir 20 April 2021.",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in CLEAN.items()])
def test_right_facts_are_left_alone(text: str) -> None:
    assert [item for item in found(text) if item.code.startswith(("FAK", "TGL", "BRT"))] == []


WRONG = {
    "men and women": (
        "Ada 105 anggota, terdiri atas 63 laki-laki dan 43 perempuan.", "FAK001", "105",
    ),
    "in brackets": (
        "Ada 614.602 pemilih (301.214 laki-laki dan 313.406 perempuan).", "FAK001", "614.602",
    ),
    "in words": (
        "Hadir empat mahasiswa, yaitu satu orang dari UB dan dua orang dari UM.", "FAK001",
        "empat",
    ),
    "thereof": (
        "Ada 213 data ganda. Dari jumlah itu, 140 data terhapus dan 61 data berbeda.",
        "FAK001", "213",
    ),
    "kinds": ("Ada tiga jenis: merah, kuning, hijau, dan biru.", "FAK002", "tiga jenis"),
    "too few": (
        "Lima narasumber hadir, yakni Budi Santoso dan Siti Aminah.", "FAK002",
        "Lima narasumber",
    ),
    "disagreeing": ("Ada 12 (sebelas) rumah ibadah.", "FAK003", "12 (sebelas)"),
    "words first": ("Ada tujuh (7) orang.", "FAK003", "tujuh (7)"),
    "no grouping": ("Harganya Rp5000000 sebuah.", "FAK005", "Rp5000000"),
    "a letter": (
        "Budi Raharjanto hadir. Retno juga. Budi Raharjanta pulang.", "FAK006",
        "Budi Raharjanta",
    ),
    "short form": ("Dasarnya PMK 59/2022 itu.", "FAK007", "PMK 59/2022"),
    "office": ("Hadir Kasubag Teknis.", "FAK009", "Kasubag"),
    "a year before": ("Acara digelar Selasa (19/4/2021).", "TGL003", "19/4/2021"),
    "bare markers": ("Wajib: 1. datang; 2. membawa kartu.", "BRT007", "1. datang"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "marked"), [pytest.param(*case, id=name) for name, case in WRONG.items()]
)
def test_wrong_facts_are_found_in_their_place(text: str, code: str, marked: str) -> None:
    (finding,) = [item for item in found(text) if item.code == code]
    lines = complete(text).split("\n")
    assert lines[finding.line - 1][finding.column - 1 :].startswith(marked)


def test_numbers_that_disagree_are_errors_and_are_not_fixed() -> None:
    (finding,) = [item for item in found("Ada 4 (tiga) hal.") if item.code == "FAK003"]
    assert finding.severity is Severity.ERROR
    assert finding.fix is None


@pytest.mark.parametrize(("words", "severity"), [(31, "info"), (41, "warning")])
def test_a_longer_sentence_weighs_more(words: int, severity: str) -> None:
    text = "Satu" + " kata" * (words - 1) + "."
    (finding,) = [item for item in found(text) if item.code == "BRT004"]
    assert finding.severity.value == severity
    assert str(words) in finding.message
