"""Which site a folder holds: a name made of its paths and contents, kept in the folder itself.

The name is a sum of one SHA-256 a file, so that a small change is a few additions, and it is the
same whichever way the site came about: a build from nothing and many small changes agree.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass

MARKER = ".kpucli-situs"

_TEXT = "Folder ini dibuat oleh `kpucli publish`; isinya diganti pada tiap penerbitan.\n"
_NAME = re.compile(r"([0-9a-f]{64}) ([0-9]{1,12})")
_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Generation:
    """The sum over a site's files, and how many there are."""

    total: int = 0
    files: int = 0

    def add(self, path: str, content: bytes) -> Generation:
        """The site with one file more."""
        return Generation((self.total + _weigh(path, content)) % _MODULUS, self.files + 1)

    def remove(self, path: str, content: bytes) -> Generation:
        """The site without a file that it has."""
        return Generation((self.total - _weigh(path, content)) % _MODULUS, self.files - 1)

    def join(self, other: Generation) -> Generation:
        """The site with all files of another."""
        return Generation((self.total + other.total) % _MODULUS, self.files + other.files)

    def without(self, other: Generation) -> Generation:
        """The site without the files of another, all of which it has."""
        return Generation((self.total - other.total) % _MODULUS, self.files - other.files)

    def __str__(self) -> str:
        """The name: 64 hexadecimal digits, a space, the number of files."""
        return f"{self.total:064x} {self.files}"


def parse_generation(name: str) -> Generation | None:
    """What `str` made a name of; None if it is none."""
    found = _NAME.fullmatch(name)
    return Generation(int(found[1], 16), int(found[2])) if found else None


def read_generation(folder: str | os.PathLike[str]) -> Generation | None:
    """The generation of the site in a folder; None where that is no whole site of ours."""
    try:
        with open(f"{os.fspath(folder)}/{MARKER}", encoding="utf-8") as file:  # noqa: PTH123
            lines = file.read(1000).splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return parse_generation(lines[1]) if len(lines) > 1 else None


def make_marker(generation: Generation | None) -> bytes:
    """The marker's content; None stands for a site that is just being changed."""
    return (_TEXT if generation is None else f"{_TEXT}{generation}\n").encode()


def _weigh(path: str, content: bytes) -> int:
    digest = hashlib.sha256(content)
    digest.update(b"\0" + path.encode("utf-8", "surrogateescape"))
    return int.from_bytes(digest.digest(), "big")
