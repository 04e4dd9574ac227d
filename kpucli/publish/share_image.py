"""The image that other sites show beside a link to a page (OpenGraph): 1200×630, a PNG or JPEG.

It is drawn from the configuration, or the office's own; with `title_images` each article without a
photo has one with its title. A drawn image's name is made from what is drawn, so that pages know
its address, and a publish that it is there already, without drawing it.
"""

from __future__ import annotations

import hashlib
import io
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kpucli.color import split_color
from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.index import make_folder
from kpucli.publish.encoding import COVER
from kpucli.publish.site import Entry, Site

if TYPE_CHECKING:
    from PIL import Image, ImageFont

WIDTH, HEIGHT = COVER
MAX_BYTES = 300_000  # what WhatsApp still shows

_FOLDER = ".kpucli/bagikan"
_DRAWING = 1  # to be raised when images are drawn in another way
_MARGIN = 90
_RULE_TOP = 452
_TITLE_LINES = 5
_TITLE_HEIGHT = 300  # of its letters, without the space between lines
_SIZES = (84, 76, 68, 60, 52, 44)  # of a title in pixels, the first that lets it fit
_RULE = 1  # the level that is shown in the accent; all others go from the band's colour to white
_WHITE = "#ffffff"
_LEVELS = 16


@dataclass(frozen=True, slots=True)
class ShareImage:
    """An image's path on the site, and its words for who does not see it."""

    path: str
    alt: str


@dataclass(frozen=True, slots=True)
class ShareImages:
    """The images of a site; `source` is the office's own, None where one is drawn."""

    site: Site
    of_site: ShareImage
    source: bytes | None

    def of_article(self, entry: Entry) -> ShareImage:
        """The image for an article that has no photograph to be shared with."""
        if not self.site.config.title_images:
            return self.of_site
        name = _digest(*_title_texts(entry.title, self.site))
        return ShareImage(f"{entry.url}bagikan-{name}.png", entry.title)

    def make_own(self, entry: Entry) -> tuple[str, bytes] | None:
        """Path and content of an article's own image; None where it has none."""
        illustration = entry.illustration
        has_cover = illustration is not None and illustration.photo.cover is not None
        if has_cover or not self.site.config.title_images:
            return None
        path = self.of_article(entry).path
        return path, _recall(entry.title, self.site, path)

    def make_common(self) -> bytes:
        """The image of the site. Raises `KpuError` for a configured file that cannot be used."""
        config = self.site.config
        if self.source is None or config.share_image is None:
            return _draw(*_site_texts(self.site))
        return _fit(self.source, config.root / config.share_image)


def make_share_images(site: Site) -> ShareImages:
    """The images of a site. Raises `KpuError` for a configured file that cannot be read."""
    config = site.config
    alt = f"{config.name}, {config.long_name}"
    if config.share_image is None:
        image = ShareImage(f"/bagikan.{_digest(*_site_texts(site))}.png", alt)
        return ShareImages(site, image, None)
    source = _read(config.root / config.share_image)
    name = hashlib.sha256(source + str(_DRAWING).encode()).hexdigest()[:10]
    return ShareImages(site, ShareImage(f"/bagikan.{name}.jpg", alt), source)


def _site_texts(site: Site) -> tuple[str, str, str, str, str]:
    return site.config.name, *_office_texts(site.config.long_name, site)


def _title_texts(title: str, site: Site) -> tuple[str, str, str, str, str]:
    return title, *_office_texts(site.config.name, site)


def _office_texts(name: str, site: Site) -> tuple[str, str, str, str]:
    """What stands below the rule, and the colours."""
    colors = site.config.colors
    return name, _host_of(site), colors.header, colors.accent


def _host_of(site: Site) -> str:
    return site.base_url.partition("://")[2]


def _digest(*texts: str) -> str:
    words = "\0".join((*texts, str(_DRAWING)))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _recall(title: str, site: Site, path: str) -> bytes:
    """A title's image as drawn by an earlier publish, or drawn now and kept."""
    kept = site.config.root / _FOLDER / path.rpartition("-")[2]
    try:
        return kept.read_bytes()
    except OSError:
        content = _draw(*_title_texts(title, site))
        _keep(kept, content)
        return content


