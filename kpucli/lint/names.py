"""Names of people as a text writes them, and which of two spellings look like one name.

A name is a run of capitalised words, without titles and degrees, that stands for somebody: what
offices, places and events are called breaks a run. Not every run is a person's name; that two
are compared only where all their words but one are the same makes up for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Words in capitals that are no part of a person's name.
BREAKS = frozenset(
    """
    Acara Agama Aksi Aliyah Aparat Aparatur Apel April Agustus Anggota Apabila Aplikasi Arahan
    Asisten Atas Aula Badan Bagi Bagian Bahasa Balai Bandara Bank Banjar Barang Barat Baru Bawaslu
    Beliau Berita Bersama Biasa Bidang Bimbingan Bimtek Biro Bulan Bupati Calon Camat Capaian Cipta
    Daerah Dalam Dan Dana Dapil Dari Dasar Data Demikian Demokrasi Dengan Desa Desember Dewan Dharma
    Dinas Direktorat Direktur Divisi Dokumen Dosen Dusun Ekonomi Evaluasi Fakultas Februari Forum
    Gedung Gereja Gubernur Gugus Hadir Hal Halaman Hari Hasil Hotel Hubungan Hukum Hupmas Ia Ibadah
    Ibu Indonesia Informasi Inspektorat Instansi Institut Januari Jajaran Jalan Jawa Jenderal Juli
    Juni Jumat Jurusan Kabag Kabupaten Kader Kampus Kamis Kantor Kampung Kapolres Kasubag Kasubbag
    Kawasan Kebangsaan Kecamatan Kedua Kegiatan Kejaksaan Kelas Kelompok Kelurahan Keluarga
    Kementerian Kepala Kepolisian Keputusan Kerja Ketika Ketua Keuangan Khusus Kirab Kita Kodim
    Komandan Komisi Komisioner Kompleks Koordinator Kota Koran Kunjungan Lapangan Lapas Laporan
    Lembaga Lokal Logistik Lurah Madrasah Mahasiswa Mahkamah Majelis Mantan Maret Masjid Mas Materi
    Media Mei Melalui Meski Menengah Menteri Menurut Mereka Minggu Moderator Museum Narasumber
    Nasional Negara Negeri Nomor November Oktober Operator Organisasi Padukuhan Pada Pak Pancasila
    Panitia Para Partai Partisipasi Pasal Pasar Pegawai Pelaksana Pelaksanaan Pelatihan Pembina
    Pemerintah Pemilihan Pemilih Pemilu Pemuda Pendeta Pendidikan Pendopo Penetapan Pengadilan
    Pengawas Pengurus Pengumuman Penyelenggara Penyelenggaraan Penyusunan Peraturan Perangkat
    Perencanaan Perpustakaan Perwakilan Peserta Pesantren Petugas Pilkada Pimpinan Pj Plt Pleno Plh
    Politeknik Politik Polisi Polres Pondok Presiden Prodi Program Provinsi Publik Pulau Puskesmas
    Pusat Putusan Qanun Rabu Raya Rakyat Rapat Rektor Reformasi Rencana Republik Rumah Ruang Sabtu
    Sakit Sampai Satuan Sebagai Sebanyak Sedangkan Sekda Sekolah Sekretariat Sekretaris Selain
    Selama Selanjutnya Selasa Selatan Seluruh Seminar Senin Sementara September Serentak Setelah
    Siswa Sistem Sosial Sosialisasi Staf Stadion Suara Subbagian Sumber Surat Taman Tahapan Tahun
    Tempat Tenaga Tengah Tentang Teknis Teknologi Tenggara Tetap Tim Timur Tindak Tinggi Tokoh Umum
    Umat Undang Unit Universitas Untuk Urusan Utama Utara Wakil Wali Walikota Warga Wilayah Yang
    Zona
    """.split()
)
# Titles, and what can stand between them and the name.
_HONORIFICS = frozenset(
    """
    Bapak Ibu Pak Bu Bang Mbak Mas Kang Gus Ning Cak Cik Haji Hajah Kiai Kyai Nyai Ustaz Ustadz
    Ustazah Ustadzah Habib Tuan Nyonya Saudara Saudari Almarhum Almarhumah Prof Profesor Dokter
    Doktor Insinyur Drs Dra Dr Ir Pdt Pendeta Romo Pastor Jenderal Mayor Kapten Letkol Kolonel Hj
    Moh Muh Mohd Moch Sdr Sdri Kombes Brigjen Irjen Komjen Ipda Iptu Kompol
    """.split()
)
_WORD = r"[A-Z][a-z]+(?:['’][a-z]+)?(?:-[A-Z][a-z]+)?"
_RUN = re.compile(
    r"[A-Z](?<![\w.@/’'-].)[a-z]+(?:['’][a-z]+)?(?:-[A-Z][a-z]+)?"  # as _WORD, for what stands free
    rf"(?:[ \n](?:[A-Z]\.[ ]?)*{_WORD})+(?![\w@/]|-\w|\.\w)"
)
_WORDS = re.compile(_WORD)
_SHORTEST = 4  # letters of words that are told apart by one letter
_LONGEST_NAME = 6

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A name of two to six words where it stands; `places` has the start of each word."""

    start: int
    end: int
    words: Words
    places: tuple[int, ...]


def find_names(text: str, start: int = 0) -> Iterator[Use]:
    """The names of more than one word, in order."""
    for run in _RUN.finditer(text, start):
        words: list[re.Match[str]] = []
        for word in _WORDS.finditer(text, *run.span()):
            if word[0] in BREAKS or (word[0] in _HONORIFICS and not words):
                yield from _use(words)
                words = []
            else:
                words.append(word)
        yield from _use(words)


def _use(words: list[re.Match[str]]) -> Iterator[Use]:
    if 2 <= len(words) <= _LONGEST_NAME:
        yield Use(
            words[0].start(),
            words[-1].end(),
            tuple(word[0] for word in words),
            tuple(word.start() for word in words),
        )


def is_twin(one: str, other: str) -> bool:
    """Whether two words differ by one letter (one more, less, other, or two exchanged).

    The first letter is the same, and neither word is short.
    """
    if one == other or one[0] != other[0] or min(len(one), len(other)) < _SHORTEST:
        return False
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    index = 0
    while index < len(one) and one[index] == other[index]:
        index += 1
    if len(one) < len(other):
        return one[index:] == other[index + 1 :]
    rest = one[index + 1 :]
    if rest == other[index + 1 :]:
        return True
    exchanged = one[index : index + 2] == other[index : index + 2][::-1]
    return exchanged and one[index + 2 :] == other[index + 2 :]
