"""`--changed`: only lines that changed in git, in real repositories."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import CONFIG, Office
from tests.lint.repositories import commit, git

OLD = "Satu  lama.\n\nDua baik.\n\nTiga  lama.\n"


def found(office: Office, *arguments: str, code: int | None = None) -> list[str]:
    result = office.run("lint", *arguments, "--select", "TBC,MET", "--format", "json", code=code)
    rows = json.loads(result.out)
    return [f"{Path(row['path']).stem}:{row['line']} {row['code']}" for row in rows]


def test_only_changed_lines_and_new_files_are_reported(office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    office.add("2022/b", body=OLD)
    commit(office)
    assert found(office, "--changed", code=0) == []
    path.write_text(path.read_text().replace("Dua baik", "Baru.\n\nDua  salah"))
    office.add("2022/c", body=OLD)
    assert found(office, "--changed", code=1) == ["a:10 TBC001", "c:6 TBC001", "c:10 TBC001"]
    assert (
        "1 artikel diperiksa" in office.run("lint", "--changed", "articles/2022/a.md", code=1).err
    )
    assert found(office, "--changed", "2022/b") == []


def test_a_branch_is_compared_with_where_it_left_the_default_one(office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    first = commit(office)
    git(office.folder, "switch", "--create", "usulan")
    path.write_text(path.read_text().replace("Dua baik", "Dua  salah"))
    commit(office)
    git(office.folder, "switch", "main")
    office.add("2022/b", body=OLD)
    commit(office)
    git(office.folder, "switch", "usulan")
    result = office.run("lint", "--changed", code=1)
    assert f"Hanya yang berubah sejak main ({first[:7]})." in result.err
    assert found(office, "--changed") == ["a:8 TBC001"]
    assert found(office, "--changed", "HEAD") == []
    assert found(office, "--changed=HEAD", "articles") == []
    assert found(office, "--changed", "main~1") == ["a:8 TBC001"]


def test_before_the_first_commit_everything_is_new(office: Office) -> None:
    office.add("2022/a", body=OLD)
    git(office.folder, "init")
    assert found(office, "--changed") == ["a:6 TBC001", "a:10 TBC001"]


def test_what_is_missing_is_told_where_a_line_was_deleted(office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    commit(office)
    path.write_text(path.read_text().replace("date = 2022-04-20T00:00:00+07:00\n", ""))
    assert found(office, "--changed") == ["a:1 MET002"]


def test_files_that_cannot_be_read_count_when_they_changed(office: Office) -> None:
    office.write("2022/a", "rusak")
    office.write("2022/Salah Nama", "x")
    commit(office)
    assert found(office, "--changed") == []
    office.write("2022/b", "rusak")
    office.write("2022/a", "rusak\nlagi")
    (office.folder / "articles/2022/c.md").symlink_to("b.md")
    assert found(office, "--changed") == ["a:1 MET001", "b:1 MET001", "c:1 MET006"]


def test_line_ends_that_git_converts_are_no_change(office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    (office.folder / ".gitattributes").write_text("*.md text eol=crlf\n")
    commit(office)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert found(office, "--changed") == []


def test_archive_wide_rules_see_the_whole_archive(office: Office) -> None:
    office.add("2022/a", 'aliases = ["/lama/"]')
    commit(office)
    office.add("2022/b", 'aliases = ["/lama/"]')
    result = office.run("lint", "--changed", "--format", "json", code=1)
    (row,) = json.loads(result.out)
    assert (row["code"], row["path"]) == ("MET005", "articles/2022/b.md")


def test_only_changed_lines_are_fixed(office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    commit(office)
    path.write_text(path.read_text().replace("Dua baik", "Dua  salah"))
    office.run("lint", "--changed", "--fix")
    assert path.read_text().endswith(OLD.replace("baik", "salah"))


def test_it_works_from_a_subfolder_and_in_a_folder_of_the_repository(office: Office) -> None:
    inner = Office(office.folder / "situs")
    path = inner.add("2022/a", body=OLD)
    (inner.folder / "kpucli.toml").write_text(CONFIG)
    commit(office)
    path.write_text(path.read_text().replace("Dua baik", "Dua  salah"))
    below = Office(inner.folder / "articles" / "2022")
    assert found(below, "--changed") == ["a:8 TBC001"]


HOSTILE = """\
[core]
    fsmonitor = {canary}
    hooksPath = {hooks}
    pager = {canary}
    sshCommand = {canary}
