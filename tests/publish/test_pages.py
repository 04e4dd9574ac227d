"""Every page of a site that has everything: well made, findable, without a dead link."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

from tests.publish.builds import BASE, BODY, CONFIG, NOW, WIB, article, build, series
from tests.publish.web import Page, address_of, find_dead_links, find_external, read_pages, words

LONG_TITLE = ("Pengumuman Hasil Rapat Koordinasi Pemutakhiran Data Pemilih Berkelanjutan " * 3)[
    :200
]
RICH = """\
### Agenda

Rapat membahas dua hal[^1] dan dihadiri semua divisi pada pukul sembilan pagi[^2].

#### Rincian

| Divisi | Hadir |
|:-------|------:|
| Data   |    12 |

> “Semua berjalan lancar,” ujar ketua.

- [x] undangan
- [ ] laporan

Lihat [arsip](/arsip/), [KPU RI](https://www.kpu.go.id/) dan surel humas@kpu.go.id.

```toml
judul = "x"
```

[^1]: Catatan pertama.
[^2]: Catatan kedua.
"""
CORRECTIONS = [{"date": datetime(2022, 4, 22, 9, tzinfo=WIB), "text": "Jumlah peserta 12 orang."}]
ARTICLES = [
    *series(43),
    article("kaya", RICH, title="Rapat Kaya", tags=["SOP", "sop"], corrections=CORRECTIONS),
    article(
        "kaya-lagi",
        f"Rapat lanjutan ini diadakan kemudian. {RICH}",
        title="Rapat Kaya Lagi",
        date=datetime(2021, 1, 2, tzinfo=WIB),
    ),
    article("panjang", "Kata pengujian ini panjang. " * 1250, title=LONG_TITLE, views=1234567),
    article("draf", "Rahasia dapur.", title="Judul Rahasia", draft=True, tags=["rahasia"]),
    article("nanti", "Rahasia dapur.", title="Judul Rahasia", date=NOW + timedelta(days=1)),
]
BASES = {"at the root": BASE, "below a path": "https://kpu.go.id/kota/contoh"}


@pytest.fixture(scope="module", params=BASES.values(), ids=list(BASES))
def base(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def files(base: str) -> dict[str, bytes]:
    return build(ARTICLES, base_url=base, config=replace(CONFIG, page_size=5))


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Page]:
    return read_pages(files)


@pytest.fixture(scope="module")
def rich(pages: dict[str, Page]) -> Page:
    return pages["berita/2022/kaya/index.html"]


def test_every_page_is_faultless_html(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert page.root.tag == "html"  # parsed by html5lib's strict parser
        assert page.text.startswith('<!DOCTYPE html>\n<html lang="id">')
        assert '<meta charset="utf-8">' in page.text[:200]


def test_every_page_has_one_h1_and_skips_no_level(pages: dict[str, Page]) -> None:
    for page in pages.values():
        levels = [int(item.tag[1]) for item in page.root.iter() if re.fullmatch("h[1-6]", item.tag)]
        assert levels.count(1) == 1, page.path
        assert levels[0] == 1, page.path
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_heading_is_empty(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for item in page.root.iter():
            assert not re.fullmatch("h[1-6]|a|title", item.tag) or words(item), page.path


def test_ids_are_unique_on_a_page(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert len(page.ids) == len(set(page.ids)), page.path


def test_titles_and_descriptions_are_unique(pages: dict[str, Page]) -> None:
    for values in (
        [page.title for page in pages.values()],
        [page.meta("description") for page in pages.values()],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_descriptions_are_neither_short_nor_long(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert 30 <= len(page.meta("description") or "") <= 160, page.path


def test_landmarks_are_there_once_and_navigations_are_told_apart(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert [len(page.all(name)) for name in ("main", "header", "footer")] == [1, 1, 1]
        labels = [item.get("aria-label") for item in page.all("nav")]
        assert len(labels) == len(set(labels))
        assert None not in labels


def test_the_address_of_a_page_is_its_canonical_one(pages: dict[str, Page], base: str) -> None:
    for page in pages.values():
        if page.path in {"404.html", "cari/index.html"}:
            assert "noindex" in (page.meta("robots") or "")
            assert page.link("canonical") is None
        else:
            assert "noindex" not in (page.meta("robots") or "")
            assert page.link("canonical") == address_of(page.path, base)
            assert page.meta("og:url") == address_of(page.path, base)


def test_no_link_is_dead(files: dict[str, bytes], base: str) -> None:
    assert find_dead_links(files, base) == []


def test_other_sites_are_only_those_of_the_text_and_of_sharing(
    pages: dict[str, Page], base: str
) -> None:
    hosts = {"/".join(address.split("/")[:3]) for address in find_external(pages, base)}
    assert hosts == {
        "https://wa.me",
        "https://www.facebook.com",
        "https://x.com",
        "https://www.kpu.go.id",
        "mailto:humas@kpu.go.id",
    }


def test_nothing_is_loaded_from_elsewhere_and_no_script_runs(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for item in page.root.iter():
            assert item.tag not in {"iframe", "object", "embed", "form", "style", "base"}
            assert not any(name.startswith("on") or name == "style" for name in item.attrib)
            if item.tag == "script":
                assert item.attrib == {"type": "application/ld+json"}
        assert "default-src 'none'" in page.text


def test_share_links_are_whole(pages: dict[str, Page]) -> None:
    page = pages["berita/2022/panjang/index.html"]
    shared = [item for item in page.all("a") if item.get("rel") == "noopener noreferrer"]
    assert [words(item) for item in shared] == ["WhatsApp", "Facebook", "X"]
    assert all("%2Fberita%2F2022%2Fpanjang%2F" in item.attrib["href"] for item in shared)
    assert "&url=" in shared[2].attrib["href"]


def test_an_article_has_its_facts_in_words_and_for_machines(rich: Page) -> None:
    assert rich.heading == rich.meta("og:title") == "Rapat Kaya"
    assert rich.meta("article:published_time") == "2022-04-20T15:00:00+07:00"
    assert rich.meta("article:modified_time") == "2022-04-22T09:00:00+07:00"
    date, corrected, *_of_related = rich.all("time")
    assert (date.get("datetime"), words(date)) == (
        "2022-04-20T15:00:00+07:00",
        "Rabu, 20 April 2022, 15.00 WIB",
    )
    assert words(corrected) == "Jumat, 22 April 2022"
    assert "ralat" in rich.ids


def test_a_date_without_a_time_shows_none(pages: dict[str, Page]) -> None:
    date, *_of_related = pages["berita/2021/kaya-lagi/index.html"].all("time")
    assert words(date) == "Sabtu, 2 Januari 2021"


def breadcrumb(page: Page) -> list[str]:
    nav = [item for item in page.all("nav") if item.get("class") == "breadcrumb"]
    return [words(item) for part in nav for item in part.iter("a")]


def test_structured_data_says_what_the_page_says(pages: dict[str, Page], base: str) -> None:
    for page in pages.values():
        for data in page.json_ld:
            assert data["@context"] == "https://schema.org"
            if data["@type"] == "NewsArticle":
                assert data["headline"] == page.heading
                assert data["mainEntityOfPage"] == page.link("canonical")
                assert re.fullmatch(r"[\d-]{10}T[\d:]{8}\+07:00", data["datePublished"])
                views = data.get("interactionStatistic", {}).get("userInteractionCount")
                shown = re.search(r"Dilihat ([\d.]+) kali", words(page.one("main")))
                assert views == (int(shown[1].replace(".", "")) if shown else None)
            if data["@type"] == "BreadcrumbList":
                steps = [step["name"] for step in data["itemListElement"]]
                assert steps == [*breadcrumb(page), page.heading]
                assert all(step["item"].startswith(f"{base}/")
                           for step in data["itemListElement"][:-1])  # fmt: skip


def test_a_correction_is_in_the_structured_data_and_in_lists(
    rich: Page, pages: dict[str, Page]
) -> None:
    data = next(item for item in rich.json_ld if item["@type"] == "NewsArticle")
    assert data["correction"][0]["text"] == "Jumlah peserta 12 orang."
    assert data["dateModified"] == "2022-04-22T09:00:00+07:00"
    assert "Diralat" in words(pages["tag/sop/index.html"].one("main"))


def test_types_of_structured_data(pages: dict[str, Page], rich: Page) -> None:
    types = {path: [data["@type"] for data in page.json_ld] for path, page in pages.items()}
    assert types["index.html"] == ["GovernmentOrganization", "WebSite"]
    assert types[rich.path] == ["NewsArticle", "BreadcrumbList"]
    for path in ("tag/sop/index.html", "tag/index.html", "arsip/index.html"):
        assert types[path] == ["BreadcrumbList"]
    assert types["404.html"] == []


def test_headings_of_the_text_follow_the_title(rich: Page) -> None:
    assert [words(item) for item in rich.article_text.iter("h2")] == ["Agenda"]
    assert [words(item) for item in rich.article_text.iter("h3")] == ["Rincian"]


def test_lists_are_newest_first_and_whole(pages: dict[str, Page]) -> None:
    def items(page: Page) -> list[str]:
        return [words(item) for item in page.all("h2") if item.find("a") is not None]

    numbers = [None, *range(7, 0, -1)]
    found = [
        title
        for number in numbers
        for title in items(
            pages[f"tag/semua/halaman/{number}/index.html" if number else "tag/semua/index.html"]
        )
    ]
    assert found == [f"Kegiatan Nomor {number} di Kantor" for number in range(42, -1, -1)]


def test_counts_on_the_pages_add_up(pages: dict[str, Page]) -> None:
    def counts(path: str, name: str) -> list[int]:
        items = (words(item) for item in pages[path].one("main").iter(name))
        return [int(found[1]) for text in items if (found := re.search(r" (\d+) berita$", text))]

    assert counts("arsip/index.html", "h2") == [45, 1]
    assert sum(counts("arsip/index.html", "li")) == 46
    assert sum(counts("arsip/2022/index.html", "li")) == 45
    tags = {words(item) for item in pages["tag/index.html"].one("main").iter("a")}
    assert {"Semua (43)", "SOP (1)"} <= tags


def test_drafts_and_scheduled_articles_are_nowhere(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        assert b"ahasia" not in content, path
        assert "rahasia" not in path
        assert "nanti" not in path


def test_the_pager_leads_through_the_list(pages: dict[str, Page]) -> None:
    def pager(page: Page) -> list[str]:
        nav = next(item for item in page.all("nav") if item.get("aria-label") == "Halaman")
        return [words(item) for item in nav.iter("li")]

    assert pager(pages["tag/semua/index.html"]) == [
        "Terbaru", "Halaman 7", "Halaman 6", "…", "Halaman 1", "Lebih lama"
    ]  # fmt: skip
    assert pager(pages["tag/semua/halaman/4/index.html"]) == [
        "Lebih baru", "Terbaru", "…", "Halaman 6", "Halaman 5", "Halaman 4", "Halaman 3",
        "Halaman 2", "Halaman 1", "Lebih lama",
    ]  # fmt: skip
    assert pager(pages["tag/semua/halaman/1/index.html"])[-1] == "Halaman 1"


def test_the_current_page_of_the_pager_is_marked(pages: dict[str, Page]) -> None:
    (current,) = [
        item
        for item in pages["tag/semua/halaman/4/index.html"].all("b")
        if item.get("aria-current") == "page"
    ]
    assert words(current) == "Halaman 4"


def test_a_numbered_page_leads_back_to_its_first(pages: dict[str, Page]) -> None:
    def crumbs(path: str) -> list[str]:
        return breadcrumb(pages[path])

    assert crumbs("index.html") == []
    assert crumbs("halaman/3/index.html") == ["Beranda"]
    assert crumbs("tag/semua/index.html") == ["Beranda", "Tag"]
    assert crumbs("tag/semua/halaman/3/index.html") == ["Beranda", "Tag", "Semua"]
    assert crumbs("arsip/2022/03/halaman/1/index.html") == [
        "Beranda",
        "Arsip",
        "2022",
        "Maret 2022",
    ]
    assert crumbs("berita/2022/kaya/index.html") == ["Beranda", "April 2022"]


def test_the_stylesheet_is_named_by_its_content(files: dict[str, bytes]) -> None:
    (name,) = [path for path in files if path.endswith(".css")]
    assert re.fullmatch(r"gaya\.[0-9a-f]{10}\.css", name)
    assert b"/*" not in files[name]
    assert b"\n" not in files[name]


SMALL = {0: [], 1: series(1), 41: series(41)}


@pytest.mark.parametrize("count", SMALL)
def test_small_archives_have_whole_sites(count: int) -> None:
    files = build(SMALL[count])
    assert find_dead_links(files, BASE) == []
    pages = read_pages(files)
    assert all(page.heading for page in pages.values())
    assert ("halaman/1/index.html" in pages) is (count > 40)
    if not count:
        assert words(pages["index.html"].one("main")) == (
            f"Berita Terkini {CONFIG.description} Belum ada berita."
        )


def test_a_tag_called_like_a_month_has_another_title_than_the_month() -> None:
    pages = read_pages(build([article("a", tags=["april 2022", "arsip berita", "2022"])]))
    titles = [page.title for page in pages.values()]
    assert len(titles) == len(set(titles))


def test_nothing_says_when_or_in_which_language_it_was_built() -> None:
    from kpucli.i18n import choose_language

    before = build(ARTICLES)
    choose_language("en")
    try:
        assert build(ARTICLES) == before
    finally:
        choose_language("id")
    assert build(ARTICLES[::-1], now=NOW + timedelta(hours=1)) == before


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before | after if before.get(path) != after.get(path)}


def test_a_new_article_changes_only_what_shows_it() -> None:
    """200 articles; the newest has the tags `semua` and `tag-2`, and is the first of its month."""
    difference = changed(build(series(200)), build([*series(200), article(
        "baru", date=datetime(2022, 5, 3, tzinfo=WIB), tags=["semua", "tag-2"])]))  # fmt: skip
    assert difference == {
        "berita/2022/baru/index.html",
        "berita/2022/berita-197/index.html",  # now related to it
        "index.html",
        "tag/index.html",
        "tag/semua/index.html",
        "tag/tag-2/index.html",
        "arsip/index.html",
        "arsip/2022/index.html",
        "arsip/2022/05/index.html",
        "umpan.atom",
        "umpan.json",
        "tag/semua/umpan.atom",
        "tag/semua/umpan.json",
        "tag/tag-2/umpan.atom",
        "tag/tag-2/umpan.json",
        "peta-situs.xml",
    }


def test_an_article_that_fills_a_page_changes_its_neighbours_too() -> None:
    """219 articles in one list make ten pages, 220 eleven: the new page, and three that name it."""
    config = replace(CONFIG, page_size=20)
    articles = [article(f"a{n:03}", date=NOW - timedelta(hours=n)) for n in range(220)]
    difference = changed(build(articles[1:], config=config), build(articles, config=config))
    lists = {path for path in difference if path.startswith("halaman/")}
    assert lists == {f"halaman/{number}/index.html" for number in (10, 9, 8, 7)}


def test_a_preview_marks_what_is_not_public_and_loads_its_script() -> None:
    files = build(ARTICLES, base_url="http://127.0.0.1:8000", preview=3)
    pages = read_pages(files)
    assert "Draf" in words(pages["berita/2022/draf/index.html"].one("main"))
    assert "Terjadwal" in words(pages["index.html"].one("main"))

    def scripts(page: Page) -> list[Element]:
        return [item for item in page.all("script") if item.get("src")]

    assert [item.get("src") for item in scripts(pages["index.html"])] == ["/pratinjau.js?3"]
    assert "Pratinjau" in words(pages["index.html"].one("header"))
    assert find_dead_links(files | {"pratinjau.js": b""}, "http://127.0.0.1:8000") == []


def test_a_body_of_nothing_still_makes_a_page() -> None:
    page = read_pages(build([article("kosong", "")]))["berita/2022/kosong/index.html"]
    assert page.meta("description") == "Berita kosong"
    assert words(page.article_text) == ""


def test_text_that_looks_like_a_template_is_text() -> None:
    body = '{{ site.name }} {% include "/etc/passwd" %} {# x #} {{ 7 * 7 }}'
    page = read_pages(build([article("x", body, title=body, summary=body)]))[
        "berita/2022/x/index.html"
    ]
    assert page.heading == body
    assert words(page.article_text) == body.replace('"', '"')
    assert "root:" not in page.text


def test_the_shared_body_is_long_enough_to_be_a_description() -> None:
    assert len(BODY) > 30
