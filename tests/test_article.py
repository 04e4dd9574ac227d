"""An article: read from bytes or refused at the right line, edited without collateral damage."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kpucli.article import SLUG, Article, Status, compose_article, parse_article, problem_error
from kpucli.errors import ArticleError, KpuError
from tests.properties import relaxed
from tests.toml import texts
from tests.toml.texts import Written, written

PATH = Path("articles/2022/rapat.md")
WIB = timezone(timedelta(hours=7), "WIB")
SOUND = b'+++\ntitle = "Rapat"\ndate = 2022-04-20\n+++\n'
BOM = b"\xef\xbb\xbf"
NOW = datetime(2022, 5, 1, tzinfo=WIB)
LATER = datetime(2022, 6, 1, tzinfo=WIB)


def parse(content: bytes | str) -> Article:
    return parse_article(content.encode() if isinstance(content, str) else content, PATH, WIB)


def with_fields(fields: str) -> Article:
    return parse(f"+++\n{fields}\n+++\nIsi.\n")


def test_an_article_says_what_its_file_says() -> None:
    article = parse(
        b'+++\ntitle = "Rapat"\ndate = 2022-04-20T15:00:00+07:00\ntags = ["sop"]\n'
        b'summary = "Satu."\nauthor = "Humas"\ncategory = "berita"\nviews = 44\n'
        b'aliases = ["/lama/"]\nlint_ignore = ["TBC001"]\ncorrections = [\n'
        b'  { date = 2022-05-02, text = "b" }, { date = 2022-05-01T09:00:00, text = "a" },\n]\n'
        b"+++\n\nIsi.\n"
    )
    assert (article.slug, article.id, article.url) == (
        "rapat",
        "2022/rapat",
        "/berita/2022/rapat/",
    )
    assert article.body == "\nIsi.\n"
    assert article.title == "Rapat"
    assert article.date == datetime(2022, 4, 20, 15, tzinfo=WIB)
    assert article.tags == ("sop",)
    assert (article.summary, article.author, article.category) == ("Satu.", "Humas", "berita")
    assert (article.views, article.aliases, article.lint_ignore) == (44, ("/lama/",), ("TBC001",))
    assert [(item.text, item.date.isoformat()) for item in article.corrections] == [
        ("a", "2022-05-01T09:00:00+07:00"),
        ("b", "2022-05-02T00:00:00+07:00"),
    ]
    assert article.problems == ()
    assert problem_error(article) is None


def test_fields_that_are_not_there_have_defaults() -> None:
    article = parse(SOUND)
    assert (article.tags, article.aliases, article.corrections) == ((), (), ())
    assert (article.summary, article.author, article.category, article.views) == (None,) * 4


def test_mistyped_fields_have_defaults() -> None:
    article = with_fields(
        'title = 1\ndate = "x"\ntags = "x"\nviews = -1\ncorrections = [1]\nsummary = ""'
    )
    assert (article.title, article.tags, article.views, article.corrections) == ("", (), None, ())
    assert article.date.utcoffset() == timedelta(hours=7)
    assert article.summary is None
    assert len(article.problems) == 6


LAYOUTS = {
    "plain": (SOUND + b"Isi.\n", "Isi.\n"),
    "blanks behind the plus signs": (
        b'+++ \t\ntitle = "Rapat"\ndate = 2022-04-20\n+++  \nIsi.\n',
        "Isi.\n",
    ),
    "CRLF": (b'+++\r\ntitle = "Rapat"\r\ndate = 2022-04-20\r\n+++\r\nIsi.\r\n', "Isi.\r\n"),
    "BOM": (BOM + SOUND + b"Isi.\n", "Isi.\n"),
    "no line end": (SOUND[:-1], ""),
    "no line end, CR": (SOUND[:-1] + b"\r", ""),
    "no text": (SOUND, ""),
    "plus signs in the text": (SOUND + b"a\n+++\nb\n", "a\n+++\nb\n"),
    "plus signs in a value": (SOUND.replace(b"Rapat", b"+++"), ""),
    "NUL in the text": (SOUND + b"a\0b\n", "a\0b\n"),
}


@pytest.mark.parametrize(("content", "body"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(content: bytes, body: str) -> None:
    article = parse(content)
    assert (article.problems, article.body) == ((), body)
    assert article.replace_source(article.source).before == content
    assert article.replace_source(article.source).is_empty


REFUSED = {
    "empty": (b"", 1, "Baris pertama harus +++"),
    "no plus signs": (b"Isi.\n", 1, "Baris pertama harus +++"),
    "YAML": (b"---\ntitle: x\n---\n", 1, "Baris pertama harus +++"),
    "blank line above": (b"\n" + SOUND, 1, "Baris pertama harus +++"),
    "only an opening": (b"+++", 1, "Baris +++ penutup tidak ada"),
    "not closed": (b'+++\ntitle = "x"\n', 1, "Baris +++ penutup tidak ada"),
    "closing is indented": (b"+++\n +++\n", 1, "Baris +++ penutup tidak ada"),
    "four plus signs": (b"+++\n++++\n", 1, "Baris +++ penutup tidak ada"),
    "lone CR": (b"+++\rtitle = 'x'\r+++\r", 1, "Baris pertama harus +++"),
    "UTF-16": ("+++\n".encode("utf-16"), 1, "Berkas ini UTF-16"),
    "UTF-16, no BOM": ("+++\n".encode("utf-16-le"), 1, "Baris pertama harus +++"),
    "Latin-1 in a field": (b'+++\ntitle = "\xe9"\n+++\n', 2, "Bita ke-14 bukan UTF-8"),
    "Latin-1 in the text": (SOUND + b"a\n\nb \xe9\n", 7, "Bita ke-48 bukan UTF-8"),
    "Latin-1 behind a BOM": (BOM + b"+++\n\xff", 2, "Bita ke-8 bukan UTF-8"),
    "cut UTF-8 at the end": (SOUND + b"\xe2\x82", 5, "Bita ke-43 bukan UTF-8"),
    "surrogate in UTF-8": (SOUND + b"\xed\xa0\x80", 5, "Bita ke-43 bukan UTF-8"),
    "NUL in a field": (b'+++\na = 1\ntitle = "\0"\n+++\n', 3, "karakter terlarang"),
    "a day that does not exist": (
        b'+++\ntitle = "x"\ndate = 2022-02-30\n+++\n',
        3,
        "Bagian di antara +++ tidak terbaca: tanggal ini tidak ada di kalender.",
    ),
    "a name twice": (b'+++\r\ntitle = "x"\r\ntitle = "y"\r\n+++\r\n', 3, "ditulis dua kali"),
    "deep": (b"+++\nb=1\na = " + b"[" * 5000 + b"\n+++\n", 3, "bersarang terlalu dalam"),
    "a long number": (b"+++\na = " + b"1" * 5000 + b"\n+++\n", 2, "terlalu panjang"),
    "too long": (b"+++\n# " + b"x" * 65536 + b"\n+++\n", 1, "lebih dari 64 KiB"),
    "too long in bytes": ("+++\n# " + "é" * 32768 + "\n+++\n", 1, "lebih dari 64 KiB"),
    "4,000 tables": (
        b"+++\n" + b"".join(b"[t%d]\nx = 1\n" % number for number in range(4000)) + b"[t0]\n+++\n",
        8002,
        "dua kali",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_article_is_refused_at_its_line(
    content: bytes | str, line: int, message: str
) -> None:
    with pytest.raises(ArticleError) as caught:
        parse(content)
    error = caught.value
    assert message in error.message
    assert (error.path, error.line, error.exit_code) == (PATH, line, 2)
    assert str(error).startswith(f"articles/2022/rapat.md:{line}: ")
    assert "\n" not in str(error)


def test_64_kib_are_not_too_long() -> None:
    start = '+++\ntitle = "x"\ndate = 2022-04-20\n# '
    filler = "x" * (65536 - len(start) + len("+++\n") - 1)
    assert not parse(f"{start}{filler}\n+++\n").problems
    with pytest.raises(ArticleError):
        parse(f"{start}{filler}x\n+++\n")


PROBLEMS = {
    "missing": ("title = 'x'", 1, "`date` belum diisi."),
    "mistyped": ("title = 'x'\n\ndate = '2022-04-20'", 4, "`date` harus tanggal"),
    "empty": ("date = 2022-04-20\ntitle = ''", 3, "`title` harus teks satu baris"),
    "with a line end": ('date = 2022-04-20\ntitle = """a\nb"""', 3, "`title` harus teks"),
    "over many lines": ("title = 'x'\ndate = 2022-04-20\ntags = [\n 'a',\n 1,\n]", 4, "`tags`"),
    "in a table": ("title = 'x'\ndate = 2022-04-20\n[image]\nalt = 'x'", 4, "`image`"),
    "in tables": ("title = 'x'\ndate = 2022-04-20\n[[corrections]]\nx = 1", 4, "`corrections`"),
    "hidden in a table": ("title = 'x'\n[extra]\ndate = 2022-04-20", 1, "`date` belum diisi."),
    "year 0001": ("title = 'x'\ndate = 0001-01-01T00:00:00+23:59", 3, "`date` harus tanggal"),
    "year 9999": ("title = 'x'\ndate = 9999-12-31T23:59:59-23:59", 3, "`date` harus tanggal"),
    "a time alone": ("title = 'x'\ndate = 09:00:00", 3, "`date` harus tanggal"),
}


@pytest.mark.parametrize(("fields", "line", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_is_an_error_at_its_line(fields: str, line: int, message: str) -> None:
    error = problem_error(with_fields(fields))
    assert error is not None
    assert (error.path, error.line) == (PATH, line)
    assert error.message.startswith(message)
    assert error.message.endswith(".")


def test_unknown_fields_keep_nothing_from_being_published() -> None:
    article = with_fields("title = 'x'\ndate = 2022-04-20\ntajuk = 1\n[extra]\na = 1")
    assert [problem.field for problem in article.problems] == ["tajuk", "extra"]
    assert problem_error(article) is None


STATUSES = {
    "published": ("", NOW, Status.PUBLISHED),
    "at its moment": ("", datetime(2022, 4, 20, tzinfo=WIB), Status.PUBLISHED),
    "a second before, elsewhere": (
        "",
        datetime(2022, 4, 19, 16, 59, 59, tzinfo=UTC),
        Status.SCHEDULED,
    ),
    "draft": ("draft = true", NOW, Status.DRAFT),
    "no draft": ("draft = false", NOW, Status.PUBLISHED),
    "perhaps a draft": ('draft = "ya"', NOW, Status.DRAFT),
    "withdrawn": ('withdrawn = { date = 2022-04-21, reason = "x" }', NOW, Status.WITHDRAWN),
    "perhaps withdrawn": ("withdrawn = true\ndraft = true", NOW, Status.WITHDRAWN),
}


@pytest.mark.parametrize(("fields", "now", "status"), STATUSES.values(), ids=STATUSES)
def test_status_is_derived(fields: str, now: datetime, status: Status) -> None:
    article = with_fields(f'title = "x"\ndate = 2022-04-20\n{fields}')
    assert article.status(now) is status


def read_everything(article: Article) -> None:
    _ = (article.title, article.tags, article.summary, article.author, article.category)
    _ = (article.views, article.aliases, article.lint_ignore, article.body, article.front_matter)
    assert article.date.astimezone(UTC).isoformat()
    assert all(item.date.astimezone(UTC) for item in article.corrections)
    assert article.status(NOW) in Status
    error = problem_error(article)
    lines = article.source.count("\n") + 1
    assert error is None or (error.line or 0) in range(1, lines + 1)


FRAGMENTS = [
    b"+++\n", b"+++", b"\r\n", b"\n", b"\r", b"title", b" = ", b'"a"', b"date = ", b"2022-04-20",
    b"0001-01-01T00:00:00+23:59", b"9999-12-31T23:59:59-23:59", b"tags = [", b"]", b"[image]",
    b"corrections = [{ date = ", b", text = 'x' }]", b"draft", b"views", b"true", b"nan", b'"""',
    b"'", b"#", b"\0", b"\xff", b"\xef\xbb\xbf", "é\u2028".encode(), b"{", b"}", b"a.b.c",
]  # fmt: skip


