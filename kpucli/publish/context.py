"""What templates are given: plain texts, numbers and addresses, made from entries and plans."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote

from kpucli.article import Correction, Status
from kpucli.config import Link
from kpucli.dates import say_date, say_day, say_time
from kpucli.labels import make_category
from kpucli.printable import group_thousands
from kpucli.publish.markup import shorten
from kpucli.publish.picture import IN_LIST, make_figure, make_picture
from kpucli.publish.plan import HOME, Count, Crumb, Feed, Pagination, Plan, YearCount
from kpucli.publish.share_image import HEIGHT, WIDTH, ShareImage
from kpucli.publish.site import Entry, Site

Context = dict[str, Any]

_WORDS_PER_MINUTE = 200
_SIDEBAR_MONTHS = 6
_SIDEBAR_TAGS = 10
# X takes 280 characters, of which an address counts 23 and the space before it one.
_POST_LENGTH = 256


def show_item(entry: Entry, site: Site) -> Context:
    """An article in a list."""
    return {
        "url": site.link(entry.url),
        "title": entry.title,
        "category": entry.category.label if _is_special(entry, site) else "",
        **_show_date(entry.date),
        "views": entry.views,
        "views_words": group_thousands(entry.views or 0),
        "viewed": _show_day(entry.viewed) if entry.viewed else None,
        "lead": entry.lead,
        "corrected": bool(entry.corrections),
        "draft": entry.status is Status.DRAFT,
        "scheduled": entry.status is Status.SCHEDULED,
    }


def show_link(entry: Entry, site: Site) -> Context:
    """An article beside another: no more than its own file says, or each view would change both."""
    return {"url": site.link(entry.url), "title": entry.title, **_show_date(entry.date)}


def _show_date(moment: datetime) -> Context:
    return {"date_iso": moment.isoformat(), "date_words": say_day(moment)}


def _show_day(day: date) -> Context:
    return {"iso": day.isoformat(), "words": say_date(day)}


def show_article(entry: Entry, related: Sequence[Entry], site: Site) -> Context:
    """An article on its own page, with others that go with it."""
    # Midnight is what a date without a time becomes.
    has_time = entry.date.time() != time.min
    return show_item(entry, site) | {
        "modified_iso": entry.updated.isoformat(),
        "time_words": say_time(entry.date) if has_time else "",
        "reading_minutes": max(1, round(entry.markup.words / _WORDS_PER_MINUTE)),
        "author": entry.author,
        "figure": show_figure(entry),
        "body": entry.markup.html,
        "tags": [{"label": tag.label, "url": site.link(f"/tag/{tag.key}/")} for tag in entry.tags],
        "section": entry.category.label,
        "corrections": [show_correction(correction) for correction in entry.corrections],
        "share": _share(entry, site),
        "related": [show_link(other, site) for other in related],
    }


def _is_special(entry: Entry, site: Site) -> bool:
    """Whether a list must say of which category an article is: not of the office's usual one."""
    return entry.category != make_category(None, site.config)


def show_correction(correction: Correction) -> Context:
    """A correction with its day."""
    return {
        **_show_date(correction.date),
        "text": correction.text,
    }


def show_links(links: Sequence[Link], site: Site) -> list[Context]:
    """Links of the menu or the footer; `path` is what a page of this site is known by."""
    return [
        {
            "label": link.label,
            "path": link.url,
            "url": html.escape(site.link(link.url) if link.url.startswith("/") else link.url),
        }
        for link in links
    ]


def show_figure(entry: Entry) -> str:
    """The main photograph on its article's page, as HTML; "" where there is none."""
    shown = entry.illustration
    if shown is None:
        return ""
    picture = make_picture(shown.photo, shown.alt, is_first=True)
    return make_figure(picture, shown.caption, shown.credit)


def show_lead_picture(entry: Entry, site: Site) -> str:
    """The main photograph of the first story in a list, as HTML; "" where there is none.

    The story's link stands beside it and says the same, so the picture has no words of its own.
    """
    if entry.illustration is None:
        return ""
    folder = site.link(entry.url)
    return make_picture(entry.illustration.photo, "", folder=folder, sizes=IN_LIST, is_first=True)


def show_cover(entry: Entry, site: Site) -> Context | None:
    """What social networks show of an article; None where it has no photograph for that."""
    shown = entry.illustration
    if shown is None or shown.photo.cover is None:
        return None
    return {
        "url": site.absolute(entry.url + shown.photo.address(shown.photo.cover)),
        "width": WIDTH,
        "height": HEIGHT,
        "alt": shown.alt,
    }


def show_crumbs(crumbs: Sequence[Crumb], site: Site) -> list[Context]:
    """A breadcrumb."""
    return [{"label": crumb.label, "url": site.link(crumb.path)} for crumb in crumbs]


def show_feeds(feed: Feed | None, site: Site) -> list[Context]:
    """The feed of a list; not the site's own, which every page tells of."""
    if feed is None or feed.path == HOME.path:
        return []
    atom, json_feed = site.link(feed.atom_path), site.link(feed.json_path)
    return [{"title": feed.title_on(site), "atom": atom, "json_feed": json_feed}]


def show_share_image(image: ShareImage, site: Site) -> Context:
    """The image that other sites show beside a link to a page."""
    url = site.absolute(image.path)
    return {"url": url, "width": WIDTH, "height": HEIGHT, "alt": image.alt}


def show_counts(counts: Sequence[Count], site: Site) -> list[Context]:
    """Tags or months with the number of their articles."""
    return [
        {"label": count.label, "url": site.link(count.path), "count": group_thousands(count.count)}
        for count in counts
    ]


def show_year(year: YearCount, site: Site) -> Context:
    """A year with its months."""
    return show_counts([year.year], site)[0] | {"months": show_counts(year.months, site)}


def show_sidebar(plan: Plan, popular: Sequence[Entry], site: Site) -> Context:
    """What most have read, the latest months and the most used tags."""
    months = [
        Count(f"{month.label} {year.year.label}", month.path, month.count)
        for year in plan.years[:_SIDEBAR_MONTHS]
        for month in year.months
    ]
    return {
        "popular": [show_item(entry, site) for entry in popular],
        "months": show_counts(months[:_SIDEBAR_MONTHS], site),
        "tags": show_counts(plan.tags.tags[:_SIDEBAR_TAGS], site),
    }


def show_pagination(pagination: Pagination, site: Site) -> Context | None:
    """The way from a page to its sisters, with a gap where numbers are left out."""
    if not pagination.last:
        return None
    pages: list[Context] = []
    expected = pagination.last
    for number in pagination.shown:
        if number is not None:
            if number < expected:
                pages.append({"number": None, "url": "", "current": False})
            expected = number - 1
        url = site.link(pagination.path_of(number))
        pages.append({"number": number, "url": url, "current": number == pagination.number})
    return {
        "newer": site.link(pagination.newer) if pagination.newer else None,
        "older": site.link(pagination.older) if pagination.older else None,
        "pages": pages,
    }


def _share(entry: Entry, site: Site) -> list[Context]:
    """Addresses that templates take as they are, so `&` is written as in HTML."""
    address = _quote(site.absolute(entry.url))
    title, post = _quote(entry.title), _quote(shorten(entry.title, _POST_LENGTH))
    targets = {
        "WhatsApp": f"https://wa.me/?text={title}%20{address}",
        "Facebook": f"https://www.facebook.com/sharer/sharer.php?u={address}",
        "X": f"https://x.com/intent/post?text={post}&amp;url={address}",
    }
    return [{"name": name, "url": url} for name, url in targets.items()]


def _quote(text: str) -> str:
    return quote(text, safe="")
