"""The search page's index, made by Pagefind (https://pagefind.app) of small pages of our own.

Pagefind is given nothing but titles, leads, tags and texts. Its memory grows by some 130 kB for an
article with its whole text and 30 kB for one without, hence the limits in `[search]`.
"""

from __future__ import annotations

import contextlib
import html
import os
import re
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 - a class, in spite of its name

from kpucli.config import Config, SearchConfig
from kpucli.dates import say_day
from kpucli.errors import KpuError, describe_os_error
from kpucli.i18n import _
from kpucli.index import FOLDER, make_folder
from kpucli.markdown import to_text
from kpucli.outline import Outline
from kpucli.printable import printable
from kpucli.publish.site import Entry

_CACHE = "cari.zip"
_BUNDLE = "pagefind"  # folder of the site
# Of what Pagefind writes: its own search interfaces and its worker are not used.
_SERVED = re.compile(
    r"pagefind\.js|pagefind-entry\.json|pagefind\.\w+\.pf_meta|wasm\.\w+\.pagefind"
    r"|(index|fragment)/\w+\.pf_(index|fragment)"
)
_LANGUAGE = "id"
_SECONDS = 600  # in which the largest archive is done many times over
_MEGABYTE = 1_000_000


class SearchError(KpuError):
    """There can be no search index; the site can do without."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is indexed of an article."""

    url: str
    title: str
    day_iso: str
    day_words: str
    tags: str
    text: str


MakeIndex = Callable[[Sequence[Record]], Mapping[str, bytes]]


def make_records(
    entry_of: Callable[[Outline], Entry], items: Sequence[Outline], limits: SearchConfig
) -> list[Record]:
    """The records of some articles, newest first; what is beyond the limits is left out."""
    records = []
    for number, item in enumerate(items[: limits.articles]):
        entry = entry_of(item)
        records.append(
            Record(
                url=entry.url,
                title=entry.title,
                day_iso=entry.date.date().isoformat(),
                day_words=say_day(entry.date),
                tags=", ".join(tag.label for tag in entry.tags),
                text=_whole_text(entry) if number < limits.full_text else entry.lead,
            )
        )
    return records


def _whole_text(entry: Entry) -> str:
    """An article's text, after its summary where that is none of it."""
    text = to_text(entry.markup.html)
    return text if entry.lead.rstrip("…") in text else f"{entry.lead} {text}"


def make_index(records: Sequence[Record], config: Config, *, keep: bool = True) -> dict[str, bytes]:
    """The index's files by their paths in the site; the same for the same records.

    Unless told not to `keep` it, the index is remembered in `.kpucli/` for the next time. Raises
    `SearchError` when Pagefind is not there, fails, or needs more memory than it may take.
    """
    program, version = find_pagefind()
    cache = config.root / FOLDER / _CACHE
    content = _digest(records, version)
    files = _recall(cache, content)
    if files is None:
        files = _run_pagefind(program, records, config.search.memory)
        if keep:
            _keep(cache, content, files)
    return files


def find_pagefind() -> tuple[Path, str]:
    """Pagefind's program and version. Raises `SearchError` where it is not installed."""
    from importlib.metadata import version

    try:
        from pagefind_bin import get_executable

        return get_executable().absolute(), version("pagefind_bin")
    except (ImportError, FileNotFoundError) as error:
        raise SearchError(
            _("Pagefind tidak terpasang di komputer ini."),
            _("Pasang `pagefind_bin`, atau tulis `enabled = false` di [search]."),
        ) from error


def _digest(records: Sequence[Record], version: str) -> bytes:
    digest = blake2b(version.encode(), digest_size=16)
    for record in records:
        digest.update(f"\n{len(record.url)} {record.url}{_make_page(record)}".encode())
    return digest.digest()


def _make_page(record: Record) -> str:
    """An article as Pagefind shall read it: metadata, then what excerpts are taken from."""
    title, day = html.escape(record.title), html.escape(record.day_words)
    return (
        f'<!DOCTYPE html><html lang="{_LANGUAGE}"><meta charset="utf-8"><body>'
        f'<div data-pagefind-ignore><p data-pagefind-meta="title">{title}</p>'
        f'<p data-pagefind-meta="day">{day}</p>'
        f'<p data-pagefind-meta="date">{record.day_iso}</p></div>'
        f"<p>{html.escape(record.text)}</p>"
        f"<p>{html.escape(record.tags)}</p>"
    )


