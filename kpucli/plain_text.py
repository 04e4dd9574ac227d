"""Plain text as people paste it, turned into Markdown paragraphs that read the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import partial
from string import ascii_letters

from kpucli.visible import drop_invisible

_INLINE = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)|[*`\[~]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=\S|\Z)")

# What Markdown makes a link by itself, up to the blank or "<" where it ends; and those of which
# it surely does, so that nothing inside needs to be escaped, or could be.
_ADDRESS_HEAD = re.compile(r"(?i:https?|ftp):(?=//)|www(?=\.)")
_ADDRESS = re.compile(rf"(?:{_ADDRESS_HEAD.pattern})[^ \t<]*")
_SURE_ADDRESS = re.compile(
    r"(?:(?<![A-Za-z])(?i:https?|ftp)://|(?<![^ \t(])www\.)"
    r"[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?#:][^ \t<]*)?"
)
_NEEDS_ESCAPE = re.compile(r"[\\*`\[~_&]")

# "[20/4 14.03] Humas: ", "[20/4/22 14.03.22] Humas: " and "20/04/22 14.03 - Humas: ", as WhatsApp
# copies messages.
_DAY, _YEAR = r"\d{1,2}[/.-]\d{1,2}", r"[/.-]\d{2,4}"
_TIME = r",? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: [AP]M)?"
_MESSAGE_HEADER = re.compile(
    rf"(?:\[{_DAY}(?:{_YEAR})?{_TIME}\]|{_DAY}{_YEAR}{_TIME} -) [^:]{{1,60}}:(?: |$)"
)
# What WhatsApp itself says in a copied conversation.
_SERVICE_LINE = re.compile(
    r"[_*]?(?:(?:di)?teruskan(?: berkali-kali)?|forwarded(?: many times)?|"
    r"<?(?:media|gambar|video|stiker|audio|dokumen|image|sticker|document) (?:tidak disertakan|"
    r"omitted)>?|pesan ini (?:telah )?dihapus|this message was deleted)[_*]?",
    re.IGNORECASE,
)
_MENTIONED_NUMBER = re.compile(r" ?@\d{9,15}\b")
_MONOSPACE = re.compile(r"```[ \t]*([^`]*[^`\s])[ \t]*```")
_BULLET = re.compile(r"(?:[-*•●▪◦○■►➢‣·–]|(\d{1,3})[.)]) ")
_SENTENCE_END = re.compile(r"[.!?:;…][”\"’')\]*_]*$")
# Marks of emphasis, when escaped. One beside another is left alone: Markdown would join the two.
_EMPHASIS = {
    "***": re.compile(
        r"(?<![\w\\*_])(?:\\\*\\_|\\_\\\*)([^\s\\](?:[^*_]*[^*_\s\\])?)(?:\\_\\\*|\\\*\\_)(?!\w|\\[*_])"
    ),
    "**": re.compile(r"(?<![\w\\*_])\\\*(?=\S)([^*]*[^*\s\\])\\\*(?!\w|\\[*_])"),
    "~~": re.compile(r"(?<![\w\\~])\\~(?=\S)([^~]*[^~\s\\])\\~(?!\w|\\~)"),
    "*": re.compile(r"(?<![\w\\_])\\_(?=\S)((?:[^_*]|\*\*[^_*]+\*\*)*[^_*\s\\])\\_(?!\w|\\_)"),
}


def escape_markdown(text: str) -> str:
    """One paragraph of plain text as Markdown that shows exactly that text.

    Line ends in it become blanks.
    """
    return escape_line_start(escape_words(" ".join(text.splitlines()).strip(" \t")))


def escape_words(text: str) -> str:
    """Plain text as Markdown inside a line; see `escape_line_start` for where it begins."""
    parts: list[str] = []
    position = 0
    for match in _ADDRESS.finditer(text):
        parts += (_escape(text[position : match.start()]), _escape_address(match))
        position = match.end()
    return "".join([*parts, _escape(text[position:])])


def escape_line_start(line: str) -> str:
    """Markdown inside a line, made safe where it begins one: no list, heading or quotation."""
    if re.match(r"\d{1,9}[.)](?:\s|$)", line):
        return re.sub(r"^(\d+)", r"\1\\", line)
    return re.sub(r"^(?=[#>+=-])", r"\\", line)


def _escape(text: str) -> str:
    text = _TAG.sub(r"\\<", _ENTITY.sub(r"\\&", _INLINE.sub(r"\\\g<0>", text)))
    # Escaped by a backslash, a comment would still be one to whoever looks for `<!--`.
    return text.replace(r"\<!--", "&lt;!--")


def _escape_address(match: re.Match[str]) -> str:
    """An address as it is where Markdown links it as it is; else so that it links nothing."""
    address = match.group()
    linked = _find_end(address)
    sure = _SURE_ADDRESS.match(match.string, match.start())
    is_sure = sure is not None and sure.end() >= match.start() + linked
    ends_well = not match.string.startswith("<", match.end())
    if ends_well and not _NEEDS_ESCAPE.search(address, linked if is_sure else 0):
        return address
    return _ADDRESS_HEAD.sub(r"\g<0>\\", _escape(address))


def _find_end(address: str) -> int:
    """Where the address ends without what Markdown takes to be the sentence's own behind it."""
    end = len(address)
    unopened = address.count(")") - address.count("(")
    while end:
        mark = address[end - 1]
        if mark == ")" and unopened > 0:
            unopened -= 1
        elif mark == ";":
            start = len(address[: end - 1].rstrip(ascii_letters))
            if start < end - 1 and address[:start].endswith("&"):
                end = start
        elif mark not in "?!.,:*_~'\"":
            break
        end -= 1
    return end


