"""Dates said, recognised in running text, guessed at, and read from what users type."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpucli import dates
from kpucli.dates import (
    MONTHS,
    WEEKDAYS,
    ZONES,
    DateSpan,
    find_dates,
    nearest_year,
    read_date,
    read_period,
    say_date,
    say_day,
    say_month,
    say_time,
    slips,
)
from kpucli.errors import KpuError

WIB, WITA, WIT = ZONES["WIB"], ZONES["WITA"], ZONES["WIT"]
NOW = datetime(2022, 4, 20, 10, 0, tzinfo=WIB)  # a Rabu
SENIN, SELASA, RABU, KAMIS, JUMAT, SABTU, MINGGU = range(7)

unhurried = settings(deadline=None)  # patterns are compiled and dateparser imported on first use
days_of_the_office = st.dates(date(1945, 1, 1), date(2100, 12, 31))


def table(*rows: tuple[object, ...]) -> list[object]:
    """Parameters with the first column as their id."""
    return [pytest.param(*row, id=str(row[0])) for row in rows]


# Saying


def test_a_day_is_said_as_news_write_it() -> None:
    assert say_date(date(2022, 4, 20)) == "20 April 2022"
    assert say_day(date(2022, 4, 20)) == "Rabu, 20 April 2022"
    assert say_day(date(2022, 5, 1)) == "Minggu, 1 Mei 2022"
    assert say_month(2022, 12) == "Desember 2022"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (WIB, "15.05 WIB"),
        (WITA, "15.05 WITA"),
        (WIT, "15.05 WIT"),
        (timezone(timedelta(hours=7)), "15.05 WIB"),
        (timezone(timedelta(hours=5, minutes=30)), "15.05 UTC+05.30"),
        (timezone(-timedelta(hours=3, minutes=30)), "15.05 UTC-03.30"),
        (UTC, "15.05 UTC+00.00"),
        (None, "15.05"),
    ],
)
def test_a_time_is_said_with_its_zone(zone: timezone | None, said: str) -> None:
    assert say_time(datetime(2022, 4, 20, 15, 5, tzinfo=zone)) == said


# Recognising

Found = tuple[str, int, int, int | None, int | None]  # text, day, month, year, weekday

D20 = 20, 4, 2022
ONE_DATE: list[tuple[str, str, tuple[int, int, int | None], int | None]] = [
    ("Rabu (20/4/2022)", "20/4/2022", D20, RABU),
    ("Kamis siang (08/09/2021)", "08/09/2021", (8, 9, 2021), KAMIS),
    ("hari Senin (18/04/2022)", "18/04/2022", (18, 4, 2022), SENIN),
    ("Senin ( 18/04/2022 )", "18/04/2022", (18, 4, 2022), SENIN),
    ("Senin [18/04/2022]", "18/04/2022", (18, 4, 2022), SENIN),
    ("Kamis, 14 April 2022", "14 April 2022", (14, 4, 2022), KAMIS),
    ("Kamis,14 April2022", "14 April2022", (14, 4, 2022), KAMIS),
    ("Jum'at, 15 April 2022", "15 April 2022", (15, 4, 2022), JUMAT),
    ("Jum’at, 15 April 2022", "15 April 2022", (15, 4, 2022), JUMAT),
    ("Jumat, 15 April 2022", "15 April 2022", (15, 4, 2022), JUMAT),
    ("Minggu, 17 April 2022", "17 April 2022", (17, 4, 2022), MINGGU),
    ("Minggu pagi (17/4/2022)", "17/4/2022", (17, 4, 2022), MINGGU),
    ("hari minggu (17/4/2022)", "17/4/2022", (17, 4, 2022), MINGGU),
    ("Ahad (17/4/2022)", "17/4/2022", (17, 4, 2022), MINGGU),
    ("Selasa malam tanggal 19 April 2022", "19 April 2022", (19, 4, 2022), SELASA),
    ("hari ini Kamis (14/4/2022)", "14/4/2022", (14, 4, 2022), KAMIS),
    ("SENIN 18 APRIL 2022", "18 APRIL 2022", (18, 4, 2022), SENIN),
    ("Rabu Pon, 20 April 2022", "20 April 2022", D20, RABU),
    ("Rabu pukul 09.00 WIB (20/4/2022)", "20/4/2022", D20, RABU),
    ("hari/tanggal: Rabu/20 April 2022", "20 April 2022", D20, RABU),
    ("Rabu,\n20 April 2022", "20 April 2022", D20, RABU),
    ("RAPAT HARI RABU\n\n20 April 2022", "20 April 2022", D20, None),
    ("Rabu\u00a0(20\u00a0April\u00a02022)", "20\u00a0April\u00a02022", D20, RABU),
    ("20 April 2022 (Rabu)", "20 April 2022", D20, RABU),
    ("tanggal 20 bulan April tahun 2022", "20 bulan April tahun 2022", D20, None),
    ("tgl.20/4/2022", "20/4/2022", D20, None),
    ("pada 14-4-2022 lalu", "14-4-2022", (14, 4, 2022), None),
    ("(14.4.2022)", "14.4.2022", (14, 4, 2022), None),
    ("14 / 4 / 2022", "14 / 4 / 2022", (14, 4, 2022), None),
    ("14/4/22", "14/4/22", (14, 4, 2022), None),
    ("17/8/45", "17/8/45", (17, 8, 1945), None),
    ("Kamis 14-4-22", "14-4-22", (14, 4, 2022), KAMIS),
    ("20-Apr-2022", "20-Apr-2022", D20, None),
    ("20 Jan 2022", "20 Jan 2022", (20, 1, 2022), None),
    ("20 Peb 2022", "20 Peb 2022", (20, 2, 2022), None),
    ("20 Pebruari", "20 Pebruari", (20, 2, None), None),
    ("1 Mar 2022", "1 Mar 2022", (1, 3, 2022), None),
    ("1 Maret 2022", "1 Maret 2022", (1, 3, 2022), None),
    ("1 Agt 2022", "1 Agt 2022", (1, 8, 2022), None),
    ("1 Ags. 2022", "1 Ags. 2022", (1, 8, 2022), None),
    ("1 Agust 2022", "1 Agust 2022", (1, 8, 2022), None),
    ("3 Sept 2022", "3 Sept 2022", (3, 9, 2022), None),
    ("3 Okt 2022", "3 Okt 2022", (3, 10, 2022), None),
    ("1 Nop. 2022", "1 Nop. 2022", (1, 11, 2022), None),
    ("1 Nopember 2022", "1 Nopember 2022", (1, 11, 2022), None),
    ("Kamis, 1 Des", "1 Des", (1, 12, None), KAMIS),
    ("Rabu, 20 April", "20 April", (20, 4, None), RABU),
    ("Rabu (20/4)", "20/4", (20, 4, None), RABU),
    ("2022-04-20", "2022-04-20", D20, None),
    ("2022-04-20T15:00:00+07:00", "2022-04-20", D20, None),
    ("Nomor 12 Tanggal 20 April 2022", "20 April 2022", D20, None),
    ("pukul 08.00 - 14 April 2022", "14 April 2022", (14, 4, 2022), None),
    ("20/4/2022.Acara", "20/4/2022", D20, None),
    ("(20/4/2022,10.00)", "20/4/2022", D20, None),
    ("dua Minggu hingga 28 April 2022", "28 April 2022", (28, 4, 2022), None),
    ("Minggu lalu (14/4/2022)", "14/4/2022", (14, 4, 2022), None),
    ("setiap minggu (17/4/2022)", "17/4/2022", (17, 4, 2022), None),
    ("28-2 April 2022", "2 April 2022", (2, 4, 2022), None),
    ("Kamis dan Jumat (14/4/2022)", "14/4/2022", (14, 4, 2022), None),
]


@pytest.mark.parametrize(
    ("text", "date_text", "parts", "weekday"), ONE_DATE, ids=[row[0] for row in ONE_DATE]
)
def test_a_date_is_found_with_its_weekday(
    text: str, date_text: str, parts: tuple[int, int, int | None], weekday: int | None
) -> None:
    prose = f"Kegiatan itu dimulai, kata Ibu Juli, {text} di Kota Malang."
    (span,) = find_dates(prose)
    assert (span.text, span.weekday) == (date_text, weekday)
    assert (span.day, span.month, span.year) == parts
    assert prose[span.start : span.end] == date_text


SEVERAL_DATES: list[tuple[str, list[Found]]] = [
    ("14-16 April 2022", [("14", *(14, 4, 2022), None), ("16 April 2022", 16, 4, 2022, None)]),
    ("14–16 April 2022", [("14", 14, 4, 2022, None), ("16 April 2022", 16, 4, 2022, None)]),
    ("14 s.d. 16 April 2022", [("14", 14, 4, 2022, None), ("16 April 2022", 16, 4, 2022, None)]),
    ("14 s/d 16-4-2022", [("14", 14, 4, 2022, None), ("16-4-2022", 16, 4, 2022, None)]),
    ("14 hingga 16 April", [("14", 14, 4, None, None), ("16 April", 16, 4, None, None)]),
    ("14 sampai 16 April", [("14", 14, 4, None, None), ("16 April", 16, 4, None, None)]),
    ("14 sampai dengan tanggal 16 Mei", [("14", 14, 5, None, None), ("16 Mei", 16, 5, None, None)]),
    (
        "Kamis-Jumat (14-15/4/2022)",
        [("14", 14, 4, 2022, KAMIS), ("15/4/2022", 15, 4, 2022, JUMAT)],
    ),
    (
        "Kamis s.d. Sabtu, 14 s.d. 16 April 2022",
        [("14", 14, 4, 2022, KAMIS), ("16 April 2022", 16, 4, 2022, SABTU)],
    ),
    (
        "Kamis dan Jumat, 14 dan 15 April 2022",
        [("14", 14, 4, 2022, KAMIS), ("15 April 2022", 15, 4, 2022, JUMAT)],
    ),
    (
        "Kamis, 14-16 April 2022",
        [("14", 14, 4, 2022, KAMIS), ("16 April 2022", 16, 4, 2022, None)],
    ),
    (
        "Senin s.d. Rabu, 18, 19, dan 20 April 2022",
        [
            ("18", 18, 4, 2022, SENIN),
            ("19", 19, 4, 2022, None),
            ("20 April 2022", 20, 4, 2022, RABU),
        ],
    ),
    (
        "Senin, Rabu, dan Jumat, 18, 20, dan 22 April 2022",
        [
            ("18", 18, 4, 2022, SENIN),
            ("20", 20, 4, 2022, RABU),
            ("22 April 2022", 22, 4, 2022, JUMAT),
        ],
    ),
    (
        "30 April-2 Mei 2022",
        [("30 April", 30, 4, 2022, None), ("2 Mei 2022", 2, 5, 2022, None)],
    ),
    (
        "30 Desember s.d. 2 Januari 2022",
        [("30 Desember", 30, 12, 2021, None), ("2 Januari 2022", 2, 1, 2022, None)],
    ),
    (
        "30 Desember dan 2 Januari 2022",
        [("30 Desember", 30, 12, None, None), ("2 Januari 2022", 2, 1, 2022, None)],
    ),
    ("14/4-16/4/2022", [("14/4", 14, 4, 2022, None), ("16/4/2022", 16, 4, 2022, None)]),
    (
        "Senin-Selasa, 30 Mei-1 Juni 2022",
        [("30 Mei", 30, 5, 2022, SENIN), ("1 Juni 2022", 1, 6, 2022, SELASA)],
    ),
    (
        "Senin (18/4/2022) sampai Rabu (20/4/2022)",
        [("18/4/2022", 18, 4, 2022, SENIN), ("20/4/2022", 20, 4, 2022, RABU)],
    ),
    (
        "Kamis (14/4), Jumat (15/4), dan Sabtu (16/4/2022)",
        [
            ("14/4", 14, 4, 2022, KAMIS),
            ("15/4", 15, 4, 2022, JUMAT),
            ("16/4/2022", 16, 4, 2022, SABTU),
        ],
    ),
    ("Senin (18-20/4)", [("18", 18, 4, None, SENIN), ("20/4", 20, 4, None, None)]),
    (
        "Kamis (14/4/2022) dan 18 April 2022",
        [("14/4/2022", 14, 4, 2022, KAMIS), ("18 April 2022", 18, 4, 2022, None)],
    ),
]


@pytest.mark.parametrize(
    ("text", "found"), SEVERAL_DATES, ids=[text for text, _found in SEVERAL_DATES]
)
def test_each_date_of_several_has_its_own_weekday(text: str, found: list[Found]) -> None:
    spans = find_dates(f"Acara pada {text} itu.")
    assert [(span.text, span.day, span.month, span.year, span.weekday) for span in spans] == found


@pytest.mark.parametrize(
    "text",
    [
        "naik 10% dan 3/4 cangkir, skor 21/19/22",
        "sebanyak 20/4 saja",
        "Undang-Undang Nomor 30 Tahun 2014",
        "Peraturan Nomor 7 April 2022",
        "surat nomor 12/3/2022, UU 7/2017, Pasal 3/4/2022",
        "berkas 2/2022",
        "270/PL.02/4/2022 dan 31/SDM.13/04/2022",
        "alamat 10.4.20.22, 1.234.567, versi 1.2.2022",
        "bagian 1.20.2022",
        "bagian 1.2.9022",
        "#20 April 2022",
        "telepon 0341-367-2022 atau 0812-3456-2022",
        "pukul 08.00–12.00",
        "RB 2020-2024, 2020–2024",
        "https://kpu.go.id/berita/2022/04/20/ dan /20/4/2022/",
        "(20-april-2022-rapat.html) rapat-20-4-2022.pdf foto 20/4/2022.jpg",
        "Rp20.000 April, 1.200 Mei, 12,5 Juni",
        "Covid-19 April, HUT ke-20 April 2022",
        "Ibu Juli dan Bapak Agustus",
        "bulan Maret 2022, awal April 2022",
        "3 Marmer, 5 Desa, 7 Junior, 3 mar",
        "Senin-Minggu 24/7",
        "setiap minggu (17/4)",
        "tahun 20220420",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("31/9/2023", (31, 9, 2023)),
        ("31-9-2023", (31, 9, 2023)),
        ("30 Februari 2022", (30, 2, 2022)),
        ("20/13/2022", (20, 13, 2022)),
        ("4/20/2022", (4, 20, 2022)),
        ("4-20-2022", (4, 20, 2022)),
        ("20/4/202", (20, 4, 202)),
        ("20 April 202", (20, 4, 202)),
        ("20/4/20222", (20, 4, 20222)),
        ("2022-02-30", (30, 2, 2022)),
    ],
)
def test_an_impossible_date_is_found_but_is_no_date(text: str, parts: tuple[int, int, int]) -> None:
    (span,) = find_dates(f"Rapat itu ({text}) selesai.")
    assert (span.day, span.month, span.year) == parts
    assert span.date() is None


def test_a_date_without_a_year_is_no_date_yet() -> None:
    (span,) = find_dates("Rabu, 20 April")
    assert span.date() is None


def test_the_weekday_is_pointed_at() -> None:
    text = "Pada hari Jum’at malam (15/4/2022)"
    (span,) = find_dates(text)
    assert text[span.weekday_start : span.weekday_end] == "Jum’at"


def test_typed_text_may_be_bare() -> None:
    assert [span.text for span in find_dates("20/4", typed=True)] == ["20/4"]
    assert [span.text for span in find_dates("20 apr", typed=True)] == ["20 apr"]
    assert find_dates("minggu 17/4", typed=True)[0].weekday == MINGGU


def forms(day: date) -> list[tuple[str, bool]]:
    """A day in every written form, and whether the form names the weekday."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    return [
        (say_day(day), True),
        (say_day(day).upper(), True),
        (say_day(day).replace("Jumat", "Jum’at"), True),
        (f"hari {weekday.lower()} tanggal {say_date(day)}", True),
        (f"{weekday} ({day.day}/{day.month}/{day.year})", True),
        (f"{weekday} siang ({day:%d/%m/%Y})", True),
        (f"{weekday} {day:%d-%m-%Y}", True),
        (f"{weekday}, tanggal {day.day} bulan {month} tahun {day.year}", True),
        (f"{say_date(day)} ({weekday})", True),
        (say_date(day), False),
        (f"{day.day}/{day.month}/{day.year}", False),
        (f"{day:%d-%m-%Y}", False),
        (f"{day:%d.%m.%Y}", False),
        (day.isoformat(), False),
    ]


