"""What only dateparser reads: distances in hours, the month or the year in front.

It is asked only what can be checked afterwards, as it also ignores weekdays, takes missing parts
from today, and reads 4/20/2022 although told that the day comes first.
"""

from __future__ import annotations

import re
from datetime import datetime, time

from kpucli.dates import refusals
from kpucli.dates.patterns import MONTH_NUMBERS, WEEKDAY_NUMBERS

_DISTANCE = re.compile(
    r"(?P<ahead>dalam )?(?P<parts>[0-9]{1,4} UNIT(?: [0-9]{1,4} UNIT)*)"
    r"(?: (?:(?P<ago>(?:yang )?lalu)|lagi|kemudian|ke depan))?".replace(
        "UNIT", "(?:tahun|bulan|minggu|hari|jam|menit|detik)"
    )
)
_HOURS = re.compile(r"jam|menit|detik")
_YEAR_FIRST = re.compile(r"[0-9]{4}([/.-])[0-9]{1,2}\1[0-9]{1,2}")
_WORD = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"[0-9]+")


def ask_dateparser(simplified: str, words: str, now: datetime) -> datetime | None:
    """The moment that the `simplified` words name, seen from `now`; None if there is doubt.

    Raises KpuError, quoting the `words` as typed, for a date given a wrong weekday.
    """
    distance = _DISTANCE.fullmatch(simplified)
    if distance:
        return _distant(distance, now)
    return _parsed_date(simplified, words, now)


def _distant(distance: re.Match[str], now: datetime) -> datetime | None:
    past, directed = distance["ago"] is not None, distance[0] != distance["parts"]
    if not directed or (past and distance["ahead"]):
        return None
    answer = _parse(f"{distance['parts']} lalu" if past else f"dalam {distance['parts']}", now)
    if answer is None or (answer > now if past else answer < now):
        return None
    return answer if _HOURS.search(distance["parts"]) else _midnight(answer)


def _parsed_date(simplified: str, words: str, now: datetime) -> datetime | None:
    """A date with all three parts and no others, each of them in the answer."""
    numbers = [int(number) for number in _NUMBER.findall(simplified)]
    names = _WORD.findall(simplified)
    months = [MONTH_NUMBERS[name] for name in names if name in MONTH_NUMBERS]
    weekdays = [WEEKDAY_NUMBERS[name] for name in names if name in WEEKDAY_NUMBERS]
    in_words = len(months) == 1 and len(numbers) == 2 and max(numbers) >= refusals.FIRST_YEAR
    if not in_words and not _YEAR_FIRST.fullmatch(simplified):
        return None
    answer = _parse(simplified, now)
    if answer is None:
        return None
    parts = [answer.year, answer.month, answer.day]
    if parts != (numbers if not in_words else [max(numbers), *months, min(numbers)]):
        return None
    if weekdays and weekdays != [answer.weekday()]:
        raise refusals.wrong_weekday(words, answer.date(), weekdays[0])
    return answer if answer == _midnight(answer) else None


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment, time(), moment.tzinfo)


def _parse(words: str, now: datetime) -> datetime | None:
    """The answer of dateparser, in the zone of `now`; None also if it has a zone of its own."""
    import dateparser  # takes 220 ms, and most words never come here

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "STRICT_PARSING": True,
    }
    answer: datetime | None = dateparser.parse(words, languages=["id"], settings=settings)
    if answer is None or answer.tzinfo is not None:
        return None
    return answer.replace(tzinfo=now.tzinfo)
