"""The parsers under atheris, which looks for inputs that reach other lines of them.

`python -m tests.fuzzing.guided PARSER FOLDER COUNT`; any error but kpucli's own ends it, as does an
input that takes more than two seconds. atheris has wheels for few Pythons: it is no dependency.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

with atheris.instrument_imports(include=["kpucli"]):
    from kpucli.article import parse_article, problem_error
    from kpucli.config import load_config
    from kpucli.errors import KpuError
    from kpucli.importers.feed import read_feed
    from kpucli.importers.html_page import read_html_page
    from kpucli.importers.message import read_message_file
    from kpucli.importers.table import read_table
    from kpucli.importers.wordpress import find_attachments, read_wordpress
    from kpucli.views.lines import RequestFinder

from tests.fuzzing.seeds import ARTICLES, CONFIGURATIONS, make_imports, make_logs

WIB = timezone(timedelta(hours=7))
NOW = datetime(2025, 1, 15, tzinfo=UTC)
FILE = Path("masukan")


def _article(content: bytes) -> None:
    article = parse_article(content, FILE, WIB)
    if problem_error(article) is None:
        article.edit({"tags": ["sop"]})


def _configuration(content: bytes) -> None:
    Path("kpucli.toml").write_bytes(content)
    load_config()


def _log(content: bytes) -> None:
    list(RequestFinder([b"/berita/"]).find(content))


def _through_file(read: Callable[[Path], object]) -> Callable[[bytes], None]:
    def check(content: bytes) -> None:
        FILE.write_bytes(content)
        read(FILE)

    return check


def _wordpress(content: bytes) -> None:
    attachments = find_attachments([content], FILE)
    list(read_wordpress([content], FILE, attachments, zone=WIB, now=NOW))


PARSERS: dict[str, Callable[[bytes], object]] = {
    "article": _article,
    "configuration": _configuration,
    "log": _log,
    "feed": lambda content: list(read_feed([content], FILE, zone=WIB, now=NOW)),
    "wordpress": _wordpress,
    "html": _through_file(lambda path: read_html_page(path, zone=WIB, now=NOW)),
    "text": _through_file(lambda path: read_message_file(path, zone=WIB, now=NOW)),
    "table": _through_file(lambda path: list(read_table(path, zone=WIB, now=NOW))),
}


def _seeds(parser: str) -> list[bytes]:
    known = {"article": ARTICLES, "configuration": CONFIGURATIONS, "log": make_logs()}
    return known.get(parser) or [content for word, _n, content in make_imports() if word == parser]


def main(parser: str, folder: str, count: str) -> None:
    import os

    os.chdir(folder)
    corpus = Path("benih")
    corpus.mkdir()
    for number, content in enumerate(_seeds(parser)):
        (corpus / str(number)).write_bytes(content)

    def check(content: bytes) -> None:
        try:
            PARSERS[parser](content)
        except KpuError:
            return

    options = [f"-runs={count}", "-timeout=2", "-max_len=8192", "-verbosity=0", "-seed=1"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], check)
    print(json.dumps({"parser": parser}), flush=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
