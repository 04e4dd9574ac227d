"""Access logs through the real command: what counts, once, whatever happens."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import resource
import sqlite3
import subprocess
import sys
import time
import tracemalloc
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kpucli.views.reading import read_blocks
from kpucli.views.store import write_store
from tests.conftest import Office, make_environment
from tests.interrupting import interrupt
from tests.views.logs import CHROME, FIRST, WIB, article_names, make_labelled, write_line

ARTICLES = article_names(70)
OPENING = b"10.0.0.1 - - [18/Apr/2022:10:00:00 +0700] "
KNOWN = f'"GET /berita/{ARTICLES[0]}/ '.encode()
KILLS = 40
Views = dict[tuple[str, str], int]


@pytest.fixture
def newsroom(office: Office) -> Office:
    """Seventy articles from before the labelled week."""
    for name in ARTICLES:
        office.add(name, "date = 2022-04-01T08:00:00+07:00")
    return office


def read_views(office: Office) -> Views:
    """Views by day and article, as `views export` gives them."""
    rows = json.loads(office.run("views", "export", "--format", "json").out)
    return {
        (row["date"], row["path"].strip("/").removeprefix("berita/")): row["views"] for row in rows
    }


def record(office: Office, *logs: str, stdin: str | bytes = b"", code: int = 0) -> Counter[str]:
    result = office.run("views", "record", "--format", "json", *logs, stdin=stdin, code=code)
    tally = Counter(json.loads(result.out))
    assert tally["lines"] == tally["counted"] + tally["bots"] + tally["skipped"]
    return tally


def write_log(office: Office, *lines: str, name: str = "access.log") -> str:
    (office.folder / name).write_text("".join(lines))
    return name


def test_a_labelled_log_is_counted_exactly(newsroom: Office) -> None:
    log = make_labelled(ARTICLES)
    assert len(log.lines) >= 2000
    tally = record(newsroom, write_log(newsroom, log.text()))
    assert read_views(newsroom) == dict(log.views)
    assert tally["lines"] == log.text().count("\n")
    assert tally["counted"] == log.views.total()
    assert tally["bots"] == log.bots


def test_whatever_form_a_log_comes_back_in_nothing_counts_twice(newsroom: Office) -> None:
    log = make_labelled(ARTICLES)
    text = log.text()
    lines = text.splitlines(keepends=True)
    third = len(lines) // 3
    folder = newsroom.folder
    record(newsroom, write_log(newsroom, *lines[: 2 * third]))  # and then it grows
    record(newsroom, write_log(newsroom, text))
    (folder / "access.log").rename(folder / "access.log.1")
    (folder / "a.gz").write_bytes(gzip.compress(text.encode()))
    (folder / "a.bz2").write_bytes(bz2.compress(text.encode()))
    (folder / "a.xz").write_bytes(lzma.compress(text.encode()))
    subprocess.run(["zstd", "-q", "access.log.1", "-o", "a.zst"], cwd=folder, check=True)
    write_log(newsroom, *lines[third:], name="tail.log")
    for logs in (["access.log.1"], ["a.gz", "tail.log"], ["a.zst"], ["a.bz2", "a.xz"], ["-"]):
        assert record(newsroom, *logs, stdin=text)["counted"] == 0
    assert read_views(newsroom) == dict(log.views)


def test_logs_in_any_order_and_cut_anywhere_give_the_same(newsroom: Office) -> None:
    log = make_labelled(ARTICLES)
    lines = log.text().splitlines(keepends=True)
    dice = random.Random(5)
    cuts = [0, *sorted(dice.sample(range(len(lines)), 4)), len(lines)]
    names = [
        write_log(newsroom, *lines[start : end + 100], name=f"access.log.{number}")
        for number, (start, end) in enumerate(pairwise(cuts))
    ]
    dice.shuffle(names)
    for name in names:
        record(newsroom, name)
    assert read_views(newsroom) == dict(log.views)


def test_killed_at_any_moment_it_goes_on(newsroom: Office) -> None:
    log = make_labelled(ARTICLES)
    write_log(newsroom, log.text())
    seen = Counter(interrupt(newsroom.folder, "record", KILLS, "record", "access.log"))
    assert seen["killed"] > KILLS // 2
    assert seen["right"] == KILLS // 4
    assert seen["failed"] == seen["wrong"] == 0
    assert read_views(newsroom) == dict(log.views)


def read_store(office: Office, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(office.folder / ".kpucli" / "views.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def age_store(office: Office, hours: int) -> None:
    """Let the days have been opened so long ago."""
    connection = sqlite3.connect(office.folder / ".kpucli" / "views.sqlite3")
    with connection:
        connection.execute("UPDATE days SET opened = opened - ?", (hours * 3600,))
    connection.close()


def test_after_two_days_key_and_visitors_are_gone_and_late_lines_left_out(newsroom: Office) -> None:
    log = make_labelled(ARTICLES)
    record(newsroom, write_log(newsroom, log.text()))
    keys = [row[0] for row in read_store(newsroom, "SELECT key FROM days")]
    assert len(keys) == 7
    assert None not in keys
    age_store(newsroom, 47)
    record(newsroom, "access.log")
    assert read_store(newsroom, "SELECT count(*) FROM visits") != [(0,)]
    age_store(newsroom, 2)
    record(newsroom, "access.log")
    assert read_store(newsroom, "SELECT count(*) FROM visits") == [(0,)]
    assert read_store(newsroom, "SELECT count(*) FROM days WHERE key IS NOT NULL") == [(0,)]
    content = (newsroom.folder / ".kpucli" / "views.sqlite3").read_bytes()
    assert not any(key in content for key in keys if isinstance(key, bytes))
    late = write_line(FIRST, f"/berita/{ARTICLES[0]}/", address="203.0.113.9")
    result = newsroom.run("views", "record", "-", stdin=late)
    assert "1 permintaan dari hari yang sudah ditutup dilewati (2022-04-18" in result.err
    assert read_views(newsroom) == dict(log.views)


@pytest.mark.parametrize(
    ("opened", "now", "is_closed"),
    [
        ("2022-04-18T00:05:00", "2022-04-20T12:00:00", False),
        ("2022-04-18T00:05:00", "2022-04-21T00:00:00", False),
        ("2022-04-18T00:05:00", "2022-04-21T00:00:01", True),
        ("2022-04-20T12:00:00", "2022-04-22T12:00:00", False),
        ("2022-04-20T12:00:00", "2022-04-22T12:00:01", True),
    ],
)
def test_a_day_closes_two_days_after_its_end_and_its_first_reading(
    tmp_path: Path, opened: str, now: str, is_closed: bool
) -> None:
    moments = [datetime.fromisoformat(text).replace(tzinfo=WIB) for text in (opened, now)]
    with write_store(tmp_path) as store:
        key = store.open_day("2022-04-18", moments[0])
        store.close_days(moments[1])
        assert store.open_day("2022-04-18", moments[1]) == (None if is_closed else key)


def test_no_address_and_no_agent_is_ever_stored(newsroom: Office) -> None:
    record(newsroom, write_log(newsroom, make_labelled(ARTICLES).text()))
    content = b"".join(
        path.read_bytes() for path in (newsroom.folder / ".kpucli").iterdir() if path.is_file()
    )
    for trace in (b"103.10.", b"114.1.1.1", b"2001:db8", b"Mozilla", b"Chrome"):
        assert trace not in content


CADDY = (
    '{"level":"info","ts":%s,"logger":"http.log.access","msg":"handled request","request":'
    '{"remote_ip":"%s","remote_port":"41342","client_ip":"%s","proto":"HTTP/2.0","method":"GET",'
    '"host":"kpu.contoh.go.id","uri":"%s","headers":{"User-Agent":["%s"]}},"status":%d}\n'
)
NGINX = (
    '{"time":"%s","remote_addr":"%s","request":"GET %s HTTP/1.1","status":"%d",'
    '"http_user_agent":"%s"}\n'
)
SPLIT = (
    '{"msec": "%s", "remote_addr": "%s", "request_method": "GET", "request_uri": "%s",'
    ' "status": %d, "http_user_agent": "%s"}\n'
)
AGENT = CHROME.format(100)
UNIX = "1650510000.25"  # 21 April 2022, 10.00 WIB


@pytest.mark.parametrize(
    ("line", "count"),
    [
        (write_line(FIRST, "/berita/2022/apel/"), 1),
        (write_line(FIRST, "/berita/2022/apel"), 1),
        (write_line(FIRST, "/berita/2022/apel/index.html?x=1"), 1),
        (write_line(FIRST, "/berita/2022/%61pel/"), 1),
        (write_line(FIRST, "/kabar/lama.html"), 1),
        (write_line(FIRST, "/kabar/b%c3%a9da"), 1),
        (write_line(FIRST, "/berita/2022/apel/").replace("\n", ' "10.1.1.1" 0.001\n'), 1),
        ("kpu.contoh.go.id:443 " + write_line(FIRST, "/berita/2022/apel/"), 1),
        (write_line(FIRST, "/berita/2022/apel/").replace("- -", "- admin [1/Jan] x"), 1),
        (write_line(FIRST, "/berita/2022/apel/").partition(' "-" "')[0] + "\n", 1),
        (write_line(FIRST, "/berita/2022/apel/").replace("\n", "\r\n"), 1),
        (CADDY % (UNIX, "1.1.1.1", "1.1.1.1", "/berita/2022/apel/", AGENT, 200), 1),
        (CADDY % (UNIX, "1.1.1.1", "1.1.1.1", "/berita/2022/apel/", "curl/8", 200), 0),
        (NGINX % ("2022-04-21T10:00:00+07:00", "1.1.1.1", "/berita/2022/apel/", 304, AGENT), 1),
        (NGINX % ("21/Apr/2022:10:00:00 +0700", "1.1.1.1", "/berita/2022/apel/", 200, AGENT), 1),
        (NGINX % ("2022-04-21T10:00:00+07:00", "1.1.1.1", "/berita/2022/apel/", 404, AGENT), 0),
        (SPLIT % (UNIX, "1.1.1.1", "/berita/2022/apel/?a=b", 200, AGENT), 1),
        ('{"request":' + "[" * 50_000 + '"/berita/2022/apel/"\n', 0),
        ('{"status":' + "9" * 5000 + ',"uri":"/berita/2022/apel/"}\n', 0),
        (write_line(FIRST, "/berita/2022/apel/", status=206), 0),
        (write_line(FIRST, "/berita/2022/apel/foto.jpg"), 0),
        (write_line(FIRST.replace(year=2021), "/berita/2022/apel/"), 0),
        (write_line(FIRST.replace(year=2099), "/berita/2022/apel/"), 0),
        (write_line(FIRST.replace(year=1970), "/berita/2022/apel/"), 0),
        (write_line(FIRST, "/berita/2022/apel/").replace("18/Apr", "31/Feb"), 0),
        (write_line(FIRST, "/berita/2022/apel/")[:-1], 0),
    ],
)  # fmt: skip
def test_formats_and_addresses(office: Office, line: str, count: int) -> None:
    aliases = 'aliases = ["/kabar/lama.html", "/kabar/b%C3%A9da/"]'
    office.add("2022/apel", f"date = 2022-04-01T08:00:00+07:00\n{aliases}")
    assert record(office, "-", stdin=line)["counted"] == count


@pytest.mark.parametrize(
    "line",
    [
        NGINX % ("2022-04-21T10:00:00+07:00", "10.0.0.1", "/berita/2022/apel/", 200, AGENT),
        write_line(FIRST, "/berita/2022/apel/").partition(' "-" "')[0] + "\n",
    ],
    ids=["JSON", "common"],
)
def test_lines_of_every_form_are_read_wherever_they_stand(office: Office, line: str) -> None:
    office.add("2022/apel", "date = 2022-04-01T08:00:00+07:00")
    addresses = [f"10.0.{number // 250}.{number % 250}" for number in range(1500)]
    log = "".join(line.replace("10.0.0.1", address) for address in addresses)
    assert record(office, "-", stdin=log)["counted"] == 1500


def test_the_day_is_the_offices(office: Office) -> None:
    office.add("2022/apel", "date = 2022-04-01T08:00:00+07:00")
    line = write_line(FIRST, "/berita/2022/apel/").replace(
        "18/Apr/2022:00:00:00 +0700", "17/Apr/2022:17:30:00 +0000"
    )
    record(office, "-", stdin=line)
    assert read_views(office) == {("2022-04-18", "2022/apel"): 1}


def test_a_site_below_a_path_counts_only_its_own(office: Office) -> None:
    office.add("2022/apel", "date = 2022-04-01T08:00:00+07:00")
    config = office.folder / "kpucli.toml"
    config.write_text(config.read_text().replace("go.id", "go.id/malang"))
    assert record(office, "-", stdin=write_line(FIRST, "/berita/2022/apel/"))["counted"] == 0
    assert record(office, "-", stdin=write_line(FIRST, "/malang/berita/2022/apel/"))["counted"] == 1


def test_what_cannot_be_or_comes_from_a_proxy_is_told(office: Office) -> None:
    withdrawn = 'withdrawn = { date = 2022-04-19T08:00:00+07:00, reason = "Keliru." }'
    office.add("2022/apel", f"date = 2022-04-18T08:00:00+07:00\n{withdrawn}")
    lines = [
        write_line(FIRST + timedelta(days), "/berita/2022/apel/", address=f"10.0.0.{days}")
        for days in range(-1, 3)
    ]
    err = office.run("views", "record", "-", stdin="".join(lines)).err
    assert "4 baris: 2 dilihat, 0 bot, 2 dilewati." in err
    assert "2 permintaan bertanggal sebelum beritanya atau sesudah hari ini dilewati." in err
    assert "sangat banyak peramban" not in err
    storm = [
        write_line(FIRST, "/berita/2022/apel/", address="10.1.1.1", agent=CHROME.format(number))
        for number in range(60)
    ]
    err = office.run("views", "record", "-", stdin="".join(storm)).err
    assert "60 baris: 0 dilihat, 60 bot, 0 dilewati." in err
    assert "sebelum beritanya" not in err
    assert "Satu alamat memakai sangat banyak peramban" in err
    assert "sangat banyak" not in office.run("views", "record", "-", stdin="".join(storm)).err


def time_record(office: Office, log: str) -> float:
    """CPU seconds of the processes that record a log, read by nobody before."""
    (office.folder / ".kpucli" / "views.sqlite3").unlink(missing_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "\x1b" not in office.run("views", "record", log).err
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize(
    ("line", "times"),
    [
        pytest.param(KNOWN * 30_000, 20, id="requests without an end"),
        pytest.param(OPENING + KNOWN * 30_000, 20, id="requests in one line"),
        pytest.param(
            OPENING + KNOWN + b'HTTP/1.1" 200 1 "-" "' + b'\\" ' * 300_000, 20, id="quotes"
        ),
        pytest.param(b"{" + KNOWN * 30_000, 20, id="in JSON"),
        pytest.param(b'{"request":' + b"[" * 60_000 + KNOWN, 100, id="nested JSON"),
        pytest.param(b"10.0.0.1" + b" [" * 500_000 + KNOWN, 20, id="brackets"),
        pytest.param(random.Random(3).randbytes(1_000_000), 20, id="binary"),
        pytest.param(b"\n" * 1_000_000, 20, id="empty lines"),
        pytest.param(b"\x1b]0;x\x07", 1, id="escape sequence"),
    ],
)
def test_hostile_bytes_neither_stop_nor_slow_it(newsroom: Office, line: bytes, times: int) -> None:
    write_log(newsroom, "", name="empty.log")
    (newsroom.folder / "hostile.log").write_bytes((line + b"\n") * times)
    time_record(newsroom, "empty.log")  # makes the index
    assert time_record(newsroom, "hostile.log") - time_record(newsroom, "empty.log") < 1
    assert read_views(newsroom) == {}


def test_the_rest_of_a_line_that_is_too_long_is_no_line(newsroom: Office) -> None:
    """A client can make a line as long as it likes, and its end look like a request."""
    request = write_line(FIRST, f"/berita/{ARTICLES[0]}/", address="203.0.113.9")
    text = "".join(f"{'x' * length}{request}" for length in range(131_072 - 200, 131_072 + 2))
    (newsroom.folder / "long.log").write_text(text)
    tally = record(newsroom, "long.log")
    assert (tally["lines"], tally["counted"]) == (202, 0)


def test_a_log_is_never_held_whole() -> None:
    line = write_line(FIRST, "/berita/2022/apel/").encode()

    class Endless(io.RawIOBase):
        """Forty megabytes of log, as a pipe gives them."""

        left = 40_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            size = min(len(buffer), max(0, self.left), 60_000)
            self.left -= size
            buffer[:size] = (line * (size // len(line) + 1))[:size]
            return size

    tracemalloc.start()
    size = sum(map(len, read_blocks(io.BufferedReader(Endless()), "a.log")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 39_000_000
    assert peak < 2_000_000


def test_agents_and_addresses_made_up_anew_each_time_do_not_slow_it(newsroom: Office) -> None:
    path = f"/berita/{ARTICLES[0]}/"
    lines = [
        write_line(
            FIRST, f"{path}?{number}{'x' * 900}", address=f"2001:db8:{number:x}::1",
            agent=CHROME.format(f"{number}{'.1' * 400}"),
        )
        for number in range(20_000)
    ]  # fmt: skip
    write_log(newsroom, *lines)
    write_log(newsroom, "", name="empty.log")
    time_record(newsroom, "empty.log")
    assert time_record(newsroom, "access.log") - time_record(newsroom, "empty.log") < 8


def test_a_damaged_or_missing_log_is_told_and_the_others_are_counted(newsroom: Office) -> None:
    text = make_labelled(ARTICLES).text().encode()
    (newsroom.folder / "cut.gz").write_bytes(gzip.compress(text)[:-5000])
    (newsroom.folder / "cut.xz").write_bytes(lzma.compress(text)[:-500])
    line = write_line(FIRST, f"/berita/{ARTICLES[3]}/", address="203.0.113.9")
    name = write_log(newsroom, line)
    result = newsroom.run("views", "record", "cut.gz", "cut.xz", "no.log", name, code=2)
    assert "cut.gz: Log ini terpotong atau rusak" in result.err
    assert "cut.xz: Log ini terpotong atau rusak" in result.err
    assert "no.log: Log tidak dapat dibaca: tidak ada." in result.err
    assert record(newsroom, name)["counted"] == 0


def test_what_a_killed_run_left_of_a_new_store_is_no_matter(newsroom: Office) -> None:
    (newsroom.folder / ".kpucli").mkdir(exist_ok=True)
    (newsroom.folder / ".kpucli" / "views.sqlite3.new").write_bytes(b"separuh")
    line = write_line(FIRST, f"/berita/{ARTICLES[0]}/")
    assert record(newsroom, "-", stdin=line)["counted"] == 1


def test_two_at_once_do_not_write_together(newsroom: Office) -> None:
    command = [sys.executable, "-m", "kpucli", "views", "record", "-"]
    first = subprocess.Popen(
        command, cwd=newsroom.folder, env=make_environment(), stdin=subprocess.PIPE
    )
    lock = newsroom.folder / ".kpucli" / "views.sqlite3"
    deadline = time.monotonic() + 20
    while not lock.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    result = newsroom.run("views", "record", "-", code=2)
    assert "Perintah lain sedang mencatat angka dilihat." in result.err
    first.communicate(b"")
    assert first.returncode == 0


def test_totals_follow_a_renamed_article_and_are_shown(office: Office) -> None:
    office.add("2022/apel", "date = 2022-04-01T08:00:00+07:00\nviews = 44")
    record(office, "-", stdin=write_line(FIRST, "/berita/2022/apel/"))
    office.run("rename", "apel", "apel-pagi")
    record(office, "-", stdin=write_line(FIRST, "/berita/2022/apel-pagi/", address="10.0.0.2"))
    assert json.loads(office.run("list", "--format", "json").out)[0]["views"] == 46
    assert "dilihat 46 kali" in office.run("show", "apel-pagi").out
    office.run("publish")
    page = (office.folder / "public/berita/2022/apel-pagi/index.html").read_text()
    day = '<time datetime="2022-04-18">18 April 2022</time>'
    assert f"Dilihat 46 kali per {day}</span>" in page
    assert '"userInteractionCount":46' in page


def test_without_counts_no_page_has_a_day(office: Office) -> None:
    office.add("2022/apel", "views = 44")
    office.run("publish")
    pages = Path(office.folder / "public").rglob("*.html")
    texts = [page.read_text() for page in pages]
    assert any("Dilihat 44 kali</span>" in text for text in texts)
    assert not any("kali per" in text for text in texts)


def test_a_store_that_is_damaged_is_told(office: Office) -> None:
    office.add("2022/apel")
    (office.folder / ".kpucli").mkdir()
    (office.folder / ".kpucli" / "views.sqlite3").write_bytes(b"rusak" * 1000)
    for command in (["list"], ["publish"], ["views"], ["views", "record", "-"]):
        err = office.run(*command, code=2).err
        assert "Angka dilihat tidak dapat dibaca atau ditulis" in err
