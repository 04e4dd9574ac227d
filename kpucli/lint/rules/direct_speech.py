"""TBC007: the comma and the stop of direct speech."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.prose import SPACES
from kpucli.lint.quotations import Quotation, QuotedParagraph
from kpucli.lint.rule import WARNING, Hit, rule, unsafe
from kpucli.lint.speech import ATTRIBUTION, INTRODUCTION
from kpucli.sentences import is_abbreviation

_BEHIND = re.compile(rf"(?P<mark>[,.]?)[{SPACES}]*(?P<verb>{ATTRIBUTION})")
_BEFORE = re.compile(rf"\b(?:{INTRODUCTION})(?<!\.)(?P<gap>[{SPACES}]*)\Z")
_INTRODUCED = re.compile(rf"\b(?:{INTRODUCTION})[,:]?[{SPACES}]*\Z|[,:][{SPACES}]*\Z")
_SPEECH_VERB = re.compile(rf"\b(?:{INTRODUCTION})\b")
_SENTENCE_BEGINS = re.compile(rf"(?:[.?!]”?[{SPACES}\n]+|\A[\s>*_]*)\Z")
_LAST_TOKEN = re.compile(r"[^\s(\[“\"‘'/]*\Z")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL_WORDS = frozenset("di ke dari dan yang untuk pada dalam dengan atau bagi oleh se".split())
# What speech begins with, even if typed with a small letter; a phrase in quotation marks does not.
_SPEAKING = frozenset("ayo jangan jika kalau kami kita mari saya semoga silakan".split())
# Of these, a statement has one, and a title of what somebody presents hardly.
_CLAUSE = frozenset(
    """
    ada adalah agar akan apa belum bisa boleh dapat harus ini itu jadi jangan jika kalau kami karena
    kita maka mari memang mereka merupakan para perlu pernah saya sangat sedang selalu semua semoga
    sudah supaya telah tetap tidak wajib yang
    """.split()
)
_LONGEST_LOOK = 120
_FEWEST_WORDS = 4  # less may be a title or a word that is spoken about


@rule(
    "TBC007",
    N_("Tanda baca kutipan langsung"),
    severity=WARNING,
    explanation=N_(
        "Koma memisahkan kutipan langsung dari pengiringnya dan berdiri di dalam tanda kutip:"
        " “…,” ujar Budi. Sebelum kutipan yang didahului pengiring juga ada koma: Budi mengatakan,"
        " “… .” Titik akhirnya berdiri di dalam tanda kutip. Sesudah tanda tanya atau tanda seru"
        " tidak ada koma."
    ),
    source=N_(
        "Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab III: tanda koma dan tanda"
        " petik."
    ),
    bad=(
        "“Pintu itu roboh‹”› kata Budi.",
        "“Pintu itu roboh‹”,› ujarnya.",
        "“Pintu itu roboh‹.”› tutur dia.",
        "“Pintu itu roboh‹.”,› tutur dia.",
        "“Apakah roboh?‹”,› tanya Budi.",
        "Ketua KPU mengatakan‹ “›Pintu itu roboh tadi malam.”",
        "Ujar Budi Santoso‹ “›Pintu itu roboh tadi malam.”",
        "Budi menegaskan, “Pintu itu roboh tadi malam‹”.›",
        "Pintu rusak. “Pintu itu roboh tadi malam‹”.›",
        "Budi bertanya, “Apakah pintu itu roboh?‹”.›",
    ),
    fixed=(
        "“Pintu itu roboh,” kata Budi.",
        "“Pintu itu roboh,” ujarnya.",
        "“Pintu itu roboh,” tutur dia.",
        "“Pintu itu roboh,” tutur dia.",
        "“Apakah roboh?” tanya Budi.",
        "Ketua KPU mengatakan, “Pintu itu roboh tadi malam.”",
        "Ujar Budi Santoso, “Pintu itu roboh tadi malam.”",
        "Budi menegaskan, “Pintu itu roboh tadi malam.”",
        "Pintu rusak. “Pintu itu roboh tadi malam.”",
        "Budi bertanya, “Apakah pintu itu roboh?”",
    ),
    good=(
        "“Pintu itu roboh,” kata Budi. “Siapa di sana?” tanyanya.",
        "Budi menyampaikan “Strategi Pengawasan dan Peran Pemuda” kepada peserta.",
        "Budi menjelaskan kata “memilih” dan menyebut lomba itu “Pemilu Damai”.",
        "Ia mengatakan bahwa pintu itu “roboh dan tidak dapat diperbaiki lagi”.",
        "Berkas milik “dr. Budi Santoso, M.Si.” jelas terbaca.",
    ),
    fix=Applicability.UNSAFE,
)  # fmt: skip
def quote_comma(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A comma that is missing beside direct speech, and marks outside that belong inside."""
    for paragraph in manuscript.quotations:
        for quotation in paragraph.quotations:
            if quotation.is_nested:
                continue
            yield from _opening(paragraph, quotation)
            yield from _closing(paragraph, quotation)


