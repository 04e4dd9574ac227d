"""Making a folder hold a site: the whole old one or the whole new one, never a mixture.

What is new is staged and compared first (`draft`). Then two trees change places (`trees`) or, where
that cannot be, files are replaced one by one (`replace`). What was replaced is kept (`history`).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from kpucli.errors import KpuError, RefusedError, describe_os_error
from kpucli.i18n import _
from kpucli.printable import group_thousands
from kpucli.publish.draft import Batch, Draft, Loose, Making, make_draft
from kpucli.publish.generation import MARKER, Generation, read_generation
from kpucli.publish.history import Step, find_entry
from kpucli.publish.placement import Way, can_link, place_change, place_first, stage_old
from kpucli.publish.render import File
from kpucli.publish.store import name_store, open_store
from kpucli.publish.trees import catch_up

_LEAST_REMOVALS = 10  # fewer files are never too many to remove
_TOLERATED_SHARE = 10  # one in so many


@dataclass(frozen=True, slots=True)
class Outcome:
    """Paths of files by what a publish did, or would do, to them; how many others there are.

    `generation` is that of the site afterwards; `way` is None where nothing was done.
    """

    added: list[str]
    changed: list[str]
    removed: list[str]
    unchanged: int
    generation: Generation
    way: Way | None = field(default=None, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether the site was already as it should be."""
        return not (self.added or self.changed or self.removed)


@contextmanager
def lock_output(output: Path) -> Iterator[None]:
    """Keep other publishes into the same place out, from before the articles are read.

    The lock is on a folder and dies with the process. Raises `KpuError` when another has it.
    """
    output = output.resolve()
    folder = next(parent for parent in output.parents if parent.is_dir())
    with _errors_worded(output):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KpuError(
                _("Penerbitan lain sedang berjalan di folder ini."),
                _("Tunggu lalu ulangi."),
                path=folder,
            ) from None
        yield
    finally:
        os.close(descriptor)


def commit_files(
    output: Path,
    files: Iterable[File],
    *,
    removed: Iterable[str] | None = None,
    keep: int = 1,
    allow_removals: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """As `commit_batches`, of one batch."""
    return commit_batches(
        output,
        [Loose(files)],
        removed=removed,
        keep=keep,
        allow_removals=allow_removals,
        dry_run=dry_run,
    )


def commit_batches(
    output: Path,
    batches: Sequence[Batch],
    *,
    removed: Iterable[str] | None = None,
    keep: int = 1,
    allow_removals: bool = False,
    dry_run: bool = False,
    making: Making | None = None,
) -> Outcome:
    """Make `output` hold exactly these files and say what that changed; with `dry_run` only say it.

    With `removed` the files are a part of the site: they and what is removed change, all else
    stays as it is. `read_generation(output)` must then be what it was when the caller found out
    which part that is. The last `keep` sites can be brought back by `roll_back`.

    The caller holds `lock_output`. Raises `RefusedError` when many files would be removed and that
    is not allowed; `KpuError` when the folder is no site of ours or the disk refuses; the old site
    then stays whole.
    """
    output = output.resolve()  # `public` may be a link to a web server's folder
    making = making or Making()
    with _errors_worded(output):
        refuse_foreign(output)
        live = read_generation(output)
        if dry_run:
            return _describe(
                make_draft(str(output), live, batches, removed, None, making=making).step
            )
        with open_store(output) as store:
            if removed is None and not store.is_inside and not (output / MARKER).is_file():
                return _describe(*place_first(store, batches, making))
            draft = make_draft(str(output), live, batches, removed, store.staged, making=making)
            if draft.is_empty:
                return _describe(draft.step)
            if not allow_removals:
                _refuse_removals(draft, output)
            return _describe(draft.step, place_change(store, draft, keep))


def roll_back(output: Path, *, dry_run: bool = False) -> Outcome:
    """Bring back the site before the last publish, or before the last that was not undone.

    The caller holds `lock_output`. Raises `KpuError` where there is none, or as `commit_files`.
    """
    output = output.resolve()
    with _errors_worded(output):
        live = read_generation(output)
        last = find_entry(name_store(output).history, live)
        if last is None or last.step.before is None:
            raise KpuError(_("Tidak ada situs sebelumnya yang disimpan."), path=output)
        done = last.step
        step = Step(done.after, last.step.before, done.removed, done.changed, done.added)
        if dry_run:
            return _describe(step)
        with open_store(output) as store:
            draft = Draft(step, stage_old(store, last), None)
            return _describe(step, place_change(store, draft, None))


def prepare_spare(output: Path, processes: int = 1) -> None:
    """Make the second tree of a site that has none, so that the next change costs no more than it.

    The caller holds `lock_output`. Where there can be none, nothing is done.
    """
    output = output.resolve()
    live = read_generation(output)
    with suppress(OSError), open_store(output) as store:
        if live is not None and read_generation(store.spare) is None and can_link(store):
            catch_up(store, live, None, None, None, processes=processes)


@contextmanager
def _errors_worded(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = _("Situs tidak dapat ditulis: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, _("Situs lama tetap utuh."), path=output) from error


def refuse_foreign(output: Path) -> None:
    """Raises `KpuError` where a folder holds what is no site of ours."""
    if not output.exists():
        return
    if not output.is_dir():
        raise KpuError(_("Ini bukan folder."), _("Pilih folder lain dengan --output."), path=output)
    if not (output / MARKER).is_file() and any(output.iterdir()):
        raise KpuError(
            _("Folder ini berisi berkas yang bukan hasil kpucli; tidak ditimpa."),
            _("Pilih folder lain dengan --output, atau kosongkan dahulu."),
            path=output,
        )


def _refuse_removals(draft: Draft, output: Path) -> None:
    """Most articles gone is a wrong folder or a bad checkout more often than a decision."""
    removed = len(draft.step.removed)
    before = draft.step.before
    total = len(draft.listing) if draft.listing is not None else before.files if before else 0
    if removed >= _LEAST_REMOVALS and removed * _TOLERATED_SHARE > total:
        raise RefusedError(
            _("Penerbitan ini akan menghapus {removed} dari {total} berkas situs.").format(
                removed=group_thousands(removed), total=group_thousands(total)
            ),
            _("Periksa folder artikelnya, atau ulangi dengan --allow-removals bila memang itu."),
            path=output,
        )


def _describe(step: Step, way: Way | None = None) -> Outcome:
    unchanged = step.after.files - len(step.written)
    added, changed, removed = map(sorted, (step.added, step.changed, step.removed))
    return Outcome(added, changed, removed, unchanged, step.after, way)
