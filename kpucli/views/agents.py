"""Programs that give themselves away by their user agent."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

# Every browser that people read news with says one of these first; programs often say their name.
_BROWSER = re.compile(r"(?:Mozilla|Opera|UCWEB|Nokia|BlackBerry)[/0-9A-Z]")
_BARE = re.compile(r"Mozilla/[0-9.]+(?: \(compatible;?\))?")
_LITERAL = re.compile(r"(?:[\w /:;,@%#~=!<>&'\"-]|\\\W)+")
_PROBE = 4  # characters: with fewer, too many of the list's names have to be tried


@lru_cache(maxsize=65536)
def is_robot(agent: bytes) -> bool:
    """Whether a user agent is that of a program, by its form and the list `crawler-user-agents`.

    An empty one, `-` in a log, is: browsers always send one.
    """
    text = agent.decode("utf-8", "replace")
    if not _BROWSER.match(text) or _BARE.fullmatch(text):
        return True
    names, others = _load_list()
    probes = {text[start : start + _PROBE] for start in range(len(text) - _PROBE + 1)}
    found = (name for probe in probes & names.keys() for name in names[probe])
    return any(name in text for name in found) or others.search(text) is not None


@cache
def _load_list() -> tuple[dict[str, list[str]], re.Pattern[str]]:
    """The list's plain names by how they begin, and one pattern for what is more than a name.

    As one pattern the whole list takes 400 µs an agent, this way about 10.
    """
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA  # half a megabyte of JSON

    names: dict[str, list[str]] = defaultdict(list)
    others = []
    for item in CRAWLER_USER_AGENTS_DATA:
        pattern: str = item["pattern"]
        name = re.sub(r"\\(\W)", r"\1", pattern)
        if _LITERAL.fullmatch(pattern) and len(name) >= _PROBE:
            names[name[:_PROBE]].append(name)
        else:
            others.append(pattern)
    return dict(names), re.compile("|".join(f"(?:{pattern})" for pattern in others))
