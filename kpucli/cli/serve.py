"""`kpucli serve`: preview the site with its drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.i18n import _

if TYPE_CHECKING:
    from kpucli.publish.photo_store import PhotoStore
    from kpucli.publish.preview import PreviewServer


def serve(
    port: Annotated[
        int,
        typer.Option(
            "--port",
            "-p",
            min=0,
            max=65535,
            metavar=_("PORTA"),
            help=_("Porta di komputer ini; 0 memilih yang bebas."),
        ),
    ] = 8000,
) -> None:
    import threading

    from kpucli.cli.context import open_archive
    from kpucli.cli.terminal import notice
    from kpucli.publish.photo_store import PhotoStore
    from kpucli.publish.preview import Preview, PreviewServer
    from kpucli.publish.watch import Watch

    config, archive = open_archive()
    stop = threading.Event()
    with PreviewServer(Preview(), port) as server, PhotoStore(config.root) as store:
        # What changes while the first build runs is not to be missed.
        watch = Watch([archive.root, *([config.source] if config.source else [])])
        _build(server, store)
        rebuild = threading.Thread(
            target=watch.run, args=(lambda: _try_build(server, store), stop), daemon=True
        )
        rebuild.start()
        typer.echo(f"{server.address}/")
        notice(_("Pratinjau siap, hanya di komputer ini. Tekan Ctrl-C untuk berhenti."))
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            notice(_("Pratinjau dihentikan."))
        finally:
            stop.set()


def _build(server: PreviewServer, store: PhotoStore) -> None:
    """Read everything anew; what cannot be read is said, and the rest is shown."""
    from kpucli.cli.context import open_archive, read_clock
    from kpucli.cli.progress import follow
    from kpucli.cli.terminal import report_failures
    from kpucli.counted import read_counted
    from kpucli.errors import ArticleError, KpuError
    from kpucli.publish.build import Stock, make_album, render_stock, stock_articles
    from kpucli.publish.library import add_views
    from kpucli.publish.site import make_site

    config, archive = open_archive()
    failures: list[ArticleError] = []
    counted, build = read_counted(config.root), server.preview.build + 1
    site = make_site(config, server.address, preview=build)
    found = stock_articles(archive.articles(failures))
    stock = Stock(found.library, list(add_views(found.outlines, counted)))
    now = read_clock(config)
    hidden: list[KpuError] = []
    album = make_album(stock, site, now, store, hidden, follow)
    server.preview.replace(render_stock(stock, site, now, album))
    report_failures([*failures, *hidden])


def _try_build(server: PreviewServer, store: PhotoStore) -> None:
    """Build again; where that cannot be done, say why, and go on showing the site as it was."""
    from kpucli.cli.terminal import report_error
    from kpucli.errors import KpuError

    try:
        _build(server, store)
    except KpuError as error:
        report_error(error)
