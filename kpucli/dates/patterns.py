"""How Indonesian texts write dates, and what only looks like one: the patterns."""

from __future__ import annotations

import re

from kpucli.dates.saying import MONTHS, WEEKDAYS

# Blanks and at most one line break, so that nothing is read across paragraphs.
_GAP = r"[^\S\n]{0,3}(?:\n[^\S\n]{0,3})?"
_BLANK = rf"(?=\s){_GAP}"
_TO = r"(?:[-–—]|s\s?/\s?d|s\.?\s?d\.?|sampai(?:\s+dengan)?|hingga)"
_JOIN = rf"(?:{_TO}|&|dan|serta|atau)"

_WHOLE_MONTHS = {
    **{name.lower(): number for number, name in enumerate(MONTHS, start=1)},
    "pebruari": 2,
    "febuari": 2,
    "nopember": 11,
}
_SHORT_MONTHS = {
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, start=1) if number != 5},
    "peb": 2,
    "mrt": 3,
    "agust": 8,
    "agt": 8,
    "ags": 8,
    "sept": 9,
    "nop": 11,
}
MONTH_NUMBERS = _WHOLE_MONTHS | _SHORT_MONTHS

DATE = re.compile(
    rf"""
    (?P<iso>[0-9]{{4}})-(?P<iso_month>[0-9]{{2}})-(?P<iso_day>[0-9]{{2}})(?:(?=T[0-9])|(?![\w/-]))
    |
    (?P<days>(?:[0-9]{{1,2}}{_GAP}(?:,|{_JOIN}){_GAP}){{0,6}}
             [0-9]{{1,2}}{_GAP}(?:,{_GAP})?{_JOIN}{_GAP}(?:tanggal{_BLANK})?)?
    (?P<day>[0-9]{{1,2}})
    (?:
      (?:[^\S\n]?(?P<mark>[/.-])[^\S\n]?(?P<month>[0-9]{{1,2}})
         [^\S\n]?(?P=mark)[^\S\n]?(?P<year>[0-9]{{2,5}})
       | /(?P<bare_month>[0-9]{{1,2}}))
      (?![\w/%]|\.[0-9]|(?-i:\.[a-z]{{2,4}}(?![a-z])))
      |
      (?:{_GAP}|-)(?:bulan{_BLANK})?
      (?:(?P<whole>(?a:{"|".join(_WHOLE_MONTHS)}))|(?P<short>(?a:{"|".join(_SHORT_MONTHS)}))\b\.?)
      (?![^\W\d_])
      (?:(?:{_GAP}|-)(?:tahun{_BLANK})?
         (?P<written_year>(?:1[5-9]|2[01])[0-9]{{2}}|(?:19|20)[0-9](?!\s*\w)|(?:19|20)[0-9]{{3}})
         (?![0-9]|\.[0-9]{{3}}|\s?%))?
    )
    (?!-[0-9]{{4}}|(?<=-[0-9]{{4}})(?:-\w|(?-i:\.[a-z])))
    """,
    re.IGNORECASE | re.VERBOSE,
)
NUMBER = re.compile(r"[0-9]+")
# A number that `DATE` may begin with, by what stands behind it.
LIKELY = re.compile(
    rf"[0-9](?<![0-9]{{2}})[0-9]*+(?={_GAP}(?:[-–—/.,&]|s\.?\s?[/d]|sampai|hingga|dan|serta|atau|bulan"
    rf"|{'|'.join(dict.fromkeys(name[:3] for name in MONTH_NUMBERS))}))",
    re.IGNORECASE,
)
SPACE = re.compile(r"\s")

WEEKDAY_NUMBERS = {name.lower(): number for number, name in enumerate(WEEKDAYS)} | {"ahad": 6}
_WEEKDAY = r"(?<!\w)(?a:senin|selasa|rabu|kamis|jum['’‘`´]?at|sabtu|minggu|ahad)(?!\w)"
_PASSING = (  # words that come between a weekday and its date
    rf"(?:{_BLANK}(?:pagi|siang|sore|petang|malam|dini{_BLANK}hari|subuh|legi|pahing|pon|wage|kliwon"
    r"|ini|itu|tadi|nanti|lalu|kemarin|besok|lusa|depan|mendatang)(?!\w))*"
)
_CLOCK = (
    rf"(?:,?{_BLANK}(?:pukul|pkl\.?|jam){_BLANK}[0-9]{{1,2}}[.:][0-9]{{2}}"
    rf"(?:{_BLANK}WI(?:B|TA|T))?)?"
)
WEEKDAYS_BEFORE = re.compile(
    rf"(?P<weekdays>{_WEEKDAY}{_PASSING}"
    rf"(?:{_GAP}(?:,{_GAP}(?:dan{_BLANK})?|{_JOIN}){_GAP}(?:hari{_BLANK})?{_WEEKDAY}{_PASSING}){{0,6}})"
    rf"{_CLOCK}(?:{_GAP}[,:/–-])?{_GAP}(?:(?:pada|tepatnya|tanggal|tgl\.?){_BLANK})*"
    rf"(?:[(\[]{_GAP})?(?:(?:tanggal|tgl\.?){_GAP})?\Z",
    re.IGNORECASE,
)
WEEKDAY_AFTER = re.compile(rf"\s?\((?:hari\s)?({_WEEKDAY})\)", re.IGNORECASE)
ONE_WEEKDAY = re.compile(_WEEKDAY, re.IGNORECASE)

# "minggu" is also a week: "dua minggu 14–28 April", "Minggu lalu (14/4/2022)".
COUNT_BEFORE = re.compile(
    r"(?:[0-9]|\b(?:se|satu|dua|tiga|empat|lima|enam|tujuh|delapan|beberapa|tiap|setiap))\s?\Z",
    re.IGNORECASE,
)
HARI_BEFORE = re.compile(r"\bhari\s+\Z", re.IGNORECASE)
WEEK_AFTER = re.compile(r"\s(?:ini|itu|lalu|kemarin|depan|mendatang)\b", re.IGNORECASE)

# Part of a path, an amount, a word ("Covid-19 April"), another number.
TOUCHING = re.compile(r"(?:[\w/\\=&?#@%$+~]|[0-9][.,:]|[A-Z]\.|\w[-–])\Z")
NUMBERED = re.compile(r"\b(?:nomor|no|nr)\W{0,3}\Z", re.IGNORECASE)
REFERENCE = re.compile(
    r"\b(?:nomor|no|nr|uu|pp|pkpu|perpres|perppu|perda|permen\w*|pasal|ayat|bab|butir|angka|versi|v)"
    r"\W{0,3}\Z",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    rf"[)\]]?{_GAP}(?:(?P<comma>,)|(?:,{_GAP})?(?:(?P<to>{_TO})|{_JOIN})){_GAP}"
    rf"(?:(?:pada|hari|tanggal|tgl\.?){_BLANK}){{0,2}}(?:[(\[]{_GAP})?",
    re.IGNORECASE,
)
