"""What is done with damaged files of each kind, and what must be true of it whatever they hold."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as use_seed
from hypothesis import strategies as st

from tests.conftest import CONFIG
from tests.fuzzing.damage import damage
from tests.fuzzing.seeds import ARTICLES, CONFIGURATIONS, make_imports, make_logs
from tests.inside import Run, run_inside

LONGEST = 2  # seconds of CPU for one file
_NOW = "2025-01-15T09:00:00+07:00"
_BATCH = 40  # articles of one office: a publish costs more than an article


@dataclass(slots=True)
class Fuzz:
    """What became of the files that were tried; faults with the content that brings them about."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, bytes]] = field(default_factory=list)
    slowest: float = 0

    def judge(self, content: bytes, try_it: Callable[[], str]) -> None:
        """Note the outcome of a file, or the fault."""
        try:
            self.outcomes[try_it()] += 1
        except Exception as error:
            self.faults.append((f"{type(error).__name__}: {error}"[:500], content))

    def run(self, folder: Path, *arguments: str) -> Run:
        """A run that may take so long and no longer."""
        result = run_inside(folder, *arguments)
        self.slowest = max(self.slowest, result.seconds)
        assert result.seconds < LONGEST, f"{result.seconds:.1f} s: {' '.join(arguments)}"
        assert "\x1b" not in result.out + result.err, "an escape"
        # What the disk refuses is worded where it is met; this is for what nobody thought of.
        assert "Tidak dapat diteruskan" not in result.err, result.err
        return result


def fuzz(kind: str, folder: Path, count: int, seed: int = 0) -> Fuzz:
    """Try so many damaged files of a kind in an empty folder."""
    found = Fuzz()
    (folder / "articles" / "2022").mkdir(parents=True)
    (folder / "kpucli.toml").write_text(CONFIG)
    (folder / "articles" / "2022" / "apel.md").write_bytes(ARTICLES[1])
    for contents in _draw(KINDS[kind].strategy(), count, seed):
        KINDS[kind].try_all(found, folder, contents)
    return found


def _draw(
    strategy: st.SearchStrategy[tuple[int, bytes]], count: int, seed: int
) -> Iterator[list[tuple[int, bytes]]]:
    """So many examples in batches. Hypothesis only draws them: what fails is kept as it is."""
    drawn: list[tuple[int, bytes]] = []

    @use_seed(seed)
    @settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def draw(example: tuple[int, bytes]) -> None:
        drawn.append(example)

    draw()
    for start in range(0, len(drawn), _BATCH):
        yield drawn[start : start + _BATCH]


def _numbered(contents: Sequence[bytes]) -> st.SearchStrategy[tuple[int, bytes]]:
    """Damaged contents, each with the number of its original."""
    numbers = st.integers(0, len(contents) - 1)
    return numbers.flatmap(lambda number: st.tuples(st.just(number), damage([contents[number]])))


Examples = Sequence[tuple[int, bytes]]


def _try_articles(found: Fuzz, folder: Path, examples: Examples) -> None:
    """All in one office; where that shows a fault, each alone shows whose it is."""
    contents = [content for _number, content in examples]
    try:
        found.outcomes += _publish(found, folder, contents)
    except Exception as error:
        faults = len(found.faults)
        for content in contents:
            found.judge(content, partial(_publish_one, found, folder, content))
        is_slow = isinstance(error, AssertionError) and " s: " in str(error)
        if len(found.faults) == faults and not is_slow:
            found.faults.append((f"together: {error}"[:500], b"\n=====\n".join(contents)))


def _publish_one(found: Fuzz, folder: Path, content: bytes) -> str:
    return next(iter(_publish(found, folder, [content])))


