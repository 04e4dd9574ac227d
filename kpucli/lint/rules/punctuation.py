"""TBC002: space where punctuation has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpucli.i18n import N_, _
from kpucli.lint.finding import Applicability
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.overview import Overview
from kpucli.lint.pieces import PiecePattern
from kpucli.lint.prose import SPACES
from kpucli.lint.rule import ERROR, Hit, Repair, rule, safe

_MARK = PiecePattern(r"(?<!\S)[,.;:!?)]", among=",.;:!?)")
_AFTER_BRACKET = re.compile(rf"\((?<![:;=8-]\()[{SPACES}]+(?=[^\s)|:;])")
_LOOSE_QUOTE = PiecePattern(r"“(?!\S)|(?<!\S)”", among="“”")
_QUOTE = re.compile(rf"(?<=\S)(?P<before>[{SPACES}]+)”|“(?P<after>[{SPACES}]+)(?=\S)|[“”]|\n")
_MARKER = re.compile(r"[ \t>]*(?:[-*+•|>]|#{1,6})")
_BLANK = frozenset(re.findall(f"[{SPACES}]", "".join(map(chr, range(0x3001)))))
_ENUMERATOR = re.compile(r"[ \t>]*(?:\d{1,3}|\w)")  # "1 )", "a ."
_LABEL = re.compile(
    r"[ \t>]*(?:(?:[-*+•]|\w{1,2}[.)])[ \t]+)?[*_]*[^\W\d_][\w/.()&-]*(?: [\w/.()&-]+){0,4}[*_]*"
    rf"[{SPACES}]*:[*_]*(?=[{SPACES}]|\r?$)",
    re.MULTILINE,
)
_LONGEST_MARKER = 10
# The right-hand word of a slash pair, where it is not told by a capital from a path or command.
_SECOND_WORDS = frozenset(
    {"atau", "dan", "dengan", "desa", "kab", "kabupaten", "kecamatan", "kelurahan", "kota"}
)
_LEFT_WORD = re.compile(r"[^\s/:@\ufffc]{2,40}\Z")
_RIGHT_WORD = re.compile(r"\w+(?![\w/]|\.\w)")


@rule(
    "TBC002",
    N_("Spasi di dekat tanda baca"),
    severity=ERROR,
    explanation=N_(
        "Koma, titik, titik koma, titik dua, tanda seru, tanda tanya, kurung tutup, dan kutip tutup"
        " menempel pada kata di depannya; kurung buka dan kutip buka menempel pada kata di"
        " belakangnya; garis miring menempel pada kedua katanya."
    ),
    source=N_("Ejaan Bahasa Indonesia yang Disempurnakan, edisi V (EYD V), bab III."),
    bad=(
        "Cepat‹ ›, tepat.",
        "Terdiri dari‹ ›: a dan b",
        "Standar (‹ ›SOP).",
        "Standar (SOP‹ ›).",
        "“‹ ›Ayo memilih,” ujarnya.",
        "“Ayo memilih,‹ ›” ujarnya.",
        "Kab./‹ ›Kota",
        "Kabupaten‹ ›/Kota",
        "cepat‹ ›,tepat",
    ),
    fixed=(
        "Cepat, tepat.",
        "Terdiri dari: a dan b",
        "Standar (SOP).",
        "Standar (SOP).",
        "“Ayo memilih,” ujarnya.",
        "“Ayo memilih,” ujarnya.",
        "Kab./Kota",
        "Kabupaten/Kota",
        "cepat, tepat",
    ),
    good=(
        "Cepat, tepat.",
        "Lalu ... ia pergi",
        "Skor 2 : 1 :)",
        "Berkas .docx, senin / selasa, dan s/d",
        "Hari : Senin\nTempat : aula",
        "| a | : |\n|---|:--|",
        "--- 2022/contoh.md\nSeru ![gambar](a.jpg)\n--- 2022/contoh/a.jpg\nisi foto",
        "Kabupaten/Kota se-Jawa Timur",
    ),
    fix=Applicability.SAFE,
)  # fmt: skip
def space_before_punctuation(manuscript: Manuscript, _archive: Overview) -> Iterator[Hit]:
    """A space before a closing mark, after an opening one, or on one side of a slash."""
    for passage in manuscript.passages:
        yield from _before_marks(passage)
        yield from _after_brackets(passage)
        if _LOOSE_QUOTE.is_in(passage.pieces):
            yield from _in_quotes(passage)
        if "/" in passage.text:
            yield from _in_slash_pairs(passage)


def is_stray_mark(text: str, start: int, end: int, line_start: int) -> bool:
    """Whether the spaces `text[start:end]` stand before a mark that should follow directly."""
    mark = text[end : end + 1]
    if not mark or mark not in _JUDGES or start <= line_start:
        return False
    before, after = text[start - 1], text[end + 1 : end + 2]
    if before in "|([{":
        return False
    marker = _ENUMERATOR if mark in ")." else _MARKER
    if start - line_start <= _LONGEST_MARKER and marker.fullmatch(text, line_start, start):
        return False
    if not _JUDGES[mark](before, after, text[end + 2 : end + 3]):
        return False
    return mark != ":" or not is_aligned_label(text, line_start, end)


def is_aligned_label(text: str, line_start: int, colon: int) -> bool:
    """Whether a line and its neighbour read "label : value": announcements align such colons."""
    label = _LABEL.match(text, line_start)
    if not label or colon >= label.end():
        return False
    next_line = text.find("\n", line_start) + 1
    if next_line and _LABEL.match(text, next_line):
        return True
    previous = text.rfind("\n", 0, max(0, line_start - 1)) + 1
    return line_start > 0 and bool(_LABEL.match(text, previous))


def _stop(before: str, after: str, following: str) -> bool:
    """No ellipsis, no file ending (".docx"), no path."""
    if before in ".…" or (after.isspace() and following == "."):
        return False
    return not re.match(r"[\w./\\]", after)


def _comma(_before: str, _after: str, _next: str) -> bool:
    return True


def _semicolon(_before: str, after: str, _next: str) -> bool:
    return after not in ("-", ")", "(")


def _colon(before: str, after: str, following: str) -> bool:
    """No smiley, no `:emoji:`, no ratio ("2 : 1")."""
    if after and not (after.isspace() or after in '*_”"’'):
        return False
    return not (before.isdigit() and (after + following).strip()[:1].isdigit())


def _cry(before: str, after: str, _next: str) -> bool:
    return not re.match(r"[\w\[=]", after)


def _bracket(before: str, _after: str, _next: str) -> bool:
    return before not in "(:;=-8"


_JUDGES = {
    ",": _comma, ".": _stop, ";": _semicolon, ":": _colon, "!": _cry, "?": _cry, ")": _bracket,
}  # fmt: skip


def _before_marks(passage: Passage) -> Iterator[Hit]:
    text = passage.text
    for match in _MARK.find(passage.pieces):
        end = match.start()
        span = _skip(text, end - 1, -1) + 1, end
        if span[0] < end and is_stray_mark(text, *span, text.rfind("\n", 0, end) + 1):
            mark = match[0]
            message = _("Tanda {mark} harus menempel pada kata di depannya.").format(mark=mark)
            yield passage.hit(span, message, None, _move_space(passage, span))


def _move_space(passage: Passage, span: tuple[int, int]) -> Repair | None:
    """Take the space away; put it behind a comma that stands before a letter."""
    text, (start, end) = passage.text, span
    mark, after = text[end], text[end + 1 : end + 2]
    if mark in ",;" and after.isalpha():
        return safe(passage.replace((start, end + 1), f"{mark} "))
    if mark == "," and after.isdigit():
        return None  # "3 ,5" may be one number or two
    return safe(passage.replace(span, ""))


def _after_brackets(passage: Passage) -> Iterator[Hit]:
    for match in _AFTER_BRACKET.finditer(passage.text):
        message = _("Sesudah kurung buka tidak ada spasi.")
        yield _without_space(passage, match.start() + 1, match.end(), message)


def _in_quotes(passage: Passage) -> Iterator[Hit]:
    """Only while the line's quotes open and close in turn: else which is which is a guess."""
    is_open, is_sound = False, True
    for match in _QUOTE.finditer(passage.text):
        if match.group() == "\n":
            is_open, is_sound = False, True
            continue
        opens = "“" in match.group()
        is_sound = is_sound and opens != is_open
        if is_sound and match["after"] and _opens(passage.text, match.start()):
            message = _("Sesudah kutip buka tidak ada spasi.")
            yield _without_space(passage, *match.span("after"), message)
        elif is_sound and match["before"] and _closes(passage.text, match.end()):
            message = _("Sebelum kutip tutup tidak ada spasi.")
            yield _without_space(passage, *match.span("before"), message)
        is_open = opens


