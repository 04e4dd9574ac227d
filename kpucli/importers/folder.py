"""A folder of posts of Hugo, Jekyll or Pelican: their Markdown, as it is."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.importers.addresses import is_on_web, read_alias
from kpucli.importers.decoding import decode_any
from kpucli.importers.item import ImportedItem, Note, Picture, Piece, make_key
from kpucli.importers.markup import convert_html
from kpucli.importers.moments import as_moment, doubt_reading, find_day, read_moment
from kpucli.importers.preamble import split_preamble
from kpucli.importers.titles import name_of
from kpucli.photo import read_photo
from kpucli.visible import clean_line, drop_invisible

MAX_BYTES = 1024 * 1024
_MOST_FILES = 200_000
_MARKDOWN = (".md", ".markdown", ".mkd")
_POSTS = (*_MARKDOWN, ".html", ".htm")
_OTHER = (".rst", ".adoc", ".textile", ".org")
_SKIPPED = frozenset("node_modules public _site output themes layouts _layouts _includes".split())
_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")
_HUGO_CODE = re.compile(r"\{\{[<%]\s*(?P<end>/?)\s*(?P<name>[\w./-]+)(?P<rest>.*?)/?\s*[>%]\}\}")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*\"([^\"]*)\"")
_LIQUID = re.compile(r"\{%-?\s*(?P<name>\w+)[^%]*?-?%\}")
_SITE_ADDRESS = re.compile(r"\{\{\s*(?:site\.(?:baseurl|url)|[\"'][^\"']*[\"']\s*\|.*?)\s*\}\}")
_ATTRIBUTES = re.compile(r"^\{:.*?\}[ \t]*$|\{:[^}\n]*\}", re.MULTILINE)
_PELICAN_PLACE = re.compile(r"[{|](?:static|attach|filename)[}|]")
_IMAGE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]\(\s*(?:<(?P<bracketed>[^<>\n]*)>|(?P<plain>[^\s()<>]+))"
    r"(?:\s+[\"'](?P<title>[^\"'\n]*)[\"'])?\s*\)"
)
_RAW_HTML = re.compile(
    r"^<(?:div|p|table|iframe|img|span|center|figure|video|script)\b", re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Post:
    path: Path
    root: Path
    fields: Mapping[str, Any]
    body: str

    @property
    def is_jekyll(self) -> bool:
        """Whether the file is named and placed as Jekyll's posts are."""
        return bool({"_posts", "_drafts"} & set(self.path.parts))

    def text(self, *names: str) -> str:
        """The first of these fields that is a text or a number."""
        for name in names:
            value = self.fields.get(name)
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                return clean_line(str(value))
        return ""

    def words(self, *names: str) -> tuple[str, ...]:
        """The words of the first of these fields: a list, or a text with commas."""
        for name in names:
            value = self.fields.get(name)
            if isinstance(value, list):
                return tuple(clean_line(word) for word in value if isinstance(word, str))
            if isinstance(value, str) and value.strip():
                # Jekyll's words stand side by side.
                mark = None if self.is_jekyll and "," not in value else ","
                return tuple(map(clean_line, value.split(mark)))
        return ()


def find_posts(root: Path) -> list[Path]:
    """The files below a folder that may be posts, in order; no link is followed.

    Raises `KpuError` where there is no such folder, or nothing in it.
    """
    if not root.is_dir():
        raise KpuError(_("Ini bukan folder."), path=root)
    found: list[Path] = []
    for here, folders, files in os.walk(root):
        folders[:] = sorted(
            name for name in folders if name not in _SKIPPED and not name.startswith(".")
        )
        found += [
            Path(here, name) for name in sorted(files) if name.lower().endswith((*_POSTS, *_OTHER))
        ]
        if len(found) > _MOST_FILES:
            raise KpuError(_("Berkasnya lebih dari 200.000."), path=root)
    if not found:
        raise KpuError(_("Di folder ini tidak ada berkas .md atau .html."), path=root)
    return found