def _publish(found: Fuzz, folder: Path, contents: Sequence[bytes]) -> Counter[str]:
    year = folder / "articles" / "2022"
    paths = [year / f"f{number}.md" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    try:
        assert found.run(folder, "lint", "--format", "json").code in (0, 1)
        listed = found.run(folder, "list", "--format", "json")
        rows = {row["path"]: row["status"] for row in json.loads(listed.out)}
        for path in paths:
            name = str(path.relative_to(folder))
            assert name in rows or f"{name}:" in listed.err, f"{name} is lost from the list"
        assert found.run(folder, "show", "2022/apel").code == 0
        return _publish_rest(found, folder, paths, rows)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _publish_rest(
    found: Fuzz, folder: Path, paths: Sequence[Path], rows: dict[str, str]
) -> Counter[str]:
    """Take away what is refused until the rest is published; that must be all else."""
    left = {str(path.relative_to(folder)): path for path in paths}
    outcomes: Counter[str] = Counter()
    while True:
        result = found.run(folder, "publish", "--now", _NOW, "--allow-removals")
        if result.code == 0:
            break
        named = [name for name in left if f"{name}:" in result.err]
        assert result.code == 1, result.err
        assert named, f"refused without a name: {result.err}"
        for name in named:
            left.pop(name).unlink()
        outcomes["refused by name"] += len(named)
    for name, path in left.items():
        page = folder / "public" / "berita" / "2022" / path.stem / "index.html"
        is_shown = page.is_file() and b'class="' in page.read_bytes()
        status = rows.get(name, "draft")
        # A draft that cannot be read fully may wait; nothing else may be missing.
        assert is_shown == (status in ("published", "withdrawn")), f"{name} {status}: {is_shown}"
        outcomes[status] += 1
    return outcomes


def _try_configurations(found: Fuzz, folder: Path, examples: Examples) -> None:
    for _number, content in examples:
        found.judge(content, partial(_configure, found, folder, content))


def _configure(found: Fuzz, folder: Path, content: bytes) -> str:
    (folder / "kpucli.toml").write_bytes(content)
    listed = found.run(folder, "list", "--format", "json")
    assert listed.code in (0, 2)
    if listed.code == 2:
        assert "Kesalahan: kpucli.toml:" in listed.err or "Folder " in listed.err, listed.err
        return "refused by name"
    result = found.run(folder, "publish", "--dry-run", "--format", "json", "--now", _NOW)
    assert result.code in (0, 1, 2)
    assert result.code == 0 or "Kesalahan: " in result.err
    return "taken" if result.code == 0 else "refused at the publish"


def _try_logs(found: Fuzz, folder: Path, examples: Examples) -> None:
    for _number, content in examples:
        found.judge(content, partial(_record, found, folder, content))


def _record(found: Fuzz, folder: Path, content: bytes) -> str:
    (folder / "access.log").write_bytes(content)
    result = found.run(folder, "views", "record", "--format", "json", "access.log")
    if result.code != 0:
        assert "access.log" in result.err, result.err
        return "refused by name"
    tally = json.loads(result.out)
    assert tally["lines"] == tally["counted"] + tally["bots"] + tally["skipped"]
    return "counted"


def _try_imports(found: Fuzz, folder: Path, examples: Examples) -> None:
    for number, content in examples:
        found.judge(content, partial(_import, found, folder, number, content))


_IMPORTS = make_imports()


def _import(found: Fuzz, folder: Path, number: int, content: bytes) -> str:
    word, name, _sound = _IMPORTS[number]
    place = folder / "sumber"
    shutil.rmtree(place, ignore_errors=True)
    path = place / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    given = "sumber" if word == "folder" else f"sumber/{name}"
    result = found.run(folder, "import", word, given, "--dry-run", "--format", "json")
    assert result.code in (0, 2)
    if result.code == 2:
        assert "sumber" in result.err, result.err
        return f"{word}: refused by name"
    outcome = json.loads(result.out)
    return f"{word}: {'read' if outcome['added'] else 'nothing in it'}"


@dataclass(frozen=True)
class Kind:
    """Files of one kind: how they are made, and what is done with them."""

    strategy: Callable[[], st.SearchStrategy[tuple[int, bytes]]]
    try_all: Callable[[Fuzz, Path, Examples], None]


KINDS = {
    "article": Kind(lambda: _numbered(ARTICLES), _try_articles),
    "configuration": Kind(lambda: _numbered(CONFIGURATIONS), _try_configurations),
    "log": Kind(lambda: _numbered(make_logs()), _try_logs),
    "import": Kind(lambda: _numbered([content for _w, _n, content in _IMPORTS]), _try_imports),
}
