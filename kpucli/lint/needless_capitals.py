"""Capitals within a sentence that no name explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.dates import MONTHS
from kpucli.lint.lexicon import lexicon

_ALL_MONTHS = "|".join(MONTHS)
_DAYS = "Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu"

# Words that are small within a sentence before (or behind) what is said here.
_BEFORE = {
    **dict.fromkeys(("Pukul", "Jam", "Tanggal"), re.compile(r" \d")),
    "Bulan": re.compile(rf" (?:{_ALL_MONTHS})\b"),
    "Hari": re.compile(rf" (?:{_DAYS})\b"),
}
_ENDS_PHRASE = re.compile(r"[,.;)/]| +[a-z]")
_PERIODS = {
    "Bulan": (
        re.compile(r"\b(?:akhir|awal|setiap|tiap|pertengahan) \Z"),
        re.compile(r"(?! [A-Z])"),
    ),
    "Tahun": (re.compile(r"\b(?:pada|sejak|hingga|sampai) \Z"), re.compile(r" \d{4}\b")),
}
_MANY = re.compile(r"\b(?:seluruh|para|semua|setiap|sejumlah|beberapa) \Z")
_PEOPLE = frozenset(
    """
    Anggota Camat Hadirin Jajaran Karyawan Kepala Ketua Komisioner Lurah Mahasiswa Masyarakat
    Narasumber Operator Panitia Pegawai Pejabat Pelajar Pemilih Peserta Petugas Pimpinan Sekretaris
    Siswa Staf Tamu Undangan Warga
    """.split()
)
_FUNCTION_WORDS = frozenset(
    """
    Adalah Agar Atau Bagaimana Bahwa Bertujuan Dan Dari Dengan Hingga Jika Kalau Karena Kepada Maka
    Meskipun Oleh Pada Sebagai Sehingga Sejak Serta Setelah Terhadap Tetapi Untuk Yang
    """.split()
)
# What offices like to honour with capitals though it is no name.
_THINGS = frozenset(
    """
    Acara Agenda Akademis Aktivitas Alamat Alat Anggaran Apel Arahan Arsip Atribut Audiensi Bahan
    Berita Bilik Bimbingan Briefing Brosur Buku Bukti Coklit Dana Data Daftar Demokrasi Diskusi
    Dokumen Dokumentasi Evaluasi Faktor Foto Formulir Fungsi Gambar Gedung Gudang Hak Halaman Hasil
    Ibadah Informasi Integritas Jadwal Jajaran Jalan Jenis Juru Kampanye Kanal Kantor Kategori
    Kebijakan Kegiatan Kelengkapan Kendala Kendaraan Kerja Kinerja Komunikasi Kondisi Konsep
    Konsolidasi Konsultasi Konten Koordinasi Kotak Kualitas Kunjungan Lapangan Laporan Layanan
    Lembaga Lingkungan Logistik Lokasi Magang Mahasiswa Makalah Manfaat Masyarakat Materi Media
    Mekanisme Metode Monitoring Narasumber Nota Orang Orientasi Pakta Pameran Pegawai Pejabat
    Pelajar Pelaksanaan Pelantikan Pelatihan Pelayanan Pemaparan Pembekalan Pembinaan Pembukaan
    Pemilih Pemuda Penduduk Pengamanan Pengguna Pengumuman Penutupan Penyandang Penyelenggara
    Penyerahan Penyuluhan Perangkat Persiapan Pertanyaan Perusahaan Peserta Petugas Pihak Pimpinan
    Politik Prinsip Prosedur Proses Produk Publik Rapat Regulasi Rekapitulasi Relawan Ruang Ruangan
    Saksi Sambutan Sarana Sejarah Sekolah Seleksi Seminar Sertifikat Siaran Silaturahmi Simulasi
    Sinergi Siswa Situs Sistem Soal Sosialisasi Struktur Suara Supervisi Surat Survei Syarat
    Tahap Tahapan Tamu Tanggapan Tantangan Teknik Teknologi Tema Tempat Tim Tokoh Tugas Tujuan
    Upacara Upaya Validasi Verifikasi Video Warga Wawancara Wewenang Wilayah
    """.split()
)
# What such a word is the name of a part of, and no ordinary word: bagian Hukum, seksi Acara.
_OFFICES = re.compile(
    r"\b(?:badan|bagian|balai|bidang|biro|bumi|dewan|dinas|direktorat|divisi|fakultas|gedung|jalan"
    r"|jurusan|kantor|kementerian|komisi|kompleks|lembaga|mata|pasal|pokja|prodi|seksi|studi|subbagian"
    r"|subbag|tim|unit) \Z"
)
_PAIRED = re.compile(r"(?:, [A-Z]\w+(?: [A-Z]\w+)*)*,?(?: dan| serta| &| atau| dan/atau) [A-Z(]")
_JOINER = re.compile(
    r"\b(?:dan|serta|atau|yang|maka|tetapi|tapi|adalah|ini|itu|tersebut|juga|akan|untuk) \Z"
)
_SMALL_BEFORE = re.compile(r"(?:[a-z] |/|\b[a-z]+, )\Z")
_SERIES = re.compile(r"[A-Z]\w+,?(?: dan| serta| atau| &)? \Z")
# Nouns and verbs with affixes are no names; between small words they are not part of one either.
_AFFIXED = re.compile(r"(?:Pe|Ke(?!men)|Per)[a-z]{4,}an|[A-Z][a-z]{4,}asi|Ber[a-z]{4,}")
_BEHIND_AFFIXED = re.compile(r" (?!dan\b|serta\b)[a-z]{3,}")
_SMALL_BEHIND = re.compile(r" [a-z]")
_PAIRING = re.compile(r"\b(?:dan|serta) \Z")

_CAPITAL = re.compile(r"[A-Z](?:(?<=[a-z,;)] .)|(?<=[A-Za-z]/.))[a-z]{2,}(?![\w-])")
_MORE = re.compile(r"(?: [A-Z][a-z]+){1,2}(?![\w-])(?! [A-Z(0-9])")
_TITLED = re.compile(
    r"\b(?:program|tema|bertajuk|bertema|bertemakan|berjudul|slogan|moto|motto|tagline|gerakan|lomba"
    r"|film|lagu|buku|acara|materi|judul|kegiatan|tentang|perihal|[A-Z]\w{1,30}) \Z"
)
_QUOTED = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"|\*[^*\n]*\*|‘[^‘’\n]*’")


def find_needless_capitals(text: str) -> Iterator[tuple[int, int]]:
    """The spans of words that small letters should begin."""
    quoted: list[tuple[int, int]] | None = None
    end = 0
    for match in _CAPITAL.finditer(text):
        if match.start() < end:
            continue
        span = _simple(text, match)
        if span is None:
            span = _phrase(text, match)
            if span is None:
                continue
            if quoted is None:
                quoted = [quote.span() for quote in _QUOTED.finditer(text)]
            if _is_titled(text, span[0], quoted) or not _is_ordinary(text[slice(*span)]):
                continue
        end = span[1]
        yield span


def _simple(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The word, if what stands beside it makes a small letter certain."""
    word, (start, end) = match[0], match.span()
    pattern = _BEFORE.get(word)
    if pattern and pattern.match(text, end):
        return start, end
    if word in _PERIODS:
        before, behind = _PERIODS[word]
        if before.search(text, max(0, start - 14), start) and behind.match(text, end):
            return start, end
    if word in _PEOPLE and _MANY.search(text, max(0, start - 12), start):
        return (start, end) if _ENDS_PHRASE.match(text, end) else None
    return None


