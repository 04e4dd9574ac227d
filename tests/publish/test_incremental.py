"""A site that was changed step by step is the site that is built from nothing, byte by byte."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpucli.archive import Archive
from kpucli.article import compose_article
from kpucli.config import Config, SearchConfig
from kpucli.counted import Counted
from kpucli.errors import ArticleError, KpuError, RefusedError
from kpucli.index import Index
from kpucli.inventory import Inventory
from kpucli.outline import Outline
from kpucli.publish.build import Publisher, Stock, render_stock
from kpucli.publish.changes import Reason
from kpucli.publish.check import Verdict
from kpucli.publish.commit import Outcome, lock_output
from kpucli.publish.ledger import Ledger
from kpucli.publish.library import Stacks, add_views
from kpucli.publish.search import Record
from kpucli.publish.site import make_site
from tests.publish.builds import CONFIG, WIB, series

START = datetime(2022, 4, 1, 9, tzinfo=WIB)
TAGS = ("apel", "sop", "rapat")
WORDS = ("Pelantikan", "Logistik", "Rapat", "Kunjungan")
SLUGS = [f"berita-{number}" for number in range(14)]
BODY = "Isi berita {number} ini hanya dibuat untuk pengujian.\n\nParagraf kedua."


@dataclass
class Newsroom:
    """An office that publishes after each change."""

    folder: Path
    config: Config
    now: datetime = START
    counted: dict[str, int] = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)
    reasons: dict[str, Reason] = field(default_factory=dict)
    followed: dict[str, tuple[int, int]] = field(default_factory=dict)
    written: int = 0
    refused: str = ""
    can_search: bool = True

    @property
    def articles(self) -> Path:
        return self.folder / "articles"

    def write(self, slug: str, number: int, **fields: Any) -> None:
        """Put an article there; `number` decides on all that is not given."""
        data = {
            "title": f"{WORDS[number % 4]} Nomor {number}",
            "date": START + timedelta(days=number % 40 - 30, minutes=number),
            "tags": [TAGS[number % 3], "umum"][: number % 3],
            "category": ["berita", "pengumuman"][number % 5 == 0],
            **fields,
        }
        path = self.articles / "2022" / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(compose_article(data, BODY.format(number=number)))
        self.settle(path)

    def settle(self, path: Path) -> None:
        """Let a file be as old as most files are, and no other of its age."""
        self.written += 1
        os.utime(path, (1_600_000_000 + self.written,) * 2)

    def find(self, number: int) -> Path | None:
        """One of the articles that there are."""
        found = sorted(self.articles.glob("2022/*.md"))
        return found[number % len(found)] if found else None

    @contextmanager
    def open_stock(self) -> Iterator[tuple[Stock, Inventory]]:
        with Index(self.folder) as index:
            inventory = Inventory(Archive(self.articles, WIB), index)
            assert inventory.refresh()
            days = dict.fromkeys(self.counted, date(2022, 3, 1).isoformat())
            outlines = add_views(inventory.outlines(), Counted(self.counted, days))
            yield Stock(Stacks(inventory.archive), list(outlines)), inventory

    def publish(self, *, processes: int = 1) -> Outcome:
        """Publish what has changed."""
        self.checked.clear()
        self.reasons.clear()
        with self.open_stock() as (stock, inventory):
            site = make_site(self.config)
            publisher = Publisher(
                site,
                self.now,
                self.folder / "public",
                Ledger(inventory.index),
                reasons=self.reasons,
                follow=self.follow,
                make_index=self.make_index,
                allow_removals=True,
                processes=processes,
            )
            digest = inventory.digest()
            inputs = digest and publisher.setting.mark + digest + repr(self.counted).encode()
            with lock_output(publisher.output):
                return publisher.find_unchanged(inputs) or publisher.publish(
                    stock, inputs, Watchman(self)
                )

    def build(self) -> dict[str, str]:
        """The whole site, from nothing."""
        with self.open_stock() as (stock, _inventory):
            site = make_site(self.config)
            files = render_stock(stock, site, self.now, make_index=self.make_index)
            return {file.path: file.content.decode("utf-8", "replace") for file in files}

    def follow(
        self,
        what: str,
        results: Iterable[Any],
        total: int,
        weigh: Callable[[Any], int] = lambda _result: 1,
        /,
    ) -> Iterator[Any]:
        """Note how much of something was done, and how much that should be."""
        done = 0
        for result in results:
            done += weigh(result)
            yield result
        self.followed[what] = done, total

    def make_index(self, records: Sequence[Record]) -> dict[str, bytes]:
        """A file for each article that is searched, or none."""
        names = [record.url.strip("/").replace("/", "-") for record in records]
        return {f"indeks/{name}": b"" for name in names} if self.can_search else {}

    def look(self) -> dict[str, str]:
        """The site as it stands there."""
        public = self.folder / "public"
        return {
            path.relative_to(public).as_posix(): path.read_bytes().decode("utf-8", "replace")
            for path in public.rglob("*")
            if path.is_file() and path.name != ".kpucli-situs"
        }


@dataclass
class Watchman:
    """A check that lets all pass but what it is told to refuse, and tells what it looked at."""

    room: Newsroom
    mark: bytes = b"strict"

    def run(self, items: Sequence[Outline], *_more: object) -> Verdict:
        self.room.checked += [item.id for item in items]
        bad = {item.id for item in items if item.id == self.room.refused}
        notes = {item.id: "" for item in items if item.id not in bad}
        return Verdict(notes, bad, RefusedError(str(bad)) if bad else None)


def make_newsroom(folder: Path) -> Newsroom:
    search = SearchConfig(enabled=False)
    config = replace(CONFIG, root=folder, page_size=2, search=search, output=folder / "public")
    room = Newsroom(folder, config)
    room.articles.mkdir()
    for number in range(6):
        room.write(SLUGS[number], number * 7)
    return room


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return make_newsroom(tmp_path)


@pytest.fixture
def searched(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose site has a search."""
    newsroom.config = replace(newsroom.config, search=SearchConfig())
    return newsroom


