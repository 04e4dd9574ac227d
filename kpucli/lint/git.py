"""Reading a git repository without running anything that it brings along.

Only commands that read objects are used: no diff, no status. Those would run filters, hooks and
monitors that a configuration names, and a merge request's repository is not to be trusted so far.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kpucli.errors import KpuError
from kpucli.i18n import _

_COMMAND = (
    "git", "--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}",
    "-c", "protocol.allow=never",
)  # fmt: skip
_SETTINGS = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # Objects that a partial clone lacks are not fetched: fetching runs what a configuration names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "LC_ALL": "C",
}
_USUAL_BRANCHES = ("origin/main", "origin/master", "main", "master")
_OBJECTS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository whose work tree is at `top`. Its methods raise `KpuError` where git fails."""

    top: Path

    def find_commit(self, revision: str) -> str | None:
        """The commit that a revision names; None if it names none."""
        if revision.startswith("-"):
            return None
        return self._answer("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")

    def default_branch(self) -> str | None:
        """The branch that others start from, where it can be told."""
        head = self._answer("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
        configured = self._answer("config", "--get", "init.defaultBranch")
        names = (head, *_USUAL_BRANCHES, configured)
        return next((name for name in names if name and self.find_commit(name)), None)

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit at which two part; None if they have none in common."""
        return self._answer("merge-base", one, other)

    def blobs(self, commit: str) -> dict[bytes, str]:
        """The object of each file of a commit, by its path below `top`."""
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", commit)
        if listed.returncode:
            raise _failed(listed.stderr)
        rows = (row.partition(b"\t") for row in listed.stdout.split(b"\0") if row)
        return {path: facts.split()[2].decode() for facts, _tab, path in rows}

    def contents(self, objects: Sequence[str]) -> Iterator[bytes]:
        """The bytes of some objects, in turn."""
        for start in range(0, len(objects), _OBJECTS_AT_ONCE):
            wanted = objects[start : start + _OBJECTS_AT_ONCE]
            order = "".join(f"{name}\n" for name in wanted).encode()
            answer = self._run("cat-file", "--batch", stdin=order)
            yield from _split_batch(answer.stdout, len(wanted))

    def _answer(self, *arguments: str) -> str | None:
        """What a command says on one line; None if it fails."""
        done = self._run(*arguments)
        return done.stdout.decode(errors="surrogateescape").strip() if not done.returncode else None

    def _run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return _run_git(self.top, arguments, stdin)


def open_repository(folder: Path) -> Repository:
    """The repository that a folder is in. Raises `KpuError` where there is none, or no git."""
    done = _run_git(folder, ("rev-parse", "--show-toplevel"), b"")
    if done.returncode:
        raise _failed(done.stderr, folder)
    return Repository(Path(os.fsdecode(done.stdout.removesuffix(b"\n"))))


def _run_git(
    folder: Path, arguments: Sequence[str], stdin: bytes
) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        return subprocess.run(
            [*_COMMAND, *arguments], cwd=folder, env=kept | _SETTINGS, input=stdin,
            capture_output=True, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        if error.filename != _COMMAND[0]:
            raise
        raise KpuError(
            _("--changed memerlukan git, tetapi git tidak ditemukan."),
            _("Pasang git, atau periksa tanpa --changed."),
        ) from None


def _split_batch(output: bytes, count: int) -> Iterator[bytes]:
    """The contents in what `cat-file --batch` answers: a line of facts, the bytes, a line end."""
    position = 0
    for _number in range(count):
        end = output.find(b"\n", position)
        facts = output[position:end].split()
        if len(facts) != 3:  # "… missing", or git gave up
            raise KpuError(
                _("Isi lama sebuah berkas tidak ada di repositori ini."),
                _("Ambil riwayatnya dahulu dengan `git fetch`."),
            )
        size = int(facts[2])
        yield output[end + 1 : end + 1 + size]
        position = end + size + 2


def _failed(said: bytes, folder: Path | None = None) -> KpuError:
    """The error for what git said."""
    text = said.decode(errors="replace").strip()
    if "not a git repository" in text:
        return KpuError(
            _("Folder {folder} tidak berada di dalam repositori git.").format(folder=folder),
            _("--changed membandingkan dengan git; periksa tanpa --changed."),
        )
    if "dubious ownership" in text:
        return KpuError(
            _("git tidak memercayai repositori ini karena pemiliknya pengguna lain."),
            _("Percayai dengan `git config --global --add safe.directory FOLDER`."),
        )
    return KpuError(_("git gagal: {reason}").format(reason=text.splitlines()[0] if text else "?"))
