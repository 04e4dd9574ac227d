"""The archive: the folder of articles. The only module that reads articles from the disk."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from kpucli.article import SLUG, Article, parse_article, problem_error
from kpucli.errors import ArticleError, KpuError, describe_os_error
from kpucli.i18n import _

MAX_BYTES = 1024 * 1024  # a 5,000-word article has 40 kB; what is larger is not an article

_YEAR = re.compile(r"\d{4}")


class MisplacedError(ArticleError):
    """A file that stands where no article can stand, or is no regular file."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The articles below `root` (`YYYY/slug.md`); `zone` is for dates that state no offset."""

    root: Path
    zone: tzinfo

    def paths(self) -> tuple[list[Path], list[MisplacedError]]:
        """Every article's path in order, and what stands where no article can stand.

        Raises `KpuError` when the folder is missing or cannot be read.
        """
        found: list[Path] = []
        misplaced: list[MisplacedError] = []
        for entry in _list_folder(self.root):
            path = self.root / entry.name
            if entry.is_symlink() and (_YEAR.fullmatch(entry.name) or _is_markdown(entry.name)):
                misplaced.append(_refuse_link(path))
            elif entry.is_dir():
                if _YEAR.fullmatch(entry.name):
                    _sort_year(path, found, misplaced)
                else:
                    misplaced += _find_lost(path)
            elif _is_markdown(entry.name):
                misplaced.append(_misplaced(path))
        return found, misplaced

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

    def path_of(self, year: int, slug: str) -> Path:
        """Where an article of that year and slug stands."""
        return self.root / f"{year:04}" / f"{slug}.md"

    def locate(self, name: str) -> Path:
        """The path of the article that a user names, without reading it. Raises as `find`."""
        path = Path(name)
        if path.suffix == ".md" and path.is_file():
            return self._inside(path)
        plain = name.removesuffix(".md").strip("/").removeprefix("berita/")
        year, _slash, slug = plain.rpartition("/")
        if SLUG.fullmatch(slug) and (not year or _YEAR.fullmatch(year)):
            years = [self.root / year] if year else self._years()
            matches = [
                folder / f"{slug}.md" for folder in years if (folder / f"{slug}.md").is_file()
            ]
            if len(matches) == 1:
                return matches[0]
            if matches:
                names = ", ".join(f"{match.parent.name}/{match.stem}" for match in matches)
                raise KpuError(
                    _("Slug “{name}” dipakai beberapa artikel: {names}.").format(
                        name=name, names=names
                    ),
                    _("Sebutkan bersama tahunnya."),
                )
        raise KpuError(
            _("Tidak ada artikel “{name}” di {folder}.").format(name=name, folder=self.root),
            self._suggest(slug),
        )

    def _inside(self, path: Path) -> Path:
        """The path as the archive would write it. Raises `KpuError` for one outside it."""
        try:
            relative = path.resolve().relative_to(self.root.resolve())
        except ValueError:
            raise KpuError(
                _("Berkas ini di luar {folder}.").format(folder=self.root), path=path
            ) from None
        return self.root / relative

    def _years(self) -> list[Path]:
        return [
            self.root / entry.name
            for entry in _list_folder(self.root)
            if _YEAR.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
        ]

    def _suggest(self, slug: str) -> str:
        from difflib import get_close_matches  # only where a name was wrong

        near = get_close_matches(slug, [path.stem for path in self.paths()[0]], n=1)
        if near:
            return _("Mungkin maksudnya “{near}”.").format(near=near[0])
        return _("Lihat semuanya dengan `kpucli list`.")


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises `ArticleError` for what is no regular file or is too large."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise _refuse_link(path)
        if not stat.S_ISREG(status.st_mode):
            raise MisplacedError(_("Ini bukan berkas biasa; tidak dibaca."), path=path)
        if status.st_size > MAX_BYTES:
            message = _("Berkas ini lebih dari 1 MiB; tidak dibaca.")
            raise ArticleError(message, path=path)
        return path.read_bytes()
    except OSError as error:
        message = _("Berkas tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        raise ArticleError(message, path=path) from error


def _list_folder(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
    except FileNotFoundError:
        raise KpuError(
            _("Folder {folder} tidak ada.").format(folder=folder),
            _("Jalankan perintah ini di folder kantor Anda, atau mulai dengan `kpucli init`."),
        ) from None
    except OSError as error:
        message = _("Folder tidak dapat dibaca: {reason}.").format(reason=describe_os_error(error))
        raise KpuError(message, path=folder) from error
    return sorted(visible, key=lambda entry: entry.name)


def _sort_year(folder: Path, found: list[Path], misplaced: list[MisplacedError]) -> None:
    for entry in _list_folder(folder):
        path = folder / entry.name
        if not _is_markdown(entry.name):
            if entry.is_dir(follow_symlinks=False):
                misplaced += _find_lost(path)
        elif entry.is_symlink():
            misplaced.append(_refuse_link(path))
        elif not entry.is_file():
            misplaced.append(MisplacedError(_("Ini bukan berkas biasa; tidak dibaca."), path=path))
        elif entry.name.endswith(".md") and SLUG.fullmatch(path.stem):
            found.append(path)
        else:
            misplaced.append(_misplaced(path))


def _find_lost(folder: Path) -> list[MisplacedError]:
    """Articles put too deep: left unmentioned, they would silently never appear."""
    return [
        _misplaced(folder / entry.name)
        for entry in _list_folder(folder)
        if _is_markdown(entry.name)
    ]


def _is_markdown(name: str) -> bool:
    return name.lower().endswith((".md", ".markdown"))


def _misplaced(path: Path) -> MisplacedError:
    return MisplacedError(
        _("Artikel harus bernama articles/TAHUN/slug.md; slug hanya a–z, 0–9, dan -."),
        _("Pindahkan atau ganti namanya."),
        path=path,
    )


def _refuse_link(path: Path) -> MisplacedError:
    return MisplacedError(_("Ini tautan simbolik; tidak dibaca."), path=path)
