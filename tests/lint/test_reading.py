"""How the linter reads an article: prose with fillers, strings with places, suppressions."""

from __future__ import annotations

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from kpucli.lint.prose import FILLER, read_prose
from kpucli.lint.strings import read_strings

PROSE = {
    "plain": ("Satu dua.", "Satu dua."),
    "code span": ("a `b c` d", "a ~~~~~ d"),
    "long code span": ("a ``b ` c`` d", "a ~~~~~~~~~ d"),
    "lone backtick": ("a ` b", "a ` b"),
    "backticks in two paragraphs": ("a ` b\n\nc ` d", "a ` b\n\nc ` d"),
    "escaped backtick": (r"a \`b\` c", r"a \`b\` c"),
    "fence": ("a\n```py\nb\n```\nc", "a\n~~~~~\n~\n~~~\nc"),
    "open fence": ("a\n~~~\nb", "a\n~~~\n~"),
    "indented code": ("a\n\n    b\n    c\n\nd", "a\n\n~~~~~\n~~~~~\n\nd"),
    "indented list": ("- a\n\n    b", "- a\n\n    b"),
    "continued line": ("a\n    b", "a\n    b"),
    "comment": ("a <!-- b\nc --> d", "a ~~~~~~\n~~~~~ d"),
    "open comment": ("a <!-- b", "a ~~~~~~"),
    "comment in code": ("`<!--` b `-->`", "~~~~~~ b ~~~~~"),
    "tag": ('a <b class="x">c</b>', "a ~~~~~~~~~~~~~c~~~~"),
    "less than": ("3 < 4 dan 5 > 4", "3 < 4 dan 5 > 4"),
    "link": ("[a b](https://x.id/y) c", "[a b]~~~~~~~~~~~~~~~~ c"),
    "link with title": ('[a](x "y z") c', "[a]~~~~~~~~~ c"),
    "link with brackets": ("[a](x_(y)) c", "[a]~~~~~~~ c"),
    "no link": ("[a] (b c)", "[a] (b c)"),
    "image": ("![a b](c.jpg)", "![a b]~~~~~~~"),
    "reference": ("[a][b] c", "[a]~~~ c"),
    "definition": ("[a]: b c\nd", "~~~~~~~~\nd"),
    "footnote": ("a[^1] b\n\n[^1]: c", "a~~~~ b\n\n~~~~~~c"),
    "autolink": ("a <https://x.id> b", "a ~~~~~~~~~~~~~~ b"),
    "url": ("a https://x.id/b, c", "a ~~~~~~~~~~~~~~, c"),
    "url in brackets": ("(https://x.id)", "(~~~~~~~~~~~~)"),
    "www": ("a www.x.id. B", "a ~~~~~~~~. B"),
    "mail": ("a b@x.go.id, c", "a ~~~~~~~~~, c"),
    "host": ("a kpu.x.go.id. B", "a ~~~~~~~~~~~. B"),
    "host with path": ("a x.id/b c", "a ~~~~~~ c"),
    "no host": ("a b.c dan M.Si. dan 1.234", "a b.c dan M.Si. dan 1.234"),
    "table line": ("|a|b|\n|:-|-:|\n|c|d|", "|a|b|\n~~~~~~~\n|c|d|"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "prose"), [pytest.param(*case, id=name) for name, case in PROSE.items()]
)
def test_what_is_not_read_as_text_is_filled(text: str, prose: str) -> None:
    expected = prose if "~~~" in text and "~" not in prose else prose.replace("~", FILLER)
    assert read_prose(text, 0).text == expected


markdown = st.text(st.sampled_from("ab `~<>!-[]()^:|\\\n\r\t@.*_#/\"'1"), max_size=80)


@given(markdown, st.integers(0, 5))
def test_prose_keeps_length_lines_and_what_it_does_not_fill(text: str, start: int) -> None:
    start = min(start, len(text))
    prose = read_prose(text, start)
    assert len(prose.text) == len(text)
    for before, after in zip(text, prose.text, strict=True):
        assert after in (before, FILLER)
        assert before != "\n" or after == "\n"
    assert all(text.startswith("<!--", first) for first, _last in prose.comments)


STRINGS = {
    "basic": ('title = "a b"', "title", "a b"),
    "literal": ("title = 'a \\ b'", "title", "a \\ b"),
    "escapes": (r'title = "a \"b\" \u00e9 \U0001f600 \\ c"', "title", 'a "b" é 😀 \\ c'),
    "inline table": ('image = { file = "x", alt = "a b" }', "alt", "a b"),
    "dotted": ('image.alt = "a b"', "alt", "a b"),
    "table": ('[image]\nalt = "a b"', "alt", "a b"),
    "quoted name": ('"title" = "a b"', "title", "a b"),
    "list": ('tags = [\n "x", # "no"\n "a b" ]', "tags", "a b"),
    "multiline": ('title = """\na \\\n   b"""', "title", "a b"),
    "multiline quotes": ('title = """a ""b"""""', "title", 'a ""b""'),
    "hash inside": ('title = "a # b"', "title", "a # b"),
}


@pytest.mark.parametrize(
    ("source", "key", "value"), [pytest.param(*case, id=name) for name, case in STRINGS.items()]
)
def test_strings_are_read_with_their_nearest_name(source: str, key: str, value: str) -> None:
    found = [(string.key, string.value) for string in read_strings(source, 0, len(source)).strings]
    assert (key, value) in found


@given(st.text(st.sampled_from("ab\"'\\# =[]{}\t\x1b\u202eé😀"), max_size=20))
def test_every_string_is_read_as_toml_reads_it(value: str) -> None:
    quoted = "".join(
        f"\\u{ord(character):04x}" if ord(character) < 32 else character
        for character in value.replace("\\", "\\\\").replace('"', '\\"')
    )
    source = f'first = "x"  # "y"\ntitle = "{quoted}"\nlast = "z"\n'
    read = read_strings(source, 0, len(source)).strings
    assert [(string.key, string.value) for string in read] == list(tomli.loads(source).items())
    for string in read:
        assert len(string.places) == len(string.value) + 1
        assert source[string.start] == source[string.end - 1] == '"'
        for index, character in enumerate(string.value):
            written = source[string.places[index] : string.places[index + 1]]
            assert written == character or written.startswith("\\")
