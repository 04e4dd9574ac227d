"""The menu at the head of every page and the links at its foot, checked against what there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urldefrag

from kpucli.config import Config, Link
from kpucli.errors import ConfigError
from kpucli.i18n import _
from kpucli.labels import Category
from kpucli.publish.plan import ARCHIVE, HOME, SEARCH, TAGS, Plan


def make_menu(plan: Plan, config: Config, others: Sequence[str] = ()) -> list[Link]:
    """The office's own menu, else: home, the categories in use, archive, tags, search.

    `others` are paths of the site that no page of the plan has. Raises `ConfigError` for a link
    to a page that the site does not have; one to a category that is still empty waits for it.
    """
    if not config.menu:
        return list(_usual_menu(plan, config))
    return list(_check("menu", config.menu, plan, config, others))


def make_footer(plan: Plan, config: Config, others: Sequence[str] = ()) -> list[Link]:
    """The office's own links at the foot of the page. Raises as `make_menu`."""
    return list(_check("footer", config.footer, plan, config, others))


def _usual_menu(plan: Plan, config: Config) -> Iterator[Link]:
    yield Link(HOME.label, HOME.path)
    order = {_path_of(key): place for place, key in enumerate(config.categories)}
    # Those that the configuration does not name come last, by their paths as the plan has them.
    for category in sorted(plan.categories, key=lambda item: order.get(item.path, len(order))):
        yield Link(category.label, category.path)
    yield Link(ARCHIVE.label, ARCHIVE.path)
    yield Link(TAGS.label, TAGS.path)
    if config.search.enabled:
        yield Link(SEARCH.label, SEARCH.path)


def _path_of(category: str) -> str:
    return Category(category, "").path


def _check(
    option: str, links: Sequence[Link], plan: Plan, config: Config, others: Sequence[str]
) -> Iterator[Link]:
    if not links:
        return
    search = {SEARCH.path} if config.search.enabled else set()
    pages = {*plan.paths, *search, *others}
    empty = set(map(_path_of, config.categories)) - pages
    for link in links:
        path = unquote(urldefrag(link.url).url.partition("?")[0])
        if not path.startswith("/") or path in pages:
            yield link
        elif path not in empty:
            raise ConfigError(
                _("`{option}`: situs ini tidak mempunyai halaman {path}.").format(
                    option=option, path=path
                ),
                _("Betulkan alamatnya, atau tulis alamat lengkap (https://…)."),
                path=config.source,
            )
