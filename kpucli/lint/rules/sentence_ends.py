"""TBC009: sentences without their final stop."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from kpucli.i18n import N_, _
from kpucli.lint.composition import Paragraph, count_words
from kpucli.lint.finding import Applicability
from kpucli.lint.lexicon import lexicon
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.prose import FILLER
from kpucli.lint.rule import WARNING, Hit, Replacement, rule, unsafe

_TAIL = re.compile(r"(?P<word>[^\W_]+(?:[-/’'][^\W_]+)*%?)(?P<close>[)”\"’*_\]]*)\Z")
_BYLINE = re.compile(r"(?P<space>\s+)[*_]*\((?P<inner>[^()\n]{2,60})\)[*_]*\Z")
_SIGNED = re.compile(
    r"(?i:\b(?:humas|hms|hupmas|parmas|red|redaksi|admin|ed|editor|tim|mc|foto)\b)|/|\A[A-Z]{1,4}-\d{1,3}\Z"
)
_STOPPED = re.compile(r"[.?!…:][”\"’)*_\]]*\Z")
_LABEL = re.compile(r"[*_]*[A-Z][\w /]{1,30}[*_]* ?:")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NEXT_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)]|[a-z][.)]|\|)[ \t]")
_BEGINS_ANEW = re.compile(r"\s*(?:[A-Z*]|\Z)")
_BEFORE_SPEECH = re.compile(r"[,:.?!]”? \Z")
_QUOTED = re.compile(r"[“\"‘'][^“”\"\n]*[”\"’']")
_VERB_PREFIXES = frozenset({"meN", "memper", "di", "diper", "ber", "ter"})
_PREDICATES = frozenset(
    """
    ada adalah akan bekerja belajar belum bisa dapat harus hadir ialah ikut ingin juga masih
    mempelajari merupakan mulai pernah
    perlu sedang selesai siap sudah telah tiba turut usai wajib yakni yaitu
    """.split()
)
_FEWEST_WORDS = 10
_FEWEST_ALONE = 12  # of a paragraph of one sentence, which might be a heading
_SHORTEST_LINE = 70  # lines of verse, addresses and signatures are shorter

# Words that begin a sentence, and within one are small without any doubt.
_BEGINNERS = (
    "Selanjutnya|Kemudian|Namun|Adapun|Menurutnya|Demikian|Sebelumnya|Sementara itu|Selain itu"
    "|Lebih lanjut|Hal (?:ini|itu|tersebut)|(?:Dalam|Pada) (?:kesempatan|sambutannya|arahannya)"
)
_SUBJECTS = "Kegiatan|Acara|Rapat|Sosialisasi|Pelatihan|Pertemuan|Apel|Bimtek|Upacara|Simulasi"
_RUN_ON = re.compile(
    rf" (?<=[a-z][a-z][a-z] )(?P<next>(?:{_BEGINNERS})(?= [a-z])|Ia (?P<done>[a-z]+)"
    rf"|(?:{_SUBJECTS}) (?:ini|itu|tersebut) (?P<verb>[a-z]+))"
)
_LAST_WORD = re.compile(r"(?<![\w-])[a-z-]{3,}\Z")
_GOES_ON = frozenset(
    """
    adalah agar antara atas atau bagi bahwa berjudul bertajuk bertema buku dalam dan dari dengan di
    film hingga jika karena ke kepada kolom lagu ketika maka materi melalui mengenai menjadi menuju
    maupun meski namun oleh pada padahal rubrik saat sampai sebab sebagai sehingga sejak selama
    sementara seperti serta sesuai setelah slogan tema tentang terhadap tetapi untuk yaitu yakni
    yang
    """.split()
)


@rule(
    "TBC009",
    N_("Titik akhir kalimat tidak ada"),
    severity=WARNING,
    explanation=N_(
        "Setiap kalimat berita diakhiri titik, tanda tanya, atau tanda seru, juga kalimat terakhir"
        " sebuah paragraf. Subjudul, keterangan foto, butir daftar, dan nama penulis tidak"
        " memerlukannya."
    ),
    source=N_("Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab III: tanda titik."),
    bad=(
        (
            "Rapat itu dihadiri seluruh anggota. Rapat itu menghasilkan tata kelola yang semakin"
            " efektif dan ‹efisien›"
        ),
        (
            "Peserta rapat kemudian mempelajari cara mengisi formulir dan menyimpan dokumen di"
            " ruang ‹arsip› (humas/ed)"
        ),
        (
            "Petugas diminta bekerja dengan tertib dan ‹efisien› Selanjutnya mereka memeriksa"
            " kotak suara."
        ),
    ),
    fixed=(
        (
            "Rapat itu dihadiri seluruh anggota. Rapat itu menghasilkan tata kelola yang semakin"
            " efektif dan efisien."
        ),
        (
            "Peserta rapat kemudian mempelajari cara mengisi formulir dan menyimpan dokumen di"
            " ruang arsip. (humas/ed)"
        ),
        (
            "Petugas diminta bekerja dengan tertib dan efisien. Selanjutnya mereka memeriksa"
            " kotak suara."
        ),
    ),
    good=(
        "Mekanisme Pendaftaran dan Verifikasi Partai Politik Calon Peserta Pemilihan Umum Serentak",
        "- butir pertama yang membahas cara memeriksa dan mengisi formulir di tempat pemungutan",
        "Rapat itu dihadiri semua anggota dan menghasilkan beberapa keputusan penting. (humas/ed)",
        "*Petugas memeriksa kotak suara yang baru tiba dari gudang di Kecamatan Lowokwaru*",
        "Peserta diminta membawa berkas yang ditandatangani, yaitu sebagai berikut:\n\n- satu",
    ),
    fix=Applicability.UNSAFE,
)  # fmt: skip
def missing_stop(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A paragraph that just ends, and a sentence that the next one runs into."""
    text = manuscript.prose.text
    starts = [sentence.start for sentence in manuscript.composition.sentences]
    for paragraph in manuscript.composition.paragraphs:
        if not paragraph.is_item:
            number = bisect_left(starts, paragraph.end) - bisect_left(starts, paragraph.start)
            yield from _final(text, paragraph, number)
        yield from _run_on(text, paragraph)


