"""How meN- and peN- join a root: menulis, memukul, mengecek, and back again.

A first k, p, t or s before a vowel melts; clusters (proses, transfer, kritik, syukur) and kh stay;
a root of one syllable takes menge-.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

VOWELS = frozenset("aiueo")
MELTING = {"p": "m", "t": "n", "s": "ny", "k": "ng"}

# Roots whose first letter stays although a vowel follows.
UNMELTED = frozenset({"kaji", "punya"})
_PLAIN = frozenset("lmnrwy")
_LABIAL = frozenset("bfv")
_DENTAL = frozenset("dcjz")

# Short roots that look like one syllable and are.
_ONE_SYLLABLE = re.compile(r"[^aiueo]*[aiueo][^aiueo]*\Z")
_ONE_SYLLABLE_EXCEPTIONS = frozenset({"ya", "tau", "jin", "hak", "hal", "syah"})


def is_one_syllable(root: str) -> bool:
    """Whether a root takes menge-: cek, bom, las."""
    return bool(_ONE_SYLLABLE.match(root)) and root not in _ONE_SYLLABLE_EXCEPTIONS


def nasalise(prefix: str, root: str) -> str:
    """`prefix` (me or pe) joined to a root: me + tulis = menulis."""
    if is_one_syllable(root):
        return f"{prefix}nge{root}"
    first = root[0]
    if first in MELTING and root not in UNMELTED and root[1:2] in VOWELS:
        return f"{prefix}{MELTING[first]}{root[1:]}"
    if prefix == "pe" and root.startswith("pr"):
        return f"pem{root[1:]}"  # pemrosesan, though memproses
    return f"{prefix}{_nasal_before(first)}{root}"


def _nasal_before(first: str) -> str:
    if first in _PLAIN:
        return ""
    if first in _LABIAL or first == "p":
        return "m"
    if first in _DENTAL or first in "ts":
        return "n"
    return "ng"


def denasalise(rest: str) -> Iterator[str]:
    """What may stand behind a nasal, given what follows me or pe: nulis → tulis."""
    if rest.startswith("nge") and len(rest) > 5:
        yield rest[3:]
    if rest.startswith("ng"):
        yield from _behind(rest[2:], "k", "ghkq")
    elif rest.startswith("ny"):
        if rest[2:3] in VOWELS:
            yield "s" + rest[2:]
        yield rest
    elif rest.startswith("n"):
        yield from _behind(rest[1:], "t", "dcjzts", melted_vowels_only=True)
        yield rest
    elif rest.startswith("m"):
        yield from _behind(rest[1:], "p", "bfvp", melted_vowels_only=True)
        if rest.startswith("mr"):
            yield "p" + rest[1:]
        yield rest
    elif rest[:1] in _PLAIN:
        yield rest


def _behind(
    stem: str, melted: str, kept: str, *, melted_vowels_only: bool = False
) -> Iterator[str]:
    first, second = stem[:1], stem[1:2]
    if first in VOWELS:
        yield melted + stem
        if not melted_vowels_only:
            yield stem
    elif first and first in kept and not _should_melt(stem, first, second):
        yield stem


def _should_melt(stem: str, first: str, second: str) -> bool:
    """Whether a kept first letter should have melted: mempukul."""
    if first not in MELTING or second not in VOWELS:
        return False
    return not any(stem.startswith(root) for root in UNMELTED)
