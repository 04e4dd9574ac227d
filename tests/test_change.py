"""Changes: shown as a patch; written whole or not at all, and never over somebody else's."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kpucli.change import Change, write_changes
from kpucli.errors import ConflictError, KpuError
from tests.conftest import make_environment
from tests.unprivileged import run_unprivileged

OLD, NEW = b"lama\n" * 10_000, b"baru\n" * 12_000

DIFFS = {
    "changed": (
        b"a\nb\nc\n",
        b"a\nx\nc\n",
        "--- a/x.md\n+++ b/x.md\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n",
    ),
    "new": (None, b"a\n", "--- /dev/null\n+++ b/x.md\n@@ -0,0 +1 @@\n+a\n"),
    "no line end": (
        b"a",
        b"b\n",
        "--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n",
    ),
    "CRLF": (b"a\r\nb\r\n", b"a\r\n", "--- a/x.md\n+++ b/x.md\n@@ -1,2 +1 @@\n a\r\n-b\r\n"),
    "other line ends": (
        "a\u2028b\x0cc\rd\n".encode(),
        b"a\n",
        "--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\u2028b\x0cc\rd\n+a\n",
    ),
    "the same": (b"a\n", b"a\n", ""),
}


@pytest.mark.parametrize(("before", "after", "diff"), DIFFS.values(), ids=DIFFS)
def test_a_diff_is_a_patch(before: bytes | None, after: bytes, diff: str, tmp_path: Path) -> None:
    change = Change(Path("x.md"), before, after)
    assert change.diff() == diff
    assert change.is_empty == (before == after)
    if diff and shutil.which("git"):
        if before is not None:
            (tmp_path / "x.md").write_bytes(before)
        subprocess.run(["git", "apply", "-"], input=diff.encode(), cwd=tmp_path, check=True)
        assert (tmp_path / "x.md").read_bytes() == after


def test_a_hostile_name_commands_no_terminal() -> None:
    diff = Change(Path("a\n\x1b[31m.md"), b"a\n", b"b\n").diff()
    assert diff.startswith("--- a/a\\n\\x1b[31m.md\n+++ b/a\\n\\x1b[31m.md\n@@")


def files(folder: Path) -> dict[str, bytes]:
    """Everything below a folder; folders have a slash and no content."""
    return {
        path.relative_to(folder).as_posix() + ("/" if path.is_dir() else ""): (
            b"" if path.is_dir() or path.is_symlink() else path.read_bytes()
        )
        for path in folder.rglob("*")
    }


def test_changes_are_written_and_counted(tmp_path: Path) -> None:
    old, same = tmp_path / "old.md", tmp_path / "same.md"
    old.write_bytes(b"a")
    same.write_bytes(b"b")
    changes = [
        Change(old, b"a", b"A"),
        Change(same, b"b", b"b"),
        Change(tmp_path / "x/y/new.md", None, b"c"),
        Change(tmp_path / "empty.md", None, b""),
    ]
    assert write_changes(iter(changes)) == 3
    assert files(tmp_path) == {
        "old.md": b"A", "same.md": b"b", "x/": b"", "x/y/": b"", "x/y/new.md": b"c",
        "empty.md": b"",
    }  # fmt: skip


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755, 0o444], ids=oct)
def test_a_file_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"a")
    path.chmod(mode)
    write_changes([Change(path, b"a", b"b")])
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_has_the_mode_of_new_files(tmp_path: Path) -> None:
    previous = os.umask(0o027)
    try:
        write_changes([Change(tmp_path / "a.md", None, b"a")])
    finally:
        os.umask(previous)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


CHANGED = "Berkas ini berubah sejak dibaca; tidak ditimpa. Ulangi perintahnya."
TAKEN = "Berkas ini sudah ada; tidak ditimpa."
SPECIAL = "Ini tautan simbolik atau bukan berkas biasa; tidak ditulis."
CONFLICTS: dict[str, tuple[bytes | None, Callable[[Path], object], str]] = {
    "changed": (b"a", lambda path: path.write_bytes(b"b"), CHANGED),
    "longer": (b"a", lambda path: path.write_bytes(b"ab"), CHANGED),
    "gone": (b"a", lambda path: None, CHANGED),
    "came to be": (None, lambda path: path.write_bytes(b"b"), TAKEN),
    "came to be with the same": (None, lambda path: path.write_bytes(b"x"), TAKEN),
    "came to be, empty": (None, lambda path: path.touch(), TAKEN),
    "a link": (b"a", lambda path: path.symlink_to("target"), SPECIAL),
    "a new link": (None, lambda path: path.symlink_to("target"), TAKEN),
    "a link to nothing": (None, lambda path: path.symlink_to("nothing"), TAKEN),
    "a pipe": (b"a", os.mkfifo, SPECIAL),
    "a new pipe": (None, os.mkfifo, TAKEN),
    "a folder": (b"a", Path.mkdir, SPECIAL),
    "a new folder": (None, Path.mkdir, TAKEN),
}


@pytest.mark.parametrize(("before", "make", "message"), CONFLICTS.values(), ids=CONFLICTS)
def test_what_is_not_as_it_was_is_not_written(
    before: bytes | None, make: Callable[[Path], object], message: str, tmp_path: Path
) -> None:
    (tmp_path / "target").write_bytes(b"a")
    path, other = tmp_path / "a.md", tmp_path / "b.md"
    make(path)
    was = set(os.listdir(tmp_path))
    with pytest.raises(ConflictError) as caught:
        write_changes([Change(path, before, b"x"), Change(other, None, b"y")])
    assert str(caught.value) == f"{path}: {message}"
    assert set(os.listdir(tmp_path)) == was
    assert (tmp_path / "target").read_bytes() == b"a"


@pytest.mark.parametrize("before", [OLD, None], ids=["edited", "made"])
def test_what_changes_while_it_is_written_is_not_overwritten(
    before: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    if before is not None:
        path.write_bytes(before)
    flush = os.fsync

    def meddle(descriptor: int) -> None:
        path.write_bytes(b"orang lain")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", meddle)
    with pytest.raises(ConflictError):
        write_changes([Change(path, before, NEW)])
    assert files(tmp_path) == {"a.md": b"orang lain"}


def test_a_name_that_is_taken_at_the_last_moment_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, link = tmp_path / "a.md", os.link

    def late(source: Path, target: Path) -> None:
        target.write_bytes(b"orang lain")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(ConflictError, match="sudah ada"):
        write_changes([Change(path, None, NEW)])
    assert files(tmp_path) == {"a.md": b"orang lain"}


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP], ids=errno.errorcode.get)
def test_disks_without_links_are_written_too(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "link", refuse)
    write_changes([Change(tmp_path / "a.md", None, NEW)])
    assert files(tmp_path) == {"a.md": NEW}


def test_disks_whose_folders_cannot_be_flushed_are_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = os.fsync

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    write_changes([Change(tmp_path / "x/a.md", None, NEW)])
    assert files(tmp_path) == {"x/": b"", "x/a.md": NEW}


@pytest.mark.parametrize(
    ("error", "kind"),
    [(OSError(errno.EIO, "I/O"), KpuError), (KeyboardInterrupt(), KeyboardInterrupt)],
    ids=["broken disk", "Ctrl-C"],
)
def test_what_fails_leaves_nothing_behind(
    error: BaseException,
    kind: type[BaseException],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.md").write_bytes(OLD)
    flush = os.fsync

    def fail(descriptor: int) -> None:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise error
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    for change in (
        Change(tmp_path / "a.md", OLD, NEW),
        Change(tmp_path / "b.md", None, NEW),
        Change(tmp_path / "x/y/c.md", None, NEW),
    ):
        with pytest.raises(kind):
            write_changes([change])
    assert files(tmp_path) == {"a.md": OLD}


WRITE = """
for change in (Change(Path("x/a.md"), b"a", b"b"), Change(Path("x/b.md"), None, b"b"),
               Change(Path("x/y/c.md"), None, b"c")):
    try:
        write_changes([change])
    except KpuError as error:
        print(error)
