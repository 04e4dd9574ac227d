"""Starting a post: from what a user says, the change that makes its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kpucli.archive import MAX_BYTES, Archive
from kpucli.article import SLUG, compose_article, parse_article, problem_error
from kpucli.change import Change
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.photo import clean_photo, read_photo
from kpucli.slug import MAX_LENGTH, make_slug, refuse_device
from kpucli.visible import clean_line


@dataclass(frozen=True, slots=True)
class Photograph:
    """A post's main photograph: its file's future name and bytes, and what is said of it."""

    name: str
    content: bytes
    alt: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new post shall hold; `body` is Markdown, empty where it is still to be written.

    `photo` is the main photograph, `photos` are those that the text shows.
    """

    title: str
    date: datetime
    tags: tuple[str, ...] = ()
    summary: str | None = None
    author: str | None = None
    category: str | None = None
    body: str = ""
    slug: str | None = None
    is_draft: bool = True
    photo: Photograph | None = None
    photos: tuple[Photograph, ...] = ()


def plan_draft(archive: Archive, draft: Draft) -> list[Change]:
    """The changes that make the post's file, the last of them, and those of its photographs.

    Raises `KpuError` when no slug can be made of the title, an article already has it, or the
    article would be too large to be read.
    """
    title = clean_line(draft.title)
    path = archive.path_of(draft.date.year, _choose_slug(draft.slug, title))
    if path.exists() or path.is_symlink():
        raise KpuError(
            _("Artikel dengan alamat ini sudah ada; tidak ditimpa."),
            _("Ubah judulnya atau beri --slug lain."),
            path=path,
        )
    content = _compose(draft, title)
    _check(content, path, archive)
    article = Change(path, None, content)
    photos = [*([draft.photo] if draft.photo else []), *draft.photos]
    folder = path.with_suffix("")
    return [*(Change(folder / photo.name, None, photo.content) for photo in photos), article]


def read_photograph(
    path: Path, alt: str | None, caption: str | None, credit: str | None
) -> Photograph:
    """The photograph in a file, without its metadata. Raises `KpuError` for what is none."""
    content, ending = clean_photo(read_photo(path, follow_links=True), path)
    words = [clean_line(text or "") for text in (alt, caption, credit)]
    return Photograph(f"{make_slug(path.stem) or 'foto'}{ending}", content, *words)


def _choose_slug(given: str | None, title: str) -> str:
    slug = make_slug(title) if given is None else given
    if SLUG.fullmatch(slug):
        return slug
    refuse_device(slug)
    hint = _("Beri --slug dengan huruf kecil a–z, angka, dan tanda -, paling banyak {length}.")
    hint = hint.format(length=MAX_LENGTH)
    if given is None:
        message = _("Judul “{title}” tidak berisi huruf atau angka untuk alamatnya.")
        raise KpuError(message.format(title=title), hint)
    raise KpuError(_("Slug “{slug}” tidak sah.").format(slug=slug), hint)


def _compose(draft: Draft, title: str) -> bytes:
    return compose_article(
        {
            "title": title,
            "date": draft.date,
            "tags": list(draft.tags),
            "summary": clean_line(draft.summary or "") or None,
            "author": clean_line(draft.author or "") or None,
            "category": clean_line(draft.category or "") or None,
            "draft": True if draft.is_draft else None,
            "image": _describe(draft.photo) if draft.photo else None,
        },
        draft.body,
    )


def _describe(photo: Photograph) -> dict[str, str]:
    more = {"caption": photo.caption, "credit": photo.credit}
    return {
        "file": photo.name,
        "alt": photo.alt,
        **{name: text for name, text in more.items() if text},
    }


def _check(content: bytes, path: Path, archive: Archive) -> None:
    """Nothing is written that could not be read again, such as a title as long as a book."""
    if len(content) > MAX_BYTES:
        raise KpuError(_("Artikel ini akan lebih dari 1 MiB; tidak dibuat."), path=path)
    error = problem_error(parse_article(content, path, archive.zone))
    if error is not None:
        raise error
