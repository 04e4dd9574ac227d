"""A new office's folder: what `kpucli init` puts there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kpucli.article import compose_article
from kpucli.change import Change
from kpucli.config import OWN_FILE, is_site_address, load_config
from kpucli.dates import ZONES
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.visible import clean_line

_CONFIG = """\
# Setelan kantor untuk kpucli. Baris yang diawali # adalah keterangan.
# Agar editor ikut memeriksanya: `kpucli schema config > kpucli.schema.json`, lalu tulis
# `#:schema ./kpucli.schema.json` di baris pertama.

# Nama singkat tampil di kepala situs, nama panjang di sampingnya.
name = {name}
long_name = {long_name}
description = {description}

# Alamat situs di internet.
base_url = {base_url}

# Penulis, bila berita tidak menyebutnya.
author = {author}

# WIB, WITA, atau WIT.
timezone = {timezone}

# Logo dan templat sendiri, bila ada, sebagai berkas atau folder di samping berkas ini.
# logo = "logo.svg"
# templates = "templat"

# Menu sendiri; tanpa ini: beranda, kategori yang terisi, arsip, dan tag.
# menu = [{{ label = "Beranda", url = "/" }}, {{ label = "Profil", url = "https://…" }}]

# Tulisan sebuah tag, bila lain dari kata-katanya.
[tag_labels]
sop = "SOP"

# Alamat kantor dan akun resmi tampil di kaki situs.
# [contact]
# address = "Jalan …"
# phone = "(0341) …"
# email = "humas@…"

# [social]
# Instagram = "https://…"

# Kategori berita dan tulisannya di menu.
# [categories]
# berita = "Berita Terkini"
# pengumuman = "Pengumuman"

# Warna kantor; yang sukar dibaca ditolak.
# [colors]
# header = "#7a1014"
"""

_IGNORE = "# Dibuat oleh kpucli; tidak perlu disimpan di git.\n/public/\n.*.kpucli/\n.kpucli/\n"


@dataclass(frozen=True, slots=True)
class Office:
    """What an office says of itself at the start."""

    name: str
    long_name: str
    base_url: str
    timezone: str


def make_office(*, name: str, base_url: str, timezone: str) -> Office:
    """The office of that name. Raises `KpuError` for what its configuration could not hold."""
    name, timezone = clean_line(name), timezone.strip().upper()
    if not name:
        raise KpuError(_("Nama kantor belum diisi."), _("Tulis misalnya: KPU Kota Batu."))
    if not is_site_address(base_url):
        raise KpuError(
            _("“{address}” bukan alamat situs.").format(address=base_url),
            _("Tulis misalnya https://kpu.malangkota.go.id."),
        )
    if timezone not in ZONES:
        raise KpuError(
            _("Zona waktu “{zone}” tidak dikenal.").format(zone=timezone),
            _("Pilih WIB, WITA, atau WIT."),
        )
    return Office(name, expand_name(name), base_url, timezone)


def expand_name(name: str) -> str:
    """The long name that goes with a short one: `KPU Kota Batu` is `Komisi Pemilihan Umum …`."""
    first, _blank, rest = name.partition(" ")
    return f"Komisi Pemilihan Umum {rest}".strip() if first == "KPU" else name


def plan_office(folder: Path, office: Office, now: datetime) -> list[Change]:
    """The changes that make `folder` an office's: a first article, `.gitignore`, configuration.

    Files that are there already are left alone. The configuration comes last: where it is, all
    is. Raises `KpuError` when the folder has one.
    """
    refuse_prepared(folder)
    changes = []
    articles = folder / "articles"
    if not (articles.is_dir() and any(articles.iterdir())):
        path = articles / f"{now.year:04}" / "selamat-datang.md"
        changes.append(Change(path, None, _write_welcome(office, now)))
    if not (folder / ".gitignore").exists():
        changes.append(Change(folder / ".gitignore", None, _IGNORE.encode()))
    return [*changes, Change(folder / OWN_FILE, None, _write_config(office).encode())]


def refuse_prepared(folder: Path) -> None:
    """Raises `KpuError` where the folder itself, not one above it, holds a configuration."""
    source = load_config(folder).source
    if source is not None and source.resolve().parent == folder.resolve():
        raise KpuError(
            _("Folder ini sudah disiapkan."), _("Ubah setelannya di berkas ini."), path=source
        )


def _write_config(office: Office) -> str:
    values = {
        "name": office.name,
        "long_name": office.long_name,
        "description": f"Kabar kegiatan dan pengumuman resmi {office.long_name}.",
        "base_url": office.base_url,
        "author": f"Humas {office.name}",
        "timezone": office.timezone,
    }
    return _CONFIG.format(**{name: _quote(value) for name, value in values.items()})


def _quote(value: str) -> str:
    import tomli_w  # only a new office needs it

    return tomli_w.dumps({"x": value}).removeprefix("x = ").strip()


def _write_welcome(office: Office, now: datetime) -> bytes:
    return compose_article(
        {
            "title": f"Selamat Datang di Ruang Berita {office.name}",
            "date": now,
            "tags": ["pengumuman"],
            "summary": f"Kabar kegiatan dan pengumuman resmi {office.name} tersedia di laman ini.",
        },
        f"Kabar kegiatan dan pengumuman resmi {office.long_name} kini dapat dibaca di laman ini."
        " Berita terbaru selalu berada di urutan teratas.\n\n"
        "Berita lama dapat ditemukan melalui arsip menurut bulan dan melalui tag.",
    )
