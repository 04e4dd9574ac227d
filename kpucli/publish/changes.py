"""Which files of a site a publish has to make, by what is known of the last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from kpucli.outline import Outline
from kpucli.publish.draft import refuse_twin
from kpucli.publish.ledger import Entered, Ledger, Shown
from kpucli.publish.plan import Plan
from kpucli.publish.related import Subject
from kpucli.publish.render import File, Press, Unit

_CONTENT = 16  # bytes of a mark that stand for the article's file


class Reason(Enum):
    """Why a file is made again."""

    UNKNOWN = "unknown"  # what the site was made of is not known
    FRAME = "frame"  # the configuration, the theme or the program has changed
    NEW = "new"
    REWRITTEN = "rewritten"
    VIEWS = "views"  # of an article, or its photographs
    NEIGHBOUR = "neighbour"
    CONTENT = "content"  # articles that a list or feed shows


@dataclass
class Changes:
    """What is to be made: articles by their places in the plan, other files, the search.

    `reason` is that of making everything, if everything is made. `gone` are articles that the site
    had, `gone_pages` other files.
    """

    press: Press
    reason: Reason | None
    changed: Collection[str]
    places: Collection[int]
    units: Sequence[Unit]
    has_search: bool
    gone: Mapping[str, Shown] = field(default_factory=dict)
    gone_pages: Collection[str] = ()
    before: Mapping[str, Shown] = field(default_factory=dict)
    _files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _search: dict[str, bytes] = field(default_factory=dict)

    @property
    def is_all(self) -> bool:
        """Whether everything is made."""
        return self.reason is not None

    def explain(self) -> dict[str, Reason]:
        """Why each file is made; where all are for one reason, that of "" alone."""
        if self.reason is not None:
            return {"": self.reason}
        items = self.press.plan.items
        found = {unit.path: Reason.CONTENT for unit in self.units}
        return found | {
            _page_of(items[place].id): self._explain(items[place]) for place in self.places
        }

    def _explain(self, item: Outline) -> Reason:
        if not self.is_changed(item):
            return Reason.NEIGHBOUR
        if item.id not in self.before:
            return Reason.NEW
        is_same = self.before[item.id].mark[:_CONTENT] == item.content
        return Reason.VIEWS if is_same else Reason.REWRITTEN

    def is_changed(self, item: Outline) -> bool:
        """Whether an article itself has changed, not only what stands beside it."""
        return item.id in self.changed

    def note_files(self, found: object) -> None:
        """Note the files of articles beside their pages, as a batch has found them."""
        if isinstance(found, dict):
            self._files |= found

    def note_search(self, files: Iterable[File], *, is_whole: bool) -> None:
        """Note the files of the search; one that is not whole is made again next time."""
        mark = self.press.search_mark if is_whole else b""
        self._search = {file.path: mark for file in files}

    def find_removed(self) -> Iterator[str]:
        """The paths of files that the site has no more; to be asked when all others are made."""
        yield from self._find_gone_pages()
        for identifier, shown in self.gone.items():
            yield _page_of(identifier)
            yield from shown.files
        for identifier, shown in self.before.items():
            yield from set(shown.files) - set(self._files.get(identifier, ()))

    def _find_gone_pages(self) -> list[str]:
        """The files that no article has and the search did not bring back."""
        return [path for path in self.gone_pages if path not in self._search]

    def enter(self) -> Entered:
        """What is to be noted of the publish."""
        items, marks = self.press.plan.items, self.press.marks
        changed = (items[place] for place in self.places if self.is_changed(items[place]))
        return Entered(
            shown={
                item.id: (item, marks[item.id], self._files.get(item.id, ())) for item in changed
            },
            pages={unit.path: unit.mark for unit in self.units} | self._search,
            gone_articles=self.gone,
            gone_pages=self._find_gone_pages(),
            is_all=self.is_all,
        )


def find_all(press: Press, reason: Reason) -> Changes:
    """Everything."""
    items = press.plan.items
    press.plan.relations.look_up_all()
    units = _refuse_twins(list(press.units()))
    return Changes(press, reason, press.marks, range(len(items)), units, press.has_search)


def _page_of(identifier: str) -> str:
    """The path of an article's page."""
    return f"berita/{identifier}/index.html"


def find_changes(press: Press, ledger: Ledger) -> Changes:
    """What has changed since the publish that the ledger tells of."""
    plan, known = press.plan, ledger.recall_marks()
    marks = press.marks
    changed = {
        item.id: place
        for place, item in enumerate(plan.items)
        if known.get(item.id) != marks[item.id]
    }
    gone = ledger.recall_shown(known.keys() - marks.keys())
    before = ledger.recall_shown(name for name in changed if name in known)
    rewritten = {
        name: place
        for name, place in changed.items()
        if name not in before or before[name].mark[:_CONTENT] != marks[name][:_CONTENT]
    }
    places = set(changed.values()) | _find_neighbours(plan, rewritten, before, gone)
    pages = ledger.recall_pages()

    def recall(path: str, items: Sequence[Outline]) -> bytes | None:
        return pages.get(path) if changed.keys().isdisjoint([item.id for item in items]) else None

    # Where every article stands as it did, so do the lists that show none that has changed.
    stand = not gone and all(
        name in before and before[name].stands_as(plan.items[place])
        for name, place in changed.items()
    )
    units = _refuse_twins(list(press.units(recall) if stand else press.units()))
    paths = {unit.path for unit in units}
    search = press.search_mark
    is_search_kept = not press.has_search or any(mark == search for mark in pages.values())
    return Changes(
        press,
        None,
        changed,
        places,
        [unit for unit in units if pages.get(unit.path) != unit.mark],
        not is_search_kept,
        gone,
        {
            path
            for path, mark in pages.items()
            if path not in paths and not (is_search_kept and mark == search)
        },
        before,
    )


def _find_neighbours(
    plan: Plan, rewritten: Mapping[str, int], before: Mapping[str, Shown], gone: Mapping[str, Shown]
) -> set[int]:
    """The places of articles beside which others stand now, or the same with other words."""
    if not rewritten and not gone:
        return set()
    old = [
        Subject(shown.moment, name, plan.filings[shown.facets].keys, shown.words)
        for name, shown in (
            *((name, before[name]) for name in rewritten if name in before),
            *gone.items(),
        )
    ]
    items = [plan.items[place] for place in rewritten.values()]
    new = [
        Subject(item.moment, item.id, plan.filings[item.facets].keys, item.words) for item in items
    ]
    return plan.touched_by(old, new)


def _refuse_twins(units: list[Unit]) -> list[Unit]:
    seen: set[str] = set()
    for unit in units:
        refuse_twin(unit.path, seen)
    return units
