"""`kpucli doctor`: set-ups with something wrong, and what is said of each."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from pathlib import Path

import pytest

from tests.cli.test_robustness import THROUGH, needs_permissions
from tests.conftest import CONFIG, Office

EDITOR = {"EDITOR": "true"}
ZONE = {"TZ": "Asia/Jakarta"}
CHECKS = [
    "python", "encoding", "editor", "config", "theme", "articles", "conflicts", "output", "disk",
    "memory", "index", "views", "git", "clock", "zone", "search", "photos",
]  # fmt: skip


def examine(
    office: Office, *arguments: str, code: int, through: tuple[str, ...] = (), **environment: str
) -> dict[str, tuple[str, str]]:
    """What is said: status and words (with the advice) of each check; of uploads, of the last."""
    result = office.run(
        "doctor", "--format", "json", *arguments, code=code, through=through,
        **{**EDITOR, **ZONE, **environment},
    )  # fmt: skip
    rows = json.loads(result.out)
    assert all(list(row) == ["check", "status", "message", "advice"] for row in rows)
    # Whoever is told that something is wrong is told what to do.
    assert all(row["advice"] for row in rows if row["status"] != "ok")
    return {row["check"]: (row["status"], f"{row['message']} {row['advice']}") for row in rows}


def statuses(said: dict[str, tuple[str, str]], status: str) -> set[str]:
    return {check for check, (found, _words) in said.items() if found == status}


def test_a_sound_office_has_nothing_to_mend(office: Office) -> None:
    office.add("2022/apel")
    (office.folder / ".git").mkdir()
    office.run("publish")
    before = {path: path.stat().st_mtime_ns for path in office.folder.rglob("*")}
    said = examine(office, code=0)
    assert list(said) == CHECKS
    assert statuses(said, "ok") == set(CHECKS) - statuses(said, "advice")
    assert statuses(said, "advice") <= {"zone", "disk"}  # of this computer, not of the office
    assert {path: path.stat().st_mtime_ns for path in office.folder.rglob("*")} == before


def test_it_can_be_read_without_colours(office: Office) -> None:
    office.add("2022/apel")
    (office.folder / ".git").mkdir()
    result = office.run("doctor", code=1, EDITOR="tidak-ada", **ZONE)
    assert "\x1b" not in result.out
    lines = result.out.splitlines()
    assert len(lines) == len(CHECKS) + 2
    assert "BENAHI    Editor           Editor “tidak-ada” tidak ditemukan. Pasang editornya" in (
        result.out
    )
    assert result.err.startswith("1 hal harus dibenahi")


def test_outside_an_office_the_computer_is_examined(empty_folder: Office) -> None:
    said = examine(empty_folder, code=1)
    assert list(said) == ["python", "encoding", "editor", "config"]
    assert "kpucli init" in said["config"][1]
    assert list(empty_folder.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('nama = "KPU"', "kpucli.toml:1: Setelan `nama` tidak dikenal; mungkin maksudnya `name`"),
        (b'name = "\xff"', "kpucli.toml:1: Bita ke-9 bukan UTF-8. Simpan ulang sebagai UTF-8."),
    ],
    ids=["unknown", "bytes"],
)
def test_a_broken_configuration_is_named(office: Office, text: str | bytes, words: str) -> None:
    content = text.encode() if isinstance(text, str) else text
    (office.folder / "kpucli.toml").write_bytes(content)
    # The words of an error may say already what to do.
    result = office.run("doctor", code=1, **EDITOR)
    assert "BENAHI    Konfigurasi" in result.out
    assert words in result.out


def test_everything_that_is_wrong_is_told_at_once(office: Office) -> None:
    (office.folder / "kpucli.toml").write_text(f'{CONFIG}logo = "tidak-ada.svg"\n')
    office.add("2022/apel")
    office.write("2022/konflik", "+++\n+++\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n")
    (office.folder / "articles/2022/Salah Nama.md").write_text("")
    os.utime(office.folder / "articles/2022/apel.md", (time.time() + 86400,) * 2)
    (office.folder / "public").mkdir()
    (office.folder / "public/milik-orang.html").write_text("")
    memory = office.folder / ".kpucli"
    memory.mkdir()
    (memory / "index.sqlite3").write_text("rusak " * 200)
    (memory / "views.sqlite3").write_text("rusak " * 200)
    (office.folder / ".git").mkdir()
    (office.folder / ".git/MERGE_HEAD").write_text("")
    said = examine(office, code=1, EDITOR="tidak-ada")
    wrong = {
        "editor", "theme", "articles", "conflicts", "output", "index", "views", "git", "clock",
    }  # fmt: skip
    assert statuses(said, "wrong") == wrong
    assert "Salah Nama.md" in said["articles"][1]
    assert "articles/2022/konflik.md:3" in said["conflicts"][1]
    assert "apel.md" in said["clock"][1]
    assert "bukan hasil kpucli" in said["output"][1]


def test_what_is_advised(office: Office) -> None:
    (office.folder / "kpucli.toml").write_text('name = "KPU"\n')
    said = examine(office, code=0, EDITOR="", TZ="UTC", LC_ALL="C", PYTHONUTF8="0")
    advised = statuses(said, "advice")
    assert {"editor", "config", "zone", "encoding"} <= advised
    assert "VISUAL atau EDITOR" in said["editor"][1]
    assert "`base_url`" in said["config"][1]
    assert "git init" in said["git"][1] or shutil.which("git") is None


def test_a_missing_folder_of_articles(office: Office) -> None:
    (office.folder / "articles").rmdir()
    said = examine(office, code=1)
    assert statuses(said, "wrong") == {"articles"}
    assert "Folder articles tidak ada." in said["articles"][1]


@needs_permissions
def test_folders_that_this_user_may_not_write(office: Office) -> None:
    office.add("2022/apel")
    office.run("publish")
    locked = [office.folder / name for name in ("articles/2022", "public", ".kpucli")]
    for folder in locked:
        folder.chmod(0o555)
    try:
        said = examine(office, code=1, through=THROUGH)
    finally:
        for folder in locked:
            folder.chmod(0o755)
    assert statuses(said, "wrong") == {"articles", "output", "memory"}
    assert "articles/2022 tidak dapat dibaca atau ditulis" in said["articles"][1]
    assert "chmod" in said["articles"][1]


def _targets(office: Office, text: str) -> None:
    (office.folder / "kpucli.toml").write_text(CONFIG + text)


LACKING = {
    "plain": ('url = "ftp://humas@127.0.0.1/www"', "tanpa enkripsi; ditolak"),
    "sandi-kita": (
        'url = "ftps://humas@127.0.0.1/www"',
        "Isi peubah lingkungan KPUCLI_PASSWORD_SANDI_KITA",
    ),
    "s3": ('url = "s3://kpu"', "Isi AWS_ACCESS_KEY_ID"),
    "kunci": ('url = "sftp://humas@127.0.0.1/"\nkey_file = "tidak-ada"', "ssh-keygen"),
    "folder": ('url = "file:///tidak/ada"', "/tidak/ada: Folder tujuan tidak ada."),
    "kosong": ("plaintext = true", "belum mempunyai `url`"),
}


@pytest.mark.skipif(not shutil.which("ssh"), reason="needs ssh")
def test_targets_that_lack_something(office: Office) -> None:
    _targets(office, "".join(f"[upload.{name}]\n{lines}\n" for name, (lines, _) in LACKING.items()))
    result = office.run("doctor", code=1, HOME=str(office.folder), **EDITOR)
    said = [line for line in result.out.splitlines() if line.startswith("BENAHI    Unggahan")]
    for line, (_lines, words) in zip(said, LACKING.values(), strict=True):
        assert words in line


def test_targets_are_tried_without_saying_a_word(office: Office, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        here, closed = server.getsockname()[1], unused.getsockname()[1]
        _targets(
            office,
            f'[upload.awan]\nurl = "https://humas@127.0.0.1:{here}/situs"\n'
            f'[upload.tutup]\nurl = "ftps://humas@127.0.0.1:{closed}/www"\n'
            f'[upload.folder]\nurl = "file://{tmp_path}/www"\n',
        )
        secrets = {"KPUCLI_PASSWORD_AWAN": "rahasia", "KPUCLI_PASSWORD_TUTUP": "rahasia"}
        result = office.run("doctor", "--format", "json", code=1, **EDITOR, **secrets)
        server.settimeout(2)
        connection, _address = server.accept()
        assert connection.recv(1) == b""
        connection.close()
        said = {row["message"]: row["status"] for row in json.loads(result.out)}
        assert said[f"Tujuan “awan” (127.0.0.1:{here}) lengkap dan terjangkau."] == "ok"
        refused = f"Tujuan “tutup” (127.0.0.1:{closed}) tidak terjangkau: sambungan ditolak."
        assert said[refused] == "wrong"
        assert said["Tujuan “folder” lengkap; sambungannya tidak dicoba."] == "ok"
        assert "rahasia" not in result.out + result.err
        offline = office.run("doctor", "--offline", code=0, **EDITOR, **secrets)
        assert "Tujuan “tutup” lengkap; sambungannya tidak dicoba." in offline.out
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.skipif(not shutil.which("ssh"), reason="needs ssh")
def test_an_sftp_host_is_what_ssh_makes_of_it(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = server.getsockname()[1]
        settings = f"Host kantor\n HostName 127.0.0.1\n Port {here}\nHost jauh\n ProxyJump kantor\n"
        # ssh reads its own home's file, whatever HOME says: a program of that name hands it on.
        (office.folder / "ssh_config").write_text(settings)
        program = office.folder / "bin" / "ssh"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F ssh_config "$@"\n')
        program.chmod(0o755)
        _targets(
            office,
            '[upload.dekat]\nurl = "sftp://humas@kantor/~/www"\n'
            '[upload.lewat]\nurl = "sftp://humas@jauh/~/www"\n',
        )
        path = f"{program.parent}:{os.environ['PATH']}"
        result = office.run("doctor", code=0, PATH=path, **EDITOR)
    assert f"Tujuan “dekat” (127.0.0.1:{here}) lengkap dan terjangkau." in result.out
    assert "Tujuan “lewat” lengkap; sambungannya tidak dicoba." in result.out


def test_usage_is_refused_as_everywhere(office: Office) -> None:
    office.run("doctor", "--ofline", code=2)
