"""Corrections and withdrawals of news that is public (Pedoman Pemberitaan Media Siber, 2012).

A correction is dated and stays with the article; withdrawn news leaves a page that says so and why.
"""

from __future__ import annotations

from datetime import datetime

from kpucli.article import Article, Status
from kpucli.change import Change
from kpucli.errors import RefusedError
from kpucli.i18n import _
from kpucli.visible import clean_line


def add_correction(article: Article, text: str, now: datetime) -> Change:
    """The change that adds a correction of the moment `now` to an article.

    Raises `RefusedError` for one that is not public, or for an empty text.
    """
    _require(article, now, _("Perbaiki teksnya langsung, tanpa ralat."))
    correction = {"date": now.replace(microsecond=0), "text": _line(text, article)}
    return article.edit({"corrections": [*article.data.get("corrections", ()), correction]})


def withdraw(article: Article, reason: str, now: datetime) -> Change:
    """The change that withdraws an article at the moment `now`.

    Raises `RefusedError` for one that is not public, or for an empty reason.
    """
    _require(article, now, _("Hapus saja berkasnya, atau biarkan sebagai draf."))
    withdrawal = {"date": now.replace(microsecond=0), "reason": _line(reason, article)}
    return article.edit({"withdrawn": withdrawal})


def _require(article: Article, now: datetime, hint: str) -> None:
    status = article.status(now)
    if status is Status.WITHDRAWN:
        raise RefusedError(_("Berita ini sudah ditarik."), path=article.path)
    if status is not Status.PUBLISHED:
        raise RefusedError(_("Berita ini belum terbit."), hint, path=article.path)


def _line(text: str, article: Article) -> str:
    line = clean_line(text)
    if not line:
        raise RefusedError(
            _("Keterangannya kosong."),
            _("Tulis satu kalimat yang dapat dibaca umum."),
            path=article.path,
        )
    return line