def clean_message(text: str) -> str:
    """Markdown for a text pasted from WhatsApp, a mail or a word processor.

    Message headers, with the names and telephone numbers in them, and invisible characters go,
    spaces are evened out, broken lines joined, bullets and numbers become lists, `*bold*`,
    `_italic_`, `~struck~` and three backticks what they mean.
    """
    lines = drop_invisible("\n".join(text.splitlines())).split("\n")
    out: list[str] = []
    was_item = False
    for message in _split_messages(" ".join(line.split()) for line in lines):
        for block in _join_lines(message):
            marker, content = _split_marker(block)
            if out and not (marker and was_item):
                out.append("")
            out.append(marker + _format(content))
            was_item = bool(marker)
    return "\n".join(out)


def _split_messages(lines: Iterable[str]) -> list[list[str]]:
    """The lines of each message, without its header; one message where there are no headers."""
    messages: list[list[str]] = [[]]
    for line in lines:
        header = _MESSAGE_HEADER.match(line)
        if header:
            messages.append([])
            line = line[header.end() :]
        if not _SERVICE_LINE.fullmatch(line):
            messages[-1].append(_MENTIONED_NUMBER.sub("", line))
    return messages


def _join_lines(lines: list[str]) -> list[str]:
    """Paragraphs and list items, each on one line."""
    has_blank_lines = "" in "\n".join(lines).strip("\n").split("\n")
    blocks: list[list[str]] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
            continue
        if is_open and not _BULLET.match(line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
        # Without blank lines, a line that ends a sentence ends its paragraph.
        is_open = has_blank_lines or not _SENTENCE_END.search(line)
    return [" ".join(block) for block in blocks]


def _split_marker(block: str) -> tuple[str, str]:
    match = _BULLET.match(block)
    if not match:
        return "", block
    marker = f"{match.group(1)}. " if match.group(1) else "- "
    return marker, block[match.end() :]


def _format(text: str) -> str:
    """A block's words with the marks of a message, as Markdown; in code nothing is a mark."""
    parts = _MONOSPACE.split(text.strip(" \t"))
    parts[::2] = [_format_words(part) for part in parts[::2]]
    parts[1::2] = [f"`{part}`" for part in parts[1::2]]
    return escape_line_start("".join(parts))


def _format_words(text: str) -> str:
    text = escape_words(text)
    for mark, pattern in _EMPHASIS.items():
        text = pattern.sub(partial(_emphasise, mark), text)
    return text


def _emphasise(mark: str, match: re.Match[str]) -> str:
    """The marked words with Markdown's mark, unless it would not take it for one there."""
    before, inner = match.string[: match.start()][-1:], match.group(1)
    after = match.string[match.end() :][:1]
    opens = inner[0].isalnum() or _is_boundary(before)
    closes = inner[-1].isalnum() or _is_boundary(after)
    return f"{mark}{inner}{mark}" if opens and closes else match.group()


def _is_boundary(character: str) -> bool:
    return not character.strip() or unicodedata.category(character).startswith("P")
