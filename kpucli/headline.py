"""Headline case: capitals for each word but the function words (EYD V, I.A.9)."""

from __future__ import annotations

import re
from collections import Counter

# EYD V, I.A.9: kata tugas are small within a title.
FUNCTION_WORDS = frozenset(
    [
        "agar",
        "atas",
        "atau",
        "bagi",
        "bahwa",
        "dalam",
        "dan",
        "dari",
        "demi",
        "dengan",
        "di",
        "guna",
        "hingga",
        "ke",
        "kepada",
        "maka",
        "melalui",
        "namun",
        "oleh",
        "pada",
        "saat",
        "sampai",
        "sebagai",
        "secara",
        "sejak",
        "seperti",
        "serta",
        "tentang",
        "terhadap",
        "tetapi",
        "untuk",
        "yang",
    ]
)

ACRONYMS = frozenset(
    [
        "AI",
        "APBD",
        "APBN",
        "ASN",
        "BIN",
        "BNN",
        "BNNK",
        "BPBD",
        "BPJS",
        "BPK",
        "BPKP",
        "BPS",
        "BUMN",
        "CPNS",
        "DIPA",
        "DKPP",
        "DPB",
        "DPD",
        "DPHP",
        "DPR",
        "DPRD",
        "DPS",
        "DPSHP",
        "DPT",
        "DPTB",
        "DPK",
        "FGD",
        "HAM",
        "HUT",
        "IKP",
        "IT",
        "JDIH",
        "KIP",
        "KK",
        "KPK",
        "KPPS",
        "KPU",
        "KTP",
        "LHKPN",
        "LPJ",
        "LPPA",
        "LPPDK",
        "LADK",
        "MK",
        "MOU",
        "NIK",
        "NKRI",
        "NTB",
        "NTT",
        "PAW",
        "PDPB",
        "PKL",
        "PKPU",
        "PMI",
        "PNS",
        "PPDP",
        "PPID",
        "PPK",
        "PPLN",
        "PPNPN",
        "PPPK",
        "PPS",
        "PT",
        "PTUN",
        "RAPBD",
        "RB",
        "RDP",
        "RI",
        "RKA",
        "RKAKL",
        "RT",
        "RRI",
        "RW",
        "SDM",
        "SK",
        "SKP",
        "SMA",
        "SMK",
        "SMP",
        "SOP",
        "SPBE",
        "SPIP",
        "TI",
        "TNI",
        "TPP",
        "TPS",
        "TVRI",
        "UB",
        "UIN",
        "UM",
        "UMM",
        "UPT",
        "UU",
        "UUD",
        "VIP",
        "WBBM",
        "WBK",
        "WIB",
        "WIT",
        "WITA",
        "ZI",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "VIII",
        "IX",
        "XI",
        "XII",
        "XIII",
        "XIV",
        "XV",
    ]
)

_LONGEST_ACRONYM = 6  # longer words in capitals are emphasis
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def is_all_caps(title: str) -> bool:
    """Whether a title is set in capitals: four letters of five, and not only acronyms."""
    words = [word for word in _WORD.findall(title) if len(word) > 1 and word not in ACRONYMS]
    letters = [letter for word in words for letter in word if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return len(letters) >= 4 and capitals >= 0.8 * len(letters)


def headline_case(title: str, *, evidence: str = "") -> str:
    """A title set in capitals, in headline case; words that are not in capitals stay.

    Acronyms keep their capitals: the well-known ones, what stands in brackets, and whatever
    `evidence` (the article's text) writes in capitals. Names take its spelling ("TikTok").
    """
    spellings = _spellings(evidence)
    spellings |= {word.lower(): word for word in re.findall(r"\(([A-Z]{2,6})\)", title)}

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        if not word.isupper():
            return word
        return _spell(word, title[: match.start()], title[match.end() :], spellings)

    return _WORD.sub(replace, title)


def _spell(word: str, before: str, after: str, spellings: dict[str, str]) -> str:
    small = word.lower()
    if word in ACRONYMS:
        return word
    if small in spellings:
        return spellings[small]
    if small == "se" and after.startswith("-"):
        return small
    is_first = not re.search(r"\w", before) or bool(re.search(r"[:.!?]\s*[“\"‘(]*$", before))
    if small in FUNCTION_WORDS and not is_first and "-" not in (before[-1:], after[:1]):
        return small
    return word[0] + small[1:]


def _spellings(text: str) -> dict[str, str]:
    """Words the text usually writes with capitals inside or throughout, by their small form."""
    counts: dict[str, Counter[str]] = {}
    for word in _WORD.findall(text):
        counts.setdefault(word.lower(), Counter())[word] += 1
    usual = {small: forms.most_common(1)[0][0] for small, forms in counts.items()}
    return {
        small: word
        for small, word in usual.items()
        if small not in FUNCTION_WORDS and _is_name_or_acronym(word)
    }


def _is_name_or_acronym(word: str) -> bool:
    if word.isupper():
        return 2 <= len(word) <= _LONGEST_ACRONYM
    return any(letter.isupper() for letter in word[1:])
