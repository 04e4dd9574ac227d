"""`kpucli rename`: the file moves, its photographs too, and the old address stays good."""

from __future__ import annotations

import pytest

from tests.conftest import Office


@pytest.fixture
def filled(office: Office) -> Office:
    office.add("2022/apel", '# catatan\naliases = ["/lama/"]')
    office.add("2022/rapat")
    (office.folder / "articles/2022/apel").mkdir()
    (office.folder / "articles/2022/apel/foto.jpg").write_bytes(b"\xff\xd8")
    return office


def test_an_article_moves_with_its_photographs(filled: Office) -> None:
    year = filled.folder / "articles/2022"
    before = (year / "apel.md").read_text()
    result = filled.run("rename", "apel", "apel-senin", code=0)
    assert result.out == "articles/2022/apel-senin.md\n"
    assert not (year / "apel.md").exists()
    assert not (year / "apel").exists()
    assert (year / "apel-senin/foto.jpg").read_bytes() == b"\xff\xd8"
    after = (year / "apel-senin.md").read_text()
    assert after == before.replace('["/lama/"]', '["/lama/", "/berita/2022/apel/"]')


def test_both_old_addresses_lead_to_the_new_one(filled: Office) -> None:
    filled.run("rename", "apel", "apel-senin", code=0)
    filled.run("publish", "--now", "2022-06-01T09:00:00+07:00", code=0)
    for path in ("lama", "berita/2022/apel"):
        page = (filled.folder / "public" / path / "index.html").read_text()
        assert "url=/berita/2022/apel-senin/" in page


def test_there_and_back_leaves_no_address_of_its_own_behind(filled: Office) -> None:
    filled.run("rename", "rapat", "pleno", code=0)
    filled.run("rename", "pleno", "rapat", code=0)
    text = (filled.folder / "articles/2022/rapat.md").read_text()
    assert 'aliases = ["/berita/2022/pleno/"]' in text
    assert "MET005" not in filled.run("lint", "--select", "MET", code=None).out


@pytest.mark.parametrize(
    ("slug", "code", "words"),
    [
        ("rapat", 1, "sudah dipakai"),
        ("apel", 1, "sudah dipakai"),
        ("Rapat Besar", 2, "bukan slug"),
        ("../luar", 2, "bukan slug"),
        ("", 2, "bukan slug"),
        ("con", 2, "nama perangkat"),
    ],
)
def test_what_cannot_be_is_refused(filled: Office, slug: str, code: int, words: str) -> None:
    before = sorted(filled.folder.rglob("*"))
    assert words in filled.run("rename", "apel", slug, code=code).err
    assert sorted(filled.folder.rglob("*")) == before


def test_a_dry_run_writes_nothing(filled: Office) -> None:
    result = filled.run("rename", "apel", "apel-senin", "--dry-run", code=0)
    assert "/berita/2022/apel/" in result.out
    assert (filled.folder / "articles/2022/apel.md").exists()
