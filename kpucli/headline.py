"""Headline case: capitals for each word but the function words (EYD V, I.A.9)."""

from __future__ import annotations

import re
from collections import Counter

# EYD V, I.A.9: kata tugas are small within a title.
FUNCTION_WORDS = frozenset(
    """
    agar atas atau bagi bahwa dalam dan dari demi dengan di guna hingga ke kepada maka melalui namun
    oleh pada saat sampai sebagai secara sejak seperti serta tentang terhadap tetapi untuk yang
    """.split()
)

ACRONYMS = frozenset(
    """
    AI APBD APBN ASN BIN BNN BNNK BPBD BPJS BPK BPKP BPS BUMN CPNS DIPA DKPP DPB DPD DPHP DPK DPR
    DPRD DPS DPSHP DPT DPTB FGD HAM HUT IKP IT JDIH KIP KK KPK KPPS KPU KTP LADK LHKPN LPJ LPPA
    LPPDK MK MOU NIK NKRI NTB NTT PAW PDPB PKL PKPU PMI PNS PPDP PPID PPK PPLN PPNPN PPPK PPS PT
    PTUN RAPBD RB RDP RI RKA RKAKL RRI RT RW SDM SK SKP SMA SMK SMP SOP SPBE SPIP TI TNI TPP TPS
    TVRI UB UIN UM UMM UPT UU UUD VIP WBBM WBK WIB WIT WITA ZI
    II III IV VI VII VIII IX XI XII XIII XIV XV
    """.split()
)

_LONGEST_ACRONYM = 6  # longer words in capitals are emphasis
_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼ`´][^\W\d_]+)*")
_NEW_SENTENCE = re.compile(r"[:.!?]\s*[“\"‘(]*\Z")
_LOOK_BACK = 8  # characters in which a sentence's end before a word must lie


def settle_case(title: str, evidence: str) -> str:
    """A title that is set in capitals in headline case, any other as it is; see `headline_case`."""
    return headline_case(title, evidence=evidence) if is_all_caps(title) else title


def is_all_caps(title: str) -> bool:
    """Whether a title is set in capitals: four letters of five, and not only acronyms."""
    words = [word for word in _WORD.findall(title) if len(word) > 1 and word not in ACRONYMS]
    letters = [*filter(str.isalpha, "".join(words))]
    capitals = sum(map(str.isupper, letters))
    return len(letters) >= 4 and capitals >= 0.8 * len(letters)


def headline_case(title: str, *, evidence: str = "") -> str:
    """A title set in capitals, in headline case; words that are not in capitals stay.

    Acronyms keep their capitals: the well-known ones, what stands in brackets, and whatever
    `evidence` (the article's text) writes in capitals. Names take its spelling ("TikTok").
    """
    spellings = {} if is_all_caps(evidence) else _spellings(evidence)
    spellings |= {word.lower(): word for word in re.findall(r"\(([A-Z]{2,6})\)", title)}
    first = re.search(r"\w", title)

    def replace(match: re.Match[str]) -> str:
        word, start = match.group(), match.start()
        if not word.isupper():
            return word
        before = title[max(0, start - _LOOK_BACK) : start]
        is_first = (first is not None and start == first.start()) or _NEW_SENTENCE.search(before)
        after = title[match.end() : match.end() + 1]
        return _spell(word, before[-1:], after, spellings, is_first=bool(is_first))

    return _WORD.sub(replace, title)


def _spell(word: str, before: str, after: str, spellings: dict[str, str], *, is_first: bool) -> str:
    small = word.lower()
    if word in ACRONYMS:
        return word
    if small in spellings:
        return spellings[small]
    if small == "se" and after == "-":
        return small
    if small in FUNCTION_WORDS and not is_first and "-" not in (before, after):
        return small
    return word[0] + word[1:].lower()


def _spellings(text: str) -> dict[str, str]:
    """Words the text usually writes with capitals inside or throughout, by their small form."""
    counts: dict[str, Counter[str]] = {}
    for word in _WORD.findall(text):
        counts.setdefault(word.lower(), Counter())[word] += 1
    usual = {small: _usual_form(forms) for small, forms in counts.items()}
    return {
        small: word
        for small, word in usual.items()
        if small not in FUNCTION_WORDS and _is_name_or_acronym(word)
    }


def _usual_form(forms: Counter[str]) -> str:
    """The most frequent form; of as many, one that is not in capitals, as datelines are."""
    return max(forms, key=lambda word: (forms[word], not word.isupper()))


def _is_name_or_acronym(word: str) -> bool:
    if word.isupper():
        return 2 <= len(word) <= _LONGEST_ACRONYM
    return any(letter.isupper() for letter in word[1:])
