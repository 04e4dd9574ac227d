"""A photograph beside its article: which file a name means, and whether it can be shown.

What a file is, its content says, never its name. Pillow is imported only when one is opened.
"""

from __future__ import annotations

import os
import re
import stat
import warnings
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 40 * 1024 * 1024

# Pixels by format: what is decoded has four bytes each, and only JPEG can be decoded smaller.
_MOST_PIXELS = {
    "JPEG": 66_000_000,
    "MPO": 66_000_000,  # JPEG with a second picture behind it: Pillow finds it by itself
    "PNG": 26_000_000,
    "WEBP": 26_000_000,
    "AVIF": 26_000_000,
    "GIF": 26_000_000,
}
_OPENED = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#")
_ENDINGS = {
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "AVIF": ".avif",
    "GIF": ".gif",
}
_ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4
# What Pillow calls EXIF, XMP, IPTC and comments.
_TELLING = ("exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif", "photoshop", "comment")
# How to save a picture that was decoded so that none sees the difference.
_UNCHANGED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": "keep"},  # the same tables: nothing is rounded anew
    "MPO": {"quality": 95},
    "WEBP": {"quality": 95},
    "AVIF": {"quality": 95},
}
_CHECKED_SIDE = 64  # of a JPEG that is decoded only to see that it can be


class PhotoError(KpuError):
    """A photograph cannot be shown."""


def is_elsewhere(address: str) -> bool:
    """Whether an image's address leads away from the article's folder."""
    return bool(_ELSEWHERE.match(address))


def find_photo(article: Path, name: str) -> Path:
    """The file that an article (its path) calls by `name`, in the folder of the article's name.

    Raises `PhotoError` for what is no plain name, is not there, or is reached through a link.
    """
    folder = article.with_suffix("")
    if not name.strip(".") or is_elsewhere(name) or re.search(r"[/\\\0]", name):
        message = _("“{name}” harus nama berkas di folder {folder}.")
        raise PhotoError(message.format(name=name, folder=folder), path=article)
    path = folder / name
    try:
        kinds = [stat.S_IFMT(os.lstat(item).st_mode) for item in (folder, path)]
    except (OSError, ValueError):
        kinds = []
    if kinds != [stat.S_IFDIR, stat.S_IFREG]:
        message = _("Foto “{name}” tidak ada di folder {folder}.")
        raise PhotoError(message.format(name=name, folder=folder), path=article)
    return path


def read_photo(path: Path, *, follow_links: bool = False) -> bytes:
    """A photograph's bytes. Raises `PhotoError` for what cannot be read or is too large."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow_links else os.O_NOFOLLOW)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = _("Berkas tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        raise PhotoError(message, path=path) from error
    if len(content) > MAX_BYTES:
        raise PhotoError(
            _("Foto ini lebih dari {size} MiB.").format(size=MAX_BYTES // 1024**2),
            _("Perkecil dahulu."),
            path=path,
        )
    return content


def open_photo(content: bytes, path: Path) -> Image:
    """A photograph that is known by its content and not too large; nothing is decoded yet.

    `path` is for messages. Raises `PhotoError`.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # ours are lower, and differ by format
    # Pillow warns of much that does not keep a picture from being shown.
    warnings.filterwarnings("ignore", module=r"PIL\b")
    try:
        image = Image.open(BytesIO(content), formats=_OPENED)
    except Exception as error:  # parsers of hostile bytes raise whatever they meet
        raise PhotoError(
            _("Berkas ini bukan foto JPEG, PNG, WebP, AVIF, atau GIF."),
            _("Simpan ulang sebagai JPEG."),
            path=path,
        ) from error
    most = _MOST_PIXELS[image.format or ""]
    if image.width * image.height > most:
        raise PhotoError(
            _("Foto ini {width} × {height} piksel; paling banyak {most} juta piksel.").format(
                width=image.width, height=image.height, most=most // 1_000_000
            ),
            _("Perkecil dahulu."),
            path=path,
        )
    return image


def decode_photo(image: Image, path: Path, side: int) -> None:
    """Decode an opened photograph; a JPEG no larger than needed for `side` pixels each way.

    Raises `PhotoError` where it is broken.
    """
    try:
        image.draft(None, (side, side))
        image.load()
    except Exception as error:  # parsers of hostile bytes raise whatever they meet
        raise PhotoError(
            _("Foto ini rusak atau terpotong."), _("Salin ulang dari aslinya."), path=path
        ) from error


def check_photo(path: Path) -> None:
    """Raises `PhotoError` where a file is no photograph that can be shown."""
    decode_photo(open_photo(read_photo(path), path), path, _CHECKED_SIDE)


def clean_photo(content: bytes, path: Path) -> tuple[bytes, str]:
    """A photograph without what its file tells of place, time and camera, and its kind's ending.

    The picture is as sharp as before, and still stands as it did; one that tells nothing stays
    byte for byte. `path` is for messages. Raises `PhotoError`.
    """
    from PIL import Image

    image = open_photo(content, path)
    decode_photo(image, path, max(image.size))
    kind = image.format or ""
    exif = _read_exif(image)
    told = [key for key in _TELLING if image.info.pop(key, None)]
    if not (exif or told or kind == "MPO"):
        return content, _ENDINGS[kind]
    kept = Image.Exif()
    if _ORIENTATION in exif:
        kept[_ORIENTATION] = exif[_ORIENTATION]
    settings = {"icc_profile": image.info.get("icc_profile"), "exif": kept.tobytes()}
    file = BytesIO()
    image.save(file, "JPEG" if kind == "MPO" else kind, **_UNCHANGED.get(kind, {}), **settings)
    return file.getvalue(), _ENDINGS[kind]


def _read_exif(image: Image) -> Mapping[int, Any]:
    try:
        return dict(image.getexif())
    except Exception:  # as broken as a format can be; it is left out then
        return {}
