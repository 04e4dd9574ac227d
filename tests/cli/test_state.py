"""`kpucli` alone: the state of an office, and what comes next."""

from __future__ import annotations

import os
import re
import time
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.article import Status
from kpucli.census import Census
from kpucli.dates import ZONES, say_day
from kpucli.state import OfficeState, Sent, Site, describe_state, suggest_commands
from kpucli.upload.journal import open_journal, recall_upload
from tests.cli.test_robustness import THROUGH, needs_permissions
from tests.conftest import CONFIG, Office
from tests.properties import relaxed

MOMENT = datetime(2022, 4, 20, 15, tzinfo=ZONES["WIB"])


def look(office: Office) -> tuple[dict[str, str], list[str]]:
    """What stands beside each label, lines below it joined, and the commands that come next."""
    result = office.run()
    assert result.err == ""
    head, _blank, rest = result.out.partition("\n\n")
    name, *lines = head.splitlines()
    assert name == "KPU Kota Contoh"
    told: dict[str, str] = {}
    label = ""
    for line in lines:
        start, words = re.fullmatch(r"(\S*)  +(.+)", line).groups()  # type: ignore[union-attr]
        label = start or label
        told[label] = f"{told[label]} | {words}" if label in told else words
    title, *commands = rest.splitlines()
    assert title == "Langkah berikutnya:"
    assert all(command.startswith("  kpucli ") for command in commands)
    return told, [command.strip().partition("  ")[0] for command in commands]


@pytest.fixture
def filled(office: Office) -> Office:
    """One article of each status and a file that is none, a target, and settled times."""
    target = f'[upload.utama]\nurl = "file://{office.folder}/www"\n'
    (office.folder / "kpucli.toml").write_text(CONFIG + target)
    (office.folder / "www").mkdir()
    office.add("2022/terbit")
    office.add("2022/draf", "draft = true")
    office.add("2022/tarik", 'withdrawn = { date = 2022-04-21, reason = "Data pribadi." }')
    office.add("2190/nanti")
    settle(office)
    return office


def settle(office: Office) -> None:
    """Make the articles older than a tick of the disk's clock: the index then trusts them."""
    for path in office.folder.glob("articles/*/*.md"):
        os.utime(path, (time.time() - 60,) * 2)


def test_an_office_from_the_first_look_to_an_upload(filled: Office) -> None:
    told, commands = look(filled)
    assert told == {
        "Berita": "1 terbit, 1 draf, 1 terjadwal, 1 ditarik",
        "Terjadwal": "Selasa, 20 April 2190, 00.00 WIB: 2190/nanti",
        "Draf": "2022/draf",
        "Temuan": "belum diketahui; periksa dengan `kpucli lint`",
        "Situs": "belum pernah diterbitkan di sini",
        "Dilihat": "belum dicatat",
        "Unggahan": "utama: belum pernah dari komputer ini",
    }
    assert commands == [
        "kpucli publish", "kpucli list --status draf", 'kpucli new "Judul berita"',
    ]  # fmt: skip
    filled.run("publish")
    told, commands = look(filled)
    assert told["Temuan"] == "tidak ada galat pada pemeriksaan terakhir sebelum terbit"
    files = sum(1 for path in (filled.folder / "public").rglob("*") if path.is_file()) - 1
    today = say_day(datetime.now(ZONES["WIB"]))
    assert told["Situs"].startswith(f"terbit {today}, ")
    assert f"; {files} berkas, generasi " in told["Situs"]
    marker = (filled.folder / "public/.kpucli-situs").read_text().splitlines()[1]
    assert told["Situs"].split("generasi ")[1].split(" ")[0] == marker[:12]
    assert told["Situs"].endswith("| semua berita di situs sesuai dengan arsip")
    assert commands[0] == "kpucli upload utama"
    filled.run("upload")
    told, commands = look(filled)
    assert told["Unggahan"].startswith(f"utama: selesai {today}, ")
    assert "kpucli upload utama" not in commands
    assert "kpucli publish" not in commands


def test_what_changed_since_the_last_publish(filled: Office) -> None:
    filled.add("2022/kedua")
    filled.add("2022/ketiga")
    settle(filled)
    filled.run("publish")
    assert look(filled)[0]["Situs"].endswith("| semua berita di situs sesuai dengan arsip")
    filled.add("2022/baru")
    filled.add("2022/terbit", body="Isi yang lain.\n")
    filled.add("2022/draf", "draft = true", "Draf tidak dihitung.\n")
    (filled.folder / "articles/2022/kedua.md").unlink()
    filled.add("2022/ketiga", "draft = true")
    told, commands = look(filled)
    assert told["Situs"].endswith("| sejak itu: 1 berita baru, 1 berubah, 2 tidak lagi terbit")
    assert commands[0] == "kpucli publish"
    filled.run("publish")
    assert look(filled)[0]["Situs"].endswith("| semua berita di situs sesuai dengan arsip")
    # Another site than the index knows of: nothing is claimed.
    filled.run("publish", "--rollback")
    told, commands = look(filled)
    assert told["Situs"].endswith("| tidak diketahui apakah sesuai dengan arsip sekarang")
    assert commands[0] == "kpucli publish"


def test_errors_that_held_up_a_publish_are_known(filled: Office) -> None:
    filled.add("2022/salah", body="Rapat dibuka Senin (20/4/2022) di aula.\n")
    filled.write("2022/rusak", "bukan artikel")
    settle(filled)
    filled.run("publish", code=1)
    told, commands = look(filled)
    assert told["Berita"] == (
        "2 terbit, 1 draf, 1 terjadwal, 1 ditarik | 1 berkas tidak terbaca atau salah tempat"
    )
    assert told["Temuan"] == (
        "1 berita bergalat pada pemeriksaan terakhir sebelum terbit: 2022/salah"
    )
    assert commands[0] == "kpucli lint"
    for name in ("salah", "rusak"):
        (filled.folder / f"articles/2022/{name}.md").unlink()
    told, commands = look(filled)
    assert told["Temuan"] == "tidak ada galat pada pemeriksaan terakhir sebelum terbit"
    assert "kpucli lint" not in commands


