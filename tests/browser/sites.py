"""Hard sites for the pages: ten years of news, nothing at all, an address below a path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, cycle, islice
from pathlib import Path
from shutil import copytree
from threading import Thread

from PIL import Image

from tests.bench.corpus import SENTENCES, make_corpus
from tests.conftest import CONFIG, Office

BASE = "https://kpu.contoh.go.id"
ARTICLES = Path(__file__).parent / "articles"
NOW = "2025-06-01T09:00:00+07:00"
ARCHIVE = 360  # articles over ten years: eighteen pages, so that the pager has gaps
LONG = 5000  # words


@dataclass(frozen=True)
class Site:
    """A built site: its files, the address it was built for, and the path of that."""

    folder: Path
    base: str
    prefix: str = ""

    @property
    def files(self) -> dict[str, bytes]:
        """Every file by its path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


def build_sites(folder: Path) -> dict[str, Site]:
    """Publish all sites below a folder, each in a folder of its own that can be served."""
    office = _make_office(folder / "kantor")
    make_corpus(office.folder / "articles", ARCHIVE)
    copytree(ARTICLES, office.folder / "articles", dirs_exist_ok=True)
    office.add(
        "2025/lima-ribu-kata",
        'title = "Laporan Lengkap Evaluasi Pemilihan Serentak"\ntags = ["evaluasi"]\nviews = 15',
        write_report(LONG),
    )
    _add_photograph(office)
    office.add(
        "2025/pengumuman-seleksi",
        'title = "Pengumuman Hasil Seleksi Administrasi"\ncategory = "pengumuman"',
        "Pengumuman lengkap dapat dilihat di papan pengumuman kantor selama tujuh hari kerja.\n",
    )
    nobody = _make_office(folder / "kantor-baru")
    return {
        "": _publish(office, folder / "penuh"),
        "kosong": _publish(nobody, folder / "kosong"),
        "jalur": _publish(office, folder / "jalur", "/kota/contoh"),
    }


def _add_photograph(office: Office) -> None:
    """An article whose main photograph, and another in its text, are there to be shown."""
    office.add(
        "2025/berfoto",
        'title = "Gudang Logistik Disiapkan"\nimage = { file = "gudang.jpg", alt = "Rak gudang",'
        ' caption = "Rak logistik sebelum diisi.", credit = "Humas" }',
        "Gudang logistik mulai disiapkan sejak awal bulan ini.\n\n"
        '![Denah gudang](denah.png "Denah gudang.")\n\nRak diberi nomor menurut kecamatan.\n',
    )
    folder = office.folder / "articles" / "2025" / "berfoto"
    folder.mkdir()
    image = Image.linear_gradient("L").resize((1600, 1000)).convert("RGB")
    image.save(folder / "gudang.jpg")
    image.resize((600, 800)).save(folder / "denah.png")


def write_report(words: int) -> str:
    """A text with a heading every few paragraphs, of at least so many words."""
    numbers = count(12)
    sentences = (
        sentence.format_map(dict.fromkeys(("people", "offices", "groups", "minutes", "days"), n))
        for sentence, n in zip(cycle(SENTENCES), numbers, strict=False)
    )
    parts: list[str] = []
    written = 0
    while written < words:
        if len(parts) % 6 == 5:
            parts.append(f"## Bagian {len(parts) // 6 + 1}")
        parts.append(" ".join(islice(sentences, 5)))
        written += len(parts[-1].split())
    return "\n\n".join(parts) + "\n"


def _make_office(folder: Path) -> Office:
    (folder / "articles").mkdir(parents=True)
    (folder / "kpucli.toml").write_text(CONFIG)
    return Office(folder)


def _publish(office: Office, root: Path, prefix: str = "") -> Site:
    output, base = root / prefix.lstrip("/"), BASE + prefix
    office.run("publish", "--now", NOW, "--base-url", base, "--output", str(output))
    return Site(output, base, prefix)


class _Handler(SimpleHTTPRequestHandler):
    """A web server as offices have: files, index pages, and the site's own page for what is not."""

    protocol_version = "HTTP/1.1"
    error_page: Path

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = self.error_page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def serve(site: Site) -> Iterator[str]:
    """Serve a site on this machine; its address, without a slash at the end."""
    root = site.folder
    for _part in filter(None, site.prefix.split("/")):
        root = root.parent
    handler = type("Handler", (_Handler,), {"error_page": site.folder / "404.html"})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(root))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{site.prefix}"
        finally:
            server.shutdown()
