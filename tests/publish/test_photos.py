"""Photographs, from the files beside an article to what readers, feeds and networks are given."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from PIL import Image

from kpucli.photo import PhotoError, open_photo
from tests.conftest import Office
from tests.photographs import (
    GPS,
    POLYGLOT,
    UNUSABLE,
    make_animation,
    make_photo,
    make_telling_photo,
    save,
)
from tests.publish.web import Page, find_dead_links, read_pages, words

BASE = "https://kpu.contoh.go.id"
NOW = "2022-06-01T09:00:00+07:00"
MAIN = (
    'image = { file = "apel.jpg", alt = "Pegawai \\"berbaris\\" <di> halaman",'
    ' caption = "Apel & doa.", credit = "Humas" }'
)
BODY = """\
Alinea pertama berita ini cukup panjang untuk menjadi teras.

![Spanduk](spanduk.png "Spanduk acara.")
"""


def put(office: Office, name: str, content: bytes, article: str = "2022/apel") -> Path:
    path = office.folder / "articles" / article / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def publish(office: Office, *arguments: str, code: int = 0) -> str:
    return office.run("publish", "--now", NOW, *arguments, code=code).err


def read_site(office: Office, folder: str = "public") -> dict[str, bytes]:
    root = office.folder / folder
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def photos(files: dict[str, bytes]) -> dict[str, Image.Image]:
    """The published photographs, by their file's name."""
    return {
        path.rpartition("/")[2]: Image.open(BytesIO(content))
        for path, content in files.items()
        if path.endswith((".avif", ".jpg"))
    }


def article_page(files: dict[str, bytes], article: str = "2022/apel") -> Page:
    return read_pages(files)[f"berita/{article}/index.html"]


@pytest.fixture
def illustrated(office: Office) -> Office:
    """An office with an article that has a main photograph and another in its text."""
    office.add("2022/apel", MAIN, BODY)
    office.add("2022/biasa", body="Tanpa foto sama sekali, tetapi dengan teks yang cukup.\n")
    put(office, "apel.jpg", make_telling_photo())
    put(office, "spanduk.png", make_photo(1000, 700, "PNG"))
    return office


def test_a_photograph_is_served_in_several_widths_and_two_formats(illustrated: Office) -> None:
    publish(illustrated)
    sizes = {
        re.sub(r"\.[0-9a-f]{10}\.", ".", name): (image.format, *image.size)
        for name, image in photos(read_site(illustrated)).items()
    }
    assert sizes == {
        "apel-480.avif": ("AVIF", 480, 360),
        "apel-800.avif": ("AVIF", 800, 600),
        "apel-1200.avif": ("AVIF", 1200, 900),
        "apel-1600.avif": ("AVIF", 1600, 1200),
        "apel-800.jpg": ("JPEG", 800, 600),
        "apel-1600.jpg": ("JPEG", 1600, 1200),
        "apel-1200x630.jpg": ("JPEG", 1200, 630),
        "spanduk-480.avif": ("AVIF", 480, 336),
        "spanduk-800.avif": ("AVIF", 800, 560),
        "spanduk-1000.avif": ("AVIF", 1000, 700),
        "spanduk-800.jpg": ("JPEG", 800, 560),
        "spanduk-1000.jpg": ("JPEG", 1000, 700),
    }


def test_nothing_that_a_file_tells_is_published(illustrated: Office) -> None:
    publish(illustrated)
    files = read_site(illustrated)
    for name, image in photos(files).items():
        assert not dict(image.getexif()), name
        assert not image.getexif().get_ifd(GPS), name
        assert not image.info.keys() & {"exif", "xmp", "icc_profile", "comment"}, name
    for path, content in files.items():
        assert b"Rahasia" not in content, path


def test_the_page_shows_both_as_figures(illustrated: Office) -> None:
    publish(illustrated)
    files = read_site(illustrated)
    page = article_page(files)
    main, inner = page.all("figure")
    first, second = (figure.find(".//img") for figure in (main, inner))
    assert first is not None
    assert second is not None
    assert first.get("alt") == 'Pegawai "berbaris" <di> halaman'
    assert (first.get("width"), first.get("height")) == ("1600", "1200")
    assert (first.get("loading"), first.get("fetchpriority")) == (None, "high")
    assert (second.get("loading"), second.get("decoding")) == ("lazy", "async")
    assert words(main) == "Apel & doa. Foto: Humas"
    assert words(inner) == "Spanduk acara."
    assert inner in list(page.article_text)
    assert find_dead_links(files, BASE) == []
    for source in (*page.all("source"), first, second):
        for candidate in source.attrib["srcset"].split(", "):
            address, width = candidate.split()
            path = urljoin("berita/2022/apel/", address)
            assert f"{Image.open(BytesIO(files[path])).width}w" == width


