"""Photographs for tests: real ones, made by Pillow, and what only looks like one."""

from __future__ import annotations

import zlib
from io import BytesIO
from struct import pack
from typing import Any

from PIL import Image, ImageCms, ImageDraw

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def make_photo(
    width: int = 2000, height: int = 1500, kind: str = "JPEG", mode: str = "RGB", **settings: Any
) -> bytes:
    """A photograph: its left half dark red, its right half white, a gold bar along its top."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height), fill=(138, 20, 24))
    draw.rectangle((0, 0, width, height // 10), fill=(247, 201, 72))
    return save(image.convert(mode), kind, **settings)


def make_telling_photo(orientation: int = 1, **settings: Any) -> bytes:
    """A photograph that tells by whom, with what and where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "Kamera Rahasia"
    exif.get_ifd(GPS).update({1: "S", 2: (7.0, 58.0, 1.0), 3: "E", 4: (112.0, 37.0, 1.0)})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Kota Rahasia</x:xmpmeta>'
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return make_photo(
        exif=exif, xmp=xmp, comment="Komentar Rahasia", icc_profile=profile, **settings
    )


def save(image: Image.Image, kind: str, **settings: Any) -> bytes:
    """An image's file."""
    file = BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()


def make_animation() -> bytes:
    """A GIF of a red and a blue picture."""
    red, blue = (Image.new("RGB", (600, 400), colour) for colour in ("red", "blue"))
    return save(red, "GIF", save_all=True, append_images=[blue], duration=100)


def make_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
POLYGLOT = make_photo(800, 600) + b"<script>alert(1)</script>PK\x03\x04"
# What looks like a photograph, by what is wrong with it.
UNUSABLE = {
    "svg": SVG,
    "html": b"<!DOCTYPE html><title>x</title>",
    "pdf": b"%PDF-1.7\n",
    "nothing": b"",
    "text": b"bukan foto",
    "truncated": make_photo()[:4000],
    "head alone": make_photo()[:300],
    "bomb": make_bomb(50_000, 50_000),
    "large bomb": make_bomb(6_000, 6_000),
    "bitmap": make_photo(40, 30, "BMP"),
}
