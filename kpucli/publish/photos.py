"""The photographs of articles, made ready before the pages that show them are rendered."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kpucli.article import Article
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.index import Index, hash_content, hash_program
from kpucli.outline import Outline
from kpucli.photo import PhotoError, find_photo, is_elsewhere, read_photo
from kpucli.publish.encoding import encode_photo, recipe
from kpucli.publish.library import Library
from kpucli.publish.markup import list_images
from kpucli.publish.photo_store import PhotoStore, Stored
from kpucli.publish.picture import Album, Photo
from kpucli.slug import make_slug
from kpucli.workers import Follow, follow_not

_LONGEST_NAME = 40  # of a file, in addresses
_DIGEST_LENGTH = 10
_WORKERS = min(2, os.cpu_count() or 1)  # each may hold a decoded photograph


@dataclass(frozen=True, slots=True)
class Source:
    """A photograph that an article names: its file, and what stands for the file's content."""

    article: str
    name: str
    path: Path
    content: bytes
    is_cover: bool

    @property
    def key(self) -> str:
        """What stands for the encoded photograph."""
        return _key(self.content, is_cover=self.is_cover)


def find_sources(
    items: Iterable[Outline],
    library: Library,
    root: Path,
    failures: list[KpuError],
    looked: list[str] | None = None,
) -> list[Source]:
    """The photographs that articles name; why some cannot be shown goes to `failures`.

    The paths of all that was looked at, whether it is there or not, are added to `looked`.

    Articles and photographs that are as they were are not read: the index in `root` knows them.
    """
    found: list[Source] = []
    with Index(root) as index:
        for item in items:
            if not item.has_images:
                continue
            for name, is_cover in _names_in(item, library, index).items():
                article = library.path_of(item)
                if looked is not None:
                    looked.append(str(article.with_suffix("") / name))
                try:
                    path = find_photo(article, name)
                    content = _look(path, index)
                except PhotoError as error:
                    failures.append(error)
                else:
                    found.append(Source(item.id, name, path, content, is_cover))
    return found


def prepare_photos(
    sources: Iterable[Source],
    store: PhotoStore,
    failures: list[KpuError],
    follow: Follow = follow_not,
) -> Album:
    """The photographs, encoded where they are not in the store; what fails goes to `failures`.

    `follow` is given those that are being encoded.
    """
    sources = list(sources)
    stored = {source.key: store.find(source.key) for source in sources}
    missing = {source.key: source for source in sources if stored[source.key] is None}
    encoding = _encode_all(list(missing.values()), store, failures)
    for source, encoded in follow(_("Menyiapkan foto"), encoding, len(missing)):
        stored[source.key] = encoded
    album: dict[str, dict[str, Photo]] = {}
    for source in sources:
        ready = stored[source.key]
        if ready is not None:
            stem = make_slug(Path(source.name).stem)[:_LONGEST_NAME].strip("-") or "foto"
            photo = Photo(stem, source.key[:_DIGEST_LENGTH], ready)
            album.setdefault(source.article, {})[source.name] = photo
    return album


def _names_in(item: Outline, library: Library, index: Index) -> dict[str, bool]:
    """The files that an article names, and whether each is its main photograph."""
    kept = index.recall(_maker(), item.content)
    if kept is not None:
        return dict(json.loads(kept))
    names = _list_names(library.read(item))
    index.keep(_maker(), item.content, json.dumps(names))
    return names


@cache
def _maker() -> bytes:
    """What stands for how names are found."""
    return hash_content(b"names of images in " + hash_program())


def _list_names(article: Article) -> dict[str, bool]:
    names = dict.fromkeys(
        (name for name in list_images(article.body) if not is_elsewhere(name)), False
    )
    if article.image is not None:
        names[article.image["file"]] = True
    return names


def _look(path: Path, index: Index) -> bytes:
    known = index.content_of(path)
    if known is not None:
        return known
    try:
        status = os.lstat(path)
    except OSError:
        status = None
    content = hash_content(read_photo(path))
    if status is not None:
        index.note_content(path, status, content)
    return content


def _encode_all(
    sources: list[Source], store: PhotoStore, failures: list[KpuError]
) -> Iterator[tuple[Source, Stored]]:
    """Encode on both cores: Pillow works outside Python's lock."""
    if not sources:
        return
    pool = ThreadPoolExecutor(_WORKERS)
    try:
        waiting: list[tuple[Source, Future[Stored]]] = [
            (source, pool.submit(_encode, source, store)) for source in sources
        ]
        for source, future in waiting:
            try:
                yield source, future.result()
            except PhotoError as error:
                failures.append(error)
    finally:
        pool.shutdown(cancel_futures=True)  # after Ctrl-C nobody waits for a thousand photographs


def _encode(source: Source, store: PhotoStore) -> Stored:
    content = read_photo(source.path)
    # The file may have changed since it was looked at: what is stored belongs to what was read.
    key = _key(hash_content(content), is_cover=source.is_cover)
    return store.put(key, encode_photo(content, source.path, cover=source.is_cover))


def _key(content: bytes, *, is_cover: bool) -> str:
    parts = (content, _recipe(), b"cover" if is_cover else b"")
    return hash_content(b"\0".join(parts)).hex()


@cache
def _recipe() -> bytes:
    return recipe().encode()
