"""What pages there are: a site's whole content as small descriptions, before any is rendered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest

from kpucli.dates import MONTHS, say_month
from kpucli.labels import Category, Tag, make_category, make_tags
from kpucli.outline import Outline, read_aliases, read_facets
from kpucli.printable import group_thousands
from kpucli.publish.related import Relations, Subject, mark_tags
from kpucli.publish.site import Site

LATEST_CORRECTIONS = 20  # that are listed

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
    items: Sequence[Outline]

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
    items: Sequence[Outline]
    pagination: Pagination
    crumbs: tuple[Crumb, ...]
    feed: Feed | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article, the way to it, and others that go with it."""

    item: Outline
    related: tuple[Outline, ...]
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
class Filing:
    """Where articles of some category and tags are filed; `keys` are those of `mark_tags`."""

    category: Category
    tags: tuple[Tag, ...]
    keys: tuple[str, ...]


class Filings(dict[str, Filing]):
    """By `facets`, where articles are filed on a site; found when first asked for."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._site = site

    def __missing__(self, facets: str) -> Filing:
        category, tags = read_facets(facets)
        shown = make_tags(tags, self._site.labels)
        filing = Filing(
            make_category(category, self._site.config),
            shown,
            mark_tags(tag.key for tag in shown),
        )
        self[facets] = filing
        return filing


@dataclass(frozen=True)
class Plan:
    """Everything a site holds; `items` are its articles, newest first.

    `filings` tell by their `facets` where they are filed, `withdrawn` are articles that no longer
    are public.
    """

    items: Sequence[Outline]
    filings: Filings
    lists: Sequence[ListPage]
    tags: TagsPage
    archives: tuple[ArchivePage, ...]
    categories: tuple[Count, ...]
    withdrawn: Sequence[Outline]

    def articles(self, places: Iterable[int]) -> Iterator[ArticlePage]:
        """The pages of the articles at some places of `items`."""
        last = len(self.items) - 1
        for place, others in self.relations.find(last - place for place in places).items():
            item = self.items[last - place]
            related = tuple(self.items[last - other] for other in others)
            yield ArticlePage(item, related, self._crumbs_to(item))

    def touched_by(self, gone: Sequence[Subject], come: Sequence[Subject]) -> set[int]:
        """The places in `items` of articles whose relations may have changed; see `Relations`."""
        last = len(self.items) - 1
        return {last - place for place in self.relations.touched_by(gone, come)}

    @cached_property
    def relations(self) -> Relations[Outline]:
        """How articles go together, by their places from the oldest."""
        return Relations(self.items[::-1], lambda item: self.filings[item.facets].keys)

    def _crumbs_to(self, item: Outline) -> tuple[Crumb, ...]:
        """The way to an article: its category, where there is more than one, and its month."""
        found = self.filings[item.facets].category
        category = (Crumb(found.label, found.path),) if self.categories else ()
        return (
            HOME,
            *category,
            Crumb(say_month(*divmod(item.month, 100)), _month_path(item.month)),
        )

    @property
    def redirects(self) -> Iterator[tuple[str, Outline]]:
        """Old addresses of articles that are no other page's, each with its article."""
        moved = [item for item in self.items if item.aliases]
        if not moved:
            return
        taken = {*self.paths, SEARCH.path, *(item.url for item in self.withdrawn)}
        for item in moved:
            for alias in read_aliases(item.aliases):
                path = _path_of_alias(alias)
                if path is not None and path not in taken:
                    taken.add(path)
                    yield path, item

    @property
    def corrected(self) -> list[Outline]:
        """The articles with the latest corrections, the latest first."""
        found = [item for item in self.items if item.corrected is not None]
        return nlargest(LATEST_CORRECTIONS, found, key=lambda item: item.corrected or 0)

    @property
    def feeds(self) -> Iterator[Feed]:
        """Every feed once."""
        for page in self.lists:
            if page.feed is not None and page.pagination.number is None:
                yield page.feed

    @property
    def popular(self) -> list[Outline]:
        """The articles with most views, the newer of equals first; none without views."""
        viewed = (item for item in self.items if item.views)
        return nlargest(_POPULAR, viewed, key=lambda item: item.views or 0)

    @property
    def years(self) -> tuple[YearCount, ...]:
        """Years with their months, newest first."""
        return self.archives[0].years

    @property
    def paths(self) -> Iterator[str]:
        """The path of every page that a search engine may show, articles last."""
        yield from self.list_paths
        yield from (item.url for item in self.items)

    @property
    def list_paths(self) -> Iterator[str]:
        """Of these, the paths of those that are no articles."""
        yield from (page.path for page in self.lists)
        yield self.tags.path
        yield CORRECTIONS.path
        yield from (page.path for page in self.archives)


def _path_of_alias(alias: str) -> str | None:
    """The path of the page for an old address; None where no file can answer for it."""
    if not _FILE_PATH.fullmatch(alias):
        return None
    has_ending = "." in alias.rpartition("/")[2]
    return alias if alias.endswith("/") or has_ending else f"{alias}/"


