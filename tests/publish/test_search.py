"""The search index and its page: real Pagefind over real articles."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kpucli.article import Article
from kpucli.config import Config, SearchConfig
from kpucli.publish.build import stock_articles
from kpucli.publish.library import Entries
from kpucli.publish.search import Record, SearchError, make_index, make_records
from kpucli.publish.site import make_site
from tests.conftest import Office
from tests.publish.builds import CONFIG, NOW, article, build, items_of, series
from tests.publish.web import Page, find_dead_links, read_pages

UNAVAILABLE = "Pencarian sedang tidak tersedia."
FRAGMENT = b"pagefind_dcd"  # what a fragment begins with, before its JSON


def read_fragments(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """What the index says of each article, by its address."""
    found = {}
    for path, content in files.items():
        if path.startswith("pagefind/fragment/"):
            fragment = json.loads(gzip.decompress(content).removeprefix(FRAGMENT))
            found[fragment["url"]] = fragment
    return found


def read_site(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def records_of(items: list[Article], **limits: int) -> list[Record]:
    entries = Entries(stock_articles(items).library, make_site(CONFIG), NOW)
    limit = SearchConfig(**limits)  # type: ignore[arg-type]
    return make_records(entries.of, items_of(items), limit)


def config_in(folder: Path, **search: int) -> Config:
    limits = SearchConfig(**search)  # type: ignore[arg-type]
    return replace(CONFIG, root=folder, search=limits)


def search_page(files: Mapping[str, bytes]) -> Page:
    return read_pages(files)["cari/index.html"]


def test_an_article_is_known_by_title_day_tags_and_text_without_chrome(tmp_path: Path) -> None:
    item = article("sop", "Teks **penting**.\n\n- satu\n- dua\n", title="SOP", tags=["sop", "apel"])
    (fragment,) = read_fragments(make_index(records_of([item]), config_in(tmp_path))).values()
    assert fragment["url"] == "/berita/2022/sop/"
    assert fragment["content"] == "Teks penting. satu dua. SOP, Apel."
    assert fragment["meta"] == {"title": "SOP", "day": "Rabu, 20 April 2022", "date": "2022-04-20"}


def test_a_summary_of_its_own_is_searched_too(tmp_path: Path) -> None:
    item = article("a", "Isi berita.\n", summary="Ringkasan yang lain sama sekali.")
    (fragment,) = read_fragments(make_index(records_of([item]), config_in(tmp_path))).values()
    assert fragment["content"].startswith("Ringkasan yang lain sama sekali. Isi berita.")


def test_only_published_articles_are_indexed(office: Office) -> None:
    office.add("2022/terbit", 'aliases = ["/lama/"]', "Teks yang terbit.\n")
    office.add("2022/draf", "draft = true", "Teks draf rahasia.\n")
    office.add("2099/nanti", "date = 2099-01-01T08:00:00+07:00", "Teks nanti rahasia.\n")
    office.add(
        "2022/ditarik",
        'withdrawn = { date = 2022-05-01T08:00:00+07:00, reason = "Keliru." }',
        "Teks tarik rahasia.\n",
    )
    office.run("publish")
    files = read_site(office.folder / "public")
    assert list(read_fragments(files)) == ["/berita/2022/terbit/"]
    entry = json.loads(files["pagefind/pagefind-entry.json"])
    assert {key: item["page_count"] for key, item in entry["languages"].items()} == {"id": 1}


def test_nothing_of_pagefinds_own_interfaces_is_published(tmp_path: Path) -> None:
    files = make_index(records_of(series(3)), config_in(tmp_path))
    single = {path for path in files if path.count("/") == 1}
    (meta,) = {path for path in single if path.endswith(".pf_meta")}
    assert single - {meta} == {
        "pagefind/pagefind.js",
        "pagefind/pagefind-entry.json",
        "pagefind/wasm.id.pagefind",
        "pagefind/wasm.unknown.pagefind",
    }
    folders = {path.split("/")[1] for path in files if path.count("/") == 2}
    assert folders == {"index", "fragment"}


def test_two_indexes_of_the_same_articles_are_byte_identical(tmp_path: Path) -> None:
    records = records_of(series(300))
    first = make_index(records, config_in(tmp_path / "a"))
    assert make_index(records, config_in(tmp_path / "b")) == first
    assert make_index(records[::-1], config_in(tmp_path / "c")) == first


def test_an_empty_site_has_nothing_to_search(office: Office) -> None:
    result = office.run("publish")
    assert "pencarian" not in result.err
    page = search_page(read_site(office.folder / "public"))
    assert "Belum ada berita." in page.text
    assert not page.all("form")


def test_older_articles_are_known_by_lead_and_the_oldest_not_at_all(tmp_path: Path) -> None:
    body = "Teras berita yang cukup panjang untuk daftar.\n\nSelanjutnya kata unik.\n"
    articles = [
        article(f"a{day}", body, tags=["apel"], date=NOW.replace(month=5, day=day))
        for day in (3, 2, 1)
    ]
    records = records_of(articles, full_text=1, articles=2)
    found = read_fragments(make_index(records, config_in(tmp_path)))
    assert {url: "unik" in item["content"] for url, item in found.items()} == {
        "/berita/2022/a3/": True,
        "/berita/2022/a2/": False,
    }
    assert found["/berita/2022/a2/"]["content"].endswith("untuk daftar. Apel.")


@pytest.mark.parametrize(
    ("full_text", "most", "said"),
    [
        (3, 3, ""),
        (2, 3, "Yang dicari adalah isi lengkap 2 berita terbaru,"),
        (1, 2, "Selain 2 berita terbaru, berita hanya ada di arsip."),
    ],
)
def test_the_page_says_what_it_does_not_know(
    office: Office, full_text: int, most: int, said: str
) -> None:
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write(f"[search]\nfull_text = {full_text}\narticles = {most}\n")
    for number in range(3):
        office.add(f"2022/berita-{number}")
    office.run("publish")
    page = search_page(read_site(office.folder / "public"))
    assert said in page.text
    assert bool(said) == ("berita terbaru" in page.text)


def test_only_the_search_page_has_a_script_and_may_run_one(office: Office) -> None:
    office.add("2022/a")
    office.run("publish")
    pages = read_pages(read_site(office.folder / "public"))
    with_script = {
        path for path, page in pages.items() if any(item.get("src") for item in page.all("script"))
    }
    assert with_script == {"cari/index.html"}
    policies = {
        path: next(item.get("content") for item in page.all("meta") if item.get("http-equiv"))
        for path, page in pages.items()
    }
    search = policies.pop("cari/index.html") or ""
    assert "script-src 'self' 'wasm-unsafe-eval'; " in search
    assert "form-action 'self'" in search
    assert "unsafe-inline" not in search
    assert "unsafe-eval" not in search.replace("'wasm-unsafe-eval'", "")
    assert not [path for path, policy in policies.items() if "script-src" in (policy or "")]


def test_every_page_leads_to_the_search_page_also_below_a_path(office: Office) -> None:
    office.add("2022/a")
    base = "https://kpu.contoh.go.id/kota/contoh"
    office.run("publish", "--base-url", base)
    files = read_site(office.folder / "public")
    assert find_dead_links(files, base) == []
    for page in read_pages(files).values():
        assert "/kota/contoh/cari/" in set(page.addresses)
    page = search_page(files)
    assert page.meta("robots") == "noindex,follow"
    assert page.one("form").get("action") == "/kota/contoh/cari/"
    (current,) = [item for item in page.all("a") if item.get("aria-current")]
    assert (current.text, current.get("aria-current")) == ("Cari", "page")


def test_without_javascript_the_page_says_so_and_leads_to_the_archive(office: Office) -> None:
    office.add("2022/a")
    office.run("publish")
    page = search_page(read_site(office.folder / "public"))
    (status,) = [item for item in page.all("p") if item.get("role") == "status"]
    assert (status.text or "").startswith("Pencarian memerlukan JavaScript.")
    main = [item.get("href") for item in page.one("main").iter("a")]
    assert main == ["/arsip/", "/tag/"]


def test_an_old_address_never_takes_the_place_of_the_search_page() -> None:
    assert search_page(build([article("a", aliases=["/cari/"])])).heading == "Cari berita"


def test_the_preview_says_that_search_is_for_the_published_site() -> None:
    page = search_page(build(series(2), preview=1))
    assert "Pencarian bekerja di situs yang sudah diterbitkan" in page.text
    assert not page.all("form")


def test_an_office_can_do_without(office: Office) -> None:
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write("[search]\nenabled = false\n")
    office.add("2022/a")
    office.run("publish")
    files = read_site(office.folder / "public")
    assert not [path for path in files if path.startswith(("cari", "pagefind"))]
    assert not [page.path for page in read_pages(files).values() if "/cari/" in page.text]


def test_the_same_articles_are_not_indexed_again(office: Office) -> None:
    office.add("2022/a")
    office.run("publish")
    cache = office.folder / ".kpucli/cari.zip"
    first = cache.stat()
    office.run("publish", "--output", "lain")
    assert cache.stat().st_ino == first.st_ino
    assert read_site(office.folder / "lain") == read_site(office.folder / "public")
    office.add("2022/b", body="Berita lain.\n")
    office.run("publish")
    assert len(read_fragments(read_site(office.folder / "public"))) == 2


@pytest.mark.parametrize("damage", ["absent", "cut", "noise", "copied", "changed"])
def test_a_memory_that_cannot_be_believed_is_made_anew(office: Office, damage: str) -> None:
    office.add("2022/a")
    office.run("publish")
    good = read_site(office.folder / "public")
    cache = office.folder / ".kpucli/cari.zip"
    content = cache.read_bytes()
    if damage == "copied":  # as it comes out of a repository, with a program of somebody else's
        shutil.copy(cache, cache.with_name("salinan"))
        cache.with_name("salinan").replace(cache)
    elif damage == "absent":
        cache.unlink()
    else:
        middle = len(content) // 2
        cache.write_bytes(
            {
                "cut": content[:middle],
                "noise": b"bukan arsip",
                "changed": content[:middle] + b"xxxx" + content[middle + 4 :],
            }[damage]
        )
    office.run("publish", "--output", "lain")
    assert read_site(office.folder / "lain") == good


def test_a_memory_that_cannot_be_kept_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / ".kpucli").write_text("bukan folder")
    files = make_index(records_of(series(1)), config_in(tmp_path))
    assert len(read_fragments(files)) == 1


def test_where_memory_is_short_the_site_is_published_without_search(office: Office) -> None:
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write("[search]\nmemory = 1\n")
    for number in range(200):
        office.add(f"2022/berita-{number}", body="Isi berita. " * 400)
    result = office.run("publish")
    assert result.err.count("Situs terbit tanpa pencarian") == 1
    assert "memori lebih dari 1 MB" in result.err
    assert "`full_text`" in result.err
    files = read_site(office.folder / "public")
    page = search_page(files)
    assert UNAVAILABLE in page.text
    assert not page.all("form")
    assert not page.all("script")
    assert not [path for path in files if path.startswith("pagefind")]
    assert "berita/2022/berita-7/index.html" in files


PROGRAM = """
from pathlib import Path
def get_executable():
    return Path(__file__).with_name("program")