def read_folder(
    paths: Iterable[Path], root: Path, *, zone: tzinfo, now: datetime
) -> Iterator[Piece]:
    """The posts in these files below `root`, and notes on those that cannot be read."""
    others: Counter[str] = Counter()
    for path in paths:
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() in _OTHER:
            others[path.suffix.lower()] += 1
            continue
        if path.is_symlink():
            yield Note(name, _("Ini tautan simbolik; tidak dibaca."))
            continue
        try:
            text, guessed = decode_any(path, MAX_BYTES)
            fields, body = split_preamble(drop_invisible(text), path)
        except KpuError as error:
            line = f":{error.line}" if error.line else ""
            yield Note(f"{name}{line}", error.message)
            continue
        if not fields:
            yield Note(name, _("Tidak berisi judul dan tanggal di atas teksnya; dilewati."))
        elif path.name.startswith("_index."):
            others["_index"] += 1
        else:
            yield _make(_Post(path, root, fields, body), guessed, zone, now)
    for ending, count in others.most_common():
        yield Note(
            root.name, _("Dilewati: {count} berkas {kind}.").format(count=count, kind=ending)
        )


def _make(post: _Post, guessed: list[str], zone: tzinfo, now: datetime) -> ImportedItem:
    lost = [*guessed]
    body, pictures = _read_body(post, lost)
    dated = _DATED.fullmatch(post.path.stem)
    title = post.text("title") or name_of(Path(dated[2]) if dated else _named(post.path))
    date, doubt = _read_date(post, title, body, zone, now)
    categories = post.words("categories", "category")
    return ImportedItem(
        key=make_key("folder", title, str(post.fields.get("date")), body),
        title=title,
        date=date,
        doubt=doubt,
        body=body,
        slug=post.text("slug") or (dated[2] if dated else _named(post.path).stem),
        summary=post.text("description", "summary", "excerpt") or None,
        author=", ".join(post.words("author", "authors")) or None,
        category=categories[0] if categories else None,
        tags=(*categories[1:], *post.words("tags", "keywords")),
        is_draft=_is_draft(post),
        aliases=tuple(_find_aliases(post, date, lost)),
        main=_find_main(post),
        pictures=tuple(pictures),
        lost=tuple(lost),
    )


def _named(path: Path) -> Path:
    """What a post is called by: its folder, where it is that folder's `index.md`."""
    return path.parent if path.stem == "index" else path


def _read_date(
    post: _Post, title: str, body: str, zone: tzinfo, now: datetime
) -> tuple[datetime, str | None]:
    stated = [post.fields.get(name) for name in ("date", "publishdate", "pubdate")]
    dated = _DATED.fullmatch(post.path.stem)
    for value in [*stated, dated[1] if dated else None]:
        moment = None
        if isinstance(value, date):
            moment = as_moment(value, zone)
        elif isinstance(value, str):
            moment = read_moment(value, zone, now)
        if moment is not None:
            return moment, None
    day, doubt = find_day(title, body.split("\n\n"), now, zone)
    named = next((str(value) for value in stated if value is not None), "")
    return day, doubt_reading(named) if named else doubt


def _is_draft(post: _Post) -> bool:
    return (
        post.fields.get("draft") is True
        or post.fields.get("published") is False
        or post.text("status").casefold() in ("draft", "hidden", "skip")
        or "_drafts" in post.path.parts
    )


def _find_aliases(post: _Post, moment: datetime, lost: list[str]) -> Iterator[str]:
    named = [*post.words("aliases", "redirect_from"), post.text("url", "permalink", "save_as")]
    for address in [*named, _usual_address(post, moment)]:
        absolute = address if is_on_web(address) or address.startswith("/") else f"/{address}"
        if (
            address
            and ":" not in absolute.split("//")[-1]
            and (alias := read_alias(absolute, lost))
        ):
            yield alias


