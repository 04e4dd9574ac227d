"""The look of the site: kpucli's own templates and style, and what an office has put in place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from kpucli.config import Colors, Config
from kpucli.errors import ConfigError, KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.text_file import read_text

_OWN = Path(__file__).parent.parent / "theme"
_STYLESHEET = "style.css"
_MAX_BYTES = 1024 * 1024

# Strings stay; before a colon, space makes a selector of descendants.
_SPACE = re.compile(r"""("[^"]*")|\s*;\s*(?=})|\s*([{};>])\s*|([:,])\s+""")

# The custom properties of the stylesheet that the colours of the configuration stand for.
_PROPERTIES = {"header": "--band", "link": "--accent", "accent": "--gold"}

_LOGO_TYPES = {
    ".svg": (
        "image/svg+xml",
        re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<svg\b", re.DOTALL),
    ),
    ".png": ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ".webp": ("image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ".jpg": ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
}
# An SVG that is opened by itself runs what is in it, on the office's own address.
_ACTIVE = re.compile(rb"<script|<foreignobject|<!entity|\son\w+\s*=|javascript:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Logo:
    """The office's logo as a file of the site."""

    path: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates by name (and the file each comes from), stylesheet, search page's script, logo.

    The addresses of stylesheet and script hold their hash, so that browsers may keep them for ever.
    """

    templates: Mapping[str, str]
    sources: Mapping[str, Path]
    stylesheet: bytes
    search_script: bytes
    logo: Logo

    @property
    def stylesheet_path(self) -> str:
        """Where the stylesheet is."""
        return f"/gaya.{_hash(self.stylesheet)}.css"

    @property
    def search_script_path(self) -> str:
        """Where the script of the search page is."""
        return f"/cari.{_hash(self.search_script)}.js"


def read_theme(config: Config) -> Theme:
    """The theme of an office: its own templates and style take the place of ours by name.

    Raises `ConfigError` for a file of another name (naming the nearest one) or an unfit logo,
    `KpuError` where a file cannot be read.
    """
    sources = {path.name: path for path in (_OWN / "templates").glob("*.html")}
    sources[_STYLESHEET] = _OWN / "static" / _STYLESHEET
    if config.templates is not None:
        sources |= _find_own(config.root / config.templates, sources)
    texts = {
        name: read_text(path, max_bytes=_MAX_BYTES, kind=KpuError)
        for name, path in sorted(sources.items())
    }
    stylesheet = compact_stylesheet(texts.pop(_STYLESHEET) + _write_colors(config.colors))
    script = (_OWN / "static" / "search.js").read_bytes()
    return Theme(texts, sources, stylesheet.encode(), script, _read_logo(config))


def logo_path(config: Config) -> str:
    """Where an office's logo is on its site."""
    return f"/logo{_logo_file(config).suffix.lower().replace('.jpeg', '.jpg')}"


def compact_stylesheet(text: str) -> str:
    """A stylesheet without comments, line breaks and other space that says nothing."""
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return _SPACE.sub(lambda match: "".join(filter(None, match.groups())), without_comments).strip()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]


def _find_own(folder: Path, known: Mapping[str, Path]) -> dict[str, Path]:
    if not folder.is_dir():
        raise ConfigError(
            _("Folder templat tidak ada."), _("Betulkan `templates` di konfigurasi."), path=folder
        )
    found = {path.name: path for path in folder.iterdir() if not path.name.startswith(".")}
    for name, path in sorted(found.items()):
        if name not in known:
            raise ConfigError(
                _("Tidak ada templat bernama {name}.").format(name=name),
                _("Yang dapat diganti: {names}.").format(names=", ".join(sorted(known))),
                path=path,
            )
    return found


def _write_colors(colors: Colors) -> str:
    """The rules that put an office's colours in the place of the theme's."""
    usual = Colors()
    own = {
        item.name: getattr(colors, item.name)
        for item in fields(colors)
        if getattr(colors, item.name) != getattr(usual, item.name)
    }
    light = "".join(
        f"{name}:{own[option]};" for option, name in _PROPERTIES.items() if option in own
    )
    rules = f":root{{{light}}}" if light else ""
    if "link_dark" in own or "link" in own:
        dark = f":root{{{_PROPERTIES['link']}:{colors.link_dark}}}"
        rules += f"@media (prefers-color-scheme:dark){{{dark}}}"
    return rules


def _read_logo(config: Config) -> Logo:
    path = _logo_file(config)
    place = logo_path(config)
    ending = place.removeprefix("/logo")
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        message = _("Logo tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        raise ConfigError(message, _("Betulkan `logo` di konfigurasi."), path=path) from error
    media_type, beginning = _LOGO_TYPES.get(ending, ("", None))
    if beginning is None or not beginning.match(content) or len(content) > _MAX_BYTES:
        raise ConfigError(
            _("Logo harus gambar SVG, PNG, WebP, atau JPEG, paling besar 1 MiB."), path=path
        )
    if ending == ".svg" and _ACTIVE.search(content):
        raise ConfigError(_("Logo SVG ini memuat skrip atau rujukan luar."), path=path)
    return Logo(place, media_type, content)


def _logo_file(config: Config) -> Path:
    return _OWN / "static" / "logo.svg" if config.logo is None else config.root / config.logo