def _opens(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] in " \t\n\u00a0(*_>"


def _closes(text: str, position: int) -> bool:
    return not text[position : position + 1].isalnum()


def _in_slash_pairs(passage: Passage) -> Iterator[Hit]:
    text = passage.text
    position = text.find("/")
    while position >= 0:
        before, after = text[position - 1 : position], text[position + 1 : position + 2]
        if after and after in _BLANK and before and before not in _BLANK:
            end = _skip(text, position + 1, 1)
            if _is_left_word(text, position) and text[end : end + 1].isalnum():
                yield _slash(passage, position + 1, end)
        elif before and before in _BLANK and after.isalnum():
            start = _skip(text, position - 1, -1) + 1
            if start and _is_left_word(text, start) and _is_right_word(text, position + 1):
                yield _slash(passage, start, position)
        position = text.find("/", position + 1)


def _skip(text: str, position: int, step: int) -> int:
    while 0 <= position < len(text) and text[position] in _BLANK:
        position += step
    return position


def _is_left_word(text: str, end: int) -> bool:
    """Whether a word ends here that can be the first of a pair: no path, no "w/"."""
    match = _LEFT_WORD.search(text, max(0, end - 40), end)
    if match is None:
        return False
    before = text[match.start() - 1 : match.start()]
    last = match.group()[-1]
    return (not before or before.isspace()) and (last.isalnum() or last in ".)")


def _is_right_word(text: str, start: int) -> bool:
    match = _RIGHT_WORD.match(text, start)
    if match is None:
        return False
    return match.group()[0].isupper() or match.group().lower() in _SECOND_WORDS


def _slash(passage: Passage, start: int, end: int) -> Hit:
    return _without_space(
        passage, start, end, _("Garis miring ditulis tanpa spasi: kabupaten/kota.")
    )


def _without_space(passage: Passage, start: int, end: int, message: str) -> Hit:
    fix = safe(passage.replace((start, end), ""))
    return passage.hit((start, end), message, None, fix)
