"""A small site, byte by byte; `python -m tests.golden` renews it, and git shows what changed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tests.publish.builds import CONFIG, WIB, article, build

GOLDEN = Path(__file__).parent / "publish" / "golden"
TEXT = """\
**KOTA CONTOH, kpu.contoh.go.id** – Rapat membahas dua hal.[^1] Lihat [arsip](/arsip/).

## Hasil

| Divisi | Hadir |
|:-------|------:|
| Data   |    12 |

- [x] undangan

[^1]: Catatan kaki.
"""


def build_golden() -> dict[str, bytes]:
    """The files of a site of four articles: a rich one, a corrected one, a plain one, none left."""
    told = {"date": datetime(2022, 4, 22, 9, tzinfo=WIB), "text": "Peserta 12 orang."}
    withdrawn = {"date": datetime(2022, 4, 23, 9, tzinfo=WIB), "reason": "Memuat data pribadi."}
    articles = [
        article("rapat", TEXT, title="Rapat Pleno", tags=["sop"], views=1234),
        article("ralat", tags=["sop"], corrections=[told], aliases=["/lama/"]),
        article("polos", date=datetime(2021, 1, 2, tzinfo=WIB)),
        article("tarik", withdrawn=withdrawn),
    ]
    files = build(articles, config=replace(CONFIG, page_size=1))
    # What a drawing library makes of the same words may differ by its version.
    return {path: content for path, content in files.items() if not path.endswith(".png")}


def read_golden() -> dict[str, bytes]:
    """The files as they were when they were last renewed."""
    paths = (path for path in GOLDEN.rglob("*") if path.is_file())
    return {path.relative_to(GOLDEN).as_posix(): path.read_bytes() for path in paths}


def main() -> None:
    """Write the files anew."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for path, content in build_golden().items():
        (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / path).write_bytes(content)


if __name__ == "__main__":
    main()
