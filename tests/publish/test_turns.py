"""Two trees take turns: parts of a site, going back, and whatever order things come in."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpucli.errors import KpuError, RefusedError
from kpucli.publish import trees
from kpucli.publish.commit import prepare_spare
from kpucli.publish.generation import read_generation
from kpucli.publish.placement import Way
from tests.properties import relaxed
from tests.publish.sites import Killed, commit, killed_at, look, name_generation, undo

FIRST = {"index.html": "1", "a/index.html": "a", "b/index.html": "b", "gaya.css": "x"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "public"


def refuse(_first: str, second: str) -> None:
    raise OSError(errno.EINVAL, "tidak dapat", second)


@pytest.fixture(params=list(Way), ids=lambda way: way.name.lower())
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Way:
    """Both ways to put a site in place."""
    if request.param is Way.FILE_BY_FILE:
        monkeypatch.setattr(trees, "exchange", refuse)
    assert isinstance(request.param, Way)
    return request.param


def test_a_part_changes_and_the_rest_stays(output: Path, way: Way) -> None:
    commit(output, FIRST)
    for number in range(2, 6):
        part = {"index.html": str(number), f"n/{number}/index.html": "n", "gaya.css": "x"}
        outcome = commit(output, part, removed=[f"n/{number - 1}/index.html", "tidak/ada"])
        assert outcome.added == [f"n/{number}/index.html"]
        assert outcome.changed == ["index.html"]
        assert outcome.removed == ([f"n/{number - 1}/index.html"] if number > 2 else [])
        assert (outcome.unchanged, outcome.way) == (3, way)
        expected = FIRST | {"index.html": str(number), f"n/{number}/index.html": "n"}
        assert look(output) == expected
        assert read_generation(output) == outcome.generation == name_generation(expected)


@pytest.mark.usefixtures("way")
def test_a_part_that_is_there_already_changes_nothing(output: Path) -> None:
    commit(output, FIRST)
    inode = output.stat().st_ino
    outcome = commit(output, {"a/index.html": "a"}, removed=["tidak/ada"])
    assert outcome.is_empty
    assert (outcome.unchanged, outcome.way) == (4, None)
    assert output.stat().st_ino == inode


def test_a_part_of_a_site_that_is_not_known_is_refused(output: Path) -> None:
    with pytest.raises(ValueError, match="generation"):
        commit(output, {"index.html": "1"}, removed=[])


def test_a_small_change_of_a_large_site_makes_few_calls(output: Path) -> None:
    """The cost follows the change, not the site."""
    calls = []
    for size in (50, 500):
        site = {f"berita/{number}/index.html": str(number) for number in range(size)}
        target = output / str(size)
        commit(target, site)
        for text in ("baru", "lebih baru"):
            commit(target, {"berita/7/index.html": text}, removed=[])
        with killed_at(1000) as made:
            commit(target, {"berita/7/index.html": "terbaru"}, removed=[])
        calls.append(made.made)
    assert calls[0] == calls[1] < 60


def test_a_spare_tree_made_beforehand_makes_the_first_change_as_cheap(output: Path) -> None:
    site = {f"berita/{number}/index.html": str(number) for number in range(300)}
    commit(output, site)
    with killed_at(100), pytest.raises(Killed):
        commit(output, {"index.html": "baru"}, removed=[])
    prepare_spare(output)
    with killed_at(100):
        commit(output, {"index.html": "baru"}, removed=[])
    assert look(output) == site | {"index.html": "baru"}


@pytest.mark.usefixtures("way")
def test_going_back_brings_each_site_in_turn(output: Path) -> None:
    sites = [FIRST | {"index.html": str(number), f"n/{number}": "n"} for number in range(5)]
    for site in sites:
        commit(output, site, keep=3)
    for before, after in ((sites[3], sites[4]), (sites[2], sites[3]), (sites[1], sites[2])):
        foreseen = undo(output, dry_run=True)
        assert look(output) == after
        outcome = undo(output)
        assert outcome == foreseen
        assert outcome.added == sorted(before.keys() - after.keys())
        assert outcome.removed == sorted(after.keys() - before.keys())
        assert (outcome.changed, outcome.unchanged) == (["index.html"], 3)
        assert look(output) == before
        assert read_generation(output) == name_generation(before)
    with pytest.raises(KpuError, match="Tidak ada situs sebelumnya"):
        undo(output)
    commit(output, sites[4])
    assert look(output) == sites[4]
    undo(output)
    assert look(output) == sites[1]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("keep", [0, 1, 2])
def test_no_more_is_kept_than_asked_for(output: Path, keep: int) -> None:
    for number in range(6):
        commit(output, {"index.html": str(number)}, keep=keep)
    for number in range(keep):
        undo(output)
        assert look(output) == {"index.html": str(4 - number)}
    with pytest.raises(KpuError, match="Tidak ada situs sebelumnya"):
        undo(output)


def test_what_is_kept_is_for_nobody_else_to_read(output: Path) -> None:
    commit(output, FIRST)
    commit(output, FIRST | {"index.html": "2"})
    assert (output.parent / ".public.kpucli").stat().st_mode & 0o077 == 0


def test_an_incomplete_site_is_not_brought_back(output: Path) -> None:
    for number in range(3):
        commit(output, FIRST | {"index.html": str(number)}, keep=2)
    for kept in (output.parent / ".public.kpucli" / "riwayat").glob("*/0"):
        kept.unlink()
    undo(output)
    with pytest.raises(KpuError, match=r"index\.html hilang"):
        undo(output)
    assert look(output) == FIRST | {"index.html": "1"}


@pytest.mark.parametrize("part", [True, False])
def test_too_many_removals_are_refused(output: Path, part: bool) -> None:
    site = {f"berita/{number}/index.html": str(number) for number in range(105)}
    fewer = dict(list(site.items())[11:])
    options: dict[str, Any] = {"removed": site.keys() - fewer.keys()} if part else {}
    commit(output, site)
    with pytest.raises(RefusedError, match="akan menghapus 11 dari 105 berkas") as caught:
        commit(output, fewer, **options)
    assert "--allow-removals" in str(caught.value.hint)
    assert look(output) == site
    assert commit(output, fewer, dry_run=True, **options).removed
    commit(output, dict(list(site.items())[10:]))
    commit(output, fewer, allow_removals=True, **options)
    assert look(output) == fewer


def test_a_handful_may_always_be_removed(output: Path) -> None:
    commit(output, {str(number): "x" for number in range(10)})
    commit(output, {"0": "x"})
    assert look(output) == {"0": "x"}


def test_a_foreign_or_missing_spare_tree_is_made_anew(output: Path) -> None:
    store = output.parent / ".public.kpucli"
    for number, harm in enumerate(["journal", "spare", "marker", "other", "all"]):
        commit(output, FIRST | {"index.html": f"{number}"})
        commit(output, FIRST | {"index.html": f"{number}", "b/index.html": "lagi"})
        if harm == "journal":
            (store / "jurnal.json").write_text("rusak")
            (store / "cadangan" / "a" / "index.html").unlink()
        elif harm == "spare":
            (store / "cadangan").rename(store / "lain")
        elif harm == "marker":
            (store / "cadangan" / ".kpucli-situs").unlink()
        elif harm == "other":
            (store / "cadangan" / ".kpucli-situs").write_text("x\n" + "0" * 64 + " 4\n")
            (store / "cadangan" / "rahasia.txt").write_text("asing")
        elif harm == "all":
            store.rename(output.parent / "pindah")
        commit(output, {"b/index.html": f"{number}"}, removed=["tidak/ada"])
        expected = FIRST | {"index.html": f"{number}", "b/index.html": f"{number}"}
        assert look(output) == expected


def test_a_whole_site_trusts_neither_tree(output: Path) -> None:
    """What somebody did to the live site by hand must not come back when the trees change."""
    commit(output, FIRST)
    commit(output, FIRST | {"index.html": "2"})
    (output / "a" / "index.html").unlink()
    (output / "a" / "index.html").write_text("diretas")
    (output / "asing.txt").write_text("asing")
    commit(output, {"index.html": "3"}, removed=[])
    commit(output, FIRST | {"index.html": "4"})
    assert look(output) == FIRST | {"index.html": "4"}
    commit(output, {"index.html": "5"}, removed=[])
    assert look(output) == FIRST | {"index.html": "5"}


PATHS = ("index.html", "a", "a/index.html", "a/b/index.html", "b/index.html", "b/x", "gaya.css")
CONTENTS = st.sampled_from(("", "1", "2", "tiga"))
SITES = st.dictionaries(st.sampled_from(PATHS), CONTENTS, max_size=6)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("whole", "part", "part", "undo", "spare")),
        SITES,
        st.sets(st.sampled_from(PATHS), max_size=3),
        st.none() | st.integers(0, 90),
    ),
    max_size=9,
)


def without_conflicts(site: dict[str, str]) -> dict[str, str]:
    """A file cannot also be a folder."""
    return {path: text for path, text in site.items() if not is_above(path, site)}


def is_above(path: str, others: Any) -> bool:
    return any(other.startswith(f"{path}/") for other in others)


class Model:
    """What the folder should hold, and the sites before it."""

    def __init__(self, output: Path, keep: int, first: dict[str, str]) -> None:
        self.output, self.keep = output, keep
        self.site, self.before, self.certain = first, [], 0
        commit(output, first, keep=keep)
        self.check()

    before: list[dict[str, str]]

    def check(self) -> None:
        assert look(self.output) == self.site
        assert read_generation(self.output) == name_generation(self.site)

    def publish(self, files: dict[str, str], removed: set[str] | None, kill: int | None) -> None:
        after = dict(files)
        if removed is not None:
            kept = {path: text for path, text in self.site.items() if path not in removed}
            after = kept | files
            clashing = after.keys() - without_conflicts(after).keys()
            clashing |= {path for path in after if any(is_above(c, [path]) for c in files)}
            removed = removed | (clashing - files.keys())
            after = {
                path: text for path, text in after.items() if path not in removed - files.keys()
            }
            after |= files
        options: dict[str, Any] = {"keep": self.keep, "allow_removals": True, "removed": removed}
        if self.run(kill, lambda: commit(self.output, files, **options), after):
            return
        if after != self.site:
            self.before.append(self.site)
            self.certain = min(self.keep, self.certain + 1)
            self.site = after

    def undo(self, kill: int | None) -> None:
        if not self.certain:
            return
        if not self.run(kill, lambda: undo(self.output), self.before[-1]):
            self.site = self.before.pop()
            self.certain -= 1

    def run(self, kill: int | None, action: Any, after: dict[str, str]) -> bool:
        """Act; whether it was killed before it changed anything."""
        if kill is None:
            action()
            return False
        try:
            with killed_at(kill):
                action()
        except Killed:
            found = look(self.output)
            assert found in (self.site, after), "mixed"
            return found != after
        return False


@settings(relaxed, max_examples=150)
@given(keep=st.integers(0, 3), first=SITES, steps=STEPS)
def test_whatever_happens_the_folder_holds_the_old_site_or_the_new_one(
    keep: int, first: dict[str, str], steps: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = Model(Path(folder) / "public", keep, without_conflicts(first))
        for kind, files, removed, kill in steps:
            files = without_conflicts(files)
            if kind == "undo":
                model.undo(kill)
            elif kind == "spare":
                prepare_spare(model.output)
            else:
                model.publish(files, removed if kind == "part" else None, kill)
            model.check()


@settings(relaxed, max_examples=60)
@given(first=SITES, steps=st.lists(st.tuples(SITES, st.integers(0, 60)), max_size=5))
def test_file_by_file_a_killed_publish_is_finished_by_the_next(
    first: dict[str, str], steps: list[tuple[dict[str, str], int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, patch.object(trees, "exchange", refuse):
        output = Path(folder) / "public"
        before = without_conflicts(first)
        commit(output, before)
        for files, kill in steps:
            after = without_conflicts(files)
            try:
                with killed_at(kill):
                    commit(output, after, allow_removals=True)
            except Killed:
                found = look(output)
                for path, text in found.items():
                    assert text in (before.get(path), after.get(path))
                clash = {path for path in before | after if is_above(path, before | after)}
                if not clash:
                    assert before.keys() & after.keys() <= found.keys()
            commit(output, after, allow_removals=True)
            assert look(output) == after
            assert read_generation(output) == name_generation(after)
            before = after
