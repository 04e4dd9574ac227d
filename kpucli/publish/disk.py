"""The few calls to the system that publishing is made of: as few as can be, and safe ones.

Paths are plain strings: at a hundred thousand pages, making `Path`s takes longer than writing.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress

from kpucli.change import flush

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_NOT_A_FILE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR, errno.ENXIO}


def has_file(path: str) -> bool:
    """Whether anything but a folder is there."""
    try:
        return not stat.S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def read_file(path: str) -> bytes | None:
    """A file's content; None where there is none, or something that is no plain file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in _NOT_A_FILE:
            return None
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None
        content = os.read(descriptor, status.st_size)
        while len(content) < status.st_size and (more := os.read(descriptor, status.st_size)):
            content += more  # Linux reads no more than 2 GiB at once
        return content
    finally:
        os.close(descriptor)


def write_file(path: str, content: bytes) -> None:
    """Write a new file; raises `FileExistsError` where there is one, `OSError` if it cannot be."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o666)
    try:
        rest = memoryview(content)
        while rest:  # a disk that is nearly full takes a part
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def write_durably(path: str, content: bytes) -> None:
    """Make a file hold this, in one step, and bring it to safety."""
    temporary = f"{path}.baru"
    with suppress(FileNotFoundError):
        os.unlink(temporary)
    write_file(temporary, content)
    flush(temporary)
    os.replace(temporary, path)
    flush(os.path.dirname(path))


def flush_disk(folder: str) -> None:
    """Bring all that was written to this folder's disk to safety. Raises `OSError` if it failed."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Unlike sync, this tells of errors; unlike fsync of each file, it does not take seconds.
        call_library("syncfs", (descriptor,), folder)
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
        os.sync()
    finally:
        os.close(descriptor)


def exchange(first: str, second: str) -> None:
    """Let two folders change places in one step (Linux `renameat2`). Raises `OSError`."""
    arguments = (_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    call_library("renameat2", arguments, second)


def call_library(name: str, arguments: tuple[int | bytes, ...], path: str) -> None:
    """Call a function of the C library that Python has no name for. Raises `OSError`."""
    function = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    code = errno.ENOSYS if function is None else 0
    if function is not None and function(*arguments):
        code = ctypes.get_errno()
    if code:
        raise OSError(code, os.strerror(code), path)


def make_folder(folder: str) -> None:
    """Make a folder, and those above it, where there is none."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def write_below(top: str, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a fresh folder, by their paths below it; raises as `write_file` does."""
    last = top
    for path, content in files:
        place = f"{top}/{path}"
        folder = place.rpartition("/")[0]
        if folder != last:
            make_folder(folder)
            last = folder
        write_file(place, content)


def list_files(folder: str, without: frozenset[str] = frozenset()) -> dict[str, int]:
    """The paths of all that is no folder below a folder, and the inode of each.

    `without` are names in the folder itself that are passed over.
    """
    found: dict[str, int] = {}
    start = len(folder) + 1
    waiting = [folder] if os.path.isdir(folder) else []
    while waiting:
        here = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                if here == folder and entry.name in without:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    found[entry.path[start:]] = entry.inode()
    return found


def move_file(old: str, new: str) -> None:
    """Move a file to a place that may be taken and whose folder may be missing."""
    try:
        os.rename(old, new)
    except FileNotFoundError:
        make_folder(os.path.dirname(new))
        os.rename(old, new)
    except IsADirectoryError:
        shutil.rmtree(new)
        os.rename(old, new)


def link_file(old: str, new: str) -> None:
    """Give a file a second name, whose folder may be missing; a folder in its place goes."""
    try:
        os.link(old, new)
    except FileNotFoundError:
        make_folder(os.path.dirname(new))
        os.link(old, new)
    except FileExistsError:
        shutil.rmtree(new)
        os.link(old, new)


def link_or_copy(old: str, new: str) -> None:
    """A second name for a file or, on another disk, a second file. `new` must be free."""
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        shutil.copyfile(old, new)


# Links or the exchange do not work here: another disk, a mount point, an old or foreign system.
NOT_HERE = {
    errno.EXDEV,
    errno.EBUSY,
    errno.EINVAL,
    errno.ENOSYS,
    errno.EOPNOTSUPP,
    errno.EPERM,
    errno.EMLINK,
}


def remove_file(path: str) -> None:
    """Remove a file, if it is there; a folder in its place stays."""
    with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        os.unlink(path)


def remove_empty_folders(path: str, top: str) -> None:
    """Remove the folders above a path that hold nothing any more, up to `top`, which stays."""
    folder = os.path.dirname(path)
    while len(folder) > len(top):
        try:
            os.rmdir(folder)
        except FileNotFoundError:
            pass
        except OSError:  # not empty
            return
        folder = os.path.dirname(folder)


def remove_tree(folder: str) -> None:
    """Remove a folder and all in it, if it is there."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