def _phrase(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The words, if they are things or function words, and no name goes on behind them."""
    word, (start, end) = match[0], match.span()
    if word in _FUNCTION_WORDS:
        return _function_word(text, start, end)
    if not _SMALL_BEFORE.search(text, max(0, start - 30), start):
        return None
    is_paired = _PAIRING.search(text, max(0, start - 7), start)
    if word in _THINGS:
        more = _MORE.match(text, end)
        end = more.end() if more else end
        return (start, end) if _is_thing(text, start, end) else None
    if _AFFIXED.fullmatch(word) and not is_paired and _BEHIND_AFFIXED.match(text, end):
        return start, end
    return None


def _function_word(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The word, if small letters around it show that it is not part of a title."""
    window = max(0, start - 40)
    if _JOINER.search(text, window, start):
        return start, end
    if text[start - 2].islower() and _SMALL_BEHIND.match(text, end):
        return start, end
    return None


def _is_thing(text: str, start: int, end: int) -> bool:
    """Whether capitalised things stand alone: in no series of names, and no part of an office."""
    if text.startswith(" (", end) or _PAIRED.match(text, end):
        return False
    if _OFFICES.search(text, max(0, start - 15), start):
        return False
    return bool(_ENDS_PHRASE.match(text, end)) and not _follows_series(text, start)


def _follows_series(text: str, start: int) -> bool:
    """Whether the words end a series of capitals: Logistik, Hukum dan Data."""
    return bool(_SERIES.search(text, max(0, start - 40), start))


def _is_titled(text: str, start: int, quoted: list[tuple[int, int]]) -> bool:
    """Whether a capital stands within the name of something."""
    if _TITLED.search(text, max(0, start - 40), start):
        return True
    return any(first < start < end for first, end in quoted)


def _is_ordinary(words: str) -> bool:
    """Whether dictionaries have all the words, and none is a name."""
    known = lexicon()
    return all(known.is_known(word) and not known.is_name(word) for word in words.lower().split())
