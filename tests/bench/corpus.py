"""A made-up archive of any size: plausible Indonesian office news, the same for the same seed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

from kpucli.dates import ZONES, say_day
from kpucli.slug import make_slug

FIRST_DAY = datetime(2015, 1, 1, 8, tzinfo=ZONES["WIB"])
DAYS = 3652  # ten years
SLUG_LENGTH = 70  # leaves room for the number that makes it unique
PARAGRAPHS = 5_000  # making each anew would take longer than writing the articles

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


@dataclass(frozen=True, slots=True)
class Story:
    """A made-up article; its file is `YYYY/slug` and an ending."""

    slug: str
    title: str
    date: datetime
    tags: tuple[str, ...]
    summary: str
    views: int
    body: str

    @property
    def id(self) -> str:
        """`YYYY/slug`."""
        return f"{self.date.year}/{self.slug}"


Form = Callable[[Story], str]


def to_markdown(story: Story) -> str:
    """The article as kpucli and Hugo read it: Markdown after front matter in TOML."""
    tags = ", ".join(f'"{tag}"' for tag in story.tags)
    return (
        "+++\n"
        f'title = "{story.title}"\n'
        f"date = {story.date.isoformat()}\n"
        f"tags = [{tags}]\n"
        f'summary = "{story.summary}"\n'
        f"views = {story.views}\n"
        "+++\n\n"
        f"{story.body}"
    )


def make_corpus(folder: Path, count: int, seed: int = 2022, form: Form = to_markdown) -> None:
    """Write `count` articles of about 2.1 kB below `folder` (`YYYY/slug.md`), over ten years.

    The files are as old as they say: what was written a moment ago would be read again.
    """
    for story in make_stories(count, seed):
        write_story(folder, story, form)


def write_story(folder: Path, story: Story, form: Form = to_markdown) -> None:
    """Write an article below `folder`; see `make_corpus`."""
    path, flags = f"{folder}/{story.id}.md", os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        descriptor = os.open(path, flags, 0o666)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True)
        descriptor = os.open(path, flags, 0o666)
    os.write(descriptor, form(story).encode())
    moment = int(story.date.timestamp())
    os.utime(descriptor, (moment, moment))
    os.close(descriptor)


def make_stories(count: int, seed: int = 2022) -> Iterator[Story]:
    """`count` articles, oldest first, over ten years."""
    writer = Writer(Random(seed))
    for number in range(count):
        yield writer.write(number, FIRST_DAY + timedelta(days=number * DAYS // count))


class Writer:
    """Writes articles by chance, from paragraphs made once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._texts = [_sentences(random, random.randint(3, 6)) for _ in range(PARAGRAPHS)]
        self._leads = [_sentences(random, 2) for _ in range(PARAGRAPHS // 5)]
        self._items = [_sentences(random, 1) for _ in range(PARAGRAPHS // 5)]

    def write(self, number: int, day: datetime) -> Story:
        """The article of a number, on the day that begins its working hours at `day`."""
        random = self._random
        title = _title(number)
        return Story(
            slug=f"{_slug_of(title.partition(' Tahap ')[0])}-{number}",
            title=title,
            date=day + timedelta(minutes=int(random.random() * 9 * 60)),
            tags=tuple(dict.fromkeys(random.choices(TAGS, k=random.choice((1, 2, 3))))),
            summary=f"{title} dilaksanakan oleh KPU dan dihadiri peserta dari berbagai wilayah.",
            views=int(random.expovariate(1 / 120)),
            body=self._body(day),
        )

    def _body(self, day: datetime) -> str:
        random = self._random
        lead = f"**KOTA MALANG, kpu.malangkota.go.id** – Pada {_say_day(day)}, KPU Kota Malang"
        paragraphs = [f"{lead} mengadakan kegiatan di wilayahnya. {random.choice(self._leads)}"]
        paragraphs += random.choices(self._texts, k=5)
        paragraphs.insert(3, f"> {random.choice(QUOTES)}")
        if random.random() < 0.3:
            items = "\n".join(f"- {item}" for item in random.choices(self._items, k=3))
            paragraphs.insert(4, f"## Hasil pembahasan\n\n{items}")
        return "\n\n".join(paragraphs) + "\n"


def _title(number: int) -> str:
    """A title of its own for each number."""
    # The three lengths have no common divisor, so that all combinations come before one repeats.
    combinations = len(ACTIVITIES) * len(TOPICS) * len(PLACES)
    title = f"{ACTIVITIES[number % len(ACTIVITIES)]} {TOPICS[number % len(TOPICS)]} di "
    title += PLACES[number % len(PLACES)]
    repetition = number // combinations
    return f"{title} Tahap {repetition + 1}" if repetition else title


@lru_cache(maxsize=4096)
def _slug_of(title: str) -> str:
    return make_slug(title)[:SLUG_LENGTH].strip("-")


@lru_cache(maxsize=16)
def _say_day(day: date) -> str:
    return say_day(day)


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
