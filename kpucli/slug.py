"""Slugs: the form of addresses and tags."""

from __future__ import annotations

import re

from kpucli.errors import KpuError
from kpucli.headline import FUNCTION_WORDS
from kpucli.i18n import _

MAX_LENGTH = 80  # of an article's slug; longer file names trouble older hosts

# What Windows takes for a device, whatever ending follows ("Naming Files, Paths, and Namespaces").
DEVICE = r"(?:con|prn|aux|nul|(?:com|lpt)[1-9])"

_DEVICE_NAME = re.compile(rf"{DEVICE} *(?:\..*)?", re.IGNORECASE | re.DOTALL)
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def make_slug(text: str) -> str:
    """An article's slug for a title: lower-case ASCII words; "" if none is left.

    Apostrophes go first, so that "Jum'at" gives `jumat`. A long title is cut at a word, and not
    behind one that leaves the reader hanging ("…-sop-di"). A device's name gets a number.
    """
    slug = _slugify(text)
    if is_device(slug):
        return f"{slug}-1"
    if len(slug) <= MAX_LENGTH:
        return slug
    words = slug[: MAX_LENGTH + 1].split("-")[:-1]
    while len(words) > 1 and words[-1] in FUNCTION_WORDS:
        words.pop()
    return "-".join(words) or slug[:MAX_LENGTH]


def is_device(name: str) -> bool:
    """Whether Windows takes a file's or folder's name for a device, so that none can be made."""
    return _DEVICE_NAME.fullmatch(name) is not None


def describe_device(name: str) -> str:
    """Why such a name is refused, in a sentence."""
    return _("“{name}” nama perangkat di Windows; tidak dapat menjadi nama berkas.").format(
        name=name
    )


def refuse_device(name: str) -> None:
    """Raises `KpuError` for the name of a device."""
    if is_device(name):
        raise KpuError(describe_device(name), _("Pakai nama lain, misalnya rapat-pleno."))


def tag_key(tag: str) -> str:
    """What makes two tags the same: `SOP`, `sop` and `S.O.P` all give `sop`."""
    return tag if _KEY.fullmatch(tag) else _slugify(tag.replace(".", ""))


def _slugify(text: str) -> str:
    from slugify import slugify  # most tags are slugs already, and do without

    # Titles are no HTML: "&#233;" stays what it says, and "&#99999999999;" overflows.
    without_apostrophes = re.sub(r"['‘’ʼ`´]", "", text)
    return str(slugify(without_apostrophes, entities=False, decimal=False, hexadecimal=False))