@unhurried
@given(days_of_the_office)
def test_a_day_is_found_again_in_every_form(day: date) -> None:
    for form, names_weekday in forms(day):
        text = f"Dibuka pukul 08.00 WIB oleh 12 anggota pada {form}, lalu ditutup."
        (span,) = find_dates(text)
        assert span.date() == day, form
        assert span.weekday == (day.weekday() if names_weekday else None), form
        assert text[span.start : span.end] == span.text


PIECES = (
    "1 4 14 20 31 99 202 2022 / - . , – ( ) % April Mei jan des Rabu minggu Jum'at hari tanggal",
    "sampai pukul jam 09.00 WIB WITA malam siang lalu depan ini besok lusa kemarin bulan tahun",
    "dan s.d. pekan dua se yang lagi dalam menit 2022-04-20 T10:00 +07:00 ſenin aprıl ４ ²",
)
some_pieces = st.lists(
    st.sampled_from(["\n", *(piece for line in PIECES for piece in line.split())]), max_size=9
)
scraps = some_pieces.map("".join) | some_pieces.map(" ".join)


@unhurried
@given(st.text() | scraps, st.booleans())
@example("ſenin, 1 aprıl 2022", True)
@example("SENİN (1/4/2022)", True)
def test_any_text_gives_dates_in_order_and_in_place(text: str, typed: bool) -> None:
    end = 0
    for span in find_dates(text, typed=typed):
        assert end <= span.start < span.end
        end = span.end
        assert text[span.start : span.end] == span.text
        if span.weekday is not None:
            assert text[span.weekday_start : span.weekday_end].lower()[:3] in (
                *(weekday[:3].lower() for weekday in WEEKDAYS),
                "aha",
            )


