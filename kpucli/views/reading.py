"""Logs as blocks of whole lines, whatever they are packed in."""

from __future__ import annotations

import contextlib
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _

STANDARD_INPUT = "-"
LONGEST_LINE = 64 * 1024  # servers cut requests at 8 KiB; what is longer is no line of theirs

# What a processor's cache holds is searched twice as fast, and of larger pieces the C library
# gives the memory back each time.
_BLOCK = 64 * 1024


class DamagedLogError(KpuError):
    """A log ends before its end; what came before is sound."""


@contextlib.contextmanager
def open_log(name: str) -> Iterator[BinaryIO]:
    """The unpacked bytes of a log; `-` is standard input.

    Raises `KpuError` where it cannot be opened.
    """
    try:
        with contextlib.ExitStack() as stack:
            if name == STANDARD_INPUT:
                packed = cast("io.BufferedReader", sys.stdin.buffer)
            else:
                packed = stack.enter_context(open(name, "rb"))  # noqa: PTH123 - a pipe may do
            unpack = _find_packing(packed)
            yield stack.enter_context(unpack(packed)) if unpack else packed
    except OSError as error:
        message = _("Log tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, path=name) from error


def _find_packing(packed: io.BufferedReader) -> Callable[[Any], Any] | None:
    head = packed.peek(8)
    return next((unpack for mark, unpack in _PACKINGS.items() if head.startswith(mark)), None)


def _gzip(packed: Any) -> Any:
    try:
        from isal import igzip as gzip
    except ImportError:  # on a machine for which there is no wheel
        import gzip  # type: ignore[no-redef]

    return gzip.open(packed)  # type: ignore[no-untyped-call]


def _bzip2(packed: Any) -> Any:
    import bz2

    return bz2.BZ2File(packed)


def _xz(packed: Any) -> Any:
    import lzma

    return lzma.LZMAFile(packed)


def _zstd(packed: Any) -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    return zstd.ZstdFile(packed)


_PACKINGS: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": _gzip,
    b"\x28\xb5\x2f\xfd": _zstd,
    b"BZh": _bzip2,
    b"\xfd7zXZ\x00": _xz,
}


def read_blocks(log: BinaryIO, name: str) -> Iterator[bytes]:
    r"""Blocks of whole lines, each ended by `\n`.

    A last line without its end is left out: the server is still writing it. In place of a line
    longer than a block there is an empty one. Raises `DamagedLogError` where what is packed breaks
    off.
    """
    try:
        while block := log.read(_BLOCK):
            yield from _complete(block, log)
    except Exception as error:
        if not isinstance(error, _damages()):
            raise
        raise DamagedLogError(
            _("Log ini terpotong atau rusak; yang terbaca sebelum itu sudah dihitung."),
            _("Ulangi dengan log yang utuh; tidak ada yang terhitung dua kali."),
            path=name,
        ) from error


def _complete(block: bytes, log: BinaryIO) -> Iterator[bytes]:
    """The block with the rest of its last line.

    Reading a little more is far cheaper than copying what is over to the next block.
    """
    try:
        rest = log.readline(LONGEST_LINE)
        if rest.endswith(b"\n") or (not rest and block.endswith(b"\n")):
            yield block + rest
            return
        while rest and not rest.endswith(b"\n"):
            rest = log.readline(LONGEST_LINE)
    except Exception:
        yield block[: block.rfind(b"\n") + 1]
        raise
    yield block[: block.rfind(b"\n") + 1] + rest[-1:]


def _damages() -> tuple[type[Exception], ...]:
    """What the modules that were imported to unpack raise where something is damaged."""
    names = (
        ("gzip", "BadGzipFile"),
        ("isal.isal_zlib", "error"),
        ("lzma", "LZMAError"),
        ("backports.zstd", "ZstdError"),
        ("compression.zstd", "ZstdError"),
    )
    found = (
        getattr(sys.modules[module], error) for module, error in names if module in sys.modules
    )
    return (EOFError, zlib.error, *found)