@settings(relaxed, max_examples=1000)
@given(
    st.binary()
    | st.lists(st.sampled_from(FRAGMENTS), max_size=20).map(b"".join)
    | st.lists(st.sampled_from(FRAGMENTS), max_size=20).map(
        lambda parts: b"+++\n" + b"".join(parts) + b"\n+++\nIsi.\n"
    )
)
def test_any_bytes_are_an_article_or_an_article_error(content: bytes) -> None:
    try:
        article = parse(content)
    except ArticleError as refused:
        error = refused
    else:
        read_everything(article)
        assert article.replace_source(article.source).before == content
        return
    assert error.path == PATH
    assert error.line


values = st.fixed_dictionaries(
    {"title": texts.texts.filter(lambda text: text.strip() and not {*"\r\n"} & {*text}),
     "date": texts.moments | st.dates(date(1900, 1, 1), date(2200, 12, 31))},
    optional={
        "tags": st.lists(st.sampled_from(["sop", 'a "b"', "media sosial", "x" * 60])),
        "image": st.just({"file": "a.jpg", "alt": "Foto\nbersama"}),
        "draft": st.booleans(),
        "views": st.integers(0, 2**53 - 1),
        "corrections": st.lists(texts.moments.map(lambda moment: {"date": moment, "text": "x"})),
    },
)  # fmt: skip