# Guessing


def yearless(day: int, month: int) -> DateSpan:
    return DateSpan(0, 1, "", day, month, None)


@pytest.mark.parametrize(
    ("day", "month", "to", "year"),
    [
        (20, 4, date(2022, 4, 21), 2022),
        (30, 12, date(2022, 1, 3), 2021),
        (2, 1, date(2022, 12, 30), 2023),
        (29, 2, date(2023, 12, 1), 2024),
        (29, 2, date(2022, 3, 1), 2022),
        (31, 9, date(2022, 3, 1), 2022),
    ],
)
def test_a_missing_year_is_the_nearest(day: int, month: int, to: date, year: int) -> None:
    assert nearest_year(yearless(day, month), to) == year


def test_a_stated_year_stays() -> None:
    assert nearest_year(DateSpan(0, 1, "", 20, 4, 2019), date(2022, 4, 20)) == 2019


@unhurried
@given(days_of_the_office, days_of_the_office)
def test_the_nearest_year_is_within_about_half_a_year(day: date, to: date) -> None:
    span = yearless(min(day.day, 28), day.month)
    resolved = date(nearest_year(span, to), span.month, span.day)
    assert abs(resolved - to) <= timedelta(183)


@pytest.mark.parametrize(
    ("stated", "weekday", "meant"),
    table(
        (date(2022, 4, 18), KAMIS, [date(2022, 4, 14), date(2022, 8, 18), date(2022, 4, 28)]),
        (date(2021, 9, 8), KAMIS, [date(2021, 9, 9), date(2022, 9, 8), date(2021, 7, 8)]),
        (date(2022, 4, 20), RABU, []),
        (date(2022, 4, 21), SELASA, [date(2022, 4, 26), date(2022, 6, 21), date(2022, 4, 12)]),
        (date(2021, 3, 9), RABU, [date(2021, 3, 3), date(2022, 3, 9), date(2021, 6, 9)]),
        (date(2022, 3, 30), KAMIS, [date(2022, 3, 31), date(2023, 3, 30), date(2022, 6, 30)]),
    ),
)
def test_the_likeliest_slip_comes_first(stated: date, weekday: int, meant: list[date]) -> None:
    assert slips(stated, weekday) == meant


