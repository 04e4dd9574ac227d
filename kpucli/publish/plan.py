"""What pages there are: a site's whole content as small descriptions, before any is rendered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpucli.article import Correction, moment_of
from kpucli.dates import MONTHS, say_month
from kpucli.printable import group_thousands
from kpucli.publish.related import Relations, Subject, make_subject
from kpucli.publish.site import Category, Entry, Site, Tag, Withdrawal

_POPULAR = 5
# Letters, digits and dots as they are: what a query or an escape means is the server's matter.
_FILE_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,120}){1,8}/?")
_NEIGHBOURS = 2  # numbered pages that a page links to on each side
_FEED_LENGTH = 20  # articles in a feed
_KINDS_WITH_FEED = ("list", "category", "tag")  # a month that is over has no news


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of a breadcrumb, or any label with its path."""

    label: str
    path: str


HOME = Crumb("Beranda", "/")
ARCHIVE = Crumb("Arsip", "/arsip/")
TAGS = Crumb("Tag", "/tag/")
SEARCH = Crumb("Cari", "/cari/")
CORRECTIONS = Crumb("Kebijakan koreksi", "/koreksi/")


@dataclass(frozen=True, slots=True)
class Count:
    """Something that has a page of its own, and how many articles it holds."""

    label: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Pagination:
    """A list page among its sisters.

    Numbers count from the oldest page, 1, to `last`, so that they keep their items when news is
    added; before them comes the first page of a list, its newest, which has no number (None).
    """

    number: int | None
    last: int
    base: str

    def path_of(self, number: int | None) -> str:
        """The path of one of the pages."""
        return self.base if number is None else f"{self.base}halaman/{number}/"

    @property
    def newer(self) -> str | None:
        """The path of the next newer page."""
        if self.number is None:
            return None
        return self.path_of(self.number + 1 if self.number < self.last else None)

    @property
    def older(self) -> str | None:
        """The path of the next older page."""
        number = self.last if self.number is None else self.number - 1
        return self.path_of(number) if number else None

    @property
    def shown(self) -> list[int | None]:
        """The numbers to show, newest first: the first page, neighbours, the oldest page.

        How many pages there are is not shown: it would change them all.
        """
        here = self.last + 1 if self.number is None else self.number
        newest, oldest = min(here + _NEIGHBOURS, self.last), max(here - _NEIGHBOURS, 1)
        near = list(range(newest, oldest - 1, -1))
        return [None, *near] if oldest == 1 else [None, *near, 1]


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest articles of a list, newest first, for machines to follow.

    `path` is the list's first page, and `topic` as that of its pages; see `ListPage`.
    """

    path: str
    topic: str
    entries: tuple[Entry, ...]

    @property
    def atom_path(self) -> str:
        """The path of the feed as Atom."""
        return f"{self.path}umpan.atom"

    @property
    def json_path(self) -> str:
        """The path of the feed as JSON Feed."""
        return f"{self.path}umpan.json"

    def title_on(self, site: Site) -> str:
        """The feed's title on a site."""
        return f"Berita {site.config.name}{self.topic}"


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of articles: the news, a category's, a tag's, a month's.

    `section` is the path of the menu's entry that it belongs to; `topic` says which news it is in
    a sentence that begins with "Berita KPU Kota Malang".
    """

    path: str
    kind: str
    section: str
    heading: str
    intro: str
    topic: str
    entries: tuple[Entry, ...]
    pagination: Pagination
    crumbs: tuple[Crumb, ...]
    feed: Feed | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article, the way to it, and others that go with it."""

    path: str
    entry: Entry
    related: tuple[Entry, ...]
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class TagsPage:
    """The list of all tags."""

    path: str
    tags: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class YearCount:
    """A year and its months."""

    year: Count
    months: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """All years (`year` None) or one."""

    path: str
    years: tuple[YearCount, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a site holds."""

    entries: tuple[Entry, ...]
    lists: tuple[ListPage, ...]
    articles: tuple[ArticlePage, ...]
    tags: TagsPage
    archives: tuple[ArchivePage, ...]
    categories: tuple[Count, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()

    @property
    def redirects(self) -> Iterator[tuple[str, Entry]]:
        """Old addresses of articles that are no other page's, each with its article."""
        taken = {*self.paths, SEARCH.path, *(page.url for page in self.withdrawals)}
        for entry in self.entries:
            for alias in entry.aliases:
                path = _path_of_alias(alias)
                if path is not None and path not in taken:
                    taken.add(path)
                    yield path, entry

    @property
    def corrected(self) -> Iterator[tuple[Entry, Correction]]:
        """Every correction with its article, the latest first."""
        found = [(entry, correction) for entry in self.entries for correction in entry.corrections]
        yield from sorted(found, key=lambda pair: pair[1].date, reverse=True)

    @property
    def feeds(self) -> Iterator[Feed]:
        """Every feed once."""
        for page in self.lists:
            if page.feed is not None and page.pagination.number is None:
                yield page.feed

    @property
    def popular(self) -> list[Entry]:
        """The articles with most views, the newer of equals first; none without views."""
        viewed = [entry for entry in self.entries if entry.views]
        return sorted(viewed, key=lambda entry: -(entry.views or 0))[:_POPULAR]

    @property
    def years(self) -> tuple[YearCount, ...]:
        """Years with their months, newest first."""
        return self.archives[0].years

    @property
    def paths(self) -> Iterator[str]:
        """The path of every page that a search engine may show, articles last."""
        yield from (page.path for page in self.lists)
        yield self.tags.path
        yield CORRECTIONS.path
        yield from (page.path for page in self.archives)
        yield from (page.path for page in self.articles)


def _path_of_alias(alias: str) -> str | None:
    """The path of the page for an old address; None where no file can answer for it."""
    if not _FILE_PATH.fullmatch(alias):
        return None
    has_ending = "." in alias.rpartition("/")[2]
    return alias if alias.endswith("/") or has_ending else f"{alias}/"


def make_plan(
    entries: Sequence[Entry],
    page_size: int,
    intro: str,
    withdrawals: Sequence[Withdrawal] = (),
) -> Plan:
    """The plan of a site whose articles are `entries`, newest first."""
    by_category: dict[Category, list[Entry]] = defaultdict(list)
    by_tag: dict[Tag, list[Entry]] = defaultdict(list)
    by_month: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_category[entry.category].append(entry)
        by_month[entry.date.year, entry.date.month].append(entry)
        for tag in entry.tags:
            by_tag[tag].append(entry)
    if len(by_category) == 1:  # its list would be the home page again
        by_category.clear()
    years = _count_years(by_month)
    sections = [
        _Section("/", "list", "/", HOME.label, "Berita Terkini", intro, "", entries, ()),
        *_category_sections(by_category),
        *_tag_sections(by_tag),
        *_month_sections(by_month),
    ]
    return Plan(
        entries=tuple(entries),
        lists=tuple(page for section in sections for page in _list_pages(section, page_size)),
        articles=tuple(
            ArticlePage(entry.url, entry, related, _crumbs_to(entry, bool(by_category)))
            for entry, related in zip(entries, relate(entries), strict=True)
        ),
        tags=TagsPage(TAGS.path, _count_tags(by_tag)),
        archives=(
            ArchivePage(ARCHIVE.path, years, None),
            *(ArchivePage(year.year.path, (year,), int(year.year.label)) for year in years),
        ),
        categories=tuple(
            Count(category.label, category.path, len(some))
            for category, some in sorted(by_category.items(), key=lambda item: item[0].key)
        ),
        withdrawals=tuple(withdrawals),
    )


def paginate(entries: Sequence[Entry], page_size: int) -> list[tuple[int | None, Sequence[Entry]]]:
    """Entries (newest first) cut into pages: number and entries, newest page first.

    Page 1 holds the `page_size` oldest and every numbered page is full, so that a new article
    touches the unnumbered first page alone, which holds up to twice as many less one.
    """
    full = max(len(entries) // page_size - 1, 0)
    first = len(entries) - full * page_size
    pages: list[tuple[int | None, Sequence[Entry]]] = [(None, entries[:first])]
    for index in range(full):
        start = first + index * page_size
        pages.append((full - index, entries[start : start + page_size]))
    return pages


@dataclass(frozen=True, slots=True)
class _Section:
    """A list before it is cut into pages; see `ListPage`. `name` is its step in a breadcrumb."""

    base: str
    kind: str
    section: str
    name: str
    heading: str
    intro: str
    topic: str
    entries: Sequence[Entry]
    crumbs: tuple[Crumb, ...]


def _list_pages(section: _Section, page_size: int) -> Iterator[ListPage]:
    pages = paginate(section.entries, page_size)
    newest = tuple(section.entries[:_FEED_LENGTH])
    feed = Feed(section.base, section.topic, newest) if section.kind in _KINDS_WITH_FEED else None
    for number, part in pages:
        pagination = Pagination(number, len(pages) - 1, section.base)
        further = () if number is None else (Crumb(section.name, section.base),)
        yield ListPage(
            path=pagination.path_of(number),
            kind=section.kind,
            section=section.section,
            heading=section.heading,
            intro=section.intro,
            topic=section.topic,
            entries=tuple(part),
            pagination=pagination,
            crumbs=(*section.crumbs, *further),
            feed=feed,
        )


def relate(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """For each article, newest first, those that go with it."""
    by_id = {entry.id: entry for entry in entries}
    relations = Relations([subject_of(entry) for entry in reversed(entries)])
    found = [relations.find(place) for place in range(len(entries))]
    return [tuple(by_id[other] for other in others) for others in reversed(found)]


def subject_of(entry: Entry) -> Subject:
    """What an article's relations hang on."""
    return make_subject(
        moment_of(entry.date), entry.id, (tag.key for tag in entry.tags), entry.title
    )


def _crumbs_to(entry: Entry, has_categories: bool) -> tuple[Crumb, ...]:
    """The way to an article: its category, where there is more than one, and its month."""
    year, month = entry.date.year, entry.date.month
    category = (Crumb(entry.category.label, entry.category.path),) if has_categories else ()
    return (HOME, *category, Crumb(say_month(year, month), f"/arsip/{year}/{month:02}/"))


def _category_sections(by_category: Mapping[Category, Sequence[Entry]]) -> Iterator[_Section]:
    for category, entries in sorted(by_category.items(), key=lambda item: item[0].key):
        yield _Section(
            base=category.path,
            kind="category",
            section=category.path,
            name=category.label,
            heading=f"Kategori: {category.label}",
            intro=f"{group_thousands(len(entries))} berita dalam kategori {category.label}.",
            topic=f" dalam kategori {category.label}",
            entries=entries,
            crumbs=(HOME,),
        )


def _tag_sections(by_tag: Mapping[Tag, Sequence[Entry]]) -> Iterator[_Section]:
    for tag, entries in sorted(by_tag.items(), key=lambda item: item[0].key):
        yield _Section(
            base=f"/tag/{tag.key}/",
            kind="tag",
            section=TAGS.path,
            name=tag.label,
            heading=f"Tag: {tag.label}",
            intro=f"{group_thousands(len(entries))} berita bertag {tag.label}.",
            topic=f" bertag {tag.label}",
            entries=entries,
            crumbs=(HOME, TAGS),
        )


def _month_sections(by_month: Mapping[tuple[int, int], Sequence[Entry]]) -> Iterator[_Section]:
    for (year, month), entries in sorted(by_month.items(), reverse=True):
        name = say_month(year, month)
        yield _Section(
            base=f"/arsip/{year}/{month:02}/",
            kind="month",
            section=ARCHIVE.path,
            name=name,
            heading=f"Berita {name}",
            intro=f"{group_thousands(len(entries))} berita pada {name}.",
            topic=f" pada {name}",
            entries=entries,
            crumbs=(HOME, ARCHIVE, Crumb(str(year), f"/arsip/{year}/")),
        )


def _count_tags(by_tag: Mapping[Tag, Sequence[Entry]]) -> tuple[Count, ...]:
    counts = (Count(tag.label, f"/tag/{tag.key}/", len(items)) for tag, items in by_tag.items())
    return tuple(sorted(counts, key=lambda count: (-count.count, count.path)))


def _count_years(by_month: Mapping[tuple[int, int], Sequence[Entry]]) -> tuple[YearCount, ...]:
    months: dict[int, list[Count]] = defaultdict(list)
    for (year, month), entries in sorted(by_month.items(), reverse=True):
        path = f"/arsip/{year}/{month:02}/"
        months[year].append(Count(MONTHS[month - 1], path, len(entries)))
    return tuple(
        YearCount(
            Count(str(year), f"/arsip/{year}/", sum(month.count for month in found)),
            tuple(found),
        )
        for year, found in months.items()
    )