def test_the_first_story_shows_its_photograph_without_saying_it_twice(illustrated: Office) -> None:
    illustrated.add("2022/apel", f"{MAIN}\ndate = 2022-05-01T08:00:00+07:00", BODY)
    publish(illustrated)
    files = read_site(illustrated)
    (picture,) = read_pages(files)["index.html"].all("picture")
    image = picture.find("img")
    assert image is not None
    assert image.get("alt") == ""
    assert image.attrib["src"].removeprefix("/") in files
    assert not read_pages(files)["arsip/2022/05/index.html"].all("picture")


def test_networks_and_search_engines_get_the_photograph(illustrated: Office) -> None:
    publish(illustrated)
    files = read_site(illustrated)
    page = article_page(files)
    address = page.meta("og:image") or ""
    content = files[address.removeprefix(f"{BASE}/")]
    assert Image.open(BytesIO(content)).size == (1200, 630)
    assert len(content) < 300_000
    assert (page.meta("og:image:width"), page.meta("og:image:height")) == ("1200", "630")
    assert page.meta("og:image:alt") == 'Pegawai "berbaris" <di> halaman'
    assert page.meta("twitter:card") == "summary_large_image"
    images = page.json_ld[0]["image"]
    assert images[0]["url"] == address
    for image in images:
        shown = Image.open(BytesIO(files[image["url"].removeprefix(f"{BASE}/")]))
        assert shown.size == (image["width"], image["height"])
        assert (image["caption"], image["creditText"]) == ("Apel & doa.", "Humas")
    plain = article_page(files, "2022/biasa")
    assert (plain.meta("og:image") or "").startswith(f"{BASE}/bagikan.")


