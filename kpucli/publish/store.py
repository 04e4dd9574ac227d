"""The hidden folder beside a site, where publishing keeps what is no part of it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kpucli.publish.disk import remove_tree
from kpucli.publish.generation import MARKER

INSIDE = ".kpucli-baru"
OURS = frozenset({MARKER, INSIDE})  # names in a site's folder that are no part of the site

_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True, slots=True)
class Store:
    """`.public.kpucli` beside `public`; in it where nothing may be made beside it."""

    output: str
    folder: str

    @property
    def is_inside(self) -> bool:
        """Whether there is a place for this publish only, and none that lasts."""
        return self.folder == f"{self.output}/{INSIDE}"

    @property
    def spare(self) -> str:
        """The tree that is not live."""
        return f"{self.folder}/cadangan"

    @property
    def staged(self) -> str:
        """What is new in the publish that runs."""
        return f"{self.folder}/baru"

    @property
    def journal(self) -> str:
        """What the two trees may differ in; see `trees`."""
        return f"{self.folder}/jurnal.json"

    @property
    def history(self) -> str:
        """What earlier publishes replaced; see `history`."""
        return f"{self.folder}/riwayat"


def name_store(output: Path) -> Store:
    """The store of a site, whether there is one or not."""
    return Store(str(output), str(output.parent / f".{output.name}.kpucli"))


@contextmanager
def open_store(output: Path) -> Iterator[Store]:
    """The store of a site, made where it is missing, with nothing staged.

    What a killed run staged is removed first, and what this one did at the end. The caller holds
    the lock. Raises `OSError`.
    """
    store = name_store(output)
    remove_tree(f"{output}/{INSIDE}")
    try:
        _make(store)
    except OSError as error:
        if error.errno not in _NOT_ALLOWED or not output.exists():
            raise
        store = Store(str(output), f"{output}/{INSIDE}")
        _make(store)
    try:
        yield store
    finally:
        with suppress(OSError):  # the next run tries again
            remove_tree(store.folder if store.is_inside else store.staged)
            Path(store.folder).rmdir()


def _make(store: Store) -> None:
    # Earlier sites hold what has since been withdrawn: for nobody else to read.
    with suppress(FileExistsError):
        os.makedirs(store.folder, mode=0o700)  # noqa: PTH103
    remove_tree(store.staged)
    Path(store.staged).mkdir()
