"""Slips at the end of a word that could be another word's affix: memasukan, kebiasan, permasalah.

Such a form may be made of some rare root (pasu, bias); where only its twin is ever seen, that is
what was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

Test = Callable[[str], bool]

_ENCLITICS = ("nya", "lah", "kah")
_MINIMUM = 7


def right_ending(word: str, is_seen: Test, *, is_known: bool) -> str | None:
    """The frequent word of which this unseen one is a slip; `is_known` if affixes explain it."""
    tail = next((tail for tail in _ENCLITICS if word.endswith(tail)), "")
    base = word.removesuffix(tail)
    if len(base) < _MINIMUM or is_seen(base):
        return None
    twins = _doublings(base) if is_known else (*_doublings(base), *_suffixes(base))
    return next((twin + tail for twin in twins if is_seen(twin)), None)


def _doublings(base: str) -> Iterator[str]:
    """One letter for two where a suffix begins, or two for one."""
    if base.endswith("kkan"):
        yield base[:-4] + "kan"
    elif base.endswith("kan"):
        yield base[:-3] + "kkan"
    elif base.endswith("an") and not base.endswith("aan"):
        yield base[:-2] + "aan"


def _suffixes(base: str) -> Iterator[str]:
    """A suffix that is missing, or that goes with another prefix."""
    if base.startswith(("pe", "ke")) and base.endswith("kan"):
        yield base[:-3] + "an"
    if base.startswith(("per", "ke")) and len(base) > _MINIMUM and not base.endswith("an"):
        yield base + "an"
    if base.startswith(("di", "me")) and base.endswith("an"):
        yield base[:-2] + "kan"
        yield base[:-2] + "akan"
