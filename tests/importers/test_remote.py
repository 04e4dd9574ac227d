"""Fetching photographs: from public addresses alone, within time and size."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpucli.errors import KpuError
from kpucli.importers.remote import fetch_image, is_public
from tests.conftest import make_environment


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1",
     "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1"],
)  # fmt: skip
def test_addresses_of_machines_and_offices(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "103.21.244.1", "2606:4700::1111"])
def test_addresses_of_the_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://1.1.1.1/a.jpg", "http://a:b@1.1.1.1/", "http://", "http:///a",
     "gopher://x", "http://[::1", "http://localhost/a", "http://tidak.ada.invalid/a",
     "http://0x7f.1/a", "http://127.1/a", "http://1.1.1.1:99999/"],
)  # fmt: skip
def test_what_is_refused_without_a_connection(address: str) -> None:
    with pytest.raises(KpuError):
        fetch_image(address)


_SERVER = """
import http.server, sys, threading, time
from kpucli.errors import KpuError
from kpucli.importers import remote

class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/a.jpg":
            self.send_response(200); self.end_headers(); self.wfile.write(b"isi")
        elif self.path == "/slow.jpg":
            self.send_response(200); self.end_headers()
            while True:
                self.wfile.write(b"x"); self.wfile.flush(); time.sleep(0.2)
        elif self.path == "/large.jpg":
            self.send_response(200); self.end_headers()
            while True:
                self.wfile.write(b"x" * 1000000)
        elif self.path == "/loop":
            self.send_response(302); self.send_header("Location", "/loop"); self.end_headers()
        elif self.path == "/in":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1/a.jpg"); self.end_headers()
        elif self.path == "/moved":
            self.send_response(301); self.send_header("Location", "/a.jpg"); self.end_headers()
        else:
            self.send_error(404)
    def log_message(self, *arguments): pass
    def handle_one_request(self):
        try: super().handle_one_request()
        except OSError: pass

server = http.server.ThreadingHTTPServer(("0.0.0.0", 80), Site)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
remote._SECONDS = 2.0
for path in sys.argv[1:]:
    try:
        print(path, remote.fetch_image("http://93.184.216.34" + path))
    except KpuError as error:
        print(path, error)
"""


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"),
    reason="needs a network of its own",
)
def test_fetching_from_a_public_address() -> None:
    """In a network namespace where an address of the internet is this machine's own."""
    paths = ["/a.jpg", "/moved", "/in", "/loop", "/none", "/slow.jpg", "/large.jpg"]
    script = 'ip link set lo up && ip address add 93.184.216.34/32 dev lo && exec "$@"'
    process = subprocess.run(
        ["unshare", "-n", "sh", "-c", script, "sh", sys.executable, "-c", _SERVER, *paths],
        capture_output=True, text=True, timeout=60, check=False, env=make_environment(),
        cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    if "unshare" in process.stderr or "RTNETLINK" in process.stderr:
        pytest.skip("no network namespaces here")
    assert process.stdout.splitlines() == [
        "/a.jpg b'isi'",
        "/moved b'isi'",
        "/in Alamatnya di jaringan pribadi; tidak diambil.",
        "/loop Situsnya mengalihkan berkali-kali.",
        "/none Situsnya menjawab 404.",
        "/slow.jpg Situsnya tidak menjawab dalam 15 detik.",
        "/large.jpg Fotonya lebih dari 40 MiB.",
    ], process.stderr
