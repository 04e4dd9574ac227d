"""The state of an office, as `kpucli` alone tells it, and the commands that come next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from kpucli.article import Status
from kpucli.census import NAMED, Census
from kpucli.dates import say_day, say_time
from kpucli.i18n import _, ngettext
from kpucli.printable import group_thousands, printable

_SUGGESTED = 3  # commands


@dataclass(frozen=True, slots=True)
class Site:
    """The site that was published last.

    `name` and the number of `files` are None while it is half made; `pending` are the articles
    that are new, changed and gone since, None where that is not known.
    """

    moment: datetime
    name: str | None
    files: int | None
    pending: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A target, and when it was sent to last from here; `moment` is None if never."""

    target: str
    moment: datetime | None = None
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class OfficeState:
    """What is known of an office.

    `unsound` are the articles (`YYYY/slug`) in which the last check before a publish found errors,
    None where there was none; `viewed` is the last day whose views were counted.
    """

    name: str
    has_config: bool
    census: Census
    unsound: Collection[str] | None = None
    site: Site | None = None
    viewed: date | None = None
    sent: Sequence[Sent] = ()


def describe_state(state: OfficeState) -> Iterator[tuple[str, str]]:
    """Labels and what is said under each; a label is empty where the one before goes on."""
    census = state.census
    yield _("Berita"), _count_articles(census)
    if census.broken:
        words = ngettext(
            "{number} berkas tidak terbaca atau salah tempat",
            "{number} berkas tidak terbaca atau salah tempat",
            census.broken,
        )
        yield "", words.format(number=group_thousands(census.broken))
    for number, (name, moment) in enumerate(census.coming):
        yield "" if number else _("Terjadwal"), f"{_say(moment)}: {name}"
    if census.drafts:
        yield _("Draf"), _list_some(census.drafts, census.counts.get(Status.DRAFT, 0))
    yield _("Temuan"), _describe_findings(state.unsound)
    yield from _describe_site(state.site)
    day = state.viewed
    viewed = _("belum dicatat") if day is None else _("sampai {day}").format(day=say_day(day))
    yield _("Dilihat"), viewed
    for number, sent in enumerate(state.sent):
        yield "" if number else _("Unggahan"), _describe_sent(sent)


def suggest_commands(state: OfficeState) -> list[tuple[str, str]]:
    """The most useful commands now, each with what for."""
    found: dict[str, str] = {}
    for command, reason in _find_commands(state):
        found.setdefault(command, reason)
    return list(islice(found.items(), _SUGGESTED))


def _find_commands(state: OfficeState) -> Iterator[tuple[str, str]]:
    census, site = state.census, state.site
    is_empty = not any(census.counts.values())
    if not state.has_config:
        yield "kpucli init", _("siapkan setelan kantor ini")
    if census.broken or state.unsound:
        yield "kpucli lint", _("lihat apa yang harus dibenahi")
    if is_empty:
        yield 'kpucli new "Judul berita"', _("tulis berita pertama")
        yield "kpucli import --help", _("pindahkan berita dari situs lama")
    if _needs_publish(state):
        yield "kpucli publish", _("terbitkan yang sudah siap")
    if site is not None and site.files is not None:
        for sent in state.sent:
            if not sent.is_complete or sent.moment is None or sent.moment < site.moment:
                yield f"kpucli upload {sent.target}", _("kirim situs terbaru ke tujuannya")
    if census.drafts:
        yield f"kpucli list --status {_('draf')}", _("lihat draf yang belum selesai")
    yield 'kpucli new "Judul berita"', _("tulis berita baru")
    yield "kpucli lint", _("periksa berita sebelum terbit")
    yield "kpucli serve", _("lihat situsnya di komputer ini")


def _needs_publish(state: OfficeState) -> bool:
    site = state.site
    if site is None:
        return bool(state.census.counts.get(Status.PUBLISHED))
    return site.files is None or site.pending is None or any(site.pending)


def _count_articles(census: Census) -> str:
    words = (
        (Status.PUBLISHED, _("{number} terbit")),
        (Status.DRAFT, _("{number} draf")),
        (Status.SCHEDULED, _("{number} terjadwal")),
        (Status.WITHDRAWN, _("{number} ditarik")),
    )
    counts = ((census.counts.get(status, 0), words) for status, words in words)
    return ", ".join(words.format(number=group_thousands(count)) for count, words in counts)


def _describe_findings(unsound: Collection[str] | None) -> str:
    if unsound is None:
        return _("belum diketahui; periksa dengan `kpucli lint`")
    if not unsound:
        return _("tidak ada galat pada pemeriksaan terakhir sebelum terbit")
    words = ngettext(
        "{number} berita bergalat pada pemeriksaan terakhir sebelum terbit: {names}",
        "{number} berita bergalat pada pemeriksaan terakhir sebelum terbit: {names}",
        len(unsound),
    )
    names = _list_some(sorted(unsound)[:NAMED], len(unsound))
    return words.format(number=group_thousands(len(unsound)), names=names)


def _describe_site(site: Site | None) -> Iterator[tuple[str, str]]:
    if site is None:
        yield _("Situs"), _("belum pernah diterbitkan di sini")
        return
    if site.name is None or site.files is None:
        yield _("Situs"), _("penerbitan terputus; ulangi `kpucli publish`")
        return
    words = ngettext(
        "terbit {moment}; {number} berkas, generasi {name}",
        "terbit {moment}; {number} berkas, generasi {name}",
        site.files,
    )
    yield (
        _("Situs"),
        words.format(moment=_say(site.moment), number=group_thousands(site.files), name=site.name),
    )
    if site.pending is None:
        yield "", _("tidak diketahui apakah sesuai dengan arsip sekarang")
    elif any(site.pending):
        new, changed, gone = map(group_thousands, site.pending)
        words = _("sejak itu: {new} berita baru, {changed} berubah, {gone} tidak lagi terbit")
        yield "", words.format(new=new, changed=changed, gone=gone)
    else:
        yield "", _("semua berita di situs sesuai dengan arsip")


def _describe_sent(sent: Sent) -> str:
    if sent.moment is None:
        return _("{target}: belum pernah dari komputer ini").format(target=sent.target)
    words = (
        _("{target}: selesai {moment}") if sent.is_complete else _("{target}: terputus {moment}")
    )
    return words.format(target=sent.target, moment=_say(sent.moment))


def _list_some(names: Sequence[str], count: int) -> str:
    return printable(", ".join(names)) + (", …" if count > len(names) else "")


def _say(moment: datetime) -> str:
    return f"{say_day(moment)}, {say_time(moment)}"