@unhurried
@given(days_of_the_office, st.integers(0, 6), st.integers(1, 9))
def test_a_slip_changes_one_part_and_fits_the_weekday(
    stated: date, weekday: int, limit: int
) -> None:
    meant = slips(stated, weekday, limit=limit)
    assert len(meant) <= limit
    assert len(set(meant)) == len(meant)
    assert bool(meant) == (stated.weekday() != weekday)
    for day in meant:
        changed = [
            day.year != stated.year,
            day.month != stated.month,
            day.day != stated.day,
        ]
        assert day.weekday() == weekday
        assert changed.count(True) == 1


# Reading


def read(words: str, now: datetime = NOW) -> datetime:
    return read_date(words, now=now, zone=WIB)


READ_DAYS = [
    *[
        (words, date(2022, 4, 20))
        for words in ("20/4/2022", "20-4-2022", "20.4.2022", "2022-04-20")
    ],
    ("20220420", date(2022, 4, 20)),
    ("20 april 2022", date(2022, 4, 20)),
    ("20 Apr 2022", date(2022, 4, 20)),
    ("Rabu, 20 April 2022", date(2022, 4, 20)),
    ("pada hari Rabu, tanggal 20 April 2022", date(2022, 4, 20)),
    ("hari ini, 20 April 2022", date(2022, 4, 20)),
    ("tgl. 20/4/2022", date(2022, 4, 20)),
    ("3/4/2022", date(2022, 4, 3)),
    ("Minggu 3/4/2022", date(2022, 4, 3)),
    ("minggu, 3 april 2022", date(2022, 4, 3)),
    ("Jum'at, 15 April 2022", date(2022, 4, 15)),
    ("Kamis siang (14/4/2022)", date(2022, 4, 14)),
    ("31/12/99", date(1999, 12, 31)),
    ("20/4/20", date(2020, 4, 20)),
    ("Rabu 11/5/22", date(2022, 5, 11)),
    ("Minggu 11/5/22", date(2011, 5, 22)),
    ("Rabu (20/4)", date(2022, 4, 20)),
    ("Selasa, 20 April", date(2021, 4, 20)),
    ("Kamis, 20 April", date(2023, 4, 20)),
    ("hari ini", date(2022, 4, 20)),
    ("kemarin", date(2022, 4, 19)),
    ("kemarin dulu", date(2022, 4, 18)),
    ("kemarin lusa", date(2022, 4, 18)),
    ("Besok", date(2022, 4, 21)),
    ("lusa", date(2022, 4, 22)),
    ("Senin depan", date(2022, 4, 25)),
    ("Rabu depan", date(2022, 4, 27)),
    ("Senin lalu", date(2022, 4, 18)),
    ("Rabu lalu", date(2022, 4, 13)),
    ("Jum’at lalu", date(2022, 4, 15)),
    ("Senin kemarin", date(2022, 4, 18)),
    ("hari Minggu lalu", date(2022, 4, 17)),
    ("Ahad lalu", date(2022, 4, 17)),
    ("Rabu ini", date(2022, 4, 20)),
    ("Jumat ini", date(2022, 4, 22)),
    ("Selasa pekan lalu", date(2022, 4, 12)),
    ("Rabu minggu depan", date(2022, 4, 27)),
    ("3 hari lalu", date(2022, 4, 17)),
    ("3 hari yang lalu", date(2022, 4, 17)),
    ("sehari lagi", date(2022, 4, 21)),
    ("dua minggu lagi", date(2022, 5, 4)),
    ("sebulan lalu", date(2022, 3, 20)),
    ("dua belas bulan lagi", date(2023, 4, 20)),
    ("2 tahun yang akan datang", date(2024, 4, 20)),
    ("dalam 3 hari", date(2022, 4, 23)),
    ("1 minggu 2 hari lalu", date(2022, 4, 11)),
    ("April 20, 2022", date(2022, 4, 20)),
    ("2022 April 20", date(2022, 4, 20)),
    ("2022/04/20", date(2022, 4, 20)),
    ("2022-4-20", date(2022, 4, 20)),
]


