"""A photograph as browsers are sent it: upright, sRGB, in several widths, nothing else in it. Pure.

Formats: AVIF (WebP where Pillow has no AVIF) and JPEG for what knows neither. The same bytes and
the same Pillow give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kpucli.photo import decode_photo, open_photo

if TYPE_CHECKING:
    from PIL.Image import Image

COVER = (1200, 630)  # what social networks show
COVER_NAME = "1200x630.jpg"

_RECIPE = 1  # to be raised with every change of what is encoded, or how
_WIDTHS = (480, 800, 1200, 1600)
_JPEG_WIDTHS = (800, 1600)  # few browsers still ask for them
_TALLEST = 4800
_COVER_BYTES = 300_000
_COVER_CENTRE = (0.5, 0.4)  # faces are above the middle
# Speed 6 saves a tenth of the bytes and takes almost four times as long; threads could change them.
_AVIF = {"quality": 58, "speed": 8, "max_threads": 1}
_WEBP = {"quality": 76, "method": 4}
_JPEG = {"quality": 80, "optimize": True, "progressive": True}
_COVER_QUALITIES = (84, 74, 60, 40, 20)
_ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The files of a photograph by name (`800.avif`), and the size of the largest in pixels."""

    width: int
    height: int
    files: dict[str, bytes]


def recipe() -> str:
    """What the bytes hang on besides the photograph."""
    from PIL import __version__

    return f"{_RECIPE} {__version__}"


def encode_photo(content: bytes, path: Path, *, cover: bool) -> Encoded:
    """Encode a photograph; with `cover` a crop for social networks too, if it is large enough.

    `path` is for messages. Raises `PhotoError`.
    """
    opened = open_photo(content, path)
    decode_photo(opened, path, max(_WIDTHS))
    image = _to_srgb(_fit(_stand_up(opened)))
    files = dict(_encode_widths(image))
    if cover and 2 * image.width >= COVER[0] and 2 * image.height >= COVER[1]:
        files[COVER_NAME] = _encode_cover(image)
    return Encoded(image.width, image.height, files)


def _stand_up(image: Image) -> Image:
    """The picture turned as its EXIF data say, and in a mode that can be resized."""
    from PIL import ImageOps

    profile = image.info.get("icc_profile")
    try:
        turned = ImageOps.exif_transpose(image)
    except Exception:  # EXIF data is another format to be broken in
        turned = image
    if turned.mode not in {"RGB", "L", "CMYK"}:
        turned = turned.convert("RGBA")
    turned.info["icc_profile"] = profile
    return turned


def _fit(image: Image) -> Image:
    """The picture, no larger than is served; a transparent one on white."""
    from PIL import Image as Pillow

    scale = min(1.0, max(_WIDTHS) / image.width, _TALLEST / image.height)
    profile = image.info.get("icc_profile")
    if scale < 1:
        image = _resize(image, round(image.width * scale), round(image.height * scale))
    if image.mode == "RGBA":
        ground = Pillow.new("RGB", image.size, _WHITE)
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    image.info["icc_profile"] = profile
    return image


def _to_srgb(image: Image) -> Image:
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
            if converted is not None:
                image = converted
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken profile, or one for other colours: as if there were none
    image = image.convert("RGB")
    image.info.clear()  # what is left of the file's metadata must not be written again
    return image


def _encode_widths(image: Image) -> Iterator[tuple[str, bytes]]:
    from PIL import features

    modern = "avif" if features.check("avif") else "webp"
    settings = _AVIF if modern == "avif" else _WEBP
    for width in widths_for(image.width, _WIDTHS):
        scaled = _resize(image, width, max(1, round(image.height * width / image.width)))
        yield f"{width}.{modern}", _save(scaled, modern, settings)
        if width in widths_for(image.width, _JPEG_WIDTHS):
            yield f"{width}.jpg", _save(scaled, "jpeg", _JPEG)


def widths_for(width: int, wanted: tuple[int, ...]) -> list[int]:
    """The widths below `width`, and it itself: nothing is made larger than it is."""
    return [*(smaller for smaller in wanted if smaller < width), width]


def _encode_cover(image: Image) -> bytes:
    from PIL import Image as Pillow
    from PIL import ImageOps

    cropped = ImageOps.fit(image, COVER, Pillow.Resampling.LANCZOS, centering=_COVER_CENTRE)
    for quality in _COVER_QUALITIES:
        content = _save(cropped, "jpeg", _JPEG | {"quality": quality})
        if len(content) < _COVER_BYTES:
            break
    return content


def _resize(image: Image, width: int, height: int) -> Image:
    from PIL import Image as Pillow

    if (width, height) == image.size:
        return image
    return image.resize(
        (max(1, width), max(1, height)), Pillow.Resampling.LANCZOS, reducing_gap=3.0
    )


def _save(image: Image, kind: str, settings: Mapping[str, object]) -> bytes:
    file = BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()
