"""Atom by feedparser and as XML, JSON Feed by its specification, the sitemap, robots.txt."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest

from kpucli.publish import feeds
from tests.publish.builds import BASE, CONFIG, NOW, WIB, article, build, series
from tests.publish.web import address_of, read_pages

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BODY = """\
Isi dengan [tautan](/tag/), [yang lain](//kpu.go.id/x?a=1&b=2), [surel](mailto:a@kpu.go.id),
[di dekatnya](lampiran.pdf), [di luar](https://kpu.go.id/) dan catatan[^1].

[^1]: Catatan kaki.
"""
ARTICLES = [
    *series(43),
    article(
        "ralat",
        BODY,
        title="Judul & <Ralat>",
        tags=["sop"],
        summary="Ringkasan & <isi>.",
        corrections=[{"date": datetime(2022, 5, 2, 9, tzinfo=WIB), "text": "Angka <b>3</b>."}],
    ),
    article("draf", draft=True),
]


@pytest.fixture(scope="module", params=[BASE, "https://kpu.go.id/kota"])
def base(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def files(base: str) -> dict[str, bytes]:
    return build(ARTICLES, base_url=base)


@pytest.fixture(scope="module")
def atom(files: dict[str, bytes]) -> Any:
    return feedparser.parse(files["umpan.atom"], sanitize_html=False, resolve_relative_uris=False)


@pytest.fixture(scope="module")
def json_feed(files: dict[str, bytes]) -> Any:
    return json.loads(files["umpan.json"])


def test_atom_is_understood_by_feedparser(atom: Any, base: str) -> None:
    assert (atom.bozo, atom.version) == (False, "atom10")
    assert atom.feed.id == f"{base}/"
    assert atom.feed.title == "Berita KPU Kota Contoh"
    assert atom.feed.subtitle == CONFIG.description
    assert atom.feed.language == "id"
    assert {(link.rel, link.href) for link in atom.feed.links} == {
        ("self", f"{base}/umpan.atom"),
        ("alternate", f"{base}/"),
    }
    assert atom.feed.updated == "2022-05-02T09:00:00+07:00"


def test_atom_has_what_rfc_4287_asks_of_every_entry(atom: Any) -> None:
    for entry in atom.entries:
        for name in ("id", "title", "updated", "published", "summary", "author"):
            assert entry[name], name
        assert [content.type for content in entry.content] == ["text/html"]
        assert [link.rel for link in entry.links] == ["alternate"]


def test_feeds_hold_the_newest_twenty_newest_first(atom: Any, json_feed: Any) -> None:
    assert len(atom.entries) == feeds.LENGTH == 20
    dates = [entry.published for entry in atom.entries]
    assert dates == sorted(dates, reverse=True)
    assert [entry.id for entry in atom.entries] == [item["id"] for item in json_feed["items"]]


def test_an_entry_is_the_article(atom: Any, base: str) -> None:
    entry = atom.entries[0]
    assert entry.id == entry.link == f"{base}/berita/2022/ralat/"
    assert entry.title == "Judul & <Ralat>"
    assert entry.summary == "Ringkasan & <isi>."
    assert entry.published == "2022-04-20T15:00:00+07:00"
    assert entry.updated == "2022-05-02T09:00:00+07:00"
    assert entry.author == "Humas KPU Kota Contoh"
    assert [(tag.term, tag.label) for tag in entry.tags] == [("sop", "SOP")]


def test_links_in_a_feed_are_absolute_and_corrections_come_first(json_feed: Any, base: str) -> None:
    content = json_feed["items"][0]["content_html"]
    assert content.startswith("<p><strong>Ralat:</strong> Angka &lt;b&gt;3&lt;/b&gt;.</p>\n<p>Isi")
    page = f"{base}/berita/2022/ralat/"
    assert re.findall(r' href="([^"]*)"', content) == [
        f"{base}/tag/",
        "https://kpu.go.id/x?a=1&amp;b=2",
        "mailto:a@kpu.go.id",
        f"{page}lampiran.pdf",
        "https://kpu.go.id/",
        f"{page}#fn-1",
        f"{page}#fnref-1",
    ]


def test_json_feed_is_as_version_1_1_says(json_feed: Any, base: str) -> None:
    assert json_feed["version"] == "https://jsonfeed.org/version/1.1"
    assert json_feed["home_page_url"] == f"{base}/"
    assert json_feed["feed_url"] == f"{base}/umpan.json"
    assert json_feed["language"] == "id"
    known = {"id", "url", "title", "summary", "content_html", "date_published", "date_modified",
             "authors", "tags"}  # fmt: skip
    for item in json_feed["items"]:
        assert item.keys() == known
        assert all(isinstance(item[key], str) and item[key] for key in known - {"authors", "tags"})
        assert item["authors"] == [{"name": "Humas KPU Kota Contoh"}]
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert datetime.fromisoformat(item["date_published"]).utcoffset() == timedelta(hours=7)


def test_pages_tell_of_the_feeds(files: dict[str, bytes], base: str) -> None:
    prefix = base.removeprefix("https://kpu.go.id").removeprefix("https://kpu.contoh.go.id")
    for page in read_pages(files).values():
        found = {
            item.get("type"): item.get("href")
            for item in page.all("link")
            if item.get("rel") == "alternate"
        }
        assert found == {
            "application/atom+xml": f"{prefix}/umpan.atom",
            "application/feed+json": f"{prefix}/umpan.json",
        }


def test_the_sitemap_lists_exactly_the_pages_to_be_found(
    files: dict[str, bytes], base: str
) -> None:
    urls = ElementTree.fromstring(files["peta-situs.xml"]).findall(f"{SITEMAP}url")
    listed = [url.findtext(f"{SITEMAP}loc") for url in urls]
    pages = read_pages(files).values()
    indexable = [page for page in pages if "noindex" not in (page.meta("robots") or "")]
    assert len(listed) == len(set(listed))
    assert set(listed) == {address_of(page.path, base) for page in indexable}
    dates = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in urls}
    assert dates[f"{base}/berita/2022/ralat/"] == "2022-05-02T09:00:00+07:00"
    assert dates[f"{base}/"] is None


def test_a_long_sitemap_is_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = build(ARTICLES)
    monkeypatch.setattr(feeds, "_SITEMAP_LENGTH", 20)
    files = build(ARTICLES)
    index = ElementTree.fromstring(files["peta-situs.xml"])
    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [item.text or "" for item in index.iter(f"{SITEMAP}loc")]
    assert parts == [f"{BASE}/peta-situs-{number}.xml" for number in range(1, len(parts) + 1)]
    found = [
        item.text
        for part in parts
        for item in ElementTree.fromstring(files[part.removeprefix(f"{BASE}/")]).iter(
            f"{SITEMAP}loc"
        )
    ]
    assert found == [
        item.text for item in ElementTree.fromstring(whole["peta-situs.xml"]).iter(f"{SITEMAP}loc")
    ]


def test_robots_may_read_all_and_find_the_sitemap(files: dict[str, bytes], base: str) -> None:
    assert files["robots.txt"].decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        f"Sitemap: {base}/peta-situs.xml",
    ]


def test_feeds_of_nothing_are_whole() -> None:
    files = build([])
    atom = feedparser.parse(files["umpan.atom"])
    assert (atom.bozo, atom.entries, atom.feed.updated) == (False, [], "1970-01-01T00:00:00+00:00")
    assert json.loads(files["umpan.json"])["items"] == []


def test_an_article_comes_into_feeds_when_it_is_due() -> None:
    articles = [*series(2), article("nanti", date=NOW + timedelta(minutes=1))]
    assert b"nanti" not in build(articles)["umpan.atom"]
    later = build(articles, now=NOW + timedelta(minutes=1))
    assert feedparser.parse(later["umpan.atom"]).entries[0].id == f"{BASE}/berita/2022/nanti/"
