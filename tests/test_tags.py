"""Counting and changing tags."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.article import Article, parse_article
from kpucli.errors import ArticleError, KpuError
from kpucli.tags import (
    TagCount,
    add_tag,
    check_tag,
    count_tags,
    find_twins,
    remove_tag,
    replace_tags,
    require_tags,
)


def _article(*tags: str, views: int = 0, path: str = "articles/2022/x.md") -> Article:
    listed = ", ".join(f'"{tag}"' for tag in tags)
    source = f'+++\ntitle = "x"\ndate = 2022-04-20\nviews = {views}\ntags = [{listed}]\n+++\n'
    return parse_article(source.encode(), Path(path), UTC)


def _after(changes: list[object]) -> list[tuple[str, ...]]:
    return [
        parse_article(change.after, change.path, UTC).tags  # type: ignore[attr-defined]
        for change in changes
    ]


@pytest.mark.parametrize(
    ("words", "tag"),
    [("SOP", "sop"), ("S.O.P", "sop"), ("Media Sosial", "media-sosial"), ("Jum'at", "jumat")],
)
def test_tags_take_the_form_of_the_archive(words: str, tag: str) -> None:
    assert check_tag(words) == tag


@given(st.text(max_size=100))
def test_a_checked_tag_stays_as_it_is(words: str) -> None:
    try:
        tag = check_tag(words)
    except KpuError:
        return
    assert check_tag(tag) == tag
    assert 0 < len(tag) <= 80


def test_counts_put_the_most_used_first_and_ties_by_name() -> None:
    articles = [_article("b", "a", views=3), _article("b", "b"), _article("c", views=5)]
    assert count_tags(articles) == [
        TagCount("b", 2, 3),
        TagCount("a", 1, 3),
        TagCount("c", 1, 5),
    ]


def test_twins_differ_only_in_form() -> None:
    tags = ["sop", "SOP", "S.O.P", "apel", "media-sosial", "mediasosial", "!!!", "???"]
    assert find_twins(tags) == [("S.O.P", "SOP", "sop"), ("media-sosial", "mediasosial")]


def test_replacing_keeps_order_and_drops_doubles() -> None:
    failures: list[ArticleError] = []
    articles = [_article("a", "SOP", "b", "sop"), _article("x", "x"), _article("S.O.P", "c")]
    changes = replace_tags(articles, ["SOP", "S.O.P"], "sop", failures)
    assert _after(list(changes)) == [("a", "sop", "b"), ("sop", "c")]
    assert not failures


def test_adding_and_removing_compare_by_form() -> None:
    failures: list[ArticleError] = []
    article = _article("SOP", "apel", "s.o.p")
    assert add_tag([article], "sop", failures) == []
    assert _after(list(remove_tag([article], "sop", failures))) == [("apel",)]


def test_an_article_that_cannot_be_changed_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_article: Article, _values: object) -> None:
        raise KpuError("Tidak dapat diubah.", "Ubahlah sendiri.")

    monkeypatch.setattr(Article, "edit", refuse)
    failures: list[ArticleError] = []
    assert add_tag([_article()], "sop", failures) == []
    assert [str(error) for error in failures] == [
        "articles/2022/x.md: Tidak dapat diubah. Ubahlah sendiri."
    ]


def test_required_tags_are_compared_as_written() -> None:
    require_tags([_article("sop")], ["sop"])
    with pytest.raises(KpuError, match="Mungkin maksudnya “sop”"):
        require_tags([_article("sop")], ["SOP"])
