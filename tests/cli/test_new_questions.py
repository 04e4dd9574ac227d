"""`kpucli new` with somebody there: questions on a terminal, and the editor."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office
from tests.terminal import CTRL_C, CTRL_D, run_on_terminal


def _front_matter(office: Office, path: str) -> dict[str, Any]:
    return tomllib.loads((office.folder / path.strip()).read_text().split("+++\n")[1])


def _body(office: Office, path: str) -> str:
    return (office.folder / path.strip()).read_text().split("+++\n")[2]


def _make_editor(folder: Path, commands: str) -> str:
    script = folder / "editor palsu.sh"
    script.write_text(f"#!/bin/sh\n{commands}\n")
    script.chmod(0o755)
    return f"'{script}'"


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
def test_edit_opens_the_editor(office: Office, variable: str) -> None:
    editor = _make_editor(office.folder, 'echo "di layar"; echo "Isi." >> "$1"')
    visual, other = (editor, "false") if variable == "VISUAL" else ("", editor)
    result = office.run(
        "new", "Rapat", "--edit", "--date", "20/4/2022", VISUAL=visual, EDITOR=other
    )
    assert result.out == "articles/2022/rapat.md\n"
    assert "di layar" in result.err
    assert _body(office, result.out) == "Isi.\n"


@pytest.mark.parametrize("editor", ["false", "tidak-ada-editor --wait"])
def test_a_failing_editor_is_told_and_the_file_stays(office: Office, editor: str) -> None:
    result = office.run("new", "Rapat", "-e", "--date", "20/4/2022", EDITOR=editor, code=2)
    assert result.out == "articles/2022/rapat.md\n"
    assert f"Editor “{editor.split()[0]}” gagal; berkasnya sudah dibuat." in result.err
    assert office.ids() == ["2022/rapat"]


def test_a_broken_editor_command_creates_nothing(office: Office) -> None:
    assert "Editor belum ditentukan." in office.run("new", "X", "-e", EDITOR="'vi", code=2).err
    assert office.ids() == []


def test_what_is_missing_is_asked_on_a_terminal(office: Office) -> None:
    answers = [("Judul: ", "Rapat Pleno\n"), ("Tag", "SOP, Media Sosial,\n"), ("Ringkasan", "\n")]
    session = run_on_terminal(office.folder, "new", "--date", "20/4/2022", answers=answers)
    assert session.code == 0
    data = _front_matter(office, "articles/2022/rapat-pleno.md")
    assert data["tags"] == ["sop", "media-sosial"]
    assert "summary" not in data


def test_what_was_said_is_not_asked(office: Office) -> None:
    session = run_on_terminal(
        office.folder, "new", "Rapat", "-t", "sop", "-s", "Ringkas.", "--date", "20/4/2022"
    )
    assert session.screen.splitlines()[0] == "articles/2022/rapat.md"


def test_questions_leave_stdout_to_the_path(office: Office) -> None:
    answers = [("Judul: ", "\x1b[DRapat\n"), ("Tag", "\n"), ("Ringkasan", "\n")]
    session = run_on_terminal(
        office.folder, "new", "--date", "20/4/2022", answers=answers, piped=True
    )
    assert session.out == "articles/2022/rapat.md\n"
    assert _front_matter(office, session.out)["title"] == "Rapat"


def test_arrow_keys_edit_the_answer(office: Office) -> None:
    answers = [("Judul: ", "Rapt\x1b[Da\n"), ("Tag", "\n"), ("Ringkasan", "\n")]
    run_on_terminal(office.folder, "new", "--date", "20/4/2022", answers=answers)
    assert office.ids() == ["2022/rapat"]


def test_text_from_a_terminal_is_not_mixed_with_questions(office: Office) -> None:
    answers = [("Ctrl-D", f"Isi *pesan*.\n{CTRL_D}")]
    session = run_on_terminal(
        office.folder, "new", "Rapat", "--from", "-", "--date", "20/4/2022", answers=answers
    )
    assert session.code == 0
    assert _body(office, "articles/2022/rapat.md") == "\nIsi **pesan**.\n"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("question", ["Judul: ", "Ringkasan"])
def test_leaving_at_a_question_writes_nothing(office: Office, question: str, key: str) -> None:
    answers = [("Judul: ", "Rapat\n"), ("Tag", "\n")] if question != "Judul: " else []
    session = run_on_terminal(office.folder, "new", answers=[*answers, (question, key)])
    assert session.code in (1, 130)
    assert session.screen.endswith("\nDibatalkan.\n")
    assert office.ids() == []


def test_a_wrong_flag_is_refused_before_anything_is_asked(office: Office) -> None:
    session = run_on_terminal(office.folder, "new", "--date", "31/2/2022")
    assert session.code == 2
    assert "Judul" not in session.screen
