"""The forms that a report can be written in; the module of one is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.recap.model import Recap

_SUFFIXES = {
    ".html": "html", ".xlsx": "xlsx", ".csv": "csv", ".md": "markdown", ".json": "json",
}  # fmt: skip


def form_of(path: Path) -> str:
    """The form that a file's name tells. Raises `KpuError` where it tells none."""
    form = _SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise KpuError(
            _("Nama berkas ini tidak menyebut bentuknya."),
            _("Akhiri dengan {suffixes}, atau sebutkan --format.").format(
                suffixes=", ".join(_SUFFIXES)
            ),
            path=path,
        )
    return form


def write_form(recap: Recap, form: str) -> bytes:
    """The report as html, xlsx, csv, markdown or json; the same report gives the same bytes."""
    module = import_module(f"kpucli.recap.as_{form}")
    write: Callable[[Recap], bytes] = getattr(module, f"format_{form}")
    return write(recap)
