"""`kpucli publish`, run as a user runs it."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.bench.corpus import make_corpus
from tests.conftest import CONFIG, Office
from tests.publish.web import find_dead_links, read_pages

BASE = "https://kpu.contoh.go.id"
NOW = "2022-06-01T09:00:00+07:00"


@pytest.fixture
def filled(office: Office) -> Office:
    """An office with two articles, a draft and one of the third of June."""
    office.add("2022/apel", 'tags = ["apel"]\nviews = 44')
    office.add("2022/bimtek", 'tags = ["sop", "apel"]')
    office.add("2022/draf", 'title = "Rahasia"\ndraft = true', "Rahasia.\n")
    office.add("2022/nanti", "date = 2022-06-03T09:00:00+07:00", "Rahasia sampai Jumat.\n")
    return office


def publish(office: Office, *arguments: str, **environment: str) -> dict[str, int]:
    everything = ("publish", "--now", NOW, "--format", "json", *arguments)
    result = office.run(*everything, code=0, **environment)
    counts: dict[str, int] = json.loads(result.out)
    assert isinstance(counts.pop("seconds"), float)
    return counts


def site(folder: Path) -> dict[str, bytes]:
    """The files of the site; the marker is none of them."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".kpucli-situs"
    }


def state(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file and folder, and when it was last touched; not what is only remembered."""
    return {
        str(path): (path.stat().st_ino, path.stat().st_mtime_ns, path.stat().st_size)
        for path in folder.rglob("*")
        if ".kpucli" not in path.parts
    }


def test_the_numbers_are_those_of_the_files(filled: Office) -> None:
    public = filled.folder / "public"
    counts = publish(filled)
    first = site(public)
    assert counts == {"added": len(first), "changed": 0, "removed": 0, "unchanged": 0}
    (filled.folder / "articles/2022/apel.md").unlink()
    filled.add("2022/rapat")
    counts = publish(filled)
    second = site(public)
    assert counts == {
        "added": len(second.keys() - first.keys()),
        "changed": sum(first[path] != second[path] for path in first.keys() & second.keys()),
        "removed": len(first.keys() - second.keys()),
        "unchanged": sum(first[path] == second[path] for path in first.keys() & second.keys()),
    }
    pages = [{path for path in files if path.endswith(".html")} for files in (first, second)]
    assert len(pages[1] - pages[0]) == len(pages[0] - pages[1]) == 1


def test_a_site_is_whole(filled: Office) -> None:
    publish(filled)
    files = site(filled.folder / "public")
    assert find_dead_links(files, BASE) == []
    for name in ("404.html", "umpan.atom", "umpan.json", "peta-situs.xml", "robots.txt"):
        assert name in files
    assert "Dilihat 44 kali" in read_pages(files)["index.html"].text


def test_a_second_run_touches_nothing(filled: Office) -> None:
    publish(filled)
    before = state(filled.folder / "public")
    counts = publish(filled)
    assert counts["unchanged"] == len(site(filled.folder / "public"))
    assert counts["added"] == counts["changed"] == counts["removed"] == 0
    assert state(filled.folder / "public") == before


def test_one_line_on_stderr_is_what_a_person_reads(filled: Office) -> None:
    result = filled.run("publish", "--now", NOW)
    assert result.out == ""
    assert re.fullmatch(
        r"Situs selesai: \d+ berkas baru, 0 berubah, 0 dihapus, 0 tetap \(\d+,\d detik\)\.\n",
        result.err,
    )


def test_drafts_and_scheduled_articles_are_nowhere_until_they_are_due(filled: Office) -> None:
    publish(filled)
    public = filled.folder / "public"
    for path, content in site(public).items():
        assert b"Rahasia" not in content
        assert "nanti" not in path
        assert "draf" not in path
    filled.run("publish", "--now", "2022-06-03T08:59:59+07:00")
    assert not (public / "berita/2022/nanti").exists()
    filled.run("publish", "--now", "2022-06-03T09:00:00+07:00")
    pages = read_pages(site(public))
    assert "Rahasia sampai Jumat." in pages["berita/2022/nanti/index.html"].text
    assert "berita/2022/nanti/" in pages["index.html"].text
    assert "2022/nanti" in (public / "peta-situs.xml").read_text()
    assert not (public / "berita/2022/draf").exists()


@pytest.mark.parametrize("clock", ["2022-06-03T10:00:00+08:00", "2022-06-03T02:00Z", "2022-06-04"])
def test_the_clock_may_be_in_any_zone_or_in_the_offices(filled: Office, clock: str) -> None:
    filled.run("publish", "--now", clock)
    assert (filled.folder / "public/berita/2022/nanti/index.html").exists()


def test_without_a_clock_it_is_now(office: Office) -> None:
    wib = timezone(timedelta(hours=7))
    now = datetime.now(wib).replace(microsecond=0)
    for slug, date in {
        "tadi": now - timedelta(minutes=1),
        "sebentar-lagi": now + timedelta(hours=1),
    }.items():
        office.add(f"{date.year}/{slug}", f"date = {date.isoformat()}")
    for zone in ("UTC", "Asia/Jayapura", "America/Los_Angeles"):
        office.run("publish", TZ=zone)
        published = {path.name for path in office.folder.glob("public/berita/*/*")}
        assert published == {"tadi"}


@pytest.mark.parametrize(("days", "is_told"), [(-2, False), (2, True), (-3000, True)])
def test_a_clock_that_disagrees_with_the_site_is_doubted(
    office: Office, days: int, is_told: bool
) -> None:
    """The site was last changed so many days from now, by the clock that holds."""
    office.add("2022/apel")
    office.run("publish")
    marker = office.folder / "public" / ".kpucli-situs"
    changed = time.time() + days * 86_400
    os.utime(marker, (changed, changed))
    said = office.run("publish").err
    assert ("Jam komputer menunjukkan" in said) == is_told
    assert "Jam komputer" not in office.run("publish", "--now", NOW).err


def test_builds_are_the_same_whatever_the_machine(filled: Office) -> None:
    environments = [
        {},
        {"TZ": "Asia/Jayapura", "KPUCLI_LANG": "en", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
        {"LC_ALL": "en_US.UTF-8", "LANG": "en_US.UTF-8", "PYTHONHASHSEED": "3"},
    ]
    for number, environment in enumerate(environments):
        publish(filled, "--output", f"public-{number}", **environment)
    sites = [site(filled.folder / f"public-{number}") for number in range(len(environments))]
    assert all(found == sites[0] for found in sites)


def test_the_folder_above_does_not_matter(filled: Office) -> None:
    publish(filled)
    below = filled.folder / "articles" / "2022"
    assert publish(Office(below)) == publish(filled)
    assert not (below / "public").exists()


def test_an_address_with_a_path_has_working_links(filled: Office) -> None:
    publish(filled, "--base-url", "https://x.go.id/kpu/")
    files = site(filled.folder / "public")
    assert find_dead_links(files, "https://x.go.id/kpu") == []
    page = read_pages(files)["berita/2022/apel/index.html"]
    assert page.link("canonical") == "https://x.go.id/kpu/berita/2022/apel/"


@pytest.mark.parametrize("address", ["x.go.id", "ftp://x.go.id", "https://", "https://x/ y", ""])
def test_what_is_no_address_is_refused(filled: Office, address: str) -> None:
    result = filled.run("publish", "--base-url", address, code=2)
    assert "bukan alamat situs" in result.err
    assert not (filled.folder / "public").exists()


@pytest.mark.parametrize("clock", ["besok", "2022-13-01", "", "2022-06-01T09:00:00+99:00"])
def test_what_is_no_moment_is_refused(filled: Office, clock: str) -> None:
    assert "bukan waktu ISO 8601" in filled.run("publish", "--now", clock, code=2).err


def test_a_dry_run_shows_what_would_be_and_writes_nothing(filled: Office) -> None:
    before = state(filled.folder)
    result = filled.run("publish", "--now", NOW, "--dry-run")
    assert state(filled.folder) == before
    lines = result.out.splitlines()
    assert "+ berita/2022/apel/index.html" in lines
    assert all(line.startswith("+ ") for line in lines)
    assert result.err.startswith(f"Akan ada {len(lines)} berkas baru, 0 berubah")
    publish(filled)
    assert site(filled.folder / "public").keys() == {line[2:] for line in lines}


def test_a_dry_run_after_a_change_shows_its_files(filled: Office) -> None:
    publish(filled)
    filled.add("2022/apel", 'tags = ["rapat"]\nviews = 45')
    before = state(filled.folder)
    lines = filled.run("publish", "--now", NOW, "--dry-run").out.splitlines()
    assert state(filled.folder) == before
    assert {"+ tag/rapat/index.html", "~ index.html", "~ berita/2022/apel/index.html"} <= set(lines)
    counts = publish(filled, "--dry-run")
    assert counts == publish(filled)
    assert [line[0] for line in lines].count("~") == counts["changed"]


def test_a_removed_article_goes_with_all_its_pages(filled: Office) -> None:
    publish(filled)
    (filled.folder / "articles/2022/bimtek.md").unlink()
    filled.run("publish", "--now", NOW)
    public = filled.folder / "public"
    assert not (public / "berita/2022/bimtek").exists()
    assert not (public / "tag/sop").exists()
    for path, content in site(public).items():
        assert b"bimtek" not in content, path


def test_an_article_made_a_draft_again_goes_too(filled: Office) -> None:
    publish(filled)
    filled.add("2022/apel", "draft = true")
    publish(filled)
    assert not (filled.folder / "public/berita/2022/apel").exists()


def test_unchanged_files_stay_the_same_files(filled: Office) -> None:
    publish(filled)
    public = filled.folder / "public"
    before = {path: (public / path).stat() for path in site(public)}
    filled.add("2022/rapat")
    counts = publish(filled)
    kept = [
        path
        for path in before
        if (public / path).exists()
        and (public / path).stat().st_ino == before[path].st_ino
        and (public / path).stat().st_mtime_ns == before[path].st_mtime_ns
    ]
    assert len(kept) == counts["unchanged"] > 0


REFUSED = {
    "a broken front matter": "+++\ntitle = \n+++\n",
    "no front matter": "Isi saja.\n",
    "a date that does not exist": '+++\ntitle = "A"\ndate = 2022-02-30\n+++\nIsi.\n',
    "a wrong type": '+++\ntitle = "A"\ndate = "kemarin"\n+++\nIsi.\n',
    "bytes that are no text": b"+++\ntitle = \"\xff\"\n+++\n",
    "a text with an error": '+++\ntitle = "A"\ndate = 2022-04-20\n+++\n\nNIK 3573010101010001.\n',
    "no text": '+++\ntitle = "A"\ndate = 2022-04-20\n+++\n',
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_an_error_is_named_and_nothing_is_written(filled: Office, text: str | bytes) -> None:
    publish(filled)
    before = state(filled.folder / "public")
    filled.write("2022/salah", text)
    filled.add("2022/baru")
    result = filled.run("publish", "--now", NOW, code=1)
    assert re.search(r"^articles/2022/salah\.md:\d+:", result.err, re.MULTILINE)
    assert "Penerbitan ditolak: 1 kesalahan." in result.err
    assert result.out == ""
    assert state(filled.folder / "public") == before
    assert sorted(path.name for path in filled.folder.iterdir()) == [
        ".kpucli", ".public.kpucli", "articles", "kpucli.toml", "public"
    ]  # fmt: skip


def test_a_refused_first_publish_makes_no_folder(office: Office) -> None:
    office.write("2022/salah", "Isi saja.\n")
    office.run("publish", "--output", "a/b/public", code=1)
    assert not (office.folder / "a").exists()


def test_errors_are_skipped_where_that_is_asked_for(filled: Office) -> None:
    """Also what hangs on an article that is left out; and nothing is forgotten afterwards."""
    publish(filled)
    before = site(filled.folder / "public")
    filled.write("2022/salah", "Isi saja.\n")
    filled.add("2022/keliru", body=MISSPELLED)
    filled.add("2022/menunjuk", body="Lihat [berita](/berita/2022/keliru/).\n")
    filled.add("2022/baru")
    result = filled.run("publish", "--now", NOW, "--skip-errors", code=1)
    assert all(
        f"articles/2022/{name}.md:" in result.err for name in ("salah", "keliru", "menunjuk")
    )
    assert "3 berita berkesalahan tidak ikut." in result.err
    after = site(filled.folder / "public")
    assert {path for path in after.keys() - before.keys() if path.startswith("berita/")} == {
        "berita/2022/baru/index.html"
    }
    assert {path for path in before if path.startswith("berita/")} <= after.keys()
    assert "salah.md" in filled.run("publish", "--now", NOW, code=1).err
    for name in ("salah", "keliru", "menunjuk"):
        (filled.folder / "articles" / "2022" / f"{name}.md").unlink()
    assert publish(filled)["changed"] == 0
    assert site(filled.folder / "public") == after


def test_what_was_found_sound_beside_errors_is_not_believed_once_they_are_gone(
    filled: Office,
) -> None:
    """Articles that were refused were never shown: links to them are dead when they are removed."""
    publish(filled)
    bad = filled.add("2022/keliru", body=MISSPELLED)
    sound = filled.add("2022/pernah-ada")
    for name in ("keliru", "pernah-ada"):
        filled.add(f"2022/menunjuk-{name}", body=f"Lihat [berita](/berita/2022/{name}/).\n")
    assert "menunjuk-" not in filled.run("publish", "--now", NOW, code=1).err
    bad.unlink()
    filled.add("2022/lain", body=MISSPELLED)
    assert "menunjuk-keliru.md" in filled.run("publish", "--now", NOW, code=1).err
    sound.unlink()
    said = filled.run("publish", "--now", NOW, code=1).err
    assert "menunjuk-keliru.md" in said
    assert "menunjuk-pernah-ada.md" in said


def test_an_error_in_a_draft_waits(filled: Office) -> None:
    filled.add("2022/draf", "draft = true", "NIK 3573010101010001.\n")
    publish(filled)


MISSPELLED = "Petugas meyerahkan berkas kepada saksi.\n"


def test_a_misspelling_does_not_reach_the_public(filled: Office) -> None:
    filled.add("2022/salah", body=MISSPELLED)
    result = filled.run("publish", "--now", NOW, code=1)
    assert "articles/2022/salah.md:6:9: EJA001" in result.err
    assert not (filled.folder / "public").exists()


def test_the_old_findings_of_an_archive_do_not_stop_it(filled: Office) -> None:
    filled.add("2022/salah", body=MISSPELLED)
    filled.run("lint", "--baseline", "lama.json", "--update-baseline", code=0)
    configuration = filled.folder / "kpucli.toml"
    configuration.write_text(f'{CONFIG}\n[lint]\nbaseline = "lama.json"\nselect = ["MET"]\n')
    publish(filled)
    filled.add("2022/baru", body=MISSPELLED.replace("saksi", "warga"))
    assert "baru.md" in filled.run("publish", "--now", NOW, code=1).err


def test_what_weighs_less_does_not_stop_it(filled: Office) -> None:
    filled.add("2022/salah", body=MISSPELLED)
    configuration = filled.folder / "kpucli.toml"
    configuration.write_text(f'{CONFIG}\n[lint.severity]\nEJA001 = "warning"\n')
    publish(filled)


def test_a_text_that_explodes_is_named(filled: Office) -> None:
    filled.add("2022/bom", body="[^1]" * 250_000 + "\n\n[^1]: x\n")
    result = filled.run("publish", "--now", NOW, code=2)
    assert "articles/2022/bom.md" in result.err
    assert not (filled.folder / "public").exists()


def test_a_foreign_folder_is_not_touched(filled: Office) -> None:
    (filled.folder / "public").mkdir()
    (filled.folder / "public" / "skripsi.doc").write_text("penting")
    before = state(filled.folder)
    result = filled.run("publish", "--now", NOW, code=2)
    assert "bukan hasil kpucli" in result.err
    assert state(filled.folder) == before


@pytest.mark.parametrize("output", ["articles", "articles/2022", "articles/situs", ".", "..", "/"])
def test_a_folder_of_articles_is_never_the_sites(filled: Office, output: str) -> None:
    before = state(filled.folder)
    result = filled.run("publish", "--now", NOW, "--output", output, code=2)
    assert "folder artikel" in result.err
    assert state(filled.folder) == before


def test_a_link_into_the_articles_is_seen_through(filled: Office) -> None:
    (filled.folder / "public").symlink_to("articles")
    before = site(filled.folder / "articles")
    assert "folder artikel" in filled.run("publish", "--now", NOW, code=2).err
    assert site(filled.folder / "articles") == before


def test_a_folder_that_is_a_file_is_refused(filled: Office) -> None:
    (filled.folder / "public").write_text("x")
    assert "bukan folder" in filled.run("publish", "--now", NOW, code=2).err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take rights away from another user")
def test_a_folder_without_rights_is_said(filled: Office, tmp_path: Path) -> None:
    for path in [tmp_path, *tmp_path.parents]:
        if path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | stat.S_IROTH | stat.S_IXOTH)
        if path.name.startswith("pytest-of-"):
            break
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if not shutil.which("setpriv"):
        pytest.skip("setpriv is not installed")
    result = filled.run("publish", "--now", NOW, through=nobody, code=2)
    assert "tidak ada izin" in result.err
    assert "Situs lama tetap utuh" in result.err
    assert not (filled.folder / "public").exists()


def test_a_file_that_cannot_be_written_leaves_the_old_site(filled: Office) -> None:
    publish(filled)
    before = state(filled.folder / "public")
    filled.add("2022/panjang", body="Kalimat pengujian yang cukup panjang. \n\n" * 2000)
    limited = ["bash", "-c", 'ulimit -f 20; exec "$@"', "_"]
    result = filled.run("publish", "--now", NOW, through=limited, code=2)
    assert "Situs tidak dapat ditulis" in result.err
    assert state(filled.folder / "public") == before
    assert sorted(path.name for path in filled.folder.iterdir()) == [
        ".kpucli", ".public.kpucli", "articles", "kpucli.toml", "public"
    ]  # fmt: skip
    publish(filled)
    assert (filled.folder / "public/berita/2022/panjang/index.html").exists()


@pytest.mark.parametrize("arguments", [("new", "Apel"), ("import", "text", "pesan.txt")])
def test_what_writes_without_a_configuration_says_so(
    empty_folder: Office, arguments: tuple[str, ...]
) -> None:
    """The wrong folder is noticed before articles lie in it."""
    (empty_folder.folder / "pesan.txt").write_text("Judul\n\nIsi berita.\n")
    assert "Belum ada konfigurasi" in empty_folder.run(*arguments).err


def test_without_a_configuration_it_says_so_and_works(empty_folder: Office) -> None:
    empty_folder.add("2022/apel")
    result = empty_folder.run("publish")
    assert "Belum ada konfigurasi" in result.err
    assert (empty_folder.folder / "public/berita/2022/apel/index.html").exists()


def test_an_empty_archive_is_a_site(office: Office) -> None:
    publish(office)
    files = site(office.folder / "public")
    assert find_dead_links(files, BASE) == []
    assert "Belum ada berita" in read_pages(files)["index.html"].text


def test_settings_change_the_pages(filled: Office) -> None:
    publish(filled)
    (filled.folder / "kpucli.toml").write_text(
        CONFIG.replace("Kota Contoh", "Kota Lain") + '[tag_labels]\nsop = "S.O.P."\n'
    )
    counts = publish(filled)
    assert counts["changed"] >= len(read_pages(site(filled.folder / "public")))
    assert "S.O.P." in (filled.folder / "public/tag/sop/index.html").read_text()


def test_tags_that_differ_in_form_have_one_page(office: Office) -> None:
    for number, tag in enumerate(["SOP", "sop", "S.O.P"]):
        office.add(f"2022/a{number}", f'tags = ["{tag}"]')
    publish(office)
    assert [path.name for path in office.folder.glob("public/tag/*/")] == ["sop"]
    assert "3 berita bertag Sop." in (office.folder / "public/tag/sop/index.html").read_text()


def test_a_made_up_archive_is_published_and_whole(office: Office) -> None:
    """The corpus of the benchmark has no error, and all that it makes is a sound site."""
    make_corpus(office.folder / "articles", 120)
    counts = publish(office, "--now", "2026-01-01")
    files = site(office.folder / "public")
    assert counts["added"] == len(files)
    assert find_dead_links(files, BASE) == []
    pages = read_pages(files)
    titles = [page.title for page in pages.values()]
    assert len(titles) == len(set(titles))
    assert sum(path.startswith("berita/") for path in pages) == 120


def test_a_corpus_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_corpus(tmp_path / name, 50, seed)
    assert site(tmp_path / "a") == site(tmp_path / "b") != site(tmp_path / "c")
    assert len(site(tmp_path / "a")) == 50


def test_a_rollback_says_what_it_did_and_the_next_publish_is_right_again(filled: Office) -> None:
    public = filled.folder / "public"
    publish(filled)
    first = site(public)
    filled.add("2022/rapat")
    publish(filled)
    second = site(public)
    result = filled.run("publish", "--rollback", "-v")
    assert re.match(
        r"Situs sebelumnya kembali: \d+ berkas ditambah, \d+ berubah, \d+ dih", result.err
    )
    assert "dipasang utuh dalam satu langkah" in result.err
    assert site(public) == first
    assert "Tidak ada situs sebelumnya" in filled.run("publish", "--rollback", code=2).err
    publish(filled)
    assert site(public) == second


def test_what_is_kept_is_configured_or_chosen(filled: Office) -> None:
    (filled.folder / "kpucli.toml").write_text(f"{CONFIG}keep = 0\n")
    publish(filled)
    for number, chosen in enumerate([[], ["--keep", "1"]]):
        filled.add(f"2022/rapat-{number}")
        publish(filled, *chosen)
        filled.run("publish", "--rollback", code=0 if chosen else 2)


def test_a_wrong_folder_of_articles_does_not_empty_the_site(filled: Office) -> None:
    for number in range(30):
        filled.add(f"2022/rapat-{number}")
    publish(filled)
    before = site(filled.folder / "public")
    for path in (filled.folder / "articles" / "2022").glob("rapat-*"):
        path.unlink()
    result = filled.run("publish", "--now", NOW, code=1)
    assert "akan menghapus" in result.err
    assert "--allow-removals" in result.err
    assert site(filled.folder / "public") == before
    assert publish(filled, "--allow-removals")["removed"] >= 30


def test_verbose_says_why_each_page_was_made(filled: Office) -> None:
    assert "situs sebelumnya tidak dikenal" in filled.run("publish", "--now", NOW, "-v").err
    filled.add("2022/apel", 'tags = ["rapat"]', "Isi yang diubah.\n")
    filled.add("2022/serba-baru", 'title = "Kunjungan Pelajar"')
    lines = filled.run("publish", "--now", NOW, "--verbose").err.splitlines()
    assert "berita/2022/apel/index.html: artikel diubah" in lines
    assert "berita/2022/serba-baru/index.html: artikel baru" in lines
    assert "index.html: isi daftar berubah" in lines
    config = filled.folder / "kpucli.toml"
    config.write_text(config.read_text().replace("Humas KPU", "Humas Kantor"))
    err = filled.run("publish", "--now", NOW, "-v").err
    assert "setelan, tema, atau kpucli berubah" in err


def test_quiet_says_nothing_unless_something_is_wrong(filled: Office) -> None:
    result = filled.run("publish", "--now", NOW, "-q")
    assert (result.out, result.err) == ("", "")
    filled.write("2022/rusak", "+++\n")
    assert "rusak.md" in filled.run("publish", "--now", NOW, "-q", code=1).err
