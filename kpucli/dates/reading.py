"""What a user types where a date is asked for: read with certainty, or refused with a reason.

In this order: ISO 8601, the dates that `recognising` knows, our own phrases, and for the rest
dateparser, whose answers are checked before they are believed: it ignores weekdays, takes missing
parts from today, and reads 4/20/2022 although told that the day comes first.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from kpucli.dates import phrases, refusals
from kpucli.dates.clock import has_part_of_day, split_clock
from kpucli.dates.fallback import ask_dateparser
from kpucli.dates.recognising import DateSpan, existing_date, find_dates, full_year
from kpucli.errors import KpuError
from kpucli.i18n import _

_LONGEST = 200
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?|[0-9]{8}(?:T.*)?")
_NUMBERS = re.compile(r"[0-9]+")
_APOSTROPHES = re.compile(r"['’‘`´]")
_AROUND_A_DATE = re.compile(r"[\s,().:]|\b(?:pada|hari(?! ini)|tanggal|tgl|tepatnya)\b")
_AROUND_A_PHRASE = re.compile(r"^(?:(?:pada|tanggal|tgl\.?) )+|(?: pada|[\s,.])+$")


def read_date(words: str, *, now: datetime, zone: tzinfo) -> datetime:
    """The moment that `words` name, seen from `now`; at 00.00 if they name no time.

    Both are aware. The moment is in `zone`, unless the words name a zone (WITA) or state an
    offset. Raises KpuError for words that cannot be read, fit two dates, contradict themselves,
    name a date that does not exist or a span of days, or lie outside 1945 to 2100; message and
    hint say which readings there are.
    """
    _check_length(words)
    moment = _from_iso(words.strip().upper(), zone) or _from_words(words, now, zone)
    if not refusals.FIRST_YEAR <= moment.year <= refusals.LAST_YEAR:
        raise refusals.outside_years(moment.year)
    return moment


def read_period(words: str, *, now: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The span of time that `words` name: its start, and the end that no longer belongs to it.

    A week, month or year, or the day of whatever `read_date` reads. "minggu lalu" is a week
    here. Raises KpuError as `read_date` does.
    """
    _check_length(words)
    today = now.astimezone(zone).date()
    span = phrases.read_span(_simplified(words), words, today)
    if span is None:
        moment = read_date(words, now=now, zone=zone)
        span, zone = (moment.date(), moment.date() + timedelta(1)), moment.tzinfo or zone
    first, after = span
    return datetime.combine(first, time(), zone), datetime.combine(after, time(), zone)


def _check_length(words: str) -> None:
    if not words.strip():
        raise KpuError(_("Tanggalnya kosong."), refusals.examples())
    if len(words) > _LONGEST:
        message = _("Tanggalnya terlalu panjang: {length} karakter.")
        raise KpuError(message.format(length=len(words)), refusals.examples())


def _from_iso(words: str, zone: tzinfo) -> datetime | None:
    if not _ISO.fullmatch(words):
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _from_words(words: str, now: datetime, zone: tzinfo) -> datetime:
    clock = split_clock(_simplified(words), words)
    zone = clock.zone or zone
    now = now.astimezone(zone)
    if not clock.rest:
        raise KpuError(
            _("“{words}” tidak menyebut tanggal.").format(words=words),
            _("Tulis tanggalnya juga, misalnya hari ini pukul 09.00."),
        )
    moment = _moment(clock.rest, words, now)
    if clock.is_midnight:
        raise refusals.midnight(words, moment.date(), moment.date() + timedelta(1))
    if clock.time is None:
        return moment
    if moment.time() != time():  # "2 jam lalu pukul 09.00"
        raise refusals.unreadable(words)
    return datetime.combine(moment, clock.time, zone)


def _simplified(words: str) -> str:
    return " ".join(_APOSTROPHES.sub("", words).casefold().split())


