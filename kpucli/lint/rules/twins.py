"""MET018, MET019: tags in two forms, and articles that are there twice."""

from __future__ import annotations

from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.facts import Facts, find_lead, make_key, make_lead_key
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview, tag_form
from kpucli.lint.rule import ARCHIVE, INFO, WARNING, Hit, rule

_FAR_DAYS = 31  # titles of what happens every month come back


@rule(
    "MET018",
    N_("Tag dalam dua bentuk"),
    severity=WARNING,
    explanation=N_(
        "Tag ini di artikel lain ditulis dengan bentuk lain (SOP dan sop, mediasosial dan"
        " media-sosial), sehingga beritanya terbagi dalam dua halaman. Pakai bentuk yang lebih"
        " banyak dipakai; `kpucli tag merge` menyatukannya di semua artikel."
    ),
    source=N_("Satu tag satu halaman: /tag/TAG/."),
    bad=(
        '--- 2022/contoh.md\ntags = [‹"mediasosial"›]\n'
        '--- 2022/a.md\ntitle = "Judul A"\ntags = ["media-sosial"]\n+++\nIsi satu.\n'
        '--- 2022/b.md\ntitle = "Judul B"\ntags = ["media-sosial"]\n+++\nIsi dua.'
    ),
    good=(
        '--- 2022/contoh.md\ntags = ["media-sosial"]\n'
        '--- 2022/a.md\ntitle = "Judul A"\ntags = ["media-sosial", "media"]\n+++\nIsi satu.'
    ),
    scope=ARCHIVE,
)
def tag_twin(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A tag that most articles write in another form."""
    if not manuscript.in_archive:
        return
    for tag in dict.fromkeys(manuscript.article.tags):
        form = tag_form(tag)
        others = [other for other in archive.tag_forms.get(form, ()) if other != tag]
        string = manuscript.string("tags", tag)
        if not form or not others or string is None:
            continue
        usual = max(others, key=lambda other: _weight(other, archive))
        if _weight(usual, archive) > _weight(tag, archive):
            message = _("Tag “{tag}” di {count} artikel lain ditulis “{usual}”.").format(
                tag=tag, count=archive.tags[usual], usual=usual
            )
            yield Hit(string.start, string.end, message, usual)


def _weight(tag: str, archive: Overview) -> tuple[int, bool, bool, str]:
    """What makes a form the usual one: its number, or else that it reads like a tag."""
    return archive.tags.get(tag, 0), tag.islower(), "-" in tag, tag


@rule(
    "MET019",
    N_("Artikel rangkap"),
    severity=WARNING,
    explanation=N_(
        "Judul atau alinea pertama artikel ini sama dengan artikel lain (huruf kapital, spasi, dan"
        " tanda baca tidak dihitung): mungkin satu berita tersimpan dua kali. Judul yang sama lebih"
        " dari sebulan kemudian hanya info, karena kegiatan rutin berulang."
    ),
    source=N_("Satu berita satu alamat."),
    bad=(
        ('--- 2022/contoh.md\ntitle = ‹"Apel Pagi di Halaman Kantor"›\n+++\nIsi satu.\n'
        '--- 2022/lain.md\ntitle = ‹"Apel pagi di halaman kantor"›\n+++\nIsi dua.'),
        ("--- 2022/contoh.md\n‹Jajaran KPU Kota Malang diminta bersiap menghadapi tahapan Pemilu"
        " 2024 yang segera dimulai.›\n"
        '--- 2022/lain.md\ntitle = "Judul Lain"\n+++\n‹Jajaran KPU Kota Malang diminta bersiap'
        " menghadapi tahapan Pemilu 2024 yang segera dimulai.›"),
    ),
    good=(
        '--- 2022/contoh.md\ntitle = "Apel Pagi"\n+++\nIsi satu.\n'
        '--- 2022/lain.md\ntitle = "Apel Sore"\n+++\nIsi satu.'
    ),
    scope=ARCHIVE,
)  # fmt: skip
def duplicate_article(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """An article with the title or the first paragraph of another one."""
    article = manuscript.article
    if not manuscript.in_archive:
        return
    string = manuscript.string("title", article.title)
    other = _other(archive.titles.get(make_key(article.title), []), manuscript)
    if other and string:
        day = article.date.date() if manuscript.value("date") else None
        is_far = day and other.day and abs((day - other.day).days) > _FAR_DAYS
        message = _("Judul ini sama dengan judul {path}.").format(path=other.path)
        yield Hit(string.start, string.end, message, severity=INFO if is_far else None)
    text = manuscript.prose.text
    key = make_lead_key(text, article.source, article.body_start)
    other = _other(archive.leads.get(key, []), manuscript)
    lead = find_lead(text, article.source, article.body_start) if key and other else None
    if other and lead:
        message = _("Alinea pertama ini sama dengan alinea pertama {path}.").format(path=other.path)
        yield Hit(*lead, message)


def _other(facts: list[Facts], manuscript: Manuscript) -> Facts | None:
    """Another article with the same key: the one nearest to the beginning of the archive."""
    path = manuscript.article.path
    return next((item for item in facts if item.path != path), None)
