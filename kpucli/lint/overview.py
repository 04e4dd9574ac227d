"""What the linter knows of the whole archive, whichever articles it reports on.

Bodies are not kept: `kpucli.lint.facts` says what each article contributes, and rules ask for
what follows from it. All articles are read once, and not before a rule asks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from kpucli.archive import Archive
from kpucli.article import Article
from kpucli.config import Config, Limits
from kpucli.errors import ArticleError
from kpucli.lint.dictionary import read_words
from kpucli.lint.facts import Facts, collect
from kpucli.lint.name_book import NameBook
from kpucli.slug import tag_key

Cited = tuple[Path, int, tuple[str, ...]]  # where, the year, the subject


_USUAL = Config(Path(), None)


def read_facts(archive: Archive, paths: Iterable[Path]) -> Iterator[Facts]:
    """The facts of the articles in some files, but for those that cannot be read."""
    for path in paths:
        with suppress(ArticleError):
            yield collect(archive.load(path))


@dataclass(frozen=True)
class Overview:
    """The archive as rules see it, and what the office has set.

    `instead` is a text not yet saved, taken for its file's; `facts_of` may know what has been
    read before.
    """

    archive: Archive
    instead: Article | None = None
    config: Config | None = None
    facts_of: Callable[[Archive, Sequence[Path]], Iterator[Facts]] = read_facts

    @property
    def limits(self) -> Limits:
        """From where on something is too long: `archive.limits.sentence_words`."""
        return (self.config or _USUAL).lint.limits

    @property
    def categories(self) -> Collection[str]:
        """The keys of the categories that the office has."""
        config = self.config or _USUAL
        return [*config.categories, tag_key(config.category)]

    @cached_property
    def accepted_words(self) -> frozenset[str]:
        """The office's own words. See `kpucli.lint.dictionary`."""
        return read_words(self.config) if self.config else frozenset()

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """What each article contributes, in the order of the paths."""
        return tuple(self._collect())

    @cached_property
    def addresses(self) -> Mapping[str, list[Path]]:
        """Which files claim an address (see `address_key`), as their own or as an alias."""
        claims: dict[str, list[Path]] = {}
        for facts in self.facts:
            for key in dict.fromkeys(map(address_key, (facts.url, *facts.aliases))):
                claims.setdefault(key, []).append(facts.path)
        return claims

    @cached_property
    def paths(self) -> frozenset[Path]:
        """The files of all articles."""
        return frozenset(facts.path for facts in self.facts)

    @cached_property
    def tags(self) -> Mapping[str, int]:
        """In how many articles each tag stands, as written."""
        return Counter(tag for facts in self.facts for tag in dict.fromkeys(facts.tags))

    @cached_property
    def tag_forms(self) -> Mapping[str, tuple[str, ...]]:
        """The forms of each tag: those that differ only by case, stops, hyphens or blanks."""
        forms: dict[str, list[str]] = defaultdict(list)
        for tag in self.tags:
            forms[tag_form(tag)].append(tag)
        return {form: tuple(tags) for form, tags in forms.items()}

    @cached_property
    def tag_pages(self) -> frozenset[str]:
        """The addresses (see `address_key`) of the pages of tags."""
        return frozenset(address_key(f"/tag/{tag_key(tag)}/") for tag in self.tags)

    @cached_property
    def names(self) -> NameBook:
        """The names of people in all articles."""
        return NameBook(self.facts)

    @cached_property
    def citations(self) -> Mapping[tuple[str, str], list[Cited]]:
        """Where each regulation, by kind and number, is cited."""
        found: dict[tuple[str, str], list[Cited]] = defaultdict(list)
        for facts in self.facts:
            for kind, number, year, subject in facts.citations:
                found[kind, number].append((facts.path, year, subject))
        return dict(found)

    @cached_property
    def titles(self) -> Mapping[int, list[Facts]]:
        """The articles by the key of their title."""
        return _group((facts.title, facts) for facts in self.facts)

    @cached_property
    def leads(self) -> Mapping[int, list[Facts]]:
        """The articles by the key of their first paragraph."""
        return _group((facts.lead, facts) for facts in self.facts)

    def _collect(self) -> Iterator[Facts]:
        if self.archive.root.exists():
            replaced = self.instead.path if self.instead else None
            paths = [path for path in self.archive.paths()[0] if path != replaced]
            yield from self.facts_of(self.archive, paths)
        if self.instead is not None:
            yield collect(self.instead)


def _group(pairs: Iterator[tuple[int, Facts]]) -> Mapping[int, list[Facts]]:
    groups: dict[int, list[Facts]] = defaultdict(list)
    for key, facts in pairs:
        if key:
            groups[key].append(facts)
    return dict(groups)


def tag_form(tag: str) -> str:
    """What tags have in common that differ only in form: `SOP`, `s.o.p`; `media sosial`."""
    return tag_key(tag).replace("-", "")


def address_key(address: str) -> str:
    """What makes two addresses one file on a host that does not tell capitals apart."""
    path = unquote(address).casefold().partition("?")[0].partition("#")[0]
    return "/" + path.removesuffix("index.html").strip("/")
