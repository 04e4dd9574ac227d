"""An upload from beginning to end."""

from __future__ import annotations

import gzip
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kpucli.errors import ConflictError, KpuError, RefusedError
from kpucli.i18n import _
from kpucli.printable import group_thousands
from kpucli.upload.connection import STAGING, Connection, LostError, Parcel
from kpucli.upload.headers import find_redirect
from kpucli.upload.journal import Journal, open_journal
from kpucli.upload.plan import (
    UNKNOWN,
    Item,
    Plan,
    Stage,
    find_folders,
    has_many_removals,
    make_items,
    make_plan,
    recall,
    stage_of,
)
from kpucli.upload.protocols import open_connection
from kpucli.upload.record import (
    CLAIM,
    MANIFEST,
    Claim,
    Manifest,
    decode_claim,
    decode_manifest,
    encode_claim,
    encode_manifest,
    make_id,
)
from kpucli.upload.sending import Sender
from kpucli.upload.site import Site
from kpucli.upload.target import Target
from kpucli.upload.verifying import find_foreign, verify

Follow = Callable[[Iterable[str], int], Iterator[str]]

_PAUSES = (0.3, 1.0, 3.0)  # seconds before each further try to finish


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user wants besides.

    `verify` compares the target file by file; `take_over` goes on where another computer stopped;
    `overwrite` replaces files that others brought; the rest is as for a publish.
    """

    dry_run: bool = False
    verify: bool = False
    take_over: bool = False
    overwrite: bool = False
    allow_removals: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an upload did, or would do.

    `sent` counts the files sent in this run; `foreign` are files on the target that are not ours,
    None where nobody looked; `generation` is the target's afterwards; `elsewhere` says when the
    target was last changed (ISO 8601), if that was not from here, and is "" else.
    """

    plan: Plan
    sent: int
    foreign: list[str] | None
    generation: int
    elsewhere: str


def upload(
    read_site: Callable[[], Site],
    target: Target,
    wishes: Wishes,
    *,
    memory: Path,
    now: datetime,
    follow: Follow,
) -> Outcome:
    """Make a target hold a site, which is read while the connection comes about.

    `memory` is a folder for the journal; `follow` passes the paths on as they are sent, of so many.
    Raises `RefusedError` for what needs a word of the user first, `ConflictError` where somebody
    else is uploading, `LostError` where the connection broke for good, or `KpuError`. Whatever
    happens, every file on the target is the whole old or the whole new one, and the next upload
    goes on where this one ended.
    """
    with open_journal(memory, target.name, target.url) as journal, ExitStack() as stack:
        try:
            connection = open_connection(target, stack)
            site = read_site()
            stack.callback(site.close)
            task = _prepare(connection, site, target, wishes, journal)
            if wishes.dry_run or (task.plan.is_empty and not task.has_claim):
                return Outcome(task.plan, 0, task.foreign, task.manifest.generation, task.elsewhere)
            work = _Work(site, target, journal, task, stack, deque([connection]))
            return work.do(now, follow)
        except KpuError as error:
            error.message = target.hide(error.message)
            raise


@dataclass(frozen=True, slots=True)
class _Task:
    """What was found on the target, and what is to be done.

    `claim` is that of an upload which was cut off; `has_claim` is true also where that is broken.
    """

    manifest: Manifest
    claim: Claim | None
    has_claim: bool
    known: Mapping[str, str]
    items: Mapping[str, Item]
    plan: Plan
    foreign: list[str] | None
    elsewhere: str


def _prepare(
    connection: Connection, site: Site, target: Target, wishes: Wishes, journal: Journal
) -> _Task:
    manifest = _read_manifest(connection, wishes)
    content = connection.read(CLAIM)
    claim = None if content is None else decode_claim(content)
    if content is not None and not wishes.take_over:
        _refuse_claim(claim, journal)
    known: Mapping[str, str] = recall(manifest, claim, journal)
    items = make_items(site.hashes, target)
    foreign = None
    if wishes.verify or not manifest.id:
        found = connection.find_files()
        foreign = find_foreign(found, known)
        if wishes.verify:
            known = verify(
                known,
                found,
                items,
                lambda item: _make_content(item, site.read(item.source)),
                connection,
            )
        in_the_way = [path for path in foreign if path in items]
        other = [path for path in in_the_way if known.get(path) != items[path].mark]
        if other and not wishes.overwrite:
            raise _refuse_overwriting(other)
        foreign = [path for path in foreign if path not in items]
    plan = make_plan(items, known, manifest)
    if has_many_removals(plan, manifest) and not wishes.allow_removals:
        raise _refuse_removals(plan, manifest)
    elsewhere = manifest.time if journal.last not in ("", manifest.id) else ""
    return _Task(manifest, claim, content is not None, known, items, plan, foreign, elsewhere)


def _read_manifest(connection: Connection, wishes: Wishes) -> Manifest:
    content = connection.read(MANIFEST)
    if content is None:
        return Manifest()
    try:
        return decode_manifest(content)
    except KpuError:
        if wishes.verify:  # what is there is compared, not believed
            return Manifest()
        raise


