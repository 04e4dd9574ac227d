"""What `kpucli publish` publishes: the archive's articles, once the linter has found no error."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpucli.archive import Archive
from kpucli.article import Article, problem_error
from kpucli.cli.terminal import notice
from kpucli.config import Config
from kpucli.counted import hash_counted, read_counted
from kpucli.errors import ArticleError, RefusedError
from kpucli.i18n import _, ngettext
from kpucli.index import Index, hash_content, hash_program
from kpucli.inventory import Inventory
from kpucli.lint.dictionary import dictionary_path
from kpucli.publish.build import Publisher, Stock, stock_articles
from kpucli.publish.commit import Outcome
from kpucli.publish.library import Stacks, add_views
from kpucli.publish.render import Setting

if TYPE_CHECKING:
    from kpucli.cli.linter_check import LinterCheck


def publish_archive(
    publisher: Publisher, config: Config, archive: Archive, index: Index, *, skip: bool = False
) -> tuple[Outcome, int]:
    """Publish what the archive holds; where nothing has changed, nothing of it is read.

    Raises `RefusedError`, after naming each error, when there is one in an article to be published
    or a file cannot be read. Errors in drafts wait. With `skip` the others are published instead;
    the second number is how many were named and left out.
    """
    inventory = Inventory(archive, index, publisher.follow)
    is_known = inventory.refresh()
    mark = _hash_check(config)
    inputs = _hash_inputs(config, publisher.setting, inventory, mark) if is_known else None
    unchanged = publisher.find_unchanged(inputs)
    if unchanged is not None:
        return unchanged, 0
    from kpucli.cli.linter_check import LinterCheck  # takes as long as all that was done so far

    stock, errors = _take_stock(inventory) if is_known else _read_stock(archive)
    stock = replace(stock, outlines=list(add_views(stock.outlines, read_counted(config.root))))
    check = LinterCheck(mark, config, archive, stock, errors, publisher.processes, publisher.follow)
    return _publish_rest(publisher, check) if skip else (publisher.publish(stock, inputs, check), 0)


def _publish_rest(publisher: Publisher, check: LinterCheck) -> tuple[Outcome, int]:
    """Publish without the articles that have errors; and those that then have some, and so on."""
    from kpucli.cli.linter_check import UnsoundError

    left_out = len(check.errors)
    for line in check.errors:
        notice(line)
    check = replace(check, errors=())
    while True:
        try:
            return publisher.publish(check.stock, None, check), left_out
        except UnsoundError as error:
            # What leads to an article that is left out leads nowhere.
            left_out += len(error.names)
            rest = [item for item in check.stock.outlines if item.id not in error.names]
            check = replace(check, stock=replace(check.stock, outlines=rest))


def tell_left_out(number: int) -> None:
    """Raises `RefusedError` where articles were left out of what was published."""
    if number:
        words = ngettext(
            "{number} berita berkesalahan tidak ikut.",
            "{number} berita berkesalahan tidak ikut.",
            number,
        )
        raise RefusedError(words.format(number=number), _("Betulkan, lalu terbitkan lagi."))


def _hash_inputs(
    config: Config, setting: Setting, inventory: Inventory, check: bytes
) -> bytes | None:
    """The hash of all that a publish looks at, but for the clock and the photographs."""
    parts = setting.mark, check, inventory.digest(), hash_counted(config.root)
    known = [part for part in parts if part is not None]
    return hash_content(b"".join(known)) if len(known) == len(parts) else None


def _hash_check(config: Config) -> bytes:
    """The hash of what the linter's verdicts hang on beside the articles."""
    files = [dictionary_path(config)]
    if config.lint.baseline is not None:
        files.append(config.root / config.lint.baseline)
    contents = [_read_if_there(path) for path in files]
    settings = replace(config, root=config.articles, source=None, output=config.articles)
    return hash_content(hash_program() + repr((settings, contents)).encode("utf-8", "replace"))


def _read_if_there(path: Path) -> bytes | None:
    """A file's bytes; None where that is none or cannot be read, which is told where it is used."""
    with suppress(OSError):
        return path.read_bytes() if path.is_file() else None
    return None


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
