"""Both languages are whole: no message without English, no stale catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpucli.i18n import language_from_environment
from tests.catalogues import (
    ENGLISH,
    FRAMEWORK,
    compile_catalogue,
    extract_messages,
    read_catalogue,
)
from tests.conftest import Office

PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")


def test_every_message_has_english() -> None:
    english = read_catalogue(ENGLISH)
    missing = [
        message.id
        for message in extract_messages()
        if message.id
        and ((found := english.get(message.id)) is None or not all(_strings(found.string)))
    ]
    assert not missing


def test_english_has_no_message_that_is_gone() -> None:
    current = extract_messages()
    gone = [
        message.id
        for message in read_catalogue(ENGLISH)
        if message.id and current.get(message.id) is None
    ]
    assert not gone


@pytest.mark.parametrize("path", [ENGLISH, FRAMEWORK], ids=lambda path: path.parent.parent.name)
def test_translations_keep_the_placeholders(path: Path) -> None:
    for message in read_catalogue(path):
        wanted = {name for text in _strings(message.id) for name in PLACEHOLDER.findall(text)}
        for text in _strings(message.string):
            assert set(PLACEHOLDER.findall(text)) <= wanted, message.id


@pytest.mark.parametrize("path", [ENGLISH, FRAMEWORK], ids=lambda path: path.parent.parent.name)
def test_compiled_catalogue_belongs_to_its_source(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == compile_catalogue(path)


def _strings(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "id"),
        ({"LANG": "C.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "id_ID.UTF-8"}, "en"),
        ({"KPUCLI_LANG": "id", "LANG": "en_US.UTF-8"}, "id"),
        ({"KPUCLI_LANG": "en", "LANG": "id_ID.UTF-8"}, "en"),
    ],
    ids=str,
)
def test_language_comes_from_the_environment(environment: dict[str, str], language: str) -> None:
    assert language_from_environment(environment) == language


def test_help_speaks_english_when_asked(office: Office) -> None:
    out = office.run("--help", KPUCLI_LANG="en").out
    assert "Usage: kpucli" in out
    assert "Newsroom" in out
    assert "berita" not in out.lower().replace("import berita", "")


def test_errors_speak_english_when_asked(office: Office) -> None:
    result = office.run("show", "tidak-ada", code=2, KPUCLI_LANG="en")
    assert result.err.startswith("Error: ")
    assert "No article" in result.err