def _run_pagefind(program: Path, records: Sequence[Record], memory: int) -> dict[str, bytes]:
    try:
        with tempfile.TemporaryDirectory(prefix="kpucli-cari-") as name:
            folder = Path(name)
            for record in records:
                page = folder / "situs" / record.url.strip("/") / "index.html"
                page.parent.mkdir(parents=True)
                page.write_text(_make_page(record), "utf-8")
            (folder / "situs").mkdir(exist_ok=True)
            _watch_pagefind(program, folder, memory)
            return dict(_read_bundle(folder / "indeks"))
    except OSError as error:
        message = _("Indeks pencarian tidak dapat dibuat: {reason}.")
        raise SearchError(message.format(reason=describe_os_error(error))) from error


def _watch_pagefind(program: Path, folder: Path, memory: int) -> None:
    """Run Pagefind in a folder of its own, and stop it where it takes too much."""
    command = [str(program), "--site", "situs", "--output-path", "indeks"]
    command += ["--force-language", _LANGUAGE, "--silent"]
    errors = folder / "kesalahan"
    with errors.open("wb") as stderr:
        # In its own folder and without variables, it finds no settings that are not ours.
        process = subprocess.Popen(
            command, cwd=folder, env={}, stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr
        )
    try:
        _prefer_to_kill(process.pid)
        deadline = time.monotonic() + _SECONDS
        while _is_running(process):
            if _resident_memory(process.pid) > memory * _MEGABYTE:
                raise SearchError(
                    _("Indeks pencarian memerlukan memori lebih dari {memory} MB.").format(
                        memory=memory
                    ),
                    _("Perkecil `full_text` atau `articles`, atau perbesar `memory`, di [search]."),
                )
            if time.monotonic() > deadline:
                raise SearchError(_("Indeks pencarian tidak selesai dalam 10 menit."))
    finally:
        process.kill()
        process.wait()
    if process.returncode:
        lines = errors.read_text("utf-8", "replace").split("\n")
        reason = printable(next((line for line in lines if line.strip()), "").strip())
        raise SearchError(
            _("Pagefind gagal dengan kode {code}: {reason}").format(
                code=process.returncode, reason=reason
            )
        )


def _is_running(process: subprocess.Popen[bytes]) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(0.05)
    return process.returncode is None


def _prefer_to_kill(process_id: int) -> None:
    """Where the machine's own memory ends, the system shall end Pagefind, not the publish."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{process_id}/oom_score_adj").write_text("1000")


def _resident_memory(process_id: int) -> int:
    """The bytes that a process has in memory (proc(5), statm); 0 where the system does not say."""
    try:
        pages = Path(f"/proc/{process_id}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _read_bundle(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if _SERVED.fullmatch(name):
            yield f"{_BUNDLE}/{name}", path.read_bytes()


def _recall(cache: Path, content: bytes) -> dict[str, bytes] | None:
    """The files that were kept of this content; None where there are none to be believed."""
    try:
        with zipfile.ZipFile(cache) as archive:
            if archive.comment != content + _mark(cache):
                return None
            return {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError):
        return None


def _keep(cache: Path, content: bytes, files: Mapping[str, bytes]) -> None:
    """Remember the files of this content; where that cannot be, nothing is said."""
    with contextlib.suppress(OSError):
        make_folder(cache.parent)
        descriptor, name = tempfile.mkstemp(prefix="cari-", dir=cache.parent)
        try:
            with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w") as archive:
                for path, data in files.items():
                    archive.writestr(path, data)
                archive.comment = content + _mark(Path(name))
            Path(name).replace(cache)
        finally:
            Path(name).unlink(missing_ok=True)


def _mark(path: Path) -> bytes:
    """What tells a file made here from one that came by a copy or out of a repository.

    The index holds a program, which every visitor's browser runs.
    """
    status = path.lstat()
    return blake2b(f"{status.st_dev} {status.st_ino}".encode(), digest_size=16).digest()
