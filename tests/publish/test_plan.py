"""Which pages there are, and what stays where it is when news is added."""

from __future__ import annotations

import pytest

from kpucli.publish.plan import Pagination, paginate
from tests.publish.builds import NOW, article, items_of, plan_of, series

SIZES: dict[int, dict[int | None, int]] = {
    0: {None: 0},
    1: {None: 1},
    20: {None: 20},
    39: {None: 39},
    40: {None: 20, 1: 20},
    41: {None: 21, 1: 20},
    59: {None: 39, 1: 20},
    60: {None: 20, 2: 20, 1: 20},
    200: {None: 20, **dict.fromkeys(range(9, 0, -1), 20)},
}


@pytest.mark.parametrize(("count", "sizes"), SIZES.items(), ids=map(str, SIZES))
def test_numbered_pages_are_full_and_the_first_holds_the_rest(
    count: int, sizes: dict[int | None, int]
) -> None:
    items = items_of(series(count))
    pages = paginate(items, 20)
    assert {number: len(part) for number, part in pages} == sizes
    assert [item for _number, part in pages for item in part] == items


def test_numbered_pages_keep_their_articles_when_news_is_added() -> None:
    for count in range(40, 90, 7):
        before = dict(paginate(list(range(count))[::-1], 20))  # type: ignore[arg-type]
        after = dict(paginate(list(range(count + 1))[::-1], 20))  # type: ignore[arg-type]
        del before[None]
        assert before.items() <= after.items()


NEIGHBOURS = {
    "first of all": (None, 9, None, 9, [None, 9, 8, 1]),
    "newest with a number": (9, 9, None, 8, [None, 9, 8, 7, 1]),
    "in the middle": (5, 9, 6, 4, [None, 7, 6, 5, 4, 3, 1]),
    "last but one": (2, 9, 3, 1, [None, 4, 3, 2, 1]),
    "oldest": (1, 9, 2, 0, [None, 3, 2, 1]),
    "first of two": (None, 1, None, 1, [None, 1]),
    "the only one": (None, 0, None, 0, [None]),
}


@pytest.mark.parametrize(
    ("number", "last", "newer", "older", "shown"), NEIGHBOURS.values(), ids=NEIGHBOURS
)
def test_a_page_knows_its_neighbours(
    number: int | None, last: int, newer: int | None, older: int, shown: list[int | None]
) -> None:
    page = Pagination(number, last, "/tag/sop/")
    assert page.newer == (None if number is None else page.path_of(newer))
    assert page.older == (page.path_of(older) if older else None)
    assert page.shown == shown


def test_every_page_has_a_path_of_its_own() -> None:
    paths = list(plan_of(series(90), page_size=5).paths)
    assert len(paths) == len(set(paths))
    for path in ("/", "/halaman/1/", "/tag/", "/tag/semua/", "/tag/semua/halaman/1/", "/arsip/",
                 "/arsip/2022/", "/arsip/2022/03/", "/arsip/2022/03/halaman/1/",
                 "/berita/2022/berita-089/"):  # fmt: skip
        assert path in paths


def test_counts_of_tags_and_months_add_up() -> None:
    made = plan_of(series(90))
    assert [(tag.label, tag.count) for tag in made.tags.tags] == [
        ("Semua", 90), ("Tag 0", 30), ("Tag 1", 30), ("Tag 2", 30)
    ]  # fmt: skip
    assert sum(year.year.count for year in made.years) == 90
    for year in made.years:
        assert sum(month.count for month in year.months) == year.year.count


def test_years_and_months_are_newest_first() -> None:
    dates = [NOW.replace(year=2021, month=12), NOW.replace(month=1), NOW.replace(month=3)]
    articles = [article(f"a{index}", date=date) for index, date in enumerate(dates)]
    made = plan_of(articles)
    assert [(year.year.label, [month.label for month in year.months]) for year in made.years] == [
        ("2022", ["Maret", "Januari"]),
        ("2021", ["Desember"]),
    ]


def test_the_numbers_to_show_are_few_however_many_pages_there_are() -> None:
    page = Pagination(500_000, 1_000_000, "/")
    assert page.shown == [None, 500_002, 500_001, 500_000, 499_999, 499_998, 1]
    assert page.older == "/halaman/499999/"


def test_redirects_leave_pages_alone_and_the_newer_article_has_an_address_first() -> None:
    older = article("tua", aliases=["/lama", "/tag/", "/berita/2022/muda/", "/a%20b/", "/x.html"])
    newer = article("muda", date=NOW, aliases=["/lama/"])
    redirects = [(path, item.url) for path, item in plan_of([older, newer]).redirects]
    assert redirects == [("/lama/", "/berita/2022/muda/"), ("/x.html", "/berita/2022/tua/")]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_categories_have_pages_where_there_are_several(count: int) -> None:
    names = ("berita", "opini", "pengumuman")[:count]
    made = plan_of([article(f"a-{name}", category=name) for name in names])
    shown = [f"/kategori/{name}/" for name in names] if count > 1 else []
    assert [category.path for category in made.categories] == shown
    assert [page.path for page in made.lists if page.kind == "category"] == shown
    for page in made.articles(range(count)):
        ways = [crumb.path for crumb in page.crumbs]
        own = [f"/kategori/{page.item.id.partition('-')[2]}/"] if count > 1 else []
        assert ways == ["/", *own, "/arsip/2022/04/"]
