"""The archive: what is an article, what is refused and named, and which one a user means."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from kpucli.archive import MAX_BYTES, Archive, MisplacedError, read_file
from kpucli.article import Article
from kpucli.errors import ArticleError, KpuError
from tests.unprivileged import run_unprivileged

WIB = timezone(timedelta(hours=7), "WIB")
SOUND = '+++\ntitle = "Rapat"\ndate = 2022-04-20\n+++\nIsi.\n'
PLACE = "Artikel harus bernama TAHUN/slug.md di folder artikel; slug hanya a–z, 0–9, dan -."
LINK = "Ini tautan simbolik; tidak dibaca."
SPECIAL = "Ini bukan berkas biasa; tidak dibaca."


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    return Archive(Path("articles"), WIB)


def write(name: str, text: str = SOUND) -> Path:
    path = Path("articles", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def misplaced(archive: Archive) -> dict[str, str]:
    return {
        str(error.path).removeprefix("articles/"): error.message for error in archive.paths()[1]
    }


def test_names_are_found_by_how_they_begin(archive: Archive) -> None:
    for name in ("2021/apel.md", "2022/apel.md", "2022/apel-b.md", "2022/2-hari.md"):
        write(name)
    for name in ("2022/Apel.md", "2022/apel.txt", "2022/apel_c.md", "22/apel.md", "2022/.apel.md"):
        write(name)
    assert list(archive.find_ids()) == [
        "2021/apel", "2022/2-hari", "2022/apel", "2022/apel-b",
    ]  # fmt: skip
    assert list(archive.find_ids("202")) == list(archive.find_ids())
    assert list(archive.find_ids("2022/a")) == ["2022/apel", "2022/apel-b"]
    assert list(archive.find_ids("202/a")) == []
    assert archive.find_slugs("a") == ["apel", "apel-b"]
    assert archive.find_slugs("2") == ["2-hari"]
    assert archive.find_years("20") == ["2021", "2022"]
    with pytest.raises(KpuError):
        list(Archive(Path("tidak-ada"), WIB).find_ids())


def test_names_of_devices_are_named(archive: Archive) -> None:
    for name in ("con", "com1", "com10", "aux-1"):
        write(f"2022/{name}.md")
    device = "“{name}” nama perangkat di Windows; tidak dapat menjadi nama berkas."
    assert misplaced(archive) == {
        f"2022/{name}.md": device.format(name=name) for name in ("com1", "con")
    }


def test_articles_come_in_order_and_misplaced_files_are_named(archive: Archive) -> None:
    for name in ("2022/b.md", "2022/a-b.md", "2021/z.md", "2022/a.md"):
        write(name)
    for name in ("a.md", "2022/Rapat.md", "2022/rapat.MD", "2022/a_b.md", "2022/b.markdown",
                 "2022/04/a.md", "2022/04/20/a.md", "22/a.md", "draf/a.md", "2022/-a.md",
                 f"2022/{'a' * 81}.md", "٢٠٢٢/a.md", "2022/.md"):  # fmt: skip
        write(name)
    for name in ("2022/a/foto.jpg", "catatan.txt", ".git/a.md", "2022/.a.md", "2022/data.json"):
        write(name)
    paths, _ = archive.paths()
    assert [path.as_posix() for path in paths] == [
        "articles/2021/z.md",
        "articles/2022/a-b.md",
        "articles/2022/a.md",
        "articles/2022/b.md",
    ]
    assert misplaced(archive) == dict.fromkeys(
        ["2022/-a.md", "2022/04/20/a.md", "2022/04/a.md", "2022/Rapat.md", "2022/a_b.md",
         f"2022/{'a' * 81}.md", "2022/b.markdown", "2022/rapat.MD", "22/a.md", "a.md", "draf/a.md",
         "٢٠٢٢/a.md"],
        PLACE,
    )  # fmt: skip
    assert all(isinstance(error, MisplacedError) and error.hint for error in archive.paths()[1])


def test_links_and_special_files_are_named_and_never_read(archive: Archive) -> None:
    secret = Path("rahasia.md")
    secret.write_text(SOUND)
    Path("luar/x").mkdir(parents=True)
    Path("luar/a.md").write_text(SOUND)
    write("2022/a.md")
    articles = Path("articles")
    links = {"2021": "luar", "b.md": "rahasia.md", "draf": "luar", "2022/b.md": "rahasia.md",
             "2022/c.md": "a.md", "2022/d.md": "tidak-ada", "2022/e": "luar", "f": "f"}  # fmt: skip
    for name, target in links.items():
        (articles / name).symlink_to(Path(target).absolute() if "." not in target else target)
    os.mkfifo(articles / "2022/pipa.md")
    (articles / "2022/folder.md").mkdir()
    (articles / "2022/rapat").mkdir()
    (articles / "2022/rapat/foto.jpg").symlink_to(secret.absolute())
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("articles/2022/soket.md")
        assert archive.paths()[0] == [articles / "2022/a.md"]
        special = dict.fromkeys(["2022/folder.md", "2022/pipa.md", "2022/soket.md"], SPECIAL)
        assert misplaced(archive) == {**dict.fromkeys(links, LINK), **special}
        for name in (*special, "2022/b.md", "2022/d.md"):
            with pytest.raises(MisplacedError):
                archive.load(articles / name)
    with pytest.raises(MisplacedError, match="bukan berkas biasa"):
        read_file(Path("/dev/zero"))


def test_a_pipe_put_in_place_of_a_file_is_not_waited_for(archive: Archive) -> None:
    """Between listing a file and opening it, somebody swaps it."""
    path = write("2022/a.md")
    path.unlink()
    os.mkfifo(path)
    # Somebody who writes to the pipe ends any waiting, late enough to be told.
    writer = threading.Timer(3, os.open, (path, os.O_RDWR))
    writer.start()
    started = time.monotonic()
    with pytest.raises(ArticleError, match="bukan berkas biasa"):
        read_file(path)
    assert time.monotonic() - started < 2
    writer.cancel()
    path.unlink()
    path.symlink_to("/etc/passwd")
    with pytest.raises(ArticleError, match="tautan simbolik"):
        read_file(path)
    path.unlink()
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    with pytest.raises(ArticleError, match="lebih dari 1 MiB"):
        read_file(path)


def test_hostile_names_are_named_as_they_are(archive: Archive) -> None:
    names = ["a\nb.md", "\x1b[31m.md", "a b.md", "a\udcff.md", "é.md", "a;rm -rf.md"]
    for name in names:
        write(f"2022/{name}")
    assert set(misplaced(archive)) == {f"2022/{name}" for name in names}


def test_a_hostile_tree_is_walked(archive: Archive) -> None:
    """Deeper than Python's recursion goes."""
    folder = Path("articles/2022/a")
    folder.mkdir(parents=True)
    try:
        here = os.open(folder, os.O_RDONLY)
        for _level in range(1200):
            os.mkdir("d", dir_fd=here)
            below = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(os.open("x.md", os.O_CREAT, dir_fd=here))
        os.close(here)
        assert list(misplaced(archive).values()) == [PLACE]
    finally:
        subprocess.run(["rm", "-rf", str(folder)], check=True)  # pytest itself could not


