"""Offices with malformed articles beside sound ones, and what must be true of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from kpucli.printable import printable
from tests.conftest import CONFIG, Office
from tests.malformed.case import Case, Verdict, article

NOW = "2025-01-15T09:00:00+07:00"
SOUND = ("2022/apel", "2022/rapat", "2023/rapat")


def make_office(folder: Path, cases: Iterable[Case]) -> Office:
    """An office in `folder/a/kantor` with sound articles and the cases."""
    office = Office(folder / "a" / "kantor")
    office.folder.mkdir(parents=True)
    (office.folder / "kpucli.toml").write_text(CONFIG)
    for name in SOUND:
        office.write(name, article(name.replace("/", "-"), f"date = {name[:4]}-04-20"))
    for case in cases:
        case.write(office.folder / "articles")
    return office


def name_path(place: str) -> str:
    """How a file below `articles/` is named on a terminal."""
    return printable(f"articles/{place}")


def page_has_all(office: Office, place: str, name: str) -> bool:
    """Whether an article's page shows its first word and its last, and all between."""
    page = office.folder / "public" / "berita" / place.removesuffix(".md") / "index.html"
    if not page.is_file():
        return False
    text = page.read_text()
    return f"Mulai {name}." in text and f"Tamat {name}." in text


def sound_ones_are_published(office: Office) -> bool:
    """Whether the sound articles beside the cases are on the site."""
    return all(page_has_all(office, name, name.replace("/", "-")) for name in SOUND)


def list_shown(cases: Iterable[Case]) -> Sequence[tuple[str, str]]:
    """The files of articles that must be published, each with the name in its text."""
    return [
        (place, case.name)
        for case in cases
        if case.verdict is Verdict.SHOWN
        for place in case.files
        if place.endswith(".md")
    ]


_OUTPUTS = {"public", ".public.kpucli", ".kpucli"}


def take_stock(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Mode, size and time of whatever is below a folder, but for what kpucli may write."""
    found: dict[str, tuple[int, int, int]] = {}
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _OUTPUTS]
        for name in (*folders, *files):
            status = Path(here, name).lstat()
            # A folder's own time tells of what was put into it, which is listed itself.
            state = (0, 0) if stat.S_ISDIR(status.st_mode) else (status.st_size, status.st_mtime_ns)
            found[f"{here}/{name}"] = (status.st_mode, *state)
    return found
