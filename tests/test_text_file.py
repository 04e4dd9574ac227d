"""Text that users hand in: UTF-8 of a fair size, from a file or a pipe."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from kpucli.errors import ConfigError, KpuError
from kpucli.text_file import decode_text, encode_text, read_text

MIB = 1024 * 1024
BOM = b"\xef\xbb\xbf"


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(BOM + "é\r\nb\u2028\n".encode())
    assert read_text(path, max_bytes=MIB) == "é\r\nb\u2028\n"


def test_a_pipe_is_read(tmp_path: Path) -> None:
    """As `<(curl …)` of the shell."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"x" * 100_000,))
    writer.start()
    assert read_text(path, max_bytes=MIB) == "x" * 100_000
    writer.join()


LARGE = "Berkas ini lebih dari 1 MiB; tidak dibaca."


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    large, longer = tmp_path / "large", tmp_path / "longer"
    large.write_bytes(b"x" * MIB)
    assert len(read_text(large, max_bytes=MIB)) == MIB
    longer.write_bytes(b"x" * (MIB + 1))
    for path, message in (
        (longer, LARGE),
        (Path("/dev/zero"), LARGE),
        (tmp_path, "Berkas tidak dapat dibaca: ini folder."),
        (tmp_path / "none", "Berkas tidak dapat dibaca: tidak ada."),
        (tmp_path / ("x" * 300), "Berkas tidak dapat dibaca: namanya terlalu panjang."),
    ):
        with pytest.raises(ConfigError) as caught:
            read_text(path, max_bytes=MIB, kind=ConfigError)
        assert str(caught.value) == f"{path}: {message}"


BAD = {
    "first": (b"\xff", 1, 1),
    "second line": (b"a\nb\xe9c\n", 2, 4),
    "behind a BOM": (BOM + b"a\n\n\xe9", 3, 7),
    "only a BOM's start": (b"\xef\xbb", 1, 1),
    "cut at the end": (b"a\xe2\x82", 1, 2),
    "too long a form": (b"\xc0\xaf", 1, 1),
}


@pytest.mark.parametrize(("content", "line", "number"), BAD.values(), ids=BAD)
def test_what_is_not_utf_8_is_said_with_line_and_byte(
    content: bytes, line: int, number: int
) -> None:
    with pytest.raises(KpuError) as caught:
        decode_text(content, "a.txt")
    message = f"a.txt:{line}: Bita ke-{number} bukan UTF-8. Simpan ulang sebagai UTF-8."
    assert str(caught.value) == message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_encodings_are_named(encoding: str) -> None:
    with pytest.raises(KpuError, match=r"^masukan standar:1: Berkas ini UTF-16\."):
        decode_text("a".encode(encoding), "masukan standar")


def test_one_byte_order_mark_is_taken_off() -> None:
    assert decode_text(BOM + BOM, None) == "\ufeff"
    assert decode_text(b"", None) == ""


def test_text_is_encoded_or_refused() -> None:
    assert encode_text("é") == b"\xc3\xa9"
    with pytest.raises(KpuError, match=r"^a\.md: Teksnya memuat bita yang bukan UTF-8\."):
        encode_text("\udcff", Path("a.md"))
