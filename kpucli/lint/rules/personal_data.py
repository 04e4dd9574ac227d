"""PRI001: numbers by which a person can be found or impersonated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.rule import ERROR, Hit, rule

_NOT_SHOWN = frozenset({"file", "aliases", "lint_ignore"})  # strings that are no text

# What is worth a closer look: most articles have nothing like it.
_MANY_DIGITS = re.compile(r"\d[\d .\-()]{7,}\d")

_ADDRESS = re.compile(
    r"(?:https?://|www\.|\b(?:tel|sms):|\bwa\.me/|whatsapp\.com/|\b10\.\d{4,9}/)[^\s<>()\[\]\"“”]+"
)
_CHAT = re.compile(
    r"(?:wa\.me/|whatsapp\.com/send/?\?(?:[\w=]*&)*phone=|\b(?:tel|sms):)(?:\+|%2[Bb])?"
    r"(?P<number>(?:62|0)8\d{8,11})(?!\d)"
)

# Digits, with at most one blank, stop or dash between them.
_DIGITS = re.compile(r"(?<![\w/=&])\d(?:[ .\-]?\d){15,}(?!\w)")
_GROUP = re.compile(r"\d+")
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+")
_IDENTITY_WORD = re.compile(
    r"\b(?:NIK|KTP|e-KTP|KK|kartu keluarga|nomor induk kependudukan)\b[^\n]{0,30}\Z",
    re.IGNORECASE,
)
_PROVINCES = frozenset(
    (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82,
     *range(91, 98))
)  # fmt: skip

_MOBILE = re.compile(
    r"(?<![\w=&])(?<!\d[ .,\-])(?<![^\d ]/)"
    r"(?:\+62|62|0)(?P<first>[ .\-()]{0,2}8[1-35-9]\d{0,2}\)?)"
    r"(?P<rest>\d{5,9}|(?:[ .\-]{1,2}\d{2,5}){2,4})"
    r"(?!\w|[.\-]\d)"
)
_ACCOUNT_WORD = re.compile(
    r"\b(?:rekening|rek|norek|virtual account|VA)\b[^\n]{0,25}\Z", re.IGNORECASE
)
_FEWEST, _MOST = 9, 12  # digits of a mobile number behind 0 or 62


@rule(
    "PRI001",
    N_("Data pribadi"),
    severity=ERROR,
    explanation=N_(
        "NIK, nomor kartu keluarga, dan nomor telepon genggam adalah data pribadi; jangan dimuat"
        " dalam berita. Hapus atau samarkan. Nomor layanan yang memang untuk umum dapat"
        " dikecualikan dengan alasan."
    ),
    source=N_("Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi."),
    bad=(
        "Budi (NIK ‹3573015208010003›) hadir.",
        "No. KK: ‹3573 0112 0801 0003›",
        "Hubungi ‹0812-3456-7890›.",
        "Hubungi ‹+62 812 3456 7890›.",
        "[Hubungi kami](https://wa.me/‹6281234567890›)",
    ),
    good=(
        "Telepon kantor (0341) 123456.",
        "NIP 19800101 200501 1 001 dan 198001012005011001",
        "Anggaran Rp1.234.567.890.123.456 pada 08/09/2021 pukul 08.30–10.30",
        "https://contoh.id/berita/3573015208010003",
        "[Surat](https://contoh.id/0812345678901.pdf)",
    ),
)
def personal_data(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Identity, family-card and mobile numbers, in code and links too: those are public as well."""
    for passage in _with_many_digits(manuscript):
        yield from _chat_links(passage)
        text = _ADDRESS.sub(lambda match: "/" * len(match.group()), passage.text)
        for span, message in (*_identities(text), *_mobiles(text)):
            yield passage.hit(span, message)


def _with_many_digits(manuscript: Manuscript) -> Iterator[Passage]:
    """What is worth a closer look of all that is written, not only of the prose."""
    for string in manuscript.front_matter.strings:
        if string.key not in _NOT_SHOWN and _MANY_DIGITS.search(string.value):
            yield Passage(string.key, string.value, 0, string.places)
    article = manuscript.article
    if _MANY_DIGITS.search(article.source, article.body_start):
        yield Passage("body", article.body, article.body_start)


def _chat_links(passage: Passage) -> Iterator[Hit]:
    for match in _CHAT.finditer(passage.text):
        yield passage.hit(match.span("number"), _say_mobile(match["number"]))


def _identities(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _DIGITS.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *match.span())]
        alone = [group for group in groups if group[1] - group[0] == 16]
        for start, end in alone or _first_sixteen(groups):
            if _is_identity(text, start, end):
                yield (start, end), _say_identity(text[start:end])


def _first_sixteen(groups: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The groups that together have sixteen digits, from the first on."""
    digits = 0
    for start, end in groups:
        digits += end - start
        if digits == 16:
            yield groups[0][0], end


def _is_identity(text: str, start: int, end: int) -> bool:
    number = text[start:end]
    if _AMOUNT.fullmatch(number):
        return False
    if _IDENTITY_WORD.search(text, max(0, start - 60), start):
        return True
    digits = re.sub(r"\D", "", number)
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    is_date = (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12  # women's days add 40
    return province in _PROVINCES and is_date and digits[2:4] != "00" and digits[12:] != "0000"


def _mobiles(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _MOBILE.finditer(text):
        end = _number_end(match)
        number = text[match.start() : end]
        if not end or _AMOUNT.fullmatch(number):
            continue
        if not _ACCOUNT_WORD.search(text, max(0, match.start() - 45), match.start()):
            yield (match.start(), end), _say_mobile(number)


def _number_end(match: re.Match[str]) -> int:
    """Where the number ends: not with a year or amount behind it; 0 if it is none."""
    digits = len(re.sub(r"\D", "", match["first"]))
    end = 0
    for group in _GROUP.finditer(match.string, *match.span("rest")):
        digits += len(group.group())
        if digits > _MOST:
            break
        if digits >= _FEWEST:
            end = group.end()
    return end


def _say_identity(number: str) -> str:
    return _("Nomor NIK atau kartu keluarga ({start}…) adalah data pribadi; jangan dimuat.").format(
        start=number[:4]
    )


def _say_mobile(number: str) -> str:
    start = re.sub(r"[^\d+]", "", number)[:4]
    return _("Nomor telepon genggam ({start}…) adalah data pribadi; jangan dimuat.").format(
        start=start
    )
