"""What an office sets of its site: colours, logo, contact, menu, footer, categories, templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kpucli.config import Colors, Config, Contact, Link
from kpucli.errors import ConfigError, KpuError
from tests.conftest import CONFIG as OFFICE_CONFIG
from tests.conftest import Office
from tests.publish.builds import CONFIG, WIB, article, build
from tests.publish.web import Page, find_dead_links, read_pages, words

MIXED = [
    article("satu"),
    article("dua", category="pengumuman"),
    article("tiga", category="Opini"),
    article("empat", category="pengumuman", corrections=[]),
]


def pages(config: Config = CONFIG) -> dict[str, Page]:
    files = build(MIXED, config=config)
    assert not find_dead_links(files, CONFIG.base_url)
    return read_pages(files)


def menu(page: Page) -> dict[str, str]:
    nav = next(item for item in page.all("nav") if item.get("aria-label") == "Utama")
    return {words(link): link.attrib["href"] for link in nav.iter("a")}


def current(page: Page) -> dict[str, str]:
    nav = next(item for item in page.all("nav") if item.get("aria-label") == "Utama")
    return {
        words(link): link.attrib["aria-current"]
        for link in nav.iter("a")
        if "aria-current" in link.attrib
    }


def titles(page: Page) -> list[str]:
    return [words(heading) for heading in page.one("main").iter("h2")]


def test_each_category_has_its_list() -> None:
    site = pages()
    assert titles(site["kategori/pengumuman/index.html"]) == ["Berita empat", "Berita dua"]
    assert titles(site["kategori/opini/index.html"]) == ["Berita tiga"]
    assert titles(site["kategori/berita/index.html"]) == ["Berita satu"]
    assert len(titles(site["index.html"])) >= 4
    assert site["kategori/pengumuman/index.html"].heading == "Kategori: Pengumuman"
    assert "kategori/artikel/index.html" not in site


def test_the_menu_follows_the_categories_in_use() -> None:
    site = pages()
    assert list(menu(site["index.html"])) == [
        "Beranda", "Berita Terkini", "Pengumuman", "Opini", "Arsip", "Tag", "Cari",
    ]  # fmt: skip
    assert current(site["index.html"]) == {"Beranda": "page"}
    assert current(site["kategori/opini/index.html"]) == {"Opini": "page"}
    assert current(site["berita/2022/tiga/index.html"]) == {"Opini": "true"}
    assert current(site["arsip/2022/index.html"]) == {"Arsip": "true"}


def test_a_single_category_needs_no_list() -> None:
    files = build([article("satu"), article("dua", category="berita")])
    assert not [path for path in files if path.startswith("kategori/")]
    assert list(menu(read_pages(files)["index.html"])) == ["Beranda", "Arsip", "Tag", "Cari"]


def test_an_article_says_its_category() -> None:
    page = pages()["berita/2022/dua/index.html"]
    assert page.meta("article:section") == "Pengumuman"
    assert page.json_ld[0]["articleSection"] == "Pengumuman"
    trail = [step["name"] for step in page.json_ld[1]["itemListElement"]]
    assert trail == ["Beranda", "Pengumuman", "April 2022", "Berita dua"]


def test_categories_are_the_offices_own() -> None:
    config = replace(CONFIG, categories={"opini": "Sudut Pandang", "berita": "Kabar"})
    site = pages(config)
    assert site["kategori/opini/index.html"].heading == "Kategori: Sudut Pandang"
    assert list(menu(site["index.html"]))[1:4] == ["Sudut Pandang", "Kabar", "Pengumuman"]


def test_the_correction_policy_lists_the_latest_corrections() -> None:
    days = [datetime(2022, 4, day, 9, tzinfo=WIB) for day in (22, 24, 23)]
    first = article("satu", corrections=[{"date": days[0], "text": "Pukul 10.00, bukan 09.00."}])
    second = article(
        "dua",
        corrections=[
            {"date": days[1], "text": "Tiga orang, bukan empat."},
            {"date": days[2], "text": "Nama kelurahan diperbaiki."},
        ],
    )
    site = read_pages(build([first, second]))
    page = site["koreksi/index.html"]
    items = [words(item) for item in page.one("main").iter("li") if item.find("h3") is not None]
    assert items == [
        "Berita dua Minggu, 24 April 2022 Tiga orang, bukan empat.",
        "Berita dua Sabtu, 23 April 2022 Nama kelurahan diperbaiki.",
        "Berita satu Jumat, 22 April 2022 Pukul 10.00, bukan 09.00.",
    ]
    assert "/berita/2022/dua/#ralat" in page.addresses
    assert "Belum ada ralat." in words(read_pages(build([]))["koreksi/index.html"].one("main"))


def test_contact_accounts_and_footer_are_shown() -> None:
    config = replace(
        CONFIG,
        contact=Contact("Jalan Contoh 1 <Kota>", "(0341) 123456", "humas@kpu.contoh.go.id"),
        social={"Instagram": "https://instagram.com/kpu?a=1&b=2"},
        footer=(Link("PPID", "https://ppid.contoh.go.id/"), Link("Opini", "/kategori/opini/")),
    )
    page = pages(config)["index.html"]
    links = {words(link): link.attrib["href"] for link in page.one("footer").iter("a")}
    assert links["PPID"] == "https://ppid.contoh.go.id/"
    assert links["Opini"] == "/kategori/opini/"
    assert links["(0341) 123456"] == "tel:(0341)123456"
    assert links["humas@kpu.contoh.go.id"] == "mailto:humas@kpu.contoh.go.id"
    assert links["Instagram"] == "https://instagram.com/kpu?a=1&b=2"
    assert "Jalan Contoh 1 <Kota>" in words(page.one("address"))
    office = page.json_ld[0]
    assert office["sameAs"] == ["https://instagram.com/kpu?a=1&b=2"]
    assert office["telephone"] == "(0341) 123456"
    assert office["email"] == "humas@kpu.contoh.go.id"
    assert office["address"] == "Jalan Contoh 1 <Kota>"


def test_the_menu_is_the_offices_own() -> None:
    own = (Link("Kabar", "/"), Link("Arsip", "/arsip/2022/"), Link("PPID", "https://x.go.id/"))
    page = pages(replace(CONFIG, menu=own))["arsip/2022/index.html"]
    assert menu(page) == {link.label: link.url for link in own}
    assert current(page) == {}


def test_a_category_that_is_still_empty_waits_for_its_place_in_the_menu() -> None:
    own = (Link("Kabar", "/"), Link("Artikel", "/kategori/artikel/"))
    assert list(menu(pages(replace(CONFIG, menu=own))["index.html"])) == ["Kabar"]


@pytest.mark.parametrize("option", ["menu", "footer"])
def test_a_link_to_no_page_is_refused(option: str) -> None:
    links = (Link("Profil", "/profil/"),)
    config = replace(CONFIG, menu=links) if option == "menu" else replace(CONFIG, footer=links)
    with pytest.raises(ConfigError, match=f"`{option}`: situs ini tidak mempunyai .* /profil/"):
        build(MIXED, config=config)


def test_a_menu_below_a_path() -> None:
    files = build(MIXED, base_url="https://kpu.go.id/kota/contoh")
    assert menu(read_pages(files)["index.html"])["Arsip"] == "/kota/contoh/arsip/"


def test_colours_reach_the_stylesheet() -> None:
    usual = build(MIXED)
    colors = Colors(header="#0b3d91", link="#0b3d91", link_dark="#9ec5ff", accent="#ffd166")
    files = build(MIXED, config=replace(CONFIG, colors=colors))
    (name,) = (path for path in files if path.startswith("gaya."))
    assert name not in usual
    style = files[name].decode()
    assert ":root{--band:#0b3d91;--accent:#0b3d91;--gold:#ffd166}" in style
    assert style.endswith("@media (prefers-color-scheme:dark){:root{--accent:#9ec5ff}}")
    assert read_pages(files)["index.html"].meta("theme-color") == "#0b3d91"


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
LOGOS = {
    "logo.svg": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "gambar/lambang.PNG": PNG,
}


@pytest.mark.parametrize("name", LOGOS)
def test_a_logo_is_shown_and_served(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(LOGOS[name])
    files = build(MIXED, config=replace(CONFIG, root=tmp_path, logo=Path(name)))
    path = f"logo{Path(name).suffix.lower()}"
    assert files[path] == LOGOS[name]
    page = read_pages(files)["index.html"]
    assert page.link("icon") == f"/{path}"
    assert page.one("img").get("src") == f"/{path}"
    assert page.json_ld[0]["logo"]["url"] == f"{CONFIG.base_url}/{path}"


UNFIT = {
    "logo.png": LOGOS["logo.svg"],
    "logo.svg": b"<svg><script>alert(1)</script></svg>",
    "muat.svg": b'<svg onload="x()"/>',
    "logo.html": b"<svg/>",
    "besar.png": PNG + b"\0" * 1024 * 1024,
    "tiada.png": None,
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_logo_is_refused(tmp_path: Path, name: str) -> None:
    content = UNFIT[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError, match="Logo") as caught:
        build(MIXED, config=replace(CONFIG, root=tmp_path, logo=Path(name)))
    assert caught.value.path == tmp_path / name


@pytest.fixture
def themed(office: Office) -> Office:
    """An office that may put templates into `templat`."""
    (office.folder / "kpucli.toml").write_text(f'{OFFICE_CONFIG}templates = "templat"\n')
    (office.folder / "templat").mkdir()
    office.add("2022/apel")
    return office


def test_a_template_is_replaced_by_name(themed: Office) -> None:
    own = '{% extends "base.html" %}{% block main %}<h1>Tersesat</h1>{% endblock %}'
    (themed.folder / "templat" / "error.html").write_text(own)
    (themed.folder / "templat" / "style.css").write_text("body { color: #000 }\n")
    themed.run("publish")
    public = themed.folder / "public"
    assert "<h1>Tersesat</h1>" in (public / "404.html").read_text()
    assert [path.read_text() for path in public.glob("gaya.*.css")] == ["body{color:#000}"]
    assert "Berita apel" in (public / "index.html").read_text()


TEMPLATES = {
    "a name we do not have": ("eror.html", "", "eror.html: Tidak ada templat bernama eror.html."),
    "no template": ("error.html", "\n\n{% if %}", "error.html:3: Templat ini salah: "),
    "an unknown name": ("error.html", "\n{{ tiada.apa }}", "error.html:2: Templat ini salah: "),
    "not UTF-8": ("error.html", b"\xff", "error.html:1: Bita ke-1 bukan UTF-8."),
}


@pytest.mark.parametrize(("name", "text", "message"), TEMPLATES.values(), ids=TEMPLATES)
def test_a_wrong_template_is_named(
    themed: Office, name: str, text: str | bytes, message: str
) -> None:
    content = text.encode() if isinstance(text, str) else text
    (themed.folder / "templat" / name).write_bytes(content)
    result = themed.run("publish", code=2)
    assert f"templat/{message}" in result.err
    assert not (themed.folder / "public").exists()


def test_a_folder_of_templates_that_is_not_there_is_named(themed: Office) -> None:
    (themed.folder / "templat").rmdir()
    assert "templat: Folder templat tidak ada." in themed.run("publish", code=2).err


def test_templates_run_no_code(tmp_path: Path) -> None:
    (tmp_path / "error.html").write_text('{{ "".__class__.__mro__ }}')
    with pytest.raises(KpuError, match="Templat ini salah"):
        build(MIXED, config=replace(CONFIG, root=tmp_path, templates=Path()))
