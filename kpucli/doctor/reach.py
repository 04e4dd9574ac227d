"""Whether servers can be reached: a TCP connection that is closed at once, nothing is sent."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Mapping

from kpucli.errors import describe_os_error
from kpucli.i18n import _

Endpoint = tuple[str, int]  # host and port

SECONDS = 4.0  # for all servers together


def find_unreachable(endpoints: Mapping[str, Endpoint], seconds: float = SECONDS) -> dict[str, str]:
    """Why servers cannot be reached, by their names; those that can are left out.

    All are tried at once and waited for no longer than `seconds`, the names' look-up included.
    """
    reasons: dict[str, str] = {}

    def attempt(name: str, endpoint: Endpoint) -> None:
        try:
            socket.create_connection(endpoint, timeout=seconds).close()
        except OSError as error:
            reasons[name] = _describe(error)
        else:
            reasons.pop(name, None)

    late = _("tidak menjawab dalam {seconds:.0f} detik").format(seconds=seconds)
    reasons.update(dict.fromkeys(endpoints, late))
    threads = [
        threading.Thread(target=attempt, args=item, daemon=True) for item in endpoints.items()
    ]
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return {name: reasons[name] for name in endpoints if name in reasons}


def _describe(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return _("nama peladennya tidak ditemukan")
    if isinstance(error, ConnectionRefusedError):
        return _("sambungan ditolak")
    if isinstance(error, TimeoutError):
        return _("tidak menjawab")
    return describe_os_error(error)