"""


@pytest.mark.parametrize(
    ("module", "program", "mode", "said"),
    [
        ("raise ImportError", "", 0o755, "Pagefind tidak terpasang di komputer ini."),
        (PROGRAM, "#!/bin/sh\necho rusak >&2\nexit 3\n", 0o755, "dengan kode 3: rusak"),
        (PROGRAM, "#!/bin/sh\nkill -ABRT $$\n", 0o755, "Pagefind gagal dengan kode -6"),
        (PROGRAM, "#!/bin/sh\n", 0o644, "tidak dapat dibuat: tidak ada izin."),
    ],
    ids=["absent", "failing", "aborted", "not executable"],
)
def test_where_pagefind_fails_the_site_is_published_without_search(
    office: Office, tmp_path: Path, module: str, program: str, mode: int, said: str
) -> None:
    package = tmp_path / "lain" / "pagefind_bin"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(module)
    (package / "program").write_text(program)
    (package / "program").chmod(mode)
    root = Path(__file__).parent.parent.parent
    office.add("2022/a")
    result = office.run("publish", PYTHONPATH=f"{package.parent}:{root}")
    assert result.err.count("Situs terbit tanpa pencarian") == 1
    assert said in result.err
    files = read_site(office.folder / "public")
    assert UNAVAILABLE in search_page(files).text
    assert "berita/2022/a/index.html" in files
    office.run("publish")
    assert UNAVAILABLE not in search_page(read_site(office.folder / "public")).text


def test_settings_of_pagefinds_own_lying_about_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = make_index(records_of(series(2)), config_in(tmp_path / "a"))
    monkeypatch.chdir(tmp_path)
    Path("pagefind.toml").write_text('exclude_selectors = ["p"]\n')
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    assert make_index(records_of(series(2)), config_in(tmp_path / "b")) == plain


def test_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="memori lebih dari 1 MB") as caught:
        make_index(records_of(series(400)), config_in(tmp_path, memory=1))
    assert "[search]" in str(caught.value)
    assert not (tmp_path / ".kpucli").exists()
