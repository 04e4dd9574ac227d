"""Dates and times as Indonesian news writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")  # as date.weekday()
ZONES = {
    "WIB": timezone(timedelta(hours=7), "WIB"),
    "WITA": timezone(timedelta(hours=8), "WITA"),
    "WIT": timezone(timedelta(hours=9), "WIT"),
}
_ZONE_NAMES = {zone.utcoffset(None): name for name, zone in ZONES.items()}


def say_date(day: date) -> str:
    """`20 April 2022`."""
    return f"{day.day} {say_month(day.year, day.month)}"


def say_day(day: date) -> str:
    """`Rabu, 20 April 2022`."""
    return f"{WEEKDAYS[day.weekday()]}, {say_date(day)}"


def say_month(year: int, month: int) -> str:
    """`April 2022`; `month` counts from 1."""
    return f"{MONTHS[month - 1]} {year}"


def say_time(moment: datetime) -> str:
    """`15.00 WIB`; other offsets as `15.00 UTC+05.30`; a time without a zone as `15.00`."""
    clock = f"{moment.hour:02}.{moment.minute:02}"
    offset = moment.utcoffset()
    if offset is None:
        return clock
    return f"{clock} {_ZONE_NAMES.get(offset) or _say_offset(offset)}"


def _say_offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, minutes_left = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}.{minutes_left:02}"
