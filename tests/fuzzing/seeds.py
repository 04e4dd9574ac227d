"""What is damaged: sound files of every kind, with all that such files can have."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import CONFIG
from tests.importers.helpers import FILES
from tests.importers.office_files import make_article, make_sheet
from tests.importers.page import PAGE
from tests.views.logs import AGENTS, FIRST, article_names, write_line

ARTICLES = [
    rb"""+++
title = "Rapat koordinasi media sosial"
original_title = "RAPAT KOORDINASI MEDIA SOSIAL"
date = 2022-04-20T15:00:00+07:00
tags = ["media-sosial", 'sosdiklih'] # dua
summary = "Seluruh jajaran KPU diminta bersiap menyambut tahapan Pemilu 2024 di kota ini."
author = "Humas"
category = "berita"
draft = false
views = 1_204
aliases = []
lint_ignore = ["EJA005"] # nama orang
imported = "berita:1"

[[corrections]]
date = 2022-04-21
text = "Nama ketua dibetulkan."
+++

**KOTA CONTOH** \xe2\x80\x93 Rabu (20/4/2022), rapat dibuka.

> \xe2\x80\x9cMari memilih,\xe2\x80\x9d kata ketua.

1. Satu dan [tautan](/berita/2022/apel/ "judul")
2. Dua

| a | b |
|---|---|
| 1 | `2` |

Teks.[^1] <!-- kpucli-abaikan EJA001: nama --> <b>tebal</b>

[^1]: Catatan. https://kpu.go.id
""",
    b'+++\ntitle = "Apel"\ndate = 2022-04-18\n+++\n\nApel digelar di halaman kantor.\n',
    (
        b'+++\ntitle = "Apel"\ndate = 2022-04-18\nimage = { file = "a.jpg", alt = "x" }\n'
        b'aliases = ["/index.php/2022/04/rapat/", "/?p=5"]\n+++\nIsi.\n'
    ),
    b"+++\r\ntitle = 'Apel'\r\ndate = 2022-04-18T08:00:00\r\ntags = [\r\n'a'\r\n]\r\n+++\r\nIsi.",
    b'\xef\xbb\xbf+++\ntitle = """Draf"""\ndate = 2022-04-18\ndraft = true\n+++\n',
    b'+++\ntitle = "Lama"\ndate = 2022-04-18\n[withdrawn]\ndate = 2022-04-19\nreason = "x"\n+++\n',
]

_README = (Path(__file__).parents[2] / "README.md").read_text()
_SETTINGS: list[str] = re.findall(r"```toml\n(.*?)```", _README, re.DOTALL)
CONFIGURATIONS = [
    CONFIG.encode(),
    *(block.encode() for block in _SETTINGS),
    *(f"{CONFIG}\n{block}".encode() for block in _SETTINGS if block.startswith("[")),
]


def make_logs() -> list[bytes]:
    """Access logs in the forms that servers write."""
    lines = [
        write_line(FIRST + timedelta(minutes=number), f"/berita/{name}/", agent=agent)
        for number, (name, agent) in enumerate(zip(article_names(8), AGENTS * 8, strict=False))
    ]
    fields = '{"remote_addr":"1.2.3.4","time_iso8601":"2022-04-18T10:00:00+07:00","request":'
    form = '"GET /berita/%s/ HTTP/1.1","status":200,"http_user_agent":"Mozilla/5.0 Chrome/99"}\n'
    return [
        "".join(lines).encode(),
        "".join(fields + form % name for name in article_names(4)).encode(),
    ]


def make_imports() -> list[tuple[str, str, bytes]]:
    """For each source the word of the command, the name of a file, and what it holds."""
    found = [
        ("berita", "a.txt", PAGE.encode()),
        ("wordpress", "a.xml", (FILES / "wordpress.xml").read_bytes()),
        ("feed", "a.xml", (FILES / "rss.xml").read_bytes()),
        ("feed", "a.xml", (FILES / "atom.xml").read_bytes()),
        ("feed", "a.json", (FILES / "feed.json").read_bytes()),
        ("html", "a.html", (FILES / "pages" / "kpu-own.html").read_bytes()),
        ("html", "a.html", (FILES / "pages" / "joomla.html").read_bytes()),
        ("text", "a.txt", (FILES / "pesan.txt").read_bytes()),
        ("table", "a.csv", (FILES / "tabel.csv").read_bytes()),
    ]
    for place in (
        "hugo/content/berita/apel/index.md",
        "jekyll/_posts/2022-04-20-rapat-pleno.md",
        "pelican/content/kirab.md",
    ):
        name = "content/berita/2022-04-20-apel.md"
        found.append(("folder", name, (FILES / place).read_bytes()))
    with TemporaryDirectory() as folder:
        found.append(("docx", "a.docx", make_article(Path(folder, "a.docx")).read_bytes()))
    found.append(("table", "a.xlsx", make_sheet()))
    return found
