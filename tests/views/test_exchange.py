"""Counts out and in: round trips, other programs' exports, and a query engine's result."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.bar_chart import draw_columns
from tests.conftest import Office
from tests.documentation import README
from tests.views.logs import AGENTS, FIRST, ROBOTS, write_line

GOATCOUNTER = """\
2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,\
Location,FirstVisit,Date
/berita/2022/apel/,Apel,false,,Chrome 100,Linux,s1,0,,,,ID,true,2022-04-20T18:00:00Z
/berita/2022/apel/,Apel,false,,Chrome 100,Linux,s1,0,,,,ID,false,2022-04-20T18:01:00Z
/berita/2022/apel/,Apel,false,,Chrome 100,Linux,s2,0,,,,ID,true,2022-04-20T18:01:00Z
/berita/2022/apel/,Apel,false,,Chrome 100,Linux,s3,150,,,,ID,true,2022-04-20T18:01:00Z
klik,Apel,true,,Chrome 100,Linux,s4,0,,,,ID,true,2022-04-20T18:01:00Z
/,Depan,false,,Chrome 100,Linux,s4,0,,,,ID,true,2022-04-20T18:01:00Z
"""
PLAUSIBLE = """\
"date","hostname","page","visits","visitors","pageviews","total_scroll_depth","total_scroll_depth_visits"
"2022-04-21","kpu.contoh.go.id","/berita/2022/apel/",3,2,5,0,0
"""
UMAMI = """\
website_id,session_id,visit_id,event_id,hostname,url_path,url_query,event_type,event_name,created_at
w,s1,v1,e1,kpu.contoh.go.id,/berita/2022/apel/,,1,,2022-04-20 18:00:00
w,s1,v1,e2,kpu.contoh.go.id,/berita/2022/apel/,,1,,2022-04-20 19:00:00
w,s2,v2,e3,kpu.contoh.go.id,/berita/2022/apel/,,1,,2022-04-20 19:00:00
w,s2,v2,e4,kpu.contoh.go.id,/berita/2022/apel/,,2,klik,2022-04-20 19:00:00
"""
MATOMO = json.dumps(
    {
        "2022-04-20": [],
        "2022-04-21": [
            {"label": "/berita/2022/apel/", "nb_visits": 2, "nb_hits": 7,
             "url": "https://kpu.contoh.go.id/berita/2022/apel/"}
        ],
    }
)  # fmt: skip
MATOMO_CSV = "date,label,nb_visits,nb_hits\n2022-04-21,/berita/2022/apel/,2,7\n"
MATOMO_FLAT = (
    "date,label,nb_visits,nb_hits,metadata_url\n"
    "2022-04-21,berita/2022/apel,2,7,https://kpu.contoh.go.id/berita/2022/apel/\n"
)
PATHS = """\
{"id": 211, "path": "/", "title": "Depan"}
{"id": 215, "path": "/berita/2022/apel/", "title": "Apel"}
{"id": 216, "event": true, "path": "klik", "title": ""}
"""
HIT_STATS = """\
{"hour": "2022-04-20T17:00:00Z", "path_id": 215, "ref_id": 1, "count": 1}
{"hour": "2022-04-21T16:00:00Z", "path_id": 215, "ref_id": 2, "count": 1}
{"hour": "2022-04-21T16:00:00Z", "path_id": 211, "ref_id": 2, "count": 4}
{"hour": "2022-04-21T16:00:00Z", "path_id": 216, "ref_id": 2, "count": 4}
"""
PLAIN = "path,date,views\n/berita/2022/apel/,2022-04-21,2\n"
EXCEL = "path;date;views\r\n/berita/2022/apel/;2022-04-21;2\r\n"
EXPECTED = [["path", "date", "views"], ["/berita/2022/apel/", "2022-04-21", "2"]]


def pack(**members: str | bytes) -> bytes:
    """A ZIP archive; `__` in a name stands for a dot."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def lock(archive: bytes) -> bytes:
    """The archive with the flag of a password in both headers of each file (APPNOTE 4.4.4)."""
    packed = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), archive):
            packed[found.start() + place] |= 1
    return bytes(packed)


