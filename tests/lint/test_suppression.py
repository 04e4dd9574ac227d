"""Findings that an article asks to ignore."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.archive import Archive
from kpucli.lint.engine import check_text
from tests.lint.examples import WIB, complete

ARCHIVE = Archive(Path("no-such-archive"), WIB)
WRONG = "Kutipan Kamis (18/04/2022)  lama."


def codes(text: str) -> list[str]:
    return [item.code for item in check_text(complete(text).encode(), Path("contoh.md"), ARCHIVE)]


SUPPRESSED = {
    "nothing": ("{wrong}", "TGL001 TBC001"),
    "end of line": ("{wrong} <!-- kpucli: abaikan TGL001 karena kutipan -->", "TBC001"),
    "two codes": ("{wrong} <!-- kpucli: abaikan TGL001, TBC001 karena kutipan -->", ""),
    "group": ("{wrong} <!-- kpucli: abaikan TBC karena kutipan -->", "TGL001"),
    "name": ("{wrong} <!-- kpucli: abaikan extra-space karena kutipan -->", "TGL001"),
    "small letters": ("{wrong} <!--kpucli:abaikan tgl001 karena kutipan-->", "TBC001"),
    "line above": ("<!-- kpucli: abaikan TGL001 karena kutipan -->\n{wrong}", "TBC001"),
    "blank line between": ("<!-- kpucli: abaikan TGL001 karena kutipan -->\n\n{wrong}", "TBC001"),
    "two above": (
        "<!-- kpucli: abaikan TGL karena a -->\n<!-- kpucli: abaikan TBC karena b -->\n{wrong}", "",
    ),
    "crlf": ("<!-- kpucli: abaikan TGL001 karena kutipan -->\r\n{wrong}\r\n", "TBC001"),
    "only the next line": (
        "<!-- kpucli: abaikan TGL001 karena kutipan -->\nBaik.\n\n{wrong}", "TGL001 TBC001",
    ),
    "another line": (
        "Baik. <!-- kpucli: abaikan TGL001 karena kutipan -->\n{wrong}", "TGL001 TBC001",
    ),
    "no reason": ("{wrong} <!-- kpucli: abaikan TGL001 -->", "TGL001 TBC001 MET013"),
    "empty reason": ("{wrong} <!-- kpucli: abaikan TGL001 karena . -->", "TGL001 TBC001 MET013"),
    "unknown code": ("{wrong} <!-- kpucli: abaikan TGL099 karena x -->", "TGL001 TBC001 MET013"),
    "unknown order": ("{wrong} <!-- kpucli: skip TGL001 karena x -->", "TGL001 TBC001 MET013"),
    "in code": ("{wrong} `<!-- kpucli: abaikan TGL001 karena x -->`", "TGL001 TBC001"),
    "other comment": ("{wrong} <!-- abaikan TGL001 karena x -->", "TGL001 TBC001"),
    "on a number alone": (
        "<!-- kpucli: abaikan PRI001 karena nomor layanan -->\nhttps://wa.me/6281234567890", "",
    ),
    "front matter": ('lint_ignore = ["TGL001"]  # kutipan\n+++\n{wrong}', "TBC001"),
    "front matter, several lines": (
        'lint_ignore = [\n  "TGL001",  # kutipan\n  "TBC001",\n]\n+++\n{wrong}', "MET013 TBC001",
    ),
    "front matter, reason behind": (
        'lint_ignore = [\n  "TGL001",\n  "TBC001",\n]  # kutipan\n+++\n{wrong}', "",
    ),
    "front matter, no reason": (
        'lint_ignore = ["TGL001"]\n+++\n{wrong}', "MET013 TGL001 TBC001",
    ),
    "front matter, empty reason": (
        'lint_ignore = ["TGL001"]  # ...\n+++\n{wrong}', "MET013 TGL001 TBC001",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left"), [pytest.param(*case, id=name) for name, case in SUPPRESSED.items()]
)
def test_a_suppression_with_a_reason_hides_what_it_names(text: str, left: str) -> None:
    assert codes(text.replace("{wrong}", WRONG)) == left.split()


def test_what_cannot_be_read_cannot_be_suppressed() -> None:
    text = '+++\nlint_ignore = ["MET001"]  # alasan\ntitle = \n+++\n'
    (finding,) = check_text(text.encode(), Path("contoh.md"), ARCHIVE)
    assert finding.code == "MET001"


reasons = st.text(st.characters(categories=("L", "Nd", "Zs", "Po"), codec="utf-8"), max_size=20)


@given(reasons)
def test_a_suppression_counts_exactly_when_its_reason_says_something(reason: str) -> None:
    comment = f"<!-- kpucli: abaikan TGL001, TBC001 karena {reason} -->"
    says_something = any(character.isalnum() for character in reason)
    found = codes(f"{comment}\n{WRONG}")
    assert ("TGL001" not in found) is says_something
    assert ("MET013" in found) is not says_something