def _usual_address(post: _Post, moment: datetime) -> str:
    """Where the generator puts a post, unless it was told otherwise."""
    if post.text("url", "permalink", "save_as"):
        return ""
    dated = _DATED.fullmatch(post.path.stem)
    if dated or post.is_jekyll:
        categories = "/".join(post.words("categories", "category"))
        slug = post.text("slug") or (dated[2] if dated else post.path.stem)
        return f"/{quote(categories)}/{moment:%Y/%m/%d}/{quote(slug)}.html".replace("//", "/")
    if "content" in post.path.parts and "status" not in post.fields:
        inside = _named(post.path).with_suffix("").parts
        below = inside[len(inside) - inside[::-1].index("content") :]
        return f"/{quote('/'.join(below))}/"
    return ""


def _find_main(post: _Post) -> Picture | None:
    cover = post.fields.get("cover")
    name = post.text("featured_image", "image", "featureimage", "thumbnail", "cover")
    alt = post.text("image_alt", "featured_image_alt")
    if not name and isinstance(cover, dict):
        name, alt = str(cover.get("image") or ""), str(cover.get("alt") or "")
    images = post.fields.get("images")
    if not name and isinstance(images, list) and images and isinstance(images[0], str):
        name = images[0]
    if not name:
        return None
    return Picture(_address(name), clean_line(alt), read=_find_file(post, name))


def _address(name: str) -> str:
    return quote(name, safe="!#$%&'*+,-./:;=?@_~")


def _read_body(post: _Post, lost: list[str]) -> tuple[str, list[Picture]]:
    body = post.body
    if post.path.suffix.lower() in (".html", ".htm"):
        text = convert_html(_drop_codes(body, lost), find=partial(_find_file, post))
        lost += text.lost
        return text.body, list(text.pictures)
    body = _drop_codes(body, lost).strip("\n")
    body = re.sub(r"<!--\s*more\s*-->\n?", "", body)
    body = re.sub(r"(?<=\S) $", "", body, flags=re.MULTILINE)
    if _RAW_HTML.search(body):
        lost.append(_("HTML di dalam teks tidak akan tampil; tulis ulang sebagai Markdown."))
    pictures: list[Picture] = []

    def settle(match: re.Match[str]) -> str:
        name = match["bracketed"] or match["plain"] or ""
        picture = Picture(
            _address(name), match["alt"], match["title"] or "", _find_file(post, name)
        )
        pictures.append(picture)
        title = f' "{picture.caption}"' if picture.caption else ""
        return f"![{picture.alt}]({picture.address}{title})"

    return _IMAGE.sub(settle, body), pictures


def _drop_codes(body: str, lost: list[str]) -> str:
    """The text without what only its generator understands."""
    gone: dict[str, None] = {}

    def replace_hugo(match: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(match["rest"]))
        if match["name"] == "figure" and attributes.get("src"):
            caption = attributes.get("caption") or attributes.get("title") or ""
            title = f' "{caption}"' if caption else ""
            return f"![{attributes.get('alt') or caption}]({attributes['src']}{title})"
        if match["name"] == "youtube" and (code := re.search(r"[\w-]{6,20}", match["rest"])):
            return f"https://www.youtube.com/watch?v={code[0]}"
        gone[match["name"]] = None
        return ""

    def drop_liquid(match: re.Match[str]) -> str:
        if match["name"] not in ("raw", "endraw"):
            gone[match["name"]] = None
        return ""

    body = _HUGO_CODE.sub(replace_hugo, body)
    body = _LIQUID.sub(drop_liquid, body)
    body = _ATTRIBUTES.sub("", _SITE_ADDRESS.sub("", body))
    body = _PELICAN_PLACE.sub("", body)
    if gone:
        lost.append(_("Kode pendek dibuang: {names}.").format(names=", ".join(gone)))
    return body


def _find_file(post: _Post, name: str) -> Callable[[], bytes] | None:
    """What reads a photograph that is in the folder of the site, and nothing outside."""
    name = unquote(name.split("?")[0])
    if not name or is_on_web(name) or "\0" in name:
        return None
    root = post.root.resolve()
    places = [root, root / "static", root / "content", root / "assets"]
    if not name.startswith("/"):
        places.insert(0, post.path.parent)
    for place in places:
        try:
            path = (place / name.lstrip("/")).resolve()
            if path.is_relative_to(root) and path.is_file():
                return partial(read_photo, path)
        except (OSError, ValueError):
            return None
    return None