GOATCOUNTER_ARCHIVE = pack(info__json="{}", paths__jsonl=PATHS, hit_stats__jsonl=HIT_STATS)
PLAUSIBLE_ARCHIVE = pack(
    imported_visitors_20220421_20220421__csv="date,visitors\n",
    imported_pages_20220421_20220421__csv=PLAUSIBLE,
)
UMAMI_ARCHIVE = pack(website_event__csv=UMAMI, event_data__csv="website_id\n")


@pytest.fixture
def newsroom(office: Office) -> Office:
    for name in ("apel", "rapat"):
        office.add(
            f"2022/{name}", f'date = 2022-04-01T08:00:00+07:00\ntags = ["{name}"]\nviews = 40'
        )
    return office


def export(office: Office) -> list[list[str]]:
    return list(csv.reader(office.run("views", "export").out.splitlines()))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOATCOUNTER.encode(), id="goatcounter"),
        pytest.param(gzip.compress(GOATCOUNTER.encode()), id="goatcounter, packed"),
        pytest.param(PLAUSIBLE.encode(), id="plausible"),
        pytest.param(UMAMI.encode(), id="umami"),
        pytest.param(GOATCOUNTER_ARCHIVE, id="goatcounter, ZIP"),
        pytest.param(PLAUSIBLE_ARCHIVE, id="plausible, ZIP"),
        pytest.param(UMAMI_ARCHIVE, id="umami, ZIP"),
        pytest.param(MATOMO_FLAT.encode("utf-16"), id="matomo, flat CSV"),
        pytest.param(MATOMO.encode(), id="matomo, JSON"),
        pytest.param(MATOMO_CSV.encode("utf-16"), id="matomo, CSV"),
        pytest.param(PLAIN.encode("utf-8-sig"), id="path,date,views"),
        pytest.param(EXCEL.encode(), id="with semicolons"),
    ],
)
def test_exports_of_other_programs(newsroom: Office, content: bytes) -> None:
    (newsroom.folder / "berkas").write_bytes(content)
    for _time in range(2):
        newsroom.run("views", "import", "berkas")
        assert export(newsroom) == EXPECTED


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (GOATCOUNTER_ARCHIVE[:-10], "bukan CSV, JSON, atau ZIP yang utuh"),
        (GOATCOUNTER_ARCHIVE[:40] + b"x" * 40 + GOATCOUNTER_ARCHIVE[80:], "yang utuh"),
        (pack(paths__jsonl=PATHS, hit_stats__jsonl='{"hour": 1}\n'), "berkas:1: Baris ini tidak"),
        (pack(paths__jsonl='{"id": []}\n', hit_stats__jsonl="[1]\n"), "bukan daftar objek"),
        (pack(lain__csv=PLAIN), "tidak ada angka dilihat yang dikenal"),
        (pack(website_event__csv=b"\xff\xfe\xfa"), "yang utuh"),
        (lock(GOATCOUNTER_ARCHIVE), "terkunci dengan kata sandi"),
    ],
)
def test_archives_that_cannot_be_understood_change_nothing(
    newsroom: Office, content: bytes, words: str
) -> None:
    (newsroom.folder / "berkas").write_bytes(content)
    assert words in newsroom.run("views", "import", "berkas", code=2).err
    assert export(newsroom) == [["path", "date", "views"]]
    err = newsroom.run("views", "import", "-", stdin=content, code=2).err
    assert "tidak dapat dibaca dari masukan baku" in err


