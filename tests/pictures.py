"""The pictures of the README, made from the real program: `python -m tests.pictures`.

The terminal capture needs nothing more; the screenshot needs Chromium on the PATH.
"""

from __future__ import annotations

import io
import os
import pty
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tests.conftest import make_environment

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / ".pictures"
COLUMNS = 104
FAULTY = """\
+++
title = "Sosialisasi Pemilih Pemula di SMA"
date = 2022-04-20T09:00:00+07:00
tags = ["sosdiklih"]
+++

**KOTA MALANG** – Sosialisasi di gelar pada Kamis (20/4/2022) . Sebanyak 45 siswa hadir, terdiri
atas 20 laki-laki dan 24 perempuan.

Kegiatan ini terselengara atas kerjasama dengan dinas pendidikan.
"""


def capture_terminal(arguments: list[str], folder: Path = ROOT) -> str:
    """What kpucli writes on a terminal of `COLUMNS` columns, colours and all."""
    reader, writer = pty.openpty()
    environment = make_environment(COLUMNS=str(COLUMNS), TERM="xterm-256color")
    process = subprocess.Popen(
        [sys.executable, "-m", "kpucli", *arguments], cwd=folder, env=environment, stdout=writer
    )
    os.close(writer)
    chunks = []
    try:
        while chunk := os.read(reader, 65536):
            chunks.append(chunk)
    except OSError:  # how Linux says that the other end is closed
        pass
    process.wait()
    os.close(reader)
    return b"".join(chunks).decode().replace("\r\n", "\n")


def draw_terminal(arguments: list[str], path: Path, folder: Path = ROOT) -> None:
    """Draw a run of kpucli as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text(f"$ kpucli {' '.join(arguments)}", style="bold"))
    console.print(Text.from_ansi(capture_terminal(arguments, folder)))
    path.write_text(console.export_svg(title="kpucli", unique_id="kpucli"))


def draw_views(path: Path) -> None:
    """Draw what `kpucli views` shows of this office's articles and six weeks of made-up counts."""
    with tempfile.TemporaryDirectory() as name:
        office = Path(name)
        shutil.copy(ROOT / "pyproject.toml", office)
        shutil.copytree(ROOT / "articles", office / "articles")
        subprocess.run(
            [sys.executable, "-m", "kpucli", "views", "import", "-"],
            cwd=office, env=make_environment(), check=True, text=True, input=_make_counts(),
        )  # fmt: skip
        draw_terminal(["views"], path, office)


def draw_lint(path: Path) -> None:
    """Draw what `kpucli lint` finds in an article with errors of every day."""
    with tempfile.TemporaryDirectory() as name:
        article = Path(name) / "articles" / "2022" / "sosialisasi-pemilih-pemula.md"
        article.parent.mkdir(parents=True)
        article.write_text(FAULTY)
        draw_terminal(["lint"], path, Path(name))


def _make_counts() -> str:
    """Most is read on the first days, and less on a weekend."""
    dice, lines = random.Random(4), ["path,date,views"]
    for number, file in enumerate(sorted((ROOT / "articles").glob("2022/*.md"))):
        for age in range(45):
            day = date(2022, 4, 20) + timedelta(number % 3 + age)
            views = 60 / (1 + age * 0.35) * dice.uniform(0.4, 1.3) * (1 + number % 3)
            weekend = 0.5 if day.weekday() > 4 else 1
            lines.append(f"/berita/2022/{file.stem}/,{day},{int(views * weekend)}")
    return "\n".join(lines) + "\n"


def photograph_site(path: Path) -> None:
    """Take a picture of the built site's first screen."""
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "public"
        subprocess.run(
            [sys.executable, "-m", "kpucli", "publish", "--output", str(site)],
            cwd=ROOT, env=make_environment(), check=True,
        )  # fmt: skip
        server = subprocess.Popen(
            [sys.executable, "-m", "http.server", "8799", "--bind", "127.0.0.1", "-d", str(site)],
            stderr=subprocess.DEVNULL,
        )
        try:
            subprocess.run(
                ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 "--disable-background-networking", "--disable-component-update",
                 f"--screenshot={path}", "--window-size=1180,900", "http://127.0.0.1:8799/"],
                check=True, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        finally:
            server.kill()


TERMINAL: dict[str, Callable[[Path], None]] = {
    "daftar.svg": lambda path: draw_terminal(["list"], path),
    "periksa.svg": draw_lint,
    "dilihat.svg": draw_views,
}


def main() -> None:
    """Make all pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    for name, draw in TERMINAL.items():
        draw(PICTURES / name)
    photograph_site(PICTURES / "situs.png")


if __name__ == "__main__":
    main()
