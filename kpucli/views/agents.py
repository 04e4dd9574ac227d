"""Programs that give themselves away by their user agent."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

# Every browser that people read news with says one of these first; programs often say their name.
_BROWSER = re.compile(r"(?:Mozilla|Opera|UCWEB|Nokia|BlackBerry)[/0-9A-Z]")
_BARE = re.compile(r"Mozilla/[0-9.]+(?: \(compatible;?\))?")
_LITERAL = re.compile(r"(?:[\w /:;,@%#~=!<>&'\"-]|\\\W)+")
_ATOM = r"(?:\\.|\[[^\]]*\]|\([^()]*\)|[^\\])"
# What may be different in what a pattern matches: whatever is repeated, classes, groups, anchors.
_VARIABLE = re.compile(rf"{_ATOM}[?*+{{]|\\.|\[[^\]]*\]|\([^()]*\)|[\^$.}}]")
_LONGEST = 1024  # bytes; those of browsers inside of other programs have up to 500
_PROBE = 4  # characters: with fewer, too many of the list's names have to be tried


def is_robot(agent: bytes) -> bool:
    """Whether a user agent is that of a program, by its form and the list `crawler-user-agents`.

    An empty one, `-` in a log, is: browsers always send one.
    """
    return len(agent) > _LONGEST or _is_listed(agent)


@lru_cache(maxsize=8192)
def _is_listed(agent: bytes) -> bool:
    text = agent.decode("utf-8", "replace")
    if not _BROWSER.match(text) or _BARE.fullmatch(text):
        return True
    names, others = _load_list()
    probes = {text[start : start + _PROBE] for start in range(len(text) - _PROBE + 1)}
    found = (name for probe in probes & names.keys() for name in names[probe])
    return any(_is_in(name, text) for name in found) or others.search(text) is not None


def _is_in(name: str | re.Pattern[str], text: str) -> bool:
    return name in text if isinstance(name, str) else name.search(text) is not None


@cache
def _load_list() -> tuple[dict[str, list[str | re.Pattern[str]]], re.Pattern[str]]:
    """The list's names and patterns by how what is always in them begins; those without such.

    As one pattern the whole list takes 400 µs an agent, this way about 10.
    """
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA  # half a megabyte of JSON

    names: dict[str, list[str | re.Pattern[str]]] = defaultdict(list)
    others = []
    for item in CRAWLER_USER_AGENTS_DATA:
        pattern: str = item["pattern"]
        for part in [pattern] if "(" in pattern else pattern.split("|"):
            name: str | re.Pattern[str]
            if _LITERAL.fullmatch(part):
                name = re.sub(r"\\(\W)", r"\1", part)
                always = [name]
            else:
                name, always = re.compile(part), _VARIABLE.split(part)
            start = max(always, key=len)[:_PROBE]
            if len(start) == _PROBE and "|" not in "".join(always):
                names[start].append(name)
            else:
                others.append(part)
    return dict(names), re.compile("|".join(f"(?:{part})" for part in others))
