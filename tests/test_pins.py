"""The pinned versions of CI: complete, with hashes, from wherever pip is set up to look."""

from __future__ import annotations

import os
import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PINS = ROOT / ".ci" / "constraints.txt"
BROUGHT_ALONG = {"kpucli", "pip", "setuptools"}  # by the sources, and by a new environment


def read_pins() -> list[tuple[Requirement, list[str]]]:
    """Each pinned requirement with its hashes, by the form that pip reads."""
    lines = [line for line in PINS.read_text().splitlines() if not line.startswith("#")]
    pins = []
    for entry in "\n".join(lines).replace("\\\n", " ").splitlines():
        requirement, *options = re.split(r"\s+--hash=", entry.strip())
        pins.append((Requirement(requirement), options))
    return pins


def wanted() -> list[Requirement]:
    """What pyproject.toml asks for, the tests' tools too, on whatever system."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    texts = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [Requirement(text) for text in texts]


def test_everything_is_pinned_to_one_version_by_hashes_and_no_index_is_named() -> None:
    pins = read_pins()
    assert len(pins) > len(wanted())
    for requirement, hashes in pins:
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert requirement.url is None
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", item) for item in hashes), requirement
    assert not re.search(r"^\s*-|://", PINS.read_text().replace("    --hash=", ""), re.MULTILINE)


@pytest.mark.parametrize("requirement", wanted(), ids=lambda item: item.name)
def test_each_pin_is_a_version_that_the_project_allows(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    pinned = [
        str(pin.specifier).removeprefix("==")
        for pin, _hashes in read_pins()
        if canonicalize_name(pin.name) == name
    ]
    assert pinned, f"{name}: run .ci/pin"
    assert all(version in requirement.specifier for version in pinned), pinned


@pytest.mark.skipif("KPUCLI_PINNED" not in os.environ, reason="installed without the pins")
def test_what_is_installed_is_what_is_pinned() -> None:
    pinned = {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin, _hashes in read_pins()
        if pin.marker is None or pin.marker.evaluate()
    }
    installed = {canonicalize_name(item.name): item.version for item in distributions()}
    assert installed.keys() - BROUGHT_ALONG == pinned.keys()
    assert {name: installed[name] for name in pinned} == pinned
