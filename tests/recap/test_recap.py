"""`kpucli recap`: what is counted, and each form of it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import html5lib  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kpucli.article import Article, compose_article, parse_article
from kpucli.config import Config
from kpucli.dates import ZONES, say_month
from kpucli.markdown import to_html
from kpucli.printable import printable
from kpucli.recap import Month, make_recap
from kpucli.recap.forms import write_form
from tests.conftest import Office, make_environment
from tests.properties import relaxed
from tests.recap.offices import HOSTILE, fill
from tests.terminal import run_on_terminal

FORMS = ["html", "xlsx", "csv", "markdown", "json"]
APRIL = ("recap", "--month", "April 2022")
WIB = ZONES["WIB"]


@pytest.fixture
def filled(office: Office) -> Office:
    return fill(office)


def configure(office: Office, settings: str) -> None:
    path = office.folder / "kpucli.toml"
    path.write_text(path.read_text() + settings)


def read_json(office: Office, *arguments: str, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        office.run("recap", *arguments, "--format", "json", code=code).out
    )
    return found


def test_published_items_of_the_month_are_counted_and_no_others(filled: Office) -> None:
    found = read_json(filled, "--month", "April 2022")
    assert [item["slug"] for item in found["items"]] == ["apel", "bimtek", "rahasia", "akhir"]
    assert found["office"] == "KPU Kota Contoh"
    assert found["month"] == "2022-04"
    assert found["until"] is None
    assert found["figures"] == {
        "items": 4, "views": 1262, "days_with_news": 3, "days": 30, "share": 0.1,
    }  # fmt: skip
    assert found["before"] == {
        "month": "2022-03", "items": 1, "views": 9, "days_with_news": 1, "days": 31,
        "share": 0.0323,
    }  # fmt: skip


def test_categories_tags_weeks_and_days_add_up(filled: Office) -> None:
    found = read_json(filled, "--month", "2022-04")
    assert found["categories"] == [
        {"category": "berita", "label": "Berita Terkini", "items": 3, "views": 1207, "before": 1},
        {"category": "artikel", "label": "Artikel", "items": 1, "views": 55, "before": 0},
    ]
    assert [(row["tag"], row["items"], row["views"], row["before"]) for row in found["tags"]] == [
        ("sop", 2, 1255, 0), ("apel", 1, 1200, 0), ("lama", 0, 0, 1),
    ]  # fmt: skip
    assert [(row["first"][8:], row["last"][8:], row["items"]) for row in found["weeks"]] == [
        ("01", "03", 0), ("04", "10", 1), ("11", "17", 2), ("18", "24", 0), ("25", "30", 1),
    ]  # fmt: skip
    assert len(found["days"]) == 30
    assert {row["date"]: row["items"] for row in found["days"] if row["items"]} == {
        "2022-04-04": 1, "2022-04-14": 2, "2022-04-30": 1,
    }  # fmt: skip


def test_an_item_has_all_that_is_known_of_it_and_top_items_were_viewed(filled: Office) -> None:
    found = read_json(filled, "--month", "2022-04")
    assert found["items"][0] == {
        "slug": "apel",
        "url": "https://kpu.contoh.go.id/berita/2022/apel/",
        "title": "Berita apel",
        "date": "2022-04-04T08:00:00+07:00",
        "category": "berita",
        "tags": ["apel", "sop"],
        "author": "Humas KPU Kota Contoh",
        "views": 1200,
    }
    top = [f"https://kpu.contoh.go.id/berita/2022/{slug}/" for slug in ("apel", "bimtek", "akhir")]
    assert found["top"] == top
    configure(filled, "[recap]\ntop = 2\n")
    assert read_json(filled, "--month", "2022-04")["top"] == top[:2]


@pytest.mark.parametrize("words", ["april 2022", "2022-04", "04/2022", "bulan April 2022"])
def test_months_are_named_as_people_name_them(filled: Office, words: str) -> None:
    assert read_json(filled, "--month", words)["month"] == "2022-04"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("20 April 2022", "“20 April 2022” bukan satu bulan. Tulis misalnya “April 2022”"),
        ("2022", "“2022” bukan satu bulan."),
        ("April", "April 20"),
        ("2022-13", "2022-13"),
        ("Desember 2099", "Desember 2099 belum tiba."),
        ("", "kosong"),
    ],
)
def test_what_is_no_month_is_refused(filled: Office, words: str, message: str) -> None:
    result = filled.run("recap", "--month", words, code=2)
    assert message in result.err
    assert result.out == ""


def test_the_last_month_is_reported_where_none_is_named(filled: Office) -> None:
    last = datetime.now(WIB).date().replace(day=1) - timedelta(1)
    assert read_json(filled)["month"] == f"{last:%Y-%m}"


def test_a_month_that_is_not_over_is_measured_by_its_days_so_far(office: Office) -> None:
    now = datetime.now(WIB)
    office.add(f"{now.year}/baru", f"date = {now:%Y-%m}-01T00:00:00+07:00")
    month = say_month(now.year, now.month)
    found = read_json(office, "--month", month)
    today = datetime.now(WIB).date()
    if (today + timedelta(1)).day == 1:
        pytest.skip("on its last day a month counts as over")
    assert found["until"] == today.isoformat()
    assert found["figures"]["days"] == today.day
    assert f"{month} belum selesai" in office.run("recap", "--month", month).out


def test_the_terminal_shows_figures_chart_and_tables(filled: Office) -> None:
    out = filled.run(*APRIL).out
    lines = out.splitlines()
    assert lines[0] == "Rekap berita April 2022 – KPU Kota Contoh"
    assert "Hari dengan berita  3 dari 30 (10%)  (Maret 2022: 1 dari 31 (3%))" in lines
    assert "Dilihat             1.262            (Maret 2022: 9)" in lines
    assert "2 ┤                          █" in lines
    assert "11–17 April        2        55" in lines
    assert "4 berita" in lines
    assert "kpu.contoh.go.id" not in out
    assert max(map(len, lines[:30])) <= 80


def test_a_month_without_news_is_a_report_too(office: Office) -> None:
    assert "0 dari 30 (0%)" in office.run(*APRIL).out
    for form in FORMS:
        content = office.run(*APRIL, "--format", form, "-o", f"kosong.{form}", code=0)
        assert content.err.startswith("Rekap ditulis ke ")
    assert b"Tidak ada berita yang terbit." in (office.folder / "kosong.html").read_bytes()


def test_counted_views_are_added_and_their_day_is_told(filled: Office) -> None:
    filled.run(
        "views", "import", "-", stdin="path,date,views\n/berita/2022/akhir/,2022-05-02,5000\n"
    )
    found = read_json(filled, "--month", "2022-04")
    assert found["figures"]["views"] == 6262
    assert found["counted_until"] == "2022-05-02"
    assert found["top"][0].endswith("/akhir/")
    assert "dihitung sampai 2 Mei 2022." in filled.run(*APRIL, "--format", "markdown").out


def test_a_large_archive_gives_the_same_report(office: Office) -> None:
    office.add(
        "2022/kapital",
        'title = "APLIKASI TIKTOK UNTUK PEMILU"\ndate = 2022-04-20T00:00:00+07:00',
        "Aplikasi TikTok dibahas.\n",
    )
    small = office.run(*APRIL, "--format", "json").out
    assert "Aplikasi TikTok untuk Pemilu" in small
    for number in range(250):
        office.add(f"2021/berita-{number}", "date = 2021-04-20T00:00:00+07:00")
    assert office.run(*APRIL, "--format", "json").out == small


def test_a_broken_article_is_told_of_and_the_others_are_reported(filled: Office) -> None:
    filled.write("2022/rusak", "rusak")
    result = filled.run(*APRIL, "--format", "csv", code=2)
    assert "articles/2022/rusak.md" in result.err
    assert len(result.out.splitlines()) == 5


# Forms


def test_csv_is_harmless_and_has_the_columns_chosen(filled: Office) -> None:
    out = filled.run(*APRIL, "--format", "csv").out
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["date", "title", "url", "category", "tags", "views"]
    assert rows[3][1] == f"'{HOSTILE}"
    settings = '[recap]\ncolumns = ["number", "views", "time", "author"]\n'
    configure(filled, settings)
    out = filled.run(*APRIL, "--format", "csv").out
    assert out.splitlines()[:2] == [
        "number,views,time,author",
        "1,1200,08:00:00,Humas KPU Kota Contoh",
    ]
    for form in FORMS:
        filled.run(*APRIL, "--format", form, "-o", f"lain.{form}")
    sheet = load_workbook(filled.folder / "lain.xlsx")["Berita"]
    assert [cell.value for cell in sheet[1]] == ["No.", "Dilihat", "Pukul", "Penulis"]
    assert sheet["C2"].number_format == "hh.mm"


def test_the_workbook_has_real_dates_and_numbers_and_no_formula(filled: Office) -> None:
    filled.run(*APRIL, "-o", "rekap.xlsx")
    book = load_workbook(filled.folder / "rekap.xlsx")
    assert book.sheetnames == ["Ringkasan", "Berita"]
    items = book["Berita"]
    rows = list(items.iter_rows())
    assert [cell.value for cell in rows[0]] == [
        "Tanggal", "Judul", "Alamat", "Kategori", "Tag", "Dilihat",
    ]  # fmt: skip
    assert rows[1][0].value == datetime(2022, 4, 4)  # noqa: DTZ001 - workbooks know no zone
    assert rows[1][0].is_date
    assert (rows[1][5].value, rows[1][5].data_type) == (1200, "n")
    hostile = rows[3][1]
    assert (hostile.value, hostile.data_type) == (HOSTILE, "s")
    assert hostile.quotePrefix
    assert items.auto_filter.ref == "A1:F5"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"n", "s", "d"}
    summary = {row[0]: row[1:] for row in book["Ringkasan"].iter_rows(values_only=True) if row[0]}
    assert summary["Hari dengan berita"][:3] == (3, 1, 2)
    assert summary["Bagian hari dengan berita"][0] == 0.1
    assert summary["SOP" if "SOP" in summary else "Sop"][:3] == (2, None, 1255) or summary["Sop"][
        :3
    ] == (2, 0, 1255)
    assert book.properties.created == datetime(2022, 4, 30)  # noqa: DTZ001


def test_markdown_shows_titles_as_they_are(filled: Office) -> None:
    page = html5lib.parse(
        to_html(filled.run(*APRIL, "--format", "markdown").out), namespaceHTMLElements=False
    )
    cells = ["".join(cell.itertext()) for cell in page.iter("td")]
    assert HOSTILE in cells
    assert "https://kpu.contoh.go.id/berita/2022/apel/" in cells
    headings = [heading.text for heading in page.iter("h2")]
    assert headings == [
        "Per pekan", "Per kategori", "Per tag", "Paling banyak dilihat", "Daftar berita",
    ]  # fmt: skip


def test_the_page_is_whole_in_itself_and_shows_titles_as_they_are(filled: Office) -> None:
    text = filled.run(*APRIL, "--format", "html").out
    page = html5lib.HTMLParser(strict=True).parse(text)
    assert page is not None
    plain = html5lib.parse(text, namespaceHTMLElements=False)
    tags = {element.tag for element in plain.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "img", "link", "iframe", "object", "b"}
    assert HOSTILE in "".join(plain.find("body").itertext())
    addresses = {element.get("href") for element in plain.iter("a")}
    assert all(url.startswith("https://kpu.contoh.go.id/berita/2022/") for url in addresses)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_bytes(filled: Office, form: str) -> None:
    hashes = set()
    for seed in ("1", "2"):
        filled.run(*APRIL, "--format", form, "-o", "hasil", PYTHONHASHSEED=seed, TZ="Asia/Tokyo")
        hashes.add(hashlib.sha256((filled.folder / "hasil").read_bytes()).hexdigest())
    assert len(hashes) == 1


# Where it goes


@pytest.mark.parametrize("name", ["r.html", "r.xlsx", "r.csv", "r.md", "r.json", "R.HTML"])
def test_the_files_name_tells_the_form(filled: Office, name: str) -> None:
    path = filled.folder / "laporan" / name
    result = filled.run(*APRIL, "--output", f"laporan/{name}")
    assert (result.out, result.err) == ("", f"Rekap ditulis ke laporan/{name}.\n")
    first = path.read_bytes()
    form = {"md": "markdown"}.get(path.suffix[1:], path.suffix[1:].lower())
    filled.run(*APRIL, "--output", f"laporan/{name}", "--format", form)  # in the old one's place
    assert path.read_bytes() == first
    assert [item.name for item in path.parent.iterdir()] == [name]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "rekap"], "tidak menyebut bentuknya. Akhiri dengan .html, .xlsx, .csv"),
        (["-o", "rekap.pdf"], "rekap.pdf: Nama berkas ini tidak menyebut bentuknya."),
        (["-o", "rekap.html", "--format", "text"], "Bentuk text hanya untuk terminal."),
        (
            ["-o", "articles", "--format", "csv"],
            "articles: Berkas tidak dapat ditulis: ini folder.",
        ),
    ],
)
def test_where_it_cannot_go_is_told(filled: Office, arguments: list[str], message: str) -> None:
    assert message in filled.run(*APRIL, *arguments, code=2).err


def test_a_workbook_goes_through_a_pipe(filled: Office, tmp_path: Path) -> None:
    filled.run(*APRIL, "-o", "rekap.xlsx")
    process = subprocess.run(
        [sys.executable, "-m", "kpucli", *APRIL, "--format", "xlsx"],
        cwd=tmp_path,
        env=make_environment(),
        capture_output=True,
        check=True,
    )
    assert process.stdout == (tmp_path / "rekap.xlsx").read_bytes()


def test_on_a_terminal_it_fits_and_a_workbook_is_refused(filled: Office) -> None:
    session = run_on_terminal(filled.folder, *APRIL)
    assert session.code == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", session.screen).splitlines()
    assert max(map(len, lines)) <= 80
    assert "4 berita" in session.screen
    session = run_on_terminal(filled.folder, *APRIL, "--format", "xlsx")
    assert session.code == 2
    assert "Sebutkan berkasnya, misalnya --output rekap.xlsx." in session.screen


@pytest.mark.parametrize(
    "setting",
    ['columns = ["judul"]', "columns = []", 'columns = ["date", "date"]', "top = 0", "kolom = 1"],
)
def test_wrong_settings_are_refused(filled: Office, setting: str) -> None:
    configure(filled, f"[recap]\n{setting}\n")
    result = filled.run(*APRIL, code=2)
    assert f"`{setting.split()[0]}`" in result.err
    assert ":7:" in result.err


# Any article

CONFIG = Config(root=Path(), source=None, base_url="https://kpu.contoh.go.id")
NOW = datetime(2022, 5, 10, tzinfo=WIB)
MONTH = Month(2022, 4)
TITLES = st.text(min_size=1, max_size=40).filter(
    lambda text: text.strip() and "\r" not in text and text.isprintable()
) | st.sampled_from(["=1+1", "+62341", "-", "@SUM(A1)", "_x0041_", "a|b\\|c", "'=1", "\t=1"])


@st.composite
def some_articles(draw: st.DrawFn) -> list[Article]:
    days = draw(st.lists(st.dates(date(2022, 2, 20), date(2022, 5, 9)), max_size=12))
    articles = []
    for number, day in enumerate(days):
        fields = {
            "title": draw(TITLES),
            "date": datetime(day.year, day.month, day.day, 12, tzinfo=WIB),
            "tags": draw(st.lists(st.sampled_from(["sop", "SOP", "apel", "-"]), max_size=3)),
            "category": draw(st.sampled_from([None, "opini", "Berita"])),
            "views": draw(st.none() | st.integers(0, 10**6)),
        }
        path = Path(f"articles/2022/berita-{number}.md")
        articles.append(parse_article(compose_article(fields, "Isi."), path, WIB))
    return articles


@relaxed
@given(some_articles())
def test_the_parts_of_a_report_add_up(articles: list[Article]) -> None:
    recap = make_recap(articles, MONTH, CONFIG, NOW)
    count = recap.figures.items
    assert count == sum(
        (article.date.year, article.date.month) == (2022, 4) for article in articles
    )
    assert sum(recap.days) == sum(week.items for week in recap.weeks) == count
    assert sum(category.items for category in recap.categories) == count
    assert sum(category.before for category in recap.categories) == recap.before.items
    assert sum(week.views for week in recap.weeks) == recap.figures.views
    assert sum(1 for items in recap.days if items) == recap.figures.days_with_news
    assert recap.weeks[0].first == MONTH.first
    assert recap.weeks[-1].last == MONTH.last
    for week, following in zip(recap.weeks, recap.weeks[1:], strict=False):
        assert week.last + timedelta(1) == following.first
        assert following.first.weekday() == 0


@settings(relaxed, max_examples=40)
@given(some_articles())
def test_any_title_is_a_text_in_every_form(articles: list[Article]) -> None:
    recap = make_recap(articles, MONTH, CONFIG, NOW)
    titles = [printable(item.title) for item in recap.items]
    sheet = load_workbook(io.BytesIO(write_form(recap, "xlsx")))["Berita"]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)][: len(titles)]
    assert [cell.value for cell in cells] == titles
    assert all(cell.data_type == "s" for cell in cells)
    rows = list(csv.reader(io.StringIO(write_form(recap, "csv").decode())))[1:]
    assert not any(row[1].lstrip().startswith(("=", "+", "-", "@")) for row in rows)
    page = html5lib.parse(write_form(recap, "html").decode(), namespaceHTMLElements=False)
    shown = [
        "".join(link.itertext())
        for cell in page.iter("td")
        if (cell.get("class") or "").startswith("title")
        for link in cell.iter("a")
    ]
    assert shown == [item.title for item in recap.items]
    table = html5lib.parse(
        to_html(write_form(recap, "markdown").decode()), namespaceHTMLElements=False
    )
    if titles:
        last = list(table.iter("table"))[-1]
        names = ["".join(row[1].itertext()) for row in last.iter("tr")][1:]
        assert [" ".join(name.split()) for name in names] == [" ".join(t.split()) for t in titles]
