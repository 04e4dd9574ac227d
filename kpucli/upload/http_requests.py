"""Requests over one HTTP connection that is kept open, for WebDAV and S3."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from kpucli.upload.connection import login_failed, lost

_TIMEOUT = 60.0  # seconds without a sign of life
_TRY_LATER = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer."""

    status: int
    reason: str
    body: bytes

    @property
    def is_fine(self) -> bool:
        """Whether what was asked is done."""
        return 200 <= self.status < 300

    @property
    def words(self) -> str:
        """The status for a message."""
        return f"{self.status} {self.reason}"


class HttpConnection:
    """A connection to a host, over TLS unless `plaintext`."""

    def __init__(self, host: str, port: int | None, *, plaintext: bool) -> None:
        self._connection: http.client.HTTPConnection
        if plaintext:
            self._connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
        else:
            context = ssl.create_default_context()
            self._connection = http.client.HTTPSConnection(
                host, port, timeout=_TIMEOUT, context=context
            )

    def ask(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """The answer to a request. Raises `LostError`, or `KpuError` where we may not enter.

        A server closes a connection that was idle without a word; the request is then made again.
        """
        is_used = self._connection.sock is not None
        try:
            try:
                answer = self._ask(method, address, headers, body)
            except (http.client.RemoteDisconnected, ConnectionError):
                if not is_used:
                    raise
                self._connection.close()
                answer = self._ask(method, address, headers, body)
        except ssl.SSLCertVerificationError as error:
            raise login_failed(error.verify_message) from error
        except (http.client.HTTPException, OSError) as error:
            self._connection.close()
            raise lost(error or type(error).__name__) from error
        if answer.status in _TRY_LATER:
            raise lost(answer.words)
        if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise login_failed(answer.words)
        return answer

    def _ask(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self._connection.request(method, address, body, dict(headers))
        response = self._connection.getresponse()
        return Answer(response.status, response.reason, response.read())

    def close(self) -> None:
        """Leave."""
        self._connection.close()
