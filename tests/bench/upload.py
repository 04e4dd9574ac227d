"""Uploads: how fast beside other programs, in turn and in one run; what kills leave behind."""

from __future__ import annotations

import argparse
import getpass
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from tests.conftest import make_environment
from tests.upload.disturbing import kill_clients, kill_servers
from tests.upload.places import Place
from tests.upload.servers import PASSWORD

MEMORY = Path("/dev/shm")
KINDS = ("folder", "sftp", "ftps", "webdav", "s3")
Command = list[str | Path]
Figures = dict[str, list[tuple[float, float]]]

ASYNCSSH = """\
import asyncio, sys
from pathlib import Path
import asyncssh
async def main(port, user, key, hosts, top, target):
    files = iter([path for path in Path(top).rglob("*") if path.is_file()])
    async with asyncssh.connect("127.0.0.1", int(port), username=user, client_keys=[key],
                                known_hosts=hosts) as connection, \\
               connection.start_sftp_client() as client:
        async def work(number):
            for path in files:
                staged = f"{target}/.staged{number}"
                async with client.open(staged, "wb") as file:
                    await file.write(path.read_bytes())
                await client.posix_rename(staged, f"{target}/{path.relative_to(top)}")
        await asyncio.gather(*[work(number) for number in range(32)])
asyncio.run(main(*sys.argv[1:]))
"""
OBSTORE = """\
import asyncio, os, sys
from pathlib import Path
import obstore
from obstore.store import S3Store
async def main(endpoint, key, secret, top):
    store = S3Store("situs", endpoint=endpoint, access_key_id=key, secret_access_key=secret,
                    region="us-east-1", client_options={"allow_http": True})
    files = iter([path for path in Path(top).rglob("*") if path.is_file()])
    async def work():
        for path in files:
            await obstore.put_async(store, str(path.relative_to(top)), path.read_bytes(),
                                    attributes={"Content-Type": "text/html"})
    await asyncio.gather(*[work() for number in range(16)])
asyncio.run(main(*sys.argv[1:]))
os._exit(0)  # ending by itself it aborts now and then
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", type=int, default=10_000, help="files of which one changes")
    parser.add_argument("--kills", type=int, default=100, help="of the client, each protocol")
    parser.add_argument("--server-kills", type=int, default=50)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="to be killed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Do it all; the tables. Programs that are not there are left out."""
    parts = []
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as name:
        folder = Path(name)
        if arguments.runs:
            parts += [
                _compare(folder / "a", "sftp", _sftp_peers, arguments),
                _compare(folder / "b", "s3", _s3_peers, arguments),
                _change_one(folder / "c", arguments),
            ]
        if arguments.kills or arguments.server_kills:
            parts.append(_disturb(folder / "d", arguments))
    return "\n\n".join(parts)


def _make_site(version: str, files: int) -> dict[str, str]:
    text = f"<p>{version} " + "Isi berita. " * 700
    return {f"berita/2022/acara-{number}/index.html": f"{text}{number}" for number in range(files)}


def _compare(
    folder: Path,
    kind: str,
    find_peers: Callable[[Place, Path], dict[str, Command]],
    arguments: argparse.Namespace,
) -> str:
    place = Place.make(folder, kind)
    figures: Figures = {}
    try:
        peers = find_peers(place, folder)
        for turn in range(arguments.runs + 1):
            for name in ("kpucli upload", *peers):
                version = f"{name}-{turn}"
                place.publish(_make_site(version, arguments.files))
                command = peers.get(name) or [sys.executable, "-m", "kpucli", "upload"]
                taken = _time(command, place)
                assert f"{version} " in _first_page(place), name
                if turn:
                    figures.setdefault(name, []).append(taken)
    finally:
        place.server.kill()
    return _make_table(f"{arguments.files:,} changed files, {kind}", figures)


def _first_page(place: Place) -> str:
    return (place.server.place / "berita/2022/acara-0/index.html").read_text()