def add(room: Newsroom, number: int) -> None:
    room.write(SLUGS[number % len(SLUGS)], number)


def delete(room: Newsroom, number: int) -> None:
    if path := room.find(number):
        path.unlink()


def rename(room: Newsroom, number: int) -> None:
    if path := room.find(number):
        slug = f"pindah-{number % 4}"
        room.write(slug, number, aliases=[f"/berita/2022/{path.stem}/"])
        if path.stem != slug:
            path.unlink()


def move(room: Newsroom, number: int) -> None:
    """Give a file another name, and nothing else."""
    if path := room.find(number):
        path.rename(path.with_stem(f"pindah-{number % 4}"))


def write_more(room: Newsroom, number: int) -> None:
    if path := room.find(number):
        path.write_text(f"{path.read_text()}\nTambahan {number}.\n")
        room.settle(path)


def withdraw(room: Newsroom, number: int) -> None:
    if path := room.find(number):
        room.write(path.stem, number, withdrawn={"date": START, "reason": f"Keliru {number}."})


def correct(room: Newsroom, number: int) -> None:
    if path := room.find(number):
        told = {"date": START - timedelta(hours=number % 9), "text": f"Ralat {number}."}
        room.write(path.stem, number, corrections=[told])


def unpublish(room: Newsroom, number: int) -> None:
    if path := room.find(number):
        room.write(path.stem, number, draft=True)


def view(room: Newsroom, number: int) -> None:
    if path := room.find(number):
        room.counted[f"2022/{path.stem}"] = number


def wait(room: Newsroom, number: int) -> None:
    room.now += timedelta(hours=number % 60)


def change_template(room: Newsroom, number: int) -> None:
    folder = room.folder / "templat"
    folder.mkdir(exist_ok=True)
    (folder / "redirect.html").write_text(f"<p>Pindah {number % 3}: {{{{ url }}}}</p>")
    room.config = replace(room.config, templates=Path("templat"))


def change_setting(room: Newsroom, number: int) -> None:
    name, size = ("KPU Kota Contoh", "KPU Kota Lain")[number % 2], 2 + number % 3
    room.config = replace(room.config, name=name, page_size=size)


def label(room: Newsroom, number: int) -> None:
    room.config = replace(room.config, tag_labels={"sop": ("SOP", "Prosedur")[number % 2]})


def switch_search(room: Newsroom, number: int) -> None:
    room.config = replace(room.config, search=SearchConfig(enabled=bool(number % 2)))


def touch(room: Newsroom, number: int) -> None:
    if path := room.find(number):
        room.settle(path)


Step = tuple[Callable[[Newsroom, int], None], int]
CHANGES = (add, delete, rename, move, write_more, withdraw, correct, unpublish, view, wait, touch,
           change_template, change_setting, label, switch_search)  # fmt: skip
STEPS = st.tuples(st.sampled_from(CHANGES), st.integers(0, 60))


