"""The office's git repository, looked at without running what it brings along."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from kpucli.doctor.result import Result, advise, fine, mend
from kpucli.i18n import _, ngettext
from kpucli.printable import printable

# What git leaves in its folder while something is under way, and how that is ended.
_UNDER_WAY = {
    "MERGE_HEAD": ("git commit", "git merge --abort"),
    "CHERRY_PICK_HEAD": ("git cherry-pick --continue", "git cherry-pick --abort"),
    "REVERT_HEAD": ("git revert --continue", "git revert --abort"),
    "rebase-merge": ("git rebase --continue", "git rebase --abort"),
    "rebase-apply": ("git rebase --continue", "git rebase --abort"),
}
_OURS = re.compile(rb"^<<<<<<< ", re.MULTILINE)
_THEIRS = re.compile(rb"^>>>>>>> ", re.MULTILINE)
_SHOWN = 3  # places that are named

Conflict = tuple[Path, int]


def check_git(root: Path) -> Result:
    """Whether git is there, the folder is in a repository, and nothing in it is half done."""
    if shutil.which("git") is None:
        return advise(
            "git",
            _("Program git tidak ditemukan."),
            _("Pasang git agar setiap perubahan berita tersimpan dan dapat dikembalikan."),
        )
    folder = find_git_folder(root)
    if folder is None:
        return advise(
            "git",
            _("Folder kantor ini tidak disimpan di git."),
            _("Mulai dengan `git init`, lalu simpan perubahan dengan `git add` dan `git commit`."),
        )
    for name, (finish, give_up) in _UNDER_WAY.items():
        if (folder / name).exists():
            return mend(
                "git",
                _("Penggabungan di git belum selesai."),
                _("Selesaikan lalu jalankan `{finish}`, atau batalkan dengan `{give_up}`.").format(
                    finish=finish, give_up=give_up
                ),
            )
    return fine("git", _("Folder kantor ini disimpan di git."))


def find_git_folder(root: Path) -> Path | None:
    """Git's own folder of the repository that `root` is in; None where it is in none."""
    here = root.resolve()
    for folder in (here, *here.parents):
        entry = folder / ".git"
        if entry.is_dir():
            return entry
        if entry.is_file():  # of a worktree or a submodule: it says where the folder is
            try:
                words = entry.read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError):
                return None
            return folder / words.removeprefix("gitdir:").strip()
    return None


def check_conflicts(conflicts: Iterable[Conflict]) -> Result:
    """Whether there are places at which a merge left its marks."""
    found = list(conflicts)
    if not found:
        return fine("conflicts", _("Tidak ada tanda konflik di berkas."))
    places = ", ".join(f"{printable(str(path))}:{line}" for path, line in found[:_SHOWN])
    more = ", …" if len(found) > _SHOWN else ""
    message = ngettext(
        "{number} berkas memuat tanda konflik (<<<<<<<): {places}.",
        "{number} berkas memuat tanda konflik (<<<<<<<): {places}.",
        len(found),
    )
    return mend(
        "conflicts",
        message.format(number=len(found), places=places + more),
        _("Pilih teks yang benar di berkas itu dan hapus baris <<<<<<<, =======, dan >>>>>>>."),
    )


def find_conflict(path: Path, content: bytes) -> Conflict | None:
    """Where a merge left its marks in a file's content: the line of the first; None for nowhere."""
    mark = _OURS.search(content)
    if mark is None or not _THEIRS.search(content, mark.end()):
        return None
    return path, content.count(b"\n", 0, mark.start()) + 1
