"""FAK007, FAK008: how regulations are cited, and one cited with two years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from kpucli.i18n import N_, _
from kpucli.lint.citations import Citation, agree, is_year_slip
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Cited, Overview
from kpucli.lint.rule import ARCHIVE, ERROR, WARNING, Hit, Repair, rule, unsafe

_TAIL = re.compile(r"Nomor \d{1,4}[A-Z]? Tahun \d{4}\Z")
_MOST_COMPARED = 50  # citations of one regulation in one text
_FORMS = {"pepres": "Perpres", "perpu": "Perpu", "perppu": "Perppu"}
_AMENDING = re.compile(
    r"(?:di)?ubah|perubahan|mengubah|mencabut|dicabut|menggantikan|pengganti|diganti|mengganti"
    r"|penyempurnaan|terakhir|berturut",
    re.IGNORECASE,
)
# Numbered anew every year by every office, about the same matters: no number says enough.
_NUMBERED_ANEW = ("Keputusan", "Surat Edaran", "Instruksi")


@rule(
    "FAK007",
    N_("Penulisan nomor peraturan"),
    severity=WARNING,
    explanation=N_(
        "Peraturan disebut dengan jenis, nomor, dan tahunnya: Peraturan KPU Nomor 3 Tahun 2022."
        " Kata Nomor dan Tahun ditulis lengkap dengan huruf kapital. Judul berita boleh lebih"
        " ringkas."
    ),
    source=N_("UU Nomor 12 Tahun 2011, Lampiran II: penamaan dan pengacuan peraturan."),
    bad=(
        "Dasarnya ‹UU 7/2017› tentang Pemilihan Umum.",
        "Dasarnya ‹PKPU No. 8 Tahun 2022› dan ‹Perpres 68 tahun 2019›.",
        "Diatur dalam ‹Qanun No.12 Tahun 2016›.",
    ),
    fixed=(
        "Dasarnya UU Nomor 7 Tahun 2017 tentang Pemilihan Umum.",
        "Dasarnya PKPU Nomor 8 Tahun 2022 dan Perpres Nomor 68 Tahun 2019.",
        "Diatur dalam Qanun Nomor 12 Tahun 2016.",
    ),
    good=(
        "Dasarnya Undang-Undang Nomor 7 Tahun 2017 dan UU Nomor 10 Tahun 2016.",
        "Surat Nomor 812/PP.04.2-SD/01/KPU/VIII/2022 merujuk UU Pemilu, PKPU 3, dan UUD 1945.",
    ),
    fix=Applicability.UNSAFE,
)
def regulation_form(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A regulation cited without "Nomor" or "Tahun"."""
    for passage in manuscript.passages:
        if passage.field == "title":
            continue
        for citation, match in passage.citations:
            written = match[0]
            if _TAIL.search(written):
                continue
            better = _better(match)
            message = _("Peraturan disebut dengan nomor dan tahunnya: {better}.").format(
                better=better
            )
            span = citation.start, citation.end
            yield passage.hit(span, message, better, _repair(passage, match, better))


def _better(match: re.Match[str]) -> str:
    head = match.string[match.start() : match.start("word" if match["word"] else "number")]
    head = " ".join(head.split())
    head = _FORMS.get(head.lower(), head)
    return f"{head} Nomor {match['number'].upper()} Tahun {match['year']}"


def _repair(passage: Passage, match: re.Match[str], better: str) -> Repair | None:
    if "\n" in match[0]:
        return None
    return unsafe(passage.replace(match.span(), better))


