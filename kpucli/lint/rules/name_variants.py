"""FAK006: one name spelled two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from kpucli.i18n import N_, _
from kpucli.lint.lexicon import lexicon
from kpucli.lint.manuscript import Manuscript, Passage
from kpucli.lint.names import BREAKS, Use, find_names, is_twin
from kpucli.lint.overview import Overview
from kpucli.lint.rule import ARCHIVE, WARNING, Hit, rule

Span = tuple[int, int]
Places = Mapping[str, list[Span]]

BRANDS = {
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "whatsapp": "WhatsApp",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "telegram": "Telegram",
    "powerpoint": "PowerPoint",
}
_ALSO_WORDS = frozenset({"telegram"})  # in small letters they say something else
_BRAND = re.compile(
    r"(?<![\w#@./-])(?:tik ?tok|you ?tube|whats ?app|instagram|face ?book|Telegram|power ?point)"
    r"(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
_BRAND_PIECES = (
    *("tik tok", "tiktok", "youtube", "you tube", "whatsapp", "whats app", "instagram", "facebook"),
    *("face book", "telegram", "powerpoint", "power point"),
)
_CAPITALISED = re.compile(r"[A-Z](?<![\w@#./’'-].)[a-z]{4,}(?![\w@/’'-]|\.\w)")
_BY_TITLE = re.compile(r"\b(?:[Ii]bu|[Bb]apak|[Pp]ak|[Bb]u) (?P<name>[a-z]{5,})(?![\w-])")
_TITLES = ("Ibu ", " ibu ", "Bapak ", "bapak ", "Pak ", " pak ", "Bu ", " bu ")
_SPEAKS = re.compile(
    r",? (?:me(?:ng|ny|m|n)?\w{4,}|ber(?:harap|pesan|kata|tutur|terima)|juga|pun|kemudian)\b"
)
_IS_NAMED = re.compile(
    r"(?:\b(?:ujar|kata|tutur|ucap|jelas|terang|ungkap|tegas|papar|imbuh|tandas|pungkas|lanjut|tambah"
    r"|pesan|sebut|harap|[Pp]ak|[Bb]u|[Ii]bu|[Bb]apak|[Mm]enurut|kepada|oleh|bersama|bagi)) \Z"
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_OPENS = re.compile(r"(?:\A|[.?!:]|\n)[\s“\"‘*_(]*\Z")
_SHORTEST_ALONE = 6  # letters of a name that stands alone


@rule(
    "FAK006",
    N_("Nama ditulis dua macam"),
    severity=WARNING,
    explanation=N_(
        "Nama ini berbeda satu huruf, atau hanya spasi atau kapitalnya, dari nama yang lebih sering"
        " ditulis: di artikel ini, atau di seluruh arsip bila jabatannya sama atau namanya tiga"
        " kata. Gelar dan sapaan tidak dihitung. Dua nama yang sama-sama sering, atau yang berada"
        " dalam satu kalimat, dianggap dua orang. Nama merek ditulis seperti pemiliknya menulis."
    ),
    source=N_(
        "Nama orang ditulis seperti pemiliknya menulis; EYD V, bab I: huruf kapital pada nama."
    ),
    bad=(
        "Ketua KPU, Taufan Hidayat Susanto, hadir. ‹Taufan Hidayat Susanta› berpesan.",
        "Ni Luh Putu Ariwidiani hadir. ‹Ariwidiyani› menambahkan data.",
        "Nanik Rochani hadir. Menurut Ibu ‹rohani›, semua lancar.",
        "Video ‹tik tok› diunggah ke ‹Youtube›.",
        ("--- 2022/contoh.md\nHadir Sekretaris KPU, ‹Nanik Karsinni›, di aula.\n"
        "--- 2022/a.md\ntitle = \"Judul A\"\n+++\nHadir Sekretaris KPU, Nanik Karsini, di sana.\n"
        "--- 2022/b.md\ntitle = \"Judul B\"\n+++\nAda Sekretaris KPU, Nanik Karsini, di situ.\n"
        "--- 2022/c.md\ntitle = \"Judul C\"\n+++\nKata Sekretaris KPU, Nanik Karsini, begitu.\n"
        "--- 2022/d.md\ntitle = \"Judul D\"\n+++\nPesan Sekretaris KPU, Nanik Karsini, begini."),
    ),
    good=(
        "Siti Aminah dan Sitti Rahma hadir bersama Ahmad Fauzi, S.H., dan putranya, Ahmad Fauzan.",
        "Budi Santoso dan Budi Santosa bersaudara. Video TikTok diunggah.",
    ),
    scope=ARCHIVE,
)  # fmt: skip
def name_variant(manuscript: Manuscript, archive: Overview) -> Iterator[Hit]:
    """A rarer twin of a name, here or in the archive."""
    passage = manuscript.passages[-1]
    for item in manuscript.passages:
        yield from _brands(item)
    uses = list(find_names(passage.text))
    if not uses:
        return
    seen: set[Span] = set()
    for hit in (
        *_twins(passage, uses, manuscript.article.source),
        *_alone(passage, uses),
        *_slips(passage, uses, archive),
    ):
        if (hit.start, hit.end) not in seen:
            seen.add((hit.start, hit.end))
            yield hit


def _brands(passage: Passage) -> Iterator[Hit]:
    small = passage.text.lower()
    if not any(piece in small for piece in _BRAND_PIECES):
        return
    for match in _BRAND.finditer(passage.text):
        written = match[0]
        plain = written.replace(" ", "").lower()
        right = BRANDS[plain]
        is_shouted = written.isupper() and passage.field == "title"
        if written == right or is_shouted or (plain in _ALSO_WORDS and written.islower()):
            continue
        message = _("“{written}” ditulis {right}.").format(written=written, right=right)
        yield passage.hit(match.span(), message, right)


def _twins(passage: Passage, uses: Iterable[Use], source: str) -> Iterator[Hit]:
    """Names that differ from another of the article in one letter of one word."""
    places: dict[tuple[str, str], list[tuple[Use, int]]] = defaultdict(list)
    for use in uses:
        for index, pair in enumerate(zip(use.words, use.words[1:], strict=False)):
            places[pair].append((use, index))
    for one, other in _alike(places):
        first, second = places[one], places[other]
        counts = _count(source, one), _count(source, other)
        if min(counts) >= 2 and max(counts) < 3 * min(counts):
            continue  # two people
        is_second_wrong = (-counts[0], first[0][0].start) < (-counts[1], second[0][0].start)
        wrong, right = (second, first) if is_second_wrong else (first, second)
        if _share_sentence(passage.text, wrong, right) or _is_word(one, other, is_second_wrong):
            continue
        name = " ".join(right[0][0].words)
        for use, _index in wrong:
            written = " ".join(use.words)
            message = _("“{written}” juga ditulis “{name}”.").format(written=written, name=name)
            yield passage.hit((use.start, use.end), message, name)


def _alike(
    places: Mapping[tuple[str, str], object],
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs of neighbours of which one word is the same, and the other a twin."""
    for same, other in ((0, 1), (1, 0)):
        groups: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for pair in places:
            groups[pair[same], pair[other][0]].append(pair)
        for group in groups.values():
            for one, two in combinations(group[:50], 2):
                if is_twin(one[other], two[other]):
                    yield one, two