def test_rows_of_other_pages_are_told_and_what_is_said_twice_adds_up(newsroom: Office) -> None:
    rows = (
        "/berita/2022/apel/,2022-04-21,2", "/tentang/,2022-04-21,5",
        "https://kpu.contoh.go.id/berita/2022/apel,2022-04-21,3", "http://[,2022-04-21,1",
        "", "/berita/2022/rapat/,2022-04-22,0",
    )  # fmt: skip
    counts = "\n".join(("path,date,views", *rows)) + "\n"
    err = newsroom.run("views", "import", "-", stdin=counts).err
    assert "2 angka harian baru atau berubah." in err
    assert "2 baris tentang halaman lain dilewati." in err
    assert ["/berita/2022/apel/", "2022-04-21", "5"] in export(newsroom)
    counts = "path,date,views\n/berita/2022/apel/,2022-04-21,2\n"
    err = newsroom.run("views", "import", "-", stdin=counts).err
    assert "1 angka harian baru atau berubah." in err
    assert "halaman lain" not in err
    assert ["/berita/2022/apel/", "2022-04-21", "2"] in export(newsroom)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "0 angka harian"),
        ("path,date,views\n/berita/2022/apel/,2022-04-21,-2\n", "berkas:2: “-2” bukan jumlah"),
        (
            "path,date,views\n/berita/2022/apel/,21/04/2022,2\n",
            "berkas:2: “21/04/2022” bukan tanggal",
        ),
        ("path,date,views\n/berita/2022/apel/,2999-01-01,2\n", "berkas:2: Tanggal 2999-01-01"),
        ("a,b\n1,2\n", "berkas:2: Baris ini tidak menyebut halaman"),
        ("[1]", "JSON ini bukan daftar objek."),
        ("[" * 100_000, "bukan CSV, JSON, atau ZIP yang utuh"),
    ],
)
def test_what_cannot_be_understood_changes_nothing(
    newsroom: Office, content: str, words: str
) -> None:
    (newsroom.folder / "baik").write_text(PLAIN)
    (newsroom.folder / "berkas").write_text(content)
    result = newsroom.run("views", "import", "baik", "berkas", code=None)
    if content:
        assert result.code == 2
        assert words in result.err
        assert export(newsroom) == [["path", "date", "views"]]


def test_what_is_exported_comes_back_in_either_form(newsroom: Office) -> None:
    lines = [
        write_line(FIRST, f"/berita/2022/{name}/", address=f"10.0.0.{number}")
        for name in ("apel", "rapat") for number in range(5)
    ]  # fmt: skip
    newsroom.run("views", "record", "-", stdin="".join(lines))
    before = export(newsroom)
    for form in ("csv", "json"):
        out = newsroom.run("views", "export", "--format", form).out
        assert "0 angka" not in out
        newsroom.run("views", "import", "-", stdin=out)
        assert export(newsroom) == before
    out = newsroom.run("views", "export").out
    (newsroom.folder / ".kpucli" / "views.sqlite3").unlink()
    newsroom.run("views", "import", "-", stdin=out)
    assert export(newsroom) == before
    newsroom.run("rename", "apel", "apel-pagi")
    newsroom.run("views", "import", "-", stdin=newsroom.run("views", "export").out)
    assert export(newsroom) == before
    rows = json.loads(newsroom.run("list", "--format", "json").out)
    assert [row["views"] for row in rows] == [45, 45]


def run_duckdb(query: str) -> None:
    duckdb.sql("SET TimeZone = 'UTC'")
    duckdb.sql(query)


def run_clickhouse(query: str) -> None:
    """With a process of its own: the library takes over the one that loads it."""
    if importlib.util.find_spec("chdb") is None:
        pytest.skip("chdb takes half a gigabyte; the query is run where it is there")
    subprocess.run([sys.executable, "-c", f"import chdb; chdb.query({query!r})"], check=True)


