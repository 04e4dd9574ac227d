"""What an object storage says of a file when a browser asks for it: type, caching, redirects. Pure.

Names with a hash in them never change what they hold and may be kept for ever; everything else is
asked for again after a minute, so that a correction is seen.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml; charset=utf-8",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
}
_COMPRESSIBLE = {"html", "css", "js", "json", "atom", "xml", "txt", "svg"}
_HASHED = re.compile(r"[._][0-9a-f]{7,64}\.\w+")
_REDIRECT = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"]+)">')
_REDIRECT_BYTES = 4096  # a redirect's page is small
_LONG = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=60"


def is_hashed(path: str) -> bool:
    """Whether a file's name holds the hash of its content."""
    return _HASHED.search(path, path.rfind("/") + 1) is not None


def is_compressible(path: str) -> bool:
    """Whether a file is text, which gzip makes much smaller."""
    return _ending(path) in _COMPRESSIBLE


def make_headers(path: str, *, encoding: str = "") -> dict[str, str]:
    """The headers of a file by its path, encoded so (`gzip`) or not at all."""
    headers = {
        "Content-Type": _TYPES.get(_ending(path), "application/octet-stream"),
        "Cache-Control": _LONG if is_hashed(path) else _SHORT,
    }
    if encoding:
        headers["Content-Encoding"] = encoding
    return headers


def find_redirect(path: str, content: bytes) -> Mapping[str, str]:
    """The header that makes a storage's web site answer 301, for a page that only leads on."""
    if not path.endswith(".html") or len(content) > _REDIRECT_BYTES:
        return {}
    found = _REDIRECT.search(content)
    return (
        {"x-amz-website-redirect-location": html.unescape(found[1].decode("utf-8", "replace"))}
        if found
        else {}
    )


def _ending(path: str) -> str:
    return path.rpartition(".")[2]
