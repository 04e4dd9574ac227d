"""`kpucli show`: one article in the terminal."""

from __future__ import annotations

import typer

from kpucli.cli.arguments import ArticleName
from kpucli.cli.terminal import harmless, make_console
from kpucli.i18n import _

_MOST_RENDERED = 100_000  # characters: ten times a long article; rich takes seconds for a megabyte


def show(
    name: ArticleName,
) -> None:
    from rich.markdown import Markdown
    from rich.text import Text

    from kpucli.cli.context import open_archive, read_clock
    from kpucli.counted import read_counted
    from kpucli.dates import say_day, say_time
    from kpucli.printable import group_thousands, printable
    from kpucli.report import STATUS_WORDS

    config, archive = open_archive()
    (article,) = read_counted(config.root).add_to([archive.find(name)])
    facts = [
        f"{say_day(article.date)}, {say_time(article.date)}",
        _(STATUS_WORDS[article.status(read_clock(config))]),
        article.author or config.author,
        ", ".join(article.tags),
    ]
    if article.views is not None:
        facts.append(_("dilihat {views} kali").format(views=group_thousands(article.views)))
    console = make_console()
    console.print(Text(printable(article.title), style="bold"))
    console.print(Text(printable(" · ".join(fact for fact in facts if fact)), style="dim"))
    console.print()
    body = harmless(article.body.strip().replace("\r\n", "\n").replace("\t", "    "))
    if console.is_terminal and len(body) <= _MOST_RENDERED:
        console.print(Markdown(body))
    else:
        typer.echo(body)
