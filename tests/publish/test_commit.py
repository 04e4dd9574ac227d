"""A folder is made to hold a site, and nothing is written that need not be."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kpucli.errors import KpuError
from kpucli.publish import disk, trees
from kpucli.publish.commit import Outcome, commit_files, lock_output
from kpucli.publish.generation import MARKER
from kpucli.publish.render import File

OLD = {"index.html": "lama", "a/index.html": "a", "b/c/index.html": "c", "gaya.css": "x"}
NEW = {"index.html": "baru", "a/index.html": "a", "d/e/index.html": "e", "gaya.css": "x"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "public"


def commit(output: Path, site: dict[str, str], **options: Any) -> Outcome:
    files = (File(path, content.encode()) for path, content in site.items())
    with lock_output(output):
        return commit_files(output, files, **options)


def content(folder: Path) -> dict[str, str]:
    """What a folder holds, our marker apart; empty folders too, as they have no place there."""
    found = {
        path.relative_to(folder).as_posix(): "" if path.is_dir() else path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() or not any(path.iterdir())
    }
    assert found.pop(MARKER).startswith("Folder ini dibuat oleh")
    return found


def state(folder: Path) -> dict[str, tuple[int, int, int]]:
    return {
        str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns, path.lstat().st_ctime_ns)
        for path in [folder, *folder.rglob("*")]
    }


def is_clean(output: Path) -> bool:
    """Whether nothing but the site and its store is there, and nothing staged in either."""
    names = {path.name for path in output.parent.iterdir()}
    return names <= {output.name, f".{output.name}.kpucli"} and not [
        *output.parent.rglob(".kpucli-baru"),
        *output.parent.glob(".*.kpucli/baru"),
        *output.parent.glob(".*.kpucli/uji"),
    ]


def refuse_exchange(code: int) -> Callable[[str, str], None]:
    def exchange(_first: str, second: str) -> None:
        raise OSError(code, os.strerror(code), second)

    return exchange


@pytest.fixture(params=["exchange", "one by one"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to put a site in place."""
    if request.param == "one by one":
        monkeypatch.setattr(trees, "exchange", refuse_exchange(errno.EINVAL))
    return str(request.param)


def test_a_first_publish_adds_everything(output: Path) -> None:
    outcome = commit(output, OLD)
    assert sorted(outcome.added) == sorted(OLD)
    assert (outcome.changed, outcome.removed, outcome.unchanged) == ([], [], 0)
    assert content(output) == OLD
    assert is_clean(output)


@pytest.mark.usefixtures("way")
def test_a_change_adds_changes_and_removes(output: Path) -> None:
    commit(output, OLD)
    outcome = commit(output, NEW)
    assert outcome.added == ["d/e/index.html"]
    assert outcome.changed == ["index.html"]
    assert outcome.removed == ["b/c/index.html"]
    assert outcome.unchanged == 2
    assert content(output) == NEW
    assert is_clean(output)


@pytest.mark.usefixtures("way")
def test_nothing_new_touches_nothing(output: Path) -> None:
    commit(output, OLD)
    before = state(output)
    assert commit(output, OLD).is_empty
    assert state(output) == before


@pytest.mark.usefixtures("way")
def test_unchanged_files_stay_the_same_files(output: Path) -> None:
    commit(output, OLD)
    os.utime(output / "gaya.css", (1, 1))
    before = (output / "gaya.css").stat()
    commit(output, NEW)
    after = (output / "gaya.css").stat()
    assert (after.st_ino, after.st_mtime) == (before.st_ino, 1)


@pytest.mark.usefixtures("way")
def test_a_changed_file_is_another_file(output: Path) -> None:
    """Who has the old page open, or a copy made of links, keeps what he has."""
    commit(output, OLD)
    os.link(output / "index.html", output.parent.parent / f"{output.parent.name}-salinan")
    copy = output.parent.parent / f"{output.parent.name}-salinan"
    commit(output, NEW)
    assert copy.read_text() == "lama"
    copy.unlink()


@pytest.mark.usefixtures("way")
def test_what_was_put_there_by_hand_is_removed(output: Path) -> None:
    commit(output, OLD)
    (output / "catatan.txt").write_text("rahasia")
    (output / "jalan").symlink_to("/etc/passwd")
    (output / "index.html").unlink()
    (output / "index.html").symlink_to("/etc/hostname")
    outcome = commit(output, OLD)
    assert outcome.removed == ["catatan.txt", "jalan"]
    assert content(output) == OLD
    assert not (output / "index.html").is_symlink()


def test_an_empty_folder_becomes_a_site_with_its_rights(output: Path) -> None:
    output.mkdir(mode=0o750)
    commit(output, OLD)
    assert content(output) == OLD
    assert output.stat().st_mode & 0o777 == 0o750


def test_missing_folders_above_are_made(tmp_path: Path) -> None:
    commit(tmp_path / "a" / "b" / "public", OLD)
    assert content(tmp_path / "a" / "b" / "public") == OLD


