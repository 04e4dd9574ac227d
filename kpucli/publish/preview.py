"""The preview: the site with its drafts, kept in memory, served to this machine alone.

It rebuilds when a file changes and tells the browser to load the page again (server-sent events,
HTML 9.2).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.publish.pages import ERROR_PATH
from kpucli.publish.render import PREVIEW_SCRIPT, File

HOST = "127.0.0.1"  # never the office's network: drafts are not public

_EVENTS_PATH = "/pratinjau-berubah"
# The page's build is in the script's own address; another one is a reason to load it again.
_SCRIPT = f"""\
const build = new URL(document.currentScript.src).search;
new EventSource("{_EVENTS_PATH}" + build).onmessage = () => location.reload();
"""
_HEARTBEAT_SECONDS = 15
_DEFAULT_PORT = 80  # browsers leave it out

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
    ".txt": "text/plain; charset=utf-8",
    ".avif": "image/avif",
    ".webp": "image/webp",
}


@dataclass(slots=True)
class Preview:
    """The site as last built; `build` grows with each, and pages know theirs."""

    files: dict[str, File] = field(default_factory=dict)
    build: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def replace(self, files: Iterable[File]) -> None:
        """Show the files of the next build from now on, and wake the browsers that wait."""
        built = {file.path: file for file in files}
        script = PREVIEW_SCRIPT.lstrip("/")
        built[script] = File(script, _SCRIPT.encode())
        with self.changed:
            self.files, self.build = built, self.build + 1
            self.changed.notify_all()

    def wait_for_other(self, build: str) -> str | None:
        """The number of a build that is not `build`, when there is one; None after a while."""
        with self.changed:
            is_other = self.changed.wait_for(lambda: str(self.build) != build, _HEARTBEAT_SECONDS)
            return str(self.build) if is_other else None


class PreviewServer(ThreadingHTTPServer):
    """Serves a preview on the loopback address; port 0 takes a free one.

    Raises `KpuError` when the port cannot be had.
    """

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise KpuError(
                _("Pratinjau tidak dapat memakai porta {port}: {reason}.").format(
                    port=port, reason=describe_os_error(error)
                ),
                _("Pilih porta lain dengan --port."),
            ) from error

    @property
    def address(self) -> str:
        """Where the site is, without a final slash."""
        return f"http://{HOST}:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Requests are not news."""

    def _answer(self, *, with_body: bool) -> None:
        # A page elsewhere may point its own host name at this address (DNS rebinding).
        if self.headers.get("Host", "").lower() not in self._own_names():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        path, _mark, query = self.path.partition("?")
        if path == _EVENTS_PATH and with_body:
            self._send_events(query)
            return
        # Files are looked up by name in memory: no path leads out of there.
        name = unquote(path).lstrip("/") + ("index.html" if path.endswith("/") else "")
        files, status = self.server.preview.files, HTTPStatus.OK
        content = _read(files, name)
        if content is None:
            name, status = ERROR_PATH.lstrip("/"), HTTPStatus.NOT_FOUND
            content = _read(files, name) or b""
        self._send(status, name, content, with_body=with_body)

    def _own_names(self) -> set[str]:
        port = self.server.server_port
        names = {f"{name}:{port}" for name in (HOST, "localhost")}
        return names | {HOST, "localhost"} if port == _DEFAULT_PORT else names

    def _send(self, status: HTTPStatus, name: str, content: bytes, *, with_body: bool) -> None:
        self._send_head(status, _TYPES.get(PurePosixPath(name).suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_body:
            self.wfile.write(content)

    def _send_head(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")

    def _send_events(self, build: str) -> None:
        """Say when the site is no longer the one that the browser has; ends when it goes away."""
        self._send_head(HTTPStatus.OK, "text/event-stream")
        self.end_headers()
        while True:
            other = self.server.preview.wait_for_other(build)
            # A comment line now and then finds out that the browser has gone.
            self.wfile.write(b"data: berubah\n\n" if other else b":\n\n")
            build = other or build


def _read(files: Mapping[str, File], name: str) -> bytes | None:
    """A file's content; None where there is none, or a publish has put its photograph away."""
    try:
        return files[name].content if name in files else None
    except OSError:
        return None