@pytest.mark.parametrize(("words", "day"), READ_DAYS, ids=[words for words, _day in READ_DAYS])
def test_a_day_is_read_as_its_midnight(words: str, day: date) -> None:
    assert read(words) == datetime(day.year, day.month, day.day, tzinfo=WIB)


TODAY = 2022, 4, 20
READ_MOMENTS = [
    ("2022-04-20T15:00:00+09:00", datetime(*TODAY, 15, tzinfo=timezone(timedelta(hours=9)))),
    ("2022-04-20T08:00Z", datetime(*TODAY, 8, tzinfo=UTC)),
    ("2022-04-20 15:00", datetime(*TODAY, 15, tzinfo=WIB)),
    ("2022-04-20 15:00 WITA", datetime(*TODAY, 15, tzinfo=WITA)),
    ("20 April 2022 pukul 15.00", datetime(*TODAY, 15, tzinfo=WIB)),
    ("20 April 2022, pkl. 9 WITA", datetime(*TODAY, 9, tzinfo=WITA)),
    ("20/4/2022 09:30:15 wit", datetime(*TODAY, 9, 30, 15, tzinfo=WIT)),
    ("20.4.2022 09:30", datetime(*TODAY, 9, 30, tzinfo=WIB)),
    ("20/4/2022 WITA", datetime(*TODAY, tzinfo=WITA)),
    ("Rabu pukul 09.00 WIB (20/4/2022)", datetime(*TODAY, 9, tzinfo=WIB)),
    ("pukul 09.00 hari ini", datetime(*TODAY, 9, tzinfo=WIB)),
    ("hari ini pada jam 7", datetime(*TODAY, 7, tzinfo=WIB)),
    ("hari ini pukul 1 pagi", datetime(*TODAY, 1, tzinfo=WIB)),
    ("hari ini pukul 8 pagi", datetime(*TODAY, 8, tzinfo=WIB)),
    ("hari ini jam 3 sore", datetime(*TODAY, 15, tzinfo=WIB)),
    ("hari ini pukul 7 malam", datetime(*TODAY, 19, tzinfo=WIB)),
    ("hari ini pukul 12 siang", datetime(*TODAY, 12, tzinfo=WIB)),
    ("hari ini pukul 1 siang", datetime(*TODAY, 13, tzinfo=WIB)),
    ("hari ini pukul 11 siang", datetime(*TODAY, 11, tzinfo=WIB)),
    ("hari ini pukul 2 dini hari", datetime(*TODAY, 2, tzinfo=WIB)),
    ("hari ini pukul 19.30 malam", datetime(*TODAY, 19, 30, tzinfo=WIB)),
    ("hari ini pukul 00.00", datetime(*TODAY, tzinfo=WIB)),
    ("hari ini malam pukul 7", datetime(*TODAY, 19, tzinfo=WIB)),
    ("Rabu malam (20/4/2022) pukul 7", datetime(*TODAY, 19, tzinfo=WIB)),
    ("Rabu siang (20/4/2022), pukul 13.00", datetime(*TODAY, 13, tzinfo=WIB)),
    ("sekarang", NOW),
    ("2 jam lalu", datetime(*TODAY, 8, tzinfo=WIB)),
    ("2 jam lagi", datetime(*TODAY, 12, tzinfo=WIB)),
    ("1 jam 30 menit yang lalu", datetime(*TODAY, 8, 30, tzinfo=WIB)),
]


