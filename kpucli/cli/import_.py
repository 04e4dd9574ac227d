"""`kpucli import`: bring in news from elsewhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kpucli.i18n import _

MAX_BYTES = 64 * 1024 * 1024

app = typer.Typer(help=_("Masukkan berita dari situs lama."), no_args_is_help=True)


class Format(StrEnum):
    """How the outcome is written."""

    TEXT = "text"
    JSON = "json"


_File = Annotated[Path, typer.Argument(metavar=_("BERKAS"), help=_("Berkas yang dimasukkan."))]
_Files = Annotated[
    list[Path],
    typer.Argument(
        metavar=_("BERKAS..."),
        help=_("Berkas yang dimasukkan, satu berita tiap berkas; atau folder."),
    ),
]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help=_("Tampilkan hasilnya saja; tidak menulis apa pun."))
]
_Output = Annotated[Format, typer.Option("--format", help=_("Bentuk keluaran."))]
_FetchImages = Annotated[
    bool,
    typer.Option(
        "--fetch-images",
        help=_("Ambil foto dari situs lamanya; tanpa ini tidak ada yang diambil dari jaringan."),
    ),
]


@app.callback()
def _group() -> None:
    """Sources are subcommands."""


@app.command("berita", help=_("Dari salinan teks halaman “Berita Terkini”."))
def berita(file: _File, dry_run: _DryRun = False, output: _Output = Format.TEXT) -> None:
    from kpucli.cli.importing import prepare
    from kpucli.importers.berita import read_berita
    from kpucli.text_file import read_text

    run = prepare(dry_run=dry_run, as_json=output is Format.JSON)
    text = read_text(file, max_bytes=MAX_BYTES)
    items, notes = read_berita(text, file, now=run.now, zone=run.config.zone)
    run.carry_out([*notes, *items])


@app.command("wordpress", help=_("Dari ekspor WordPress (WXR)."))
def wordpress(
    file: _File,
    fetch_images: _FetchImages = False,
    dry_run: _DryRun = False,
    output: _Output = Format.TEXT,
) -> None:
    from kpucli.cli.importing import follow, prepare
    from kpucli.importers.wordpress import find_attachments, read_wordpress

    run = prepare(dry_run=dry_run, as_json=output is Format.JSON, fetch_images=fetch_images)
    with follow(_("Mencari lampiran (MB)"), file) as chunks:
        attachments = find_attachments(chunks, file)
    with follow(_("Memasukkan berita (MB)"), file) as chunks:
        run.carry_out(read_wordpress(chunks, file, attachments, zone=run.config.zone, now=run.now))


@app.command("feed", help=_("Dari umpan RSS, Atom, atau JSON Feed."))
def feed(
    file: _File,
    fetch_images: _FetchImages = False,
    dry_run: _DryRun = False,
    output: _Output = Format.TEXT,
) -> None:
    from kpucli.cli.importing import follow, prepare
    from kpucli.importers.feed import read_feed

    run = prepare(dry_run=dry_run, as_json=output is Format.JSON, fetch_images=fetch_images)
    with follow(_("Memasukkan berita (MB)"), file) as chunks:
        run.carry_out(read_feed(chunks, file, zone=run.config.zone, now=run.now))


@app.command("html", help=_("Dari halaman situs KPU yang disimpan dari peramban."))
def html(
    files: _Files,
    fetch_images: _FetchImages = False,
    dry_run: _DryRun = False,
    output: _Output = Format.TEXT,
) -> None:
    from kpucli.cli.importing import prepare
    from kpucli.importers.html_page import read_html_page

    run = prepare(dry_run=dry_run, as_json=output is Format.JSON, fetch_images=fetch_images)
    run.carry_out_each(files, (".html", ".htm", ".xhtml"), read_html_page)


@app.command("docx", help=_("Dari dokumen pengolah kata (DOCX)."))
def docx(files: _Files, dry_run: _DryRun = False, output: _Output = Format.TEXT) -> None:
    from kpucli.cli.importing import prepare
    from kpucli.importers.word import read_word

    run = prepare(dry_run=dry_run, as_json=output is Format.JSON)
    run.carry_out_each(files, (".docx",), read_word)


@app.command("text", help=_("Dari teks yang disalin dari WhatsApp atau surel."))
def text(files: _Files, dry_run: _DryRun = False, output: _Output = Format.TEXT) -> None:
    from kpucli.cli.importing import prepare
    from kpucli.importers.message import read_message_file

    run = prepare(dry_run=dry_run, as_json=output is Format.JSON)
    run.carry_out_each(files, (".txt",), read_message_file)


@app.command("table", help=_("Dari tabel (CSV, XLSX), satu berita tiap baris."))
def table(
    file: _File,
    fetch_images: _FetchImages = False,
    dry_run: _DryRun = False,
    output: _Output = Format.TEXT,
) -> None:
    from kpucli.cli.importing import prepare
    from kpucli.importers.table import read_table

    run = prepare(dry_run=dry_run, as_json=output is Format.JSON, fetch_images=fetch_images)
    run.carry_out(read_table(file, zone=run.config.zone, now=run.now))


@app.command("folder", help=_("Dari folder situs Hugo, Jekyll, atau Pelican."))
def folder(
    folder: Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("Folder situsnya."))],
    fetch_images: _FetchImages = False,
    dry_run: _DryRun = False,
    output: _Output = Format.TEXT,
) -> None:
    from kpucli.cli.importing import prepare
    from kpucli.cli.progress import LateProgress
    from kpucli.importers.folder import find_posts, read_folder

    run = prepare(dry_run=dry_run, as_json=output is Format.JSON, fetch_images=fetch_images)
    paths = find_posts(folder)
    with LateProgress(_("Memasukkan berita"), len(paths)) as progress:
        run.carry_out(read_folder(progress.track(paths), folder, zone=run.config.zone, now=run.now))
