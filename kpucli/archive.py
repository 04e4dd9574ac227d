"""The archive: the folder of articles. The only module that reads articles from the disk."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from kpucli.article import SLUG, Article, parse_article, problem_error
from kpucli.errors import ArticleError, KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.slug import describe_device, is_device

MAX_BYTES = 1024 * 1024  # a 5,000-word article has 40 kB; what is larger is not an article

_YEAR = re.compile(r"[0-9]{4}")
_NAME = re.compile(rf"{SLUG.pattern}\.md")
_ADDRESS = re.compile(r"(?:.*/)?berita/([0-9]{4}/[^/]+)/?")


class MisplacedError(ArticleError):
    """A file that stands where no article can stand, or is no regular file."""


class FileState(NamedTuple):
    """What a file's state is told by: it is read again where one of these has changed."""

    mtime_ns: int
    size: int
    inode: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles' files in a year's folder, in order, each with its state.

    `misplaced` has an error for what stands where no article can stand.
    """

    name: str
    files: list[tuple[str, FileState]]
    misplaced: list[ArticleError]


@dataclass(frozen=True, slots=True)
class Archive:
    """The articles below `root` (`YYYY/slug.md`); `zone` is for dates that state no offset."""

    root: Path
    zone: tzinfo

    def paths(self) -> tuple[list[Path], list[ArticleError]]:
        """Every article's path in order, and an error for what stands where none can stand.

        A folder of a year that cannot be read is such an error too. Raises `KpuError` when the
        archive's own folder is missing or cannot be read.
        """
        found: list[Path] = []
        misplaced: list[ArticleError] = []
        for name in self._year_folders(misplaced):
            folder = self.root / name
            found += [folder / entry.name for entry in _sort_year(folder, misplaced)]
        return found, misplaced

    def _year_folders(self, misplaced: list[ArticleError]) -> Iterator[str]:
        for entry in _list_root(self.root):
            path = self.root / entry.name
            if entry.is_symlink():
                misplaced.append(_refuse_link(path))
            elif entry.is_dir() and _YEAR.fullmatch(entry.name):
                yield entry.name
            elif entry.is_dir():
                _find_lost(path, misplaced)
            elif _is_markdown(entry.name):
                misplaced.append(_misplaced(path))

    def find_ids(self, start: str = "") -> Iterator[str]:
        """`YYYY/slug` of the files that are named as articles are and whose id begins so, in order.

        Names alone are looked at, which takes a tenth of the time of `paths`. Raises as `paths`.
        """
        year, slash, slug = start.partition("/")
        for name in self.find_years(year):
            if name == year or not slash:
                yield from (f"{name}/{found}" for found in _find_slugs(self.root / name, slug))

    def find_slugs(self, start: str) -> list[str]:
        """As `find_ids`, the slugs that begin so, each once."""
        found = (_find_slugs(self.root / name, start) for name in self.find_years())
        return sorted(set(chain.from_iterable(found)))

    def find_years(self, start: str = "") -> list[str]:
        """The names of the years' folders that begin so, in order. Raises as `paths`."""
        names = (entry.name for entry in _list_root(self.root))
        return [name for name in names if name.startswith(start) and _YEAR.fullmatch(name)]

    def has_more_than(self, count: int) -> bool:
        """Whether there are more files than `count`, found out without counting all."""
        for name in self._year_folders([]):
            count -= len(_sort_year(self.root / name, []))
            if count < 0:
                return True
        return False

    def years(self) -> tuple[list[str], list[ArticleError]]:
        """The names of the years' folders, and as `paths` what can be no article."""
        misplaced: list[ArticleError] = []
        return list(self._year_folders(misplaced)), misplaced

    def listing(self, year: str) -> Listing:
        """What stands in a year's folder."""
        misplaced: list[ArticleError] = []
        folder = self.root / year
        names = [entry.name for entry in _sort_year(folder, misplaced)]
        return Listing(year, _find_states(folder, names) if names else [], misplaced)

    def load(self, path: Path) -> Article:
        """The article in a file. Raises `ArticleError` where there is none that can be read."""
        return parse_article(read_file(path), path, self.zone)

    def scan(self) -> Iterator[Article | ArticleError]:
        """Every article in path order, and an error for each file that is not one."""
        paths, misplaced = self.paths()
        yield from misplaced
        for path in paths:
            try:
                yield self.load(path)
            except ArticleError as error:
                yield error

    def articles(self, failures: list[ArticleError]) -> Iterator[Article]:
        """Every sound article in path order; what is wrong with the others goes to `failures`."""
        for item in self.scan():
            error = problem_error(item) if isinstance(item, Article) else item
            if error is not None:
                failures.append(error)
            elif isinstance(item, Article):
                yield item

    def find(self, name: str) -> Article:
        """The article that a user names: by path, by `YYYY/slug`, or by a slug that is unique.

        Raises `KpuError` when there is none, or more than one.
        """
        path = self.locate(name)
        article = self.load(path)
        error = problem_error(article)
        if error is not None:
            raise error
        return article

    def has(self, identifier: str) -> bool:
        """Whether there is a file for `YYYY/slug`."""
        return os.path.lexists(self.root / f"{identifier}.md")

    def path_of(self, year: int, slug: str) -> Path:
        """Where an article of that year and slug stands."""
        return self.root / f"{year:04}" / f"{slug}.md"

    def locate(self, name: str) -> Path:
        """The path of the article that a user names, without reading it. Raises as `find`."""
        path = Path(name)
        if path.suffix == ".md" and os.path.lexists(path):
            return self._inside(path)
        year, slug = _split_name(name)
        matches = self._matches(year, slug) if SLUG.fullmatch(slug) else []
        if len(matches) == 1:
            return matches[0]
        if not matches:
            raise KpuError(
                _("Tidak ada artikel “{name}” di {folder}.").format(name=name, folder=self.root),
                self._suggest(slug),
            )
        names = ", ".join(f"{match.parent.name}/{match.stem}" for match in matches)
        raise KpuError(
            _("Slug “{name}” dipakai beberapa artikel: {names}.").format(name=slug, names=names),
            _("Sebutkan bersama tahunnya."),
        )

    def _matches(self, year: str, slug: str) -> list[Path]:
        """The files of that slug, of that year if one is given; links lead no further than here."""
        files = (
            self.root / entry.name / f"{slug}.md"
            for entry in _list_root(self.root)
            if _YEAR.fullmatch(entry.name)
            and year in ("", entry.name)
            and entry.is_dir(follow_symlinks=False)
        )
        return [path for path in files if os.path.lexists(path)]

    def _inside(self, path: Path) -> Path:
        """The path as the archive would write it. Raises `KpuError` for one that is none of its."""
        # The folder is resolved, not the file itself: a link is refused, not followed.
        folder, root = os.path.realpath(path.parent), os.path.realpath(self.root)
        try:
            relative = Path(folder, path.name).relative_to(root)
        except ValueError:
            raise KpuError(
                _("Berkas ini di luar {folder}.").format(folder=self.root), path=path
            ) from None
        inside = self.root / relative
        if not (
            len(relative.parts) == 2
            and _YEAR.fullmatch(relative.parts[0])
            and SLUG.fullmatch(path.stem)
        ):
            raise _misplaced(inside)
        return inside

    def _suggest(self, slug: str) -> str:
        from difflib import get_close_matches  # only where a name was wrong

        near = get_close_matches(slug, [path.stem for path in self.paths()[0]], n=1)
        if near:
            return _("Mungkin maksudnya “{near}”.").format(near=near[0])
        return _("Lihat semuanya dengan `kpucli list`.")


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises `ArticleError` for what is no regular file or is too large."""
    # No link is followed and no pipe waited for.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise _refuse(path, path.lstat().st_mode) from error
        raise _unreadable(path, error) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _refuse(path, status.st_mode)
        if status.st_size > MAX_BYTES:
            raise _too_large(path)
        content = os.read(descriptor, status.st_size + 1)
        if len(content) > status.st_size:  # it is growing
            content += os.read(descriptor, MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    finally:
        os.close(descriptor)
    if len(content) > MAX_BYTES:
        raise _too_large(path)
    return content


def _find_states(folder: Path, names: Iterable[str]) -> list[tuple[str, FileState]]:
    """The states of files, asked for from within the folder: a third of the time is the way."""
    files = []
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for name in names:
            status = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            files.append((name, FileState(status.st_mtime_ns, status.st_size, status.st_ino)))
    finally:
        os.close(descriptor)
    return files


def _refuse(path: Path, mode: int) -> MisplacedError:
    return _refuse_link(path) if stat.S_ISLNK(mode) else _refuse_special(path)


def _list_root(root: Path) -> list[os.DirEntry[str]]:
    try:
        return _list_folder(root)
    except FileNotFoundError:
        raise KpuError(
            _("Folder {folder} tidak ada.").format(folder=root),
            _("Jalankan perintah ini di folder kantor Anda, atau mulai dengan `kpucli init`."),
        ) from None
    except OSError as error:
        message = _("Folder tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, path=root) from error


def _list_folder(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        visible = [entry for entry in entries if not entry.name.startswith(".")]
    visible.sort(key=attrgetter("name"))
    return visible


def _find_slugs(folder: Path, start: str) -> list[str]:
    """The slugs in a year's folder that begin so; none where it cannot be read."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    slugs = (name[:-3] for name in names if name.startswith(start) and name.endswith(".md"))
    return sorted(slug for slug in slugs if SLUG.fullmatch(slug))


