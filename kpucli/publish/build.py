"""A whole publish: articles in, site out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from kpucli.article import Article
from kpucli.errors import KpuError
from kpucli.publish.commit import Outcome, commit_files
from kpucli.publish.photo_store import PhotoStore
from kpucli.publish.photos import Follow, find_sources, follow_not, prepare_photos
from kpucli.publish.picture import NO_ALBUM, Album
from kpucli.publish.plan import make_plan
from kpucli.publish.render import File, render_site
from kpucli.publish.search import MakeIndex
from kpucli.publish.site import Site, is_shown, make_entries, make_withdrawals


def render_articles(
    articles: Iterable[Article],
    site: Site,
    now: datetime,
    album: Album = NO_ALBUM,
    make_index: MakeIndex | None = None,
) -> Iterator[File]:
    """The files of the site that shows these articles at the moment `now`; see `render_site`."""
    articles = list(articles)
    entries = make_entries(articles, site, now, album)
    withdrawals = make_withdrawals(articles)
    plan = make_plan(entries, site.config.page_size, site.config.description, withdrawals)
    return render_site(plan, site, now, make_index)


def make_album(
    articles: Iterable[Article],
    site: Site,
    now: datetime,
    store: PhotoStore,
    failures: list[KpuError],
    follow: Follow = follow_not,
) -> Album:
    """The photographs of the articles that are shown. See `prepare_photos`."""
    shown = [article for article in articles if is_shown(article, site, now)]
    sources = find_sources(shown, site.config.root, failures)
    return prepare_photos(sources, store, failures, follow)


def publish_articles(
    articles: Iterable[Article],
    site: Site,
    now: datetime,
    output: Path,
    *,
    failures: list[KpuError] | None = None,
    follow: Follow = follow_not,
    make_index: MakeIndex | None = None,
    keep: int = 1,
    allow_removals: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Build the site of these articles in `output`; see `commit_files`, also for the lock.

    Photographs that cannot be shown are left out, and `failures` told why.
    """
    articles, failures = list(articles), [] if failures is None else failures
    with PhotoStore(site.config.root) as store:
        album = make_album(articles, site, now, store, failures, follow)
        files = render_articles(articles, site, now, album, make_index)
        outcome = commit_files(
            output, files, keep=keep, allow_removals=allow_removals, dry_run=dry_run
        )
        if not dry_run:
            # Drafts are kept ready too: the preview shows them.
            sources = find_sources(articles, site.config.root, [])
            store.prune({source.key for source in sources})
    return outcome
