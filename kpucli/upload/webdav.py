"""WebDAV (RFC 4918) over HTTPS, with a name and a password (Basic, RFC 7617) if there are any."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from urllib.parse import quote, unquote, urlsplit

from defusedxml.ElementTree import ParseError, fromstring

from kpucli.upload.connection import STAGING, Found, Parcel, lost, refused
from kpucli.upload.http_requests import Answer, HttpConnection
from kpucli.upload.target import Target

_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_ASK_SIZES = (
    b'<?xml version="1.0"?><D:propfind xmlns:D="DAV:">'
    b"<D:prop><D:getcontentlength/><D:resourcetype/></D:prop></D:propfind>"
)


class WebdavConnection:
    """A connection to a WebDAV server."""

    def __init__(self, target: Target) -> None:
        plaintext = target.scheme == "http"
        self._http = HttpConnection(target.host, target.port, plaintext=plaintext)
        self._top = quote(target.folder)
        self._headers: dict[str, str] = {}
        if target.secret is not None:
            name = f"{target.secret.user}:{target.secret.password}"
            word = base64.b64encode(name.encode()).decode("ascii")
            self._headers["Authorization"] = f"Basic {word}"
        self._base = f"{target.scheme}://{target.host}" + (f":{target.port}" if target.port else "")
        self._staged = f"{STAGING}/{secrets.token_hex(4)}"

    def read(self, path: str) -> bytes | None:
        answer = self._ask("GET", path)
        if answer.status in _GONE:
            return None
        return _check(answer, path).body

    def write(self, path: str, content: bytes) -> None:
        _check(self._ask("PUT", self._staged, content), path)
        headers = {"Destination": self._base + self._address(path), "Overwrite": "T"}
        answer = self._ask("MOVE", self._staged, headers=headers)
        if answer.status in _GONE:  # an answer got lost on the way, and it is there already
            raise lost(answer.words)
        _check(answer, path)

    def create(self, path: str, content: bytes) -> bool:
        # Not every server heeds the condition; what stands there in the end decides.
        if self.read(path) is not None:
            return False
        answer = self._ask("PUT", path, content, {"If-None-Match": "*"})
        if answer.status == HTTPStatus.PRECONDITION_FAILED:
            return False
        _check(answer, path)
        return self.read(path) == content

    def send(self, parcels: Iterator[Parcel], sent: Callable[[str], None]) -> None:
        for parcel in parcels:
            self.write(parcel.path, parcel.content)
            sent(parcel.path)

    def make_folders(self, folders: Iterable[str]) -> None:
        for folder in folders:
            answer = self._ask("MKCOL", f"{folder}/")
            if answer.status != HTTPStatus.METHOD_NOT_ALLOWED:  # it is there
                _check(answer, folder)

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            answer = self._ask("DELETE", path)
            if answer.status not in _GONE:
                _check(answer, path)

    def remove_folders(self, folders: Iterable[str]) -> None:
        for folder in folders:
            # DELETE takes all that is in a folder with it.
            if not self._list(folder):
                self._ask("DELETE", f"{folder}/")

    def drop_staging(self) -> None:
        answer = self._ask("DELETE", f"{STAGING}/")
        if answer.status not in _GONE:
            _check(answer, STAGING)

    def find_files(self) -> dict[str, Found]:
        found: dict[str, Found] = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            for path, size in self._list(folder).items():
                if size is None:
                    folders.append(path)
                else:
                    found[path] = Found(size)
        return found

    def close(self) -> None:
        self._http.close()

    def _list(self, folder: str) -> dict[str, int | None]:
        """What is directly in a folder by its path: the size of a file, None for a folder."""
        place = f"{folder}/" if folder else ""
        headers = {"Depth": "1", "Content-Type": "application/xml"}
        answer = self._ask("PROPFIND", place, _ASK_SIZES, headers)
        if answer.status in _GONE:
            return {}
        top = unquote(f"{self._top}/")
        entries: dict[str, int | None] = {}
        try:
            for response in fromstring(_check(answer, folder).body).iter("{DAV:}response"):
                href = unquote(urlsplit(response.findtext("{DAV:}href", "")).path)
                path = href.removeprefix(top).rstrip("/")
                if path not in (folder, "") and href.startswith(top):
                    is_folder = response.find(".//{DAV:}collection") is not None
                    size = int(response.findtext(".//{DAV:}getcontentlength") or 0)
                    entries[path] = None if is_folder else size
        except (ParseError, ValueError) as error:
            raise refused(folder, error) from error
        return entries

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        return self._http.ask(method, self._address(path), self._headers | (headers or {}), body)

    def _address(self, path: str) -> str:
        return f"{self._top}/{quote(path)}"


def _check(answer: Answer, path: str) -> Answer:
    if not answer.is_fine:
        raise refused(path, answer.words)
    return answer
