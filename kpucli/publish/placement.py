"""Putting what is staged in place of the old site, the best way that the disk allows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path

from kpucli.change import flush
from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.publish.disk import (
    NOT_HERE,
    flush_disk,
    link_or_copy,
    remove_file,
    remove_tree,
    write_below,
    write_file,
)
from kpucli.publish.draft import Batch, Draft, Making, Sorted, refuse_twin
from kpucli.publish.generation import MARKER, Generation, make_marker
from kpucli.publish.history import Entry, Step, add_entry, drop_later, drop_oldest, find_entry
from kpucli.publish.replace import replace_files
from kpucli.publish.store import Store
from kpucli.publish.trees import catch_up, take_turns


class Way(Enum):
    """How a site was put in place."""

    WHOLE = "whole"
    FILE_BY_FILE = "file by file"


def place_first(store: Store, batches: Sequence[Batch], making: Making) -> tuple[Step, Way]:
    """A site where there is none: written straight to where it can be moved from."""
    drop_later(store.history, None)
    remove_tree(store.spare)
    step = Step(None, Generation(), [], [], [])
    after = Generation()
    seen: set[str] = set()

    def write(batch: Batch) -> Sorted:
        found = Sorted()

        def note() -> Iterator[tuple[str, bytes]]:
            for file in batch.files():
                path, content = file.path, file.content
                found.added.append(path)
                found.new = found.new.add(path, content)
                yield path, content

        write_below(store.spare, note())
        found.notes = batch.notes()
        return found

    try:
        Path(store.spare).mkdir()
        for found in making.run(write, batches):
            for path in found.added:
                refuse_twin(path, seen)
            step.added.extend(found.added)
            after = after.join(found.new)
        write_file(f"{store.spare}/{MARKER}", make_marker(after))
        step = replace(step, after=after)
        return step, _move_in(store, step)
    except BaseException:
        remove_tree(store.spare)
        raise


def _move_in(store: Store, step: Step) -> Way:
    output = Path(store.output)
    if output.exists():
        Path(store.spare).chmod(output.stat().st_mode & 0o7777)
    flush_disk(store.folder)
    try:
        Path(store.spare).rename(output)
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        sources = {path: f"{store.spare}/{path}" for path in step.added}
        replace_files(store, step, sources, None)
        with suppress(OSError):
            remove_tree(store.spare)
        return Way.FILE_BY_FILE
    _confirm(store)
    return Way.WHOLE


def place_change(store: Store, draft: Draft, keep: int | None) -> Way:
    """Make the step of a draft; with `keep` it can be undone, and so many before it."""
    step = draft.step
    last = find_entry(store.history, step.before)
    entry = None
    if keep is not None and not store.is_inside:
        drop_later(store.history, last)
        entry = add_entry(store.history, step) if keep and step.before else None
    way = _change(store, draft, last, entry)
    with suppress(OSError):  # the next publish tries again; this one is done
        if keep is None:
            drop_later(store.history, find_entry(store.history, step.after))
        else:
            drop_oldest(store.history, keep)
    return way


def _change(store: Store, draft: Draft, last: Entry | None, entry: Entry | None) -> Way:
    sources = draft.staged
    if can_link(store):
        try:
            catch_up(store, draft.step.before, draft.step, last, draft.listing)
            take_turns(store, draft.step, draft.staged)
        except OSError as error:
            if error.errno not in NOT_HERE:
                raise
            sources = {
                path: place if os.path.lexists(place) else f"{store.spare}/{path}"
                for path, place in draft.staged.items()
            }
        else:
            _confirm(store)
            return Way.WHOLE
    replace_files(store, draft.step, sources, entry)
    return Way.FILE_BY_FILE


def _confirm(store: Store) -> None:
    """Bring the change of places to safety."""
    try:
        flush(os.path.dirname(store.output))  # noqa: PTH120
        flush(store.folder)
    except OSError as error:
        raise KpuError(
            _("Situs baru sudah terpasang, tetapi belum tentu tersimpan: {reason}.").format(
                reason=describe_os_error(error)
            ),
            path=store.output,
        ) from error


def can_link(store: Store) -> bool:
    """Whether files of the site can have a second name beside it."""
    if store.is_inside:
        return False
    trial = f"{store.folder}/uji"
    try:
        remove_file(trial)
        os.link(f"{store.output}/{MARKER}", trial)
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        remove_tree(store.spare)
        return False
    remove_file(trial)
    return True


def stage_old(store: Store, last: Entry) -> dict[str, str]:
    """The old files of a publish, once more, as if they were new."""
    if can_link(store):
        catch_up(store, last.step.after, None, last, None)
    staged: dict[str, str] = {}
    for path, place in last.places.items():
        if not os.path.lexists(place):
            raise KpuError(
                _("Situs sebelumnya tidak lengkap lagi: {path} hilang.").format(path=path),
                _("Bangun lagi dari artikelnya dengan `kpucli publish`."),
                path=place,
            )
        staged[path] = f"{store.staged}/{len(staged)}"
        link_or_copy(place, staged[path])
    return staged
