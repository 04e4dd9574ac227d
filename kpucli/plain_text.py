"""Plain text as people paste it, turned into Markdown paragraphs that read the same."""

from __future__ import annotations

import re

# "[20/4/22 14.03.22] Humas: " and "20/04/22 14.03 - Humas: ", as WhatsApp copies messages.
_MESSAGE_HEADER = re.compile(
    r"^\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?\]?(?: -)? [^:\n]{1,60}: ",
    re.MULTILINE,
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BULLET = re.compile(r"^(?:[-*•●▪‣·–]|(\d{1,3})[.)])[ \t]+")
_SENTENCE_END = re.compile(r"[.!?:;…][”\"’')\]*_]*$")

_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_INLINE = re.compile(r"\\(?=[!-/:-@\[-`{-~])|[*`\[~]|(?<!\w)_|_(?!\w)")


def escape_markdown(text: str) -> str:
    """One paragraph of plain text as Markdown that shows exactly that text."""
    text = _INLINE.sub(r"\\\g<0>", text.strip(" \t"))
    text = _TAG.sub(r"\\<", _ENTITY.sub(r"\\&", text))
    if re.match(r"\d{1,9}[.)](?:\s|$)", text):
        return re.sub(r"^(\d+)", r"\1\\", text)
    return re.sub(r"^(?=[#>+=-])", r"\\", text)


def clean_message(text: str) -> str:
    """Markdown for a text pasted from WhatsApp, a mail or a word processor.

    Message headers and invisible characters go, spaces are evened out, broken lines joined,
    bullets and numbers become lists, `*bold*` and `_italic_` what they mean.
    """
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [
        re.sub(r"[ \t\u00a0]+", " ", line).strip()
        for line in _MESSAGE_HEADER.sub("", text).split("\n")
    ]
    blocks = _join_lines(lines)
    out: list[str] = []
    for block in blocks:
        marker, content = _split_marker(block)
        if out and not (marker and _split_marker(out[-1])[0]):
            out.append("")
        out.append(marker + _format(content))
    return "\n".join(out)


def _join_lines(lines: list[str]) -> list[str]:
    """Paragraphs and list items, each on one line."""
    has_blank_lines = any(not line for line in "\n".join(lines).strip("\n").split("\n"))
    blocks: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
        elif is_open and not _BULLET.match(line):
            blocks[-1] += f" {line}"
        else:
            blocks.append(line)
        if line:
            # Without blank lines, a line that ends a sentence ends its paragraph.
            is_open = has_blank_lines or not _SENTENCE_END.search(line)
    return blocks


def _split_marker(block: str) -> tuple[str, str]:
    match = _BULLET.match(block)
    if not match:
        return "", block
    marker = f"{match.group(1)}. " if match.group(1) else "- "
    return marker, block[match.end() :]


_BOLD = re.compile(r"(?<![\w\\])\\\*(?=\S)([^*\n]+?)(?<=\S)\\\*(?!\w)")
_ITALIC = re.compile(r"(?<![\w\\])\\_(?=\S)([^_\n]+?)(?<=\S)\\_(?!\w)")


def _format(text: str) -> str:
    escaped = escape_markdown(text)
    return _ITALIC.sub(r"*\1*", _BOLD.sub(r"**\1**", escaped))
