"""A made-up archive of any size: plausible Indonesian office news, the same for the same seed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from kpucli.dates import ZONES, say_day
from kpucli.slug import make_slug

FIRST_DAY = datetime(2015, 1, 1, 8, tzinfo=ZONES["WIB"])
DAYS = 3652  # ten years
SLUG_LENGTH = 70  # leaves room for the number that makes it unique

ACTIVITIES = (
    "Rapat Koordinasi",
    "Bimbingan Teknis",
    "Sosialisasi",
    "Rapat Pleno",
    "Evaluasi",
    "Simulasi",
    "Pelatihan",
    "Diskusi Kelompok",
    "Monitoring",
    "Penyusunan Laporan",
    "Supervisi",
    "Uji Coba",
    "Kunjungan Kerja",
)
TOPICS = (
    "Pemutakhiran Data Pemilih",
    "Pencalonan Anggota DPRD",
    "Logistik Pemilu",
    "Dana Kampanye",
    "Rekapitulasi Suara",
    "Pendidikan Pemilih",
    "Keterbukaan Informasi",
    "Reformasi Birokrasi",
    "Pengelolaan Media Sosial",
    "Penataan Daerah Pemilihan",
    "Pembentukan Badan Adhoc",
    "Zona Integritas",
    "Arsip Kepemiluan",
    "Pengadaan Surat Suara",
    "Verifikasi Partai Politik",
    "Disiplin Pegawai",
    "Pengelolaan Anggaran",
)
PLACES = (
    "Kecamatan Klojen",
    "Kecamatan Blimbing",
    "Kecamatan Lowokwaru",
    "Kecamatan Sukun",
    "Kecamatan Kedungkandang",
    "Balai Kota",
    "Universitas Brawijaya",
    "Gedung Serbaguna",
    "Kantor KPU",
    "SMA Negeri 3",
    "Aula Kelurahan Oro-Oro Dowo",
)
TAGS = (
    "apel",
    "bimtek",
    "data-pemilih",
    "kampanye",
    "logistik",
    "media-sosial",
    "pemilu",
    "pencalonan",
    "rapat",
    "reformasi-birokrasi",
    "sop",
    "sosdiklih",
)
SENTENCES = (
    "Kegiatan itu diikuti oleh {people} peserta dari {offices} satuan kerja.",
    "Setiap peserta menerima bahan tertulis dan lembar kerja untuk diisi bersama.",
    "Hasil pembahasan dicatat sebagai bahan penyusunan rencana kerja bulan berikutnya.",
    "Peserta dibagi ke dalam {groups} kelompok menurut wilayah kerjanya.",
    "Data yang dipaparkan mencakup {people} butir isian dari seluruh kelurahan.",
    "Panitia menyediakan waktu tanya jawab selama {minutes} menit pada akhir acara.",
    "Sejumlah catatan dari pertemuan sebelumnya ikut ditinjau kembali.",
    "Materi disusun berdasarkan peraturan yang berlaku dan contoh dari daerah lain.",
    "Sekretariat menyiapkan perlengkapan, jaringan, dan berkas pendukung sejak pagi.",
    "Perbaikan akan dilakukan secara bertahap agar layanan kepada masyarakat tidak terganggu.",
    "Masyarakat dapat menyampaikan masukan melalui kanal resmi kantor.",
    "Tindak lanjutnya dijadwalkan dalam {days} hari kerja setelah kegiatan selesai.",
    "Pembagian tugas ditetapkan bersama supaya tidak ada pekerjaan yang tumpang tindih.",
    "Kehadiran peserta dicatat secara elektronik untuk memudahkan pelaporan.",
    "Pengalaman dari pemilihan sebelumnya menjadi pelajaran yang berharga.",
    "Koordinasi dengan instansi lain berjalan baik dan akan terus dipelihara.",
)
QUOTES = (
    "“Kita ingin setiap tahapan berjalan jujur, adil, dan terbuka,” ujar ketua panitia.",
    "“Ketelitian pada tahap ini menentukan kelancaran tahap berikutnya,” kata pemateri.",
    "“Masukan dari peserta akan kami bahas satu per satu,” ujar kepala subbagian.",
)


def make_corpus(folder: Path, count: int, seed: int = 2022) -> None:
    """Write `count` articles of about 2.1 kB below `folder` (`YYYY/slug.md`), over ten years."""
    for path, text in _articles(count, seed):
        target = folder / path
        try:
            target.write_text(text, encoding="utf-8")
        except FileNotFoundError:
            target.parent.mkdir(parents=True)
            target.write_text(text, encoding="utf-8")


def _articles(count: int, seed: int) -> Iterator[tuple[str, str]]:
    random = Random(seed)
    for index in range(count):
        title = _title(index)
        date = FIRST_DAY + timedelta(days=index * DAYS // count, minutes=random.randrange(9 * 60))
        slug = f"{make_slug(title)[:SLUG_LENGTH].strip('-')}-{index}"
        yield f"{date.year}/{slug}.md", _front_matter(title, date, random) + _body(date, random)


def _title(index: int) -> str:
    """A title of its own for each number."""
    # The three lengths have no common divisor, so that all combinations come before one repeats.
    combinations = len(ACTIVITIES) * len(TOPICS) * len(PLACES)
    title = f"{ACTIVITIES[index % len(ACTIVITIES)]} {TOPICS[index % len(TOPICS)]} di "
    title += PLACES[index % len(PLACES)]
    repetition = index // combinations
    return f"{title} Tahap {repetition + 1}" if repetition else title


def _front_matter(title: str, date: datetime, random: Random) -> str:
    tags = ", ".join(f'"{tag}"' for tag in random.sample(TAGS, random.randint(1, 3)))
    return (
        "+++\n"
        f'title = "{title}"\n'
        f"date = {date.isoformat()}\n"
        f"tags = [{tags}]\n"
        f'summary = "{title} dilaksanakan oleh KPU dan dihadiri peserta dari berbagai wilayah."\n'
        f"views = {int(random.expovariate(1 / 120))}\n"
        "+++\n\n"
    )


def _body(date: datetime, random: Random) -> str:
    lead = f"**KOTA MALANG, kpu.malangkota.go.id** – Pada {say_day(date)}, KPU Kota Malang"
    paragraphs = [f"{lead} mengadakan kegiatan di wilayahnya. {_sentences(random, 2)}"]
    paragraphs += [_sentences(random, random.randint(3, 6)) for _ in range(5)]
    paragraphs.insert(3, f"> {random.choice(QUOTES)}")
    if random.random() < 0.3:
        items = "\n".join(f"- {_sentences(random, 1)}" for _ in range(3))
        paragraphs.insert(4, f"## Hasil pembahasan\n\n{items}")
    return "\n\n".join(paragraphs) + "\n"


def _sentences(random: Random, number: int) -> str:
    figures = {
        "people": random.randint(12, 480),
        "offices": random.randint(2, 38),
        "groups": random.randint(2, 9),
        "minutes": random.randint(15, 90),
        "days": random.randint(2, 21),
    }
    return " ".join(sentence.format(**figures) for sentence in random.sample(SENTENCES, number))


if __name__ == "__main__":
    make_corpus(Path(sys.argv[1]), int(sys.argv[2]))