@settings(relaxed, max_examples=500)
@given(values, st.text(st.characters(exclude_categories=["Cs"])))
@example({"title": "+++", "date": date(2022, 4, 20)}, "+++\n+++\n")
def test_what_is_composed_is_read_again(values: dict[str, Any], body: str) -> None:
    article = parse(compose_article(values, body))
    assert article.problems == ()
    assert {key: repr(item) for key, item in article.data.items()} == {
        key: repr(item) for key, item in values.items()
    }
    assert list(article.data) == list(values)
    assert article.body.strip("\r\n") == body.strip("\r\n")
    assert article.source.endswith("\n")


def test_a_new_article_reads_well() -> None:
    tags = ["sop", "reformasi-birokrasi", "media-sosial", "pemilu-2024", "bimbingan-teknis-daring"]
    content = compose_article(
        {"title": "Rapat", "date": datetime(2022, 4, 20, 15, tzinfo=WIB), "tags": ["sop"],
         "author": None, "aliases": [], "lint_ignore": [*tags, "x"],
         "withdrawn": {"date": date(2022, 4, 21), "reason": "x"}},
        "\n\nIsi.\n",
    )  # fmt: skip
    assert content.decode() == (
        '+++\ntitle = "Rapat"\ndate = 2022-04-20T15:00:00+07:00\ntags = ["sop"]\naliases = []\n'
        'lint_ignore = [\n    "sop",\n    "reformasi-birokrasi",\n    "media-sosial",\n'
        '    "pemilu-2024",\n    "bimbingan-teknis-daring",\n    "x",\n]\n'
        'withdrawn = { date = 2022-04-21, reason = "x" }\n+++\n\nIsi.\n'
    )
    assert compose_article({"title": "Rapat"}, "\n \n".strip()) == b'+++\ntitle = "Rapat"\n+++\n'