def _refuse_claim(claim: Claim | None, journal: Journal) -> None:
    """Nobody sends what another is sending. A claim whose writing was cut off was our own."""
    if journal.token and (claim is None or claim.token == journal.token):
        return
    since = claim.time if claim else "?"
    raise ConflictError(
        _("Unggahan dari komputer lain sedang berjalan, atau terputus (mulai {since}).").format(
            since=since
        ),
        _("Bila sudah pasti tidak berjalan lagi, ambil alih dengan --take-over."),
    )


def _refuse_overwriting(paths: list[str]) -> KpuError:
    some = ", ".join(paths[:5]) + (", …" if len(paths) > 5 else "")
    return RefusedError(
        _("{number} berkas di tujuan bukan kiriman kpucli dan akan tertimpa: {paths}.").format(
            number=group_thousands(len(paths)), paths=some
        ),
        _("Periksa tujuannya, atau ulangi dengan --overwrite bila memang boleh diganti."),
    )


def _refuse_removals(plan: Plan, manifest: Manifest) -> KpuError:
    return RefusedError(
        _("Unggahan ini akan menghapus {removed} dari {total} berkas di tujuan.").format(
            removed=group_thousands(len(plan.removed)), total=group_thousands(len(manifest.files))
        ),
        _("Periksa situsnya, atau ulangi dengan --allow-removals bila memang itu."),
    )


def _make_content(item: Item, content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0) if item.gzip else content


@dataclass(slots=True)
class _Work:
    """The part of an upload that writes."""

    site: Site
    target: Target
    journal: Journal
    task: _Task
    stack: ExitStack
    idle: deque[Connection]

    def do(self, now: datetime, follow: Follow) -> Outcome:
        plan, manifest = self.task.plan, self.task.manifest
        token = self._claim(now)
        sender = Sender(
            connect=lambda: open_connection(self.target, self.stack),
            most=self.target.connections,
            pack=self._pack,
            sent=lambda path: self.journal.add(path, self.task.items[path].mark),
            idle=self.idle,
        )
        self._again(lambda connection: connection.make_folders(self._find_folders()))
        stages: list[list[str]] = [[] for _stage in Stage]
        for path in sorted(plan.to_send):
            stages[stage_of(path)].append(path)
        sent = sum(1 for _path in follow(sender.send(stages), len(plan.to_send)))
        kept = {path: self.task.known[path] for path in plan.retired}
        new = Manifest(
            id=make_id(),
            generation=manifest.generation + 1,
            time=now.isoformat(timespec="seconds"),
            files={path: item.mark for path, item in self.task.items.items()} | kept,
            retired=plan.retired,
        )
        self._again(lambda connection: self._complete(connection, token, new))
        self._again(self._leave)
        self.journal.end(new.id)
        return Outcome(plan, sent, self.task.foreign, new.generation, self.task.elsewhere)

    def _claim(self, now: datetime) -> str:
        """Say on the target that it is being changed, and where; the token that it is said with."""
        claim, journal, plan = self.task.claim, self.journal, self.task.plan
        is_ours = claim is not None and claim.token == journal.token
        if not is_ours:
            journal.begin(make_id())
        # Where the manifest is that of a later upload, the claim says nothing any more.
        old = claim.paths if claim and claim.base == self.task.manifest.id else frozenset()
        new = Claim(
            token=journal.token,
            base=self.task.manifest.id,
            time=now.isoformat(timespec="seconds"),
            paths=old.union(plan.to_send, plan.removed),
        )
        connection = self.idle[-1]
        connection.make_folders([STAGING])
        if self.task.has_claim:
            connection.write(CLAIM, encode_claim(new))
        elif not connection.create(CLAIM, encode_claim(new)):
            self.journal.end(self.journal.last)
            raise _other_came()
        return journal.token

    def _find_folders(self) -> list[str]:
        known = self.task.known
        existing = (path for path, mark in known.items() if mark != UNKNOWN)
        return find_folders(self.task.plan.to_send, existing)

    def _pack(self, path: str) -> Parcel:
        item = self.task.items[path]
        content = self.site.read(item.source)
        redirect = find_redirect(item.source, content) if item.headers else {}
        return Parcel(path, _make_content(item, content), {**item.headers, **redirect})

    def _complete(self, connection: Connection, token: str, manifest: Manifest) -> None:
        """Remove what is to go, then say what is there, if the target is still ours to change."""
        content = connection.read(CLAIM)
        claim = decode_claim(content) if content is not None else None
        if claim is None or claim.token != token:
            raise _other_came()
        removed = self.task.plan.removed
        connection.remove(removed)
        connection.remove_folders(reversed(find_folders(removed, manifest.files)))
        connection.write(MANIFEST, encode_manifest(manifest))

    def _leave(self, connection: Connection) -> None:
        connection.drop_staging()
        connection.remove([CLAIM])

    def _again(self, action: Callable[[Connection], None]) -> None:
        """Do something with a connection, and once more with a new one where it breaks."""
        for pause in (*_PAUSES, None):
            try:
                connection = (
                    self.idle.pop() if self.idle else open_connection(self.target, self.stack)
                )
                action(connection)
            except LostError:
                self.idle.clear()
                if pause is None:
                    raise
                time.sleep(pause)
            else:
                self.idle.append(connection)
                return


def _other_came() -> ConflictError:
    return ConflictError(
        _("Tujuan sedang diubah dari komputer lain; unggahan ini berhenti."),
        _("Ulangi sesudah yang lain selesai."),
    )
