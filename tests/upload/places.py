"""An office with a target on a real server, and sites whose files show whether they are whole."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import CONFIG, Office, Result, make_environment
from tests.publish.sites import commit
from tests.upload.servers import Server

Site = dict[str, str]
BASE = "https://kpu.contoh.go.id"


def make_site(version: str, articles: int = 12) -> Site:
    """A site whose every page changes with the version and needs the stylesheet of its version."""
    digest = hashlib.sha256(version.encode()).hexdigest()[:10]
    style = f"gaya.{digest}.css"
    paths = [f"berita/2022/acara-{number}/index.html" for number in range(articles)]
    paths += [f"berita/2022/hanya-{version}/index.html"]
    paths += ["arsip/index.html", "tag/sop/index.html", "umpan.atom", "robots.txt", "index.html"]
    size = {"index.html": 70_000, "umpan.atom": 0}
    return {
        path: f"{path} {style} {version} " + "isi " * (size.get(path, 700 * len(path)) // 8) + "."
        for path in paths
    } | {style: f"body{{}}/*{version}*/", "logo.svg": "<svg/>"}


@dataclass
class Place:
    """An office whose target `utama` is on a server."""

    office: Office
    server: Server

    @classmethod
    def make(cls, folder: Path, kind: str, more: str = "") -> Place:
        """An office in a folder, and a server of a kind that has started."""
        folder.mkdir(parents=True, exist_ok=True)
        server = Server(kind, folder / "tujuan")
        server.start()
        office = Office(folder / "kantor")
        (office.folder / "articles").mkdir(parents=True)
        (office.folder / "kpucli.toml").write_text(
            f"{CONFIG}[upload.utama]\n{server.settings}{more}"
        )
        return cls(office, server)

    @property
    def output(self) -> Path:
        return self.office.folder / "public"

    def publish(self, site: Mapping[str, str]) -> None:
        """Put a site into the office's folder."""
        commit(self.output, site, allow_removals=True)

    def upload(self, *options: str, code: int = 0, **environment: str) -> Result:
        """Run `kpucli upload`."""
        given = {**self.server.environment, **environment}
        return self.office.run("upload", *options, code=code, **given)

    def upload_json(self, *options: str) -> Any:
        """What it says for scripts."""
        return json.loads(self.upload(*options, "--format", "json").out)

    def begin(self) -> subprocess.Popen[bytes]:
        """Start `kpucli upload`, to be disturbed."""
        return subprocess.Popen(
            [sys.executable, "-m", "kpucli", "upload", "--format", "json"],
            cwd=self.office.folder,
            env=make_environment(**self.server.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def read(self) -> Site:
        """The site on the target."""
        return {path: content.decode() for path, content in self.server.files().items()}


def find_faults(found: Site, before: Site, after: Site) -> list[str]:
    """What readers must never meet between two sites: a cut file, a page without its stylesheet, a
    new front page that leads to what is not there yet.
    """
    faults = [
        f"cut: {path} ({len(content)})"
        for path, content in found.items()
        if content not in (before.get(path), after.get(path)) and not path.endswith(".css")
    ]
    for path, content in found.items():
        needed = content.split(" ")[1:2]
        if path.endswith(".html") and needed and needed[0] not in found:
            faults.append(f"without {needed[0]}: {path}")
    if found.get("index.html") == after["index.html"]:
        faults += [f"old: {path}" for path in after if found.get(path) != after[path]]
    elif before:
        faults += [f"missing: {path}" for path in before if path not in found]
    return faults
