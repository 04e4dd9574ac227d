"""The preview over real HTTP: this machine's browsers are served, and nobody else."""

from __future__ import annotations

import http.client
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest

from kpucli.errors import KpuError
from kpucli.publish import preview as preview_module
from kpucli.publish.preview import HOST, Preview, PreviewServer
from kpucli.publish.render import File
from kpucli.publish.watch import Watch

FILES = [
    File("index.html", b"<!DOCTYPE html><h1>Beranda</h1>"),
    File("404.html", b"<!DOCTYPE html><h1>Tidak ada</h1>"),
    File("tag/sop/index.html", b"<!DOCTYPE html><h1>SOP</h1>"),
    File("gaya.css", b"h1 {}"),
    File("umpan.atom", b"<feed/>"),
    File("umpan.json", b"{}"),
    File("peta-situs.xml", b"<urlset/>"),
    File("robots.txt", b"User-agent: *"),
    File("logo.svg", b"<svg/>"),
]


@pytest.fixture
def server() -> Iterator[PreviewServer]:
    preview = Preview()
    preview.replace(FILES)
    with PreviewServer(preview, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def ask(
    server: PreviewServer, path: str, method: str = "GET", host: str | None = None
) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(HOST, server.server_port, timeout=10)
    connection.putrequest(method, path, skip_host=host is not None)
    if host:
        connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    yield response
    response.close()
    connection.close()


TYPES = {
    "/": "text/html; charset=utf-8",
    "/tag/sop/": "text/html; charset=utf-8",
    "/tag/sop/?x=1": "text/html; charset=utf-8",
    "/%74ag/sop/": "text/html; charset=utf-8",
    "/gaya.css": "text/css; charset=utf-8",
    "/umpan.atom": "application/atom+xml",
    "/umpan.json": "application/feed+json",
    "/peta-situs.xml": "application/xml",
    "/robots.txt": "text/plain; charset=utf-8",
    "/logo.svg": "image/svg+xml",
    "/pratinjau.js": "text/javascript; charset=utf-8",
}


@pytest.mark.parametrize(("path", "kind"), TYPES.items(), ids=TYPES)
def test_files_are_served_with_their_type_and_never_stored(
    server: PreviewServer, path: str, kind: str
) -> None:
    with ask(server, path) as response:
        assert response.status == HTTPStatus.OK
        assert response.headers["Content-Type"] == kind
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert len(response.read()) == int(response.headers["Content-Length"])


PATHS_OF_NOTHING = [
    "/tidak-ada",
    "/tag",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/tag/sop/../../../etc/passwd",
    "/%00",
    "//etc/passwd",
    "//[",
    "/\\..\\etc\\passwd",
    "/%ff%fe",
    "/.kpucli-situs",
    "*",
]


@pytest.mark.parametrize("path", PATHS_OF_NOTHING)
def test_what_is_no_file_of_the_site_is_404(server: PreviewServer, path: str) -> None:
    with ask(server, path) as response:
        assert response.status == HTTPStatus.NOT_FOUND
        assert b"Tidak ada" in response.read()


HOSTS = {
    "evil.example": False,
    "evil.example:{port}": False,
    "127.0.0.1": False,
    "127.0.0.1:1": False,
    "127.0.0.1.evil.example:{port}": False,
    "192.168.1.10:{port}": False,
    "0.0.0.0:{port}": False,
    "127.0.0.1:{port}": True,
    "localhost:{port}": True,
    "LOCALHOST:{port}": True,
}


@pytest.mark.parametrize(("host", "served"), HOSTS.items(), ids=HOSTS)
@pytest.mark.parametrize("path", ["/", "/pratinjau-berubah?0"])
def test_only_this_machines_own_names_are_answered(
    server: PreviewServer, path: str, host: str, served: bool
) -> None:
    with ask(server, path, host=host.format(port=server.server_port)) as response:
        expected = HTTPStatus.OK if served else HTTPStatus.MISDIRECTED_REQUEST
        assert response.status == expected
        assert served or b"Beranda" not in response.read()


def test_a_request_without_a_host_is_not_answered(server: PreviewServer) -> None:
    with socket.create_connection((HOST, server.server_port), 10) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert b"421" in answer.splitlines()[0]
    assert b"Beranda" not in answer


def test_on_the_usual_port_browsers_leave_it_out(
    server: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_module, "_DEFAULT_PORT", server.server_port)
    with ask(server, "/", host="localhost") as response:
        assert response.status == HTTPStatus.OK


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "X"])
def test_nothing_can_be_sent(server: PreviewServer, method: str) -> None:
    with ask(server, "/", method) as response:
        assert response.status == HTTPStatus.NOT_IMPLEMENTED


