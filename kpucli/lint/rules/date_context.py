"""TGL003, TGL004: dates that do not go with the article's, and days that are not dated."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from kpucli.dates import WEEKDAYS, DateSpan, say_date
from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.rule import INFO, WARNING, Hit, rule

_SLIP_DAYS = 14  # so near to the article's date would the date be if its year were right
_AROUND = 90
# Days that were spoken of for years: elections, and the start of their stages.
_KNOWN_DAYS = frozenset(
    {
        *(date(2014, 4, 9), date(2014, 7, 9), date(2015, 12, 9), date(2017, 2, 15)),
        *(date(2018, 6, 27), date(2019, 4, 17), date(2020, 12, 9)),
        *(date(2022, 6, 14), date(2024, 2, 14), date(2024, 11, 27)),
    }
)

# Words in whose company a date of an earlier year, or of a far month, is nothing strange.
_PAST = re.compile(
    r"\b(?:pemungutan|pencoblosan|coblosan|hari h|setahun|tahun sebelumnya|lalu|silam"
    r"|sejak|semenjak|bertanggal|tertanggal|surat|putusan|keputusan|peraturan|perjanjian|nomor|no"
    r"|lahir|kelahiran|wafat|gugur|meninggal|periode|masa jabatan|berlaku|terakhir|saat itu"
    r"|kala itu|ketika itu"
    r"|pemilu|pilkada|pemilihan (?:umum|serentak|kepala)|pilpres|pileg|hut|peringatan|memperingati"
    r"|ulang tahun|berdiri|didirikan|diundangkan|disahkan|per|posisi|semester)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:akan|bakal|hendak|rencana\w*|direncanakan|dijadwalkan|diagendakan|mendatang|nanti|depan"
    r"|besok|lusa|jadwal\w*|paling lambat|selambat\w*|batas|hingga|sampai|mulai|tahapan|target\w*"
    r"|ditargetkan|diperkirakan|undangan|mengundang|siap|persiapan|jelang|menjelang|sebelum"
    r"|pemungutan|pemilu|pilkada|pemilihan)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:telah|usai|seusai|berlangsung|(?:meng|di)gelar|(?:meng|di)ikuti|(?:meng|di)hadiri"
    r"|(?:me|di)lantik|(?:mem|di)pimpin|(?:meny|dis)erahkan|(?:me|di)laksanakan|(?:meng|di)adakan"
    r"|menerima|(?:meng|di)unjungi|(?:mem|di)buka|menggelar|menyelenggarakan|diselenggarakan)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.!?](?=\s)|\n")


@rule(
    "TGL003",
    N_("Tanggal tidak sejalan dengan tanggal artikel"),
    severity=WARNING,
    explanation=N_(
        "Tahun tanggal ini lain dari tahun `date`, padahal dengan tahun `date` jaraknya paling"
        " banyak dua pekan: tahunnya mungkin salah ketik, seperti biasa terjadi di awal tahun. Atau"
        " tanggal kegiatan di alinea pertama sesudah `date`, atau lebih dari 45 hari sebelumnya:"
        " salah satunya keliru. Tanggal sejarah, jadwal, surat, dan pemungutan suara tidak"
        " dilaporkan."
    ),
    source=N_("Berita terbit segera sesudah kegiatannya."),
    bad=(
        "Pendaftaran dibuka dari 18 April hingga ‹22 April 2021›.",
        "Apel digelar di halaman kantor, Rabu (‹7/9/2022›). Semua hadir.",
        "KPU menggelar rapat pleno di aula, Senin (‹10/1/2022›), dan semua hadir.",
    ),
    good=(
        "Rapat digelar Selasa (19/4/2022). Pemungutan suara Pemilu 2019 berlangsung 17 April 2019.",
        "Rapat akan digelar Rabu (7/9/2022). Ia menjabat sejak 20 April 2021.",
    ),
)
def date_vs_metadata(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A year that is a slip, or an event far from the article's date."""
    if not manuscript.value("date"):
        return
    published = manuscript.article.date.date()
    first = None
    for passage, spans in manuscript.dates:
        for span in spans:
            day = span.date()
            if passage.field == "body" and first is None and span.weekday is not None:
                first = span
            if day is None:
                continue
            message = _year_slip(passage, span, day, published)
            if message is None and span is first:
                message = _far(passage, span, day, published, archive.limits.date_days)
            if message:
                yield passage.hit((span.start, span.end), message)