def test_no_unchanged_article_is_read(filled: Office) -> None:
    before = look(filled)
    # The same size, time and inode: only who reads it would notice.
    for path in filled.folder.glob("articles/*/*.md"):
        status = path.stat()
        with path.open("r+b") as file:
            file.write(b"-" * status.st_size)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert look(filled) == before


def test_the_last_day_of_views(filled: Office) -> None:
    counts = (
        "path,date,views\n/berita/2022/terbit/,2022-04-21,5\n/berita/2022/terbit/,2022-04-22,0\n"
    )
    filled.run("views", "import", "-", stdin=counts)
    assert look(filled)[0]["Dilihat"] == "sampai Kamis, 21 April 2022"
    (filled.folder / ".kpucli/views.sqlite3").write_text("rusak " * 100)
    result = filled.run()
    assert "Angka dilihat tidak dapat dibaca" in result.err
    assert "Dilihat    belum dicatat" in result.out
    assert "1 terbit" in result.out


def test_what_was_cut_off(filled: Office) -> None:
    filled.run("publish")
    folder, url = filled.folder / ".kpucli/unggah", f"file://{filled.folder}/www"
    folder.mkdir()
    assert recall_upload(folder, "utama", url) is None
    with open_journal(folder, "utama", url) as journal:
        journal.begin("0123456789abcdef")
    assert recall_upload(folder, "utama", "file:///lain") is None
    told, commands = look(filled)
    assert told["Unggahan"].startswith("utama: terputus ")
    assert commands[0] == "kpucli upload utama"
    marker = filled.folder / "public/.kpucli-situs"
    marker.write_text(marker.read_text().splitlines()[0] + "\n")
    told, commands = look(filled)
    assert told["Situs"] == "penerbitan terputus; ulangi `kpucli publish`"
    assert commands[0] == "kpucli publish"


@needs_permissions
def test_without_an_index_the_articles_are_read(filled: Office) -> None:
    expected = filled.run().out
    for path in (filled.folder / ".kpucli").iterdir():
        path.unlink()
    (filled.folder / ".kpucli").rmdir()
    filled.folder.chmod(0o555)
    try:
        assert filled.run(through=THROUGH).out == expected
    finally:
        filled.folder.chmod(0o755)
    assert not (filled.folder / ".kpucli").exists()


def test_outside_an_office_it_says_what_kpucli_is(empty_folder: Office) -> None:
    result = empty_folder.run()
    assert result.out.startswith("kpucli adalah ruang redaksi kantor KPU")
    assert "  kpucli init kpu-kota-batu" in result.out
    assert result.err == ""
    assert list(empty_folder.folder.iterdir()) == []


def test_articles_without_a_configuration(empty_folder: Office) -> None:
    empty_folder.add("2022/apel")
    result = empty_folder.run()
    assert "1 terbit, 0 draf" in result.out
    assert "Langkah berikutnya:\n  kpucli init" in result.out


def test_a_new_office_begins_to_write(office: Office) -> None:
    told, commands = look(office)
    assert told["Berita"] == "0 terbit, 0 draf, 0 terjadwal, 0 ditarik"
    assert commands[:2] == ['kpucli new "Judul berita"', "kpucli import --help"]
    (office.folder / "articles").rmdir()
    assert look(office) == (told, commands)


def test_a_broken_configuration_is_an_error(office: Office) -> None:
    (office.folder / "kpucli.toml").write_text("page_size = 0\n")
    assert "`page_size` harus bilangan" in office.run(code=2).err


def test_names_cannot_command_the_terminal(office: Office) -> None:
    (office.folder / "kpucli.toml").write_text('name = "KPU \\u001b[31m"\n')
    assert "\x1b" not in office.run().out


counts = st.dictionaries(st.sampled_from(Status), st.integers(0, 10**6))
moments = st.integers(0, 10**4).map(lambda hours: MOMENT + timedelta(hours=hours))
names = st.lists(st.sampled_from(["2021/a", "2022/a", "2022/b"]), max_size=3, unique=True)
states = st.builds(
    OfficeState,
    name=st.just("KPU"),
    has_config=st.booleans(),
    census=st.builds(
        Census,
        counts,
        st.integers(0, 9),
        st.lists(st.tuples(st.just("2022/a"), moments), max_size=3).map(tuple),
        names.map(tuple),
    ),
    unsound=st.none() | names,
    site=st.none()
    | st.builds(Site, moments, st.none(), st.none(), st.none())
    | st.builds(
        Site,
        moments,
        st.just("ab"),
        st.integers(0, 9),
        st.none() | st.tuples(*[st.integers(0, 2)] * 3),
    ),
    viewed=st.none() | st.dates(),
    sent=st.lists(
        st.builds(Sent, st.just("utama"), st.none() | moments, st.booleans()), max_size=2
    ),
)


@given(states)
@relaxed
def test_three_commands_come_next_and_all_is_said_in_one_line_each(state: OfficeState) -> None:
    commands = suggest_commands(state)
    assert len(commands) == len({command for command, _reason in commands}) == 3
    assert ("kpucli init" in dict(commands)) == (not state.has_config)
    if state.census.broken or state.unsound:
        assert "kpucli lint" in dict(commands)
    for label, words in describe_state(state):
        assert words
        assert "\n" not in label + words
