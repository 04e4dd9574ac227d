"""What the last publish made, and of what: so that the next one makes no more than has changed.

It is kept in the index (see `kpucli.index`) and believed only of the very site it was written for,
which is known by its generation: whoever else changed the folder, the site is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kpucli.index import Index
from kpucli.outline import Outline

_MANY = 1000  # rows that are sooner found one by one than all at once


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as the site has it: its outline's part that counts, and its files but the page."""

    mark: bytes
    moment: int
    month: int
    facets: str
    words: str
    aliases: str
    files: tuple[str, ...]

    def stands_as(self, item: Outline) -> bool:
        """Whether it stands in all lists where this outline does."""
        return (self.moment, self.month, self.facets) == (item.moment, item.month, item.facets)


@dataclass(frozen=True, slots=True)
class SiteState:
    """What a site was made of.

    `generation` names it and `frame` what all its files hang on; `inputs` stands for all that a
    publish looks at, which gives the same site until the moment `until` (microseconds since 1970;
    None for ever); `photographs` are the files whose states count too.
    """

    generation: str
    frame: bytes
    inputs: bytes | None
    until: int | None
    photographs: tuple[str, ...]
    photograph_states: bytes


@dataclass(slots=True)
class Entered:
    """What is to be noted of a publish: articles by id, other files by path, and what is gone."""

    is_all: bool
    shown: dict[str, tuple[Outline, bytes, tuple[str, ...]]] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    gone_articles: Collection[str] = ()
    gone_pages: Collection[str] = ()


class Ledger:
    """The ledger of an office's site."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._marks: dict[str, bytes] | None = None

    def recall_state(self) -> SiteState | None:
        """What the site was made of; None where that is not known."""
        values = dict(self._index.ask("SELECT name, value FROM site"))
        try:
            return SiteState(
                values["generation"],
                values["frame"],
                values["inputs"],
                values["until"],
                tuple(json.loads(values["photographs"])),
                values["photograph_states"],
            )
        except (KeyError, ValueError, TypeError):
            return None

    def recall_marks(self) -> dict[str, bytes]:
        """The mark of every article that is shown."""
        if self._marks is None:
            self._marks = dict(self._index.ask("SELECT id, mark FROM shown"))
        return self._marks

    def recall_shown(self, identifiers: Iterable[str]) -> Mapping[str, Shown]:
        """What is known of some articles that are shown."""
        found = {}
        query = "SELECT mark, moment, month, facets, words, aliases, files FROM shown WHERE id=?"
        for identifier in identifiers:
            for mark, moment, month, facets, words, aliases, files in self._index.ask(
                query, identifier
            ):
                paths = tuple(json.loads(files)) if files else ()
                found[identifier] = Shown(mark, moment, month, facets, words, aliases, paths)
        return found

    def recall_pages(self) -> dict[str, bytes]:
        """The mark of every other file."""
        return dict(self._index.ask("SELECT path, mark FROM pages"))

    def is_checked_by(self, mark: bytes) -> bool:
        """Whether what is noted as sound was found so by a check of this mark."""
        return bool(self._index.ask("SELECT 1 FROM site WHERE name='checked' AND value=?", mark))

    def recall_checked(self, identifiers: Collection[str]) -> dict[str, bytes]:
        """The marks of what was looked at of some articles, where no error was found."""
        if len(identifiers) > _MANY:
            return dict(self._index.ask("SELECT id, mark FROM checked"))
        found: dict[str, bytes] = {}
        for name in identifiers:
            found.update(self._index.ask("SELECT id, mark FROM checked WHERE id=?", name))
        return found

    def has_checked(self) -> bool:
        """Whether any check has noted what it found."""
        return bool(self._index.ask("SELECT 1 FROM site WHERE name='unsound'"))

    def recall_unsound(self) -> set[str]:
        """The articles in which the last check found errors."""
        return self._recall_set("unsound")

    def recall_notes(self) -> dict[str, str]:
        """What the checks noted of articles, where that is anything."""
        return dict(self._index.ask("SELECT id, note FROM checked WHERE note != ''"))

    def recall_addresses(self) -> set[str]:
        """The addresses that `enter_addresses` noted last."""
        return self._recall_set("addresses")

    def _recall_set(self, name: str) -> set[str]:
        for (text,) in self._index.ask("SELECT value FROM site WHERE name=?", name):
            return set(json.loads(text))
        return set()

    def enter_addresses(self, addresses: Iterable[str]) -> None:
        """Note addresses that links may lead to."""
        row = ("addresses", json.dumps(sorted(addresses)))
        self._index.change([("INSERT OR REPLACE INTO site VALUES (?,?)", [row])])

    def enter_checked(
        self,
        mark: bytes,
        checked: Iterable[tuple[str, bytes, str]],
        gone: Iterable[str],
        unsound: Iterable[str],
    ) -> None:
        """Note what a check of this mark has found no error in: id, mark and note of each.

        What another check found is forgotten.
        """
        others = [] if self.is_checked_by(mark) else [()]
        values = [("checked", mark), ("unsound", json.dumps(sorted(unsound)))]
        self._index.change(
            [
                ("DELETE FROM checked", others),
                ("DELETE FROM checked WHERE id=?", [(name,) for name in (*gone, *unsound)]),
                ("INSERT OR REPLACE INTO checked VALUES (?,?,?)", list(checked)),
                ("INSERT OR REPLACE INTO site VALUES (?,?)", values),
            ]
        )

    def enter(self, state: SiteState, entered: Entered) -> None:
        """Note what a publish has made; where that cannot be, the next one makes all anew."""
        values = [
            ("generation", state.generation),
            ("frame", state.frame),
            ("inputs", state.inputs),
            ("until", state.until),
            ("photographs", json.dumps(state.photographs)),
            ("photograph_states", state.photograph_states),
        ]
        shown = [
            (
                name,
                mark,
                item.moment,
                item.month,
                item.facets,
                item.words,
                item.aliases,
                _write(files),
            )
            for name, (item, mark, files) in entered.shown.items()
        ]
        everything = [()] if entered.is_all else []
        self._marks = None
        self._index.change(
            [
                ("DELETE FROM shown", everything),
                ("DELETE FROM pages", everything),
                ("DELETE FROM shown WHERE id=?", [(name,) for name in entered.gone_articles]),
                ("DELETE FROM pages WHERE path=?", [(path,) for path in entered.gone_pages]),
                ("INSERT OR REPLACE INTO shown VALUES (?,?,?,?,?,?,?,?)", shown),
                ("INSERT OR REPLACE INTO pages VALUES (?,?)", list(entered.pages.items())),
                ("INSERT OR REPLACE INTO site VALUES (?,?)", values),
            ]
        )


def _write(paths: Collection[str]) -> str:
    return json.dumps(paths) if paths else ""