def _year_slip(passage: Passage, span: DateSpan, day: date, published: date) -> str | None:
    is_stated = str(day.year) in span.text or str(day.year)[2:] == span.text[-2:]
    if not is_stated or abs(day.year - published.year) != 1 or day in _KNOWN_DAYS:
        return None
    moved = _in_year(day, published.year)
    if moved is None or abs((moved - published).days) > _SLIP_DAYS:
        return None
    if abs((day - published).days) <= _SLIP_DAYS * 3:  # around the turn of the year
        return None
    if span.weekday is not None:
        if day.weekday() == span.weekday:
            return None
        is_slip = moved.weekday() == span.weekday
    else:  # a later year is a plan more often than a slip
        is_slip = day < published and not _PAST.search(_sentence(passage.text, span))
    if not is_slip:
        return None
    return _("Tahun {year}? Dengan tahun artikel ini tanggalnya {date}.").format(
        year=day.year, date=say_date(moved)
    )


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _far(passage: Passage, span: DateSpan, day: date, published: date, limit: int) -> str | None:
    """Whether the first date with a weekday, in the first paragraph, is not when news happens."""
    days = (day - published).days
    if -limit <= days <= 0 or "\n\n" in passage.text[: span.start].lstrip():
        return None
    sentence = _sentence(passage.text, span)
    if day in _KNOWN_DAYS or (_FUTURE if days > 0 else _PAST).search(sentence):
        return None
    if days > 0:
        if day.weekday() != span.weekday or not _REPORTED.search(sentence):
            return None
        message = _("Kegiatan {date} belum terjadi pada tanggal artikel, {published}.")
    else:
        message = _("Kegiatan {date} terjadi {days} hari sebelum tanggal artikel, {published}.")
    return message.format(date=say_date(day), days=-days, published=say_date(published))


def _sentence(text: str, span: DateSpan) -> str:
    """The sentence around a date."""
    first = max(0, span.start - 3 * _AROUND)
    breaks = [match.end() for match in _BREAK.finditer(text, first, span.start)]
    end = _BREAK.search(text, span.end, span.end + 3 * _AROUND)
    return text[breaks[-1] if breaks else first : end.start() if end else span.end + _AROUND]


_DAYS = "|".join(WEEKDAYS).replace("Jumat", "Jum['’]?at")
_RELATIVE = re.compile(
    rf"(?<![\w-])(?:(?P<wrong>(?:minggu|pekan|bulan|tahun) kemarin)"
    rf"|(?:{_DAYS}) (?:lalu|kemarin|depan|mendatang)(?: lalu)?"
    r"|[Kk]emarin(?: (?:lusa|dulu))?|[Bb]esok|[Ll]usa"
    r"|(?:pekan|minggu) (?:lalu|depan|ini)"
    r"|tadi (?:pagi|siang|sore|malam))(?![\w-])"
)
# Without one of these in a text, `_RELATIVE` matches nothing.
_PIECES = (
    "emarin",
    "esok",
    "usa",
    " lalu",
    " depan",
    " mendatang",
    "pekan ini",
    "minggu ini",
    "tadi ",
)
_QUOTED = re.compile(r"“[^“”]{0,2000}”|\"[^\"\n]{0,2000}\"")


@rule(
    "TGL004",
    N_("Waktu tanpa tanggal"),
    severity=INFO,
    explanation=N_(
        "“Kemarin”, “pekan lalu”, dan “Senin depan” hanya dimengerti pada hari terbitnya, padahal"
        " berita dibaca bertahun-tahun kemudian. Sebut harinya dan tanggalnya, atau tambahkan"
        " tanggal di dekatnya. “Minggu kemarin” sebaiknya “pekan lalu”. Ucapan yang dikutip"
        " dibiarkan."
    ),
    source=N_("Kebiasaan pers: hari disertai tanggal dalam kurung."),
    bad=(
        "Pelantikan berlangsung ‹pekan lalu›. ‹Kemarin›, ruang itu dicat.",
        "Pimpinan dilantik ‹minggu kemarin›.",
        "Rapat digelar lagi ‹Senin depan›.",
    ),
    good=(
        "Pelantikan berlangsung pekan lalu, Selasa (12/4/2022). “Kemarin saya sakit,” katanya.",
        "Tahun lalu hasilnya sama. Kemarinya juga.",
    ),
)
def relative_date(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A day named by its distance, with no date in the sentence."""
    passage, spans = manuscript.dates[-1]
    text = passage.text
    quoted: list[tuple[int, int]] | None = None
    if not any(piece in text for piece in _PIECES):
        return
    for match in _RELATIVE.finditer(text):
        if quoted is None:
            quoted = [quote.span() for quote in _QUOTED.finditer(text)]
        if any(start < match.start() < end for start, end in quoted):
            continue
        if not match["wrong"] and _has_date(text, match, spans):
            continue
        yield passage.hit(match.span(), _complaint(match))


def _complaint(match: re.Match[str]) -> str:
    if match["wrong"]:
        unit = match[0].split()[0]
        unit = "pekan" if unit == "minggu" else unit
        return _("“{words}” sebaiknya “{unit} lalu”, dengan tanggalnya.").format(
            words=match[0], unit=unit
        )
    return _("“{words}” tanpa tanggal; sebut harinya dan tanggalnya.").format(words=match[0])


def _has_date(text: str, match: re.Match[str], spans: list[DateSpan]) -> bool:
    """Whether a date stands in the same sentence."""
    place = match.start()
    first = bisect_left(spans, place - 3 * _AROUND, key=_start)
    last = bisect_left(spans, place + 3 * _AROUND, key=_start)
    return any(
        not _BREAK.search(text, min(span.start, place), max(span.start, place))
        for span in spans[first:last]
    )


def _start(span: DateSpan) -> int:
    return span.start
