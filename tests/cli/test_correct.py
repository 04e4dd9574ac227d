"""`kpucli correct` and `kpucli withdraw`, and what the site shows of them."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import Office

NOW = "2022-06-01T09:00:00+07:00"
CORRECTION = "Jumlah peserta 38 orang, bukan 83 orang."
REASON = "Berita ini memuat data pribadi peserta."


@pytest.fixture
def filled(office: Office) -> Office:
    office.add("2022/apel", 'tags = ["apel"]')
    office.add("2022/rapat", 'aliases = ["/lama/rapat/", "/berita/rapat", "/lama/a%20b/"]')
    office.add("2022/draf", "draft = true")
    return office


def page(office: Office, path: str) -> str:
    return (office.folder / "public" / path).read_text("utf-8")


def publish(office: Office) -> None:
    # The correction carries the moment at which it was made.
    office.run("publish", "--now", "2099-01-01T00:00:00+07:00", code=0)


def test_a_correction_is_added_and_shown_with_its_day(filled: Office) -> None:
    path = filled.folder / "articles/2022/apel.md"
    before = path.read_text()
    filled.run("correct", "apel", CORRECTION, code=0)
    (line,) = set(path.read_text().splitlines()) - set(before.splitlines())
    assert re.fullmatch(
        r"corrections = \[\{ date = 20\d\d-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d,"
        r' text = "Jumlah .*" \}\]',
        line,
    )
    filled.run("correct", "apel", "Tempatnya aula.", code=0)
    publish(filled)
    shown = page(filled, "berita/2022/apel/index.html")
    assert CORRECTION in shown
    assert "Tempatnya aula." in shown
    feed = json.loads(page(filled, "umpan.json"))
    assert any(CORRECTION in item["content_html"] for item in feed["items"])


def test_withdrawn_news_leaves_a_page_and_nothing_else(filled: Office) -> None:
    filled.run("withdraw", "2022/apel", "--reason", REASON, code=0)
    publish(filled)
    shown = page(filled, "berita/2022/apel/index.html")
    assert f"Alasan: {REASON}" in shown
    assert 'content="noindex,follow"' in shown
    for listing in ("index.html", "umpan.atom", "umpan.json", "peta-situs.xml", "tag/index.html"):
        assert "2022/apel" not in page(filled, listing)
    assert not (filled.folder / "public/tag/apel").exists()


def test_old_addresses_lead_to_the_article(filled: Office) -> None:
    publish(filled)
    for path in ("lama/rapat/index.html", "berita/rapat/index.html"):
        shown = page(filled, path)
        assert 'content="0; url=/berita/2022/rapat/"' in shown
        assert 'rel="canonical" href="https://' in shown
        assert 'href="/berita/2022/rapat/"' in shown
    assert "/lama/rapat/" not in page(filled, "peta-situs.xml")


@pytest.mark.parametrize("alias", ["/tag/", "/arsip/2022/", "/berita/2022/apel/", "/umpan.atom"])
def test_an_old_address_never_takes_another_pages_place(filled: Office, alias: str) -> None:
    filled.add("2022/licik", f'aliases = ["{alias}"]')
    assert alias in filled.run("publish", "--now", NOW, code=1).err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("correct", "draf", CORRECTION), "belum terbit"),
        (("withdraw", "draf", "--reason", REASON), "belum terbit"),
        (("correct", "apel", " \u200b "), "kosong"),
        (("withdraw", "apel", "--reason", ""), "kosong"),
    ],
)
def test_what_makes_no_sense_is_refused(
    filled: Office, arguments: tuple[str, ...], words: str
) -> None:
    before = [path.read_bytes() for path in sorted(filled.folder.rglob("*.md"))]
    assert words in filled.run(*arguments, code=1).err
    assert before == [path.read_bytes() for path in sorted(filled.folder.rglob("*.md"))]


def test_news_is_withdrawn_once(filled: Office) -> None:
    filled.run("withdraw", "apel", "--reason", REASON, code=0)
    assert "sudah ditarik" in filled.run("withdraw", "apel", "--reason", REASON, code=1).err
    assert "sudah ditarik" in filled.run("correct", "apel", CORRECTION, code=1).err


def test_a_dry_run_shows_the_change_and_writes_nothing(filled: Office) -> None:
    path = filled.folder / "articles/2022/apel.md"
    before = path.read_bytes()
    assert CORRECTION in filled.run("correct", "apel", CORRECTION, "--dry-run", code=0).out
    assert REASON in filled.run("withdraw", "apel", "--reason", REASON, "--dry-run", code=0).out
    assert path.read_bytes() == before


def test_an_unknown_article_is_a_wrong_use(filled: Office) -> None:
    assert "tidakada" in filled.run("correct", "tidakada", CORRECTION, code=2).err
