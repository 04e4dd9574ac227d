"""An item's pictures as files beside its article, and its text with their names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.importers.addresses import is_on_web
from kpucli.importers.item import ImportedItem, Picture
from kpucli.photo import PhotoError, clean_photo, read_photo
from kpucli.slug import make_slug

MOST = 200  # pictures of one item


Fetch = Callable[[str], bytes]
"""Gets a photograph from its address, or raises `KpuError`."""


@dataclass(slots=True)
class Photographs:
    """The text with the names of its photographs, their files, and what became of the others."""

    body: str
    files: dict[str, bytes] = field(default_factory=dict)
    main: dict[str, str] | None = None
    lost: list[str] = field(default_factory=list)


def gather_photographs(
    item: ImportedItem, fetch: Fetch | None = None, folder: Path | None = None
) -> Photographs:
    """The files of an item's pictures, without what cameras tell, named as none in `folder` is.

    A picture that is on the web stays there unless `fetch` gets it; one that cannot be had is left
    out of the text.
    """
    result = Photographs(item.body)
    names: dict[str, str] = {}
    pictures = [*([item.main] if item.main else []), *item.pictures]
    for picture in pictures[:MOST]:
        if picture.address not in names:
            names[picture.address] = _take(picture, fetch, folder, result)
            _rename(picture.address, names[picture.address], result)
    if item.main is not None and (name := names[item.main.address]):
        words = {"caption": item.main.caption} if item.main.caption else {}
        result.main = {"file": name, "alt": item.main.alt, **words}
        if not item.main.alt:
            result.lost.append(_("Foto utama tanpa teks pengganti (alt)."))
    away = sum(1 for address, name in names.items() if not name and is_on_web(address))
    if away and fetch is None:
        message = _(
            "Foto yang tetap di situs lama: {count}. Untuk mengambilnya, hapus berkas artikelnya "
            "bila sudah ada, lalu impor dengan --fetch-images."
        )
        result.lost.append(message.format(count=away))
    return result


def _take(picture: Picture, fetch: Fetch | None, folder: Path | None, result: Photographs) -> str:
    """The name that a picture's file gets; "" where there is none."""
    address = picture.address[:200]
    if picture.read is None and not is_on_web(picture.address):
        message = _("Foto {address} tidak dibawa: berkasnya tidak ada.")
        result.lost.append(message.format(address=address))
        return ""
    if picture.read is None and fetch is None:
        return ""
    try:
        content = picture.read() if picture.read else fetch(picture.address)  # type: ignore[misc]
        content, ending = clean_photo(content, Path(address))
    except KpuError as error:
        message = _("Foto {address} tidak dibawa: {reason}")
        result.lost.append(message.format(address=address, reason=error.message))
        return ""
    stem = make_slug(Path(unquote(urlsplit(picture.address).path)).stem) or "foto"
    name, number = f"{stem}{ending}", 1
    while name in result.files or (folder and not _is_free(folder / name, content)):
        number += 1
        name = f"{stem}-{number}{ending}"
    result.files[name] = content
    return name


def _is_free(path: Path, content: bytes) -> bool:
    """Whether a name is not taken, but by the same photograph: a killed import left it."""
    if not path.exists() and not path.is_symlink():
        return True
    try:
        return read_photo(path) == content
    except PhotoError:
        return False


def _rename(address: str, name: str, result: Photographs) -> None:
    """Call a picture by its file's name in the text; one that is nowhere goes."""
    if not name and is_on_web(address):
        return
    where = re.escape(address)
    if name:
        result.body = re.sub(rf"(?<=\]\(){where}(?=[ )])", lambda _match: name, result.body)
    else:
        image = rf'!\[(?:[^\[\]\\]|\\.)*\]\({where}(?: "(?:[^"\\]|\\.)*")?\)'
        result.body = re.sub(image, "", result.body).strip()
