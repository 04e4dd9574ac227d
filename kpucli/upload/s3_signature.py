"""Signatures of requests to S3-compatible storage: AWS Signature Version 4, in one chunk. Pure.

Source: "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)" in the
Amazon S3 API Reference. The tests compare it with botocore's.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Request:
    """What is signed: the path is not encoded yet, `payload` the SHA-256 of the body."""

    method: str
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    payload: str

    @property
    def address(self) -> str:
        """The path and the query as they are sent."""
        query = _encode_query(self.query)
        return _encode(self.path, safe="/~") + (f"?{query}" if query else "")


def sign(
    request: Request, key: str, secret: str, session: str, region: str, now: datetime
) -> dict[str, str]:
    """The headers of a request, those included that say who makes it and when."""
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {
        **request.headers,
        "Host": request.host,
        "x-amz-content-sha256": request.payload,
        "x-amz-date": moment,
    }
    if session:
        headers["x-amz-security-token"] = session
    lines = {name.lower(): " ".join(value.split()) for name, value in headers.items()}
    names = ";".join(sorted(lines))
    canonical = "\n".join(
        [
            request.method,
            _encode(request.path, safe="/~"),
            _encode_query(request.query),
            *(f"{name}:{lines[name]}" for name in sorted(lines)),
            "",
            names,
            request.payload,
        ]
    )
    scope = f"{moment[:8]}/{region}/s3/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = f"{_ALGORITHM}\n{moment}\n{scope}\n{digest}"
    signature = _mac(_make_key(secret, moment[:8], region), to_sign).hex()
    headers["Authorization"] = (
        f"{_ALGORITHM} Credential={key}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


def _make_key(secret: str, day: str, region: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = _mac(key, part)
    return key


def _mac(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode(), "sha256")


def _encode(text: str, *, safe: str = "~") -> str:
    return quote(text, safe=safe)


def _encode_query(query: Mapping[str, str]) -> str:
    pairs = sorted((_encode(name), _encode(value)) for name, value in query.items())
    return "&".join(f"{name}={value}" for name, value in pairs)