def make_plan(items: Sequence[Outline], site: Site, withdrawn: Sequence[Outline] = ()) -> Plan:
    """The plan of a site whose articles are `items`, newest first."""
    filings = Filings(site)
    by_category: dict[Category, list[Outline]] = defaultdict(list)
    by_tag: dict[Tag, list[Outline]] = defaultdict(list)
    by_month: dict[int, list[Outline]] = defaultdict(list)
    for item in items:
        filing = filings[item.facets]
        by_category[filing.category].append(item)
        by_month[item.month].append(item)
        for tag in filing.tags:
            by_tag[tag].append(item)
    if len(by_category) == 1:  # its list would be the home page again
        by_category.clear()
    years = _count_years(by_month)
    intro = site.config.description
    sections = [
        _Section("/", "list", "/", HOME.label, "Berita Terkini", intro, "", items, ()),
        *_category_sections(by_category),
        *_tag_sections(by_tag),
        *_month_sections(by_month),
    ]
    size = site.config.page_size
    return Plan(
        items=items,
        filings=filings,
        lists=[page for section in sections for page in _list_pages(section, size)],
        tags=TagsPage(TAGS.path, _count_tags(by_tag)),
        archives=(
            ArchivePage(ARCHIVE.path, years, None),
            *(ArchivePage(year.year.path, (year,), int(year.year.label)) for year in years),
        ),
        categories=tuple(
            Count(category.label, category.path, len(some))
            for category, some in sorted(by_category.items(), key=lambda item: item[0].key)
        ),
        withdrawn=withdrawn,
    )


def paginate(
    items: Sequence[Outline], page_size: int
) -> list[tuple[int | None, Sequence[Outline]]]:
    """Articles (newest first) cut into pages: number and items, newest page first.

    Page 1 holds the `page_size` oldest and every numbered page is full, so that a new article
    touches the unnumbered first page alone, which holds up to twice as many less one.
    """
    full = max(len(items) // page_size - 1, 0)
    first = len(items) - full * page_size
    pages: list[tuple[int | None, Sequence[Outline]]] = [(None, items[:first])]
    for index in range(full):
        start = first + index * page_size
        pages.append((full - index, items[start : start + page_size]))
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
    items: Sequence[Outline]
    crumbs: tuple[Crumb, ...]


def _list_pages(section: _Section, page_size: int) -> Iterator[ListPage]:
    pages = paginate(section.items, page_size)
    newest = section.items[:_FEED_LENGTH]
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
            items=part,
            pagination=pagination,
            crumbs=(*section.crumbs, *further),
            feed=feed,
        )


def _category_sections(by_category: Mapping[Category, Sequence[Outline]]) -> Iterator[_Section]:
    for category, items in sorted(by_category.items(), key=lambda item: item[0].key):
        yield _Section(
            base=category.path,
            kind="category",
            section=category.path,
            name=category.label,
            heading=f"Kategori: {category.label}",
            intro=f"{group_thousands(len(items))} berita dalam kategori {category.label}.",
            topic=f" dalam kategori {category.label}",
            items=items,
            crumbs=(HOME,),
        )


def _tag_sections(by_tag: Mapping[Tag, Sequence[Outline]]) -> Iterator[_Section]:
    for tag, items in sorted(by_tag.items(), key=lambda item: item[0].key):
        yield _Section(
            base=f"/tag/{tag.key}/",
            kind="tag",
            section=TAGS.path,
            name=tag.label,
            heading=f"Tag: {tag.label}",
            intro=f"{group_thousands(len(items))} berita bertag {tag.label}.",
            topic=f" bertag {tag.label}",
            items=items,
            crumbs=(HOME, TAGS),
        )


def _month_sections(by_month: Mapping[int, Sequence[Outline]]) -> Iterator[_Section]:
    for month, items in sorted(by_month.items(), reverse=True):
        year = month // 100
        name = say_month(year, month % 100)
        yield _Section(
            base=_month_path(month),
            kind="month",
            section=ARCHIVE.path,
            name=name,
            heading=f"Berita {name}",
            intro=f"{group_thousands(len(items))} berita pada {name}.",
            topic=f" pada {name}",
            items=items,
            crumbs=(HOME, ARCHIVE, Crumb(str(year), f"/arsip/{year}/")),
        )


def _month_path(month: int) -> str:
    return f"/arsip/{month // 100}/{month % 100:02}/"


def _count_tags(by_tag: Mapping[Tag, Sequence[Outline]]) -> tuple[Count, ...]:
    counts = (Count(tag.label, f"/tag/{tag.key}/", len(items)) for tag, items in by_tag.items())
    return tuple(sorted(counts, key=lambda count: (-count.count, count.path)))


def _count_years(by_month: Mapping[int, Sequence[Outline]]) -> tuple[YearCount, ...]:
    months: dict[int, list[Count]] = defaultdict(list)
    for month, items in sorted(by_month.items(), reverse=True):
        count = Count(MONTHS[month % 100 - 1], _month_path(month), len(items))
        months[month // 100].append(count)
    return tuple(
        YearCount(
            Count(str(year), f"/arsip/{year}/", sum(month.count for month in found)),
            tuple(found),
        )
        for year, found in months.items()
    )