def test_a_link_to_a_web_servers_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    output = tmp_path / "public"
    output.symlink_to("www")
    commit(output, OLD)
    commit(output, NEW)
    assert output.is_symlink()
    assert content(tmp_path / "www") == NEW


def test_a_foreign_folder_is_refused(output: Path) -> None:
    output.mkdir()
    (output / "skripsi.doc").write_text("penting")
    with pytest.raises(KpuError, match="bukan hasil kpucli") as caught:
        commit(output, OLD)
    assert caught.value.exit_code == 2
    assert [path.name for path in output.iterdir()] == ["skripsi.doc"]


def test_a_file_is_refused(output: Path) -> None:
    output.write_text("penting")
    with pytest.raises(KpuError, match="bukan folder"):
        commit(output, OLD)
    assert output.read_text() == "penting"


def test_two_pages_of_one_path_are_refused(output: Path) -> None:
    commit(output, OLD)
    with lock_output(output), pytest.raises(KpuError, match=r"a/index\.html"):
        commit_files(output, [File("a/index.html", b"1"), File("a/index.html", b"2")])
    assert content(output) == OLD
    assert is_clean(output)


def test_a_dry_run_says_the_same_and_writes_nothing(output: Path) -> None:
    assert sorted(commit(output, OLD, dry_run=True).added) == sorted(OLD)
    assert list(output.parent.iterdir()) == []
    commit(output, OLD)
    before = state(output.parent)
    foreseen = commit(output, NEW, dry_run=True)
    assert state(output.parent) == before
    assert commit(output, NEW) == foreseen


def test_a_dry_run_is_possible_where_nothing_may_be_written(output: Path) -> None:
    (output.parent / "lain").mkdir()
    shutil.rmtree(output.parent)
    assert commit(output, OLD, dry_run=True).added
    assert not output.parent.exists()


def test_a_failure_while_rendering_leaves_the_old_site(output: Path) -> None:
    commit(output, OLD)

    def files() -> Iterator[File]:
        yield File("index.html", b"baru")
        raise KpuError("rusak")

    with lock_output(output), pytest.raises(KpuError, match="rusak"):
        commit_files(output, files())
    assert content(output) == OLD
    assert is_clean(output)


def test_what_a_killed_run_left_is_cleared(output: Path) -> None:
    commit(output, OLD)
    for debris in (output.parent / ".public.kpucli" / "baru", output / ".kpucli-baru"):
        (debris / "x").mkdir(parents=True)
        (debris / "x" / "index.html").write_text("sisa")
    assert commit(output, OLD, dry_run=True).is_empty
    assert commit(output, OLD).is_empty
    assert is_clean(output)
    assert content(output) == OLD


NOT_HERE = [errno.EXDEV, errno.EBUSY, errno.EINVAL, errno.ENOSYS, errno.EPERM]


