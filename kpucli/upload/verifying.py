"""Comparing what a target is said to have with what it has."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from kpucli.upload.connection import Connection, Found
from kpucli.upload.plan import UNKNOWN, Item
from kpucli.upload.site import OURS


def find_foreign(found: Mapping[str, Found], known: Mapping[str, str]) -> list[str]:
    """The files on a target that no upload of ours has brought."""
    return sorted(path for path in found if path not in known and not path.startswith(OURS))


def verify(
    known: Mapping[str, str],
    found: Mapping[str, Found],
    items: Mapping[str, Item],
    make_content: Callable[[Item], bytes],
    connection: Connection,
) -> dict[str, str]:
    """The marks of what the target really has: of the `known`, and of what is to be there.

    Where a target does not tell a file's MD5, the file is fetched. What is neither known nor to be
    there is left out.
    """
    marks: dict[str, str] = {}
    for path, item in items.items():
        if path in found:
            content = make_content(item)
            is_same = _is_same(path, content, found[path], connection)
            marks[path] = item.mark if is_same else UNKNOWN
    left = (path for path in known if path in found and path not in items)
    return {**marks, **{path: known[path] for path in left}}


def _is_same(path: str, content: bytes, found: Found, connection: Connection) -> bool:
    if found.size != len(content):
        return False
    if found.md5 is not None:
        return hashlib.md5(content, usedforsecurity=False).hexdigest() == found.md5
    return connection.read(path) == content
