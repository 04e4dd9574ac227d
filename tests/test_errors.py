"""Errors as users read them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kpucli.errors import (
    ArticleError,
    ConfigError,
    ConflictError,
    KpuError,
    RefusedError,
    describe_os_error,
)

TEXTS = {
    "message": (KpuError("Salah."), "Salah."),
    "hint": (KpuError("Salah.", "Ulangi."), "Salah. Ulangi."),
    "path": (KpuError("Salah.", path=Path("a.md")), "a.md: Salah."),
    "line": (KpuError("Salah.", "Ulangi.", path="a.md", line=3), "a.md:3: Salah. Ulangi."),
    "line alone": (KpuError("Salah.", line=3), "Salah."),
}


@pytest.mark.parametrize(("error", "text"), TEXTS.values(), ids=TEXTS)
def test_an_error_says_where_what_and_what_to_do(error: KpuError, text: str) -> None:
    assert str(error) == text


def test_exit_codes() -> None:
    for kind in (KpuError, ConfigError, ArticleError, ConflictError):
        assert kind("x").exit_code == 2
    assert RefusedError("x", "y").exit_code == 1


REASONS = {
    errno.EACCES: "tidak ada izin",
    errno.ENOSPC: "disk penuh",
    errno.EROFS: "disk hanya dapat dibaca",
    errno.EISDIR: "ini folder",
    errno.ELOOP: "tautan simboliknya berputar",
    errno.EFBIG: "terlalu besar",
    errno.EDEADLK: os.strerror(errno.EDEADLK),
}


@pytest.mark.parametrize(("number", "reason"), REASONS.items(), ids=map(str, REASONS))
def test_the_system_speaks_indonesian(number: int, reason: str) -> None:
    assert describe_os_error(OSError(number, os.strerror(number))) == reason


def test_an_error_without_a_number_says_something() -> None:
    assert describe_os_error(OSError("aneh")) == "aneh"