@pytest.mark.parametrize("code", NOT_HERE, ids=map(errno.errorcode.__getitem__, NOT_HERE))
def test_where_folders_cannot_change_places_files_do(
    output: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    commit(output, OLD)
    inode = output.stat().st_ino
    monkeypatch.setattr(trees, "exchange", refuse_exchange(code))
    commit(output, NEW)
    assert content(output) == NEW
    assert output.stat().st_ino == inode
    assert is_clean(output)


def test_one_by_one_no_page_ever_leads_to_one_that_is_not_there(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Additions come first, then changes, then removals: seen after every single step."""
    commit(output, OLD)
    monkeypatch.setattr(trees, "exchange", refuse_exchange(errno.EINVAL))
    steps: list[dict[str, str]] = []
    rename, unlink = os.rename, os.unlink

    def note(_done: object) -> None:
        found = {
            path: text
            for path, text in content(output).items()
            if "kpucli" not in path and (output / path).is_file()
        }
        if [found] != steps[-1:]:
            steps.append(found)

    note(None)
    monkeypatch.setattr(os, "rename", lambda old, new: note(rename(old, new)))
    monkeypatch.setattr(os, "unlink", lambda path, **where: note(unlink(path, **where)))
    commit(output, NEW)
    added = OLD | {"d/e/index.html": "e"}
    assert [{path for path in step if path.endswith("html")} for step in steps] == [
        {path for path in site if path.endswith("html")} for site in (OLD, added, added, NEW)
    ]
    assert steps[2] == added | {"index.html": "baru"}
    assert steps[3] == content(output) == NEW


def test_one_by_one_a_failure_says_that_the_site_is_mixed(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(output, OLD)
    monkeypatch.setattr(trees, "exchange", refuse_exchange(errno.EINVAL))
    original = os.rename

    def rename(old: str, new: str) -> None:
        if new == str(output / "index.html"):
            raise OSError(errno.EIO, "gagal")
        original(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", rename)
        with pytest.raises(KpuError, match="terputus") as caught:
            commit(output, NEW)
    assert "ulangi" in str(caught.value.hint)
    commit(output, NEW)
    assert content(output) == NEW
    assert is_clean(output)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_a_disk_that_refuses_leaves_the_old_site(
    output: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    commit(output, OLD)
    before = state(output)
    monkeypatch.setattr(trees, "exchange", refuse_exchange(code))
    with pytest.raises(KpuError, match="tidak dapat ditulis") as caught:
        commit(output, NEW)
    assert (caught.value.exit_code, caught.value.hint) == (2, "Situs lama tetap utuh.")
    assert content(output) == OLD
    assert state(output).keys() == before.keys()
    assert is_clean(output)


def test_files_that_may_not_be_linked_are_replaced(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """vfat knows no links; another user's files may not be linked (protected_hardlinks)."""
    commit(output, OLD)

    def link(_old: str, _new: str) -> None:
        raise OSError(errno.EPERM, "tidak boleh")

    monkeypatch.setattr(os, "link", link)
    commit(output, NEW)
    assert content(output) == NEW
    assert is_clean(output)


def test_without_syncfs_the_whole_machine_is_flushed(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = []

    def call(name: str, _arguments: object, path: str) -> None:
        assert name == "syncfs"
        raise OSError(errno.ENOSYS, "tidak ada", path)

    monkeypatch.setattr(disk, "call_library", call)
    monkeypatch.setattr(os, "sync", lambda: flushed.append(True))
    commit(output, OLD)
    assert flushed
    assert content(output) == OLD


def test_all_is_on_the_disk_before_the_site_changes(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(output, OLD)
    calls: list[str] = []
    call, fsync = disk.call_library, os.fsync

    def note(name: str, arguments: tuple[int | bytes, ...], path: str) -> None:
        calls.append(f"{name} {Path(path).name}")
        call(name, arguments, path)

    def note_flush(descriptor: int) -> None:
        calls.append(f"fsync {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        fsync(descriptor)

    monkeypatch.setattr(disk, "call_library", note)
    monkeypatch.setattr(os, "fsync", note_flush)
    commit(output, NEW)
    assert calls == [
        "fsync jurnal.json.baru",
        "fsync .public.kpucli",
        "syncfs .public.kpucli",
        "renameat2 public",
        f"fsync {output.parent.name}",
        "fsync .public.kpucli",
    ]


def test_an_unknown_function_of_the_library_is_an_error() -> None:
    with pytest.raises(OSError, match="tidak_ada") as caught:
        disk.call_library("tidak_ada", (), "tidak_ada")
    assert caught.value.errno == errno.ENOSYS


def test_a_second_publish_is_kept_out(output: Path) -> None:
    with (
        lock_output(output),
        pytest.raises(KpuError, match="sedang berjalan") as caught,
        lock_output(output),
    ):
        pass
    assert caught.value.exit_code == 2
    with lock_output(output):
        pass


def test_the_lock_leaves_no_trace(output: Path) -> None:
    with lock_output(output):
        pass
    assert list(output.parent.iterdir()) == []


def mounted(kind: list[str], folder: Path) -> Iterator[Path]:
    folder.mkdir()
    if os.geteuid() or subprocess.run([*kind, str(folder)], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture(params=["tmpfs", "bind"])
def mount_point(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder that is a disk of its own, or another place of the same disk."""
    source = tmp_path / "sumber"
    source.mkdir()
    commands = {
        "tmpfs": ["mount", "-t", "tmpfs", "-o", "size=1m", "none"],
        "bind": ["mount", "--bind", str(source)],
    }
    yield from mounted(commands[request.param], tmp_path / "www")


def test_a_mount_point_is_published_into(mount_point: Path) -> None:
    commit(mount_point, OLD)
    assert content(mount_point) == OLD
    commit(mount_point, NEW)
    assert content(mount_point) == NEW
    assert not (mount_point.parent / ".www.kpucli-baru").exists()
    assert not (mount_point / ".kpucli-baru").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one MiB."""
    yield from mounted(["mount", "-t", "tmpfs", "-o", "size=1m", "none"], tmp_path / "disk")


def test_a_full_disk_leaves_the_old_site(small_disk: Path) -> None:
    output = small_disk / "public"
    small = {f"{number}/index.html": "x" * 4000 for number in range(100)}
    commit(output, small)
    before = state(output)
    large = {f"{number}/index.html": "y" * 9000 for number in range(100)}
    with pytest.raises(KpuError, match="disk penuh"):
        commit(output, large)
    assert state(output) == before
    assert is_clean(output)
    commit(output, {"index.html": "kecil"}, allow_removals=True)
    assert content(output) == {"index.html": "kecil"}


def test_a_site_in_a_folder_whose_parent_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`/var/www/html` of a user who owns no more than that."""
    output = tmp_path / "html"
    output.mkdir()
    original = Path.mkdir

    def mkdir(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        if path.parent == tmp_path and not exist_ok:
            raise PermissionError(errno.EACCES, "tidak boleh", str(path))
        original(path, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    commit(output, OLD)
    commit(output, NEW)
    assert content(output) == NEW
    assert is_clean(output)
