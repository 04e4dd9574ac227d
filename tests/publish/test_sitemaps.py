"""The sitemaps by their schemas and by a crawler's parser; robots.txt by one of its readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import protego
import pytest
from lxml import etree
from usp.objects.page import SitemapPage
from usp.tree import sitemap_from_str

from kpucli.publish import sitemaps
from tests.publish.builds import BASE, CONFIG, NOW, article, build, series
from tests.publish.web import address_of, read_pages

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "sitemap-news.xsd"))
ARTICLES = [
    *series(43),
    article("ralat", corrections=[{"date": NOW, "text": "Tiga."}], aliases=["/lama/"]),
    article("draf", draft=True),
    article("ditarik", withdrawn={"date": NOW, "reason": "Keliru."}),
]


@pytest.fixture(scope="module", params=[BASE, "https://kpu.go.id/kota"])
def base(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def files(base: str) -> dict[str, bytes]:
    return build(ARTICLES, base_url=base)


def read(content: bytes) -> list[SitemapPage]:
    """A sitemap's pages as ultimate-sitemap-parser finds them, once it is valid."""
    assert SCHEMA.validate(etree.fromstring(content)), SCHEMA.error_log
    return list(sitemap_from_str(content.decode()).all_pages())


def test_the_sitemap_lists_exactly_the_pages_to_be_found(
    files: dict[str, bytes], base: str
) -> None:
    pages = read(files["peta-situs.xml"])
    listed = [page.url for page in pages]
    shown = read_pages(files).values()
    indexable = [page for page in shown if "noindex" not in (page.meta("robots") or "")]
    assert len(listed) == len(set(listed))
    assert set(listed) == {address_of(page.path, base) for page in indexable}
    assert {page.link("canonical") for page in indexable} == set(listed)
    hidden = {page.path for page in shown} - {page.path for page in indexable}
    gone = {"lama/index.html", "berita/2022/ditarik/index.html"}
    assert hidden == gone | {"404.html", "cari/index.html"}


def test_the_sitemap_dates_articles_by_their_last_correction(
    files: dict[str, bytes], base: str
) -> None:
    dates = {page.url: page.last_modified for page in read(files["peta-situs.xml"])}
    assert dates[f"{base}/berita/2022/ralat/"] == NOW
    assert dates[f"{base}/"] is None


def test_a_long_sitemap_is_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [page.url for page in read(build(ARTICLES)["peta-situs.xml"])]
    monkeypatch.setattr(sitemaps, "_LENGTH", 20)
    files = build(ARTICLES)
    index = etree.fromstring(files["peta-situs.xml"])
    assert SCHEMA.validate(index), SCHEMA.error_log
    parts = [
        text.removeprefix(f"{BASE}/") for text in index.xpath("//*[local-name()='loc']/text()")
    ]
    assert len(parts) == len(set(parts)) > 2
    assert sorted(page.url for part in parts for page in read(files[part])) == sorted(whole)
    assert all(len(read(files[part])) <= 20 for part in parts)


def test_a_new_article_leaves_the_parts_of_other_months_and_full_ones_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sitemaps, "_LENGTH", 20)
    older = [article(f"lama-{day}", date=NOW.replace(month=2, day=day)) for day in range(1, 4)]
    before, after = (build([*older, *series(count)]) for count in (50, 51))
    for name in ("2022-02", "2022-03", "2022-03-2"):
        assert before[f"peta-situs-{name}.xml"] == after[f"peta-situs-{name}.xml"]
    assert before["peta-situs-2022-03-3.xml"] != after["peta-situs-2022-03-3.xml"]


def test_news_of_the_last_two_days_is_in_the_news_sitemap() -> None:
    ages = {"baru": 0, "kemarin": 24, "dua-hari": 48, "lama": 48.1, "nanti": -0.1}
    articles = [
        article(slug, date=NOW - timedelta(hours=hours), title=f"Berita & <{slug}>")
        for slug, hours in ages.items()
    ]
    pages = read(build(articles)["peta-berita.xml"])
    assert [page.url.split("/")[-2] for page in pages] == ["baru", "kemarin", "dua-hari"]
    for page in pages:
        assert page.news_story is not None
        assert page.news_story.title == f"Berita & <{page.url.split('/')[-2]}>"
        assert page.news_story.publication_name == CONFIG.name
        assert page.news_story.publication_language == "id"
    assert pages[1].news_story is not None
    assert pages[1].news_story.publish_date == NOW - timedelta(days=1)


def test_a_preview_keeps_what_is_not_due_out_of_the_news_sitemap() -> None:
    articles = [
        article("nanti", date=NOW + timedelta(hours=1)),
        article("baru", date=NOW - timedelta(hours=1)),
    ]
    pages = read(build(articles, preview=1)["peta-berita.xml"])
    assert [page.url.split("/")[-2] for page in pages] == ["baru"]


def test_a_news_sitemap_holds_the_newest_thousand() -> None:
    articles = [article(f"b-{age:04}", date=NOW - timedelta(minutes=age)) for age in range(1003)]
    pages = read(build(articles)["peta-berita.xml"])
    assert [page.url.split("/")[-2] for page in pages] == [f"b-{age:04}" for age in range(1000)]


@pytest.mark.parametrize("articles", [[], series(2)], ids=["no news at all", "no recent news"])
def test_without_recent_news_the_front_page_stands_in(articles: list[object]) -> None:
    (page,) = read(build(articles)["peta-berita.xml"])  # type: ignore[arg-type]
    assert (page.url, page.news_story) == (f"{BASE}/", None)


def test_names_with_signs_are_written_so_that_they_can_be_read() -> None:
    config = replace(CONFIG, name='KPU <Kota> & "Contoh"')
    (page,) = read(build([article(date=NOW)], config=config)["peta-berita.xml"])
    assert page.news_story is not None
    assert page.news_story.publication_name == config.name


def test_robots_may_read_all_and_find_the_sitemaps(files: dict[str, bytes], base: str) -> None:
    rules = protego.Protego.parse(files["robots.txt"].decode())
    assert list(rules.sitemaps) == [f"{base}/peta-situs.xml", f"{base}/peta-berita.xml"]
    for path in files:
        assert rules.can_fetch(f"{base}/{path}", "Googlebot-News")
        assert rules.can_fetch(f"{base}/{path}", "*")