def test_head_is_the_head_alone(server: PreviewServer) -> None:
    with ask(server, "/", "HEAD") as response:
        assert response.headers["Content-Length"] == str(len(FILES[0].content))
        assert response.read() == b""
    with ask(server, "/pratinjau-berubah?1", "HEAD") as response:
        assert response.status == HTTPStatus.NOT_FOUND


def test_only_the_loopback_address_listens(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_taken_port_is_said(server: PreviewServer) -> None:
    with pytest.raises(KpuError, match="porta ini sedang dipakai") as caught:
        PreviewServer(Preview(), server.server_port)
    assert caught.value.exit_code == 2
    assert str(server.server_port) in str(caught.value)


def events(server: PreviewServer, build: int) -> Iterator[bytes]:
    with ask(server, f"/pratinjau-berubah?{build}") as response:
        assert response.headers["Content-Type"] == "text/event-stream"
        while line := response.readline():
            yield line


def test_the_browser_hears_of_the_next_build(server: PreviewServer) -> None:
    lines = events(server, 1)
    threading.Timer(0.1, server.preview.replace, [FILES]).start()
    assert next(lines) == b"data: berubah\n"


def test_a_build_between_the_page_and_its_script_is_not_missed(server: PreviewServer) -> None:
    server.preview.replace(FILES)
    assert next(events(server, 1)) == b"data: berubah\n"


def test_without_a_build_a_comment_keeps_the_line(
    server: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_module, "_HEARTBEAT_SECONDS", 0.01)
    assert next(events(server, 1)) == b":\n"


def test_a_browser_that_goes_away_is_no_error(
    server: PreviewServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(preview_module, "_HEARTBEAT_SECONDS", 0.01)
    before = threading.active_count()
    lines = events(server, 1)
    next(lines)
    lines.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before
    assert capsys.readouterr().err == ""


def test_an_error_of_our_own_is_not_hidden(
    server: PreviewServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(preview_module, "_TYPES", None)
    with pytest.raises((http.client.HTTPException, ConnectionError)), ask(server, "/"):
        pass
    assert "AttributeError" in capsys.readouterr().err


def add_folder(folder: Path) -> None:
    folder.mkdir()
    (folder / "c.md").write_text("c")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file changes": lambda folder: (folder / "2022" / "a.md").write_text("lebih panjang"),
    "a file comes": lambda folder: (folder / "2022" / "b.md").write_text("b"),
    "a folder of files comes": lambda folder: add_folder(folder / "2023"),
    "a file goes": lambda folder: (folder / "2022" / "a.md").unlink(),
    "only its time changes": lambda folder: os.utime(folder / "2022" / "a.md", (1, 1)),
    "the single file changes": lambda folder: (folder.parent / "kpucli.toml").write_text("x"),
}
NO_CHANGES: dict[str, Callable[[Path], object]] = {
    "an editor's file comes": lambda folder: (folder / "2022" / ".a.md.swp").write_text("x"),
    "a hidden folder comes": lambda folder: add_folder(folder / ".git"),
    "nothing": lambda _folder: None,
}


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    monkeypatch.setattr("kpucli.publish.watch._POLL_SECONDS", 0.01)
    (tmp_path / "articles" / "2022").mkdir(parents=True)
    (tmp_path / "articles" / "2022" / "a.md").write_text("a")
    return Watch([tmp_path / "articles", tmp_path / "kpucli.toml"])


@pytest.mark.parametrize("change", [*CHANGES, *NO_CHANGES])
def test_a_watch_notices_changes_since_it_was_made(
    watch: Watch, tmp_path: Path, change: str
) -> None:
    (CHANGES | NO_CHANGES)[change](tmp_path / "articles")
    seen, stop = threading.Event(), threading.Event()
    thread = threading.Thread(target=watch.run, args=(seen.set, stop), daemon=True)
    thread.start()
    assert seen.wait(5 if change in CHANGES else 0.1) is (change in CHANGES)
    stop.set()
    thread.join()


def test_a_watch_reports_a_change_once_and_the_next_one_too(watch: Watch, tmp_path: Path) -> None:
    calls: list[float] = []
    stop = threading.Event()
    thread = threading.Thread(target=watch.run, args=(lambda: calls.append(0), stop), daemon=True)
    thread.start()
    for number in (1, 2):
        (tmp_path / "kpucli.toml").write_text("x" * number)
        deadline = time.monotonic() + 5
        while len(calls) < number and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.05)
        assert len(calls) == number
    stop.set()
    thread.join()
