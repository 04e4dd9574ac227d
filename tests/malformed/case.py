"""Articles that are malformed, hostile, or odd and yet sound: what each must come to.

Every text begins with `Mulai NAME.` and ends with `Tamat NAME.`, so that a page shows whether it
has all of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Verdict(Enum):
    """What must become of a case."""

    REFUSED = "refused"  # named, with exit code 1, and not a byte of the site is written
    SHOWN = "shown"  # published from its first word to its last
    HIDDEN = "hidden"  # read and listed, but not to be public: a draft, not yet due
    PASSED_OVER = "passed over"  # no article: an editor's or another program's file


Maker = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """A file (or several) below `articles/`; `named` are those that must be named where refused."""

    name: str
    verdict: Verdict
    files: Mapping[str, bytes | Maker]
    named: tuple[str, ...]

    def write(self, articles: Path) -> None:
        """Put the files where they belong."""
        for name, content in self.files.items():
            path = Path(os.fsdecode(os.fsencode(articles / name)))
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(path)
            else:
                path.write_bytes(content)


def make_case(name: str, verdict: Verdict, content: bytes | Maker, path: str = "") -> Case:
    """The case of one file, in the folder of 2022 unless `path` says where."""
    place = path or f"2022/{name}.md"
    return Case(name, verdict, {place: content}, (place,))


def refused(name: str, content: bytes | str | Maker, path: str = "") -> Case:
    """A file that must be refused."""
    return make_case(name, Verdict.REFUSED, _encode(content), path)


def shown(name: str, content: bytes | str, path: str = "") -> Case:
    """An article that must be published."""
    return make_case(name, Verdict.SHOWN, _encode(content), path)


def _encode(content: bytes | str | Maker) -> bytes | Maker:
    return content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content


def body(name: str, text: str = "Rapat dibuka di aula kantor.") -> str:
    """A text between its first and last words."""
    return f"Mulai {name}.\n\n{text}\n\nTamat {name}.\n"


def article(name: str, *fields: str, text: str = "Rapat dibuka di aula kantor.") -> str:
    """A sound article but for the fields and the text given; those given replace the usual."""
    given = {field.partition("=")[0].strip() for field in fields}
    usual = {
        "title": f'title = "Berita {name.replace("-", " ")}"',
        "date": "date = 2022-04-20T09:00:00+07:00",
    }
    lines = [line for key, line in usual.items() if key not in given]
    return "\n".join(["+++", *lines, *fields, "+++", "", body(name, text)])
