"""EJA001–EJA004, EJA007: words that are not spelled as dictionaries have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kpucli.dates import MONTHS, WEEKDAYS
from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability, Severity
from kpucli.lint.lexicon import Confidence, Kind, match_case, phrases
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.rule import ERROR, INFO, WARNING, Hit, Repair, rule, safe, unsafe
from kpucli.lint.setting import is_set_apart
from kpucli.lint.suspects import Suspect, select_suspects
from kpucli.lint.words import PhraseIndex, index_phrases

_OF_DATES = frozenset(word.lower() for word in (*MONTHS, *WEEKDAYS))  # TGL005 reports these


@rule(
    "EJA001",
    N_("Salah ketik"),
    severity=ERROR,
    explanation=N_(
        "Kata ini tidak dikenal, dan hanya satu huruf, satu suku kata, atau satu spasi bedanya dari"
        " kata yang lazim. Bila salah ketiknya pasti, temuan ini galat; bila hanya mungkin,"
        " peringatan. Nama, singkatan, kata bercetak miring, dan kata di kamus.txt dibiarkan."
    ),
    source=N_("KBBI VI; bentuk berimbuhan menurut Tata Bahasa Baku Bahasa Indonesia."),
    bad=(
        "Petugas ‹meyerahkan› berkas dan ‹menunjukan› ‹perkotan› maju.",
        "‹Keteranngan› itu dimuat dalam ‹suaraPemilu› kami.",
        "KEGIATAN ‹PENDIDIKN› PEMILIH PEMULA",
    ),
    fixed=(
        "Petugas menyerahkan berkas dan menunjukkan perkotaan maju.",
        "Keterangan itu dimuat dalam suara Pemilu kami.",
        "KEGIATAN PENDIDIKAN PEMILIH PEMULA",
    ),
    good=(
        "Nanik Karsini, Rochani, dan Gogot Cahyo hadir bersama Sunyoto, S.H., M.Si.",
        "Kata *meyerahkan* dan “keteranngan” adalah contoh. Tagar #sosialiasi ramai.",
    ),
    fix=Applicability.UNSAFE,
)
def misspelled_word(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """Unknown words with one plausible neighbour, words run together."""
    for suspect in select_suspects(manuscript.suspects, archive.accepted_words, Kind.MISSPELLED):
        confidence = suspect.verdict.confidence
        if confidence is not Confidence.HIGH and not suspect.is_sure:
            continue
        right = str(suspect.verdict.right)
        message = _("“{word}” mungkin salah ketik: {right}.").format(word=suspect.text, right=right)
        hit = _hit(suspect, message, unsafe(suspect.passage.replace(suspect.span, right)))
        yield hit if confidence is Confidence.HIGH else replace(hit, severity=Severity.WARNING)


@rule(
    "EJA002",
    N_("Kata tidak baku"),
    severity=WARNING,
    explanation=N_(
        "KBBI mencantumkan kata ini dengan ejaan lain: izin, bukan ijin; kualitas, bukan kwalitas."
        " Ragam percakapan (nggak, medsos) juga dilaporkan; di dalam kutipan, pertimbangkan"
        " membiarkannya."
    ),
    source=N_("KBBI VI: bentuk baku."),
    bad=(
        "‹Kwalitas› dan ‹aktifitas› itu memerlukan ‹ijin›.",
        "Program itu ‹menghimbau› warga lewat ‹medsos›.",
    ),
    fixed=(
        "Kualitas dan aktivitas itu memerlukan izin.",
        "Program itu mengimbau warga lewat media sosial.",
    ),
    good="Kualitas dan aktivitas itu memerlukan izin. Bu Ijin dan Desa Kwalitas dibiarkan.",
    fix=Applicability.SAFE,
)
def nonstandard_word(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """Words of the list of non-standard forms, with their affixes."""
    for suspect in select_suspects(
        manuscript.suspects, archive.accepted_words, Kind.NONSTANDARD, Kind.CAPITAL
    ):
        right = str(suspect.verdict.right)
        if not suspect.is_sure or right == suspect.text or right.lower() in _OF_DATES:
            continue
        message = _("“{word}” tidak baku: {right}.").format(word=suspect.text, right=right)
        yield _hit(suspect, message, safe(suspect.passage.replace(suspect.span, right)))
    for passage in manuscript.passages:
        for start, end, phrase in passage.words.find_phrases(_phrases()):
            span = start, end
            if is_set_apart(passage.text, *span):
                continue
            written = passage.text[slice(*span)]
            right = match_case(written, phrases()[phrase])
            message = _("“{word}” tidak baku: {right}.").format(word=written, right=right)
            yield passage.hit(span, message, right, safe(passage.replace(span, right)))


@cache
def _phrases() -> PhraseIndex:
    return index_phrases(phrases())


@rule(
    "EJA003",
    N_("Peluluhan keliru"),
    severity=WARNING,
    explanation=N_(
        "Huruf k, p, t, dan s di awal kata dasar luluh sesudah me- dan pe-: menyurvei, memengaruhi,"
        " mengoordinasikan. Yang tidak luluh: gugus konsonan (memproses, mengkritik) dan"
        " mempunyai serta mengkaji. Akhiran serapan ditulis -isasi dan -ivitas, bukan -isir dan"
        " -ifitas."
    ),
    source=N_("Tata Bahasa Baku Bahasa Indonesia; KBBI VI."),
    bad="KPU ‹mensurvei› pemilih dan ‹mengkoordinasikan› petugas untuk ‹mempengaruhi› hasil.",
    fixed="KPU menyurvei pemilih dan mengoordinasikan petugas untuk memengaruhi hasil.",
    good="Ia mengkaji, mempunyai, memproses, mempelajari, mempekerjakan, dan mengkritik.",
    fix=Applicability.SAFE,
)
def wrong_elision(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """Initial letters that should have gone, and loan suffixes."""
    for suspect in select_suspects(manuscript.suspects, archive.accepted_words, Kind.ELISION):
        right = str(suspect.verdict.right)
        message = _("“{word}” seharusnya {right}.").format(word=suspect.text, right=right)
        yield _hit(suspect, message, safe(suspect.passage.replace(suspect.span, right)))


@rule(
    "EJA004",
    N_("Kata serapan berejaan Inggris"),
    severity=WARNING,
    explanation=N_(
        "Kata ini sudah diserap ke dalam bahasa Indonesia dengan ejaan sendiri: sistem, bukan"
        " system. Nama yang ditulis dengan huruf kapital dibiarkan."
    ),
    source=N_("EYD V, bab IV: unsur serapan."),
    bad="Perkembangan ‹system› dan ‹technology› itu pesat.",
    fixed="Perkembangan sistem dan teknologi itu pesat.",
    good="Perkembangan sistem *information technology* di Bank Central Asia pesat.",
    fix=Applicability.UNSAFE,
)
def english_spelling(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """Loan words in the spelling of English, but for names and phrases in English."""
    for suspect in select_suspects(
        manuscript.suspects, archive.accepted_words, Kind.ENGLISH_SPELLING
    ):
        if not suspect.text.islower():
            continue
        right = str(suspect.verdict.right)
        message = _("“{word}” ditulis {right} dalam bahasa Indonesia.").format(
            word=suspect.text, right=right
        )
        yield _hit(suspect, message, unsafe(suspect.passage.replace(suspect.span, right)))


@rule(
    "EJA007",
    N_("Kata tidak dikenal"),
    severity=INFO,
    explanation=N_(
        "Kata ini tidak ada di daftar kata dan tidak mirip dengan kata lain. Bila benar, tambahkan"
        " ke kamus.txt dengan `kpucli lint --add-words`. Aturan ini tidak aktif bila tidak"
        " dipilih: di berita biasa ada dua atau tiga kata seperti itu tiap 1.000 kata, dan hampir"
        " semuanya benar."
    ),
    source=N_("Daftar kata kpucli."),
    bad="Acara itu diawali ‹jagongan› bersama warga.",
    good="Acara itu diawali *jagongan* bersama warga Desa Wagirejo.",
    on=False,
)
def unknown_word(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """Words that nobody knows, without a suggestion."""
    for suspect in select_suspects(manuscript.suspects, archive.accepted_words, Kind.UNKNOWN):
        if suspect.text.islower():
            message = _("“{word}” tidak dikenal.").format(word=suspect.text)
            yield suspect.passage.hit(suspect.span, message)


def _hit(suspect: Suspect, message: str, fix: Repair) -> Hit:
    return suspect.passage.hit(suspect.span, message, suspect.verdict.right, fix)