@pytest.mark.parametrize(
    ("name", "run"), [("query", run_duckdb), ("query: clickhouse", run_clickhouse)]
)
def test_the_queries_of_the_readme_run_and_agree(
    newsroom: Office, monkeypatch: pytest.MonkeyPatch, name: str, run: Callable[[str], None]
) -> None:
    lines = [
        write_line(
            FIRST.replace(hour=number % 24), f"/berita/2022/{name}/",
            agent=agent, address=f"10.0.{number}.1",
        )
        for name in ("apel", "rapat")
        for number, agent in enumerate((*AGENTS, *ROBOTS) * 2)
    ]  # fmt: skip
    (newsroom.folder / "access.log").write_text("".join(lines) + "rusak\x00\n")
    query = re.search(rf"<!-- {name} -->\n```sql\n(.*?)```", README.read_text(), re.DOTALL)
    assert query
    monkeypatch.chdir(newsroom.folder)
    run(query[1])
    newsroom.run("views", "import", "dilihat.csv")
    by_engine = export(newsroom)
    (newsroom.folder / ".kpucli" / "views.sqlite3").unlink()
    newsroom.run("views", "record", "access.log")
    assert export(newsroom) == by_engine
    assert len(by_engine) == 3


def test_the_overview_by_article_tag_month_and_day(newsroom: Office) -> None:
    counts = "path,date,views\n/berita/2022/apel/,2022-04-21,3\n/berita/2022/rapat/,2022-05-02,5\n"
    newsroom.run("views", "import", "-", stdin=counts)

    def rows(*arguments: str) -> list[tuple[object, ...]]:
        found = json.loads(newsroom.run("views", "--format", "json", *arguments).out)
        return [tuple(row.values()) for row in found]

    assert [row[0::4] for row in rows()] == [("rapat", 45), ("apel", 43)]
    assert [row[0::4] for row in rows("--until", "April 2022")] == [("apel", 3)]
    assert rows("--by", "tag", "--since", "April 2022") == [("rapat", 1, 5), ("apel", 1, 3)]
    assert rows("--by", "month") == [("2022-04", 3), ("2022-05", 5)]
    assert rows("--by", "day", "--limit", "1") == [("2022-04-21", 3)]
    assert (
        newsroom.run("views", "--by", "day", "--format", "csv").out.splitlines()[0] == "day,views"
    )
    assert (
        newsroom.run("views", "--format", "plain").out
        == "/berita/2022/rapat/\t45\n/berita/2022/apel/\t43\n"
    )
    table = newsroom.run("views").out
    assert "█" in table
    assert "21 Apr 2022" in table
    assert "2 berita" in table

    def table_by(grouping: str) -> list[str]:
        lines = newsroom.run("views", "--by", grouping).out.splitlines()
        return [" ".join(line.split()) for line in lines]

    assert {"Tag Berita Dilihat", "rapat 1 45", "apel 1 43"} <= set(table_by("tag"))
    assert {"Bulan Dilihat", "Apr 2022 3", "Mei 2022 5", "8"} <= set(table_by("month"))
    assert {"Hari Dilihat", "21 Apr 2022 3", "2 Mei 2022 5", "8"} <= set(table_by("day"))


def test_titles_are_harmless_in_every_form(newsroom: Office) -> None:
    newsroom.add("2022/jahat", r'title = "=cmd|x\u001b[31m [red]"' + "\nviews = 1")
    for form in ("table", "csv", "json", "plain"):
        out = newsroom.run("views", "--format", form).out
        assert "\x1b" not in out
    assert ",'=cmd|x\\x1b[31m [red]," in newsroom.run("views", "--format", "csv").out


def test_before_anything_is_counted_there_is_nothing_to_draw(office: Office) -> None:
    assert "┤" not in office.run("views").out
    assert office.run("views", "--format", "json").out == "[]\n"
    assert export(office) == [["path", "date", "views"]]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=80), st.integers(1, 4))
def test_columns_are_as_high_as_their_values(values: list[int], width: int) -> None:
    rows = draw_columns(values, rows=6, width=width)
    assert len(rows) == 6
    assert {len(row) for row in rows} == {len(values) * width}
    heights = [
        "".join(row[number * width] for row in rows).count(" ") for number in range(len(values))
    ]
    for (one, blank), (other, gap) in zip(
        zip(values, heights, strict=True), zip(values[1:], heights[1:], strict=False), strict=False
    ):
        assert (one >= other) <= (blank <= gap)
    assert all((blank == 6) == (value == 0) for value, blank in zip(values, heights, strict=True))
