"""MET015: characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript
from kpucli.lint.overview import Overview
from kpucli.lint.prose import FILLER
from kpucli.lint.rule import ERROR, Hit, Repair, Replacement, rule, safe

# Zero width, and nothing lost without them.
_EMPTY = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # text direction
    f"{_EMPTY}\u115f\u1160\u17b4\u17b5\u180e\u2028\u2029\u2061-\u2065\u206a-\u206f\u3164\uffa0"
    "\ufff9-\ufffc\U000e0000-\U000e007f"
    "]+"
)
_PRINTABLE = "\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc"  # Python calls these of them so
_LONE_RETURN = re.compile(r"\r(?!\n)")
_MARKUP = "*_`~[]()<>#|!\\&+-="  # beside these, a character may hold markup apart
_JOINERS = "\u200c\u200d"


@rule(
    "MET015",
    N_("Karakter tak terlihat"),
    severity=ERROR,
    explanation=N_(
        "Karakter kendali, pembalik arah tulisan, dan spasi selebar nol biasanya terbawa dari"
        " WhatsApp, Word, atau PDF. Pembaca tidak melihatnya, tetapi pencarian gagal karenanya,"
        " dan teks dapat tampak lain dari isinya."
    ),
    source=N_("Unicode Technical Standard 39 dan CVE-2021-42574 (Trojan Source)."),
    bad=("Pemilih‹\u200b› pemula.", 'title = "Judul ‹\\u202e›terbalik"', "Satu‹\x07› dua."),
    fixed="Pemilih pemula.",
    good="Pemilih pemula 👩‍🏫 hadir.",
    fix=Applicability.SAFE,
)
def invisible_character(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """Bidi controls, zero-width and control characters, raw or as TOML escapes."""
    source = manuscript.article.source
    for match in _INVISIBLE.finditer(source) if _may_have_some(source) else ():
        if not _is_script(source, match):
            fix = _fix(manuscript, match.start(), match.end())
            yield Hit(match.start(), match.end(), _message(match.group()), fix=fix)
    if "\r" in source:
        for match in _LONE_RETURN.finditer(source):
            yield Hit(match.start(), match.end(), _message(match.group()))
    if "\\" not in manuscript.article.front_matter:
        return
    for string in manuscript.front_matter.strings:
        for match in _INVISIBLE.finditer(string.value):
            if string.is_escape(match.start()):
                start, end = string.places[match.start()], string.places[match.end()]
                yield Hit(start, end, _message(match.group()))


def _may_have_some(source: str) -> bool:
    """Whether a look at each character is worth while."""
    printable = source.replace("\n", "").isprintable()
    return not printable or any(character in source for character in _PRINTABLE)


def _is_script(text: str, match: re.Match[str]) -> bool:
    """Whether joiners stand where emoji and some scripts (Arabic, Javanese) need them."""
    if match.group().strip(_JOINERS):
        return False
    around = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return all(character > "\u02ff" for character in around)


def _fix(manuscript: Manuscript, start: int, end: int) -> Repair | None:
    source = manuscript.article.source
    if source[start:end].strip(_EMPTY):
        return None
    in_body = start >= manuscript.article.body_start
    if in_body and FILLER in manuscript.prose.text[start:end]:
        return None  # in code or in a link
    around = source[start - 1 : start], source[end : end + 1]
    if any(side and side in _MARKUP for side in around):
        return None
    return safe(Replacement(start, end, ""))


def _message(characters: str) -> str:
    first = characters[0]
    name = unicodedata.name(first, "")
    code = f"U+{ord(first):04X}"
    if name:
        return _("Ada karakter tak terlihat {code} ({name}).").format(code=code, name=name)
    return _("Ada karakter kendali {code}.").format(code=code)
