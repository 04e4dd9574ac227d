"""What a publish would do to the site in a folder: found by looking at the files it gives."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.publish.disk import list_files, read_file, write_file
from kpucli.publish.generation import Generation
from kpucli.publish.history import Step
from kpucli.publish.render import File
from kpucli.publish.store import OURS
from kpucli.workers import Follow, Part, follow_not, map_forked


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


class Batch(Protocol):
    """Files that are made one after the other, perhaps in another process."""

    def files(self) -> Iterable[File]:
        """The files."""

    def notes(self) -> object:
        """What was found out on the way, to be told to whoever has the batch made."""


@dataclass(frozen=True, slots=True)
class Loose:
    """Files of which there is nothing to be said."""

    content: Iterable[File]

    def files(self) -> Iterable[File]:
        """See `Batch`."""
        return self.content

    def notes(self) -> None:
        """See `Batch`."""


@dataclass(slots=True)
class Sorted:
    """What a batch would do: its paths by that, and what is to be taken from and added to a site.

    `staged` says where each new file is.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    staged: dict[str, str] = field(default_factory=dict)
    old: Generation = field(default_factory=Generation)
    new: Generation = field(default_factory=Generation)
    notes: object = None


@dataclass(frozen=True)
class Making:
    """How batches are made: in so many processes; `tell` is given the notes of each.

    `files` is how many files there will be, for who follows.
    """

    processes: int = 1
    tell: Callable[[object], None] = lambda _notes: None
    follow: Follow = follow_not
    files: int = 0

    def run(self, function: Callable[[Part], Sorted], parts: Sequence[Part]) -> Iterator[Sorted]:
        """What the function makes of the parts, as it comes."""
        made = map_forked(function, parts, self.processes)
        for found in self.follow(_("Membuat halaman"), made, self.files, _count):
            yield found
            self.tell(found.notes)


def _count(found: Sorted) -> int:
    return len(found.added) + len(found.changed) + len(found.kept)


def make_draft(
    output: str,
    live: Generation | None,
    batches: Sequence[Batch],
    removed: Iterable[str] | None,
    staging: str | None,
    *,
    making: Making | None = None,
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
    step = Step(live, Generation(), [], [], [])
    after = live if live is not None and listing is None else Generation()
    seen: set[str] = set()
    staged: dict[str, str] = {}

    def sort(numbered: tuple[int, Batch]) -> Sorted:
        place = None if staging is None else f"{staging}/{numbered[0]}"
        return _sort_batch(numbered[1], output, listing, place)

    for found in (making or Making()).run(sort, list(enumerate(batches))):
        for path in (*found.added, *found.changed, *found.kept):
            refuse_twin(path, seen)
        step.added.extend(found.added)
        step.changed.extend(found.changed)
        staged |= found.staged
        after = (after.without(found.old) if listing is None else after).join(found.new)
    step.removed.extend(sorted(listing.keys() - seen) if listing is not None else [])
    for path in sorted(set(removed or ()) - seen):
        old = read_file(f"{output}/{path}")
        if old is not None:
            after = after.remove(path, old)
            step.removed.append(path)
    return Draft(replace(step, after=after), staged, listing)


def _sort_batch(
    batch: Batch, output: str, listing: Container[str] | None, staging: str | None
) -> Sorted:
    found = Sorted()
    for file in batch.files():
        path, content = file.path, file.content
        old = read_file(f"{output}/{path}") if listing is None or path in listing else None
        if old is not None:
            found.old = found.old.add(path, old)
        found.new = found.new.add(path, content)
        if content == old:
            found.kept.append(path)
            continue
        (found.added if old is None else found.changed).append(path)
        if staging is not None:
            found.staged[path] = f"{staging}-{len(found.staged)}"
            write_file(found.staged[path], content)
    found.notes = batch.notes()
    return found


def refuse_twin(path: str, seen: set[str]) -> None:
    """Add a path to those seen. Raises `KpuError` when it is there already."""
    if path in seen:
        raise KpuError(_("Dua halaman beralamat sama: {path}.").format(path=path))
    seen.add(path)
