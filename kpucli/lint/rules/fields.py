"""MET001–MET004, MET006: whether an article can be read, and its fields are as they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.front_matter import ProblemKind
from kpucli.i18n import N_
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import ERROR, WARNING, Hit, rule

_FORMAT = N_("Format artikel kpucli: TOML 1.0 di antara dua baris +++.")


@rule(
    "MET001",
    N_("Artikel tidak terbaca"),
    severity=ERROR,
    explanation=N_(
        "Berkas harus UTF-8 dan dibuka dengan isian TOML di antara dua baris +++. Artikel yang"
        " tidak terbaca tidak akan terbit, dan temuan ini tidak dapat diabaikan atau dimatikan."
    ),
    source=_FORMAT,
    bad='+++\n‹›title = "Tanpa kutip penutup\ndate = 2022-04-20\n+++\nIsi.',
    good='+++\ntitle = "Judul"\ndate = 2022-04-20\n+++\nIsi.',
)
def unreadable_article(_article: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Found by the engine, which has no article to hand to a rule."""
    yield from ()


@rule(
    "MET002",
    N_("Isian wajib belum ada"),
    severity=ERROR,
    explanation=N_("Setiap artikel harus mempunyai `title` dan `date`."),
    source=_FORMAT,
    bad="‹+++›\ndate = 2022-04-20\n+++\nIsi.",
    good='title = "Judul"\ndate = 2022-04-20',
)
def missing_field(article: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A required field is not there."""
    yield from _problems(article, ProblemKind.MISSING)


@rule(
    "MET003",
    N_("Isian salah bentuk"),
    severity=ERROR,
    explanation=N_(
        "Nilai isian harus berbentuk benar: tanggal tanpa tanda kutip, daftar di dalam kurung"
        " siku, dan sebagainya. Isian yang salah bentuk diperlakukan seperti tidak ada."
    ),
    source=_FORMAT,
    bad=('date = ‹"20 April 2022"›', 'tags = ‹"apel, sop"›  # dua tag'),
    good='tags = ["apel", "sop"]',
)
def mistyped_field(article: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A field's value has the wrong type."""
    yield from _problems(article, ProblemKind.MISTYPED)


@rule(
    "MET004",
    N_("Isian tidak dikenal"),
    severity=WARNING,
    explanation=N_("Isian yang tidak dikenal tidak dipakai; biasanya namanya salah ketik."),
    source=_FORMAT,
    bad=('‹titel› = "Judul"', '[‹extra›]\nfoo = "bar"'),
    good='summary = "Satu kalimat yang menjelaskan isi berita ini."',
)
def unknown_field(article: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A field that nothing reads."""
    yield from _problems(article, ProblemKind.UNKNOWN)


@rule(
    "MET006",
    N_("Berkas salah tempat"),
    severity=ERROR,
    explanation=N_(
        "Artikel harus bernama articles/TAHUN/slug.md dan harus berkas biasa. Berkas yang salah"
        " tempat, atau tautan simbolik, tidak dibaca dan tidak terbit."
    ),
    source=N_("Alamat berita sama dengan nama berkasnya: /berita/TAHUN/slug/."),
    bad=('--- contoh.md\n‹›+++\ntitle = "Judul"\ndate = 2022-04-20\n+++\nIsi.',
         '--- 2022/Contoh Berita.md\n‹›+++\ntitle = "Judul"\ndate = 2022-04-20\n+++\nIsi.'),
    good="--- 2022/contoh-berita.md\nIsi berita.",
)  # fmt: skip
def misplaced_file(_article: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Found by the engine, which has no article to hand to a rule."""
    yield from ()


def _problems(manuscript: Manuscript, kind: ProblemKind) -> Iterator[Hit]:
    for problem in manuscript.article.problems:
        if problem.kind is kind:
            span = (
                _name_span(manuscript, problem.field)
                if kind is ProblemKind.UNKNOWN
                else manuscript.field_span(problem.field)
            )
            yield Hit(*span, f"{problem.message}.", problem.suggestion)


def _name_span(manuscript: Manuscript, name: str) -> tuple[int, int]:
    """Where an unknown field's name stands."""
    article = manuscript.article
    found = manuscript.fields.get(name)
    if found is None:
        return manuscript.field_span(name)
    value = article.front_matter_span[0] + found[0]
    line_start = article.source.rfind("\n", 0, value) + 1
    match = re.compile(re.escape(name)).search(article.source, line_start)
    return match.span() if match else manuscript.field_span(name)
