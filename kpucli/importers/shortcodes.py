"""WordPress's shortcodes: what they hold of words and pictures stays, they themselves go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from kpucli.i18n import _

_CAPTION = re.compile(
    r"\[caption[^\]]*\](?P<image>(?:<a [^>]*>)?\s*<img [^>]*>\s*(?:</a>)?)(?P<words>[^\[]*)"
    r"\[/caption\]"
)
_GALLERY = re.compile(r"\[gallery(?P<attributes>[^\]]*)\]")
_IDS = re.compile(r"\bids=[\"'“”]?([0-9, ]+)")
_EMBED = re.compile(r"\[(embed|youtube)\b[^\]]*?[ =\]](https?://[^\]\s\[]+)\]?(?:\[/\1\])?")
_ANY = re.compile(r"\[(?P<end>/?)(?P<name>[a-zA-Z][\w-]{1,40})(?P<attributes>\s[^\[\]]*|)\]")
_ATTRIBUTE = re.compile(r"\s[\w-]+\s*=")
_KNOWN = frozenset("gallery playlist audio video embed caption wpforms toc ads".split())


def expand_shortcodes(content: str, attachments: Mapping[str, str], lost: list[str]) -> str:
    """The content without shortcodes; `lost` tells of those whose meaning went with them.

    `[catatan]` is no shortcode: one has attributes, an end, an odd name or a known one.
    """
    content = _CAPTION.sub(r"<figure>\g<image><figcaption>\g<words></figcaption></figure>", content)
    content = _GALLERY.sub(lambda match: _show_gallery(match, attachments, lost), content)
    content = _EMBED.sub(r'<a href="\2">\2</a>', content)
    ended = {match["name"] for match in _ANY.finditer(content) if match["end"]}
    gone: dict[str, None] = {}

    def drop(match: re.Match[str]) -> str:
        name = match["name"]
        if not _is_shortcode(name, match["attributes"], ended):
            return match.group()
        gone[name] = None
        return ""

    content = _ANY.sub(drop, content)
    if gone:
        lost.append(_("Kode pendek dibuang: {names}.").format(names=", ".join(gone)))
    return content


def _is_shortcode(name: str, attributes: str, ended: set[str]) -> bool:
    return name in ended or name in _KNOWN or "_" in name or bool(_ATTRIBUTE.search(attributes))


def _show_gallery(match: re.Match[str], attachments: Mapping[str, str], lost: list[str]) -> str:
    ids = _IDS.search(match["attributes"])
    numbers = [number.strip() for number in ids[1].split(",")] if ids else []
    known = [attachments[number] for number in numbers if number in attachments]
    if len(known) < max(1, len(numbers)):
        lost.append(_("Galeri foto tidak dibawa seluruhnya."))
    return "".join(f'\n\n<figure><img src="{escape(address)}"></figure>\n\n' for address in known)
