"""The front matter of other site generators: TOML, YAML, JSON, or lines of metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli

from kpucli.errors import KpuError
from kpucli.i18n import _

MAX_CHARACTERS = 64 * 1024
_DEEPEST = 20
_MOST_ALIASES = 50  # of YAML: each may stand for all that others stand for
_METADATA = re.compile(r"([A-Za-z][A-Za-z_-]{1,30}):[ \t]*(.*)")


def split_preamble(text: str, path: Path) -> tuple[dict[str, Any], str]:
    """The fields above a post's text, by their names in small letters, and the text.

    Raises `KpuError`, naming `path` and perhaps the line, for what cannot be read.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for fence, read in (("+++", _read_toml), ("---", _read_yaml)):
        if re.match(rf"{re.escape(fence)}[ \t]*\n", text):
            opening = text.index("\n") + 1
            end = re.compile(rf"^{re.escape(fence)}[ \t]*$\n?", re.MULTILINE).search(text, opening)
            if end is None:
                message = _("Baris {fence} penutup tidak ada.").format(fence=fence)
                raise KpuError(message, path=path, line=1)
            return _lower(read(_bounded(text[opening : end.start()], path), path)), text[
                end.end() :
            ]
    if text.startswith("{"):
        return _read_json(text, path)
    return _read_metadata(text)


def _bounded(text: str, path: Path) -> str:
    if len(text) > MAX_CHARACTERS:
        raise KpuError(_("Bagian isian di atas teksnya lebih dari 64 KiB."), path=path, line=1)
    return text


def _read_toml(text: str, path: Path) -> Any:
    try:
        return tomli.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise _broken("TOML", path, line + 1 if line else 1) from error


def _read_yaml(text: str, path: Path) -> Any:
    import yaml

    loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = aliases = 0
    try:
        for event in yaml.parse(text, Loader=loader):  # no recursion, and nothing is built yet
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            aliases += isinstance(event, yaml.AliasEvent)
            if depth > _DEEPEST or aliases > _MOST_ALIASES:
                raise _broken("YAML", path, event.start_mark.line + 2)
        return yaml.load(text, Loader=loader)  # noqa: S506 - one of the two safe loaders
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _broken("YAML", path, mark.line + 2 if mark else 1) from error
    except (ValueError, OverflowError, RecursionError, TypeError) as error:  # 30 February
        raise _broken("YAML", path, 1) from error


def _read_json(text: str, path: Path) -> tuple[dict[str, Any], str]:
    try:
        data, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise _broken("JSON", path, getattr(error, "lineno", 1)) from error
    return _lower(data), text[end:]


def _read_metadata(text: str) -> tuple[dict[str, Any], str]:
    """Pelican's lines `Title: …` up to the first blank one; none where the first is no such."""
    fields: dict[str, Any] = {}
    lines = text.lstrip("\n").split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            return fields, "\n".join(lines[number:])
        match = _METADATA.fullmatch(line)
        if match:
            fields[match[1].lower()] = match[2].strip()
        elif not fields or not line.startswith((" ", "\t")):
            return {}, text
    return fields, ""


def _lower(data: Any) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        return {}
    return {str(name).lower(): value for name, value in data.items()}


def _broken(kind: str, path: Path, line: int) -> KpuError:
    return KpuError(
        _("Bagian {kind} di atas teksnya rusak.").format(kind=kind), path=path, line=line
    )