def test_feeds_show_plain_images_with_whole_addresses(illustrated: Office) -> None:
    publish(illustrated)
    files = read_site(illustrated)
    items = json.loads(files["umpan.json"])["items"]
    item = next(item for item in items if item["url"].endswith("/apel/"))
    assert item["image"].removeprefix(f"{BASE}/") in files
    assert "srcset" not in item["content_html"]
    addresses = re.findall(r'<img src="([^"]+)"', item["content_html"])
    assert len(addresses) == 2
    for address in addresses:
        assert address.removeprefix(f"{BASE}/") in files
    feed = ElementTree.fromstring(files["umpan.atom"])
    (link,) = feed.findall(".//{*}link[@rel='enclosure']")
    assert int(link.attrib["length"]) == len(files[link.attrib["href"].removeprefix(f"{BASE}/")])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photographs_are_upright(office: Office, orientation: int) -> None:
    office.add("2022/apel", MAIN)
    upright = Image.open(BytesIO(make_photo(900, 600)))
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = upright.transpose(turns[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    put(office, "apel.jpg", save(stored, "JPEG", exif=exif))
    publish(office)
    for name, image in photos(read_site(office)).items():
        if "x630" not in name:
            assert image.size == (image.width, round(image.width * 2 / 3)), name
            assert _is_near(image.getpixel((image.width // 4, image.height // 2)), (138, 20, 24))
            assert _is_near(image.getpixel((image.width * 3 // 4, 5)), (247, 201, 72))


def _is_near(found: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found, colour, strict=True))


def _translucent() -> Image.Image:
    image = Image.new("RGBA", (800, 600), (0, 0, 0, 0))
    image.paste((138, 20, 24, 255), (0, 0, 400, 600))
    return image


KINDS = {
    "cmyk": make_photo(800, 600, mode="CMYK"),
    "grey": make_photo(800, 600, mode="L"),
    "black and white": make_photo(800, 600, "PNG", mode="1"),
    "palette": make_photo(800, 600, "PNG", mode="P"),
    "sixteen bits": save(Image.new("I;16", (800, 600), 0xFFFF), "PNG"),
    "alpha": save(_translucent(), "PNG"),
    "transparent palette": save(_translucent().quantize(4), "PNG"),
    "webp": make_photo(800, 600, "WEBP"),
    "avif": make_photo(800, 600, "AVIF"),
    "gif": make_photo(800, 600, "GIF"),
    "polyglot": POLYGLOT,
    "one pixel": make_photo(1, 1, "PNG"),
    "very tall": make_photo(20, 9000, "PNG"),
    "broken colour profile": make_photo(800, 600, icc_profile=b"x" * 200),
    "broken exif": make_photo(800, 600, exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
}


@pytest.mark.parametrize("content", KINDS.values(), ids=list(KINDS))
def test_every_kind_of_photograph_is_shown_whatever_its_name(
    office: Office, content: bytes
) -> None:
    office.add("2022/apel", MAIN)
    put(office, "apel.jpg", content)
    assert "Kesalahan" not in publish(office)
    files = read_site(office)
    shown = photos(files)
    assert {image.format for image in shown.values()} == {"AVIF", "JPEG"}
    assert {image.mode for image in shown.values()} == {"RGB"}
    assert not any(b"<script>alert" in content for content in files.values())


@pytest.mark.parametrize("kind", ["alpha", "transparent palette", "sixteen bits"])
def test_what_is_transparent_or_white_is_white(office: Office, kind: str) -> None:
    office.add("2022/apel", MAIN)
    put(office, "apel.jpg", KINDS[kind])
    publish(office)
    for image in photos(read_site(office)).values():
        assert _is_near(image.getpixel((image.width - 5, 100)), (255, 255, 255))


def test_of_an_animation_the_first_picture_is_shown(office: Office) -> None:
    office.add("2022/apel", MAIN)
    put(office, "apel.jpg", make_animation())
    publish(office)
    for image in photos(read_site(office)).values():
        assert _is_near(image.getpixel((10, 10)), (254, 0, 0))
        assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=list(UNUSABLE))
def test_what_is_no_photograph_is_refused_with_its_line(office: Office, content: bytes) -> None:
    office.add("2022/apel", MAIN)
    put(office, "apel.jpg", content)
    message = publish(office, code=1)
    assert re.search(r"articles/2022/apel\.md:3:\d+: MET020 ", message)
    assert not (office.folder / "public").exists()


@pytest.mark.parametrize("name", ["bomb", "large bomb"])
def test_pixels_are_counted_before_they_are_decoded(name: str) -> None:
    started = time.process_time()
    with pytest.raises(PhotoError, match="juta piksel"):
        open_photo(UNUSABLE[name], Path("a.png"))
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=list(UNUSABLE))
def test_where_it_is_excused_it_is_left_out_and_named(office: Office, content: bytes) -> None:
    excused = 'lint_ignore = ["MET020"]  # menunggu foto asli'
    office.add("2022/apel", f"{MAIN}\n{excused}", "Isi ![Spanduk](rusak.jpg) berita.\n")
    put(office, "apel.jpg", make_photo(800, 600))
    put(office, "rusak.jpg", content)
    message = publish(office)
    assert "articles/2022/apel/rusak.jpg: " in message
    page = article_page(read_site(office))
    assert words(page.article_text) == "Isi Spanduk berita."
    assert len(page.all("figure")) == 1


def test_remote_images_are_not_shown_and_do_not_stop_a_publish(office: Office) -> None:
    office.add("2022/apel", body="Isi ![Spanduk](https://contoh.id/a.jpg) berita.\n")
    publish(office)
    page = article_page(read_site(office))
    assert words(page.article_text) == "Isi Spanduk berita."
    assert "contoh.id" not in page.text


def test_links_are_followed_neither_to_photographs_nor_to_folders(office: Office) -> None:
    excused = 'lint_ignore = ["MET012"]  # menunggu foto asli'
    office.add("2022/apel", f"{MAIN}\n{excused}")
    secret = office.folder / "rahasia"
    secret.mkdir()
    (secret / "apel.jpg").write_bytes(make_photo())
    folder = office.folder / "articles/2022/apel"
    folder.mkdir()
    (folder / "apel.jpg").symlink_to(secret / "apel.jpg")
    publish(office)
    assert photos(read_site(office)) == {}
    (folder / "apel.jpg").unlink()
    folder.rmdir()
    folder.symlink_to(secret)
    assert "tautan simbolik" in publish(office, code=1)


def test_drafts_and_withdrawn_articles_show_no_photograph(office: Office) -> None:
    withdrawn = 'withdrawn = { date = 2022-05-01, reason = "Keliru." }'
    for article, field in (("2022/draf", "draft = true"), ("2022/tarik", withdrawn)):
        office.add(article, f"{MAIN}\n{field}")
        put(office, "apel.jpg", make_photo(), article)
    publish(office)
    assert photos(read_site(office)) == {}


def _store(office: Office) -> dict[str, int]:
    folder = office.folder / ".kpucli/foto"
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_second_publish_encodes_and_reads_nothing(illustrated: Office) -> None:
    for number in range(20):  # with fewer articles the linter looks again
        illustrated.add(f"2022/lain-{number}", body=f"Teks berita yang ke-{number} dari 20.\n")
    for path in (illustrated.folder / "articles/2022/apel").iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    publish(illustrated)
    before, site = _store(illustrated), read_site(illustrated)
    source = illustrated.folder / "articles/2022/apel/apel.jpg"
    status = source.stat()
    # Other bytes with the same size and times: whoever read them would publish others.
    source.write_bytes(bytes(status.st_size))
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    publish(illustrated)
    assert _store(illustrated) == before
    assert read_site(illustrated) == site


def test_two_builds_are_byte_identical(illustrated: Office) -> None:
    publish(illustrated, "--output", "satu")
    shutil.rmtree(illustrated.folder / ".kpucli")
    publish(illustrated, "--output", "dua")
    assert read_site(illustrated, "satu") == read_site(illustrated, "dua")


def test_another_photograph_has_another_address_and_the_old_one_goes(illustrated: Office) -> None:
    publish(illustrated)
    before, stored = set(photos(read_site(illustrated))), _store(illustrated)
    put(illustrated, "apel.jpg", make_photo(1900, 1500))
    publish(illustrated)
    after = set(photos(read_site(illustrated)))
    assert len(before) == len(after)
    assert {name for name in before & after if name.startswith("apel-")} == set()
    assert len(_store(illustrated)) == len(stored)


def test_what_is_damaged_in_the_store_is_made_again(illustrated: Office) -> None:
    publish(illustrated)
    site = read_site(illustrated)
    stored = sorted((illustrated.folder / ".kpucli/foto").glob("*/*"))
    stored[0].write_bytes(b"")
    stored[-1].unlink()
    shutil.rmtree(illustrated.folder / "public")
    publish(illustrated)
    assert read_site(illustrated) == site


def test_no_link_in_the_store_is_followed(illustrated: Office) -> None:
    publish(illustrated)
    site = read_site(illustrated)
    secret = illustrated.folder / "rahasia.txt"
    for path in (illustrated.folder / ".kpucli/foto").glob("*/*.jpg"):
        secret.write_bytes(b"R" * path.stat().st_size)
        path.unlink()
        path.symlink_to(secret)
    shutil.rmtree(illustrated.folder / "public")
    publish(illustrated)
    assert read_site(illustrated) == site


def test_without_a_place_for_the_store_the_site_is_the_same(illustrated: Office) -> None:
    publish(illustrated, "--output", "satu")
    shutil.rmtree(illustrated.folder / ".kpucli")
    (illustrated.folder / ".kpucli").write_text("bukan folder")
    publish(illustrated, "--output", "dua")
    assert read_site(illustrated, "satu") == read_site(illustrated, "dua")


def test_one_photograph_under_two_names_is_published(office: Office) -> None:
    office.add("2022/apel", body="![Satu](foto-a.jpg)\n\n![Dua](Foto%20A.jpg)\n")
    for name in ("foto-a.jpg", "Foto A.jpg"):
        put(office, name, make_photo(800, 600))
    publish(office)
    assert len(article_page(read_site(office)).all("figure")) == 2


def test_small_photographs_are_not_enlarged_for_networks(office: Office) -> None:
    office.add("2022/apel", MAIN)
    put(office, "apel.jpg", make_photo(500, 300))
    publish(office)
    files = read_site(office)
    assert (article_page(files).meta("og:image") or "").startswith(f"{BASE}/bagikan.")
    assert {image.size for image in photos(files).values()} == {(480, 288), (500, 300)}
