"""Uploads to real servers: only what changed, nothing foreign, everything verified."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.upload.conftest import MakePlace
from tests.upload.places import BASE, Place, make_site

KINDS = ["folder", "sftp", "sftp-password", "ftps", "webdav", "s3"]


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, make_place: MakePlace) -> Place:
    """A place on each kind of server."""
    return make_place(request.param)


def counts(outcome: dict[str, object]) -> tuple[object, ...]:
    return tuple(outcome[name] for name in ("added", "changed", "removed", "unchanged", "sent"))


def test_only_what_changed_is_sent_and_removed(place: Place) -> None:
    first, second = make_site("satu"), make_site("satu")
    second["berita/2022/acara-0/index.html"] += " Ralat."
    second["berita/2022/baru/index.html"] = "baru"
    del second["berita/2022/acara-1/index.html"]
    place.publish(first)
    told = place.upload_json()
    assert counts(told) == (len(first), 0, 0, 0, len(first))
    assert place.read() == first
    assert counts(place.upload_json()) == (0, 0, 0, len(first), 0)
    place.publish(second)
    told = place.upload_json()
    assert counts(told) == (1, 1, 1, len(first) - 2, 2)
    assert told["purge"] == [
        f"{BASE}/berita/2022/acara-0/",
        f"{BASE}/berita/2022/acara-1/",
        f"{BASE}/berita/2022/baru/",
    ]
    assert place.read() == second
    assert not (place.server.place / "berita/2022/acara-1").exists()


@pytest.mark.parametrize("kind", ["folder", "sftp", "ftps"])
def test_a_changed_file_is_another_file(kind: str, make_place: MakePlace) -> None:
    """Whoever reads the old one reads all of it: nothing is ever written into a file in place."""
    place = make_place(kind)
    place.publish(make_site("satu"))
    place.upload()
    read = place.server.place / "arsip" / "index.html"
    held = place.server.folder.parent / "terbuka.html"
    held.hardlink_to(read)
    before = held.read_bytes()
    place.publish(make_site("dua"))
    place.upload()
    assert read.read_bytes() != before
    assert held.read_bytes() == before


def test_verify_finds_what_others_did_and_puts_it_right(place: Place) -> None:
    site = make_site("satu")
    place.publish(site)
    place.upload()
    top = place.server.place
    (top / "robots.txt").write_text("x" * len(site["robots.txt"]))
    (top / "umpan.atom").unlink()
    (top / "titipan").mkdir()
    (top / "titipan/surat.html").write_text("milik orang lain")
    place.server.look_again()
    assert counts(place.upload_json())[:3] == (0, 0, 0)
    told = place.upload_json("--verify")
    assert counts(told)[:3] == (0, 2, 0)
    assert told["foreign"] == ["titipan/surat.html"]
    assert place.read() == site | {"titipan/surat.html": "milik orang lain"}
    assert "titipan/surat.html" in place.upload("--verify").err


def test_what_others_brought_is_not_overwritten_without_a_word(place: Place) -> None:
    site = make_site("satu")
    place.publish(site)
    (place.server.place / "index.html").write_text("Selamat datang di hosting Anda")
    (place.server.place / "catatan.txt").write_text("jangan hapus")
    place.server.look_again()
    result = place.upload(code=1)
    assert "index.html" in result.err
    assert "--overwrite" in result.err
    assert len(place.read()) == 2
    assert place.upload_json("--overwrite")["foreign"] == ["catatan.txt"]
    assert place.read() == site | {"catatan.txt": "jangan hapus"}


def test_a_lost_record_is_made_again_without_sending(place: Place) -> None:
    site = make_site("satu")
    place.publish(site)
    place.upload()
    (place.server.place / ".kpucli-unggahan.json.gz").write_bytes(b"rusak")
    place.server.look_again()
    assert "--verify" in place.upload(code=2).err
    assert place.upload_json("--verify")["sent"] == 0
    assert counts(place.upload_json()) == (0, 0, 0, len(site), 0)


def test_a_dry_run_changes_nothing(make_place: MakePlace) -> None:
    place = make_place("folder")
    site = make_site("satu")
    place.publish(site)
    result = place.upload("--dry-run")
    assert [line[:2] for line in result.out.splitlines()] == ["+ "] * len(site)
    assert list(place.server.place.iterdir()) == []


def test_many_removals_are_refused_without_a_word(make_place: MakePlace) -> None:
    place = make_place("folder")
    before, after = make_site("satu", 40), make_site("satu", 5)
    place.publish(before)
    place.upload()
    place.publish(after)
    assert "--allow-removals" in place.upload(code=1).err
    assert place.read() == before
    place.upload("--allow-removals")
    assert place.read() == after


def test_a_stylesheet_stays_for_one_more_upload(make_place: MakePlace) -> None:
    place = make_place("folder")
    sites = [make_site(version) for version in ("satu", "dua", "tiga")]
    styles = [next(path for path in site if path.endswith(".css")) for site in sites]
    for site in sites:
        place.publish(site)
        place.upload()
        assert place.read().items() >= site.items()
    assert [style in place.read() for style in styles] == [False, True, True]
    assert place.upload_json()["removed"] == 0


def test_an_upload_elsewhere_keeps_others_out_until_taken_over(
    make_place: MakePlace,
) -> None:
    place = make_place("folder")
    site, other = make_site("satu"), make_site("dua")
    place.publish(site)
    place.upload()
    place.publish(other)
    claim = place.server.place / ".kpucli-kunci.json.gz"
    claim.write_bytes(make_claim(place))
    (place.server.place / "index.html").write_text("setengah jalan")
    result = place.upload(code=2)
    assert "2022-04-20" in result.err
    assert "--take-over" in result.err
    place.upload("--take-over")
    assert place.read().items() >= other.items()
    assert not claim.exists()


def test_a_change_from_elsewhere_is_said(make_place: MakePlace) -> None:
    place = make_place("folder")
    place.publish(make_site("satu"))
    assert place.upload_json()["elsewhere"] is None
    place.publish(make_site("dua"))
    memory = place.office.folder / ".kpucli"
    memory.rename(memory.with_name("sana"))
    place.upload()
    shutil.rmtree(memory)
    memory.with_name("sana").rename(memory)
    assert place.upload_json()["elsewhere"] is not None
    assert "dari tempat lain" in place.upload().err
    place.publish(make_site("tiga"))
    place.upload()
    assert place.upload_json()["elsewhere"] is None


def make_claim(place: Place) -> bytes:
    from kpucli.upload.record import MANIFEST, Claim, decode_manifest, encode_claim

    manifest = decode_manifest((place.server.place / MANIFEST).read_bytes())
    paths = frozenset({"index.html"})
    return encode_claim(Claim("0" * 16, manifest.id, "2022-04-20T15:00:00+07:00", paths))


def test_two_uploads_at_once_from_one_computer_are_refused(make_place: MakePlace) -> None:
    from kpucli.upload.journal import open_journal

    place = make_place("folder")
    place.publish(make_site("satu"))
    place.upload()
    memory = place.office.folder / ".kpucli" / "unggah"
    with open_journal(memory, "utama", f"file://{place.server.folder}"):
        assert "sedang berjalan" in place.upload(code=2).err
    place.upload()


def test_publish_builds_and_sends(make_place: MakePlace) -> None:
    place = make_place("folder")
    place.office.add("2022/apel")
    told = json.loads(place.office.run("publish", "--to", "utama", "--format", "json").out)
    assert told["upload"]["added"] == told["added"]
    assert f"{BASE}/berita/2022/apel/" in told["upload"]["purge"]
    assert "berita/2022/apel/index.html" in place.server.files()
    place.office.add("2022/rapat")
    assert "Terkirim" in place.office.run("publish", "--to", "utama").err
    assert "berita/2022/rapat/index.html" in place.server.files()
    built = place.output.stat().st_ino
    place.office.add("2022/upacara")
    place.office.run("publish", "--to", "lain", code=2)
    place.office.run("publish", "--to", "utama", "--dry-run", code=2)
    assert place.output.stat().st_ino == built


def test_without_a_site_or_a_target_it_says_what_to_do(make_place: MakePlace) -> None:
    place = make_place("folder")
    assert "kpucli publish" in place.upload(code=2).err
    assert "Yang ada: utama" in place.upload("lain", code=2).err
    (place.office.folder / "kpucli.toml").write_text("")
    assert "[upload.utama]" in place.upload(code=2).err
