"""Regulations as texts cite them: kind, number, year, and what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PANRB = r"(?:PAN(?:[- ]?RB)?|Pendayagunaan Aparatur Negara(?: dan Reformasi Birokrasi)?)"
# What is cited, and the forms that texts give it. Longer ones first.
KINDS = {
    "Perpu": r"Perp(?:p)?u|Peraturan Pemerintah Pengganti Undang-Undang",
    "Undang-Undang": r"UU|Undang-?\s?Undang",
    "Peraturan Pemerintah": r"PP|Peraturan Pemerintah",
    "Peraturan Presiden": r"Perpres|Pepres|Peraturan Presiden",
    "Keputusan Presiden": r"Keppres|Keputusan Presiden",
    "Instruksi Presiden": r"Inpres|Instruksi Presiden",
    "Peraturan KPU": r"PKPU|P-KPU|Peraturan (?:KPU|Komisi Pemilihan Umum)",
    "Keputusan KPU": r"Keputusan (?:KPU|Komisi Pemilihan Umum)",
    "Peraturan Bawaslu": r"Perbawaslu|Peraturan (?:Bawaslu|Badan Pengawas Pemilihan Umum)",
    "Peraturan DKPP": r"Peraturan DKPP",
    "Peraturan Menteri PANRB": rf"Per(?:aturan )?men(?:teri )?[- ]?{_PANRB}(?: RB)?",
    "Peraturan Menteri Dalam Negeri": r"Permendagri|Peraturan Menteri Dalam Negeri",
    "Peraturan Menteri Keuangan": r"PMK|Permenkeu|Peraturan Menteri Keuangan",
    "Peraturan Daerah": r"Perda|Peraturan Daerah",
    "Qanun": r"Qanun",
    "Surat Edaran": r"SE|Surat Edaran",
}  # fmt: skip
_GROUPS = {f"k{number}": name for number, name in enumerate(KINDS)}
_KIND = "|".join(f"(?P<k{number}>{form})" for number, form in enumerate(KINDS.values())).replace(
    " ", r"\s"
)
_CITATION = re.compile(
    rf"""
    (?<![\w-])(?:{_KIND}
      |(?P<ministry>aparatur\ negara\ dan\ reformasi\ birokrasi))
    (?:\ (?:RI|Republik\ Indonesia))?
    (?P<place>\s(?:provinsi|kabupaten|kota|bupati|gubernur)(?-i:(?:\s[A-Z][\w'’-]*){{1,4}}))?
    \s{{1,3}}(?P<word>(?:nomor|no\.?|nmr\.?)\s{{0,3}}:?\s{{0,3}})?
    (?P<number>\d{{1,4}}[A-Z]?)
    (?:\s{{0,2}}(?P<slash>/)\s{{0,2}}|(?P<year_word>\s{{1,3}}(?:tahun|thn\.?|th\.?)\s{{1,3}}))
    (?P<year>(?:19|20)\d\d)(?![\d/])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SUBJECT = re.compile(
    r"\s*\)?\s+(?:tentang|mengenai|perihal|yang mengatur(?: tentang)?)\s+([^.,;()\n]{3,120})",
    re.IGNORECASE,
)
_END_OF_SUBJECT = re.compile(
    r"\s(?:serta|dan (?:UU|PP|PKPU|Per[a-z]+|Undang|Keputusan)|yang|untuk|dalam rangka|pada|sebagai"
    r"|sebagaimana|adalah|merupakan|menjadi|juga|telah|dapat|harus|wajib|kepada|bahwa)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(
    r"\d(?<=[\s.:].)\d{0,3}[A-Z]?(?:\s?/\s?|\s(?:tahun|thn?\.?)\s)(?:19|20)\d\d", re.IGNORECASE
)
_LONG_FORMS = {
    "standar operasional prosedur": "sop",
    "daftar pemilih tetap": "dpt",
    "komisi pemilihan umum": "kpu",
    "pemilihan umum": "pemilu",
    "aparatur sipil negara": "asn",
    "dewan perwakilan rakyat daerah": "dprd",
    "reformasi birokrasi": "rb",
}
_EMPTY = frozenset(
    ("dan", "atau", "di", "dalam", "pada", "untuk", "bagi", "serta", "tahun", "yang", "dengan")
)
_LONGEST_KIND = 130


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation at `start` to `end`; `subject` has the telling words of its "tentang …"."""

    start: int
    end: int
    kind: str
    number: str
    year: int
    subject: tuple[str, ...]


def find_citations(text: str, start: int = 0) -> Iterator[tuple[Citation, re.Match[str]]]:
    """The regulations that a text cites by number and year, with the match that found each."""
    position = start
    for number in _NUMBER.finditer(text, start):
        first = max(position, number.start() - _LONGEST_KIND)
        for match in _CITATION.finditer(text, first, min(len(text), number.end() + 1)):
            if match.end() < number.end():
                continue
            position = match.end()
            yield _citation(text, match), match
            break


def _citation(text: str, match: re.Match[str]) -> Citation:
    kind = "Peraturan Menteri PANRB"
    if not match["ministry"]:
        kind = next(name for group, name in _GROUPS.items() if match[group])
    if match["place"]:
        kind = " ".join([kind, *match["place"].split()])
    return Citation(
        match.start(),
        match.end(),
        kind,
        match["number"].upper(),
        int(match["year"]),
        _read_subject(text, match.end()),
    )


def _read_subject(text: str, position: int) -> tuple[str, ...]:
    found = _SUBJECT.match(text, position, position + 160)
    if not found:
        return ()
    phrase = _END_OF_SUBJECT.split(found[1])[0].lower()
    for long, short in _LONG_FORMS.items():
        phrase = phrase.replace(long, short)
    return tuple(word for word in _WORD.findall(phrase) if word not in _EMPTY)


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two subjects are the same: most words of the shorter are in the longer."""
    shorter, longer = sorted((set(map(_stem, one)), set(map(_stem, other))), key=len)
    return len(shorter) >= 1 and len(shorter & longer) >= max(1, 0.75 * len(shorter))


def _stem(word: str) -> str:
    """A word without what often differs: pemerintah, pemerintahan."""
    return word.removesuffix("nya").removesuffix("an")


def is_year_slip(one: int, other: int) -> bool:
    """Whether one year looks like the other mistyped: a digit off, or two exchanged."""
    first, second = str(one), str(other)
    wrong = [index for index in range(4) if first[index] != second[index]]
    if len(wrong) == 1:
        return True
    return wrong == [2, 3] and first[2:] == second[:1:-1]
