"""Files are replaced one by one where folders cannot change places: mount points, some disks.

What is added comes first, then what changed, deletions last, so that no page ever leads to one that
is not there. A run that is cut off leaves a site without a generation, and the next finishes it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.publish.disk import (
    flush_disk,
    link_or_copy,
    move_file,
    remove_empty_folders,
    remove_file,
    remove_tree,
    write_file,
)
from kpucli.publish.generation import MARKER, Generation, make_marker
from kpucli.publish.history import Entry, Step
from kpucli.publish.store import INSIDE, Store


def replace_files(store: Store, step: Step, sources: dict[str, str], entry: Entry | None) -> None:
    """Turn the site into that after `step`; `sources` says where the new file of each path is.

    Old files are kept for `entry`. Raises `OSError` while the old site is whole, `KpuError` when
    it no longer is.
    """
    inside = f"{store.output}/{INSIDE}"
    try:
        for path, place in (entry.places if entry else {}).items():
            _copy(f"{store.output}/{path}", place)
        if not store.is_inside:
            sources = _bring_inside(inside, sources)
        flush_disk(store.output)
        _mark(store.output, inside, None)
        _replace(store.output, inside, step, sources)
    finally:
        with suppress(OSError):  # the next run tries again
            remove_tree(inside)


def _bring_inside(inside: str, sources: dict[str, str]) -> dict[str, str]:
    """New files on the site's own disk, from where each can be put in place in one step."""
    remove_tree(inside)
    Path(inside).mkdir(mode=0o700)
    places = {path: f"{inside}/{number}" for number, path in enumerate(sources)}
    for path, place in places.items():
        link_or_copy(sources[path], place)
    return places


def _copy(old: str, place: str) -> None:
    if os.path.lexists(old):
        link_or_copy(old, place)


def _replace(output: str, inside: str, step: Step, sources: dict[str, str]) -> None:
    above = {part for path in step.added for part in _folders_above(path)}
    try:
        for path in above.intersection(step.removed):  # a file becomes a folder
            remove_file(f"{output}/{path}")
        for path in step.written:
            move_file(sources[path], f"{output}/{path}")
        for path in step.removed:
            remove_file(f"{output}/{path}")
            remove_empty_folders(f"{output}/{path}", output)
        flush_disk(output)
        _mark(output, inside, step.after)
        flush_disk(output)
    except OSError as error:
        raise KpuError(
            _("Penerbitan terputus: {reason}.").format(reason=describe_os_error(error)),
            _("Sebagian halaman sudah baru, sebagian masih lama; ulangi penerbitan."),
            path=output,
        ) from error


def _folders_above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:number]) for number in range(1, len(parts))]


def _mark(output: str, inside: str, generation: Generation | None) -> None:
    place = f"{inside}/{MARKER}"
    write_file(place, make_marker(generation))
    move_file(place, f"{output}/{MARKER}")