[pager]
    ls-tree = {canary}
    rev-parse = {canary}
[diff]
    external = {canary}
[diff "teks"]
    command = {canary}
    textconv = {canary}
[filter "teks"]
    clean = {canary}
    smudge = {canary}
    process = {canary}
[alias]
    rev-parse = !{canary}
    ls-tree = !{canary}
"""


def test_nothing_of_the_repository_is_run(office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    (office.folder / ".gitattributes").write_text("*.md filter=teks diff=teks\n")
    commit(office)
    mark = office.folder / "DIJALANKAN"
    canary = office.folder / "canary"
    canary.write_text(f"#!/bin/sh\necho jalan >> {mark}\ncat\n")
    canary.chmod(0o755)
    hooks = office.folder / "hooks"
    hooks.mkdir()
    names = ("post-index-change", "post-checkout", "reference-transaction", "pre-auto-gc")
    for name in names:
        (hooks / name).symlink_to(canary)
    with (office.folder / ".git/config").open("a") as file:
        file.write(HOSTILE.format(canary=canary, hooks=hooks))
    path.write_text(path.read_text().replace("Dua baik", "Dua  salah"))
    environment = {
        "GIT_EXTERNAL_DIFF": str(canary),
        "GIT_PAGER": str(canary),
        "GIT_SSH_COMMAND": str(canary),
        "GIT_DIR": str(office.folder / "tidak-ada"),
    }
    result = office.run("lint", "--changed", code=1, **environment)
    assert "a.md:8:4: TBC001" in result.out
    assert not mark.exists()


def test_objects_that_a_partial_clone_lacks_are_not_fetched(office: Office) -> None:
    path = office.add("2022/a", body=OLD)
    commit(office)
    mark = office.folder / "DIJALANKAN"
    settings = {
        "remote.origin.url": f"ext::sh -c 'touch {mark}'",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }
    blob = git(office.folder, "rev-parse", "HEAD:articles/2022/a.md")
    for name, value in settings.items():
        git(office.folder, "config", name, value)
    (office.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    path.write_text(path.read_text().replace("Dua baik", "Dua  salah"))
    result = office.run("lint", "--changed", code=2)
    assert "git fetch" in result.err
    assert not mark.exists()


def test_a_folder_without_git_is_refused_in_a_sentence(office: Office) -> None:
    office.add("2022/a")
    result = office.run("lint", "--changed", code=2, GIT_CEILING_DIRECTORIES="/")
    assert "tidak berada di dalam repositori git" in result.err
    assert result.out == ""


def test_without_git_it_is_said_what_is_needed(office: Office, tmp_path: Path) -> None:
    office.add("2022/a")
    result = office.run("lint", "--changed", code=2, PATH=str(tmp_path))
    assert "git tidak ditemukan" in result.err


@pytest.mark.parametrize("revision", ["tidak-ada", "--upload-pack=x", "HEAD:articles"])
def test_a_revision_that_is_none_is_refused(revision: str, office: Office) -> None:
    office.add("2022/a")
    commit(office)
    result = office.run("lint", f"--changed={revision}", code=2)
    assert f"“{revision}”" in result.err


def test_a_shallow_clone_is_not_taken_for_unchanged(office: Office) -> None:
    office.add("2022/a", body=OLD)
    commit(office)
    git(office.folder, "checkout", "--orphan", "lain")
    commit(office, "Tanpa pangkal")
    result = office.run("lint", "--changed", code=2)
    assert "main tidak mempunyai pangkal bersama" in result.err


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
def test_a_repository_of_somebody_else_is_refused_as_git_does(office: Office) -> None:
    office.add("2022/a")
    commit(office)
    os.chown(office.folder, 12345, 12345)
    os.chown(office.folder / ".git", 12345, 12345)
    result = office.run("lint", "--changed", code=2, HOME=str(office.folder))
    assert "safe.directory" in result.err


def test_a_text_of_a_million_lines_is_compared_in_time(office: Office) -> None:
    path = office.add("2022/a", body="\n" * 500_000)
    commit(office)
    path.write_text(path.read_text() + "\n" * 1000 + "Dua  salah.\n")
    assert found(office, "--changed") == ["a:501006 TBC001"]
