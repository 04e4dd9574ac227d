"""Keeping errors from the public: what has been found sound is not looked at again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kpucli.errors import KpuError
from kpucli.index import hash_content
from kpucli.outline import Outline, read_aliases
from kpucli.publish.ledger import Ledger
from kpucli.publish.photos import Source
from kpucli.publish.plan import Plan


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says: a note for each article without error, and the error that refuses.

    `unsound` are articles with an error, whether they were to be looked at or not.
    """

    notes: Mapping[str, str] = field(default_factory=dict)
    unsound: Collection[str] = ()
    refusal: KpuError | None = None


class Check(Protocol):
    """What looks for errors in articles.

    `mark` stands for all that its verdict on an article hangs on beside the article.
    """

    @property
    def mark(self) -> bytes:
        """See above."""

    def run(
        self,
        items: Sequence[Outline],
        everything: Sequence[Outline],
        recall_notes: Callable[[], dict[str, str]],
    ) -> Verdict:
        """The verdict on some articles of the site.

        `everything` are all of the site; `recall_notes` gives the notes of the last time, and also
        of articles that have changed or are gone.
        """


def run_check(check: Check, plan: Plan, sources: Iterable[Source], ledger: Ledger) -> None:
    """Check the articles of a plan that have not been found sound as they are.

    Those with links are checked again where an address is gone that they may lead to. Raises the
    verdict's refusal; what was found sound by then is not checked again.
    """
    marks = _mark_all(plan.items, sources)
    unchecked, gone = _find_unchecked(check.mark, plan, marks, ledger)
    addresses, known = _list_addresses(plan), ledger.recall_addresses()
    missing = known - addresses
    if gone or (missing and missing - {item.url for item in plan.items}):
        unchecked |= {item.id for item in plan.items if item.has_links}
    items = [item for item in plan.items if item.id in unchecked] if unchecked else []
    verdict = check.run(items, plan.items, ledger.recall_notes)
    if verdict.notes or verdict.unsound or gone:
        checked = [(name, marks[name], note) for name, note in verdict.notes.items()]
        ledger.enter_checked(check.mark, checked, gone, verdict.unsound)
    if verdict.refusal is not None:
        # What was found sound may lead to what is here today, and never shown before it is gone.
        ledger.enter_addresses(known | addresses | {item.url for item in items})
        raise verdict.refusal
    ledger.enter_addresses(addresses)


def _find_unchecked(
    mark: bytes, plan: Plan, marks: Mapping[str, bytes], ledger: Ledger
) -> tuple[set[str], Collection[str]]:
    """The articles that a check of this mark has not found sound, and those that are gone."""
    if not ledger.is_checked_by(mark):
        return set(marks), ()
    shown = ledger.recall_marks()
    # What is shown as it is has been found sound, unless its photographs have changed.
    suspects = [
        item.id
        for item in plan.items
        if item.has_images or not shown.get(item.id, b"").startswith(item.content)
    ]
    known = ledger.recall_checked(suspects)
    unchecked = {name for name in suspects if known.get(name) != marks[name]}
    return unchecked | (ledger.recall_unsound() & marks.keys()), shown.keys() - marks.keys()


def _list_addresses(plan: Plan) -> set[str]:
    """What links may lead to and an edit may take away: older addresses, and tags."""
    aliases = {alias for item in plan.items if item.aliases for alias in read_aliases(item.aliases)}
    return aliases | {count.path for count in plan.tags.tags}


def _mark_all(items: Iterable[Outline], sources: Iterable[Source]) -> dict[str, bytes]:
    """The hash of what is checked of each article: its file, and the photographs it names."""
    marks = {item.id: item.content for item in items}
    photographs: dict[str, list[tuple[str, bytes]]] = {}
    for source in sources:
        photographs.setdefault(source.article, []).append((source.name, source.content))
    for name, found in photographs.items():
        marks[name] = hash_content(marks[name] + repr(sorted(found)).encode())
    return marks