def test_a_large_file_is_refused_before_it_is_read(archive: Archive) -> None:
    path = write("2022/besar.md")
    os.truncate(path, 1024**3)
    started = time.process_time()
    with pytest.raises(ArticleError, match="lebih dari 1 MiB") as caught:
        archive.load(path)
    assert time.process_time() - started < 0.1
    assert caught.value.path == path


def test_a_file_of_a_mebibyte_is_read(archive: Archive) -> None:
    path = write("2022/besar.md", SOUND + "x" * (MAX_BYTES - len(SOUND)))
    assert len(read_file(path)) == MAX_BYTES


def test_one_bad_article_hides_no_other(archive: Archive) -> None:
    write("2022/a.md")
    write("2022/b.md", "Isi.\n")
    write("2022/c.md", '+++\ntitle = "x"\n+++\n')
    write("2022/D.md")
    write("2022/e.md")
    items = list(archive.scan())
    found = [item.slug for item in items if isinstance(item, Article)]
    assert found == ["a", "c", "e"]
    failures: list[ArticleError] = []
    assert [item.slug for item in archive.articles(failures)] == ["a", "e"]
    assert [str(error).partition(": ")[0] for error in failures] == [
        "articles/2022/D.md",
        "articles/2022/b.md:1",
        "articles/2022/c.md:1",
    ]


ROOTS = {
    "missing": (lambda _path: None, "Folder articles tidak ada. Jalankan perintah ini di folder"),
    "a file": (
        lambda path: path.write_text(""),
        "articles: Folder tidak dapat dibaca: ini bukan folder.",
    ),
    "a link to itself": (
        lambda path: path.symlink_to("articles"),
        "articles: Folder tidak dapat dibaca: tautan simboliknya berputar.",
    ),
}


@pytest.mark.parametrize(("make", "message"), ROOTS.values(), ids=ROOTS)
def test_a_folder_that_is_none(
    make: object, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("articles"))  # type: ignore[operator]
    archive = Archive(Path("articles"), WIB)
    for call in (archive.paths, lambda: list(archive.scan()), lambda: archive.find("rapat")):
        with pytest.raises(KpuError) as caught:
            call()
        assert str(caught.value).startswith(message)


LIST_AND_FIND = """
archive = Archive(Path("articles"), UTC)
try:
    failures = []
    print([article.id for article in archive.articles(failures)], *failures, sep="\\n")
    print(archive.find("2021/a"))
except KpuError as error:
    print(error)
"""