@settings(max_examples=40)
@given(st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_step_by_step_is_the_same_as_from_nothing(rounds: list[list[Step]]) -> None:
    with TemporaryDirectory() as name:
        room = make_newsroom(Path(name))
        room.publish()
        for steps in rounds:
            for step, number in steps:
                step(room, number)
            outcome = room.publish()
            built = room.build()
            assert room.look() == built
            assert outcome.generation.files == len(built)
            again = room.publish()
            assert again.is_empty
            assert again.generation == outcome.generation


def test_an_edit_touches_the_article_its_neighbours_lists_and_feeds(newsroom: Newsroom) -> None:
    newsroom.publish()
    write_more(newsroom, 0)
    outcome = newsroom.publish()
    assert (outcome.added, outcome.removed) == ([], [])
    feeds = {path for path in outcome.changed if "umpan" in path}
    assert set(outcome.changed) - feeds == {"berita/2022/berita-0/index.html"}
    assert newsroom.checked == ["2022/berita-0"]
    newsroom.write("berita-0", 0, title="Judul yang lain sama sekali")
    changed = set(newsroom.publish().changed)
    assert {"halaman/1/index.html", "umpan.atom", "berita/2022/berita-0/index.html"} < changed
    assert "404.html" not in changed


def test_a_file_with_another_name_has_another_address_everywhere(newsroom: Newsroom) -> None:
    """What it says is the same, byte by byte."""
    newsroom.write("berita-2", 14, aliases=["/lama/"])
    newsroom.publish()
    path = newsroom.articles / "2022" / "berita-2.md"
    path.rename(path.with_stem("nama-lain"))
    newsroom.publish()
    assert newsroom.look() == newsroom.build()
    assert "/berita/2022/nama-lain/" in newsroom.look()["lama/index.html"]
    assert not any("/berita/2022/berita-2/" in text for text in newsroom.look().values())


def test_views_change_no_neighbour(newsroom: Newsroom) -> None:
    newsroom.publish()
    view(newsroom, 3)
    changed = newsroom.publish().changed
    assert [path for path in changed if path.startswith("berita/")] == [
        "berita/2022/berita-3/index.html"
    ]
    assert newsroom.checked == []


def page_of(slug: str) -> str:
    return f"berita/2022/{slug}/index.html"


def test_it_is_said_why_each_file_is_made(newsroom: Newsroom) -> None:
    newsroom.publish()
    assert newsroom.reasons == {"": Reason.UNKNOWN}
    newsroom.config = replace(newsroom.config, name="KPU Kota Lain")
    newsroom.publish()
    assert newsroom.reasons == {"": Reason.FRAME}
    view(newsroom, 3)
    newsroom.publish()
    assert newsroom.reasons[page_of("berita-3")] is Reason.VIEWS
    assert set(newsroom.reasons.values()) <= {Reason.VIEWS, Reason.CONTENT}
    newsroom.write("berita-0", 0, title="Judul yang lain sama sekali", tags=["sop"])
    outcome = newsroom.publish()
    assert set(newsroom.reasons) >= {*outcome.added, *outcome.changed}
    assert newsroom.reasons[page_of("berita-0")] is Reason.REWRITTEN
    assert newsroom.reasons["index.html"] is Reason.CONTENT
    newsroom.write("berita-13", 13, tags=["sop"])
    newsroom.publish()
    assert newsroom.reasons[page_of("berita-13")] is Reason.NEW
    assert newsroom.reasons[page_of("berita-0")] is Reason.NEIGHBOUR
    newsroom.publish()
    assert newsroom.reasons == {}


def test_whoever_follows_is_told_of_every_file(newsroom: Newsroom) -> None:
    newsroom.publish()
    size = len(newsroom.build())
    assert newsroom.followed["Membuat halaman"] == (size, size)
    write_more(newsroom, 0)
    newsroom.publish()
    made = len(newsroom.reasons)
    assert 1 < made < size
    assert newsroom.followed["Membuat halaman"] == (made, made)


def test_the_search_is_made_again_only_where_articles_have_changed(searched: Newsroom) -> None:
    searched.publish()
    assert searched.look() == searched.build()
    add(searched, 13)
    delete(searched, 0)
    outcome = searched.publish()
    assert "indeks/berita-2022-berita-13" in outcome.added
    assert "indeks/berita-2022-berita-0" in outcome.removed
    assert searched.look() == searched.build()
    searched.can_search = False  # and is not asked for
    searched.counted["2022/tidak-ada"] = 3
    outcome = searched.publish()
    assert outcome.is_empty
    assert "indeks/berita-2022-berita-13" in searched.look()


def test_a_search_that_could_not_be_made_is_made_the_next_time(searched: Newsroom) -> None:
    searched.can_search = False
    searched.publish()
    before = searched.look()
    assert before == searched.build()
    searched.can_search = True
    searched.counted["2022/tidak-ada"] = 3
    outcome = searched.publish()
    assert set(outcome.added) == searched.build().keys() - before.keys()
    assert outcome.changed == ["cari/index.html"]
    assert searched.look() == searched.build()
    searched.config = replace(searched.config, search=SearchConfig(enabled=False))
    searched.publish()
    assert searched.look() == searched.build()
    assert "cari/index.html" not in searched.look()


def test_nothing_is_read_where_nothing_changed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.publish()
    newsroom.publish()  # by now no file is younger than the index

    def refuse(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Stacks, "read", refuse)
    monkeypatch.setattr("kpucli.inventory.read_file", refuse)
    assert newsroom.publish().is_empty


def test_a_site_that_somebody_changed_is_made_anew(newsroom: Newsroom) -> None:
    newsroom.publish()
    marker = newsroom.folder / "public" / ".kpucli-situs"
    (newsroom.folder / "public" / "index.html").write_text("rusak")
    marker.write_text(f"Folder ini …\n{'0' * 64} 7\n")
    newsroom.publish()
    assert newsroom.look() == newsroom.build()


def test_another_folder_gets_the_whole_site(newsroom: Newsroom) -> None:
    newsroom.publish()
    (newsroom.folder / "public").rename(newsroom.folder / "lama")
    assert len(newsroom.publish().added) == len(newsroom.build())


def test_links_are_checked_again_when_an_address_is_gone(newsroom: Newsroom) -> None:
    newsroom.write("penaut", 11)
    path = newsroom.articles / "2022" / "penaut.md"
    path.write_text(f"{path.read_text()}\n[lama](/berita/2022/berita-1/)\n")
    newsroom.settle(path)
    newsroom.publish()
    (newsroom.articles / "2022" / "berita-1.md").unlink()
    newsroom.publish()
    assert newsroom.checked == ["2022/penaut"]


def test_a_refused_publish_is_refused_again(newsroom: Newsroom) -> None:
    newsroom.publish()
    write_more(newsroom, 2)

    newsroom.refused = "2022/berita-2"
    for _time in range(2):
        with pytest.raises(RefusedError, match="berita-2"):
            newsroom.publish()
        assert newsroom.checked == ["2022/berita-2"]


@pytest.mark.parametrize("alias", ["/robots.txt", "/umpan.atom"])
def test_an_old_address_that_another_file_has_is_refused(newsroom: Newsroom, alias: str) -> None:
    newsroom.publish()
    before = newsroom.look()
    newsroom.write("berita-1", 7, aliases=[alias])
    for _time in range(2):
        with pytest.raises(KpuError, match=f"Dua halaman beralamat sama: {alias[1:]}"):
            newsroom.publish()
        assert newsroom.look() == before


def test_an_article_edited_during_a_publish_is_noticed_and_the_site_stays(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All pages tell of one moment: what has changed since is not mixed in."""
    newsroom.publish()
    before = newsroom.look()
    newsroom.write("berita-1", 21, title="Sebelum")

    def edit(*_arguments: object) -> Verdict:
        newsroom.write("berita-1", 21, title="Sesudah")
        return Verdict()

    monkeypatch.setattr(Watchman, "run", edit)
    with pytest.raises(KpuError, match="berubah selagi situs dibangun") as caught:
        newsroom.publish()
    assert str(caught.value.path).endswith("2022/berita-1.md")
    assert newsroom.look() == before
    monkeypatch.undo()
    newsroom.publish()
    assert newsroom.look() == newsroom.build()


def test_two_processes_make_the_same_site(tmp_path: Path) -> None:
    sites = []
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        folder.mkdir()
        room = make_newsroom(folder)
        for found in series(450):
            path = room.articles / "2022" / f"{found.slug}.md"
            path.write_text(found.source)
            room.settle(path)
        outcome = room.publish(processes=processes)
        sites.append((room.look(), outcome))
    assert sites[0] == sites[1]


def test_an_error_in_a_process_is_told_and_the_site_stays(newsroom: Newsroom) -> None:
    newsroom.publish()
    before = newsroom.look()
    for found in series(450):
        path = newsroom.articles / "2022" / f"{found.slug}.md"
        path.write_text(found.source)
        newsroom.settle(path)
    path.write_text(f"{found.source}\n" + "[^1]" * 250_000 + "\n\n[^1]: x")
    with pytest.raises(ArticleError, match="4 MiB") as caught:
        newsroom.publish(processes=2)
    assert found.slug in str(caught.value)
    assert newsroom.look() == before


def test_the_same_moment_in_another_month_moves_an_article(newsroom: Newsroom) -> None:
    for number in range(3):
        add(newsroom, number)
    newsroom.write("batas", 1, date=datetime(2022, 3, 31, 20, tzinfo=UTC))
    newsroom.publish()
    newsroom.write("batas", 1, date=datetime(2022, 4, 1, 3, tzinfo=WIB))
    newsroom.publish()
    assert "batas" in newsroom.look()["arsip/2022/04/index.html"]
    assert newsroom.look() == newsroom.build()