def _keep(path: Path, content: bytes) -> None:
    """Keep a file where that can be done: the next publish would only have to draw it again."""
    part = path.with_suffix(f".{os.getpid()}")
    try:
        make_folder(path.parent.parent)
        path.parent.mkdir(exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()


@lru_cache
def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.load_default(size)


@lru_cache(maxsize=8)
def _draw(title: str, name: str, host: str, band: str, accent: str) -> bytes:
    """The title in large letters, a rule, and below it two smaller lines, in these colours.

    Drawn in grey and coloured by a palette of sixteen: a tenth of the time and size of full colour.
    """
    from PIL import Image, ImageDraw

    image = Image.new("L", (WIDTH, HEIGHT))
    canvas = ImageDraw.Draw(image)
    size, lines = _set_title(title)
    step = round(size * 1.25)
    top = _RULE_TOP - 44 - step * len(lines)
    for number, line in enumerate(lines):
        canvas.text((_MARGIN, top + step * number), line, 255, _font(size), stroke_width=1)
    room = WIDTH - 2 * _MARGIN
    for height, text, letters in ((_RULE_TOP + 36, name, 38), (_RULE_TOP + 92, host, 30)):
        line = _cut(text, letters, room)
        canvas.text((_MARGIN, height), line, 255, _font(letters))
    levels = [round(level * (_LEVELS - 1) / 255) for level in range(256)]
    image = image.point([level + 1 if level == _RULE else level for level in levels])
    ImageDraw.Draw(image).rectangle((_MARGIN, _RULE_TOP, _MARGIN + 160, _RULE_TOP + 7), fill=_RULE)
    return _encode(image, band, accent)


def _encode(image: Image.Image, band: str, accent: str) -> bytes:
    colours = [
        round(dark + (light - dark) * level / (_LEVELS - 1))
        for level in range(_LEVELS)
        for dark, light in zip(split_color(band), split_color(_WHITE), strict=True)
    ]
    colours[3 * _RULE : 3 * _RULE + 3] = split_color(accent)
    image.putpalette(colours)
    stream = io.BytesIO()
    image.save(stream, "PNG", bits=4)
    return stream.getvalue()


def _set_title(title: str) -> tuple[int, list[str]]:
    """A title's size and lines; what does not fit even when small is left out, with an ellipsis."""
    room = WIDTH - 2 * _MARGIN
    for size in _SIZES:
        lines = _wrap(title, size, room)
        if len(lines) * size <= _TITLE_HEIGHT and len(lines) <= _TITLE_LINES:
            return size, [_cut(line, size, room) for line in lines]
    kept = [*lines[: _TITLE_LINES - 1], " ".join(lines[_TITLE_LINES - 1 :])]
    return size, [_cut(line, size, room) for line in kept]


def _wrap(text: str, size: int, room: int) -> list[str]:
    """A text in lines of at most `room` pixels, but for words that are longer alone."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _font(size).getlength(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _cut(text: str, size: int, room: int) -> str:
    """As much of a line as has room, with an ellipsis where that is not all."""
    if _font(size).getlength(text) <= room:
        return text
    text = text[: room // (size // 5)]
    while text and _font(size).getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=1)
def _fit_content(content: bytes) -> bytes | None:
    """An image cropped to our measure, as a JPEG without what cameras note; None if too small."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
        upright = ImageOps.exif_transpose(opened)
        if upright.width < WIDTH or upright.height < HEIGHT:
            return None
        fitted = ImageOps.fit(upright.convert("RGB"), (WIDTH, HEIGHT))
    for quality in (85, 70, 55, 40, 25, 10):
        stream = io.BytesIO()
        fitted.save(stream, "JPEG", quality=quality, optimize=True)
        if stream.tell() < MAX_BYTES:
            break
    return stream.getvalue()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KpuError(
            _("Gambar `share_image` tidak dapat dibaca: {reason}.").format(
                reason=describe_os_error(error)
            ),
            _("Pilih gambar lain, atau hapus setelannya: gambar akan dibuat dari nama kantor."),
            path=path,
        ) from error


def _fit(source: bytes, path: Path) -> bytes:
    from PIL import Image, UnidentifiedImageError

    try:
        content = _fit_content(source)
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, OSError) as error:
        raise KpuError(
            _("Gambar `share_image` tidak dapat dibaca sebagai JPEG, PNG, atau WebP."),
            _("Pilih gambar lain, atau hapus setelannya: gambar akan dibuat dari nama kantor."),
            path=path,
        ) from error
    if content is None:
        raise KpuError(
            _("Gambar `share_image` terlalu kecil."),
            _("Pilih gambar yang sedikitnya {width}×{height} piksel.").format(
                width=WIDTH, height=HEIGHT
            ),
            path=path,
        )
    return content
