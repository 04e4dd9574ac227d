"""A made-up "Berita Terkini" page as its visitors copy it, with all that goes wrong in one."""

from __future__ import annotations

from dataclasses import dataclass

_GAP = "\u00a0 "  # what is left of a paragraph's end


@dataclass(frozen=True)
class Item:
    """An item as the page shows it, and what shall become of it."""

    views: str
    title: str
    text: str
    day: str
    is_certain: bool = True

    def __str__(self) -> str:
        return f"{self.views}\n\n{self.title}\n\n{self.text}\n\n\nSelengkapnya\n"


ITEMS = (
    Item(
        "1.204",
        "RAPAT PLENO TERBUKA PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN (DPB) DI KPU KOTA CONTOH",
        "kpu.contoh.go.id. Kamis (30/03/2023), KPU Kota Contoh menggelar rapat pleno terbuka DPB"
        f" triwulan pertama.{_GAP}“Data pemilih harus akurat,” kata Ketua KPU Kota Contoh, Budi"
        f" Hartono. \u00a0Rapat dihadiri Bawaslu dan partai politik.{_GAP}Pleno berikutnya akan"
        " digelar Jumat (30/06/2023).",
        "2023-03-30",
    ),
    Item(
        "87",
        "EMPAT MAHASISWA AKHIRI PROGRAM MAGANG",
        "kpu.contoh.go.id. Rabu pagi (28/03/2023), empat mahasiswa mengakhiri magang. Mereka mulai"
        " magang sejak awal Januari 2023.",
        "2023-03-28",  # a Selasa, but it fits between its neighbours
        is_certain=False,
    ),
    Item(
        "53",
        "APEL PAGI SENIN 27 MARET",
        "Senin (27/3), apel pagi digelar di halaman kantor tepat pukul 08.00 WIB.",
        "2023-03-27",
    ),
    Item(
        "41",
        "Pengumuman Hasil Seleksi Magang",
        "Hasil seleksi magang dapat dilihat di papan pengumuman kantor.",
        "2023-03-24",
        is_certain=False,
    ),
    Item(
        "41",
        "Pengumuman Hasil Seleksi Magang",
        "Kota Contoh, 24 Maret 2023 – Hasil seleksi magang gelombang pertama diumumkan.",
        "2023-03-24",
    ),
    Item(
        "366",
        "KPU KOTA CONTOH MEMILIKI 12 SOP",
        "Jumat (17/3/2023) KPU Kota Contoh membahas SOP.  Ada 12 SOP, yaitu : 1.\u00a0\u00a0 \u00a0"
        "7 (tujuh) SOP keuangan \u00a02.\u00a0\u00a0 \u00a05 (lima) SOP data. Narasumbernya Drs. "
        " Slamet Riyadi, S.H.  selanjutnya peserta berdiskusi *bebas*.",
        "2023-03-17",
    ),
    Item(
        "19",
        "KPU KOTA CONTOH TERIMA KUNJUNGAN SISWA SMA SE-KOTA CONTOH",
        "Selasa (14/03/2023), siswa SMA berkunjung ke KPU Kota Contoh. Mereka belajar tata cara"
        " pemungutan suara di tempat pemungutan suara.\nSetiap siswa menerima buku saku.",
        "2023-03-14",
    ),
)
MENU = "Beranda\nProfil\n\nBerita Terkini\n\n"
PAGE = MENU + "".join(map(str, ITEMS)).removesuffix("\n\n\nSelengkapnya\n") + "\n"


def make_items(number: int) -> str:
    """A longer page: as many items, each of another text."""
    return "".join(
        f"{count}\n\nBERITA NOMOR {count}\n\nContoh, 3 April 2023 – Teks berita {count}.\n\n"
        "Selengkapnya\n"
        for count in range(1, number + 1)
    )