@pytest.mark.parametrize(
    ("words", "moment"), READ_MOMENTS, ids=[words for words, _moment in READ_MOMENTS]
)
def test_a_time_is_read_in_the_zone_it_names(words: str, moment: datetime) -> None:
    result = read(words)
    assert (result, result.utcoffset()) == (moment, moment.utcoffset())


def test_today_is_that_of_the_zone() -> None:
    late = datetime(2022, 4, 20, 23, 30, tzinfo=WIB)
    assert read("besok", late).date() == date(2022, 4, 21)
    assert read("besok WIT", late) == datetime(2022, 4, 22, tzinfo=WIT)
    assert read("besok", late.astimezone(UTC)).date() == date(2022, 4, 21)


AMBIGUOUS: list[tuple[str, list[str]]] = [
    ("Kamis 20/4/2022", ["Rabu, 20 April 2022", "Kamis, 21 April 2022"]),
    ("Kamis 2022-04-20", ["Rabu, 20 April 2022", "Kamis, 21 April 2022"]),
    ("Kamis, April 20, 2022", ["Rabu, 20 April 2022", "Kamis, 21 April 2022"]),
    ("4/20/2022", ["Rabu, 20 April 2022"]),
    ("Senin 3/4/2022", ["Minggu, 3 April 2022", "Jumat, 4 Maret 2022", "Senin, 4 April 2022"]),
    ("Jumat 3/4/2022", ["Minggu, 3 April 2022", "Jumat, 4 Maret 2022"]),
    ("20/4/22", ["Rabu, 20 April 2022", "Rabu, 22 April 2020"]),
    ("Rabu 20-4-22", ["Rabu, 20 April 2022", "Rabu, 22 April 2020"]),
    ("Senin 20/4/22", ["Rabu, 20 April 2022", "Rabu, 22 April 2020"]),
    ("20/4", ["Selasa, 20 April 2021", "Rabu, 20 April 2022"]),
    ("17 Agustus", ["Selasa, 17 Agustus 2021", "Rabu, 17 Agustus 2022"]),
    ("Minggu, 20 April", ["Selasa, 20 April 2021", "Rabu, 20 April 2022"]),
    ("besok, 20 April 2022", ["Rabu, 20 April 2022", "Kamis, 21 April 2022"]),
    ("minggu depan", ["hari Minggu, 24 April 2022", "Senin, 25 April 2022", "Minggu, 1 Mei 2022"]),
    ("minggu lalu", ["hari Minggu, 17 April 2022", "Senin, 11 April 2022"]),
    ("Minggu kemarin", ["hari Minggu, 17 April 2022", "Senin, 11 April 2022"]),
    ("minggu ini", ["hari Minggu, 24 April 2022", "Senin, 18 April 2022"]),
    ("Senin", ["Senin, 18 April 2022", "Senin, 25 April 2022"]),
    ("hari Minggu", ["Minggu, 17 April 2022", "Minggu, 24 April 2022"]),
    ("Rabu", ["Rabu, 20 April 2022", "Rabu, 27 April 2022"]),
    ("Jumat depan", ["Jumat, 22 April 2022", "Jumat, 29 April 2022"]),
    ("Senin ini", ["Senin, 18 April 2022", "Senin, 25 April 2022"]),
    ("besok jam 12 malam", ["Kamis, 21 April 2022", "Jumat, 22 April 2022"]),
    ("besok pukul 24.00", ["Kamis, 21 April 2022", "Jumat, 22 April 2022"]),
    ("April 2022", ["Jumat, 1 April 2022", "Sabtu, 30 April 2022"]),
    ("bulan lalu", ["Selasa, 1 Maret 2022", "Kamis, 31 Maret 2022"]),
    ("pekan lalu", ["Senin, 11 April 2022", "Minggu, 17 April 2022"]),
    ("2022", ["Sabtu, 1 Januari 2022", "Sabtu, 31 Desember 2022"]),
    ("April", ["April 2021", "April 2022"]),
    ("Januari", ["Januari 2022", "Januari 2023"]),
]


