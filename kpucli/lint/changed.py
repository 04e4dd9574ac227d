"""Which lines of which articles have changed against a revision in git."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from kpucli.archive import read_file
from kpucli.errors import ArticleError, KpuError
from kpucli.i18n import _
from kpucli.lint.engine import UNPLACED, Target, target_path
from kpucli.lint.finding import Finding
from kpucli.lint.git import Repository, open_repository

_MOST_LINES = 5000  # comparing more could take minutes; so long a text counts as new

Lines = frozenset[int]


@dataclass(frozen=True, slots=True)
class Changes:
    """The targets that changed since `base` (for people); `lines` has None for a new file."""

    base: str
    targets: list[Target]
    lines: Mapping[Path, Lines | None]

    def sift(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings on lines that changed."""
        return [finding for finding in findings if self._has_changed(finding)]

    def _has_changed(self, finding: Finding) -> bool:
        lines = self.lines[finding.path]
        if lines is None or finding.code in UNPLACED:
            return True
        return not lines.isdisjoint(range(finding.line, finding.end_line + 1))


def find_changes(targets: Sequence[Target], folder: Path, revision: str | None) -> Changes:
    """What changed of `targets` since `revision`.

    None: since the branch left the default branch, or since the last commit where no default branch
    is known. `folder` is in the repository. Raises `KpuError` where git cannot tell.
    """
    repository = open_repository(folder)
    base, name = _find_base(repository, revision)
    blobs = repository.blobs(base) if base else {}
    lines: dict[Path, Lines | None] = {target_path(target): None for target in targets}
    lines.update(_compare(targets, repository, blobs))
    changed = [target for target in targets if lines[target_path(target)] != frozenset()]
    return Changes(name, changed, lines)


def _find_base(repository: Repository, revision: str | None) -> tuple[str | None, str]:
    """The commit to compare with (None before the first one), and what to call it."""
    if revision is not None:
        commit = repository.find_commit(revision)
        if commit is None:
            raise KpuError(
                _("Revisi “{name}” tidak ada di repositori ini.").format(name=revision),
                _("Sebutkan cabang, tanda, atau komit: --changed=REV."),
            )
        return commit, f"{revision} ({commit[:7]})"
    head, branch = repository.find_commit("HEAD"), repository.default_branch()
    if head is None or branch is None:
        return head, f"HEAD ({head[:7]})" if head else _("folder kosong")
    commit = repository.merge_base(head, branch)
    if commit is None:
        raise KpuError(
            _("HEAD dan {branch} tidak mempunyai pangkal bersama di repositori ini.").format(
                branch=branch
            ),
            _("Ambil riwayatnya dahulu, atau sebutkan revisinya: --changed=REV."),
        )
    return commit, f"{branch} ({commit[:7]})"


def _compare(
    targets: Iterable[Target], repository: Repository, blobs: Mapping[bytes, str]
) -> Iterator[tuple[Path, Lines]]:
    """The changed lines of each target that the commit has too; none if it is the same."""
    edited: list[tuple[Path, str]] = []
    for target in targets:
        path = target_path(target)
        blob = blobs.get(_name_in(repository, path))
        content = _read(path) if blob else None
        if blob is None or content is None:
            continue
        if _object_name(content, blob) == blob:
            yield path, frozenset()
        else:
            edited.append((path, blob))
    contents = repository.contents([blob for _path, blob in edited])
    for (path, _blob), before in zip(edited, contents, strict=True):
        yield path, _changed_lines(before, _read(path) or b"")


def _name_in(repository: Repository, path: Path) -> bytes:
    # The folder is resolved, not the file itself: a link is one thing, what it points to another.
    return os.fsencode(os.path.relpath(path.parent.resolve() / path.name, repository.top))


def _read(path: Path) -> bytes | None:
    """A file's bytes, or a link's, as git has them; None for what cannot be read."""
    try:
        return os.fsencode(path.readlink()) if path.is_symlink() else read_file(path)
    except (ArticleError, OSError):
        return None


def _object_name(content: bytes, like: str) -> str:
    """The name that git gives to a content, in a repository whose names look like `like`."""
    framed = b"blob %d\0%b" % (len(content), content)
    if len(like) == hashlib.sha256().digest_size * 2:
        return hashlib.sha256(framed).hexdigest()
    return hashlib.sha1(framed, usedforsecurity=False).hexdigest()


def _changed_lines(before: bytes, after: bytes) -> Lines:
    """The 1-based lines of `after` that `before` lacks, whatever the line ends.

    In an article that changed, the `+++` around the front matter count too: there is told what is
    missing.
    """
    old, new = _split(before), _split(after)
    if max(len(old), len(new)) > _MOST_LINES:
        return frozenset(range(1, len(new) + 1))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    same = {line for block in blocks for line in range(block.b, block.b + block.size)}
    changed = {line + 1 for line in range(len(new)) if line not in same}
    if changed or old != new:
        changed |= {number for number, line in enumerate(new, 1) if line.rstrip() == b"+++"}
    return frozenset(changed)


def _split(content: bytes) -> list[bytes]:
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [line.removesuffix(b"\r") for line in lines]
