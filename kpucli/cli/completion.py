"""Shell completion of slugs and tags; where they cannot be read there is nothing to offer."""

from __future__ import annotations

from collections.abc import Iterable

from kpucli.errors import KpuError
from kpucli.printable import printable


def complete_article(incomplete: str) -> Iterable[str]:
    """`YYYY/slug` of the articles whose slug or id begins so."""
    from kpucli.cli.context import open_archive

    try:
        paths = open_archive()[1].paths()[0]
    except KpuError:
        return []
    ids = (f"{path.parent.name}/{path.stem}" for path in paths)
    return [item for item in ids if item.startswith(incomplete)] or [
        path.stem for path in paths if path.stem.startswith(incomplete)
    ]


def complete_category(incomplete: str) -> Iterable[str]:
    """The office's categories that begin so."""
    from kpucli.config import load_config

    try:
        categories = load_config().categories
    except KpuError:
        return []
    return [key for key in categories if key.startswith(incomplete)]


def complete_tag(incomplete: str) -> Iterable[str]:
    """The tags of the archive that begin so."""
    from kpucli.cli.context import open_archive

    try:
        tags = {tag for article in open_archive()[1].articles([]) for tag in article.tags}
    except KpuError:
        return []
    return sorted(tag for tag in tags if tag.startswith(incomplete) and printable(tag) == tag)
