"""A photograph on the site: its files' addresses, and its HTML. Pure."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kpucli.publish.encoding import COVER_NAME
from kpucli.publish.photo_store import Stored

IN_TEXT = "(min-width: 56rem) 42rem, 100vw"  # the width of an article's column
IN_LIST = "(min-width: 70rem) 47rem, (min-width: 56rem) 60vw, 100vw"  # and of a list
_FALLBACK_WIDTH = 800


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph as the site has it; its files stand in the folder of its article's page."""

    name: str
    digest: str
    stored: Stored

    @property
    def versions(self) -> tuple[str, ...]:
        """Its files: `800.avif` for one 800 pixels wide, `1200x630.jpg` for the cover."""
        return tuple(self.stored.files)

    @property
    def cover(self) -> str | None:
        """The version for social networks."""
        return COVER_NAME if COVER_NAME in self.stored.files else None

    def of_kind(self, ending: str) -> dict[int, str]:
        """The versions of a format by their width, narrowest first."""
        found = (version.partition(".") for version in self.versions if version != COVER_NAME)
        return {int(width): f"{width}.{kind}" for width, _dot, kind in found if kind == ending}

    def address(self, version: str) -> str:
        """The address of a version on the article's page: `apel-800.1f3a5c7e9b.avif`."""
        size, _dot, ending = version.partition(".")
        return f"{self.name}-{size}.{self.digest}.{ending}"

    def file(self, version: str) -> Path:
        """The file of a version."""
        return self.stored.folder / version


# The photographs by article (`YYYY/slug`) and by the names that it gives them.
Album = Mapping[str, Mapping[str, Photo]]
NO_PHOTOS: Mapping[str, Photo] = {}
NO_ALBUM: Album = {}


def make_picture(
    photo: Photo, alt: str, *, folder: str = "", sizes: str = IN_TEXT, is_first: bool = False
) -> str:
    """A photograph in all its widths.

    `folder` is the address of its article, "" on the article's own page; `sizes` how wide it is
    shown (HTML 4.8.4.2.2); `is_first` whether readers see it before they scroll.
    """
    modern = "avif" if photo.of_kind("avif") else "webp"
    when = 'fetchpriority="high"' if is_first else 'loading="lazy" decoding="async"'
    return (
        f'<picture><source type="image/{modern}" srcset="{_list(photo, modern, folder)}"'
        f' sizes="{sizes}"><img src="{folder}{photo.address(choose_fallback(photo))}"'
        f' alt="{html.escape(alt)}" width="{photo.stored.width}" height="{photo.stored.height}"'
        f' srcset="{_list(photo, "jpg", folder)}" sizes="{sizes}" {when}></picture>'
    )


def make_figure(picture: str, caption: str, credit: str = "") -> str:
    """A picture with what is said below it, both plain text."""
    parts = [part for part in (caption, f"Foto: {credit}" if credit else "") if part]
    words = f"<figcaption>{html.escape(' '.join(parts))}</figcaption>" if parts else ""
    return f"<figure>{picture}{words}</figure>"


def choose_fallback(photo: Photo) -> str:
    """The version for readers that know only one: JPEG, of middle size."""
    versions = photo.of_kind("jpg")
    return next(
        (version for width, version in versions.items() if width >= _FALLBACK_WIDTH),
        next(reversed(versions.values())),
    )


def _list(photo: Photo, ending: str, folder: str) -> str:
    versions = photo.of_kind(ending).items()
    return ", ".join(f"{folder}{photo.address(version)} {width}w" for width, version in versions)