@pytest.mark.parametrize(("words", "readings"), AMBIGUOUS, ids=[words for words, _ in AMBIGUOUS])
def test_what_fits_two_dates_is_refused_naming_both(words: str, readings: list[str]) -> None:
    with pytest.raises(KpuError) as refusal:
        read(words)
    assert words in refusal.value.message
    assert refusal.value.hint
    for reading in readings:
        assert reading in refusal.value.message


REFUSED = [
    ("", "kosong"),
    (" \n ", "kosong"),
    ("besok" + " " * 200, "terlalu panjang: 205"),
    ("31 September 2023", "September 2023 terdiri dari tanggal 1 sampai 30"),
    ("31/9", "September 2022 terdiri dari tanggal 1 sampai 30"),
    ("29 Februari 2022", "Februari 2022 terdiri dari tanggal 1 sampai 28"),
    ("29 Februari", "Februari 2022 terdiri dari tanggal 1 sampai 28"),
    ("2022-02-30", "Februari 2022 terdiri dari tanggal 1 sampai 28"),
    ("0/4/2022", "April 2022 terdiri dari tanggal 1 sampai 30"),
    ("20/13/2022", "bulan hanya 1 sampai 12"),
    ("20/4/202", "Tahun 202 "),
    ("20/4/1944", "Tahun 1944 "),
    ("2101-01-01", "Tahun 2101 "),
    ("9999 tahun lagi", "Tahun 12021 "),
    ("9999 tahun lalu", "Tahun -7977 "),
    ("100 tahun lalu", "Tahun 1922 "),
    ("14-16 April 2022", "lebih dari satu tanggal"),
    ("besok 09.00 10.00", "lebih dari satu jam"),
    ("besok 09.00 WIB WITA", "lebih dari satu jam"),
    ("besok pukul 25.00", "tidak ada atau tidak jelas"),
    ("besok jam 9.75", "tidak ada atau tidak jelas"),
    ("besok jam 12 pagi", "tidak ada atau tidak jelas"),
    ("besok jam 2 malam", "tidak ada atau tidak jelas"),
    ("besok jam 18 siang", "tidak ada atau tidak jelas"),
    ("besok pagi jam 8 malam", "lebih dari satu jam"),
    ("Rabu pagi (20/4/2022) pukul 13.00", "tidak ada atau tidak jelas"),
    ("jam 7", "tidak menyebut tanggal"),
    ("besok malam", "tidak menyebut jam"),
    ("nanti sore", "tidak menyebut jam"),
    ("20/4/2022 pagi", "tidak menyebut jam"),
    *[
        (words, "tidak dapat dibaca")
        for words in (
            "abc",
            "20",
            "tanggal 20",
            "20 april 22",
            "2 minggu",
            "1650000000",
            "22.04.20",
            "2022/20/04",
            "20 April 2022 UTC",
            "20 April 2022 dan seterusnya",
            "2 jam lalu pukul 09.00",
            "besok 09.00-11.00",
            "dalam 2 jam lalu",
            "dalam 9999 tahun 3 hari",
            "2022-04-20T25:00",
            "akhir bulan",
        )
    ],
]


@pytest.mark.parametrize(("words", "reason"), REFUSED, ids=[repr(row[0][:30]) for row in REFUSED])
def test_what_cannot_be_a_date_is_refused_with_the_reason(words: str, reason: str) -> None:
    with pytest.raises(KpuError) as refusal:
        read(words)
    assert reason in refusal.value.message


def test_every_refusal_is_one_sentence() -> None:
    for words in [row[0] for row in REFUSED] + [row[0] for row in AMBIGUOUS]:
        with pytest.raises(KpuError) as refusal:
            read(words)
        assert refusal.value.message.endswith(".")
        assert "\n" not in refusal.value.message


def test_a_leap_day_without_a_year_is_refused_naming_the_only_one() -> None:
    with pytest.raises(KpuError, match="Kamis, 29 Februari 2024"):
        read("29 Februari", datetime(2023, 12, 1, tzinfo=WIB))
    assert read("Kamis, 29 Februari", datetime(2023, 12, 1, tzinfo=WIB)).year == 2024


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert read("sebulan lagi", datetime(2022, 1, 31, tzinfo=WIB)).date() == date(2022, 2, 28)


@pytest.mark.parametrize("weekday", range(7))
def test_weekdays_are_told_from_every_day_of_the_week(weekday: int) -> None:
    for today in (date(2022, 4, 18) + timedelta(step) for step in range(7)):
        now = datetime(today.year, today.month, today.day, 12, tzinfo=WIB)
        name = "Ahad" if weekday == MINGGU else WEEKDAYS[weekday]
        past = read(f"{name} lalu", now).date()
        assert past.weekday() == weekday
        assert 1 <= (today - past).days <= 7
        if weekday <= today.weekday():
            assert 1 <= (read(f"{name} depan", now).date() - today).days <= 7
        else:
            with pytest.raises(KpuError, match="dapat berarti"):
                read(f"{name} depan", now)