def test_an_article_that_could_not_be_read_is_not_composed() -> None:
    with pytest.raises(KpuError, match=r"^`summary` harus teks satu baris.*\.$"):
        compose_article({"title": "x", "date": NOW, "summary": "a\nb"}, "")
    for title, body in (("x\udcff", ""), ("x", "\udcff")):
        with pytest.raises(KpuError, match=r"^Teksnya memuat bita yang bukan UTF-8\."):
            compose_article({"title": title, "date": NOW}, body)


@settings(relaxed, max_examples=300)
@given(
    written(),
    st.sampled_from(["tags", "draft", "title"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from(["", "Isi.\n", "a\r\nb\n+++\n\u2028c"]),
)
def test_an_edit_keeps_all_around_the_field(
    written: Written, name: str, line_end: str, has_bom: bool, body: str
) -> None:
    head = (BOM if has_bom else b"") + f"+++ {line_end}".encode()
    text = written.text
    assume("+++" not in text)
    if text and not text.endswith("\n"):
        text += line_end
    tail = f"+++{line_end}{body}".encode()
    article = parse(head + text.encode() + tail)
    change = article.edit({name: True})
    assert change.path == PATH
    assert change.before == head + text.encode() + tail
    assert change.after.startswith(head)
    assert change.after.endswith(tail)
    edited = parse(change.after)
    assert edited.data[name] is True
    assert dict(edited.data, **{name: 0}) == dict(article.data, **{name: 0})
    assert edited.edit({name: True}).is_empty


def test_an_edit_that_is_refused_names_the_file() -> None:
    article = with_fields(f"title = 'x'\ndate = 2022-04-20\nx = 0x{'f' * 20_000}")
    with pytest.raises(KpuError) as caught:
        article.edit({"draft": True})
    assert caught.value.path == PATH
    with pytest.raises(KpuError, match="bukan UTF-8"):
        parse(SOUND).edit({"title": "\udcff"})


def test_lines_are_counted_by_line_feeds_only() -> None:
    article = parse(SOUND + "A\u2028B\r\nC\rD\nE".encode())
    assert [article.line_of(article.source.index(mark)) for mark in "ABCDE"] == [5, 5, 6, 6, 7]


SLUGS = {"a": True, "a-1": True, "a" * 80: True, "a" * 81: False, "-a": False, "a-": False,
         "A": False, "a_b": False, "": False, "..": False, "a\n": False, "é": False,
         "con": False, "nul": False, "com1": False, "lpt9": False, "com0": True, "com10": True,
         "con-1": True, "console": True}  # fmt: skip


@pytest.mark.parametrize(("slug", "is_good"), SLUGS.items(), ids=lambda value: repr(value)[:20])
def test_slugs(slug: str, is_good: bool) -> None:
    assert bool(SLUG.fullmatch(slug)) == is_good
    assert not re.search("[/\\\\]", slug)
