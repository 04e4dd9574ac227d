"""The image that other sites show beside a link: drawn, the office's own, or a title's."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from kpucli.config import Config
from kpucli.errors import KpuError
from kpucli.publish.share_image import MAX_BYTES
from tests.publish.builds import BASE, CONFIG, article, build
from tests.publish.web import Page, read_pages

ARTICLES = [
    article("apel", title="Apel Pagi"),
    article("lagi", title="Apel Pagi"),
    article("panjang", title="Rapat Koordinasi Pemutakhiran Data Pemilih Berkelanjutan " * 8),
    article("sekata", title="Kata" * 80),
]


def open_image(files: dict[str, bytes], page: Page) -> Image.Image:
    """The image that a page names, as it must be: there, of the right measure, not too heavy."""
    address = page.meta("og:image") or ""
    content = files[address.removeprefix(f"{BASE}/")]
    assert len(content) < MAX_BYTES
    image = Image.open(io.BytesIO(content))
    image.load()
    assert (str(image.width), str(image.height)) == (
        page.meta("og:image:width"),
        page.meta("og:image:height"),
    )
    assert image.size == (1200, 630)
    return image.convert("RGB")


def images_of(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: files[path] for path in files if "bagikan" in path}


def photo(path: Path, size: tuple[int, int], form: str = "JPEG", **options: object) -> Path:
    noise = Image.effect_noise(size, 90).convert("RGB")
    noise.save(path, form, **options)
    return path


def test_every_page_names_one_image_of_the_site() -> None:
    files = build(ARTICLES)
    shown = [page for page in read_pages(files).values() if page.meta("og:url")]
    assert len({page.meta("og:image") for page in shown}) == 1
    assert len(images_of(files)) == 1
    for page in shown:
        assert page.meta("og:image:alt") == f"{CONFIG.name}, {CONFIG.long_name}"
        assert page.meta("twitter:card") == "summary_large_image"
    colours = open_image(files, shown[0]).getcolors(2000) or []
    by_count = [colour for _count, colour in sorted(colours, reverse=True)]
    assert by_count[0] == (0x7A, 0x10, 0x14)
    assert (0xF7, 0xC9, 0x48) in by_count
    assert (255, 255, 255) in by_count[:3]


def test_the_name_of_the_image_follows_what_is_drawn() -> None:
    one, same, other = (
        images_of(build([], config=config))
        for config in (CONFIG, CONFIG, replace(CONFIG, name="KPU Kota Lain"))
    )
    assert one == same
    assert one.keys().isdisjoint(other)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_an_office_may_have_an_image_of_its_own(tmp_path: Path, form: str) -> None:
    photo(tmp_path / "kantor.gambar", (1700, 1300), form)
    config = replace(CONFIG, root=tmp_path, share_image="kantor.gambar")
    files = build(ARTICLES, config=config)
    (name,) = images_of(files)
    assert name.endswith(".jpg")
    open_image(files, read_pages(files)["index.html"])


def test_the_office_s_own_image_tells_nothing_of_the_camera(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    exif[0x0112] = 6  # lies on its side
    photo(tmp_path / "foto.jpg", (800, 1500), exif=exif)
    files = build([], config=replace(CONFIG, root=tmp_path, share_image="foto.jpg"))
    (content,) = images_of(files).values()
    assert b"Kamera Rahasia" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_an_image_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "rusak.jpg").write_bytes(b"\xff\xd8bukan gambar")
    photo(tmp_path / "kecil.jpg", (1199, 630))
    whole = photo(tmp_path / "utuh.jpg", (1300, 700)).read_bytes()
    (tmp_path / "putus.jpg").write_bytes(whole[:5000])
    for name in ("rusak.jpg", "kecil.jpg", "tidak-ada.jpg", "putus.jpg"):
        config = replace(CONFIG, root=tmp_path, share_image=name)
        with pytest.raises(KpuError, match="share_image") as caught:
            build([], config=config)
        assert caught.value.path == tmp_path / name
        assert caught.value.hint


@pytest.fixture
def with_titles(tmp_path: Path) -> Config:
    return replace(CONFIG, root=tmp_path, title_images=True)


def test_each_title_has_its_image_where_that_is_asked_for(with_titles: Config) -> None:
    files = build(ARTICLES, config=with_titles)
    pages = read_pages(files)
    shown = {slug: pages[f"berita/2022/{slug}/index.html"] for slug in ("apel", "lagi", "panjang")}
    assert len(images_of(files)) == 1 + 4
    assert images_of(files).keys() >= {
        f"berita/2022/{slug}/bagikan-{name}"
        for slug in ("apel", "lagi")  # their title is the same, and drawn once
        for name in [(shown["apel"].meta("og:image") or "").rpartition("bagikan-")[2]]
    }
    for page in [*shown.values(), pages["berita/2022/sekata/index.html"]]:
        image = open_image(files, page)
        assert page.meta("og:image:alt") == page.heading
        assert image.crop((1120, 0, 1200, 630)).getcolors() == [(80 * 630, (0x7A, 0x10, 0x14))]
    assert pages["index.html"].meta("og:image:alt") == f"{CONFIG.name}, {CONFIG.long_name}"


def test_a_title_s_image_is_not_drawn_again(with_titles: Config) -> None:
    before = images_of(build(ARTICLES, config=with_titles))
    kept = sorted((with_titles.root / ".kpucli" / "bagikan").iterdir())
    assert {f"bagikan-{path.name}" for path in kept} == {
        path.rpartition("/")[2] for path in before if path.startswith("berita/")
    }
    kept[0].write_bytes(b"dari simpanan")
    after = images_of(build(ARTICLES, config=with_titles))
    renewed = {path for path in before if path.endswith(kept[0].name)}
    assert renewed
    assert after == before | dict.fromkeys(renewed, b"dari simpanan")


def test_titles_are_drawn_where_nothing_can_be_kept(with_titles: Config) -> None:
    before = images_of(build(ARTICLES, config=with_titles))
    (with_titles.root / "lain").mkdir()
    (with_titles.root / "lain" / ".kpucli").write_text("bukan folder")
    config = replace(with_titles, root=with_titles.root / "lain")
    assert images_of(build(ARTICLES, config=config)) == before
