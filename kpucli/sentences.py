"""Where the sentences of Indonesian prose end.

A stop ends a sentence unless it belongs to an abbreviation, an initial, a degree or the number of a
list item. Where that cannot be told the sentence is taken for ended, so that it is not called long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# In small letters, without the final stop.
ABBREVIATIONS = frozenset(
    """
    a.n a.s adm alm almh ass bag bpk bp cet d.a dir div dkk dll dr dra drg drh drs dsb dst dt ed gd
    gg h hj hlm ir jend jl jln kab kapt kec kel kep kgs kh kol komp l.l letjen letkol maks mayjen
    moch moh mohd muh muhd ny nyi pdt pgs pkl plh plt prof prov psl pt r.a rd rm rp rr s.d s.w.t saw
    sdr sdri sekr st swt tb tbk tgk tgl tlp telp tn tsb u.b u.p ust vol yth yts
    """.split()
)
_BEFORE_NUMBERS = frozenset({"hal", "lt", "no", "nmr", "nos", "ps", "th", "tk"})
_MAY_END = frozenset({"dkk", "dll", "dsb", "dst", "tbk"})
# Words that begin a sentence and hardly stand behind an initial or a degree.
OPENERS = frozenset(
    """
    acara ada adapun agar akibatnya anda antara apa apabila atas bagi bahkan bahwa begitu beliau
    berdasarkan bila bukan dalam dan dari dasarnya demikian dengan dia di hadir hal hasil hingga ia
    ini isi itu jika juga jumlah kami karena kata kegiatan kemudian kendati kepada ketika kini kita
    lalu maka mantan materi melalui menanggapi menurut mereka meski meskipun namun oleh pada padahal
    para pelaksanaan pelatihan pembukaan peserta rapat sebab sebagai sebanyak sebelum sebelumnya
    sedangkan sehingga sejak sekitar selain selama selanjutnya semua sementara seluruh seusai
    setelah setiap sesudah sosialisasi tanpa tetapi tidak turut untuk usai walau walaupun yang
    """.split()
)
_STOP = re.compile(r"[.?!…](?<![.?!…].)[.?!…]*+[\"”’'*_)\]]*+(?=\s)")
_TOKEN = re.compile(r"[^\s(\[“\"‘'/*_–—-]*\Z")
_INITIAL = re.compile(r"[A-Z](?:\.-?[A-Z])*\Z")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,3}\.){1,3}[A-Z][A-Za-z]{0,4}\Z")
_LIST_NUMBER = re.compile(r"\d{1,2}\Z")
_NEXT = re.compile(r"\s+[\"“‘'(\[*_]*(\S{1,40})?")
_LONGEST_TOKEN = 24


class Sentence(NamedTuple):
    """`text[start:end]` is a sentence with its stop."""

    start: int
    end: int


def find_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """The sentences of running text from `start` to `end`, in order."""
    end = start + len(text[start:end].rstrip())
    start = _skip_blanks(text, start, end)
    for stop in _STOP.finditer(text, start, end):
        if stop.end() >= end:
            break
        if _ends(text, stop, start, end):
            yield Sentence(start, stop.end())
            start = _skip_blanks(text, stop.end(), end)
    if start < end:
        yield Sentence(start, end)


def _skip_blanks(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _ends(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether a sentence ends with this stop."""
    if stop[0] != ".":
        return not _following(text, stop, end)[:1].islower()  # “Apa?” tanyanya
    position = stop.start()
    first = max(start, position - _LONGEST_TOKEN, text.rfind(" ", start, position) + 1)
    token = _TOKEN.search(text, first, position)
    before = token[0] if token else ""
    if _is_ordinary(before):
        return True
    word = _following(text, stop, end)
    if is_abbreviation(before, word):
        may_end = before.lower() in _MAY_END or before.lower() not in ABBREVIATIONS
        is_opener = word.strip(",.").lower() in OPENERS and not word[:1].islower()
        return may_end and is_opener
    is_marker = bool(_LIST_NUMBER.match(before)) and position - len(before) <= start
    return not is_marker


def _following(text: str, stop: re.Match[str], end: int) -> str:
    """The word behind a stop."""
    found = _NEXT.match(text, stop.end(), end)
    return (found and found[1]) or ""


@lru_cache(maxsize=2**14)
def _is_ordinary(before: str) -> bool:
    """Whether a stop behind these letters ends a sentence, whatever follows."""
    return not (is_abbreviation(before, "1") or _LIST_NUMBER.match(before))


def is_abbreviation(before: str, following: str = "") -> bool:
    """Whether a stop behind `before` belongs to it: an abbreviation, initials, a degree."""
    small = before.lower()
    if small in ABBREVIATIONS or (small in _BEFORE_NUMBERS and following[:1].isdigit()):
        return True
    return bool(_INITIAL.match(before) or _DEGREE.match(before))