def test_what_may_not_be_read_is_named(archive: Archive, tmp_path: Path) -> None:
    for name in ("2021/a.md", "2022/a.md", "2022/b.md", "2023/c/d.md"):
        write(name)
    Path("articles/2022/b.md").chmod(0)
    Path("articles/2021").chmod(0)
    Path("articles/2023/c").chmod(0)
    try:
        assert run_unprivileged(tmp_path, LIST_AND_FIND) == [
            "['2022/a']",
            "articles/2021: Folder tidak dapat dibaca: tidak ada izin.",
            "articles/2023/c: Folder tidak dapat dibaca: tidak ada izin.",
            "articles/2022/b.md: Berkas tidak dapat dibaca: tidak ada izin.",
            "Tidak ada artikel “2021/a” di articles. Mungkin maksudnya “a”.",
        ]
        Path("articles").chmod(0)
        assert run_unprivileged(tmp_path, LIST_AND_FIND) == [
            "articles: Folder tidak dapat dibaca: tidak ada izin."
        ]
    finally:
        for name in ("articles", "articles/2021", "articles/2023/c"):
            Path(name).chmod(0o755)


NAMES = {
    "path": "articles/2022/rapat.md",
    "path from here": "./articles/../articles/2022/rapat.md",
    "id": "2022/rapat",
    "id with ending": "2022/rapat.md",
    "slug": "rapat",
    "slug with ending": "rapat.md",
    "address": "/berita/2022/rapat/",
    "address, bare": "berita/2022/rapat",
    "whole address": "https://kpu.contoh.go.id/berita/2022/rapat/",
    "whole address below a path": "https://contoh.go.id/kpu/berita/2022/rapat",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_an_article_is_found_by(name: str, archive: Archive) -> None:
    write("2022/rapat.md")
    write("2021/apel.md")
    article = archive.find(name)
    assert article.path == Path("articles/2022/rapat.md")
    assert archive.locate(name) == article.path
    assert archive.path_of(2022, "rapat") == article.path


def test_an_absolute_path_and_one_from_a_subfolder(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("2022/rapat.md")
    assert archive.find(str(path.absolute())).path == path
    monkeypatch.chdir("articles/2022")
    inside = Archive(Path("../../articles"), WIB)
    assert inside.find("rapat.md").path == Path("../../articles/2022/rapat.md")


NOT_FOUND = {
    "typo": ("rapta", "Tidak ada artikel “rapta” di articles. Mungkin maksudnya “rapat”."),
    "nothing near": ("zzz", "Tidak ada artikel “zzz” di articles. Lihat semuanya dengan"),
    "wrong year": ("2023/rapat", "Tidak ada artikel “2023/rapat” di articles. Mungkin maksudnya"),
    "several": ("apel", "Slug “apel” dipakai beberapa artikel: 2021/apel, 2022/apel. Sebutkan"),
    "empty": ("", "Tidak ada artikel “” di articles."),
    "outside": ("luar.md", "luar.md: Berkas ini di luar articles."),
    "misplaced": ("articles/salah.md", f"articles/salah.md: {PLACE}"),
    "misplaced below": ("articles/2022/04/x.md", f"articles/2022/04/x.md: {PLACE}"),
    "misspelt": ("articles/2022/Rapat.md", f"articles/2022/Rapat.md: {PLACE}"),
    "a link": ("articles/2022/tautan.md", f"articles/2022/tautan.md: {LINK}"),
    "a link by slug": ("tautan", f"articles/2022/tautan.md: {LINK}"),
    "through a link": ("2020/apel", "Tidak ada artikel “2020/apel” di articles."),
    "a folder": ("folder", f"articles/2022/folder.md: {SPECIAL}"),
    "upwards": ("../../etc/passwd", "Tidak ada artikel “../../etc/passwd” di articles."),
    "upwards in the archive": ("2022/../2022/rapat", "Tidak ada artikel"),
    "pattern": ("rap*", "Tidak ada artikel “rap*” di articles."),
    "very long": ("a" * 5000, "Tidak ada artikel"),
    "very long path": (f"{'a' * 5000}.md", "Tidak ada artikel"),
    "NUL": ("a\0b.md", "Tidak ada artikel"),
    "bad article": ("buruk", "articles/2022/buruk.md:1: `date` belum diisi."),
    "no article": ("kosong", "articles/2022/kosong.md:1: Baris pertama harus +++"),
}


@pytest.mark.parametrize(("name", "message"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_an_article_is_not_found(name: str, message: str, archive: Archive) -> None:
    for slug in ("2022/rapat", "2021/apel", "2022/apel", "salah", "2022/04/x", "2022/Rapat"):
        write(f"{slug}.md")
    write("2022/buruk.md", '+++\ntitle = "x"\n+++\n')
    write("2022/kosong.md", "")
    Path("luar.md").write_text(SOUND)
    Path("articles/2022/tautan.md").symlink_to("rapat.md")
    Path("articles/2020").symlink_to("2022")
    Path("articles/2022/folder.md").mkdir()
    with pytest.raises(KpuError) as caught:
        archive.find(name)
    assert str(caught.value).startswith(message)
    assert caught.value.exit_code == 2


def test_thousands_of_articles_are_listed_fast(archive: Archive) -> None:
    folder = Path("articles/2022")
    folder.mkdir()
    for number in range(3000):
        (folder / f"berita-{number}.md").touch()
    started = time.process_time()
    assert len(archive.paths()[0]) == 3000
    with pytest.raises(KpuError, match="Mungkin maksudnya"):
        archive.find("berita-99999")
    assert time.process_time() - started < 2
