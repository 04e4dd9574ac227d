"""How long a text is, as the networks count."""

from __future__ import annotations

import re
import unicodedata

# X's configuration of twitter-text, version 3: code points of weight 1; all others weigh 2.
_LIGHT = re.compile(
    # An emoji weighs 2 as a whole, and these two can be one.
    "[\x00-\xa8\xaa-\xad\xaf-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]"
)
_LINK_LENGTH = 23  # of any address, which X replaces by one of t.co

# Addresses that X surely makes links, up to where it surely sees their end.
_LINK = re.compile(
    r"(?<!\S)https?://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
    r"\.(?:id|com|net|org)(?:/(?:[\w-]+/)*(?:[\w-]*[a-z0-9])?)?(?!\S)",
    re.ASCII | re.IGNORECASE,
)
_ENDINGS = (".id", ".com", ".net", ".org")
# What it may make one, as "kpu.go.id" without more; which endings exist, only it knows.
_PERHAPS_LINK = re.compile(
    r"([^\W_][\w-]*(?:\.[\w-]+)*?\.[a-z]{2,})((?:\.[\w-]+)*)", re.ASCII | re.IGNORECASE
)
_HASHTAG = re.compile(r"#\w")


def count_utf16(text: str) -> int:
    """The code units of UTF-16: what JavaScript, Java and Objective-C call the length.

    TikTok says so of its captions ("UTF-16 runes", Content Posting API). Meta does not say what
    it counts; no other usual way gives more.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def count_weighted(text: str) -> int:
    """What X counts: characters by weight after NFC, 23 for an address.

    See docs.x.com, "Counting characters". Where it cannot be told here what X will count (which
    bare domains exist, which sequences are one emoji), the greater number is taken.
    """
    text = unicodedata.normalize("NFC", text)
    without_links, links = _LINK.subn(" ", text)
    total = links * _LINK_LENGTH - links + _weigh(without_links)
    for shortest, rest in _PERHAPS_LINK.findall(without_links):
        address = shortest + rest
        is_whole = address.lower().endswith(_ENDINGS)
        total += max(_LINK_LENGTH - _weigh(address if is_whole else shortest), 0)
    return total


def _weigh(text: str) -> int:
    return 2 * len(text) - len(_LIGHT.findall(text))


def count_hashtags(text: str) -> int:
    """The hashtags in a text."""
    return len(_HASHTAG.findall(text))