def _time(command: Command, place: Place) -> tuple[float, float]:
    """Seconds of wall and of CPU that a program took, with those that it started."""
    environment = make_environment(**place.server.environment, RCLONE_CONFIG="/dev/null")
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=place.office.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command}: {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime


def _sftp_peers(place: Place, folder: Path) -> dict[str, Command]:
    server, public = place.server, place.output
    keys, user = server.beside("kunci"), getpass.getuser()
    hosts = folder / "known_hosts"
    hosts.write_text(f"[127.0.0.1]:{server.port} {(keys / 'host.pub').read_text()}")
    options = ["-i", f"{keys}/user", "-o", f"UserKnownHostsFile={hosts}"]
    batch = folder / "batch"
    paths = _make_site("", 2000)
    batch.write_text("".join(f"put {public}/{path} {server.folder}/{path}\n" for path in paths))
    ssh = " ".join(["ssh", "-p", str(server.port), *options])
    target = f"{user}@127.0.0.1"
    peers: dict[str, Command] = {
        "sftp -b": ["sftp", "-q", "-P", str(server.port), *options, "-b", batch, target],
        "rsync -e ssh": ["rsync", "-a", "-e", ssh, f"{public}/", f"{target}:{server.folder}/"],
        "asyncssh": [
            sys.executable, "-c", ASYNCSSH, str(server.port), user, keys / "user", hosts, public,
            server.folder,
        ],
    }  # fmt: skip
    return {name: command for name, command in peers.items() if shutil.which(str(command[0]))}


def _s3_peers(place: Place, _folder: Path) -> dict[str, Command]:
    endpoint = f"http://127.0.0.1:{place.server.port}"
    remote = (
        f":s3,provider=Other,endpoint='{endpoint}',access_key_id=kunci,"
        f"secret_access_key={PASSWORD},region=us-east-1:situs"
    )
    peers: dict[str, Command] = {}
    if find_spec("obstore"):
        peers["obstore"] = [
            sys.executable, "-c", OBSTORE, endpoint, "kunci", PASSWORD, place.output,
        ]  # fmt: skip
    if shutil.which("rclone"):
        peers["rclone copy"] = ["rclone", "copy", "--transfers", "8", place.output, remote]
    return peers


def _make_table(title: str, figures: Figures) -> str:
    lines = [f"| {title} | wall s | CPU s | files/s, ratio |", "|---|---|---|---|"]
    base = statistics.median(wall for wall, _cpu in figures["kpucli upload"])
    for name, samples in figures.items():
        wall, cpu = (statistics.median(values) for values in zip(*samples, strict=True))
        lines.append(f"| {name} | {wall:.2f} | {cpu:.2f} | {base / wall:.2f} |")
    return "\n".join(lines)


def _change_one(folder: Path, arguments: argparse.Namespace) -> str:
    """One changed file among many, beside the connection alone."""
    place = Place.make(folder, "sftp")
    try:
        site = _make_site("awal", arguments.large)
        place.publish(site)
        place.upload()
        server = place.server
        keys = server.beside("kunci")
        hosts = folder / "known_hosts"
        hosts.write_text(f"[127.0.0.1]:{server.port} {(keys / 'host.pub').read_text()}")
        connect: Command = [
            "ssh", "-p", str(server.port), "-i", keys / "user",
            "-o", f"UserKnownHostsFile={hosts}", "127.0.0.1", "true",
        ]  # fmt: skip
        figures: Figures = {}
        for turn in range(arguments.runs):
            site["berita/2022/acara-7/index.html"] = f"ralat {turn}"
            place.publish(site)
            command: Command = [sys.executable, "-m", "kpucli", "upload"]
            figures.setdefault("kpucli upload", []).append(_time(command, place))
            figures.setdefault("ssh … true", []).append(_time(connect, place))
    finally:
        place.server.kill()
    return _make_table(f"one of {arguments.large:,} files, sftp", figures)


def _disturb(folder: Path, arguments: argparse.Namespace) -> str:
    lines = ["| killed | seen |", "|---|---|"]
    for kind in arguments.kinds:
        place = Place.make(folder / kind, kind)
        try:
            if arguments.kills:
                seen = kill_clients(place, arguments.kills)
                lines.append(f"| client, {kind} | {_say(seen)} |")
            if arguments.server_kills and kind != "folder":
                seen = kill_servers(place, arguments.server_kills)
                lines.append(f"| server, {kind} | {_say(seen)} |")
        finally:
            place.server.kill()
    return "\n".join(lines)


def _say(seen: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(seen.items()))