def _moment(rest: str, words: str, now: datetime) -> datetime:
    """What `rest`, without a time of day, says; the `words` as typed are for messages."""
    if rest == "sekarang":
        return now
    day = _day(rest, words, now.date())
    moment = datetime.combine(day, time(), now.tzinfo) if day else ask_dateparser(rest, words, now)
    if moment is not None:
        return moment
    if has_part_of_day(rest):
        raise KpuError(
            _("“{words}” tidak menyebut jam.").format(words=words),
            _("Tulis jamnya, misalnya pukul 19.00."),
        )
    raise refusals.unreadable(words)


def _day(rest: str, words: str, today: date) -> date | None:
    spans = find_dates(rest, typed=True)
    if spans:
        return _day_of_spans(spans, rest, words, today)
    phrase = _AROUND_A_PHRASE.sub("", rest)
    if day := phrases.read_day(phrase, words, today):
        return day
    if span := phrases.read_span(phrase, words, today):
        raise refusals.several_days(words, span[0], span[1] - timedelta(1))
    return None


def _day_of_spans(spans: list[DateSpan], rest: str, words: str, today: date) -> date | None:
    """The one date, if it is all that `rest` says; "hari ini" beside it must agree."""
    if len(spans) > 1:
        raise KpuError(
            _("“{words}” menyebut lebih dari satu tanggal.").format(words=words),
            _("Tulis satu tanggal saja."),
        )
    span = spans[0]
    start = span.start if span.weekday_start is None else min(span.start, span.weekday_start)
    end = span.end if span.weekday_end is None else max(span.end, span.weekday_end)
    beside = " ".join(_AROUND_A_DATE.sub(" ", f"{rest[:start]} {rest[end:]}").split())
    named = phrases.read_day(beside, words, today) if beside else None
    if beside and named is None:
        return None
    day = _day_of_span(span, words, today)
    if named not in (None, day):
        raise refusals.disagreeing(words, sorted((named, day)))
    return day


def _day_of_span(span: DateSpan, words: str, today: date) -> date:
    if span.year is None:
        return _day_without_year(span, words, today)
    if not refusals.FIRST_YEAR <= span.year <= refusals.LAST_YEAR:
        raise refusals.outside_years(span.year)
    day = span.date()
    if day is None:
        raise refusals.nonexistent(words, span.year, span.month, span.day)
    if other := _year_first(span):
        return _only_fitting(span, words, [day, other], [day, other])
    if span.weekday not in (None, day.weekday()):
        raise refusals.wrong_weekday(words, day, span.weekday, _month_first(span))
    return day


def _year_first(span: DateSpan) -> date | None:
    """The other reading of "20/4/22", whose first and last number may both be day or year."""
    numbers = _NUMBERS.findall(span.text)
    if len(numbers) != 3 or len(numbers[0]) != 2 or len(numbers[2]) != 2:
        return None
    other = existing_date(full_year(numbers[0]), span.month, int(numbers[2]))
    return None if other == span.date() else other


def _month_first(span: DateSpan) -> list[date]:
    """The other reading of 3/4/2022."""
    if not re.fullmatch(r"[0-9]+([/.-])[0-9]+\1[0-9]{4}", span.text) or span.year is None:
        return []
    swapped = existing_date(span.year, span.day, span.month)
    return [] if swapped in (None, span.date()) else [swapped]


def _day_without_year(span: DateSpan, words: str, today: date) -> date:
    """The day in last, this or next year, if only one of them has its weekday."""
    years = (today.year - 1, today.year, today.year + 1)
    days = [day for year in years if (day := existing_date(year, span.month, span.day))]
    if not days:
        raise refusals.nonexistent(words, today.year, span.month, span.day)
    nearest = sorted(sorted(days, key=lambda day: abs(day - today))[:2])
    return _only_fitting(span, words, days, nearest)


def _only_fitting(span: DateSpan, words: str, days: list[date], shown: list[date]) -> date:
    """The only one of `days` on the weekday of `span`; a refusal names those to be `shown`."""
    fitting = [day for day in days if day.weekday() == span.weekday]
    if len(fitting) == 1:
        return fitting[0]
    refuse = refusals.ambiguous if span.weekday is None or fitting else refusals.disagreeing
    raise refuse(words, shown)
