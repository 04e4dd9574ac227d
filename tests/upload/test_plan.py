"""What is sent, in which order: as functions of what is here and what is said to be there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.config import UploadConfig
from kpucli.upload.journal import Journal
from kpucli.upload.plan import (
    UNKNOWN,
    Stage,
    find_folders,
    make_address,
    make_items,
    make_plan,
    recall,
    stage_of,
)
from kpucli.upload.record import (
    Claim,
    Manifest,
    decode_claim,
    decode_manifest,
    encode_claim,
    encode_manifest,
)
from kpucli.upload.target import Target

TARGET = Target("utama", "file:///x", "file", "", None, "", "/x", UploadConfig())
S3 = replace(TARGET, scheme="s3")
PATHS = st.sampled_from(
    ["index.html", "gaya.0123456789.css", "gaya.abcdef0123.css", "umpan.atom", "logo.svg"]
    + [f"berita/2022/{name}/index.html" for name in "abcdef"]
)
HASHES = st.sampled_from([letter * 64 for letter in "123"])
SITES = st.dictionaries(PATHS, HASHES)
MARKS = st.dictionaries(PATHS, HASHES.map(lambda digest: digest[:32]))


@given(site=SITES, files=MARKS, sent=MARKS, claimed=st.frozensets(PATHS), ours=st.booleans())
def test_a_plan_leads_from_any_state_to_the_site(
    site: dict[str, str],
    files: dict[str, str],
    sent: dict[str, str],
    claimed: frozenset[str],
    ours: bool,
) -> None:
    manifest = Manifest("a" * 16, 1, "", files, frozenset())
    journal = Journal(0, "", "b" * 16, sent=sent)
    claim = Claim("b" * 16 if ours else "c" * 16, manifest.id, "", claimed)
    items = make_items(site, TARGET)
    known = recall(manifest, claim, journal)
    plan = make_plan(items, known, manifest)
    there = {path: mark for path, mark in known.items() if path not in plan.removed}
    there |= {path: items[path].mark for path in plan.to_send}
    wanted = {path: item.mark for path, item in items.items()}
    assert {path: mark for path, mark in there.items() if path not in plan.retired} == wanted
    assert not plan.retired & wanted.keys()
    assert len(plan.added) + len(plan.changed) + plan.unchanged == len(wanted)


def test_what_a_stopped_upload_may_have_touched_is_not_believed() -> None:
    manifest = Manifest("a" * 16, 1, "", {"x": "1", "y": "1"}, frozenset())
    claim = Claim("c" * 16, "a" * 16, "", frozenset({"x", "z"}))
    known = recall(manifest, claim, Journal(0, "", "b" * 16, sent={"x": "2"}))
    assert known == {"x": UNKNOWN, "y": "1", "z": UNKNOWN}
    older = replace(claim, base="d" * 16)
    assert recall(manifest, older, Journal(0, "")) == {"x": "1", "y": "1"}


@pytest.mark.parametrize(
    ("path", "stage"),
    [
        ("gaya.512b63d25f.css", Stage.ASSETS),
        ("berita/2022/apel/foto-800.1f3a5c7e9b.avif", Stage.ASSETS),
        ("pagefind/index/id_c740438.pf_index", Stage.ASSETS),
        ("berita/2022/apel/index.html", Stage.ARTICLES),
        ("tag/sop/index.html", Stage.LISTS),
        ("tag/sop/index.html.gz", Stage.LISTS),
        ("404.html", Stage.LISTS),
        ("pagefind/pagefind-entry.json", Stage.LISTS),
        ("tag/sop/umpan.atom", Stage.FEEDS),
        ("peta-situs.xml", Stage.FEEDS),
        ("robots.txt", Stage.FEEDS),
        ("index.html", Stage.FRONT),
    ],
)
def test_what_leads_to_something_comes_after_it(path: str, stage: Stage) -> None:
    assert stage_of(path) is stage


def test_a_change_of_settings_sends_a_file_anew() -> None:
    hashes = {"index.html": "1" * 64, "foto.jpg": "2" * 64}
    encoded = replace(S3, settings=UploadConfig(compress="encoded"))
    plain, gzipped = make_items(hashes, S3), make_items(hashes, encoded)
    assert plain["index.html"].mark != gzipped["index.html"].mark
    assert plain["foto.jpg"] == gzipped["foto.jpg"]


def test_compressed_files_beside_the_plain_ones() -> None:
    target = replace(TARGET, settings=UploadConfig(compress="beside"))
    items = make_items({"index.html": "1" * 64, "foto.jpg": "2" * 64}, target)
    assert items.keys() == {"index.html", "index.html.gz", "foto.jpg"}
    assert items["index.html.gz"].gzip


def test_folders_come_before_what_is_in_them() -> None:
    assert find_folders(["a/b/c.html", "a/d.html", "e.html"], ["a/x.html"]) == ["a/b"]
    assert find_folders(["a/b/c.html"]) == ["a", "a/b"]


def test_addresses_are_those_that_browsers_ask_for() -> None:
    base = "https://kpu.contoh.go.id"
    assert make_address("index.html", base) == f"{base}/"
    assert make_address("berita/2022/a/index.html.gz", base) == f"{base}/berita/2022/a/"
    assert make_address("umpan.atom", base) == f"{base}/umpan.atom"


IDS = st.text("0123456789abcdef", min_size=16, max_size=16)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@given(id=IDS, generation=st.integers(0, 10**9), time=TEXTS, files=MARKS, data=st.data())
def test_a_manifest_comes_back_as_it_was(
    id: str,  # noqa: A002
    generation: int,
    time: str,
    files: dict[str, str],
    data: st.DataObject,
) -> None:
    retired = data.draw(st.frozensets(st.sampled_from(sorted(files)))) if files else frozenset()
    manifest = Manifest(id, generation, time, files, retired)
    assert decode_manifest(encode_manifest(manifest)) == manifest
    claim = Claim(id, id, time, frozenset(files))
    assert decode_claim(encode_claim(claim)) == claim


@given(st.binary(max_size=200))
def test_a_broken_claim_is_none(content: bytes) -> None:
    assert decode_claim(content) is None


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/passwd", "a//b", "a/./b", "a/../../b", "", ".kpucli-kunci", "a\r\nDELE b"],
)
def test_a_record_whose_paths_lead_elsewhere_is_refused(path: str) -> None:
    from kpucli.errors import KpuError

    manifest = Manifest("a" * 16, 1, "", {path: "1" * 32}, frozenset())
    with pytest.raises(KpuError, match=r"--verify|rusak"):
        decode_manifest(encode_manifest(manifest))
    assert decode_claim(encode_claim(Claim("a" * 16, "", "", frozenset({path})))) is None
