"""`kpucli caption`: limits kept, sentences whole, nothing posted."""

from __future__ import annotations

import json
import stat
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.article import compose_article, parse_article
from kpucli.caption import NETWORKS, Network, Story, make_story, write_caption
from kpucli.caption.counting import count_hashtags
from kpucli.config import CaptionConfig, Config
from kpucli.config.model import CaptionCharacters, CaptionHashtags
from kpucli.dates import ZONES
from kpucli.errors import RefusedError
from tests.conftest import Office
from tests.properties import relaxed

LINK = "https://kpu.contoh.go.id/berita/2022/apel/"
NAMES = ["instagram", "x", "tiktok", "facebook", "whatsapp"]
FIELDS = """\
title = "Apel Senin Diikuti Semua Pegawai"
tags = ["apel", "media-sosial", "pemilu-2024", "2024"]
summary = "Semua pegawai mengikuti apel Senin."\
"""
BODY = """\
**KOTA CONTOH, kpu.contoh.go.id** – Apel dipimpin oleh Dr. Budi, S.H., di Jl. Kawi No. 5. Hadir \
pula [Ketua](https://kpu.go.id) dkk. dari KPU Provinsi. “Kita harus bersiap,” katanya.

Paragraf kedua tidak ikut.
"""
SENTENCES = [
    "Apel dipimpin oleh Dr. Budi, S.H., di Jl. Kawi No. 5.",
    "Hadir pula Ketua dkk. dari KPU Provinsi.",
    "“Kita harus bersiap,” katanya.",
]


@pytest.fixture
def filled(office: Office) -> Office:
    office.add("2022/apel", FIELDS, BODY)
    return office


def configure(office: Office, settings: str) -> None:
    path = office.folder / "kpucli.toml"
    path.write_text(path.read_text() + settings)


def read_json(office: Office, *arguments: str, code: int = 0) -> dict[str, dict[str, Any]]:
    rows = json.loads(office.run("caption", "apel", *arguments, "--format", "json", code=code).out)
    return {row["network"]: row for row in rows}


def test_each_network_has_its_caption(filled: Office) -> None:
    found = read_json(filled)
    assert list(found) == NAMES
    hashtags = "#KPUKotaContoh #Apel #MediaSosial #Pemilu2024"
    title, lead = "Apel Senin Diikuti Semua Pegawai", " ".join(SENTENCES)
    bio = "Selengkapnya di kpu.contoh.go.id (tautan di bio)."
    summary = "Semua pegawai mengikuti apel Senin."
    assert found["instagram"]["text"] == f"{title}\n\n{lead}\n\n{bio}\n\n{hashtags}"
    assert found["tiktok"]["text"] == f"{title}\n\n{summary}\n\n{bio}\n\n{hashtags}"
    assert found["facebook"]["text"] == f"{title}\n\n{lead}\n\nSelengkapnya: {LINK}\n\n{hashtags}"
    assert found["whatsapp"]["text"] == f"*{title}*\n\n{lead}\n\nSelengkapnya: {LINK}\n\n{hashtags}"
    assert found["x"] == {
        "network": "x",
        "text": f"{title}\n\n{summary}\n\n{LINK}\n\n#KPUKotaContoh #Apel #MediaSosial",
        "characters": len(title) + len(summary) + 23 + 33 + 6,
        "limit": 280,
        "hashtags": 3,
    }


def test_all_are_shown_with_their_lengths(filled: Office) -> None:
    result = filled.run("caption", "2022/apel")
    lines = [line for line in result.out.splitlines() if line.startswith("──")]
    assert lines[1] == "── X: 129 dari 280 karakter, 3 tagar ──"
    assert len(lines) == 5
    assert result.err == ""


def test_one_is_written_as_it_is_for_other_programs(filled: Office) -> None:
    result = filled.run("caption", "apel", "--network", "x")
    assert result.out == read_json(filled)["x"]["text"] + "\n"
    assert result.err == "X: 129 dari 280 karakter, 3 tagar\n"
    assert list(read_json(filled, "-n", "whatsapp", "-n", "x")) == ["x", "whatsapp"]


