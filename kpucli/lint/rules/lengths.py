"""BRT003, BRT004, BRT005: titles, sentences and leads that are too long."""

from __future__ import annotations

from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.composition import count_words
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import INFO, WARNING, Hit, rule
from kpucli.sentences import Sentence
from kpucli.visible import drop_invisible

_LONG = (
    "KPU Kota Malang menggelar rapat koordinasi bersama seluruh panitia pemilihan kecamatan di aula"
    " kantor untuk membahas persiapan pemutakhiran data pemilih yang akan segera dimulai serentak"
)
_MORE = " di semua kelurahan sesudah petugas dilatih dan perlengkapannya tiba dari gudang pusat"


@rule(
    "BRT003",
    N_("Judul terlalu panjang"),
    severity=INFO,
    explanation=N_(
        "Judul memuat paling banyak 15 kata dan 100 karakter, dan tidak diakhiri titik: judul"
        " menyebut beritanya, bukan meringkasnya. Batasnya diatur di [lint.limits]."
    ),
    source=N_("Kebiasaan pers; EYD V, bab III, tanda titik: judul tidak diakhiri titik."),
    bad=(
        (
            'title = ‹"Pengumuman Hasil Seleksi Tertulis Calon Anggota PPS di Kabupaten Bone untuk'
            ' Penyelenggaraan Pemilu Serentak Tahun 2024"›'
        ),
        'title = ‹"Rapat Koordinasi Media Sosial."›',
    ),
    good='title = "Rapat Koordinasi Media Sosial"',
)
def title_length(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A title of more words or characters than a label has, or with a stop."""
    title = drop_invisible(manuscript.article.title).strip()
    string = manuscript.string("title", manuscript.article.title)
    if not title or string is None:
        return
    limits = archive.limits
    words = count_words(title, 0, len(title))
    if words > limits.title_words or len(title) > limits.title_characters:
        message = _(
            "Judul {words} kata, {characters} karakter; sebaiknya paling banyak {most} kata dan"
            " {longest} karakter."
        ).format(
            words=words,
            characters=len(title),
            most=limits.title_words,
            longest=limits.title_characters,
        )
        yield Hit(string.start, string.end, message)
    elif title.endswith(".") and not title.endswith(("..", " dkk.", " dll.")):
        yield Hit(string.start, string.end, _("Judul tidak diakhiri titik."))


@rule(
    "BRT004",
    N_("Kalimat terlalu panjang"),
    severity=WARNING,
    explanation=N_(
        "Kalimat lebih dari 40 kata sukar dipahami sekali baca: pecah menjadi beberapa kalimat."
        " Yang lebih dari 30 kata hanya info. Batasnya diatur di [lint.limits]; baris tempat di"
        " awal berita tidak dihitung."
    ),
    source=N_("Kebiasaan pers: satu gagasan satu kalimat."),
    bad=(
        f"‹{_LONG}{_MORE}, lalu pulang bersama-sama.› Selesai.",
        f"‹{_LONG}, sesudah semua siap dan perlengkapan tiba di kantor.›",
    ),
    good="Rapat dibuka oleh Dr. Budi, S.H., M.Si., di Jl. Kawi No. 5. Peserta hadir lengkap.",
)  # fmt: skip
def long_sentence(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A sentence of more words than can be read at once."""
    limits = archive.limits
    for sentence, words in _lengths(manuscript, limits.sentence_info_words):
        is_longer = words > limits.sentence_words
        limit = limits.sentence_words if is_longer else limits.sentence_info_words
        message = _("Kalimat ini {words} kata; pecah bila lebih dari {limit} kata.").format(
            words=words, limit=limit
        )
        severity = None if is_longer else INFO
        yield Hit(sentence.start, sentence.end, message, severity=severity)


@rule(
    "BRT005",
    N_("Teras terlalu panjang"),
    severity=INFO,
    explanation=N_(
        "Kalimat pertama (teras) menyampaikan inti berita dalam paling banyak 35 kata. Batasnya"
        " diatur di [lint.limits]; baris tempat tidak dihitung."
    ),
    source=N_("Kebiasaan pers: teras berita paling banyak sekitar 35 kata."),
    bad=f"**KOTA MALANG, kpu.malangkota.go.id** – ‹{_LONG}{_MORE}.› Selesai.",
    good="**KOTA MALANG, kpu.malangkota.go.id** – KPU Kota Malang menggelar rapat, Senin (18/4).",
)
def lead_length(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A first sentence of more words than a lead has."""
    sentences = manuscript.composition.sentences[:1]
    if not sentences or manuscript.composition.paragraphs[0].is_item:
        return
    words = count_words(manuscript.prose.text, sentences[0].start, sentences[0].end)
    limit = archive.limits.lead_words
    if words > limit:
        message = _("Teras ini {words} kata; sebaiknya paling banyak {limit} kata.").format(
            words=words, limit=limit
        )
        yield Hit(sentences[0].start, sentences[0].end, message)


def _lengths(manuscript: Manuscript, more_than: int) -> Iterator[tuple[Sentence, int]]:
    """Sentences with more words than that."""
    text = manuscript.prose.text
    for sentence in manuscript.composition.sentences:
        start, end = sentence
        # No words are as short as that; and which of them count takes longer to tell.
        if end - start > 3 * more_than and len(text[start:end].split()) > more_than:
            words = count_words(text, start, end)
            if words > more_than:
                yield sentence, words
