"""Shell completion of slugs and tags; where they cannot be read there is nothing to offer."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from kpucli.errors import KpuError
from kpucli.printable import printable

if TYPE_CHECKING:
    from kpucli.archive import Archive
    from kpucli.config import Config

_MOST_OFFERED = 200  # more, nobody reads


def complete_article(incomplete: str) -> Iterable[str]:
    """`YYYY/slug` of the articles whose id begins so, else the slugs; of too many, the next step.

    As shells do with folders, a step ends behind the next `/` or `-`.
    """
    from kpucli.cli.context import open_archive

    try:
        archive = open_archive()[1]
        years = [f"{year}/" for year in archive.find_years(incomplete)]
        ids = archive.find_ids(incomplete)
        found = list(islice(ids, _MOST_OFFERED + 1)) or archive.find_slugs(incomplete)
    except KpuError:
        return []
    if len(found) <= _MOST_OFFERED:
        return found
    return years if len(years) > 1 else _shorten([*found, *ids])


def _shorten(names: list[str]) -> list[str]:
    """What names in order begin with, up to the end of the word in which they part."""
    # Two at least differ there: a shell that writes what all have in common is never misled.
    common = os.path.commonprefix([names[0], names[-1]])  # noqa: RUF071 - of characters
    step = re.compile(re.escape(common) + "[^/-]*[/-]?")
    return list(dict.fromkeys(found[0] for name in names if (found := step.match(name))))


def complete_category(incomplete: str) -> Iterable[str]:
    """The office's categories that begin so."""
    from kpucli.config import load_config

    try:
        categories = load_config().categories
    except KpuError:
        return []
    return [key for key in categories if key.startswith(incomplete)]


def complete_tag(incomplete: str) -> Iterable[str]:
    """The tags of the archive that begin so; of a large one, as the index knew them last."""
    from kpucli.cli.context import open_archive

    try:
        tags = _find_tags(*open_archive())
    except KpuError:
        return []
    return sorted(tag for tag in tags if tag.startswith(incomplete) and printable(tag) == tag)


def _find_tags(config: Config, archive: Archive) -> set[str]:
    from kpucli.query import WORTH_REMEMBERING

    if archive.has_more_than(WORTH_REMEMBERING):
        from kpucli.index import Index
        from kpucli.inventory import Inventory

        with Index(config.root) as index:
            inventory = Inventory(archive, index)
            # Not brought up to date: to look at the state of every file takes half a second.
            if tags := inventory.tags() or (inventory.refresh() and inventory.tags()):
                return tags
    return {tag for article in archive.articles([]) for tag in article.tags}
