"""Which articles stand beside an article, and which most have read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpucli.article import Article
from kpucli.publish.related import Relations, Subject, mark_tags
from tests.publish.builds import WIB, article, build, plan_of, series

WORDS = ("pelipatan", "pelantikan", "pelipatan pelantikan", "apel", "")
FIRST = datetime(2022, 3, 1, 8, tzinfo=WIB)


def relate(*articles: Article) -> dict[str, list[str]]:
    """The titles of those that go with each article, both by their titles."""
    titles = {found.id: found.title for found in articles}
    plan = plan_of(articles)
    return {
        titles[page.item.id]: [titles[other.id] for other in page.related]
        for page in plan.articles(range(len(plan.items)))
    }


def make(slug: str, title: str, *tags: str, views: int | None = None) -> Article:
    if views is None:
        return article(slug, title=title, tags=list(tags))
    return article(slug, title=title, tags=list(tags), views=views)


def test_shared_tags_make_articles_related_and_a_rare_one_more_so() -> None:
    related = relate(
        make("satu", "Rapat Pleno", "sop", "umum"),
        make("dua", "Bimtek Arsip", "sop", "umum"),
        make("tiga", "Apel Senin", "umum"),
        make("empat", "Senam", "olahraga"),
    )
    assert related["Rapat Pleno"] == ["Bimtek Arsip", "Apel Senin"]
    assert related["Senam"] == []


def test_telling_words_of_titles_count_too() -> None:
    related = relate(
        make("satu", "Pelipatan Surat Suara Rampung"),
        make("dua", "Pelipatan Dimulai di Gudang"),
        make("tiga", "Kunjungan Pelajar"),
    )
    assert related["Pelipatan Surat Suara Rampung"] == ["Pelipatan Dimulai di Gudang"]


@pytest.mark.parametrize(("count", "related"), [(20, 3), (21, 0)])
def test_a_word_of_more_than_twenty_titles_tells_nothing(count: int, related: int) -> None:
    plan = plan_of(make(f"a{number:02}", "Pelipatan") for number in range(count))
    assert {len(page.related) for page in plan.articles(range(count))} == {related}


def test_of_equals_the_nearer_in_time_comes_first_and_three_are_shown() -> None:
    plan = plan_of(series(30))
    for place, page in enumerate(plan.articles(range(30))):
        places = [plan.items.index(other) for other in page.related]
        assert len(places) == 3
        assert place not in places
        assert all(abs(other - place) <= 9 for other in places)


KEYS = st.tuples(st.sets(st.sampled_from(["a", "b", "c"])), st.sampled_from(WORDS))
SUBJECTS = st.dictionaries(st.integers(0, 60), KEYS, min_size=1, max_size=50)
CHANGES = st.dictionaries(st.integers(0, 60), st.none() | KEYS, min_size=1, max_size=6)


def subjects_of(facts: dict[int, tuple[set[str], str]]) -> list[Subject]:
    return sorted(
        Subject(number // 2, f"2022/a{number:02}", mark_tags(sorted(tags)), word)
        for number, (tags, word) in facts.items()
    )


def relations_of(subjects: list[Subject]) -> Relations[Subject]:
    return Relations(subjects, lambda subject: subject.tags)


def all_relations(subjects: list[Subject]) -> dict[str, tuple[str, ...]]:
    found = relations_of(subjects).find(range(len(subjects)))
    return {subjects[here].id: tuple(subjects[other].id for other in found[here]) for here in found}


@settings(max_examples=300)
@given(SUBJECTS, CHANGES)
def test_only_what_a_change_touches_can_have_other_relations(
    before: dict[int, tuple[set[str], str]], changes: dict[int, tuple[set[str], str] | None]
) -> None:
    after = {number: facts for number, facts in (before | changes).items() if facts is not None}
    old, new = subjects_of(before), subjects_of(after)
    gone, come = (
        [item for item in old if item not in new],
        [item for item in new if item not in old],
    )
    touched = {new[place].id for place in relations_of(new).touched_by(gone, come)}
    touched |= {subject.id for subject in come}
    found, earlier = all_relations(new), all_relations(old)
    assert {name for name in found if found[name] != earlier.get(name, ())} <= touched


def test_a_change_touches_few() -> None:
    subjects = [Subject(number, f"2022/a{number:04}", ("#umum",), "") for number in range(1000)]
    late = Subject(1000, "2022/z", ("#umum",), "")
    assert len(relations_of([*subjects, late]).touched_by([], [late])) == 9


@given(st.lists(st.sets(st.sampled_from("abcde")), max_size=12), st.randoms())
def test_the_order_of_the_files_does_not_matter(tags: list[set[str]], random: object) -> None:
    articles = [
        article(f"a{number}", title=f"Judul {number}", tags=sorted(some),
                date=FIRST + timedelta(hours=number))
        for number, some in enumerate(tags)
    ]  # fmt: skip
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert relate(*articles) == relate(*shuffled)


def test_a_page_links_to_its_related_articles() -> None:
    files = build([make("satu", "Rapat Pleno", "sop"), make("dua", "Bimtek Arsip", "sop")])
    page = next(text for path, text in files.items() if path.endswith("satu/index.html"))
    assert b"Berita terkait" in page
    assert b">Bimtek Arsip<" in page


def test_the_most_read_stand_on_the_first_page() -> None:
    articles = [make(f"a{views}", f"Dilihat {views}", views=views) for views in range(8)]
    assert [item.views for item in plan_of(articles).popular] == [7, 6, 5, 4, 3]
    assert b"Berita populer" in build(articles)["index.html"]
    assert b"Berita populer" not in build([make("x", "Tanpa Hitungan")])["index.html"]
