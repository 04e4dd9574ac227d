"""Text files that users hand in: read whole, or refused in one sentence."""

from __future__ import annotations

from pathlib import Path

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _


def read_text(path: Path, *, max_bytes: int) -> str:
    """A UTF-8 file's text without its byte order mark.

    Raises `KpuError` naming the file, and the line where that helps, when it cannot be read, has
    more than `max_bytes`, or is not UTF-8.
    """
    try:
        if path.stat().st_size > max_bytes:
            message = _("Berkas ini lebih dari {size} MiB; tidak dibaca.")
            raise KpuError(message.format(size=max_bytes // 1024**2), path=path)
        content = path.read_bytes()
    except OSError as error:
        message = _("Berkas tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, path=path) from error
    return decode_text(content, path)


def decode_text(content: bytes, path: Path | str | None, kind: type[KpuError] = KpuError) -> str:
    """The text of UTF-8 bytes without a byte order mark; else `kind` with offset and line."""
    hint = _("Simpan ulang sebagai UTF-8.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise kind(_("Berkas ini UTF-16."), hint, path=path, line=1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # "utf-8-sig" counts from behind the mark.
        mark = 3 if content.startswith(b"\xef\xbb\xbf") else 0
        message = _("Bita ke-{offset} bukan UTF-8.").format(offset=error.start + mark + 1)
        line = content.count(b"\n", 0, error.start + mark) + 1
        raise kind(message, hint, path=path, line=line) from error