"""


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "a.md").write_bytes(b"a")
    folder.chmod(0o555)
    reason = "Berkas tidak dapat ditulis: tidak ada izin."
    assert run_unprivileged(tmp_path, WRITE) == [
        f"x/{name}.md: {reason}" for name in ("a", "b", "y/c")
    ]
    folder.chmod(0o755)
    assert files(folder) == {"a.md": b"a"}


def test_a_file_where_a_folder_must_be(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(KpuError, match=r"Berkas tidak dapat ditulis: ini bukan folder\.$"):
        write_changes([Change(tmp_path / "x/a.md", None, b"a")])


def test_a_limit_on_files_leaves_the_old(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/a.md").write_bytes(OLD)
    code = f"""
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, {resource.RLIM_INFINITY}))
for change in (Change(Path("x/a.md"), {OLD[:5]!r} * 10000, b"b" * 5000),
               Change(Path("x/b.md"), None, b"b" * 5000),
               Change(Path("x/y/c.md"), None, b"b" * 5000)):
    try:
        write_changes([change])
    except KpuError as error:
        print(error)
"""
    (tmp_path / "x").chmod(0o777)
    reason = "Berkas tidak dapat ditulis: terlalu besar."
    assert run_unprivileged(tmp_path, code) == [
        f"x/{name}.md: {reason}" for name in ("a", "b", "y/c")
    ]
    assert files(tmp_path / "x") == {"a.md": OLD}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for one of the two texts and a bit."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=80k,nr_inodes=8", "tmpfs", str(folder)]
    if os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_the_old(small_disk: Path) -> None:
    path = small_disk / "a.md"
    path.write_bytes(OLD)
    for change in (Change(path, OLD, NEW), Change(small_disk / "b.md", None, NEW),
                   Change(small_disk / "x/y/c.md", None, NEW)):  # fmt: skip
        with pytest.raises(KpuError) as caught:
            write_changes([change])
        assert str(caught.value) == f"{change.path}: Berkas tidak dapat ditulis: disk penuh."
        assert files(small_disk) == {"a.md": OLD}
    with pytest.raises(KpuError, match="disk penuh"):
        write_changes([Change(small_disk / f"{number}.md", None, b"x") for number in range(20)])
    assert not [name for name in files(small_disk) if name.startswith(".")]


def test_what_killed_runs_left_is_taken_away(tmp_path: Path) -> None:
    hour_ago = time.time() - 3700
    for name in (".kpucli-0123.tmp", ".kpucli-4567.tmp", ".kpucli", "a.tmp", ".x.tmp"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (hour_ago, hour_ago))
    (tmp_path / ".kpucli-4567.tmp").touch()  # somebody may be writing it
    write_changes([Change(tmp_path / "a.md", None, b"a")])
    assert set(files(tmp_path)) == {".kpucli-4567.tmp", ".kpucli", "a.tmp", ".x.tmp", "a.md"}


KILL = """
import os, random, signal, time
from datetime import UTC
from pathlib import Path
from kpucli.archive import Archive
from kpucli.change import Change, write_changes
OLD, NEW = b"lama\\n" * 10_000, b"baru\\n" * 12_000
chance = random.Random(1)
archive = Archive(Path("articles"), UTC)
edited, made = Path("articles/2022/a.md"), Path("articles/2023/b.md")
edited.parent.mkdir(parents=True)
longest, seen = 0.003, set()
for number in range(100):
    edited.write_bytes(OLD)
    made.unlink(missing_ok=True)
    pid = os.fork()
    if pid == 0:
        write_changes([Change(edited, OLD, NEW), Change(made, None, NEW)])
        os._exit(0)
    started = time.perf_counter()
    time.sleep(chance.random() * longest)
    os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status):
        longest = (time.perf_counter() - started) * 1.2
    state = (edited.read_bytes(), made.read_bytes() if made.exists() else None)
    assert state in ((OLD, None), (NEW, None), (NEW, NEW)), [part and part[:9] for part in state]
    seen.add((state[0] == NEW, state[1] == NEW))
    paths, misplaced = archive.paths()
    assert set(paths) <= {edited, made} and not misplaced, (paths, misplaced)
    age = time.time() - 7200
    for path in archive.root.rglob(".*"):
        os.utime(path, (age, age))
    write_changes([Change(edited, state[0], b"x")])
    write_changes([Change(made, state[1], b"x")])
    left = list(archive.root.rglob(".*"))
    assert not left, left
