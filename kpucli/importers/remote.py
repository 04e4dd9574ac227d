"""Photographs from older sites: fetched only when asked for, and never from inside the office.

A name is resolved once, every address that it has must be a public one, and the connection goes to
such an address itself: what a name server says a moment later (DNS rebinding) does not matter. So
it is again after each redirect.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from urllib.parse import urljoin, urlsplit

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.photo import MAX_BYTES

_PORTS = {"http": 80, "https": 443}
_MOST_REDIRECTS = 5
_SECONDS = 15.0  # for a whole photograph
_AGENT = "kpucli (https://kpu.go.id)"


def fetch_image(address: str) -> bytes:
    """The bytes behind an http or https address. Raises `KpuError` for whatever keeps it away."""
    until = time.monotonic() + _SECONDS
    try:
        for _turn in range(_MOST_REDIRECTS + 1):
            content, place = _get(address, until)
            if not place:
                return content
            address = urljoin(address, place)
    except KpuError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= until:
            raise KpuError(_("Situsnya tidak menjawab dalam 15 detik.")) from error
        if isinstance(error, OSError):
            message = _("Situsnya tidak terjangkau: {reason}.")
            raise KpuError(message.format(reason=describe_os_error(error))) from error
        raise KpuError(_("Jawaban situsnya tidak dapat dibaca.")) from error
    raise KpuError(_("Situsnya mengalihkan berkali-kali."))


def _get(address: str, until: float) -> tuple[bytes, str]:
    """What is behind an address, or the address that it redirects to."""
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        raise KpuError(_("Alamatnya bukan alamat web."))
    port = parts.port or _PORTS[parts.scheme]
    plain = _connect(_resolve(parts.hostname, port), port, until)
    # Each wait has its own end, and together they have one: a site may send a byte a second.
    alarm = threading.Timer(_left(until), _hang_up, [plain])
    alarm.daemon = True
    alarm.start()
    try:
        connection = http.client.HTTPConnection(parts.hostname, port)
        connection.auto_open = 0  # never to an address that was not looked at
        connection.sock = plain
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=parts.hostname)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": _AGENT, "Accept": "image/*"})
        answer = _read(connection.getresponse())
        _left(until)  # what was cut off then looks whole
        return answer
    finally:
        alarm.cancel()
        plain.close()


def _read(response: http.client.HTTPResponse) -> tuple[bytes, str]:
    with response:
        place = response.getheader("Location")
        if response.status in (301, 302, 303, 307, 308) and place:
            return b"", place
        if response.status != http.client.OK:
            raise KpuError(_("Situsnya menjawab {status}.").format(status=response.status))
        content = response.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise KpuError(_("Fotonya lebih dari {size} MiB.").format(size=MAX_BYTES // 1024**2))
    return content, ""


def _resolve(host: str, port: int) -> list[str]:
    """A host's addresses. Raises `KpuError` where any of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise KpuError(_("Nama situsnya tidak ditemukan.")) from error
    addresses = [str(item[4][0]).split("%")[0] for item in found]
    if not addresses or not all(map(is_public, addresses)):
        raise KpuError(_("Alamatnya di jaringan pribadi; tidak diambil."))
    return list(dict.fromkeys(addresses))


def _connect(addresses: list[str], port: int, until: float) -> socket.socket:
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout=_left(until) / 2)
        except OSError:
            continue  # one of two protocols may lead nowhere
    return socket.create_connection((addresses[-1], port), timeout=_left(until))


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, and none inside a machine or an office."""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        inside = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo and parsed.teredo[1])
        if inside:
            return is_public(str(inside))
        if parsed in ipaddress.ip_network("64:ff9b::/96"):  # NAT64: an IPv4 address at its end
            return is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    return parsed.is_global and not parsed.is_multicast
