"""The site as it stands here: hashed once, and held to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kpucli.errors import KpuError
from kpucli.upload.site import open_site


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    public, memory = tmp_path / "public", tmp_path / "memory"
    memory.mkdir()
    (public / "berita").mkdir(parents=True)
    (public / "index.html").write_text("depan")
    (public / "berita/index.html").write_text("berita")
    (public / ".kpucli-situs").write_text("penanda")
    return public, memory


def test_what_is_no_part_of_the_site_is_left_out(place: tuple[Path, Path]) -> None:
    site = open_site(*place)
    assert list(site.hashes) == ["berita/index.html", "index.html"]
    assert site.read("index.html") == b"depan"
    site.close()


def test_only_what_changed_is_read_again(place: tuple[Path, Path]) -> None:
    public, memory = place
    open_site(public, memory).close()
    page = public / "index.html"
    status = page.stat()
    page.write_text("DEPAN")  # in place, with the time it had: nobody but a test does that
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    (public / "baru.html").write_text("baru")
    site = open_site(public, memory)
    assert set(site.hashes) == {"index.html", "berita/index.html", "baru.html"}
    with pytest.raises(KpuError, match="berubah"):
        site.read("index.html")
    site.close()
    (memory / "sidik").write_text("rusak\n")
    site = open_site(public, memory)
    assert site.read("index.html") == b"DEPAN"
    site.close()


def test_a_publish_meanwhile_changes_nothing_or_is_noticed(place: tuple[Path, Path]) -> None:
    public, memory = place
    site = open_site(public, memory)
    public.rename(public.with_name("lama"))
    public.mkdir()
    (public / "index.html").write_text("lain")
    assert site.read("index.html") == b"depan"
    (public.with_name("lama") / "index.html").write_text("lain")
    with pytest.raises(KpuError, match="berubah"):
        site.read("index.html")
    site.close()


def test_links_and_pipes_are_refused(place: tuple[Path, Path]) -> None:
    public, memory = place
    (public / "rahasia.html").symlink_to("/etc/passwd")
    with pytest.raises(KpuError, match="bukan berkas biasa"):
        open_site(public, memory)
    (public / "rahasia.html").unlink()
    os.mkfifo(public / "pipa")
    with pytest.raises(KpuError, match="bukan berkas biasa"):
        open_site(public, memory)
