"""Two trees that take turns: the site that is live, and a spare one, one publish behind it.

A publish brings the spare tree up to date with what the last publish changed, by links to the live
files, and with what this one changes; then the two change places in one step. So the cost follows
the change, and the site that was live stays whole. Files have names in both trees: they are never
written to, only replaced.

The journal says in which paths the trees may differ. It is written before any is touched, and holds
before the exchange and after it: which of the two it is says the generation that is live.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kpucli.publish.disk import (
    exchange,
    flush_disk,
    has_file,
    link_file,
    list_files,
    move_file,
    remove_empty_folders,
    remove_file,
    write_durably,
    write_file,
)
from kpucli.publish.generation import MARKER, Generation, make_marker, read_generation
from kpucli.publish.history import Entry, Step
from kpucli.publish.store import OURS, Store
from kpucli.workers import divide, map_forked

_PART = 2000  # files that a process links at a time


@dataclass(frozen=True, slots=True)
class _Journal:
    live: str  # the site while the spare tree is worked on
    next: str  # the site once they have changed places
    stale: list[str]  # the paths in which they may differ before
    coming: list[str]  # and after

    def find_stale(self, live: str, spare: str) -> set[str] | None:
        """The paths in which the trees may differ; None where these are other trees."""
        if live == self.next and spare in {self.live, self.next}:
            return set(self.coming)
        return set(self.stale) if live == self.live else None


def catch_up(
    store: Store,
    live: Generation | None,
    step: Step | None,
    last: Entry | None,
    listing: dict[str, int] | None,
    *,
    processes: int = 1,
) -> None:
    """Make the spare tree the same as the live one, but for what `step` will bring.

    `last` is the publish that made the live site: old files go to its places, without which they
    go for good. With `listing` (all files of the live tree and their inodes) nothing is taken on
    trust. Raises `OSError`; links may be impossible here.
    """
    spare = read_generation(store.spare)
    known = _recall_stale(store, live, spare)
    stale = _find_stale(store, listing) if known is None or listing is not None else known
    coming = step.paths if step else []
    journal = _Journal(str(live), str(step.after if step else live), sorted(stale), coming)
    journal.stale.extend(set(coming) - stale)
    _write_journal(store, journal)
    has_old = known is not None and last is not None and spare == last.step.before
    places = last.places if last and has_old else {}
    written = set(step.written) if step else set()
    for path in journal.stale:
        _take_away(f"{store.spare}/{path}", places.get(path), is_replaced=path in written)
    gone = set(step.removed if step else ())
    gone |= _link_all(store, sorted(stale - written - gone), processes)
    for path in gone:
        remove_empty_folders(f"{store.spare}/{path}", store.spare)
    if live is not None:
        _mark(store, live)
    if step is None:
        flush_disk(store.folder)
        _write_journal(store, _Journal(str(live), str(live), [], []))


def _link_all(store: Store, paths: list[str], processes: int) -> set[str]:
    """Link live files into the spare tree; the paths of those that there are not."""

    def link(part: Sequence[str]) -> set[str]:
        gone = set()
        for path in part:
            if has_file(f"{store.output}/{path}"):
                link_file(f"{store.output}/{path}", f"{store.spare}/{path}")
            else:
                gone.add(path)
        return gone

    return set().union(*map_forked(link, divide(paths, _PART), processes))


def take_turns(store: Store, step: Step, staged: dict[str, str]) -> None:
    """Bring what is new into the spare tree, which has caught up, and make it the live one.

    `staged` says where the new file of each path is. Raises `OSError` with the old site live.
    """
    for path, place in staged.items():
        move_file(place, f"{store.spare}/{path}")
    _mark(store, step.after)
    Path(store.spare).chmod(Path(store.output).stat().st_mode & 0o7777)
    flush_disk(store.folder)
    exchange(store.spare, store.output)


def _recall_stale(
    store: Store, live: Generation | None, spare: Generation | None
) -> set[str] | None:
    """The paths in which the trees may differ by the journal; None where it is not of these."""
    journal = _read_journal(store) if live and spare else None
    known = journal.find_stale(str(live), str(spare)) if journal else None
    if known is None:
        Path(store.spare).mkdir(exist_ok=True)
        remove_file(f"{store.spare}/{MARKER}")
    return known


def _find_stale(store: Store, listing: dict[str, int] | None) -> set[str]:
    """The paths in which the trees do differ: a file is in both if it has one inode in both."""
    found = list_files(store.output, OURS) if listing is None else listing
    return {path for path, _inode in found.items() ^ list_files(store.spare, OURS).items()}


def _read_journal(store: Store) -> _Journal | None:
    try:
        return _Journal(**json.loads(Path(store.journal).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _write_journal(store: Store, journal: _Journal) -> None:
    write_durably(store.journal, json.dumps(asdict(journal)).encode("ascii"))


def _take_away(path: str, place: str | None, *, is_replaced: bool) -> None:
    """Move an old file of the spare tree to its place in the history, or let it go."""
    if place is not None and not os.path.lexists(place):
        try:
            os.rename(path, place)  # noqa: PTH104
        except (FileNotFoundError, NotADirectoryError):
            pass
        else:
            return
    if not is_replaced:
        remove_file(path)


def _mark(store: Store, generation: Generation) -> None:
    """Say which site the spare tree holds."""
    place = f"{store.staged}/{MARKER}"
    write_file(place, make_marker(generation))
    move_file(place, f"{store.spare}/{MARKER}")
