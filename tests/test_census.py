"""The census from the index is that of the articles themselves."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kpucli.archive import Archive
from kpucli.article import Status
from kpucli.census import take_census
from kpucli.dates import ZONES
from kpucli.index import Index
from tests.conftest import Office
from tests.properties import relaxed

NOW = datetime(2022, 4, 20, 15, tzinfo=ZONES["WIB"])
KINDS = ("", "draft = true", 'withdrawn = { date = 2022-04-21, reason = "x" }', "title = 3")
FILES = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        # Moments that SQLite and Python may see differently: of `NOW` itself, and beside it.
        st.one_of(st.integers(-2, 2), st.integers(-(10**6), 10**6)).map(
            lambda seconds: NOW + timedelta(seconds=seconds)
        ),
        st.sampled_from(["+07:00", "+09:00", "Z"]),
    ),
    max_size=8,
)


@given(FILES)
@settings(relaxed, max_examples=30)
def test_the_index_and_the_articles_say_the_same(files: list[tuple[str, datetime, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        office = Office(Path(name))
        (office.folder / "articles").mkdir()
        for number, (kind, moment, offset) in enumerate(files):
            shown = moment.replace(tzinfo=None).isoformat()
            office.add(f"2022/berita-{number}", f"{kind}\ndate = {shown}{offset}")
        archive = Archive(office.folder / "articles", ZONES["WIB"])
        with Index(office.folder) as index:
            known = take_census(archive, index, NOW)
            assert index.ask("SELECT count(*) FROM articles") == [(len(files),)]
        os.rename(office.folder / ".kpucli", office.folder / "lama")  # noqa: PTH104
        (office.folder / ".kpucli").write_text("")  # there can be no index
        with Index(office.folder) as index:
            read = take_census(archive, index, NOW)
            assert index.ask("SELECT 1") == []
    assert known.counts == {status: n for status, n in read.counts.items() if n}
    assert (known.broken, known.coming, known.drafts) == (read.broken, read.coming, read.drafts)
    assert sum(known.counts.values()) + known.broken == len(files)
    assert len(known.coming) == min(3, known.counts.get(Status.SCHEDULED, 0))
