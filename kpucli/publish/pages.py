"""The pages of a site, each through its template. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minijinja import Environment

from kpucli.dates import say_day
from kpucli.outline import Outline
from kpucli.printable import group_thousands
from kpucli.publish.context import (
    Context,
    show_article,
    show_correction,
    show_counts,
    show_cover,
    show_crumbs,
    show_feeds,
    show_item,
    show_lead_picture,
    show_pagination,
    show_share_image,
    show_sidebar,
    show_year,
)
from kpucli.publish.library import Entries
from kpucli.publish.markup import shorten
from kpucli.publish.plan import (
    ARCHIVE,
    CORRECTIONS,
    HOME,
    LATEST_CORRECTIONS,
    SEARCH,
    TAGS,
    ArchivePage,
    ArticlePage,
    Crumb,
    ListPage,
    Plan,
)
from kpucli.publish.share_image import ShareImages
from kpucli.publish.site import DESCRIPTION_LENGTH, Entry, Site, make_withdrawal
from kpucli.publish.structured_data import (
    describe_article,
    describe_breadcrumb,
    describe_organization,
    describe_site,
)

ERROR_PATH = "/404.html"


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a plan as HTML, each through its template."""

    plan: Plan
    site: Site
    templates: Environment
    share_images: ShareImages
    entries: Entries

    def search(self, script: str) -> str:
        """The page that searches by the script at this address, or says that it cannot ("")."""
        about = f"Cari berita {self.site.config.name} menurut kata, judul, atau tag."
        facts = self._facts(SEARCH.path, "Cari berita", about, "search", SEARCH.path)
        facts |= {"noindex": True, "script": script}
        return self._page(
            "search.html",
            facts,
            (),
            is_empty=not self.plan.items,
            scope=self._say_scope() if script else "",
        )

    def _say_scope(self) -> str:
        """What the search page does not know of a large archive."""
        limits, count = self.site.config.search, len(self.plan.items)
        said = ""
        if count > limits.full_text:
            number = group_thousands(limits.full_text)
            said = (
                f"Yang dicari adalah isi lengkap {number} berita terbaru,"
                " dan judul, ringkasan, serta tag berita yang lebih lama."
            )
        if count > limits.articles:
            number = group_thousands(limits.articles)
            said += f" Selain {number} berita terbaru, berita hanya ada di arsip."
        return said.strip()

    def article(self, page: ArticlePage) -> str:
        """An article."""
        entry = self.entries.of(page.item)
        image = self.share_images.of_article(entry)
        section = page.crumbs[-2].path  # its category's list, or the home page
        facts = self._facts(entry.url, entry.title, entry.description, "article", section) | {
            "og_type": "article",
            "share_image": show_cover(entry, self.site) or show_share_image(image, self.site),
            "json_ld": [describe_article(entry, image, self.site)],
        }
        article = show_article(entry, self.entries.all_of(page.related), self.site)
        return self._page("article.html", facts, page.crumbs, article=article)

    def list_page(self, page: ListPage) -> str:
        """A page of a list."""
        entries = self.entries.all_of(page.items)
        number = page.pagination.number
        heading = page.heading if number is None else f"{page.heading} - Halaman {number}"
        is_home = page.path == HOME.path
        facts = self._facts(
            page.path, heading, self._describe(page, entries), page.kind, page.section
        )
        facts["feeds"] = show_feeds(page.feed, self.site)
        if is_home:
            facts["title"] = f"{heading} {self.site.config.name}"
            facts["json_ld"] = [describe_organization(self.site), describe_site(self.site)]
        return self._page(
            "index.html",
            facts,
            page.crumbs,
            heading=heading,
            intro=page.intro if number is None else "",
            items=[show_item(entry, self.site) for entry in entries],
            lead_story=is_home,
            lead_picture=show_lead_picture(entries[0], self.site) if is_home and entries else "",
            pagination=show_pagination(page.pagination, self.site),
            sidebar=self._sidebar() if is_home else None,
        )

    def _sidebar(self) -> Context:
        return show_sidebar(self.plan, self.entries.all_of(self.plan.popular), self.site)

    def _describe(self, page: ListPage, entries: Sequence[Entry]) -> str:
        """A description of its own for each list: search engines want no two alike."""
        if page.path == HOME.path:
            return self.site.config.description
        number = page.pagination.number
        which = f"{page.topic}, halaman {number}" if number else page.topic
        name, newest = self.site.config.name, entries[0].title
        return f"Berita {name}{which}, antara lain “{newest}”."

    def tags(self) -> str:
        """The list of all tags."""
        page = self.plan.tags
        name = self.site.config.name
        about = f"Semua tag berita {name}, dari yang paling sering dipakai."
        facts = self._facts(page.path, "Semua tag", about, "tags", TAGS.path)
        return self._page(
            "tags.html",
            facts,
            (HOME,),
            heading="Semua tag",
            intro="",
            tags=show_counts(page.tags, self.site),
        )

    def corrections(self) -> str:
        """How the office corrects itself, with the latest corrections."""
        name, heading = self.site.config.name, CORRECTIONS.label
        about = f"Cara {name} meralat dan menarik berita, beserta ralat terakhir."
        facts = self._facts(CORRECTIONS.path, heading, about, "corrections", "")
        found = [
            (entry, correction)
            for entry in self.entries.all_of(self.plan.corrected)
            for correction in entry.corrections
        ]
        found.sort(key=lambda pair: pair[1].date, reverse=True)
        return self._page(
            "corrections.html",
            facts,
            (HOME,),
            heading=heading,
            corrections=[
                show_correction(correction) | {"item": show_item(entry, self.site)}
                for entry, correction in found[:LATEST_CORRECTIONS]
            ],
        )

    def archive(self, page: ArchivePage) -> str:
        """The years, or a year, with their months."""
        name = self.site.config.name
        if page.year is None:
            kind, heading, crumbs = "archive", "Arsip berita", [HOME]
            about = f"Arsip berita {name} menurut tahun dan bulan."
        else:
            kind, heading, crumbs = "year", f"Arsip {page.year}", [HOME, ARCHIVE]
            about = f"Arsip berita {name} tahun {page.year} menurut bulan."
        facts = self._facts(page.path, heading, about, kind, ARCHIVE.path)
        return self._page(
            "archive.html",
            facts,
            crumbs,
            heading=heading,
            intro="",
            years=[show_year(year, self.site) for year in page.years],
        )

    def withdrawal(self, item: Outline) -> str:
        """What is said of a withdrawn article."""
        page = make_withdrawal(self.entries.library.read(item))
        about = f"Berita ini ditarik dari situs {self.site.config.name}."
        facts = self._facts(page.url, page.title, about, "withdrawn", "") | {"noindex": True}
        return self._page(
            "withdrawn.html",
            facts,
            (HOME,),
            date_iso=page.date.isoformat(),
            date_words=say_day(page.date),
            reason=page.reason,
        )

    def redirect(self, item: Outline) -> str:
        """The page at an older address of an article."""
        entry = self.entries.of(item)
        return self.templates.render_template(
            "redirect.html",
            title=entry.title,
            url=self.site.link(entry.url),
            canonical=self.site.absolute(entry.url),
        )

    def error(self) -> str:
        """The page for addresses that there are not."""
        heading, about = "Halaman tidak ditemukan", "Halaman yang dicari tidak ada di situs ini."
        facts = self._facts(ERROR_PATH, heading, about, "error", "") | {"noindex": True}
        return self._page("error.html", facts, ())

    def _facts(self, path: str, name: str, description: str, kind: str, section: str) -> Context:
        """What the head of a page says of it."""
        return {
            "path": path,
            "name": name,
            "kind": kind,
            "title": f"{name} - {self.site.config.name}",
            "description": shorten(description, DESCRIPTION_LENGTH),
            "canonical": self.site.absolute(path),
            "noindex": False,
            "section": section,
            "og_type": "website",
            "share_image": show_share_image(self.share_images.of_site, self.site),
            "script": "",
            "json_ld": [],
            "feeds": [],
        }

    def _page(self, template: str, facts: Context, crumbs: Sequence[Crumb], **more: Any) -> str:
        if crumbs:
            trail = describe_breadcrumb((*crumbs, Crumb(facts["name"], "")), self.site)
            facts = facts | {"json_ld": [*facts["json_ld"], trail]}
        return self.templates.render_template(
            template, page=facts, breadcrumb=show_crumbs(crumbs, self.site), **more
        )
