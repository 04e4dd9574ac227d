"""Which article an address in a log leads to, and on which days."""

from __future__ import annotations

from datetime import datetime

import pytest

from kpucli.article import Article
from kpucli.views.addresses import Addresses, Target, collect_addresses
from tests.publish.builds import WIB, article

BASE = "https://kpu.contoh.go.id"
EARLY, LATE = (datetime(2022, 4, day, 23, tzinfo=WIB) for day in (18, 20))


def collect(*articles: Article, base: str = BASE) -> Addresses:
    return collect_addresses(articles, base, WIB)


@pytest.mark.parametrize("order", [1, -1])
def test_own_addresses_go_before_aliases_and_newer_articles_before_older(order: int) -> None:
    old = article("apel", date=EARLY, aliases=["/kabar/", "/berita/2022/rapat/", "/lama"])
    new = article("rapat", date=LATE, aliases=["/kabar", "/berita/2022/apel/"])
    found = collect(*[old, new][::order])
    leads = {path: target.id for path, target in found.targets.items()}
    assert leads == {
        b"/berita/2022/apel": "2022/apel",
        b"/berita/2022/rapat": "2022/rapat",
        b"/kabar": "2022/rapat",
        b"/lama": "2022/apel",
    }
    assert found.starts == (b"/berita/", b"/kabar", b"/lama")


def test_articles_can_be_viewed_from_their_date_to_their_withdrawal() -> None:
    withdrawn = {"date": LATE, "reason": "Keliru."}
    found = collect(article("apel", date=EARLY), article("rapat", date=EARLY, withdrawn=withdrawn))
    assert sorted(found.targets.values(), key=lambda target: target.id) == [
        Target("2022/apel", "2022-04-18", "9999-12-31"),
        Target("2022/rapat", "2022-04-18", "2022-04-20"),
    ]


@pytest.mark.parametrize(
    ("path", "is_known"),
    [
        ("/berita/2022/apel/", True),
        ("/berita/2022/apel", True),
        ("/berita/2022/apel/index.html", True),
        ("/berita/2022/apel//", True),
        ("/berita/2022/ap%65l/?a=b#c", True),
        ("/berita/2022/apel#c", True),
        ("/berita/2022/apelx", False),
        ("/berita/2022/apel/x", False),
        ("/berita/2022/apel%3Fa", False),
        ("/", False),
        ("", False),
    ],
)
def test_an_address_is_known_however_it_is_written(path: str, is_known: bool) -> None:
    target = collect(article("apel")).find(path.encode())
    assert (target is not None) == is_known


def test_below_a_path_addresses_begin_with_it() -> None:
    found = collect(article("apel", aliases=["/lama.html"]), base=f"{BASE}/malang/")
    assert sorted(found.targets) == [b"/malang/berita/2022/apel", b"/malang/lama.html"]
    assert found.starts == (b"/malang/",)


@pytest.mark.parametrize(("folders", "is_searched"), [(5, True), (6, False)])
def test_where_folders_are_many_every_page_is_looked_at(folders: int, is_searched: bool) -> None:
    found = collect(article("apel", aliases=[f"/f{number}/a" for number in range(folders)]))
    assert (b"/berita/" in found.starts) == is_searched
    assert (found.starts == (b"/",)) != is_searched


def test_letters_that_may_be_written_in_two_ways_are_looked_for_everywhere() -> None:
    found = collect(article("apel", aliases=["/caf%C3%A9/a"]))
    assert found.starts == (b"/",)
    for path in ("/caf%C3%A9/a/", "/caf%c3%a9/a", "/café/a"):
        target = found.find(path.encode())
        assert target
        assert target.id == "2022/apel"