def test_hashtags_and_limits_are_the_offices(filled: Office) -> None:
    configure(
        filled,
        '[caption]\nhouse_hashtags = ["#KPUMelayani", "TemanPemilih"]\n'
        "sentences = 2\n[caption.hashtags]\nx = 1\nfacebook = 0\n"
        "[caption.characters]\nwhatsapp = 200\n"
        '[tag_labels]\napel = "Apel Pagi!"\n',
    )
    found = read_json(filled)
    assert found["instagram"]["text"].endswith(
        "\n\n#KPUMelayani #TemanPemilih #ApelPagi #MediaSosial #Pemilu2024"
    )
    assert found["x"]["text"].endswith(f"{LINK}\n\n#KPUMelayani")
    assert found["instagram"]["text"].split("\n\n")[1] == " ".join(SENTENCES[:2])
    assert found["facebook"]["text"].endswith(LINK)
    assert found["whatsapp"]["characters"] <= found["whatsapp"]["limit"] == 200
    assert SENTENCES[0] in found["whatsapp"]["text"]
    assert SENTENCES[1] not in found["whatsapp"]["text"]


def test_hashtags_of_the_text_itself_count_towards_the_limit(office: Office) -> None:
    body = "Ikuti lomba #Satu #Dua #Tiga #Empat yang terbuka bagi semua pemilih muda.\n"
    office.add("2022/apel", 'tags = ["apel", "lomba"]', body)
    assert read_json(office)["instagram"]["hashtags"] == 5


@pytest.mark.parametrize(
    "setting",
    [
        'house_hashtags = ["dua kata"]',
        'house_hashtags = ["2024"]',
        'house_hashtags = "KPU"',
        "characters = { x = 0 }",
        "characters = { twitter = 280 }",
        "hashtags = { x = -1 }",
    ],
)
def test_wrong_settings_are_refused(filled: Office, setting: str) -> None:
    configure(filled, f"[caption]\n{setting}\n")
    assert "kpucli.toml:" in filled.run("caption", "apel", code=2).err


def test_a_title_that_does_not_fit_is_refused_and_the_others_are_written(office: Office) -> None:
    office.add("2022/apel", f'title = "{"Apel Senin Pagi " * 20}"')
    result = office.run("caption", "apel", "--format", "json", code=1)
    assert [row["network"] for row in json.loads(result.out)] == [
        "instagram", "tiktok", "facebook", "whatsapp",
    ]  # fmt: skip
    assert "Judul dan tautan" in result.err
    assert "Pendekkan judulnya." in result.err
    alone = office.run("caption", "apel", "-n", "x", code=1)
    assert alone.out == ""


@pytest.mark.parametrize(
    ("field", "message", "code"),
    [
        ("draft = true", "Berita ini masih draf; tautannya belum dapat dibuka.\n", 0),
        (
            "date = 2099-01-02T09:00:00+07:00",
            "Berita ini baru terbit 2 Januari 2099 pukul 09.00 WIB; tautannya belum dapat",
            0,
        ),
        (
            'withdrawn = { date = 2022-05-01T00:00:00+07:00, reason = "Keliru." }',
            "articles/2022/apel.md: Berita ini sudah ditarik.\n",
            1,
        ),
    ],
)
def test_readers_who_could_not_follow_the_link_are_thought_of(
    office: Office, field: str, message: str, code: int
) -> None:
    office.add("2022/apel", field)
    result = office.run("caption", "apel", code=code)
    assert message in result.err
    assert bool(result.out) == (code == 0)


def test_a_site_that_has_no_address_yet_is_told_of(empty_folder: Office) -> None:
    (empty_folder.folder / "kpucli.toml").write_text("")
    empty_folder.add("2022/apel")
    result = empty_folder.run("caption", "apel")
    assert result.err == "Tautannya belum ke situs Anda; isi `base_url` di konfigurasi.\n"
    assert "http://localhost:8000/berita/2022/apel/" in result.out


def test_nothing_in_a_caption_commands_a_terminal(office: Office) -> None:
    office.add(
        "2022/apel", r'title = "Apel \u001b[31m\u202eSenin"', "Isi \x1b]0;judul\x07 yang aneh.\n"
    )
    out = office.run("caption", "apel").out
    assert not any(mark in out for mark in ("\x1b", "\u202e", "\x07"))


# The clipboard


def put_program(folder: Path, name: str, script: str) -> str:
    """A search path with a program of that name, beside what a shell script needs."""
    folder.mkdir()
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(folder)


@pytest.mark.parametrize("name", ["wl-copy", "xclip", "xsel", "pbcopy"])
def test_a_caption_is_copied_where_a_clipboard_is(filled: Office, name: str) -> None:
    path = put_program(filled.folder / "bin", name, "exec /bin/cat > disalin.txt")
    result = filled.run(
        "caption", "apel", "-n", "facebook", "--copy", PATH=path, DISPLAY=":0", WAYLAND_DISPLAY="w"
    )
    assert "Takarir Facebook sudah disalin.\n" in result.err
    assert (filled.folder / "disalin.txt").read_text() == result.out.removesuffix("\n")