def _list_below(folder: Path, errors: list[ArticleError]) -> list[os.DirEntry[str]]:
    """As `_list_folder`, but one folder that cannot be read does not hide the others."""
    try:
        return _list_folder(folder)
    except OSError as error:
        message = _("Folder tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        errors.append(ArticleError(message, path=folder))
        return []


def _sort_year(folder: Path, misplaced: list[ArticleError]) -> list[os.DirEntry[str]]:
    """The articles' files in a year's folder."""
    found = []
    for entry in _list_below(folder, misplaced):
        if _NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
            found.append(entry)
        elif entry.is_symlink():
            misplaced.append(_refuse_link(folder / entry.name))
        elif not _is_markdown(entry.name):
            if entry.is_dir():
                _find_lost(folder / entry.name, misplaced)
        elif not entry.is_file():
            misplaced.append(_refuse_special(folder / entry.name))
        else:
            misplaced.append(_misplaced(folder / entry.name))
    return found


def _find_lost(folder: Path, misplaced: list[ArticleError]) -> None:
    """Articles put too deep: left unmentioned, they would silently never appear."""
    folders = [folder]  # no recursion: a hostile tree may be thousands deep
    for here in folders:
        for entry in _list_below(here, misplaced):
            if _is_markdown(entry.name):
                misplaced.append(_misplaced(here / entry.name))
            elif entry.is_dir(follow_symlinks=False):
                folders.append(here / entry.name)


def _split_name(name: str) -> tuple[str, str]:
    """Year ("" if none is said) and slug of `slug`, `YYYY/slug` or an address of the site."""
    address = _ADDRESS.fullmatch(name)
    named = address[1] if address else name.removesuffix(".md").strip("/")
    year, _slash, slug = named.rpartition("/")
    return year, slug


def _is_markdown(name: str) -> bool:
    return name.lower().endswith((".md", ".markdown"))


def _misplaced(path: Path) -> MisplacedError:
    if is_device(path.name):
        return MisplacedError(describe_device(path.stem), _("Ganti namanya."), path=path)
    return MisplacedError(
        _("Artikel harus bernama TAHUN/slug.md di folder artikel; slug hanya a–z, 0–9, dan -."),
        _("Pindahkan atau ganti namanya."),
        path=path,
    )


def _refuse_link(path: Path) -> MisplacedError:
    return MisplacedError(_("Ini tautan simbolik; tidak dibaca."), path=path)


def _refuse_special(path: Path) -> MisplacedError:
    return MisplacedError(_("Ini bukan berkas biasa; tidak dibaca."), path=path)


def _too_large(path: Path) -> ArticleError:
    return ArticleError(_("Berkas ini lebih dari 1 MiB; tidak dibaca."), path=path)


def _unreadable(path: Path, error: OSError) -> ArticleError:
    message = _("Berkas tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
    return ArticleError(message, path=path)
