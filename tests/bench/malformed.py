"""One malformed article beside sound ones: what kpucli, Hugo and Pelican make of each."""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from tests.bench.programs import KPUCLI, NAMES, PELICAN, Program, find_programs
from tests.conftest import make_environment
from tests.malformed.case import Case, Verdict, article
from tests.malformed.corpus import find_cases
from tests.malformed.offices import SOUND, take_stock

_LONGEST = 30  # seconds; then a program is stopped
_CRASH = re.compile(r"Traceback \(most recent call last\)|^panic: |^goroutine \d", re.MULTILINE)
_LIVE = re.compile(
    r"<script>alert|<svg onload|onerror=\"?alert|<iframe|href=\"(?:javascript|vbscript|data):"
)
_FRONT_MATTER = re.compile(
    rb"(\xef\xbb\xbf)?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*\r?\n", re.DOTALL | re.MULTILINE
)
_SECRET = b"root:x:0:0:"
_CACHES = {"cache", "resources", "__pycache__", ".hugo_build.lock", "content"}
_OPTIONS: dict[str, tuple[tuple[str, ...], ...]] = {KPUCLI: ((), ("--skip-errors",))}
_UNUSUAL = ("--quiet", "--fatal", "errors")
_HEADS = (
    "kasus",
    "traceback",
    "hilang, keluar 0",
    "hilang diam-diam",
    "yang lain tidak terbit",
    "ditolak dengan nama",
    "di atas 2 s CPU",
    "di atas 30 s",
    "menulis di luar",
    "rahasia terbit",
    "skrip hidup",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--only", choices=NAMES, action="append", help="may be repeated")
    parser.add_argument("--case", action="append", help="these alone; may be repeated")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Publish each case with each program, in an office of its own; a table of the counts."""
    cases = [item for item in find_cases() if not arguments.case or item.name in arguments.case]
    lines = [f"| program | {' | '.join(_HEADS)} |", "|---" * (len(_HEADS) + 1) + "|"]
    for name in arguments.only or NAMES:
        for options in _OPTIONS.get(name, ((),)):
            seen: Counter[str] = Counter()
            for item in cases:
                seen += _try(name, options, item)
            cells = (" ".join((name, *options)), *(seen[head] for head in _HEADS))
            lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def _try(name: str, options: tuple[str, ...], item: Case) -> Counter[str]:
    """What one program makes of one case."""
    with tempfile.TemporaryDirectory() as folder:
        programs = find_programs(Path(folder), (name,))
        if not programs:
            return Counter()
        program = programs[0]
        program.set_up()
        _write(program, item)
        before = take_stock(Path(folder))
        code, said, seconds = _publish(program, options)
        found = _judge(program, item, code, said)
        found["di atas 2 s CPU"] = seconds > 2
        found["di atas 30 s"] = code is None
        found["menulis di luar"] = bool(_find_outside(program, before, Path(folder)))
        found["kasus"] = 1
    for head, count in found.items():
        if count and head not in ("kasus", "ditolak dengan nama"):
            print(f"{' '.join((name, *options))}: {item.name}: {head}", file=sys.stderr)
    return +found


def _write(program: Program, item: Case) -> None:
    """The case and the sound articles, as the program wants them."""
    translate = _to_pelican if program.name == PELICAN else _leave
    for place in SOUND:
        path = program.articles / f"{place}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = article(place.replace("/", "-"), f"date = {place[:4]}-04-20")
        path.write_bytes(translate(text.encode()))
    files = {
        name: content if callable(content) or not name.endswith(".md") else translate(content)
        for name, content in item.files.items()
    }
    replace(item, files=files).write(program.articles)


def _to_pelican(content: bytes) -> bytes:
    """The same mistake in Pelican's form: `Name: value` lines up to an empty one."""
    match = re.match(
        rb"(\xef\xbb\xbf)?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*\r?\n",
        content,
        re.DOTALL | re.MULTILINE,
    )
    if match is None:
        return content
    fields = re.sub(rb"^([\w-]+)[ \t]*=[ \t]*(.*?)(\r?)$", _to_field, match[2], flags=re.MULTILINE)
    return (match[1] or b"") + fields + content[match.end() :]


def _to_field(match: re.Match[bytes]) -> bytes:
    value = match[2]
    if value[:1] == value[-1:] == b'"':
        value = value[1:-1]
    elif value[:1] == b"[" and value[-1:] == b"]":
        value = b", ".join(part.strip().strip(b"\"'") for part in value[1:-1].split(b","))
    return match[1].capitalize() + b": " + value + match[3]


def _leave(content: bytes) -> bytes:
    return content


def _publish(program: Program, options: tuple[str, ...]) -> tuple[int | None, str, float]:
    """The exit code, None where it had to be stopped; what it said; and its seconds of CPU."""
    # As they are by default: they say what they find, and Pelican goes on after an error.
    command = [word for word in program.publish if word not in _UNUSUAL]
    before = _count_seconds()
    try:
        process = subprocess.run(
            [*command, *options], cwd=program.folder, env=make_environment(), capture_output=True,
            check=False, text=True, errors="replace", timeout=_LONGEST,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None, "", _count_seconds() - before
    return process.returncode, process.stdout + process.stderr, _count_seconds() - before


def _count_seconds() -> float:
    """The seconds of CPU of all programs that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _judge(program: Program, item: Case, code: int | None, said: str) -> Counter[str]:
    files = [path for path in program.site.rglob("*") if path.is_file()]
    texts = [path.read_text(errors="replace") for path in files if path.suffix == ".html"]
    is_told = any(Path(place).name in said for place in item.files)
    is_lost = (
        code == 0
        and item.verdict in (Verdict.REFUSED, Verdict.SHOWN)
        and _has_words(item)
        and not _shows(texts, item.name)
    )
    return Counter(
        {
            "traceback": bool(_CRASH.search(said)),
            "hilang, keluar 0": is_lost,
            "hilang diam-diam": is_lost and not is_told,
            "yang lain tidak terbit": not all(
                _shows(texts, name.replace("/", "-")) for name in SOUND
            ),
            "ditolak dengan nama": code not in (0, None) and is_told,
            "rahasia terbit": any(_SECRET in path.read_bytes() for path in files),
            "skrip hidup": any(_LIVE.search(text) for text in texts),
        }
    )


def _has_words(item: Case) -> bool:
    """Whether the files hold words that a page could show."""
    mark = f"Mulai {item.name}.".encode()
    return any(not callable(content) and mark in content for content in item.files.values())


def _shows(texts: list[str], name: str) -> bool:
    return any(f"Mulai {name}." in text and f"Tamat {name}." in text for text in texts)


def _find_outside(
    program: Program, before: dict[str, tuple[int, int, int]], folder: Path
) -> set[str]:
    """The files that are new, changed or gone, but for the site and the program's caches."""
    after = take_stock(folder)
    touched = {path for path, _state in before.items() ^ after.items()}
    return {path for path in touched if not _CACHES & set(Path(path).parts)}
