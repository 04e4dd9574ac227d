"""Patterns that are looked for piece by piece find what they would find in the whole text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.lint.pieces import PATTERNS, PiecePattern, Pieces
from kpucli.lint.selection import all_rules
from tests.lint.examples import cases, unmarked

all_rules()  # their modules make the patterns
BLANKS = st.sampled_from((" ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2009", "\x1c", ""))
PIECES = st.one_of(
    st.sampled_from(
        [
            word
            for kind in ("bad", "good")
            for _id, _rule, text in cases(kind)
            for word in unmarked(text).split()
        ]
    ),
    st.text(".,;:!?()[]{}/\\-–…\"'“”‘’*_@#&=`aiuDKxS09²٣éſ\ufffc", max_size=6),
    st.text(max_size=4),
)
TEXTS = st.lists(st.tuples(PIECES, BLANKS), max_size=12).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)


@given(text=TEXTS)
@pytest.mark.parametrize("pattern", list(PATTERNS))  # known by number: the order is any
def test_pieces_have_all_matches_of_a_text(pattern: PiecePattern, text: str) -> None:
    found = [(match.span(), match.groups()) for match in pattern.find(Pieces(text))]
    assert found == [(match.span(), match.groups()) for match in pattern.pattern.finditer(text)]
    for number in range(1, 4):
        assert pattern.is_in(Pieces(text), fewest=number) == (len(found) >= number)


def test_a_pattern_made_later_is_looked_for_in_pieces_read_before() -> None:
    assert Pieces("satu dua, tiga").places is not None
    late = PiecePattern(r"d(?=u)")
    assert [match.span() for match in late.find(Pieces("satu dua, tiga"))] == [(5, 6)]


def test_what_was_forgotten_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpucli.lint.pieces._MOST_REMEMBERED", 3)
    text = "Satu, dua; tiga: empat. Lima! Satu, enam? (tujuh) dua; “delapan”"
    for _turn in range(2):
        for pattern in PATTERNS:
            found = [match.span() for match in pattern.find(Pieces(text))]
            assert found == [match.span() for match in pattern.pattern.finditer(text)]


def test_a_longer_match_ends_before_the_next_begins() -> None:
    cue, longer = PiecePattern(r"(?<!\S)ke(?!\S)"), re.compile(r"ke [a-z]+")
    pieces = Pieces("ia ke ke mana, ke\nsana ke sini")
    assert [match[0] for match in cue.find_longer(longer, pieces)] == ["ke ke", "ke sini"]
    assert [match[0] for match in cue.find_longer(longer, pieces, 6, 12)] == ["ke man"]
