"""Zipped XML from strangers (DOCX, XLSX): looked at before any library unpacks it.

What a library reads later is what was checked here: `zipfile` gives no more of a part than the
directory declares, and the other libraries get only packages whose parts were found sound.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from kpucli.errors import KpuError
from kpucli.i18n import _

MAX_BYTES = 64 * 1024 * 1024
_MOST_PARTS = 2_000
_DEEPEST = 100
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
           ValueError)  # fmt: skip


def check_package(
    content: bytes, path: Path, *, needed: str, max_xml: int, max_all: int, max_elements: int
) -> None:
    """Refuse a package without the part `needed`, or one that is a bomb.

    `max_xml` bounds the unpacked bytes of its XML, `max_all` those of everything, `max_elements`
    the elements of one part. Raises `KpuError` naming `path`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_sizes(package, path, needed, max_xml, max_all)
            for part in package.infolist():
                if _is_xml(part.filename):
                    _check_xml(package.read(part), part.filename, path, max_elements)
    except _BROKEN as error:
        raise KpuError(
            _("Berkas ini rusak atau bukan jenis yang disebut namanya."),
            _("Buka dengan pengolahnya, lalu simpan ulang."),
            path=path,
        ) from error


def _check_sizes(
    package: zipfile.ZipFile, path: Path, needed: str, max_xml: int, max_all: int
) -> None:
    parts = package.infolist()
    if needed not in package.NameToInfo:
        raise KpuError(_("Berkas ini tidak berisi {part}.").format(part=needed), path=path)
    if any(part.flag_bits & 0x1 for part in parts):
        raise KpuError(
            _("Berkas ini memakai kata sandi."), _("Simpan ulang tanpa kata sandi."), path=path
        )
    whole = sum(part.file_size for part in parts)
    xml = sum(part.file_size for part in parts if _is_xml(part.filename))
    if len(parts) > _MOST_PARTS or whole > max_all or xml > max_xml:
        raise _too_large(path)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _check_xml(content: bytes, name: str, path: Path, max_elements: int) -> None:
    """Raises `KpuError` for XML that is broken, has a document type, or is too deep or large."""
    depth = count = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEEPEST:
            raise _refuse(name, path)
        if count > max_elements:
            raise _too_large(path)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_arguments: object) -> None:
        raise _refuse(name, path)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError) as error:
        raise _refuse(name, path) from error


def _refuse(name: str, path: Path) -> KpuError:
    return KpuError(
        _("Bagian {part} di berkas ini tidak dapat dibaca.").format(part=name), path=path
    )


def _too_large(path: Path) -> KpuError:
    return KpuError(_("Isi berkas ini terlalu besar bila dibuka; tidak dibaca."), path=path)
