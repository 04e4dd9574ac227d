"""What to send, in which order, and what to remove. Pure.

A mark says what a target has at a path: the beginning of the content's hash and, where there are
headers or compression, a hash of those. So a change of the settings sends a file anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from kpucli.upload.headers import is_compressible, make_headers
from kpucli.upload.journal import Journal
from kpucli.upload.record import Claim, Manifest
from kpucli.upload.target import Target

UNKNOWN = "?"  # the mark of a file that may be anything, or nothing

_DIGITS = 32  # of a SHA-256 in a mark
_LEAST_REMOVALS = 10  # fewer files are never too many to remove
_TOLERATED_SHARE = 10  # one in so many
_THEME = re.compile(r"[^/]+\.[0-9a-f]{10}\.(?:css|js)")


class Stage(IntEnum):
    """Files of a later stage may lead to those of earlier ones, not the other way round."""

    ASSETS = 0
    ARTICLES = 1
    LISTS = 2
    FEEDS = 3
    FRONT = 4


@dataclass(frozen=True, slots=True)
class Item:
    """A file as the target is to have it: made of the site's `source`, gzipped or not."""

    path: str
    source: str
    mark: str
    gzip: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths by what happens to them.

    `resumed` are those of `added` and `changed` that are there already, of an upload that was cut
    off; `retired` stay for one more upload: pages that browsers still show need them.
    """

    added: list[str]
    changed: list[str]
    removed: list[str]
    resumed: frozenset[str]
    retired: frozenset[str]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether the target has all as it should be."""
        return not (self.added or self.changed or self.removed)

    @property
    def to_send(self) -> list[str]:
        """What has to be sent, in no order."""
        return [path for path in (*self.added, *self.changed) if path not in self.resumed]


def make_items(hashes: Mapping[str, str], target: Target) -> dict[str, Item]:
    """What the target is to have of the files with these hashes."""
    is_storage = target.scheme == "s3"
    compress = target.settings.compress
    items: dict[str, Item] = {}
    for path, digest in hashes.items():
        fits = compress != "none" and is_compressible(path)
        encoded = fits and compress == "encoded"
        encoding = "gzip" if encoded else ""
        headers = make_headers(path, encoding=encoding) if is_storage else {}
        items[path] = _make_item(path, path, digest, encoded, headers)
        if fits and not encoded:
            headers = make_headers(path, encoding="gzip") if is_storage else {}
            items[f"{path}.gz"] = _make_item(f"{path}.gz", path, digest, True, headers)
    return items


def _make_item(path: str, source: str, digest: str, gzip: bool, headers: Mapping[str, str]) -> Item:
    mark = digest[:_DIGITS]
    if gzip or headers:
        form = json.dumps([gzip, sorted(headers.items())]).encode()
        mark += f".{hashlib.sha256(form).hexdigest()[:8]}"
    return Item(path, source, mark, gzip, headers)


def recall(manifest: Manifest, claim: Claim | None, journal: Journal) -> dict[str, str]:
    """The marks of what the target has, by the manifest, and by what happened since it was written.

    The claim is that of an upload that was cut off: of its paths nothing is known but what this
    computer's journal says, if it is of the same upload.
    """
    known = dict(manifest.files)
    if claim is not None and claim.base == manifest.id:
        known |= dict.fromkeys(claim.paths, UNKNOWN)
        if claim.token == journal.token:
            known |= {path: mark for path, mark in journal.sent.items() if path in claim.paths}
    return known


def make_plan(items: Mapping[str, Item], known: Mapping[str, str], manifest: Manifest) -> Plan:
    """The plan for a target that has what is `known`, by whose manifest some was sent before."""
    wanted = {path: item.mark for path, item in items.items()}
    before = manifest.files
    added = sorted(path for path in wanted.keys() - before.keys())
    changed = sorted(
        path
        for path in wanted.keys() & before.keys()
        if wanted[path] != before[path] or known.get(path) != before[path]
    )
    gone = known.keys() - wanted.keys()
    retired = {path for path in gone if _THEME.fullmatch(path) and known[path] != UNKNOWN}
    removed = sorted(gone - (retired - manifest.retired), key=lambda path: (-stage_of(path), path))
    if not added and not changed and set(removed) <= manifest.retired:
        removed = []  # nothing has happened since they were retired
    return Plan(
        added,
        changed,
        removed,
        resumed=frozenset(path for path in (*added, *changed) if known.get(path) == wanted[path]),
        retired=frozenset(retired.difference(removed)),
        unchanged=len(wanted) - len(added) - len(changed),
    )


def has_many_removals(plan: Plan, manifest: Manifest) -> bool:
    """Whether more than a tenth of what is there would go: most often a mistake."""
    removed = len(plan.removed)
    return removed >= _LEAST_REMOVALS and removed * _TOLERATED_SHARE > len(manifest.files)


def stage_of(path: str) -> Stage:
    """When a file is sent."""
    plain = path.removesuffix(".gz")
    name = plain.rpartition("/")[2]
    if plain == "index.html":
        return Stage.FRONT
    if name.endswith(".html"):
        return Stage.ARTICLES if plain.startswith("berita/") else Stage.LISTS
    if name == "pagefind-entry.json":  # it names the parts of the search index
        return Stage.LISTS
    return Stage.FEEDS if name.endswith((".atom", ".xml", ".txt", ".json")) else Stage.ASSETS


def find_folders(paths: Iterable[str], existing: Iterable[str] = ()) -> list[str]:
    """The folders that paths stand in and existing paths do not, those above first."""
    needed = _folders_above(paths)
    return sorted(needed - _folders_above(existing)) if needed else []


def _folders_above(paths: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def make_address(path: str, base_url: str) -> str:
    """The address that browsers and caches know a file by."""
    name = path.removesuffix(".gz") if path.endswith(".gz") else path
    folder, _slash, last = name.rpartition("/")
    where = f"{folder}/" if folder else ""
    return f"{base_url}/{where}{'' if last == 'index.html' else last}"
