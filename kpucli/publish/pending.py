"""How many articles are other than the site shows them, without making anything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kpucli.article import moment_of
from kpucli.index import Index
from kpucli.publish.generation import read_generation
from kpucli.publish.ledger import Ledger

# The first 16 bytes of a mark stand for the article's file; see `Press.marks`.
_COMPARE = """
SELECT count(*) - count(shown.id), count(shown.id),
    coalesce(sum(substr(shown.mark, 1, 16) != articles.content), 0)
FROM articles LEFT JOIN shown
    ON shown.id = folder || '/' || substr(name, 1, length(name) - 3)
WHERE standing = '' AND articles.moment <= ?
"""


Pending = tuple[int, int, int]


def find_pending(index: Index, output: Path, now: datetime) -> Pending | None:
    """How many articles a publish at `now` would add, change and remove; None if nobody knows.

    The index must be up to date (see `Inventory.refresh`) and tell of the very site in `output`.
    """
    state, live = Ledger(index).recall_state(), read_generation(output)
    if state is None or str(live) != state.generation:
        return None
    for new, known, changed in index.ask(_COMPARE, moment_of(now)):
        for (shown,) in index.ask("SELECT count(*) FROM shown"):
            return new, changed, shown - known
    return None
