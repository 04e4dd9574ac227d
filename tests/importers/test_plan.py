"""What an import adds to an archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from kpucli.archive import Archive
from kpucli.change import write_changes
from kpucli.importers.item import ImportedItem
from kpucli.importers.plan import ImportPlan

WIB = timezone(timedelta(hours=7))
ITEM = ImportedItem(
    key="berita:1",
    title="Apel Pagi",
    original_title="APEL PAGI",
    date=datetime(2023, 3, 27, tzinfo=WIB),
    doubt=None,
    views=7,
    body="Teks.",
)


def _plan(archive: Archive, *items: ImportedItem) -> tuple[list[str], list[str], list[str]]:
    plan = ImportPlan(archive)
    changes = [change for group in plan.changes(items) for change in group]
    write_changes(changes)
    paths = [change.path.relative_to(archive.root).as_posix() for change in changes]
    notes = [note.note for note in plan.outcome.notes]
    return paths, notes, [str(error) for error in plan.failures]


def test_an_item_becomes_exactly_this_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "articles", WIB)
    assert _plan(archive, replace(ITEM, doubt="Ragu.")) == (["2023/apel-pagi.md"], ["Ragu."], [])
    assert (archive.root / "2023" / "apel-pagi.md").read_text() == (
        '+++\ntitle = "Apel Pagi"\noriginal_title = "APEL PAGI"\n'
        'date = 2023-03-27T00:00:00+07:00\ndate_uncertain = "Ragu."\ndraft = true\nviews = 7\n'
        'imported = "berita:1"\n+++\n\nTeks.\n'
    )


def test_taken_names_get_a_number_that_fits(tmp_path: Path) -> None:
    archive = Archive(tmp_path, WIB)
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "apel-pagi.md").symlink_to("tidak-ada")
    long = replace(ITEM, title="Kata " * 30)
    items = [ITEM, replace(ITEM, key="2"), replace(long, key="3"), replace(long, key="4")]
    paths, _notes, _failures = _plan(archive, *items)
    assert paths[:2] == ["2023/apel-pagi-2.md", "2023/apel-pagi-3.md"]
    assert paths[3].endswith("-2.md")
    assert all(len(Path(path).stem) <= 80 for path in paths)


def test_a_title_without_letters_gets_a_name_all_the_same(tmp_path: Path) -> None:
    assert _plan(Archive(tmp_path, WIB), replace(ITEM, title="😀"))[0] == ["2023/berita.md"]


def test_articles_that_cannot_be_read_are_known_all_the_same(tmp_path: Path) -> None:
    archive = Archive(tmp_path, WIB)
    broken = "+++\ntitle = kosong\nimported = 'berita:1'\n+++\n"
    for place in ("2023/rusak.md", "lama/apel.md", "2022/Nama Salah.md"):
        path = tmp_path / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(broken)
        paths, _notes, failures = _plan(archive, ITEM)
        assert paths == []
        assert failures[0].startswith(str(path))
        path.unlink()
    assert _plan(archive, ITEM)[0] == ["2023/apel-pagi.md"]


def test_what_could_not_be_read_again_is_told_and_left_out(tmp_path: Path) -> None:
    large = replace(ITEM, key="2", body="x" * 1_100_000)
    endless = replace(ITEM, key="3", title="x" * 70_000)
    paths, notes, _failures = _plan(Archive(tmp_path, WIB), large, endless, ITEM)
    assert paths == ["2023/apel-pagi.md"]
    assert notes[0] == "Lebih dari 1 MiB; tidak dimasukkan."
    assert "64 KiB" in notes[1]
