"""Why typed words cannot be taken for a date: each refusal names the readings it wavers between."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce

from kpucli.dates.recognising import existing_date
from kpucli.dates.saying import say_day, say_month
from kpucli.errors import KpuError
from kpucli.i18n import _

FIRST_YEAR, LAST_YEAR = 1945, 2100


def ambiguous(words: str, days: Iterable[date]) -> KpuError:
    """The words fit each of `days`."""
    return _between(_("“{words}” dapat berarti {readings}."), words, days)


def disagreeing(words: str, days: Iterable[date]) -> KpuError:
    """Weekday and date contradict each other; `days` fit one or the other."""
    message = _("Hari dan tanggal dalam “{words}” tidak cocok; mungkin maksudnya {readings}.")
    return _between(message, words, days)


def wrong_weekday(words: str, day: date, weekday: int, others: Iterable[date] = ()) -> KpuError:
    """`day` as written is no `weekday`; the nearest that is, and `others`, may be meant."""
    nearest = day + timedelta((weekday - day.weekday() + 3) % 7 - 3)
    return disagreeing(words, dict.fromkeys((day, *others, nearest)))


def day_or_week(words: str, sunday: date, monday: date, last: date) -> KpuError:
    """The words, as "minggu lalu", fit `sunday` and the week from `monday` to `last`."""
    message = _("“{words}” dapat berarti hari {sunday}, atau pekan {monday} sampai {last}.")
    return KpuError(
        message.format(
            words=words, sunday=say_day(sunday), monday=say_day(monday), last=say_day(last)
        ),
        _to_type([sunday]),
    )


def several_days(words: str, first: date, last: date) -> KpuError:
    """A span of days where one day is wanted."""
    message = _("“{words}” bukan satu hari, melainkan {first} sampai {last}.")
    return KpuError(
        message.format(words=words, first=say_day(first), last=say_day(last)), _to_type([first])
    )


def month_without_year(words: str, month: int, years: Iterable[int]) -> KpuError:
    """The month may be that of each of `years`."""
    message = _("“{words}” tidak menyebut tahun; mungkin maksudnya {readings}.")
    readings = _or(say_month(year, month) for year in years)
    return KpuError(
        message.format(words=words, readings=readings), _("Tulis bulannya dengan tahunnya.")
    )


def midnight(words: str, day: date, next_day: date) -> KpuError:
    """The time, as "jam 12 malam", fits the beginning of `day` and its end."""
    message = _("“{words}” dapat berarti {day} pukul 00.00, atau {next_day} pukul 00.00.")
    return KpuError(
        message.format(words=words, day=say_day(day), next_day=say_day(next_day)),
        _("Tulis tanggalnya dengan pukul 00.00, atau pukul 23.59."),
    )


def nonexistent(words: str, year: int, month: int, day: int) -> KpuError:
    """The date is in no calendar; perhaps the month was written first, as Indonesia does not."""
    if 1 <= month <= 12:
        message = _("Tanggal “{words}” tidak ada: {month} terdiri dari tanggal 1 sampai {last}.")
        last = monthrange(year, month)[1]
        return KpuError(
            message.format(words=words, month=say_month(year, month), last=last),
            _to_type([date(year, month, min(max(day, 1), last))]),
        )
    swapped = existing_date(year, day, month)
    if swapped is None:
        message = _("Tanggal “{words}” tidak ada: bulan hanya 1 sampai 12.")
        return KpuError(message.format(words=words), examples())
    message = _(
        "Tanggal “{words}” tidak ada, karena hari ditulis sebelum bulan; mungkin maksudnya"
        " {reading}."
    )
    return KpuError(message.format(words=words, reading=say_day(swapped)), _to_type([swapped]))


def outside_years(year: int) -> KpuError:
    """The year is not one of this office's."""
    message = _("Tahun {year} di luar jangkauan: hanya {first} sampai {last}.")
    return KpuError(message.format(year=year, first=FIRST_YEAR, last=LAST_YEAR))


def unreadable(words: str) -> KpuError:
    """Nothing known to these modules nor to dateparser."""
    return KpuError(_("Tanggal “{words}” tidak dapat dibaca.").format(words=words), examples())


def examples() -> str:
    """What can be typed, for hints."""
    return _("Contoh: 20/4/2022, 20 April 2022 pukul 15.00, besok, Senin depan.")


def _between(message: str, words: str, days: Iterable[date]) -> KpuError:
    known = list(days)
    readings = _or(say_day(day) for day in known)
    return KpuError(message.format(words=words, readings=readings), _to_type(known))


def _to_type(days: Iterable[date]) -> str:
    """The hint: these days as they can be typed, whatever today is."""
    return _("Tulis {days}.").format(days=_or(f"{day.day}/{day.month}/{day.year}" for day in days))


def _or(readings: Iterable[str]) -> str:
    pair = _("{first} atau {second}")
    return reduce(lambda first, second: pair.format(first=first, second=second), readings)
