"""What words are: known, wrong, joined, foreign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.lint.lexicon import (
    Confidence,
    Kind,
    confusables,
    equivalents,
    lexicon,
    match_case,
    phrases,
    store,
)
from kpucli.lint.lexicon.build import digest_of_sources

KNOWN = [
    "menyosialisasikan",
    "disosialisasikannya",
    "mempertanggungjawabkan",
    "pertanggungjawaban",
    "ketidakadilan",
    "keberlanjutan",
    "berkesinambungan",
    "penyelenggaraan",
    "menindaklanjuti",
    "diplenokan",
    "antarlembaga",
    "pascapemilu",
    "nonpartisan",
    "subkoordinator",
    "mengkaji",
    "pengkajian",
    "mempunyai",
    "mempekerjakan",
    "mempelajari",
    "mentega",
    "mengecek",
    "memproses",
    "mentransfer",
    "mensyukuri",
    "mengkritik",
    "menstabilkan",
    "digitalisasi",
    "sekabupaten",
    "berlari-lari",
    "sebaik-baiknya",
    "tulis-menulis",
    "kehijau-hijauan",
    "sayur-mayur",
    "buku-bukunya",
    "suami-istri",
    "bekerja",
    "pelajaran",
    "pemutakhiran",
    "meminimalisasi",
    "rekapitulasinya",
    "memperbarui",
    "pemrosesan",
    "pemrograman",
    "disingkat",
    "diperbaiki",
    "memperbaikinya",
]

WRONG = [
    ("aktifitas", Kind.NONSTANDARD, "aktivitas"),
    ("dianalisa", Kind.NONSTANDARD, "dianalisis"),
    ("beresiko", Kind.NONSTANDARD, "berisiko"),
    ("mempraktekkan", Kind.NONSTANDARD, "mempraktikkan"),
    ("dikoordinir", Kind.NONSTANDARD, "dikoordinasi"),
    ("menyurvey", Kind.ENGLISH_SPELLING, "menyurvei"),
    ("mensurvei", Kind.ELISION, "menyurvei"),
    ("mempengaruhi", Kind.ELISION, "memengaruhi"),
    ("mensukseskan", Kind.ELISION, "menyukseskan"),
    ("mentaati", Kind.ELISION, "menaati"),
    ("mengkoordinasikan", Kind.ELISION, "mengoordinasikan"),
    ("mempedulikan", Kind.ELISION, "memedulikan"),
    ("pengkomunikasian", Kind.ELISION, "pengomunikasian"),
    ("pengrusakan", Kind.ELISION, "perusakan"),
    ("memroses", Kind.ELISION, "memproses"),
    ("objektifitas", Kind.NONSTANDARD, "objektivitas"),
    ("system", Kind.ENGLISH_SPELLING, "sistem"),
    ("kerjasama", Kind.COMPOUND, "kerja sama"),
    ("dimana", Kind.JOINED, "di mana"),
    ("ditingkat", Kind.JOINED, "di tingkat"),
    ("pertahun", Kind.JOINED, "per tahun"),
    ("kapanpun", Kind.JOINED, "kapan pun"),
    ("oktober", Kind.CAPITAL, "Oktober"),
    ("meyerahkan", Kind.MISSPELLED, "menyerahkan"),
    ("adminsitratif", Kind.MISSPELLED, "administratif"),
    ("melakukukan", Kind.MISSPELLED, "melakukan"),
    ("salahsatu", Kind.COMPOUND, "salah satu"),
]


@pytest.mark.parametrize("word", KNOWN)
def test_standard_words_are_known(word: str) -> None:
    """Whatever affixes made them."""
    assert lexicon().judge(word).kind is Kind.KNOWN


@pytest.mark.parametrize(("word", "kind", "right"), WRONG, ids=[word for word, *_ in WRONG])
def test_wrong_words_are_told_apart_and_righted(word: str, kind: Kind, right: str) -> None:
    """Each by the rule that will report it."""
    verdict = lexicon().judge(word)
    assert (verdict.kind, verdict.right) == (kind, right)


@pytest.mark.parametrize("word", ["jagongan", "kptq", "zzz", ""])
def test_what_resembles_nothing_gets_no_right_form(word: str) -> None:
    """No guess is better than a wild one."""
    assert lexicon().judge(word).right is None


@pytest.mark.parametrize(
    ("token", "kind", "right"),
    [
        ("Opearsional", Kind.MISSPELLED, "Operasional"),
        ("KEMENTRIAN", Kind.NONSTANDARD, "KEMENTERIAN"),
        ("KPU", Kind.NAME, None),
        ("Jakarta", Kind.KNOWN, None),
        ("suaraPemilu", Kind.MISSPELLED, "suara Pemilu"),
        ("PermenPANRB", Kind.NAME, None),
        ("Windra", Kind.NAME, None),
        ("Anamz", Kind.UNKNOWN, None),
    ],
)
def test_case_counts_and_is_kept(token: str, kind: Kind, right: str | None) -> None:
    """Capitals tell names and acronyms; the right form has the token's case."""
    verdict = lexicon().judge_token(token)
    assert (verdict.kind, verdict.right) == (kind, right)