def test_windows_gets_utf16(filled: Office) -> None:
    path = put_program(filled.folder / "bin", "clip.exe", "exec /bin/cat > disalin.txt")
    result = filled.run("caption", "apel", "-n", "x", "--copy", PATH=path)
    assert (filled.folder / "disalin.txt").read_bytes().decode("utf-16") == result.out.strip()


def test_a_clipboard_that_refuses_is_told_of(filled: Office) -> None:
    path = put_program(filled.folder / "bin", "wl-copy", "exit 3")
    result = filled.run(
        "caption", "apel", "-n", "x", "--copy", code=2, PATH=path, WAYLAND_DISPLAY="w"
    )
    assert "Teks tidak dapat disalin: wl-copy gagal." in result.err
    assert LINK in result.out


def test_no_clipboard_and_no_choice_are_told_of(filled: Office) -> None:
    path = put_program(filled.folder / "bin", "xclip", "exit 0")  # but no desktop
    result = filled.run("caption", "apel", "-n", "x", "--copy", code=2, PATH=path)
    assert "Papan klip tidak ditemukan. Pasang wl-clipboard atau xclip" in result.err
    result = filled.run("caption", "apel", "--copy", code=2)
    assert "Yang disalin hanya satu takarir. Sebutkan jejaringnya" in result.err
    assert result.out == ""


# Any story

WORDS = st.sampled_from(
    "apel Dr. S.H. No. 5 dkk. “mari” (semua) 08.00 kpu.go.id #Damai 👍 日本 e\u0301 – KPU".split()
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=25).map(lambda words: f"Kata {' '.join(words)}.")
STORIES = st.builds(
    Story,
    title=st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    summary=st.lists(SENTENCE, max_size=3).map(tuple),
    lead=st.lists(SENTENCE, max_size=9).map(tuple),
    link=st.just(LINK),
    site=st.just("kpu.contoh.go.id"),
    hashtags=st.lists(st.sampled_from("abcdefgh"), unique=True).map(
        lambda names: tuple(f"#KPU{name}" for name in names)
    ),
)


@relaxed
@given(STORIES, st.sampled_from(NETWORKS), st.integers(40, 700), st.integers(0, 6))
def test_no_limit_is_passed_and_no_sentence_broken(
    story: Story, network: Network, characters: int, hashtags: int
) -> None:
    config = CaptionConfig(
        characters=CaptionCharacters(**{network.key: characters}),
        hashtags=CaptionHashtags(**{network.key: hashtags}),
    )
    try:
        caption = write_caption(story, network, config)
    except RefusedError:
        return
    text = caption.text
    assert network.count(text) == caption.characters <= caption.limit == characters
    parts = text.split("\n\n")
    assert story.title in parts[0]
    added = parts[-1].split() if parts[-1].startswith("#KPU") else []
    assert added == list(story.hashtags[: len(added)])
    assert not added or count_hashtags(text) <= hashtags
    lead = parts[1] if len(parts) > 2 + bool(added) else ""
    assert _is_beginning(lead, story.lead) or _is_beginning(lead, story.summary)


def _is_beginning(text: str, sentences: Sequence[str]) -> bool:
    return any(text == " ".join(sentences[:count]) for count in range(len(sentences) + 1))


@relaxed
@given(STORIES, st.sampled_from(NETWORKS))
def test_more_room_never_says_less(story: Story, network: Network) -> None:
    lengths = []
    for characters in range(150, 1500, 50):
        config = CaptionConfig(characters=CaptionCharacters(**{network.key: characters}))
        try:
            lengths.append(len(write_caption(story, network, config).text.split("#KPU")[0]))
        except RefusedError:
            lengths.append(0)
    assert lengths[-1] == max(lengths)


def test_a_quotation_is_not_cut_in_its_middle() -> None:
    fields = {"title": "Apel", "date": datetime(2022, 4, 20, tzinfo=ZONES["WIB"])}
    body = "“Mari bersiap. Waktu kita sempit sekali.” Demikian pesan ketua kepada pegawai."
    path = Path("articles/2022/apel.md")
    article = parse_article(compose_article(fields, body), path, ZONES["WIB"])
    story = make_story(article, Config(root=Path(), source=None, name="A"))
    assert len(story.lead) == 3
    facebook = next(network for network in NETWORKS if network.key == "facebook")
    shown = set()
    for characters in range(75, 200):
        config = CaptionConfig(characters=CaptionCharacters(facebook=characters))
        shown.add(write_caption(story, facebook, config).text.split("\n\n")[1])
    assert {text for text in shown if text.startswith("“")} == {
        "“Mari bersiap. Waktu kita sempit sekali.”",
        body,
    }
