"""What `kpucli import` does with what a source gives: plan, write as it goes, tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Protocol

import typer

from kpucli.change import Change, write_changes
from kpucli.cli.context import open_archive, read_clock, say_unconfigured
from kpucli.cli.progress import LateProgress
from kpucli.cli.terminal import notice, print_changes, report_failures
from kpucli.config import Config
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.importers.item import ImportedItem, Note, Piece
from kpucli.importers.photographs import Fetch
from kpucli.importers.plan import ImportPlan
from kpucli.json_text import format_json
from kpucli.text_file import read_chunks

_MEGABYTE = 1024 * 1024
_BATCH = 4 * _MEGABYTE  # bytes that are planned before they are written
_MOST_ALIKE = 10  # items that a note is told of one by one
_NAMED = 3  # of more than these, so many are named


@dataclass(frozen=True, slots=True)
class Importing:
    """One run of an import: where its items go, when it is, how it is told."""

    plan: ImportPlan
    now: datetime
    config: Config
    is_dry: bool
    as_json: bool

    def carry_out(self, pieces: Iterable[Piece]) -> None:
        """Add what is new, and tell: paths on stdout, notes and the count on stderr, or one JSON.

        What was read before a source turns out to be broken is added all the same.
        """
        failure: KpuError | None = None
        batch = _Batch()
        try:
            for changes in self.plan.changes(pieces):
                batch.add(changes)
                if batch.size > _BATCH:
                    self._take(batch)
        except KpuError as error:
            failure = error
        self._take(batch)
        report_failures(self.plan.failures)
        outcome = self.plan.outcome
        if failure is None or outcome.added or outcome.skipped or outcome.notes:
            self._tell()
        if failure is not None:
            raise failure
        if self.plan.failures:
            raise typer.Exit(2)

    def carry_out_each(self, paths: Sequence[Path], endings: tuple[str, ...], read: _Read) -> None:
        """As `carry_out`, of files with one item each; a folder stands for those in it.

        A file that cannot be read is an error where it is the only one, else a note.
        """
        files = list(_expand(paths, endings))
        with LateProgress(_("Memasukkan berita"), len(files)) as progress:
            self.carry_out(self._read_each(progress.track(files), read, is_one=len(files) == 1))

    def _read_each(self, files: Iterable[Path], read: _Read, *, is_one: bool) -> Iterator[Piece]:
        for path in files:
            try:
                yield read(path, zone=self.config.zone, now=self.now)
            except KpuError as error:
                if is_one:
                    raise
                yield Note(str(path), error.message)

    def _take(self, batch: _Batch) -> None:
        """Write a batch, or show it; and say which articles are in it."""
        if not self.is_dry:
            write_changes(batch.changes)
        if not self.as_json:
            articles = [change for change in batch.changes if change.path.suffix == ".md"]
            if self.is_dry:
                print_changes(articles)
            else:
                typer.echo("".join(f"{item.path.as_posix()}\n" for item in articles), nl=False)
        batch.clear()

    def _tell(self) -> None:
        outcome = self.plan.outcome
        if self.as_json:
            notes = [{"item": note.item, "note": note.note} for note in outcome.notes]
            told = {"added": outcome.added, "skipped": outcome.skipped, "notes": notes}
            typer.echo(format_json(told), nl=False)
            return
        for line in _sum_up(outcome.notes):
            notice(line)
        words = (
            _("{added} akan ditambahkan, {skipped} sudah ada.")
            if self.is_dry
            else _("{added} ditambahkan, {skipped} sudah ada.")
        )
        notice(words.format(added=outcome.added, skipped=outcome.skipped))
        if outcome.added:
            say_unconfigured(self.config)


class _Read(Protocol):
    def __call__(self, path: Path, *, zone: tzinfo, now: datetime) -> ImportedItem: ...


def _expand(paths: Sequence[Path], endings: tuple[str, ...]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(item for item in path.iterdir() if item.suffix.lower() in endings)
        if not found:
            message = _("Di folder ini tidak ada berkas {endings}.")
            raise KpuError(message.format(endings=", ".join(endings)), path=path)
        yield from found


@dataclass(slots=True)
class _Batch:
    changes: list[Change] = field(default_factory=list)
    size: int = 0

    def add(self, changes: list[Change]) -> None:
        self.changes += changes
        self.size += sum(len(change.after) for change in changes)

    def clear(self) -> None:
        self.changes, self.size = [], 0


def _sum_up(notes: list[Note]) -> Iterator[str]:
    """A line a note; one that is true of many items is said once."""
    items: dict[str, list[str]] = {}
    for note in notes:
        items.setdefault(note.note, []).append(note.item)
    for note in notes:
        alike = items[note.note]
        if len(alike) <= _MOST_ALIKE:
            yield f"{note.item}: {note.note}"
        elif note.item == alike[0]:
            message = _("{count} berita ({names}, …): {note}")
            names = ", ".join(alike[:_NAMED])
            yield message.format(count=len(alike), names=names, note=note.note)
            alike[0] = ""  # said


def prepare(*, dry_run: bool, as_json: bool, fetch_images: bool = False) -> Importing:
    """A run in the office that holds here."""
    config, archive = open_archive()
    fetch: Fetch | None = None
    if fetch_images:
        from kpucli.importers.remote import fetch_image

        fetch = fetch_image
    plan = ImportPlan(archive, frozenset(config.categories), fetch)
    return Importing(plan, read_clock(config), config, dry_run, as_json)


@contextmanager
def follow(what: str, path: Path) -> Iterator[Iterable[bytes]]:
    """A file's bytes, with a bar in megabytes while they are read."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # said when it is read
    with LateProgress(what, -(-size // _MEGABYTE)) as progress:
        yield progress.track(read_chunks(path, _MEGABYTE))
