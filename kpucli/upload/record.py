"""What the target itself remembers: the manifest of what was sent, and the claim of who sends.

Both are gzipped JSON. The manifest is written when an upload is complete. The claim is there while
one runs, or after it was cut off; it names the paths that the manifest is no longer true of.
"""

from __future__ import annotations

import gzip
import json
import re
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from kpucli.errors import KpuError
from kpucli.i18n import _
from kpucli.upload.site import OURS

MANIFEST = ".kpucli-unggahan.json.gz"
CLAIM = ".kpucli-kunci.json.gz"

_VERSION = 1
_MAX_BYTES = 256 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files sent, their marks by path (see `plan`); `retired` are no longer of the site.

    `id` is a new one for every upload, `generation` counts them, `time` is ISO 8601.
    """

    id: str = ""
    generation: int = 0
    time: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    """Who sends (`token`), upon which manifest (`base`), since when, and what that changes."""

    token: str
    base: str
    time: str
    paths: frozenset[str]


def make_id() -> str:
    """A name for an upload that no other has."""
    return secrets.token_hex(8)


def encode_manifest(manifest: Manifest) -> bytes:
    """The manifest as the target keeps it."""
    return _encode(
        {
            "version": _VERSION,
            "id": manifest.id,
            "generation": manifest.generation,
            "time": manifest.time,
            "files": dict(sorted(manifest.files.items())),
            "retired": sorted(manifest.retired),
        }
    )


def decode_manifest(content: bytes) -> Manifest:
    """What `encode_manifest` made. Raises `KpuError` for anything else, also for unfit paths."""
    try:
        data = _decode(content)
        files, retired = data["files"], frozenset(data["retired"])
        _check_paths(files)
        _check_marks(files, retired)
        return Manifest(
            _check_id(data["id"]), int(data["generation"]), str(data["time"]), files, retired
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise KpuError(
            _("Catatan di tujuan ({path}) rusak atau dari versi lain.").format(path=MANIFEST),
            _("Ulangi dengan --verify: isinya dibandingkan satu per satu."),
        ) from error


def encode_claim(claim: Claim) -> bytes:
    """The claim as the target keeps it."""
    return _encode(
        {
            "version": _VERSION,
            "token": claim.token,
            "base": claim.base,
            "time": claim.time,
            "paths": sorted(claim.paths),
        }
    )


def decode_claim(content: bytes) -> Claim | None:
    """What `encode_claim` made; None for anything else, as where its writing was cut off."""
    try:
        data = _decode(content)
        paths = frozenset(data["paths"])
        _check_paths(paths)
        base = _check_id(data["base"]) if data["base"] else ""
        return Claim(_check_id(data["token"]), base, str(data["time"]), paths)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _encode(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8", "surrogateescape"), compresslevel=1, mtime=0)


def _decode(content: bytes) -> Any:
    """Raises `ValueError`."""
    try:
        with gzip.GzipFile(fileobj=BytesIO(content)) as file:
            text = file.read(_MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError from error
    if len(text) > _MAX_BYTES:
        raise ValueError
    data = json.loads(text.decode("utf-8", "surrogateescape"))
    if not isinstance(data, dict) or data["version"] != _VERSION:
        raise ValueError
    return data


def _check_id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError
    return value


def _check_paths(paths: Any) -> None:
    """What is on a target is not to be trusted: none of its paths may lead out of its folder."""
    for path in paths:
        if not isinstance(path, str) or not is_site_path(path):
            raise ValueError


def _check_marks(files: Mapping[str, object], retired: frozenset[str]) -> None:
    if not all(isinstance(mark, str) for mark in files.values()) or not retired <= files.keys():
        raise ValueError


def is_site_path(path: str) -> bool:
    """Whether a path can be that of a site's file."""
    parts = path.split("/")
    return not (path.startswith(OURS) or _CONTROL.search(path) or {"", ".", ".."} & {*parts})
