"""The office's own words: `kamus.txt` beside the configuration, a word a line.

A word in small letters is accepted however it is capitalised, one with capitals as it stands and
in capitals throughout. `#` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kpucli.change import Change
from kpucli.config import Config
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.text_file import read_text

FILE_NAME = "kamus.txt"

_MOST_BYTES = 1024**2
_WORD = re.compile(r"[^\W_](?:[\w'’.&/-]*\w)?")


def dictionary_path(config: Config) -> Path:
    """Where the office's words are."""
    return config.root / FILE_NAME


def read_words(config: Config) -> frozenset[str]:
    """The office's words; none where there is no file. Raises `KpuError` for one not readable."""
    return frozenset(filter(None, map(_entry, _read_lines(dictionary_path(config)))))


def is_accepted(word: str, words: frozenset[str]) -> bool:
    """Whether the office's words allow `word`, written as it is."""
    return word in words or word.lower() in words or (word.isupper() and _in_capitals(word, words))


def add_words(config: Config, words: Iterable[str]) -> tuple[Change, list[str]]:
    """The change that adds words in their alphabetical places, and those that were not there.

    Comments stay above the word that they stand above. Raises `KpuError` for what is no word.
    """
    path = dictionary_path(config)
    lines = _read_lines(path)
    known = {_entry(line) for line in lines}
    new = [word for word in dict.fromkeys(map(_checked, words)) if word not in known]
    before = path.read_bytes() if lines or path.exists() else None
    if not new:
        return Change(path, before, before or b""), new
    head, blocks, tail = _divide(lines)
    blocks += [[word] for word in new]
    blocks.sort(key=lambda block: _order(block[-1]))
    text = "\n".join([*head, *(line for block in blocks for line in block), *tail]) + "\n"
    return Change(path, before, text.encode()), new


def _read_lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    if not path.is_file():  # a device or a pipe would never end
        raise KpuError(_("Ini bukan berkas biasa; tidak dibaca."), path=path)
    return read_text(path, max_bytes=_MOST_BYTES).splitlines()


def _entry(line: str) -> str:
    return line.partition("#")[0].strip()


def _order(line: str) -> tuple[str, str]:
    word = _entry(line)
    return word.casefold(), word


def _in_capitals(word: str, words: frozenset[str]) -> bool:
    return any(word == other.upper() for other in words if len(other) == len(word))


def _checked(word: str) -> str:
    word = word.strip()
    if not _WORD.fullmatch(word):
        raise KpuError(
            _("“{word}” bukan satu kata.").format(word=word),
            _("Tulis kata demi kata, tanpa spasi dan tanda baca."),
        )
    return word


def _divide(lines: Sequence[str]) -> tuple[list[str], list[list[str]], list[str]]:
    """The opening comment, each word below its own comments, and what stands below the last."""
    start = 0
    while start < len(lines) and lines[start].startswith("#"):
        start += 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    blocks: list[list[str]] = []
    block: list[str] = []
    for line in lines[start:]:
        block.append(line)
        if _entry(line):
            blocks.append(block)
            block = []
    return list(lines[:start]), blocks, block
