"""Which affixes a root can take, and the chains they make.

A `Chain` is a way to build a word: labels of prefixes (outermost first) and suffixes (innermost
first). `compose` builds, `openings` and `closings` take apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpucli.lint.lexicon.nasal import denasalise, nasalise

# What a root is capable of; a root without any is a particle or a function word.
CONTENT = 1
VERB = 2  # meN- and di- without a suffix
TER = 4  # ter- without a suffix
AN = 8  # -an without a prefix
SUFFIX_I = 16  # -i without a prefix
LOAN = 32  # may stand behind re-, de-, dis- …
BOUND = 64  # only inside affixes: tanggungjawab in mempertanggungjawabkan
FUNCTION = 128  # a particle, or a name: known, but without affixes
ACTIVE = 256  # meN- without a suffix, but no di-: melaut
SE = 512  # se- without a suffix
KAN = 1024  # -kan, alone or with a prefix

PARTICLES = ("lah", "kah", "tah")
POSSESSIVES = ("nya", "ku", "mu")
SUFFIXES = ("kan", "an", "i")

# For each prefix, what the root must be capable of with each suffix.
FRAMES: dict[str, dict[str, int]] = {
    "": {"kan": KAN, "i": SUFFIX_I, "an": VERB | AN},
    "meN": {"": ACTIVE, "kan": KAN | BOUND, "i": SUFFIX_I | BOUND},
    "di": {"": VERB, "kan": KAN | BOUND, "i": SUFFIX_I | BOUND},
    "ku": {"": VERB, "kan": KAN, "i": SUFFIX_I},
    "kau": {"": VERB, "kan": KAN, "i": SUFFIX_I},
    "ter": {"": VERB | TER, "kan": KAN | BOUND, "i": SUFFIX_I | BOUND},
    "ber": {"": CONTENT, "kan": KAN, "an": CONTENT},
    "peN": {"": VERB | ACTIVE, "an": CONTENT | BOUND},
    "per": {"": TER, "an": CONTENT | BOUND, "kan": KAN, "i": TER},
    "ke": {"an": CONTENT | BOUND},
    "ketidak": {"an": CONTENT | BOUND},
    "se": {"": SE},
    "memper": {"": CONTENT, "kan": KAN | BOUND, "i": CONTENT},
    "diper": {"": CONTENT, "kan": KAN | BOUND, "i": CONTENT},
}

# Prefixes that may stand inside a frame: ke + ter + libat + an.
NESTED: dict[tuple[str, str], frozenset[str]] = {
    ("ke", "an"): frozenset({"ber", "ter", "se", "peN", "per"}),
    ("ketidak", "an"): frozenset({"ber", "ter", "se"}),
    ("meN", "kan"): frozenset({"ber", "se", "ter"}),
    ("di", "kan"): frozenset({"ber", "se", "ter"}),
    ("peN", "an"): frozenset({"ber", "se", "ter"}),
    ("ter", "kan"): frozenset({"ber"}),
}
# Frames that may stand inside a prefix: ber + (ke- lanjut -an).
FRAMED: dict[str, tuple[tuple[str, str], ...]] = {
    "ber": (("ke", "an"), ("peN", "an"), ("peN", ""), ("per", "an")),
    "se": (("ke", "an"), ("peN", "an"), ("peN", ""), ("per", "an")),
}

_PLAIN_PREFIXES = {
    "di": (("diper", "diper"), ("di", "di")),
    "be": (("ber", "ber"),),
    "te": (("ter", "ter"),),
    "pe": (("per", "per"),),
    "ke": (("ketidak", "ketidak"), ("ke", "ke")),
    "se": (("se", "se"),),
    "ku": (("ku", "ku"),),
    "ka": (("kau", "kau"),),
    "me": (("memper", "memper"),),
}
# Roots before which ber-, ter-, per- lose their r, besides those that begin with one.
_DROPPING = {
    "ber": ("kerja", "serta", "ternak"),
    "ter": ("percaya", "perdaya", "pergok", "percik"),
    "per": ("kerja", "serta", "ternak"),
}
_SHORTENED = {"be": "ber", "te": "ter", "pe": "per"}


def openings(word: str) -> Iterator[tuple[str, str]]:
    """Each (prefix, rest) that the beginning of a word allows."""
    start = word[:2]
    for text, label in _PLAIN_PREFIXES.get(start, ()):
        if word.startswith(text):
            yield label, word[len(text) :]
    if start in ("me", "pe"):
        for stem in denasalise(word[2:]):
            yield start + "N", stem
    short = _SHORTENED.get(start)
    if short is None:
        return
    stem = word[2:]
    if stem.startswith(("r", *_DROPPING[short])):
        yield short, stem
    elif stem.startswith("lajar") and short != "ter":
        yield short, stem[1:]


def closings(stem: str) -> Iterator[tuple[str, str]]:
    """Each (suffix, rest) that the end of a stem allows; no suffix first."""
    yield "", stem
    for suffix in SUFFIXES:
        if stem.endswith(suffix):
            yield suffix, stem[: -len(suffix)]


def enclitics(word: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each ((enclitics), rest) that the end of a word allows; none first."""
    yield (), word
    tail = word[-3:]
    if tail in PARTICLES:
        word = word[:-3]
        yield (tail,), word
        particle: tuple[str, ...] = (tail,)
    else:
        particle = ()
    for possessive in POSSESSIVES:
        if word.endswith(possessive):
            yield (possessive, *particle), word[: -len(possessive)]


def prefix(label: str, stem: str) -> str:
    """A prefix joined to a stem, with the shape it takes there."""
    if label in ("meN", "peN"):
        return nasalise(label[:2], stem)
    if label in _DROPPING:
        if stem.startswith("ajar") and label != "ter":
            return f"{label[:2]}l{stem}"
        if stem.startswith(("r", *_DROPPING[label])):
            return label[:2] + stem
    return label + stem


def compose(prefixes: tuple[str, ...], root: str, suffixes: tuple[str, ...]) -> str:
    """The word that prefixes (outermost first) and suffixes (innermost first) make of a root."""
    word = root
    for label in reversed(prefixes):
        word = prefix(label, word) if label in FRAMES else label + word
    return word + "".join(suffixes)