@unhurried
@given(days_of_the_office)
def test_a_day_as_said_is_read_again(day: date) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=WIB)
    for form, _names_weekday in forms(day):
        assert read(form) == midnight, form
    assert read(f"{say_day(day)} pukul {say_time(midnight)}") == midnight


@unhurried
@given(st.text(max_size=40) | scraps, st.sampled_from([WIB, WIT]))
def test_any_words_give_an_aware_moment_or_a_refusal(words: str, zone: timezone) -> None:
    try:
        moment = read_date(words, now=NOW, zone=zone)
    except KpuError:
        return
    assert moment.utcoffset() is not None
    assert 1945 <= moment.year <= 2100


# Periods

PERIODS = [
    ("20/4/2022", date(2022, 4, 20), date(2022, 4, 21)),
    ("kemarin", date(2022, 4, 19), date(2022, 4, 20)),
    ("20 April 2022 pukul 15.00", date(2022, 4, 20), date(2022, 4, 21)),
    ("2 jam lalu", date(2022, 4, 20), date(2022, 4, 21)),
    ("April 2022", date(2022, 4, 1), date(2022, 5, 1)),
    ("bulan Des 2022", date(2022, 12, 1), date(2023, 1, 1)),
    ("4/2022", date(2022, 4, 1), date(2022, 5, 1)),
    ("2022-04", date(2022, 4, 1), date(2022, 5, 1)),
    ("2022", date(2022, 1, 1), date(2023, 1, 1)),
    ("tahun 2100", date(2100, 1, 1), date(2101, 1, 1)),
    ("1945", date(1945, 1, 1), date(1946, 1, 1)),
    ("minggu ini", date(2022, 4, 18), date(2022, 4, 25)),
    ("pekan ini", date(2022, 4, 18), date(2022, 4, 25)),
    ("pekan lalu", date(2022, 4, 11), date(2022, 4, 18)),
    ("minggu lalu", date(2022, 4, 11), date(2022, 4, 18)),
    ("pekan depan", date(2022, 4, 25), date(2022, 5, 2)),
    ("bulan ini", date(2022, 4, 1), date(2022, 5, 1)),
    ("bulan lalu", date(2022, 3, 1), date(2022, 4, 1)),
    ("tahun ini", date(2022, 1, 1), date(2023, 1, 1)),
    ("tahun lalu", date(2021, 1, 1), date(2022, 1, 1)),
]


@pytest.mark.parametrize(("words", "first", "after"), PERIODS, ids=[row[0] for row in PERIODS])
def test_a_period_ends_before_the_next_begins(words: str, first: date, after: date) -> None:
    start, end = read_period(words, now=NOW, zone=WIB)
    assert start == datetime(first.year, first.month, first.day, tzinfo=WIB)
    assert end == datetime(after.year, after.month, after.day, tzinfo=WIB)


def test_a_day_of_another_zone_is_a_day_there() -> None:
    start, end = read_period("20 April 2022 WITA", now=NOW, zone=WIB)
    assert start == datetime(2022, 4, 20, tzinfo=WITA)
    assert end - start == timedelta(1)


@pytest.mark.parametrize("words", ["", "April", "13/2022", "Senin", "2200", "Kamis 20/4/2022"])
def test_an_unclear_period_is_refused(words: str) -> None:
    with pytest.raises(KpuError):
        read_period(words, now=NOW, zone=WIB)


@pytest.mark.parametrize(
    ("words", "today", "years"),
    [
        ("April", date(2022, 4, 20), ["2021", "2022"]),
        ("Desember", date(2022, 4, 20), ["2021", "2022"]),
        ("Maret", date(2022, 11, 1), ["2022", "2023"]),
        ("November", date(2022, 1, 1), ["2021", "2022"]),
    ],
)
def test_a_month_without_a_year_is_refused_with_the_nearest(
    words: str, today: date, years: list[str]
) -> None:
    now = datetime(today.year, today.month, today.day, 10, tzinfo=WIB)
    with pytest.raises(KpuError) as caught:
        read_period(words, now=now, zone=WIB)
    said = str(caught.value) + str(caught.value.hint)
    assert [year for year in ("2020", "2021", "2022", "2023") if year in said] == years


# Imports


def run_python(code: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


def test_dateparser_is_imported_only_where_nothing_else_helps() -> None:
    code = (
        "import sys, datetime, kpucli.dates as dates\n"
        "now = datetime.datetime.now(datetime.UTC)\n"
        "dates.find_dates('Rabu (20/4/2022)')\n"
        "for words in ('besok', '20/4/2022 pukul 9', 'hari ini'):\n"
        "    dates.read_date(words, now=now, zone=dates.ZONES['WIB'])\n"
        "print('dateparser' in sys.modules)\n"
    )
    assert run_python(code) == "False"


def test_saying_a_date_compiles_no_patterns() -> None:
    code = "import sys, kpucli.dates; print('kpucli.dates.patterns' in sys.modules)"
    assert run_python(code) == "False"


def test_every_public_name_is_there_and_no_other() -> None:
    for name in dates.__all__:
        assert hasattr(dates, name)
    assert not hasattr(dates, "parse_date")