def _final(text: str, paragraph: Paragraph, sentences: int) -> Iterator[Hit]:
    start = paragraph.start
    end = start + len(text[start : paragraph.end].rstrip())
    if text[end - 1] in ".?!…:":
        return
    byline = _BYLINE.search(text, max(start, end - 80), end)
    if byline and _SIGNED.search(byline["inner"]):
        end = byline.start()
    if text[end - 1] == "," and _BEGINS_ANEW.match(text, paragraph.end):
        if _is_prose(text, start, end, sentences):
            fix = unsafe(Replacement(end - 1, end, "."))
            yield Hit(end - 1, end, _("Paragraf diakhiri titik, bukan koma."), None, fix)
        return
    tail = _TAIL.search(text, max(start, end - 80), end)
    if tail is None or _STOPPED.search(text, max(start, end - 8), end):
        return
    if not _is_prose(text, start, end, sentences) or _NEXT_ITEM.match(text, paragraph.end):
        return
    if text[end : end + 1] == FILLER or FILLER in text[tail.start() : end]:
        return
    message = _("Kalimat ini belum diakhiri titik.")
    opening = text.rfind("“", start, end) if "”" in tail["close"] else -1
    is_speech = opening > start and bool(_BEFORE_SPEECH.search(text, start, opening))
    place = tail.end("word") if is_speech else end
    fix = unsafe(Replacement(place, place, "."))
    yield Hit(*tail.span("word"), message, None, fix)


def _is_prose(text: str, start: int, end: int, sentences: int) -> bool:
    """Whether this is a sentence at least, and no heading, caption, label or signature."""
    content = text[start:end].strip()
    if content[0] in "*_(|" and content[-1] == {"(": ")"}.get(content[0], content[0]):
        return False
    if sentences < 2 and (_QUOTED.fullmatch(content) or _LABEL.match(content)):
        return False
    if text[:start].endswith("> ") or content.split()[-1][0] in "#@":
        return False
    lines = content.split("\n")
    if len(lines) > 1 and any(len(line) < _SHORTEST_LINE for line in lines[:-1]):
        return False
    if count_words(text, start, end) < (_FEWEST_WORDS if sentences > 1 else _FEWEST_ALONE):
        return False
    words = _WORD.findall(content)
    small = [word for word in words if word[0].islower()]
    if len(small) * 2 < len(words):
        return False
    return sentences > 1 or any(_is_predicate(word) for word in small)


@cache
def _is_predicate(word: str) -> bool:
    """Whether a word makes a sentence: a verb with a prefix, or one of the common ones."""
    if word in _PREDICATES:
        return True
    made = lexicon().analyse(word)
    return bool(made and made.prefixes and made.prefixes[0] in _VERB_PREFIXES)


def _run_on(text: str, paragraph: Paragraph) -> Iterator[Hit]:
    """Sentences that begin in the middle of another one."""
    for match in _RUN_ON.finditer(text, paragraph.start, paragraph.end):
        before = _LAST_WORD.search(text, paragraph.start, match.start())
        if before is None or before[0] in _GOES_ON or not lexicon().is_known(before[0]):
            continue
        verb = match["verb"] or match["done"]
        if verb and not _is_predicate(verb):
            continue
        if _is_quoted(text, paragraph.start, match.start("next")):
            continue
        message = _("Sesudah “{word}” kalimat berakhir, tetapi titiknya tidak ada.").format(
            word=before[0]
        )
        fix = unsafe(Replacement(before.end(), before.end(), "."))
        yield Hit(*before.span(), message, None, fix)


def _is_quoted(text: str, start: int, position: int) -> bool:
    """Whether a place is within quotation marks or italics, where titles have their capitals."""
    before = text[start:position]
    return (
        before.count("“") > before.count("”")
        or before.count('"') % 2 == 1
        or before.count("*") % 2 == 1
        or before.count("‘") > before.count("’")
    )
