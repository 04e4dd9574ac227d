"""Giving an article another slug: the file and its photographs move, the old address stays good."""

from __future__ import annotations

import os

from kpucli.article import SLUG, Article
from kpucli.change import Change, write_changes
from kpucli.errors import KpuError, RefusedError, describe_os_error
from kpucli.i18n import _
from kpucli.slug import refuse_device


def plan_rename(article: Article, slug: str) -> Change:
    """The change that puts an article, with its old address in `aliases`, under a new slug.

    Raises `KpuError` for what is no slug, `RefusedError` where the place is taken.
    """
    refuse_device(slug)
    if not SLUG.fullmatch(slug):
        raise KpuError(
            _("“{slug}” bukan slug.").format(slug=slug),
            _("Pakai huruf kecil, angka, dan tanda hubung, misalnya rapat-pleno."),
        )
    path = article.path.with_name(f"{slug}.md")
    for taken in (path, path.with_suffix("")):
        if os.path.lexists(taken):
            raise RefusedError(_("Nama ini sudah dipakai."), path=taken)
    address = f"/berita/{path.parent.name}/{slug}/"
    aliases = [alias for alias in article.aliases if alias != address]
    if article.url not in aliases:
        aliases.append(article.url)
    return Change(path, None, article.edit({"aliases": aliases}).after)


def rename(article: Article, change: Change) -> None:
    """Carry out what `plan_rename` planned.

    The new file is written before the old one goes, so that a crash loses nothing: then both are
    there, and the linter says so. Raises `KpuError` when the disk refuses.
    """
    write_changes([change])
    try:
        photographs = article.path.with_suffix("")
        if photographs.is_dir():
            photographs.rename(change.path.with_suffix(""))
        article.path.unlink()
    except OSError as error:
        raise KpuError(
            _("Berkas lama tidak dapat dipindahkan: {reason}.").format(
                reason=describe_os_error(error)
            ),
            _("Berita kini ada di dua berkas; hapus salah satunya."),
            path=article.path,
        ) from error
