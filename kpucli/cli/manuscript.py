"""What `kpucli new --from` starts from: a document, a pasted text, or Markdown."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kpucli.archive import MAX_BYTES
from kpucli.cli.terminal import notice
from kpucli.draft import Photograph
from kpucli.errors import KpuError
from kpucli.headline import settle_case
from kpucli.i18n import _
from kpucli.text_file import decode_text, read_text
from kpucli.visible import clean_line

if TYPE_CHECKING:
    from kpucli.importers.item import ImportedItem


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text that was handed in; `title` is the one on top of it, "" where there is none."""

    body: str = ""
    title: str = ""
    photo: Photograph | None = None
    photos: tuple[Photograph, ...] = ()


def read_manuscript(source: str, title: str, now: datetime, *, has_photo: bool) -> Manuscript:
    """The text in a file, or on standard input (`-`), and its photographs.

    `title` is the one that the user gave: where the text begins with it, or none was given, the
    text's own is taken off. With `has_photo` no photograph becomes the main one. Raises `KpuError`.
    """
    if source.lower().endswith((".docx", ".doc", ".odt", ".rtf")):
        return _read_document(Path(source), title, now, has_photo=has_photo)
    text = _read_stdin() if source == "-" else read_text(Path(source), max_bytes=MAX_BYTES)
    if source.lower().endswith((".md", ".markdown")):
        return Manuscript(_read_markdown(text, source))
    # Anything else is a pasted message.
    from kpucli.importers.message import find_title
    from kpucli.plain_text import clean_message

    body = clean_message(text)
    own, rest = find_title(body)
    if own and (not title or _is_same(own, title)):
        return Manuscript(rest, settle_case(own, rest))
    return Manuscript(body)


def _read_document(path: Path, title: str, now: datetime, *, has_photo: bool) -> Manuscript:
    from dataclasses import replace

    from kpucli.importers.photographs import gather_photographs
    from kpucli.importers.word import read_word

    assert now.tzinfo is not None
    item = read_word(path, zone=now.tzinfo, now=now)
    if has_photo and item.main is not None:
        first = f"![{item.main.alt}]({item.main.address})"
        item = replace(item, main=None, body=f"{first}\n\n{item.body}".strip())
    found = gather_photographs(item)
    for note in (*item.lost, *found.lost):
        notice(note)
    main = found.main["file"] if found.main else None
    photos = [Photograph(name, content, "") for name, content in found.files.items()]
    return Manuscript(
        body=found.body,
        title=settle_case(item.title, item.body),
        photo=next((_describe(photo, item) for photo in photos if photo.name == main), None),
        photos=tuple(photo for photo in photos if photo.name != main),
    )


def _describe(photo: Photograph, item: ImportedItem) -> Photograph:
    assert item.main is not None
    return Photograph(photo.name, photo.content, item.main.alt, item.main.caption or None)


def _is_same(own: str, title: str) -> bool:
    return clean_line(own).casefold() == clean_line(title).casefold()


def _read_markdown(text: str, source: str) -> str:
    if text.startswith("+++"):
        raise KpuError(
            _("Berkas ini sudah berupa artikel."),
            _("Pindahkan ke articles/TAHUN/slug.md."),
            path=source,
        )
    return text.replace("\r\n", "\n").strip()


def _read_stdin() -> str:
    name = _("masukan baku")
    if sys.stdin.isatty():
        notice(_("Tempel teksnya, lalu tekan Enter dan Ctrl-D."))
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise KpuError(_("Teksnya lebih dari 1 MiB; tidak dibaca."), path=name)
    return decode_text(content, name)
