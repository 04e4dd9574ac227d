"""What a publish would do to the site in a folder: found by looking at the files it gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.publish.disk import list_files, read_file, write_file
from kpucli.publish.generation import Generation
from kpucli.publish.history import Step
from kpucli.publish.render import File
from kpucli.publish.store import OURS


@dataclass(frozen=True, slots=True)
class Draft:
    """The step to be made, where each new file is, and all live files, if they were looked at."""

    step: Step
    staged: dict[str, str]
    listing: dict[str, int] | None

    @property
    def is_empty(self) -> bool:
        """Whether the site is already as it should be."""
        return self.step.before == self.step.after and not self.step.paths


def make_draft(
    output: str,
    live: Generation | None,
    files: Iterable[File],
    removed: Iterable[str] | None,
    staging: str | None,
) -> Draft:
    """Sort the files by what is to be done; new ones are written to the folder `staging`, if any.

    The old files are read to be compared: no record of them can be as true as they are, and only
    what is given is read. With `removed`, files not named anywhere stay as they are in the site,
    whose generation must be known; without, they are removed. Raises `OSError`, and `KpuError`
    where two files have one path.
    """
    if removed is not None and live is None:
        raise ValueError("a part of a site whose generation is not known cannot be changed")
    listing = list_files(output, OURS) if removed is None else None
    added: list[str] = []
    changed: list[str] = []
    after = live if live is not None and listing is None else Generation()
    seen: set[str] = set()
    staged: dict[str, str] = {}
    for file in files:
        path, content = file.path, file.content
        refuse_twin(path, seen)
        old = read_file(f"{output}/{path}") if listing is None or path in listing else None
        if listing is None and old is not None:
            after = after.remove(path, old)
        after = after.add(path, content)
        if content != old:
            (added if old is None else changed).append(path)
            if staging is not None:
                staged[path] = f"{staging}/{len(staged)}"
                write_file(staged[path], content)
    gone: list[str] = sorted(listing.keys() - seen) if listing is not None else []
    for path in sorted(set(removed or ()) - seen):
        old = read_file(f"{output}/{path}")
        if old is not None:
            after = after.remove(path, old)
            gone.append(path)
    return Draft(Step(live, after, added, changed, gone), staged, listing)


def refuse_twin(path: str, seen: set[str]) -> None:
    """Add a path to those seen. Raises `KpuError` when it is there already."""
    if path in seen:
        raise KpuError(_("Dua halaman beralamat sama: {path}.").format(path=path))
    seen.add(path)