print(len(seen))
"""


def test_killed_at_any_moment_a_file_is_old_or_new(tmp_path: Path) -> None:
    process = run_python(KILL, folder=tmp_path)
    assert process.returncode == 0, process.stderr
    assert int(process.stdout) >= 2  # some were killed before and some behind


def run_python(
    code: str, *arguments: str, folder: Path, through: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*through, sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=make_environment(PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        check=False,
    )


WRITE_ONE = """
import sys
from pathlib import Path
from kpucli.change import Change, write_changes
OLD, NEW = b"lama\\n" * 10_000, b"baru\\n" * 12_000
path = Path(sys.argv[1])
before = path.read_bytes() if path.exists() else None
open("mulai", "wb").close()
write_changes([Change(path, before, NEW)])
"""
CALLS = "openat,write,fchmod,fsync,rename,link,unlink,mkdir,rmdir,close"


def traced_calls(name: str, folder: Path) -> list[tuple[str, int, str]]:
    """The system calls of writing a file: name, which of that name it is, whole line."""
    log = folder / "log"
    through = ("strace", "-y", "-o", str(log), "-e", f"trace={CALLS}")
    process = run_python(WRITE_ONE, str(folder / name), folder=folder, through=through)
    assert process.returncode == 0, process.stderr
    counts: dict[str, int] = {}
    calls, has_begun = [], False
    for line in log.read_text().splitlines():
        match = re.match(r"(\w+)\(", line)
        if match:
            call = match[1]
            counts[call] = counts.get(call, 0) + 1
            has_begun = has_begun or "mulai" in line
            if has_begun and str(folder) in line and "/log" not in line:
                calls.append((call, counts[call], line))
    return calls


needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


@needs_strace
@pytest.mark.parametrize("name", ["a.md", "x/b.md"], ids=["edited", "made"])
def test_content_is_on_the_disk_before_its_name_is(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(OLD)
    steps = [
        f"{call} {'folder' if '.tmp' not in line and '.md' not in line else 'file'}"
        for call, _number, line in traced_calls(name, tmp_path)
        if call in ("write", "fsync", "rename", "link", "unlink", "mkdir") and "= -1" not in line
    ]
    end = ["write file", "fsync file", "rename file", "fsync folder"]
    if name == "x/b.md":
        end[2:3] = ["link file", "unlink file"]
        end[:0] = ["mkdir folder", "fsync folder"]
    assert steps == end


@needs_strace
@pytest.mark.parametrize("name", ["a.md", "x/b.md"], ids=["edited", "made"])
def test_killed_at_every_system_call_a_file_is_old_or_new(name: str, tmp_path: Path) -> None:
    trial = tmp_path / "0"
    trial.mkdir()
    (trial / "a.md").write_bytes(OLD)
    calls = traced_calls(name, trial)
    assert len(calls) > 6
    old = OLD if name == "a.md" else None
    seen = set()
    for number, (call, count, line) in enumerate(calls, 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.md").write_bytes(OLD)
        inject = ("-e", f"inject={call}:signal=KILL:when={count}")
        through = ("strace", "-o", "/dev/null", "-e", f"trace={CALLS}", *inject)
        process = run_python(WRITE_ONE, str(folder / name), folder=folder, through=through)
        assert process.returncode in (-9, 137), (line, process)
        path = folder / name
        content = path.read_bytes() if path.exists() else None
        assert content in (old, NEW), line
        seen.add(content)
        visible = {item.name for item in folder.rglob("[!.]*")} - {"mulai", "x", "log"}
        assert visible <= {"a.md", "b.md"}, line
    assert seen == {old, NEW}
