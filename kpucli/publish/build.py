"""A whole publish: articles in, site out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from kpucli.article import Article
from kpucli.publish.commit import commit_files
from kpucli.publish.plan import make_plan
from kpucli.publish.render import File, render_site
from kpucli.publish.site import Site, make_entries, make_withdrawals
from kpucli.publish.swap import Outcome


def render_articles(articles: Iterable[Article], site: Site, now: datetime) -> Iterator[File]:
    """The files of the site that shows these articles at the moment `now`."""
    articles = list(articles)
    entries = make_entries(articles, site, now)
    withdrawals = make_withdrawals(articles)
    plan = make_plan(entries, site.config.page_size, site.config.description, withdrawals)
    return render_site(plan, site, now)


def publish_articles(
    articles: Iterable[Article], site: Site, now: datetime, output: Path, *, dry_run: bool = False
) -> Outcome:
    """Build the site of these articles in `output`; see `commit_files`, also for the lock."""
    return commit_files(output, render_articles(articles, site, now), dry_run=dry_run)
