"""Object storage that speaks S3: Amazon's, and any other at an `endpoint`.

No library: obstore, the fastest of them (see the benchmark), cannot sign the header of a redirect,
and what is needed of S3 is five requests. A PUT replaces an object in one step, and the storage
compares what arrives with the SHA-256 that was signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from defusedxml.ElementTree import ParseError, fromstring

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.upload.connection import Found, Parcel, refused
from kpucli.upload.http_requests import Answer, HttpConnection
from kpucli.upload.s3_signature import Request, sign
from kpucli.upload.target import Target

_EXISTS = {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT}
_PLAIN_MD5 = 32  # digits of an ETag that is the MD5 of the content
_OWN_HEADERS = {"Content-Type": "application/octet-stream", "Cache-Control": "no-store"}


class S3Connection:
    """A connection to a bucket, addressed by path, which every such storage understands."""

    def __init__(self, target: Target) -> None:
        if target.secret is None:
            raise KpuError(
                _("Kunci S3 tidak ada di lingkungan."),
                _("Isi AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY, atau ~/.aws/credentials."),
            )
        self._secret = target.secret
        self._region = target.settings.region
        endpoint = target.settings.endpoint or f"https://s3.{self._region}.amazonaws.com"
        parts = urlsplit(endpoint)
        if parts.scheme == "http" and not target.settings.plaintext:
            raise KpuError(
                _("`endpoint` tanpa enkripsi; ditolak."),
                _("Pakai https; bila memang terpaksa, tulis `plaintext = true`."),
            )
        self._host = parts.netloc
        self._bucket = f"{parts.path.rstrip('/')}/{target.host}"
        self._prefix = f"{target.folder.lstrip('/')}/" if target.folder else ""
        self._http = HttpConnection(
            parts.hostname or "", parts.port, plaintext=parts.scheme == "http"
        )

    def read(self, path: str) -> bytes | None:
        answer = self._ask("GET", path)
        if answer.status == HTTPStatus.NOT_FOUND:
            self._check_bucket(answer)
            return None
        return _check(answer, path).body

    def write(self, path: str, content: bytes) -> None:
        _check(self._ask("PUT", path, content, _OWN_HEADERS), path)

    def create(self, path: str, content: bytes) -> bool:
        if self.read(path) is not None:
            return False
        answer = self._ask("PUT", path, content, {**_OWN_HEADERS, "If-None-Match": "*"})
        if answer.status in _EXISTS:
            return False
        if answer.status == HTTPStatus.NOT_IMPLEMENTED:  # an old storage knows no conditions
            self.write(path, content)
        else:
            _check(answer, path)
        return self.read(path) == content

    def send(self, parcels: Iterator[Parcel], sent: Callable[[str], None]) -> None:
        for parcel in parcels:
            answer = self._ask("PUT", parcel.path, parcel.content, dict(parcel.headers))
            _check(answer, parcel.path)
            sent(parcel.path)

    def make_folders(self, folders: Iterable[str]) -> None:
        pass  # there are none in a storage

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            answer = self._ask("DELETE", path)
            if answer.status != HTTPStatus.NOT_FOUND:
                _check(answer, path)

    def remove_folders(self, folders: Iterable[str]) -> None:
        pass

    def drop_staging(self) -> None:
        pass

    def find_files(self) -> dict[str, Found]:
        found: dict[str, Found] = {}
        query = {"list-type": "2", "prefix": self._prefix}
        while True:
            answer = self._ask_bucket(query)
            try:
                page = fromstring(_check(answer, self._prefix).body)
                found |= self._read_page(page)
            except (ParseError, ValueError) as error:
                raise refused(self._prefix, error) from error
            token = page.findtext("{*}NextContinuationToken")
            if not token:
                return found
            query["continuation-token"] = token

    def close(self) -> None:
        self._http.close()

    def _read_page(self, page: Any) -> dict[str, Found]:
        found = {}
        for item in page.iterfind("{*}Contents"):
            key = item.findtext("{*}Key", "").removeprefix(self._prefix)
            tag = item.findtext("{*}ETag", "").strip('"')
            md5 = tag if len(tag) == _PLAIN_MD5 else None
            if key and not key.endswith("/"):
                found[key] = Found(int(item.findtext("{*}Size", "0")), md5)
        return found

    def _check_bucket(self, answer: Answer) -> None:
        if b"NoSuchBucket" in answer.body:
            raise KpuError(_("Bucket ini tidak ada."), path=self._bucket.lstrip("/"))

    def _ask_bucket(self, query: dict[str, str]) -> Answer:
        return self._send("GET", self._bucket, b"", {}, query)

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        return self._send(method, f"{self._bucket}/{self._prefix}{path}", body, headers or {}, {})

    def _send(
        self, method: str, path: str, body: bytes, headers: dict[str, str], query: dict[str, str]
    ) -> Answer:
        payload = hashlib.sha256(body).hexdigest()
        request = Request(method, self._host, path, query, headers, payload)
        secret = self._secret
        signed = sign(
            request, secret.user, secret.password, secret.session, self._region, datetime.now(UTC)
        )
        return self._http.ask(method, request.address, signed, body)


def _check(answer: Answer, path: str) -> Answer:
    if not answer.is_fine:
        raise refused(path, answer.words)
    return answer
