"""What rules know of the other articles."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kpucli.archive import Archive
from kpucli.lint.engine import check, find_hits, read_manuscript
from kpucli.lint.facts import collect
from kpucli.lint.finding import Finding
from kpucli.lint.overview import Overview
from kpucli.lint.selection import all_rules, select_rules
from tests.conftest import Office
from tests.lint.examples import WIB, article

CHAIR = "Ketua KPU Kota Batu, "


@pytest.fixture
def archive(office: Office) -> Archive:
    return Archive(office.folder / "articles", WIB)


def write(office: Office, names: list[str]) -> list[Path]:
    """An article for each name, as that of the chair."""
    return [
        office.add(f"2022/a{index}", body=f"Pesan {CHAIR}{name}, ke-{index}.\n")
        for index, name in enumerate(names)
    ]


def of(code: str, archive: Archive, targets: list[Path] | None = None) -> list[Finding]:
    return list(check(archive, targets, rules=select_rules([code])))


def test_a_rare_twin_of_a_frequent_name_with_the_same_office_is_found(
    office: Office, archive: Archive
) -> None:
    paths = write(office, ["Heru Prasetyadi"] * 4 + ["Heru Prasetyady"])
    (finding,) = of("FAK006", archive, paths[4:])
    assert finding.suggestion == "Heru Prasetyadi"
    assert "4 artikel" in finding.message


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Siti Aminah"] * 4 + ["Sitti Aminah"] * 4, id="both often"),
        pytest.param(["Heru Prasetyadi"] * 2 + ["Heru Prasetyady"], id="not frequent enough"),
        pytest.param(["Ahmad Fauzi"] * 5 + ["Ahmad Fauzan"], id="two letters"),
        pytest.param(["Rapat Pleno"] * 5 + ["Rapat Plena"], id="no name"),
    ],
)
def test_two_people_stay_two(names: list[str], office: Office, archive: Archive) -> None:
    write(office, names)
    assert of("FAK006", archive) == []


def test_twins_of_other_offices_are_two_people(office: Office, archive: Archive) -> None:
    write(office, ["Budi Santoso"] * 5)
    office.add("2022/b", body="Hadir pemain musik Budi Santosa dari desa.\n")
    assert of("FAK006", archive) == []


def test_a_regulation_has_one_year_in_all_articles(office: Office, archive: Archive) -> None:
    cited = "Perpres Nomor 81 Tahun {} tentang Grand Design itu berlaku.\n"
    for index, year in enumerate((2010, 2010, 2012)):
        office.add(f"2022/a{index}", body=cited.format(year))
    (finding,) = of("FAK008", archive)
    assert finding.path.stem == "a2"
    assert "2010" in finding.message
    office.add("2022/b", body="Perpres Nomor 81 Tahun 2011 tentang Hal Lain berlaku.\n")
    assert len(of("FAK008", archive)) == 1


def test_aliases_are_pages_and_so_are_tags(office: Office, archive: Archive) -> None:
    office.add("2022/a", 'tags = ["sop"]', 'aliases = ["/lama/a.html"]')
    body = "[a](/lama/a.html) [b](/berita/2022/a/) [c](/tag/sop/) [d](a.md) [e](/tag/SOP/)\n"
    office.add("2022/b", body=body)
    assert of("MET017", archive) == []
    office.add("2022/c", body="[a](/berita/2021/a/) dan [b](../2021/a.md)\n")
    assert len(of("MET017", archive)) == 2


def test_titles_that_come_back_after_months_are_only_information(
    office: Office, archive: Archive
) -> None:
    for name, day in (("a", "2022-04-20"), ("b", "2022-05-02"), ("c", "2023-01-09")):
        office.write(f"{day[:4]}/{name}", f'+++\ntitle = "Apel Pagi"\ndate = {day}\n+++\n{name}.\n')
    weights = {item.path.stem: item.severity.value for item in of("MET019", archive)}
    assert weights == {"a": "warning", "b": "warning", "c": "info"}


def test_facts_are_the_same_whenever_they_are_collected() -> None:
    text = "Ketua KPU Kota Batu, Heru Prasetyadi, membuka UU Nomor 7 Tahun 2017 tentang Pemilu."
    facts = collect(article(text))
    assert facts == collect(article(text))
    assert facts.names == (("Heru Prasetyadi", "ketua kpu kota batu"),)
    assert facts.citations == (("Undang-Undang", "7", 2017, ("pemilu",)),)


HOSTILE = {
    "stops": ".",
    "names": "Budi Santoso ",
    "numbers": "3 (tiga) ",
    "lists": "tiga hal, yakni a dan b. ",
    "markers": "1. a ",
    "regulations": "UU Nomor 7 Tahun 2017 tentang ",
    "days": "kemarin 20 April 2022 ",
    "people": "oleh kedua mahasiswa empat mahasiswa ",
    "acronyms": "(ABC) abc ",
    "letters": "a",
    "blanks": " ",
}


@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, piece in HOSTILE.items()])
def test_no_text_takes_long(piece: str) -> None:
    text = article(piece * (60_000 // len(piece)))
    archive = Archive(Path("no-such-archive"), WIB)
    started = time.process_time()
    collect(text)
    rules = [rule for rule in all_rules() if rule.group in ("FAK", "BRT", "TGL")]
    find_hits(read_manuscript(text, archive), rules, Overview(archive))
    assert time.process_time() - started < 8  # what grows with the square takes minutes
