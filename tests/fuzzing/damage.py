"""Files made wrong in every way: bytes changed, cut, doubled, or put in anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

SPLINTERS = [
    *b"<p> </p> <![CDATA[ ]]> & &lt; --- +++ {{< [ ![ 2022-13-45 <table>".split(),
    *(b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b'"', b"\n", b"\r", b"\\", b"'", b"=", b"#", b"]"),
    *("\u202e".encode(), b"\x1b[31m", b"[red]", b"../", b"9" * 400, b'"""', b"1e999", b"inf"),
]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(str.encode)


@st.composite
def damage(draw: st.DrawFn, contents: Sequence[bytes]) -> bytes:
    """One of the contents with a piece of it replaced, or several, or something put in."""
    damaged = bytearray(draw(st.sampled_from(contents)))
    # Hypothesis itself would draw places near the beginning, and most often the same values.
    dice = Random(draw(st.integers(0, 2**64)))
    for _number in range(dice.choice([1, 1, 1, 2, 4])):
        start = dice.randrange(len(damaged) + 1)
        end = start + dice.choice([0, 0, 1, 5, 40])
        put = dice.choice([draw(st.binary(max_size=20)), draw(words), *dice.sample(SPLINTERS, 6)])
        damaged[start:end] = put * dice.choice([1, 1, 1, 200])
    return bytes(damaged)
