"""WordPress exports of any size."""

from __future__ import annotations

from pathlib import Path

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>KPU</title>
"""
_ITEM = """<item><title>Rapat Koordinasi Nomor {number}</title>
<link>https://kpu.contoh.go.id/{number}/</link><guid>https://kpu.contoh.go.id/?p={number}</guid>
<content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>20{year:02}-04-20 10:30:15</wp:post_date>
<wp:post_date_gmt>20{year:02}-04-20 03:30:15</wp:post_date_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
"""
_PARAGRAPH = (
    "<p>Komisi Pemilihan Umum (KPU) Kota Contoh menggelar <strong>rapat koordinasi</strong> nomor"
    ' {number} bersama <a href="https://kpu.go.id">KPU RI</a> dan jajaran sekretariat. Kegiatan ini'
    " dihadiri seluruh anggota, kepala subbagian, serta mahasiswa magang yang mengikuti kelas"
    " pemilu sejak awal Maret.</p>\n"
)


def write_wxr(path: Path, count: int, size: int = 1000) -> Path:
    """Write an export with so many posts of about `size` characters each."""
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for number in range(1, count + 1):
            text = _PARAGRAPH.format(number=number)
            text *= max(1, size // len(text))
            file.write(_ITEM.format(number=number, text=text, year=10 + number % 15))
        file.write("</channel></rss>\n")
    return path