@rule(
    "FAK008",
    N_("Satu peraturan dengan dua tahun"),
    severity=ERROR,
    explanation=N_(
        "Jenis, nomor, dan pokok peraturan ini sama dengan yang disebut di tempat lain, tetapi"
        " tahunnya berbeda: salah satunya keliru. Nomor yang sama memang terpakai lagi tiap tahun,"
        " maka hanya yang pokoknya (“tentang …”) sama dilaporkan; tanpa pokok, hanya bila keduanya"
        " dalam satu artikel, tahunnya seperti salah ketik (2022 dan 2023, 2012 dan 2021), dan"
        " tidak ada kata perubahan (“sebagaimana diubah dengan …”)."
    ),
    source=N_("Satu peraturan mempunyai satu nomor dan satu tahun."),
    bad=(
        ("PKPU Nomor 15 Tahun 2023 tentang Kampanye sudah terbit. Dalam ‹PKPU Nomor 15 Tahun 2022›"
        " hal itu dilarang."),
        ("--- 2022/contoh.md\nMenurut ‹Perpres Nomor 81 Tahun 2012› tentang Grand Design.\n"
        "--- 2022/lain.md\nPerpres Nomor 81 Tahun 2010 tentang Grand Design berlaku.\n"
        "--- 2021/lain-lagi.md\ndate = 2021-04-20\n+++\n"
        "Ada Perpres Nomor 81 Tahun 2010 tentang Grand Design."),
    ),
    good=(
        "UU Nomor 7 Tahun 2017 tentang Pemilihan Umum diubah dengan UU Nomor 7 Tahun 2023.",
        "PKPU Nomor 3 Tahun 2022 tentang Tahapan dan PKPU Nomor 3 Tahun 2023 tentang Kampanye.",
    ),
    scope=ARCHIVE,
)  # fmt: skip
def regulation_conflict(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """One regulation cited with two years, here or in the archive."""
    passage = manuscript.passages[-1]
    cited = sorted(
        (citation for citation, _match in passage.citations),
        key=lambda citation: (citation.kind, citation.number),
    )
    for key, group in groupby(cited, key=lambda citation: (citation.kind, citation.number)):
        here = list(group)
        years = Counter(citation.year for citation in here)
        for citation in here:
            other = _other_here(citation, here, years, passage.text)
            if other is None and not key[0].startswith(_NUMBERED_ANEW):
                elsewhere = archive.citations.get(key, [])
                other = _other_elsewhere(citation, elsewhere, manuscript)
            if other is not None:
                yield _conflict(passage, citation, other)


def _other_here(
    citation: Citation, here: list[Citation], years: Counter[int], text: str
) -> str | None:
    """The year that the same text gives this regulation more often, or first."""
    for other in here[:_MOST_COMPARED]:
        if other.year == citation.year or not _may_be_same(citation, other, text):
            continue
        weight, against = years[citation.year], years[other.year]
        if weight < against or (weight == against and citation.start > other.start):
            return _("di artikel ini juga disebut tahun {year}").format(year=other.year)
    return None


def _may_be_same(one: Citation, other: Citation, text: str) -> bool:
    first, last = sorted((one, other), key=lambda citation: citation.start)
    around = text[max(0, first.start - 80) : first.end + 80] + text[last.start - 80 : last.end + 80]
    if _AMENDING.search(around):
        return False
    if one.subject and other.subject:
        return agree(one.subject, other.subject)
    return is_year_slip(one.year, other.year)


def _other_elsewhere(
    citation: Citation, elsewhere: list[Cited], manuscript: Manuscript
) -> str | None:
    """The year that other articles give this regulation at least as often."""
    if not citation.subject:
        return None
    path = manuscript.article.path
    alike = [item for item in elsewhere if item[2] and agree(citation.subject, item[2])]
    articles = {year: {item[0] for item in alike if item[1] == year} for _p, year, _s in alike}
    mine = len(articles.get(citation.year, set()) | {path})
    rivals = [
        (len(paths - {path}), year)
        for year, paths in articles.items()
        if year != citation.year and paths - {path}
    ]
    if not rivals or max(rivals)[0] < mine:
        return None
    count, year = max(rivals)
    example = min(item[0] for item in alike if item[1] == year and item[0] != path)
    return _("di {path} disebut tahun {year} ({count} artikel)").format(
        path=example, year=year, count=count
    )


def _conflict(passage: Passage, citation: Citation, other: str) -> Hit:
    span = citation.start, citation.end
    message = _("{citation}: {other}.").format(
        citation=" ".join(passage.text[slice(*span)].split()), other=other
    )
    return passage.hit(span, message)
