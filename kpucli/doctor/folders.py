"""The office's folders: whether they can be read and written, and how much still fits in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kpucli.doctor.result import Result, advise, describe_error, fine, mend
from kpucli.errors import KpuError
from kpucli.i18n import _, ngettext
from kpucli.printable import group_thousands, printable

_MEGABYTE = 1_000_000
_LEAST_BYTES = 100 * _MEGABYTE
_ENOUGH_BYTES = 1000 * _MEGABYTE
_LEAST_FILES = 1000
_SHOWN = 3  # paths that are named


def check_articles(root: Path, count: int, broken: Sequence[Path]) -> Result:
    """Whether the folder of the articles can be worked in.

    It has `count` articles' files; `broken` are files that cannot be read or stand where no article
    can stand.
    """
    if broken:
        names = ", ".join(printable(str(path)) for path in broken[:_SHOWN])
        more = ", …" if len(broken) > _SHOWN else ""
        message = ngettext(
            "{number} berkas tidak terbaca atau salah tempat: {paths}.",
            "{number} berkas tidak terbaca atau salah tempat: {paths}.",
            len(broken),
        ).format(number=group_thousands(len(broken)), paths=names + more)
        return mend("articles", message, _("Lihat sebabnya dengan `kpucli lint`."))
    locked = [folder for folder in _find_years(root) if not _is_writable(folder)]
    if locked:
        return _mend_locked("articles", locked[0])
    message = ngettext(
        "{number} artikel di {folder}; dapat dibaca dan ditulis.",
        "{number} artikel di {folder}; dapat dibaca dan ditulis.",
        count,
    )
    return fine("articles", message.format(number=group_thousands(count), folder=_say(root)))


def check_output(output: Path, refuse: Callable[[], object]) -> Result:
    """Whether a site can be built in `output`; `refuse` raises `KpuError` where it may not be."""
    try:
        refuse()
    except KpuError as error:
        return describe_error("output", error)
    except OSError:  # whoever may not look into it may not write there either
        return _mend_locked("output", output)
    output = output.resolve()  # `public` may be a link to a web server's folder
    locked = [
        folder for folder in (find_nearest(output), find_nearest(output.parent))
        if not _is_writable(folder)
    ]  # fmt: skip
    if locked:
        return _mend_locked("output", locked[0])
    return fine("output", _("Situs dapat ditulis ke {folder}.").format(folder=_say(output)))


def check_memory(folder: Path) -> Result:
    """Whether what is remembered between runs can be written to its folder."""
    nearest = find_nearest(folder)
    if nearest == folder and not folder.is_dir():
        message = _("{path} bukan folder.").format(path=_say(folder))
        return mend("memory", message, _("Pindahkan berkas itu; kpucli membuat foldernya sendiri."))
    if not _is_writable(nearest):
        return _mend_locked("memory", nearest)
    files = _list(folder)
    locked = [path for path in files if path.is_file() and not os.access(path, os.W_OK)]
    if locked:
        return _mend_locked("memory", locked[0])
    return fine("memory", _("{folder} dapat ditulis.").format(folder=_say(folder)))


def check_disk(folder: Path) -> Result:
    """Whether there is room on the disk of `folder`, which need not be there yet."""
    nearest = find_nearest(folder)
    free = shutil.disk_usage(nearest).free
    status = os.statvfs(nearest)
    shown = _say_size(free)
    # A file system that does not count files says that it has none.
    if status.f_files and status.f_favail < _LEAST_FILES:
        message = _("Disk hanya dapat menampung {number} berkas lagi.")
        return mend(
            "disk",
            message.format(number=group_thousands(status.f_favail)),
            _("Hapus berkas yang tidak perlu, atau minta jatah berkas yang lebih besar."),
        )
    if free >= _ENOUGH_BYTES:
        return fine("disk", _("Sisa disk {size}.").format(size=shown))
    judge = mend if free < _LEAST_BYTES else advise
    return judge(
        "disk",
        _("Sisa disk tinggal {size}.").format(size=shown),
        _("Kosongkan disk: situs baru ditulis di samping yang lama."),
    )


def find_nearest(path: Path) -> Path:
    """The path itself or, where nothing is there, the nearest folder above that is."""
    return next(place for place in (path, *path.absolute().parents) if os.path.lexists(place))


def _find_years(root: Path) -> Iterable[Path]:
    return (root, *(path for path in _list(root) if path.is_dir()))


def _list(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_writable(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK | os.X_OK if path.is_dir() else os.W_OK)


def _mend_locked(check: str, path: Path) -> Result:
    return mend(
        check,
        _("{path} tidak dapat dibaca atau ditulis oleh pengguna ini.").format(path=_say(path)),
        _("Perbaiki pemilik dan izinnya, misalnya dengan `chown` dan `chmod u+rwX`."),
    )


def _say(path: Path) -> str:
    return printable(str(path))


def _say_size(size: int) -> str:
    if size >= 1000 * _MEGABYTE:
        return f"{size / _MEGABYTE / 1000:.1f} GB".replace(".", ",")
    return f"{size // _MEGABYTE} MB"
