"""The README's recipes work: each is run as it stands there, on the real programs."""

from __future__ import annotations

import http.client
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from kpucli.cli import make_command
from kpucli.config import load_config
from kpucli.upload.headers import make_headers
from tests.conftest import Office, make_environment
from tests.documentation import README
from tests.lint.repositories import IDENTITY, commit, git
from tests.test_readme import parse

ROOT = README.parent
OLD_PAGE = ROOT / "tests" / "importers" / "files" / "pages" / "kpu-platform.html"
INSTALL = "pip install -q ."


def blocks(language: str, mark: str = "") -> list[str]:
    """The texts of the README's blocks in a language, after a mark of their own if one is given."""
    before = re.escape(f"<!-- {mark} -->\n") if mark else ""
    pattern = rf"^{before}```{language}\n(.*?)^```"
    return re.findall(pattern, README.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """An environment with `kpucli` in it, as an installation makes one."""
    folder = tmp_path / "program" / ".venv" / "bin"
    folder.mkdir(parents=True)
    program = folder / "kpucli"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kpucli "$@"\n')
    program.chmod(0o755)
    (folder / "activate").write_text(f"PATH={shlex.quote(str(folder))}:$PATH\n")
    return folder


def run_shell(
    script: str, folder: Path, bin_folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run lines as a shell would, with `kpucli` on the PATH and an own home."""
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    home = str(bin_folder.parent)
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder, env=make_environment(PATH=path, HOME=home, **IDENTITY, **environment),
        check=False, capture_output=True, text=True,
    )  # fmt: skip


def test_from_nothing_to_a_published_site_with_an_old_page(
    tmp_path: Path, bin_folder: Path
) -> None:
    """The README's first ten minutes, line by line; only the page is saved by hand."""
    start, work, publish = blocks("sh", "first-day")
    program = tmp_path / "program"
    run = run_shell(f"PATH=/usr/bin:/bin\n{start}pwd", program, bin_folder)
    assert run.returncode == 0, run.stderr
    office = tmp_path / "berita"
    assert run.stdout.endswith(f"{office}\n")
    shutil.copy(OLD_PAGE, office / "berita-lama.html")
    run = run_shell(work, office, bin_folder)
    assert run.returncode == 0, run.stderr
    assert "KPU Kota Contoh Gelar Kirab Pemilu" in run.stdout
    (draft,) = office.glob("articles/*/rapat-koordinasi-pemutakhiran-data-pemilih.md")
    draft.write_text(draft.read_text().replace("draft = true\n", "") + "Rapat digelar.\n")
    lint, publish = publish.splitlines()
    assert run_shell(lint, office, bin_folder).returncode < 2  # warnings on the old photograph
    run = run_shell(publish, office, bin_folder)
    assert run.returncode == 0, run.stderr
    home = (office / "public" / "index.html").read_text()
    assert "KPU Kota Contoh Gelar Kirab Pemilu" in home
    assert "Rapat Koordinasi Pemutakhiran Data Pemilih" in home


def test_the_new_folder_goes_into_git(tmp_path: Path, bin_folder: Path, office: Office) -> None:
    office.run("init", "batu")
    (script,) = [block for block in blocks("sh") if block.startswith("git init")]
    run = run_shell(script, tmp_path / "batu", bin_folder)
    assert run.returncode == 0, run.stderr
    assert ".public.kpucli" not in git(tmp_path / "batu", "ls-files")
    assert git(tmp_path / "batu", "branch", "--show-current") == "main"


def cron_lines() -> list[str]:
    return re.findall(r"^[-*/\d,]+(?: +[-*/\d,]+){4} +(\S.*)$", README.read_text(), re.MULTILINE)


@pytest.mark.parametrize("line", cron_lines())
def test_every_line_for_cron_is_understood(line: str) -> None:
    place, command = line.split(" && ")
    assert place == "cd /srv/kpu"
    program, *arguments = shlex.split(command)
    assert program == ".venv/bin/kpucli"
    parse(make_command(), "kpucli", arguments)


def test_cron_does_what_the_commands_do() -> None:
    assert [shlex.split(line)[4] for line in cron_lines()] == ["publish", "views", "recap"]


@pytest.mark.parametrize("text", blocks("toml"), ids=lambda text: text.split("\n")[0])
def test_every_setting_is_accepted(text: str, tmp_path: Path) -> None:
    own_key = text.replace("…", "A" * 43)  # where the reader puts the server's own
    (tmp_path / "kpucli.toml").write_text(own_key)
    assert load_config(tmp_path).source is not None


def workflows() -> dict[str, Any]:
    """The README's YAML, by what it is."""
    names = ("GitHub", "GitLab", "pre-commit")
    return dict(zip(names, map(yaml.safe_load, blocks("yaml")), strict=True))


def github_steps(job: str) -> list[str]:
    steps = workflows()["GitHub"]["jobs"][job]["steps"]
    return [step["run"] for step in steps if "run" in step]


def gitlab_steps(job: str) -> list[str]:
    workflow = workflows()["GitLab"]
    return [*workflow["default"]["before_script"], *workflow[job]["script"]]


CHECKS = {"GitHub": github_steps, "GitLab": gitlab_steps}


@pytest.fixture
def proposal(office: Office) -> Office:
    """A clone on a branch whose one commit adds a faulty article to an old faulty one."""
    office.add("2022/lama", body="Apel di gelar.\n")
    commit(office)
    git(office.folder, "branch", "-M", "main")
    git(office.folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(office.folder, "switch", "-c", "usulan")
    office.add("2022/baru", body="Rapat di gelar.\n")
    commit(office)
    return office


@pytest.mark.parametrize("service", CHECKS)
def test_ci_reports_what_a_proposal_brings(
    service: str, proposal: Office, bin_folder: Path
) -> None:
    install, check = CHECKS[service]("periksa")
    assert install == INSTALL
    base = git(proposal.folder, "rev-parse", "main")
    run = run_shell(check, proposal.folder, bin_folder, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert run.returncode == 1, run.stderr
    report = proposal.folder / "mutu.json"
    told = report.read_text() if service == "GitLab" else run.stdout
    assert "articles/2022/baru.md" in told
    assert "lama.md" not in told


@pytest.mark.parametrize("service", CHECKS)
def test_ci_publishes_and_uploads(
    service: str, office: Office, bin_folder: Path, tmp_path: Path
) -> None:
    office.add("2022/apel")
    target = tmp_path / "tujuan"
    target.mkdir()
    with (office.folder / "kpucli.toml").open("a") as file:
        file.write(f'\n[upload.utama]\nurl = "file://{target}"\n')
    key = tmp_path / "kunci"
    key.write_text("rahasia\n")
    install, *work = CHECKS[service]("terbit")
    assert install == INSTALL
    variables = {"KUNCI": "rahasia", "KUNCI_SSH": str(key)}
    run = run_shell("\n".join(work), office.folder, bin_folder, **variables)
    assert run.returncode == 0, run.stderr
    assert (target / "berita" / "2022" / "apel" / "index.html").exists()
    kept = bin_folder.parent / ".ssh" / "kpu"
    assert kept.read_text() == "rahasia\n"
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_proposal_meets_no_secret() -> None:
    workflow = workflows()["GitHub"]
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets" not in str(workflow["jobs"]["periksa"])
    assert "pull_request_target" not in README.read_text("utf-8")


def test_pre_commit_finds_the_hook_that_is_offered() -> None:
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repository,) = workflows()["pre-commit"]["repos"]
    assert set(repository) == {"repo", "rev", "hooks"}
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in offered]


@pytest.fixture
def nginx(office: Office, tmp_path: Path) -> Iterator[http.client.HTTPConnection]:
    """The README's server, on a free port, for a site with an article."""
    office.add("2022/apel")
    office.run("publish")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    (server,) = blocks("nginx")
    assert "listen 80;" in server
    assert "root /srv/kpu/public;" in server
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    server = server.replace("/srv/kpu/public", str(office.folder / "public"))
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        f"daemon off; pid {tmp_path}/nginx.pid; error_log {tmp_path}/nginx.log; user root;\n"
        "events {}\nhttp {\naccess_log off; include /etc/nginx/mime.types;\n"
        + textwrap.indent(server, "    ") + "}\n"
    )  # fmt: skip
    command = ["nginx", "-c", str(configuration), "-e", str(tmp_path / "nginx.log")]
    subprocess.run([*command, "-t", "-q"], check=True)
    process = subprocess.Popen(command)
    try:
        with closing(connect(port)) as connection:
            yield connection
    finally:
        process.terminate()
        process.wait()


def connect(port: int) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for _attempt in range(100):
        try:
            connection.connect()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return connection
    raise AssertionError("nginx does not answer")


@pytest.mark.skipif(
    not shutil.which("nginx") or os.geteuid() != 0, reason="nginx is not installed, or not for root"
)
def test_nginx_serves_the_site_as_the_storage_would(
    office: Office, nginx: http.client.HTTPConnection
) -> None:
    site = office.folder / "public"

    def get(address: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        nginx.request("GET", address)
        answer = nginx.getresponse()
        return answer.status, answer.headers, answer.read()

    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    names = [name for name in names if not name.startswith(".")]
    assert any("immutable" in make_headers(name)["Cache-Control"] for name in names)
    for name in names:
        status, headers, body = get(f"/{name}")
        assert (status, body) == (200, (site / name).read_bytes()), name
        assert headers["Cache-Control"] == make_headers(name)["Cache-Control"], name
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert get("/umpan.atom")[1]["Content-Type"].startswith("application/atom+xml")
    status, headers, body = get("/berita/2022/apel/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert get("/tidak-ada/")[0::2] == (404, (site / "404.html").read_bytes())
    assert (site / ".kpucli-situs").exists()
    assert get("/.kpucli-situs")[0] == 404
