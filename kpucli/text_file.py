"""Text files that users hand in: read whole, or refused in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _

BOM = b"\xef\xbb\xbf"


def read_text(path: Path, *, max_bytes: int, kind: type[KpuError] = KpuError) -> str:
    """A UTF-8 file's text without its byte order mark; also of a pipe (`<(…)`).

    Raises `kind` naming the file, and the line where that helps, when it cannot be read, has
    more than `max_bytes`, or is not UTF-8.
    """
    return decode_text(read_bytes(path, max_bytes, kind), path, kind)


def read_bytes(path: Path, max_bytes: int, kind: type[KpuError] = KpuError) -> bytes:
    """A file's bytes. Raises `kind` naming the file when it cannot be read or has more."""
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        message = _("Berkas tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        raise kind(message, path=path) from error
    if len(content) > max_bytes:
        message = _("Berkas ini lebih dari {size} MiB; tidak dibaca.")
        raise kind(message.format(size=max_bytes // 1024**2), path=path)
    return content


def read_chunks(path: Path, size: int) -> Iterator[bytes]:
    """A file's bytes in pieces of `size`. Raises `KpuError` naming it when it cannot be read."""
    try:
        with path.open("rb") as file:
            while chunk := file.read(size):
                yield chunk
    except OSError as error:
        message = _("Berkas tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, path=path) from error


def decode_text(content: bytes, path: Path | str | None, kind: type[KpuError] = KpuError) -> str:
    """The text of UTF-8 bytes without a byte order mark; else `kind` with offset and line."""
    hint = _("Simpan ulang sebagai UTF-8.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise kind(_("Berkas ini UTF-16."), hint, path=path, line=1)
    mark = len(BOM) if content.startswith(BOM) else 0
    try:
        return content[mark:].decode()
    except UnicodeDecodeError as error:
        offset = mark + error.start
        message = _("Bita ke-{offset} bukan UTF-8.").format(offset=offset + 1)
        line = content.count(b"\n", 0, offset) + 1
        raise kind(message, hint, path=path, line=line) from error


def encode_text(text: str, path: Path | None = None) -> bytes:
    """The UTF-8 bytes of a text. Raises `KpuError` where it has none.

    So it is with bytes that are not UTF-8 among the arguments of the program: Python keeps them
    as half characters.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise KpuError(
            _("Teksnya memuat bita yang bukan UTF-8."),
            _("Ketik ulang, atau salin dari berkas UTF-8."),
            path=path,
        ) from error
