"""A whole publish: articles in, site out, and no more work than what has changed asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from kpucli.article import Article, moment_of
from kpucli.errors import KpuError
from kpucli.index import hash_states
from kpucli.outline import Outline, Standing
from kpucli.publish.changes import Changes, Reason, find_all, find_changes
from kpucli.publish.check import Check, run_check
from kpucli.publish.commit import Outcome, commit_batches
from kpucli.publish.draft import Batch, Loose, Making
from kpucli.publish.generation import read_generation
from kpucli.publish.ledger import Ledger, SiteState
from kpucli.publish.library import Entries, Library, Shelf
from kpucli.publish.photo_store import PhotoStore
from kpucli.publish.photos import find_sources, prepare_photos
from kpucli.publish.picture import NO_ALBUM, Album
from kpucli.publish.plan import make_plan
from kpucli.publish.render import File, Press, Setting, Unit, read_setting
from kpucli.publish.search import MakeIndex
from kpucli.publish.site import Site, choose_items
from kpucli.publish.sitemaps import find_news, news_until
from kpucli.workers import Follow, follow_not

_BATCH = 250  # articles
_WORTH_SHARING = 400  # files that take longer to make than processes to start


@dataclass(frozen=True)
class Stock:
    """The articles of a publish, as they are at one moment."""

    library: Library
    outlines: Sequence[Outline]


def stock_articles(articles: Iterable[Article]) -> Stock:
    """The stock of articles that are in memory."""
    shelf = Shelf(articles)
    return Stock(shelf, list(shelf.outlines()))


def render_stock(
    stock: Stock,
    site: Site,
    now: datetime,
    album: Album = NO_ALBUM,
    make_index: MakeIndex | None = None,
) -> Iterator[File]:
    """Every file of the site that shows these articles at the moment `now`.

    Without `make_index`, or where that gives no files, the search page says that it cannot search.
    Raises `KpuError` for a theme or a menu that cannot be used.
    """
    items, withdrawn = choose_items(stock.outlines, site, now)
    plan = make_plan(items, site, withdrawn)
    entries = Entries(stock.library, site, now, album)
    press = Press(plan, site, read_setting(site), entries, now, album)
    for unit in press.units():
        yield File(unit.path, unit.make())
    for _item, files in press.make_articles(range(len(items))):
        yield from files
    yield from press.make_search(make_index)[0]


def make_album(
    stock: Stock,
    site: Site,
    now: datetime,
    store: PhotoStore,
    failures: list[KpuError],
    follow: Follow = follow_not,
) -> Album:
    """The photographs of the articles that are shown. See `prepare_photos`."""
    items, _withdrawn = choose_items(stock.outlines, site, now)
    sources = find_sources(items, stock.library, site.config.root, failures)
    return prepare_photos(sources, store, failures, follow)


@dataclass(frozen=True)
class Publisher:
    """Makes the site of a configuration in `output` at the moment `now`.

    `failures` are told which photographs cannot be shown and are left out, `reasons` why each file
    was made (see `Changes.explain`). With a `ledger`, work that the last publish did is not done
    again. The caller holds `lock_output`.
    """

    site: Site
    now: datetime
    output: Path
    ledger: Ledger | None = None
    failures: list[KpuError] = field(default_factory=list)
    reasons: dict[str, Reason] = field(default_factory=dict)
    follow: Follow = follow_not
    make_index: MakeIndex | None = None
    keep: int = 1
    allow_removals: bool = False
    dry_run: bool = False
    processes: int = 1

    @cached_property
    def _state(self) -> SiteState | None:
        return self.ledger.recall_state() if self.ledger else None

    @cached_property
    def setting(self) -> Setting:
        """What all files of the site hang on, but for the articles."""
        return read_setting(self.site)

    def find_unchanged(self, inputs: bytes | None) -> Outcome | None:
        """What a publish would say that has nothing to do; None where it has to look closer.

        `inputs` stand for all that it would look at, but for the clock and the photographs.
        """
        state, live = self._state, read_generation(self.output)
        if state is None or live is None or inputs is None:
            return None
        is_same = (
            str(live) == state.generation
            and inputs == state.inputs
            and (state.until is None or moment_of(self.now) < state.until)
            and hash_states(state.photographs) == state.photograph_states
        )
        return Outcome([], [], [], live.files, live) if is_same else None

    def publish(
        self, stock: Stock, inputs: bytes | None = None, check: Check | None = None
    ) -> Outcome:
        """Make the site of these articles, for `inputs` see `find_unchanged`.

        With a ledger they are checked first. Raises as `commit_batches`, and what the check does.
        """
        items, withdrawn = choose_items(stock.outlines, self.site, self.now)
        plan = make_plan(items, self.site, withdrawn)
        root = self.site.config.root
        looked: list[str] = []
        sources = find_sources(items, stock.library, root, self.failures, looked)
        if check is not None and self.ledger is not None:
            run_check(check, plan, sources, self.ledger)
        with PhotoStore(root) as store:
            album = prepare_photos(sources, store, self.failures, self.follow)
            entries = Entries(stock.library, self.site, self.now, album)
            press = Press(plan, self.site, self.setting, entries, self.now, album)
            changes = self._find_changes(press)
            outcome = self._commit(press, changes)
            if not self.dry_run:
                # Drafts are kept ready too: the preview shows them.
                drafts = (item for item in stock.outlines if item.standing == Standing.DRAFT)
                sources += find_sources(drafts, stock.library, root, [])
                store.prune({source.key for source in sources})
                self._enter(stock, press, changes, outcome, inputs, looked)
        return outcome

    def _find_changes(self, press: Press) -> Changes:
        live, state = read_generation(self.output), self._state
        if self.ledger is None or state is None or str(live) != state.generation:
            return find_all(press, Reason.UNKNOWN)
        if state.frame != press.frame:
            return find_all(press, Reason.FRAME)
        return find_changes(press, self.ledger)

    def _commit(self, press: Press, changes: Changes) -> Outcome:
        batches: list[Batch] = list(_divide(press, changes))
        if changes.has_search:
            files, is_whole = press.make_search(self.make_index)
            changes.note_search(files, is_whole=is_whole)
            batches.append(Loose(files))
        self.reasons.update(changes.explain())
        size = len(changes.places) + len(changes.units)
        return commit_batches(
            self.output,
            batches,
            removed=None if changes.is_all else changes.find_removed(),
            keep=self.keep,
            allow_removals=self.allow_removals,
            dry_run=self.dry_run,
            making=Making(
                self.processes if size >= _WORTH_SHARING else 1,
                changes.note_files,
                self.follow,
                size,
            ),
        )

    def _enter(
        self,
        stock: Stock,
        press: Press,
        changes: Changes,
        outcome: Outcome,
        inputs: bytes | None,
        looked: list[str],
    ) -> None:
        if self.ledger is None:
            return
        states = hash_states(looked)
        state = SiteState(
            str(outcome.generation),
            press.frame,
            None if states is None else inputs,
            _holds_until(stock.outlines, press.plan.items, self.now),
            tuple(looked),
            states or b"",
        )
        self.ledger.enter(state, changes.enter())


def _holds_until(
    outlines: Iterable[Outline], items: Sequence[Outline], now: datetime
) -> int | None:
    """The moment from which the same articles make another site; None if that never comes."""
    here = moment_of(now)
    coming = [item.moment for item in outlines if not item.standing and item.moment > here]
    aging = news_until(find_news(items, now))
    return min([*coming, *([aging] if aging is not None else [])], default=None)


@dataclass(slots=True)
class _Batch:
    """Articles and other files that show much the same articles."""

    press: Press
    changes: Changes
    places: Sequence[int]
    units: list[Unit] = field(default_factory=list)
    found: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def files(self) -> Iterator[File]:
        """See `Batch`."""
        for item, files in self.press.make_articles(self.places):
            page, *others = files
            yield page
            if self.changes.is_changed(item):
                yield from others
                if others:
                    self.found[item.id] = tuple(file.path for file in others)
        for unit in self.units:
            yield File(unit.path, unit.make())

    def notes(self) -> dict[str, tuple[str, ...]]:
        """The files of articles beside their pages."""
        return self.found


def _divide(press: Press, changes: Changes) -> Iterator[_Batch]:
    """The work in batches, the newest first: what lies near in time shows the same articles."""
    places, items = sorted(changes.places), press.plan.items
    units = sorted(changes.units, key=lambda unit: unit.moment)
    starts = range(0, len(places), _BATCH)
    for start in starts:
        batch = _Batch(press, changes, places[start : start + _BATCH])
        oldest = items[batch.places[-1]].moment
        while units and units[-1].moment >= oldest:
            batch.units.append(units.pop())
        yield batch
    for start in range(0, len(units), _BATCH):
        yield _Batch(press, changes, [], units[start : start + _BATCH])
