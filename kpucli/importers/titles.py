"""Titles of texts that have no field for one."""

from __future__ import annotations

import re
from pathlib import Path

from kpucli.headline import is_all_caps

_LONGEST = 160  # characters; the longest titles of KPU offices have some 140
_LONGEST_PLAIN = 110  # of a line that neither bold nor capitals make a title
_DATELINE = re.compile(r"[–—-] |\bkpu\.|\.go\.id|^[A-Z][\w ]+, \d", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!:;,][”\"’')]*\Z")


def is_headline(line: str, *, is_bold: bool = False) -> bool:
    """Whether a text's first line is its title: short, and no sentence."""
    if not line or len(line) > _LONGEST or _SENTENCE_END.search(line):
        return False
    if is_bold or is_all_caps(line):
        return True
    return len(line) <= _LONGEST_PLAIN and not _DATELINE.search(line)


def name_of(path: Path) -> str:
    """A title made of a file's name: `apel_senin-2.docx` is "Apel senin 2"."""
    words = re.sub(r"[\s_-]+", " ", path.stem).strip()
    return words[:1].upper() + words[1:] if words else path.name


def first_words(text: str, count: int = 10) -> str:
    """A title made of a text's first words."""
    words = text.split()
    return " ".join(words[:count]) + ("…" if len(words) > count else "")
