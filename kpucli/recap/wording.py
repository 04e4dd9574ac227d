"""How the report says its numbers and spans, in Indonesian."""

from __future__ import annotations

from datetime import date, time

from kpucli.dates import MONTHS, say_date
from kpucli.printable import group_thousands
from kpucli.recap.columns import Cell
from kpucli.recap.model import Recap, Week


def say_cell(cell: Cell) -> str:
    """A cell as readers want it: `20 April 2022`, `15.00`, `1.234`, or its text."""
    if isinstance(cell, date):
        return say_date(cell)
    if isinstance(cell, time):
        return f"{cell:%H.%M}"
    return group_thousands(cell) if isinstance(cell, int) else cell


def say_share(share: float) -> str:
    """`13%`; what is more than nothing is never said as nothing, and less than all never as all."""
    percent = round(share * 100)
    if 0 < share < 1:
        percent = min(max(percent, 1), 99)
    return f"{percent}%"


def say_difference(now: int, before: int) -> str:
    """`naik 3`, `turun 1.200`, `tetap`."""
    if now == before:
        return "tetap"
    return f"{'naik' if now > before else 'turun'} {group_thousands(abs(now - before))}"


def say_week(week: Week) -> str:
    """`4–10 April`; `1 April` where it is one day."""
    days = str(week.first.day)
    if week.last != week.first:
        days += f"–{week.last.day}"
    return f"{days} {MONTHS[week.first.month - 1]}"


def say_notes(recap: Recap) -> list[str]:
    """What must be known to read the numbers rightly, a sentence each."""
    notes = [
        "Yang dihitung adalah berita yang terbit; draf, berita terjadwal, dan yang ditarik tidak."
    ]
    if recap.until is not None:
        notes.append(
            f"{recap.month} belum selesai: angkanya sampai {say_date(recap.until)},"
            f" dibandingkan dengan {recap.month.before} seutuhnya."
        )
    if recap.counted_until is not None:
        notes.append(
            "Dilihat adalah jumlah sejak berita terbit,"
            f" dihitung sampai {say_date(recap.counted_until)}."
        )
    notes.append("Berita dengan beberapa tag dihitung pada setiap tagnya.")
    return notes


def summarise(recap: Recap) -> list[tuple[str, str, str, str]]:
    """The main figures: name, this month, the month before, and the difference."""
    now, before = recap.figures, recap.before
    return [
        (
            "Berita",
            group_thousands(now.items),
            group_thousands(before.items),
            say_difference(now.items, before.items),
        ),
        (
            "Hari dengan berita",
            f"{now.days_with_news} dari {now.days} ({say_share(now.share)})",
            f"{before.days_with_news} dari {before.days} ({say_share(before.share)})",
            say_difference(now.days_with_news, before.days_with_news),
        ),
        (
            "Dilihat",
            group_thousands(now.views),
            group_thousands(before.views),
            say_difference(now.views, before.views),
        ),
    ]
