"""`kpucli new --image`: a photograph taken in with its post."""

from __future__ import annotations

import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from tests.conftest import Office
from tests.photographs import GPS, ORIENTATION, UNUSABLE, make_photo, make_telling_photo
from tests.terminal import run_on_terminal

WORDS = ("--alt", "Pegawai berbaris", "--caption", "Apel pagi.", "--credit", "Humas")
POST = ("new", "Apel Pagi", "--date", "20 April 2022")


def take_in(office: Office, content: bytes, name: str = "IMG 2022 (1).JPG") -> Path:
    """The photograph in the archive, once it was handed in under a name."""
    (office.folder / name).write_bytes(content)
    office.run(*POST, "--image", name, *WORDS)
    (photo,) = (office.folder / "articles/2022/apel-pagi").iterdir()
    return photo


def front_matter(office: Office) -> dict[str, Any]:
    return tomllib.loads(office.read("2022/apel-pagi").split("+++\n")[1])


def test_it_lies_beside_the_post_that_names_it(office: Office) -> None:
    content = make_photo(800, 600)
    photo = take_in(office, content)
    assert photo.read_bytes() == content
    assert photo.name == "img-2022-1.jpg"
    assert front_matter(office)["image"] == {
        "file": "img-2022-1.jpg",
        "alt": "Pegawai berbaris",
        "caption": "Apel pagi.",
        "credit": "Humas",
    }
    assert "MET" not in office.run("lint", code=None).out


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_it_is_kept_without_what_it_tells(office: Office, kind: str) -> None:
    settings = {"JPEG": {"orientation": 6}, "PNG": {}, "WEBP": {"quality": 90}, "AVIF": {}}[kind]
    content = make_telling_photo(width=800, height=600, kind=kind, **settings)
    kept = take_in(office, content).read_bytes()
    assert b"Rahasia" in content
    assert b"Rahasia" not in kept
    before, after = Image.open(BytesIO(content)), Image.open(BytesIO(kept))
    assert before.getexif().get_ifd(GPS)
    assert not after.getexif().get_ifd(GPS)
    assert after.getexif().get(ORIENTATION, 1) == before.getexif().get(ORIENTATION, 1)
    assert after.info["icc_profile"] == before.info["icc_profile"]
    difference = ImageChops.difference(before.convert("RGB"), after.convert("RGB"))
    assert max(difference.convert("L").tobytes()) <= 24


def test_its_name_follows_its_content(office: Office) -> None:
    assert take_in(office, make_photo(80, 60, "PNG"), "foto.jpg").name == "foto.png"
    assert front_matter(office)["image"]["file"] == "foto.png"


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=list(UNUSABLE))
def test_what_is_no_photograph_is_refused_and_nothing_is_made(
    office: Office, content: bytes
) -> None:
    (office.folder / "apel.jpg").write_bytes(content)
    result = office.run(*POST, "--image", "apel.jpg", code=2)
    assert "apel.jpg: " in result.err
    assert list((office.folder / "articles").iterdir()) == []


def test_a_file_that_is_not_there_is_named(office: Office) -> None:
    assert "tidak-ada.jpg: " in office.run(*POST, "--image", "tidak-ada.jpg", code=2).err


def test_without_words_for_the_blind_that_is_said_and_linted(office: Office) -> None:
    (office.folder / "apel.jpg").write_bytes(make_photo(80, 60))
    result = office.run(*POST, "--image", "apel.jpg", "--no-draft")
    assert "Teks pengganti (alt)" in result.err
    assert front_matter(office)["image"] == {"file": "apel.jpg", "alt": ""}
    assert "MET009" in office.run("lint", code=1).out


def test_words_without_a_photograph_are_refused(office: Office) -> None:
    assert "--image" in office.run(*POST, "--alt", "Pegawai", code=2).err


def test_what_stands_there_is_not_overwritten(office: Office) -> None:
    folder = office.folder / "articles/2022/apel-pagi"
    folder.mkdir(parents=True)
    (folder / "apel.jpg").write_bytes(b"lama")
    (office.folder / "apel.jpg").write_bytes(make_photo(80, 60))
    office.run(*POST, "--image", "apel.jpg", code=2)
    assert (folder / "apel.jpg").read_bytes() == b"lama"
    assert office.ids() == []


def test_on_a_terminal_the_words_are_asked_for(office: Office) -> None:
    (office.folder / "apel.jpg").write_bytes(make_photo(80, 60))
    answers = [("Tag", "\n"), ("Ringkasan", "\n"), ("Apa yang terlihat", "Pegawai berbaris\n")]
    session = run_on_terminal(office.folder, *POST, "--image", "apel.jpg", answers=answers)
    assert session.code == 0
    assert front_matter(office)["image"] == {"file": "apel.jpg", "alt": "Pegawai berbaris"}
