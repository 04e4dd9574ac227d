"""Addresses on older sites: of what a page names, and of articles, as `aliases`."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

from kpucli.front_matter import is_alias
from kpucli.i18n import _

_LONGEST = 500


def resolve(base: str, address: str) -> str:
    """An address as Markdown takes it, from the place that names it; "" for what is none."""
    try:
        whole = urljoin(base, address.strip())
        urlsplit(whole)
    except ValueError:
        return ""
    return quote(whole, safe="!#$%&'*+,-./:;=?@_~")


def is_on_web(address: str) -> bool:
    """Whether an address is one of http or https."""
    return address[:8].lower().startswith(("http://", "https://"))


def read_alias(address: str, lost: list[str]) -> str | None:
    """The path of an address; None where it has none of its own, which `lost` is told."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        parts = urlsplit("")
    path = quote(parts.path, safe="!#$%&'()*+,-./:;=@_~")
    if path in ("", "/") and parts.query:
        message = _("Alamat lama {address} tidak dapat diteruskan: isinya di belakang tanda tanya.")
        lost.append(message.format(address=address.strip()[:200]))
        return None
    if path in ("", "/"):
        return None
    if not is_alias(path) or len(path) > _LONGEST:
        message = _("Alamat lama {address} tidak dapat diteruskan: berkasnya tidak dapat dibuat.")
        lost.append(message.format(address=address.strip()[:200]))
        return None
    return path