def test_confidence_follows_slip_and_frequency() -> None:
    """A transposition in a long frequent word is sure, another letter in a short one is not."""
    assert lexicon().judge("kulaitas").confidence is Confidence.HIGH
    assert lexicon().judge("surar").confidence is Confidence.MEDIUM


@given(st.text(max_size=30))
def test_nothing_makes_it_fail(text: str) -> None:
    """Any text is judged."""
    lexicon().judge(text)
    lexicon().judge_token(text)
    lexicon().suggest(text)


@given(st.text("abcdefghijklmnopqrstuvwxyz-", max_size=20))
def test_suggestions_are_known_words_in_order(word: str) -> None:
    """Each suggestion is made of known words, the best comes first."""
    found = lexicon().suggest(word)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(lexicon().is_known(part) for one in found for part in one.word.split())


@pytest.mark.parametrize(
    "name", ["tidak_baku.tsv", "gabungan.tsv", "ejaan_inggris.tsv", "padanan.tsv"]
)
def test_right_forms_in_the_lists_are_known(name: str) -> None:
    """A list never leads to a word that would be reported itself."""
    unknown = {
        part
        for columns in store.read_table(name).values()
        for part in columns[0].lower().replace(";", " ").replace("-", " ").split()
        if part.isalpha() and not lexicon().is_known(part) and not lexicon().is_name(part)
    }
    assert unknown <= {"qur’an", "al"}


def test_wrong_forms_in_the_map_are_not_known() -> None:
    """The map and the words do not contradict each other."""
    for wrong, (right, *_) in store.read_table("tidak_baku.tsv").items():
        if " " not in wrong and wrong != right.lower():
            assert wrong not in store.word_data().roots
            assert lexicon().judge(wrong).right == right


def test_lists_have_the_size_that_was_asked_for() -> None:
    """And their tables are read."""
    assert len(store.read_table("tidak_baku.tsv")) >= 700
    assert len(equivalents()) >= 300
    assert len(store.read_table("ejaan_inggris.tsv")) >= 200
    assert equivalents()["deadline"] == ("tenggat",)
    assert phrases()["nara sumber"] == "narasumber"
    assert any("media" in entry.before for entry in confusables()["masa"])


def test_confusables_are_known_words_both() -> None:
    """A confusable is a real word for another real word."""
    for word, entries in confusables().items():
        assert lexicon().is_known(word) or lexicon().is_english(word)
        assert all(lexicon().is_known(entry.meant) for entry in entries)
        assert all(entry.before or entry.after for entry in entries)


def test_packed_data_is_as_new_as_the_lists() -> None:
    """`python -m kpucli.lint.lexicon.build` was run after the last change to them."""
    assert store.word_data().digest == digest_of_sources()


def test_packing_loses_nothing() -> None:
    """Data comes back as it went in."""
    data = store.word_data()
    assert store.unpack(store.pack(data)) == data


@pytest.mark.parametrize(
    ("token", "right"), [("abc", "xyz"), ("Abc", "xyz"), ("ABC", "xyz"), ("Abc", "Xyz")]
)
def test_case_is_carried_over(token: str, right: str) -> None:
    """Lower, capitalised, all capitals."""
    matched = match_case(token, right)
    assert matched.lower() == right.lower()
    assert matched.isupper() == token.isupper()