def _count(source: str, pair: tuple[str, str]) -> int:
    return max(1, source.count(" ".join(pair)))


def _share_sentence(
    text: str, one: Iterable[tuple[Use, int]], other: Iterable[tuple[Use, int]]
) -> bool:
    """Whether two names stand in one sentence, as those of two people do."""
    return any(
        not _SENTENCE_END.search(text, min(first.end, second.end), max(first.start, second.start))
        for first, _i in one
        for second, _j in other
    )


def _is_word(one: tuple[str, str], other: tuple[str, str], is_second_wrong: bool) -> bool:
    """Whether the word in which they differ is an ordinary one: a matter of spelling."""
    right, wrong = (one, other) if is_second_wrong else (other, one)
    index = 0 if right[0] != wrong[0] else 1
    return is_ordinary(right[index])


def is_ordinary(word: str) -> bool:
    """Whether a word is in dictionaries, and no part of names."""
    small = word.lower()
    return bool(lexicon().is_known(small)) and not lexicon().is_name(small)


def _alone(passage: Passage, uses: Iterable[Use]) -> Iterator[Hit]:
    """Names that stand alone and are the twin of a part of a whole name."""
    text = passage.text
    whole = {word for use in uses for word in use.words}
    parts: dict[str, list[str]] = defaultdict(list)
    for word in sorted(whole):
        if len(word) >= _SHORTEST_ALONE:
            parts[word[:2]].append(word)
    for match in _CAPITALISED.finditer(text):
        word = match[0]
        near = parts.get(word[:2])
        if not near or len(word) < _SHORTEST_ALONE or word in whole or word in BREAKS:
            continue
        twin = next((part for part in near if is_twin(word, part)), None)
        if twin and _names_someone(text, match) and not is_ordinary(word):
            yield _variant(passage, match.span(), twin)
    has_title = any(title in text for title in _TITLES)
    titled = list(_BY_TITLE.finditer(text)) if has_title else []
    if titled:
        known = whole | {match[0] for match in _CAPITALISED.finditer(text)}
        for match in titled:
            word = match["name"].capitalize()
            twin = next((name for name in known if name == word or is_twin(word, name)), None)
            if twin and not is_ordinary(twin):
                yield _variant(passage, match.span("name"), twin)


def _names_someone(text: str, match: re.Match[str]) -> bool:
    """Whether a capitalised word is a person: within a sentence, or one who speaks."""
    before = max(0, match.start() - 20), match.start()
    if _IS_NAMED.search(text, *before):
        return True
    return bool(_OPENS.search(text, *before) and _SPEAKS.match(text, match.end()))


def _variant(passage: Passage, span: Span, name: str) -> Hit:
    message = _("“{written}” juga ditulis “{name}”.").format(
        written=passage.text[slice(*span)], name=name
    )
    return passage.hit(span, message, name)


def _slips(passage: Passage, uses: Iterable[Use], archive: Overview) -> Iterator[Hit]:
    """Rare names that are the twin of one that the archive has often."""
    for use in uses:
        written = " ".join(use.words)
        name = archive.names.meant(written)
        if name is None:
            continue
        differing = [
            right for right, word in zip(name.split(), use.words, strict=True) if right != word
        ]
        if any(map(is_ordinary, differing)):
            continue
        message = _("“{written}” mungkin “{name}”, seperti di {count} artikel.").format(
            written=written, name=name, count=archive.names.articles(name)
        )
        yield passage.hit((use.start, use.end), message, name)
