"""What `kpucli publish` publishes: the archive's articles, once the linter has found no error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpucli.archive import Archive
from kpucli.article import Article, problem_error
from kpucli.config import Config
from kpucli.counted import hash_counted, read_counted
from kpucli.errors import ArticleError, RefusedError
from kpucli.i18n import _, ngettext
from kpucli.index import Index, hash_content, hash_program
from kpucli.inventory import Inventory
from kpucli.outline import Outline
from kpucli.publish.build import Check, Publisher, Stock, stock_articles
from kpucli.publish.commit import Outcome
from kpucli.publish.library import Library, Stacks, add_views
from kpucli.publish.render import hash_setting
from kpucli.publish.site import Site

if TYPE_CHECKING:
    from kpucli.lint.linter import Linter


def publish_archive(
    publisher: Publisher, config: Config, archive: Archive, index: Index
) -> Outcome:
    """Publish what the archive holds; where nothing has changed, nothing of it is read.

    Raises `RefusedError`, after naming each error, when there is one in an article to be published
    or a file cannot be read. Errors in drafts wait.
    """
    inventory = Inventory(archive, index)
    is_known = inventory.refresh()
    mark = _hash_check(config)
    inputs = _hash_inputs(config, publisher.site, inventory, mark) if is_known else None
    unchanged = publisher.find_unchanged(inputs)
    if unchanged is not None:
        return unchanged
    stock, errors = _take_stock(inventory) if is_known else _read_stock(archive)
    stock = replace(stock, outlines=list(add_views(stock.outlines, read_counted(config.root))))

    def run(items: Sequence[Outline]) -> None:
        _refuse([*errors, *_find_errors(items, stock.library, config, archive, index)])

    return replace(publisher, check=Check(mark, run)).publish(stock, inputs)


def _hash_inputs(config: Config, site: Site, inventory: Inventory, check: bytes) -> bytes | None:
    """The hash of all that a publish looks at, but for the clock and the photographs."""
    parts = hash_setting(site), check, inventory.digest(), hash_counted(config.root)
    known = [part for part in parts if part is not None]
    return hash_content(b"".join(known)) if len(known) == len(parts) else None


def _hash_check(config: Config) -> bytes:
    """The hash of what the linter's verdicts hang on beside the articles."""
    from kpucli.lint.dictionary import dictionary_path

    files = [dictionary_path(config)]
    if config.lint.baseline is not None:
        files.append(config.root / config.lint.baseline)
    contents = [path.read_bytes() if path.is_file() else None for path in files]
    settings = replace(config, root=config.articles, source=None, output=config.articles)
    return hash_content(hash_program() + repr((settings, contents)).encode("utf-8", "replace"))


def _take_stock(inventory: Inventory) -> tuple[Stock, list[str]]:
    """The sound articles as the index knows them, and what is wrong with the others."""
    errors = [str(error) for error in inventory.misplaced]
    for path in inventory.broken_paths():
        try:
            errors += _explain(inventory.archive.load(path))
        except ArticleError as error:
            errors.append(str(error))
    return Stock(Stacks(inventory.archive), inventory.outlines()), errors


def _read_stock(archive: Archive) -> tuple[Stock, list[str]]:
    """As `_take_stock`, where there can be no index."""
    articles: list[Article] = []
    errors: list[str] = []
    for item in archive.scan():
        if isinstance(item, ArticleError):
            errors.append(str(item))
        elif problem_error(item) is None:
            articles.append(item)
        else:
            errors += _explain(item)
    return stock_articles(articles), errors


def _explain(article: Article) -> list[str]:
    """What is wrong with an unsound article; a draft may be."""
    error = problem_error(article)
    return [] if error is None or article.data.get("draft") is True else [str(error)]


def _refuse(errors: list[str]) -> None:
    from kpucli.cli.terminal import notice

    if not errors:
        return
    for error in errors:
        notice(error)
    words = ngettext(
        "Penerbitan ditolak: {number} kesalahan.",
        "Penerbitan ditolak: {number} kesalahan.",
        len(errors),
    )
    raise RefusedError(
        words.format(number=len(errors)),
        _(
            "Situs tidak diubah. Betulkan, lalu ulangi; `kpucli lint` menunjukkan letaknya."
            " Temuan lama dapat dicatat sebagai `baseline` di [lint]."
        ),
    )


def _find_errors(
    items: Sequence[Outline], library: Library, config: Config, archive: Archive, index: Index
) -> list[str]:
    """The errors that the linter finds in some articles."""
    from kpucli.lint import Severity

    if not items:
        return []
    linter = _make_linter(config, archive, index, count=len(items))
    return [
        f"{found.path}:{found.line}:{found.column}: {found.code} {found.message}"
        for found in linter.check_articles(library.read(item) for item in items)
        if found.severity is Severity.ERROR
    ]


def _make_linter(config: Config, archive: Archive, index: Index, *, count: int) -> Linter:
    """The linter as the office has set it up, but that all its rules run.

    What `select` in [lint] leaves out of the daily check must not reach the public unseen.
    """
    from kpucli.lint.baseline import read_baseline
    from kpucli.lint.linter import make_linter
    from kpucli.lint.policy import make_policy

    policy = make_policy(replace(config, lint=replace(config.lint, select=())))
    linter = make_linter(config, archive, policy, lambda: index, count=count)
    if config.lint.baseline is None:
        return linter
    baseline = read_baseline(config.root / config.lint.baseline, config.root)
    return replace(linter, sifts=(baseline.sift,))