def _opening(paragraph: QuotedParagraph, quotation: Quotation) -> Iterator[Hit]:
    """What introduces speech has a comma behind it."""
    text, start = paragraph.passage.text, quotation.opening.start
    before = _BEFORE.search(text, max(paragraph.start, start - _LONGEST_LOOK), start)
    if before is None or not _is_speech(text, quotation) or not _is_clause(text, quotation):
        return
    gap = before.span("gap")
    message = _("Sebelum kutipan langsung ada koma: … mengatakan, “…")
    span = gap[0], quotation.opening.end
    fix = unsafe(paragraph.passage.replace(gap, ", "))
    yield paragraph.passage.hit(span, message, None, fix)


def _closing(paragraph: QuotedParagraph, quotation: Quotation) -> Iterator[Hit]:
    passage, text = paragraph.passage, paragraph.passage.text
    start, end = quotation.closing.start, quotation.closing.end
    behind = _BEHIND.match(text, end, paragraph.end)
    last = text[start - 1]
    if last.isspace() and text[paragraph.start : start].rstrip()[-1:] in ",.?!…":
        return  # a stray space, which other rules report
    if behind is not None:
        wanted = "" if last in ",?!…" else ","
        inner = start - 1 if last == "." and not _is_shortened(text, start - 1) else start
        if text.startswith("...", start - 3):
            wanted, inner = "", start
        if wanted or behind["mark"]:
            yield _move(passage, (inner, start, behind.end("mark")), wanted, quotation)
        return
    is_stop = text.startswith(".", end) and not text.startswith("..", end)
    if is_stop and (last.isalnum() or last in "?!)%") and _ends_sentence(paragraph, quotation):
        mark = "" if last in "?!" else "."
        yield _move(passage, (start, start, end + 1), mark, quotation)


def _move(passage: Passage, places: tuple[int, int, int], mark: str, quotation: Quotation) -> Hit:
    """The hit for a closing mark between `places`, to which `mark` should come first."""
    first, start, last = places
    message = (
        _("Kutipan langsung di akhir kalimat ditutup begini: …{right}")
        if passage.text[last - 1] == "." and passage.text[last - 2] == quotation.closing.form
        else _("Sebelum pengiring, kutipan langsung ditutup begini: …{right} ujarnya.")
    )
    written = mark or passage.text[start - 1]
    right = f"{written}{quotation.closing.form}"
    fix = unsafe(passage.replace((first, last), f"{mark}{quotation.closing.form}"))
    return passage.hit((first, last), message.format(right=right), None, fix)


def _is_shortened(text: str, stop: int) -> bool:
    """Whether a stop belongs to a degree or an abbreviation."""
    token = _LAST_TOKEN.search(text, max(0, stop - 24), stop)
    return token is not None and is_abbreviation(token[0])


def _ends_sentence(paragraph: QuotedParagraph, quotation: Quotation) -> bool:
    """Whether the quotation is speech that the sentence's stop belongs to."""
    text, start = paragraph.passage.text, quotation.opening.start
    if not _is_speech(text, quotation):
        return False
    first = max(paragraph.start, start - _LONGEST_LOOK)
    before = text[first:start]
    if _SENTENCE_BEGINS.search(before):
        return True
    return bool(_INTRODUCED.search(before) and _SPEECH_VERB.search(before))


def _is_clause(text: str, quotation: Quotation) -> bool:
    content = text[quotation.opening.end : quotation.closing.start]
    return content[-1:] in ".,!?" or any(
        word.lower() in _CLAUSE or word.startswith(("di", "me")) for word in _WORD.findall(content)
    )


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence, and no title of something."""
    content = text[quotation.opening.end : quotation.closing.start]
    words = _WORD.findall(content)
    begins = content.lstrip(" \u00a0*_‘'(.…")[:1].isupper()
    if len(words) < _FEWEST_WORDS or not (begins or words[0] in _SPEAKING):
        return False
    small = [word for word in words[1:] if word[0].islower() and word not in _SMALL_WORDS]
    return len(small) > len(words) / 4
