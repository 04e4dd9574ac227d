"""Slugs: the form of addresses and tags."""

from __future__ import annotations

import re

from slugify import slugify

from kpucli.headline import FUNCTION_WORDS

MAX_LENGTH = 80  # of an article's slug; longer file names trouble older hosts


def make_slug(text: str) -> str:
    """An article's slug for a title: lower-case ASCII words; "" if none is left.

    Apostrophes go first, so that "Jum'at" gives `jumat`. A long title is cut at a word, and not
    behind one that leaves the reader hanging ("…-sop-di").
    """
    words = str(slugify(_without_apostrophes(text))).split("-")
    if len("-".join(words)) > MAX_LENGTH:
        words = str(
            slugify("-".join(words), max_length=MAX_LENGTH, word_boundary=True, save_order=True)
        ).split("-")
        while len(words) > 1 and words[-1] in FUNCTION_WORDS:
            words.pop()
    return "-".join(words)


def tag_key(tag: str) -> str:
    """What makes two tags the same: `SOP`, `sop` and `S.O.P` all give `sop`."""
    return str(slugify(_without_apostrophes(tag).replace(".", "")))


def _without_apostrophes(text: str) -> str:
    return re.sub(r"['‘’ʼ`]", "", text)
