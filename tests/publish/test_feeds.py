"""Feeds of the site and of its tags: Atom by feedparser and RFC 4287's grammar, JSON Feed by its
schema, both as fastfeedparser reads them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import fastfeedparser
import feedparser  # type: ignore[import-untyped]
import jsonschema
import pytest
from lxml import etree

from tests.publish.builds import BASE, CONFIG, NOW, WIB, article, build, series
from tests.publish.web import read_pages

SCHEMAS = Path(__file__).parent / "schemas"
ATOM_GRAMMAR = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
JSON_FEED_SCHEMA = jsonschema.Draft202012Validator(
    json.loads((SCHEMAS / "json-feed.json").read_text()),
    format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
)
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
    article("draf", draft=True, tags=["sop"]),
    article("ditarik", tags=["sop"], withdrawn={"date": NOW, "reason": "Keliru."}),
]
PATHS = ["", "tag/semua/", "tag/sop/", "tag/tag-0/", "tag/tag-1/", "tag/tag-2/"]


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
    assert len(atom.entries) == 20
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
    assert content.startswith(
        "<p><strong>Ralat (Senin, 2 Mei 2022):</strong> Angka &lt;b&gt;3&lt;/b&gt;.</p>\n<p>Isi"
    )
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


def test_the_site_and_each_tag_have_feeds(files: dict[str, bytes]) -> None:
    found = {path.removesuffix("umpan.atom") for path in files if path.endswith("umpan.atom")}
    assert found == set(PATHS)
    assert {f"{path}umpan.json" for path in found} <= files.keys()


@pytest.mark.parametrize("path", PATHS)
def test_every_feed_is_valid_for_others(files: dict[str, bytes], path: str) -> None:
    document = etree.fromstring(files[f"{path}umpan.atom"])
    assert ATOM_GRAMMAR.validate(document), ATOM_GRAMMAR.error_log
    JSON_FEED_SCHEMA.validate(json.loads(files[f"{path}umpan.json"]))


@pytest.mark.parametrize("path", PATHS)
def test_both_forms_of_a_feed_say_the_same_to_a_reader(
    files: dict[str, bytes], path: str, base: str
) -> None:
    atom, other = (
        fastfeedparser.parse(files[f"{path}umpan.{form}"].decode()) for form in ("atom", "json")
    )
    assert atom.feed.title == other.feed.title
    assert atom.feed.link == other.feed.link == f"{base}/{path}"
    assert [item.id for item in atom.entries] == [item.id for item in other.entries]
    for one, two in zip(atom.entries, other.entries, strict=True):
        assert (one.title, one.link, one.published) == (two.title, two.link, two.published)


def test_a_tag_s_feed_holds_its_public_articles_alone(files: dict[str, bytes], base: str) -> None:
    atom = feedparser.parse(files["tag/sop/umpan.atom"])
    assert atom.feed.title == "Berita KPU Kota Contoh bertag SOP"
    assert atom.feed.id == f"{base}/tag/sop/"
    assert [entry.id for entry in atom.entries] == [f"{base}/berita/2022/ralat/"]
    everything = b"".join(files[name] for name in files if "umpan." in name)
    assert b"draf" not in everything
    assert b"ditarik" not in everything


def test_a_feed_is_as_long_as_ever_where_pages_are_short() -> None:
    files = build(ARTICLES, config=replace(CONFIG, page_size=3))
    assert len(feedparser.parse(files["tag/semua/umpan.atom"]).entries) == 20


@pytest.mark.parametrize(
    "broken",
    [
        (b"<id>", b"<x>", b"</id>", b"</x>"),
        (b"T15:00:00+07:00", b" 15:00"),
        (b' term="', b' name="'),
        (b"<entry>", b"<entry><title>Lain</title>"),
    ],
)
def test_the_grammar_finds_what_is_wrong(
    files: dict[str, bytes], broken: tuple[bytes, ...]
) -> None:
    text = files["umpan.atom"]
    for old, new in zip(broken[::2], broken[1::2], strict=True):
        text = text.replace(old, new)
    assert not ATOM_GRAMMAR.validate(etree.fromstring(text))


def test_pages_tell_of_the_feeds(files: dict[str, bytes], base: str) -> None:
    prefix = base.removeprefix("https://kpu.go.id").removeprefix("https://kpu.contoh.go.id")
    for page in read_pages(files).values():
        found = [
            (item.get("type"), item.get("href"))
            for item in page.all("link")
            if item.get("rel") == "alternate"
        ]
        match = re.match(r"tag/[^/]+/", page.path)
        assert found == [
            (kind, f"{prefix}/{path}umpan.{form}")
            for path in ([match.group(), ""] if match else [""])
            for kind, form in (("application/atom+xml", "atom"), ("application/feed+json", "json"))
        ]
        titles = [item.get("title") for item in page.all("link") if item.get("title")]
        assert len(titles) == len(set(titles))


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
