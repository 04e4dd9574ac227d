"""Rules' examples as files: see `kpucli.lint.rule` for how an example is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta, timezone
from io import BytesIO
from pathlib import Path

from PIL import Image

from kpucli.archive import Archive
from kpucli.article import Article
from kpucli.lint.rule import Rule
from kpucli.lint.selection import all_rules

WIB = timezone(timedelta(hours=7), "WIB")
HOME = "2022/contoh.md"
DEFAULTS = {"title": 'title = "Judul Contoh"', "date": "date = 2022-04-20T08:00:00+07:00"}

_FILE = re.compile(r"^--- (\S.*)\n", re.MULTILINE)
_FIELD = re.compile(r"‹?\w+›? = |\[‹?\w+›?\]\n")


@dataclass(frozen=True)
class Mark:
    """Where an example says that something is wrong: a finding's place."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


def files(example: str) -> dict[str, str]:
    """The files of an example by their path, marks still in them."""
    pieces = _FILE.split(example)
    if len(pieces) == 1:
        return {HOME: complete(example)}
    assert not pieces[0]
    pairs = zip(pieces[1::2], pieces[2::2], strict=True)
    return {path: complete(text) if path.endswith(".md") else text for path, text in pairs}


def complete(text: str) -> str:
    """A whole article of an example's text."""
    if text.replace("‹", "").replace("›", "").startswith("+++"):
        return text
    fields, divider, body = text.partition("\n+++\n")
    if not divider:
        fields, body = (text, "Isi berita.") if _FIELD.match(text) else ("", text)
    missing = [
        line
        for name, line in DEFAULTS.items()
        if not re.search(rf"^{name} =", fields, re.MULTILINE)
    ]
    lines = "\n".join([*missing, *([fields.rstrip("\n")] if fields else [])])
    return f"+++\n{lines}\n+++\n\n{body}\n"


def put(example: str, root: Path) -> tuple[Archive, list[Mark]]:
    """Write an example's files below `root`; the archive they make, and the marked places."""
    marks = []
    for path, text in files(example).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        is_photo = text.strip() == "isi foto"
        file.write_bytes(make_photo() if is_photo else unmarked(text).encode())
        marks += find_marks(text, path)
    return Archive(root, WIB), marks


def make_photo() -> bytes:
    """What stands for "isi foto" in an example."""
    file = BytesIO()
    Image.new("RGB", (8, 6), (138, 20, 24)).save(file, "JPEG")
    return file.getvalue()


def unmarked(text: str) -> str:
    return text.replace("‹", "").replace("›", "")


def find_marks(text: str, path: str) -> list[Mark]:
    places = []
    line = column = 1
    for character in text:
        if character in "‹›":
            places.append((line, column))
        elif character == "\n":
            line, column = line + 1, 1
        else:
            column += 1
    pairs = zip(places[::2], places[1::2], strict=True)
    return [Mark(path, *start, *end) for start, end in pairs]


def cases(kind: str) -> list[tuple[str, Rule, str]]:
    """Every rule's `bad` or `good` examples, with an id."""
    return [
        (f"{rule.code}-{index}", rule, example)
        for rule in all_rules()
        for index, example in enumerate(getattr(rule, kind))
    ]


def article(text: str, path: str = "articles/2022/contoh.md") -> Article:
    """The article that a text makes, completed as an example is."""
    from kpucli.article import parse_article

    return parse_article(complete(text).encode(), Path(path), WIB)
