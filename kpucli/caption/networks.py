"""The networks, and what a caption may be there.

The limits themselves are in the configuration (`[caption.characters]`, `[caption.hashtags]`),
for networks change them. The defaults, as of the end of 2026:

- X: 280 weighted characters (docs.x.com, "Counting characters"); no limit of hashtags, but its
  help pages advise against more than a few, and space is short.
- Instagram: 2,200 characters (Instagram Platform, IG User Media); 5 hashtags, which it announced
  on 18 December 2025, instead of 30 before.
- TikTok: 2,200 UTF-16 units by its Content Posting API (the app takes up to 4,000); 5 hashtags
  since August 2025.
- Facebook: 63,206 characters; no limit of hashtags known.
- WhatsApp: 65,536 characters in a message; a status takes 700.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kpucli.caption.counting import count_utf16, count_weighted


@dataclass(frozen=True, slots=True)
class Network:
    """`is_short`: the summary is enough; `has_links`: an address in a caption can be followed.

    `bold` is the mark around bold words, "" where there is none.
    """

    key: str
    name: str
    count: Callable[[str], int]
    is_short: bool = False
    has_links: bool = True
    bold: str = ""


NETWORKS = (
    Network("instagram", "Instagram", count_utf16, has_links=False),
    Network("x", "X", count_weighted, is_short=True),
    Network("tiktok", "TikTok", count_utf16, is_short=True, has_links=False),
    Network("facebook", "Facebook", count_utf16),
    Network("whatsapp", "WhatsApp", count_utf16, bold="*"),
)
