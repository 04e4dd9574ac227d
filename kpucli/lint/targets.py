"""What a user names for checking: files, folders, `YYYY/slug`, slugs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from kpucli.archive import Archive
from kpucli.article import SLUG
from kpucli.lint.engine import Target, all_targets, target_path


def find_targets(archive: Archive, names: Sequence[str]) -> list[Target]:
    """The articles that users name, each once, in the order of their paths; no names: all.

    Files and folders outside the archive may be named too. Raises `KpuError` for a name that is
    neither a path nor an article.
    """
    if not names:
        return all_targets(archive)
    search = _Search(archive)
    found: dict[Path, Target] = {}
    for name in names:
        for target in search.find(name):
            found.setdefault(target_path(target).absolute(), target)
    return sorted(found.values(), key=lambda target: target_path(target).as_posix())


def archive_path(archive: Archive, path: Path) -> Path:
    """The path as the archive writes it, if it is inside it; else as it is."""
    try:
        # The folder is resolved, not the file itself: a link is refused, not followed.
        inside = (path.parent.resolve() / path.name).relative_to(archive.root.resolve())
    except ValueError:
        return path
    return archive.root / inside


_PLACE = re.compile(rf"\d{{4}}/{SLUG.pattern}")


class _Search:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    @cached_property
    def known(self) -> dict[Path, Target]:
        """What the archive has, by path."""
        if not self.archive.root.exists():
            return {}
        return {target_path(target): target for target in all_targets(self.archive)}

    def find(self, name: str) -> Iterable[Target]:
        path = Path(name)
        if path.is_dir():
            return self._in_folder(path)
        if os.path.lexists(path):
            inside = archive_path(self.archive, path)
            # Looking through a large archive takes longer than checking a file of it.
            return [inside if self._is_placed(inside) else self.known.get(inside, inside)]
        return [self.archive.locate(name)]

    def _is_placed(self, path: Path) -> bool:
        """Whether an article can be there, and a regular file is."""
        is_named = _PLACE.fullmatch(f"{path.parent.name}/{path.stem}")
        is_below = path.parent.parent == self.archive.root and path.suffix == ".md"
        is_linked = path.is_symlink() or path.parent.is_symlink()
        return bool(is_named) and is_below and not is_linked and path.is_file()

    def _in_folder(self, folder: Path) -> Iterable[Target]:
        here, root = folder.resolve(), self.archive.root.resolve()
        if root.is_relative_to(here):
            return self.known.values()
        if here.is_relative_to(root):
            inside = self.archive.root / here.relative_to(root)
            return [item for path, item in self.known.items() if path.is_relative_to(inside)]
        return [path for path in folder.rglob("*.md") if not _is_hidden(path, folder)]


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
