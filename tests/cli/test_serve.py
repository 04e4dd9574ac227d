"""`kpucli serve`, run as a user runs it, and in a real browser."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import CONFIG, Office, make_environment
from tests.photographs import make_photo
from tests.publish.web import find_dead_links, read_pages

PATIENCE = 20.0  # seconds until something must have happened
CHROMIUM = shutil.which("chromium")


@dataclass
class Serving:
    """A preview that runs."""

    process: subprocess.Popen[bytes]
    messages: Path
    address: str

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    @property
    def err(self) -> str:
        """What it has said so far."""
        return self.messages.read_text()

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path)
        response = connection.getresponse()
        answer = response.status, response.read().decode()
        connection.close()
        return answer

    def interrupt(self) -> int:
        """Press Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


Start = Callable[..., Serving]


@pytest.fixture
def start(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start a preview of the office; it is stopped at the end."""
    started: list[Serving] = []

    def begin(*arguments: str) -> Serving:
        messages = tmp_path_factory.mktemp("serve") / "messages"
        with messages.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "kpucli", "serve", "--port", "0", *arguments],
                cwd=office.folder,
                env=make_environment(),
                stdout=subprocess.PIPE,
                stderr=stream,
            )
        assert process.stdout
        serving = Serving(process, messages, process.stdout.readline().decode().strip())
        started.append(serving)
        return serving

    yield begin
    for serving in started:
        serving.process.kill()
        serving.process.wait()
        assert serving.process.stdout
        serving.process.stdout.close()
        assert "Traceback" not in serving.err, serving.err


def wait_for(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_the_address_is_printed_and_ctrl_c_ends_it_well(office: Office, start: Start) -> None:
    office.add("2022/apel")
    serving = start()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", serving.address)
    assert serving.get("/")[0] == 200
    assert wait_for(lambda: "Tekan Ctrl-C" in serving.err)
    assert serving.interrupt() == 0
    assert serving.err.splitlines()[-1] == "Pratinjau dihentikan."
    assert serving.process.stdout
    assert serving.process.stdout.read() == b""


def test_ctrl_c_ends_it_while_a_browser_waits(office: Office, start: Start) -> None:
    office.add("2022/apel")
    serving = start()
    with socket.create_connection(("127.0.0.1", serving.port)) as connection:
        connection.sendall(
            f"GET /pratinjau-berubah?1 HTTP/1.1\r\nHost: 127.0.0.1:{serving.port}\r\n\r\n".encode()
        )
        assert b"200" in connection.recv(100)
        assert serving.interrupt() == 0


def test_drafts_are_shown_and_marked(office: Office, start: Start) -> None:
    office.add("2022/apel")
    office.add("2022/konsep", 'draft = true\ntags = ["belum"]')
    office.add("2099/nanti")
    serving = start()
    home = serving.get("/")[1]
    for slug in ("2022/apel", "2022/konsep", "2099/nanti"):
        assert f"/berita/{slug}/" in home
    assert "<mark>Draf</mark>" in serving.get("/berita/2022/konsep/")[1]
    assert "<mark>Terjadwal</mark>" in serving.get("/berita/2099/nanti/")[1]
    assert "<mark>" not in serving.get("/berita/2022/apel/")[1]
    assert serving.get("/tag/belum/")[0] == 200


def test_photographs_of_drafts_are_shown_and_bad_ones_named(office: Office, start: Start) -> None:
    image = 'image = { file = "apel.jpg", alt = "Pegawai berbaris" }'
    office.add("2022/apel", f"{image}\ndraft = true", "Isi ![Spanduk](rusak.jpg) berita.\n")
    folder = office.folder / "articles/2022/apel"
    folder.mkdir()
    (folder / "apel.jpg").write_bytes(make_photo(900, 600))
    (folder / "rusak.jpg").write_bytes(b"bukan foto")
    serving = start()
    _status, page = serving.get("/berita/2022/apel/")
    address = re.findall(r"apel-\d+\.[0-9a-f]+\.(?:avif|jpg)", page)
    assert address
    for name in address:
        connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=PATIENCE)
        connection.request("GET", f"/berita/2022/apel/{name}")
        response = connection.getresponse()
        assert response.getheader("Content-Type") == f"image/{name[-4:].strip('.')}".replace(
            "jpg", "jpeg"
        )
        assert Image.open(BytesIO(response.read())).width <= 900
        connection.close()
    assert "articles/2022/apel/rusak.jpg: " in serving.err


def test_nothing_is_written(office: Office, start: Start) -> None:
    office.add("2022/apel")
    before = sorted(office.folder.rglob("*"))
    start().interrupt()
    assert sorted(office.folder.rglob("*")) == before


def test_links_stay_on_this_machine(office: Office, start: Start) -> None:
    (office.folder / "kpucli.toml").write_text(CONFIG.replace(".go.id", ".go.id/kota"))
    office.add("2022/apel", 'tags = ["apel"]')
    serving = start()
    paths = ["", "cari/", "berita/2022/apel/", "tag/", "tag/apel/", "koreksi/", "arsip/",
             "arsip/2022/", "arsip/2022/04/", "umpan.atom", "umpan.json", "peta-situs.xml",
             "logo.svg", "tag/apel/umpan.atom", "tag/apel/umpan.json", "pratinjau.js"]  # fmt: skip
    files = {
        f"{path}index.html" if path.endswith("/") or not path else path: serving.get(f"/{path}")
        for path in paths
    }
    (style,) = set(re.findall(r"/(gaya\.\w+\.css)", files["index.html"][1]))
    files[style] = serving.get(f"/{style}")
    assert {status for status, _text in files.values()} == {200}
    contents = {path: text.encode() for path, (_status, text) in files.items()}
    assert find_dead_links(contents, serving.address.rstrip("/")) == []


def test_a_change_rebuilds_and_tells_the_browser(office: Office, start: Start) -> None:
    office.add("2022/apel")
    serving = start()
    script = re.search(r'src="/pratinjau\.js\?(\d+)"', serving.get("/")[1])
    assert script
    connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=PATIENCE)
    connection.request("GET", f"/pratinjau-berubah?{script[1]}")
    response = connection.getresponse()
    office.add("2022/rapat", 'title = "Rapat Baru"')
    assert response.readline() == b"data: berubah\n"
    connection.close()
    assert "Rapat Baru" in serving.get("/")[1]
    (office.folder / "articles/2022/rapat.md").unlink()
    assert wait_for(lambda: "Rapat Baru" not in serving.get("/")[1])


def test_a_changed_setting_rebuilds_too(office: Office, start: Start) -> None:
    serving = start()
    (office.folder / "kpucli.toml").write_text(CONFIG.replace("Kota Contoh", "Kota Lain"))
    assert wait_for(lambda: "KPU Kota Lain" in serving.get("/")[1])


def test_a_broken_article_is_reported_and_the_rest_served(office: Office, start: Start) -> None:
    office.add("2022/apel")
    office.write("2022/rusak", "+++\ntitle = \n+++\n")
    serving = start()
    assert wait_for(lambda: "Tekan Ctrl-C" in serving.err)
    assert "articles/2022/rusak.md:2:" in serving.err
    assert "/berita/2022/apel/" in serving.get("/")[1]
    office.write("2022/apel", b"\xff")
    office.add("2022/rusak", 'title = "Sudah Baik"')
    assert wait_for(lambda: "Sudah Baik" in serving.get("/")[1])
    assert "articles/2022/apel.md:1:" in serving.err
    assert "/berita/2022/apel/" not in serving.get("/")[1]


def test_a_broken_setting_is_reported_and_the_site_stays(office: Office, start: Start) -> None:
    office.add("2022/apel")
    serving = start()
    (office.folder / "kpucli.toml").write_text("name = 1\n")
    assert wait_for(lambda: "kpucli.toml:1" in serving.err)
    assert "/berita/2022/apel/" in serving.get("/")[1]
    (office.folder / "kpucli.toml").write_text(CONFIG.replace("Kota Contoh", "Kota Lain"))
    assert wait_for(lambda: "KPU Kota Lain" in serving.get("/")[1])


def test_a_missing_folder_is_said(empty_folder: Office) -> None:
    result = empty_folder.run("serve", "--port", "0", code=2)
    assert "articles" in result.err
    assert result.out == ""


def test_a_taken_port_is_said(office: Office) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = office.run("serve", "--port", str(port), code=2)
    assert result.err == (
        f"Kesalahan: Pratinjau tidak dapat memakai porta {port}: porta ini sedang dipakai."
        " Pilih porta lain dengan --port.\n"
    )


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_is_a_number_that_ports_have(office: Office, port: str) -> None:
    assert office.run("serve", "--port", port, code=2).out == ""


def test_only_the_loopback_address_is_open(office: Office, start: Start) -> None:
    serving = start()
    listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    addresses = [
        line.split()[1].split(":")[0]
        for line in listening.splitlines()
        if line.split()[1].endswith(f":{serving.port:04X}") and line.split()[3] == "0A"
    ]
    assert addresses == ["0100007F"]  # 127.0.0.1, in the kernel's order


def test_other_names_and_other_methods_are_refused(office: Office, start: Start) -> None:
    office.add("2022/konsep", "draft = true")
    serving = start()
    for head, code in (
        ("GET / HTTP/1.1\r\nHost: evil.example", b"421"),
        (f"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost:{serving.port}", b"404"),
        (f"POST / HTTP/1.1\r\nHost: localhost:{serving.port}\r\nContent-Length: 0", b"501"),
    ):
        with socket.create_connection(("127.0.0.1", serving.port), PATIENCE) as connection:
            connection.sendall(f"{head}\r\n\r\n".encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert answer.split()[1] == code
        assert b"root:" not in answer
        assert code == b"404" or b"konsep" not in answer


def test_pages_of_a_preview_are_sound(office: Office, start: Start) -> None:
    office.add("2022/konsep", "draft = true")
    serving = start()
    pages = read_pages({"a.html": serving.get("/")[1].encode()})
    assert "Pratinjau" in pages["a.html"].text
    assert pages["a.html"].one("main") is not None


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt install chromium)")
def test_the_browser_loads_the_page_again_after_a_change(office: Office, start: Start) -> None:
    browsers = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed (pip install playwright)"
    )
    office.add("2022/apel", 'title = "Judul Lama"')
    serving = start()
    complaints: list[str] = []
    with browsers.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                  "--disable-background-networking", "--disable-component-update",
                  "--disable-sync"],
        )  # fmt: skip
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{serving.address}berita/2022/apel/")
        assert page.inner_text("h1") == "Judul Lama"
        office.add("2022/apel", 'title = "Judul Baru"')
        page.wait_for_selector("h1:text-is('Judul Baru')")
        office.add("2022/apel", 'title = "Judul Terbaru"')
        page.wait_for_selector("h1:text-is('Judul Terbaru')")
        browser.close()
    assert complaints == []
