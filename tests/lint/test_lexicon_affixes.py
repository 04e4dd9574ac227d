"""Affixes: what is composed can be taken apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.lint.lexicon import lexicon, store
from kpucli.lint.lexicon.affixes import CONTENT, FRAMES, compose
from kpucli.lint.lexicon.elision import right_elision
from kpucli.lint.lexicon.nasal import denasalise, nasalise
from kpucli.lint.lexicon.reduplication import is_known_pair
from kpucli.lint.lexicon.slips import Edits, Slip, kind_of_substitution

ROOTS = sorted(
    root
    for root, flags in store.word_data().roots.items()
    if flags & CONTENT and root.isalpha() and len(root) > 3
)
CHAINS = [(label, suffix) for label, suffixes in FRAMES.items() for suffix in suffixes]


@pytest.mark.parametrize(
    ("root", "joined"),
    [
        ("tulis", "menulis"), ("pukul", "memukul"), ("sapu", "menyapu"), ("kirim", "mengirim"),
        ("ambil", "mengambil"), ("hitung", "menghitung"), ("gambar", "menggambar"),
        ("bawa", "membawa"), ("vonis", "memvonis"), ("cari", "mencari"), ("jual", "menjual"),
        ("lihat", "melihat"), ("nilai", "menilai"), ("rawat", "merawat"), ("wakil", "mewakil"),
        ("cek", "mengecek"), ("bom", "mengebom"), ("proses", "memproses"), ("kaji", "mengkaji"),
        ("transfer", "mentransfer"), ("kritik", "mengkritik"), ("syukur", "mensyukur"),
        ("khawatir", "mengkhawatir"), ("punya", "mempunya"),
    ],
)  # fmt: skip
def test_nasal_follows_the_first_sound(root: str, joined: str) -> None:
    """k, p, t, s melt before vowels; clusters and the listed exceptions do not."""
    assert nasalise("me", root) == joined
    assert root in set(denasalise(joined[2:]))


@given(st.sampled_from(ROOTS), st.sampled_from(CHAINS), st.sampled_from(["", "nya", "lah"]))
def test_composed_words_are_known_where_the_root_can(
    root: str, chain: tuple[str, str], tail: str
) -> None:
    """analyse(compose(root)) is known for every frame that the root is capable of."""
    label, suffix = chain
    capable = store.word_data().roots[root] & FRAMES[label][suffix]
    prefixes = (label,) if label else ()
    word = compose(prefixes, root, tuple(part for part in (suffix, tail) if part))
    if capable:
        analysis = lexicon().analyse(word)
        assert analysis is not None
        assert compose(analysis.prefixes, analysis.root, analysis.suffixes) == word


@given(st.text("abdegiklmnprstu", min_size=1, max_size=14))
def test_an_analysis_spells_the_word_again(word: str) -> None:
    """Whatever is taken apart gives the same word when put together."""
    analysis = lexicon().analyse(word)
    if analysis is not None:
        assert compose(analysis.prefixes, analysis.root, analysis.suffixes) == word


@given(st.sampled_from(ROOTS))
def test_right_elision_is_never_called_wrong(root: str) -> None:
    """A word joined by the rule has no other right form."""
    word = nasalise("me", root)
    right = right_elision(word, lambda other: other == root)
    assert right in (None, word)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("buku-buku", True), ("memukul-mukul", True), ("bermaaf-maafan", True),
        ("menjadi-jadi", True), ("lauk-pauk", True), ("se-Malang".lower(), False),
        ("abc-abc", False),
    ],
)  # fmt: skip
def test_pairs_are_known_by_their_sides(word: str, known: bool) -> None:
    """A reduplication needs a known root, a fixed pair is listed."""
    words = {"buku", "memukul", "pukul", "maaf", "bermaaf", "bermaafan", "menjadi", "jadi"}
    assert is_known_pair(word, words.__contains__, frozenset({"lauk-pauk"})) is known


def test_edits_name_their_slips() -> None:
    """Each kind of slip is found as what it is."""
    triples = frozenset(
        padded[at : at + 3]
        for padded in ("^kualitas$", "^kantor$", "^dengan$")
        for at in range(len(padded) - 2)
    )
    edits = Edits(triples)
    for typed, meant, slip in [
        ("kulaitas", "kualitas", Slip.TRANSPOSED),
        ("kualtas", "kualitas", Slip.MISSING),
        ("kualiitas", "kualitas", Slip.DOUBLED),
        ("kualitias", "kualitas", Slip.EXTRA),
        ("kualitaszas", "kualitas", Slip.STRAY),
        ("kualitatas", "kualitas", Slip.SYLLABLE),
        ("kantir", "kantor", Slip.VOWEL),
        ("dengsn", "dengan", Slip.NEIGHBOUR),
    ]:
        if slip is not Slip.STRAY:
            assert (meant, slip) in set(edits.of(typed)), typed


def test_substitutions_are_judged_by_keys_and_sounds() -> None:
    """A neighbour key, a vowel, a like sound, or nothing of these."""
    assert kind_of_substitution("s", "a") is Slip.NEIGHBOUR
    assert kind_of_substitution("i", "a") is Slip.VOWEL
    assert kind_of_substitution("p", "f") is Slip.SOUND
    assert kind_of_substitution("q", "m") is Slip.OTHER
