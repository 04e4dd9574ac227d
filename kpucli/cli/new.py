"""`kpucli new`: start a post."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpucli.cli.completion import complete_category, complete_tag
from kpucli.cli.terminal import ask, is_interactive, notice
from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.visible import clean_line

if TYPE_CHECKING:
    from kpucli.change import Change
    from kpucli.config import Config
    from kpucli.draft import Photograph


def new(
    title: Annotated[
        str | None, typer.Argument(metavar=_("JUDUL"), help=_("Judul berita."))
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            "-d",
            metavar=_("TANGGAL"),
            help=_(
                "Hari berita, misalnya “kemarin” atau “Rabu 20/4/2022 pukul 09.00”. "
                "Tanpa ini: sekarang."
            ),
        ),
    ] = None,
    tags: Annotated[
        list[str] | None,
        typer.Option(
            "--tag",
            "-t",
            metavar=_("TAG"),
            help=_("Tag; boleh diulang."),
            autocompletion=complete_tag,
        ),
    ] = None,
    summary: Annotated[
        str | None,
        typer.Option(
            "--summary",
            "-s",
            metavar=_("TEKS"),
            help=_("Ringkasan satu kalimat untuk mesin pencari."),
        ),
    ] = None,
    author: Annotated[
        str | None,
        typer.Option("--author", metavar=_("NAMA"), help=_("Penulis, bila bukan yang biasa.")),
    ] = None,
    category: Annotated[
        str | None,
        typer.Option(
            "--category",
            metavar=_("KATEGORI"),
            autocompletion=complete_category,
            help=_("Kategori, bila bukan berita, misalnya pengumuman."),
        ),
    ] = None,
    slug: Annotated[
        str | None,
        typer.Option(
            "--slug", metavar=_("SLUG"), help=_("Bagian akhir alamat; tanpa ini dibuat dari judul.")
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar=_("BERKAS"),
            help=_("Ambil teks dari naskah (DOCX, teks, Markdown), atau dari masukan baku (-)."),
        ),
    ] = None,
    draft: Annotated[
        bool | None,
        typer.Option(
            "--draft/--no-draft",
            help=_("Tandai sebagai draf. Tanpa ini: draf selama teksnya kosong."),
        ),
    ] = None,
    image: Annotated[
        Path | None,
        typer.Option(
            "--image",
            metavar=_("BERKAS"),
            help=_("Foto utama; disalin ke folder artikel tanpa data lokasi dan kamera."),
        ),
    ] = None,
    alt: Annotated[
        str | None,
        typer.Option(
            "--alt",
            metavar=_("TEKS"),
            help=_("Apa yang terlihat di foto, bagi yang tidak melihat."),
        ),
    ] = None,
    caption: Annotated[
        str | None,
        typer.Option("--caption", metavar=_("TEKS"), help=_("Keterangan di bawah foto.")),
    ] = None,
    credit: Annotated[
        str | None, typer.Option("--credit", metavar=_("NAMA"), help=_("Pembuat foto."))
    ] = None,
    edit: Annotated[
        bool, typer.Option("--edit", "-e", help=_("Buka di $VISUAL atau $EDITOR."))
    ] = False,
) -> None:
    from dataclasses import replace

    from kpucli.cli.context import open_archive, read_clock, say_unconfigured
    from kpucli.cli.manuscript import Manuscript, read_manuscript
    from kpucli.draft import Draft, plan_draft
    from kpucli.tags import check_tag

    config, archive = open_archive()
    say_unconfigured(config)
    now = read_clock(config)
    # What was said is read before anything is asked: a refusal must not cost the answers.
    moment = now if date is None else _read_date(date, now)
    editor = choose_editor() if edit else []
    known_tags = None if tags is None else [check_tag(tag) for tag in tags]
    photo = _read_photo(image, alt, caption, credit)
    title = clean_line(title or "")
    text = Manuscript()
    if source is not None:
        text = read_manuscript(source, title, now, has_photo=photo is not None)
    photo = photo or text.photo
    # Standard input that carries the text cannot answer questions.
    may_ask = is_interactive() and source != "-"
    title = title or _ask_title(text.title, may_ask=may_ask)
    if may_ask and known_tags is None:
        known_tags = _ask_tags()
    if may_ask and summary is None:
        summary = ask(_("Ringkasan (boleh kosong)"))
    if may_ask and photo is not None and alt is None:
        photo = replace(photo, alt=clean_line(ask(_("Apa yang terlihat di foto"))))
    post = Draft(
        title=title,
        date=moment,
        tags=tuple(dict.fromkeys(known_tags or ())),
        summary=summary,
        author=author,
        category=_check_category(category or "", config),
        body=text.body,
        slug=slug,
        is_draft=not text.body if draft is None else draft,
        photo=photo,
        photos=text.photos,
    )
    _write(plan_draft(archive, post), editor, is_draft=post.is_draft)
    if photo is not None and not photo.alt:
        notice(_("Teks pengganti (alt) foto masih kosong; isi sebelum terbit."))


def _write(changes: list[Change], editor: list[str], *, is_draft: bool) -> None:
    """Write the files, say where the post is, and open it where an editor is wanted."""
    from kpucli.change import write_changes

    write_changes(changes)
    change = changes[-1]
    typer.echo(change.path.as_posix())
    if is_draft:
        notice(_("Ini draf: bila teksnya siap terbit, hapus baris `draft = true`."))
    if editor:
        _open_editor(editor, change.path)


def _read_date(words: str, now: datetime) -> datetime:
    from kpucli.dates import read_date

    assert now.tzinfo is not None
    return read_date(words, now=now, zone=now.tzinfo)


def _check_category(name: str, config: Config) -> str | None:
    """The key of a category of this office; None without a name. Raises `KpuError`."""
    from kpucli.slug import tag_key

    name = clean_line(name)
    key = tag_key(name)
    if not name:
        return None
    if key not in config.categories:
        raise KpuError(
            _("Kategori “{name}” tidak dikenal.").format(name=name),
            _("Pilih {names}, atau tambahkan di [categories].").format(
                names=", ".join(config.categories)
            ),
        )
    return key


def _read_photo(
    path: Path | None, alt: str | None, caption: str | None, credit: str | None
) -> Photograph | None:
    from kpucli.draft import read_photograph

    if path is not None:
        return read_photograph(path, alt, caption, credit)
    if alt or caption or credit:
        raise KpuError(
            _("--alt, --caption, dan --credit hanya untuk foto."), _("Sebutkan --image BERKAS.")
        )
    return None


def _ask_title(proposed: str, *, may_ask: bool) -> str:
    title = clean_line(ask(_("Judul"), proposed)) if may_ask else proposed
    if not title:
        raise KpuError(_("Judul belum diisi."), _('Tulis misalnya: kpucli new "Judul berita".'))
    return title


def _ask_tags() -> list[str]:
    from kpucli.tags import check_tag

    answer = ask(_("Tag, dipisah koma (boleh kosong)"))
    return [check_tag(tag) for tag in answer.split(",") if tag.strip()]


def choose_editor() -> list[str]:
    """The words of the user's editor command. Raises `KpuError` where none is set."""
    import os
    import shlex

    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(command)
    except ValueError:  # a quotation mark that is not closed
        words = []
    if not words:
        raise KpuError(
            _("Editor belum ditentukan."), _("Isi peubah lingkungan VISUAL atau EDITOR.")
        )
    return words


def _open_editor(editor: list[str], path: Path) -> None:
    import subprocess

    # stdout is for the path alone, also in `git add "$(kpucli new … --edit)"`.
    screen = None if sys.stdout.isatty() else sys.stderr
    try:
        subprocess.run([*editor, str(path)], check=True, stdout=screen)
    except (OSError, subprocess.CalledProcessError) as error:
        raise KpuError(
            _("Editor “{editor}” gagal; berkasnya sudah dibuat.").format(editor=editor[0]),
            path=path,
        ) from error
