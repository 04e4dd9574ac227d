"""Real servers on loopback, each a process of its own that can be killed: SSH, FTP, S3, WebDAV.

`python -m tests.upload.servers KIND PORT FOLDER` is such a server, except for SSH, which is sshd.
"""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
USER, PASSWORD = "humas", "rahasia-kenari-7141"
RCLONE = shutil.which("rclone", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass
class Server:
    """A server of a kind for a folder, with the lines of a target's table in `settings`, and in
    `environment` what a client needs besides.
    """

    kind: str
    folder: Path
    port: int = 0
    settings: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def place(self) -> Path:
        """Where the site is on this disk."""
        return self.folder / "situs" if self.kind == "s3" else self.folder

    def start(self) -> None:
        """Start it, on the port that it had before if it had one."""
        self.place.mkdir(parents=True, exist_ok=True)
        self.port = self.port or _find_port()
        KINDS[self.kind](self)
        if self.process is not None:
            _wait_for(self.port)

    def kill(self) -> None:
        """End it at once, with what it has started."""
        if self.process is None:
            return
        for process in (self.process.pid, *_find_children(self.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait()

    def look_again(self) -> None:
        """Let it see what was changed behind its back."""
        if self.kind == "s3":
            assert self.process is not None
            self.process.send_signal(signal.SIGHUP)
            time.sleep(0.1)

    def spawn(self, *command: str | Path, **environment: str) -> None:
        """Run the server's own process."""
        with Path(f"{self.folder}.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env={**os.environ, **environment},
            )

    def spawn_own(self) -> None:
        """Run one of the servers below."""
        arguments = (self.kind, str(self.port), str(self.folder))
        self.spawn(sys.executable, "-W", "ignore", "-m", "tests.upload.servers", *arguments)

    def beside(self, ending: str) -> Path:
        """A folder for what the server needs."""
        return self.folder.with_name(f"{self.folder.name}.{ending}")

    def files(self) -> dict[str, bytes]:
        """The files of the site, but for what kpucli keeps for itself."""
        found = {}
        for folder, _folders, names in os.walk(self.place):
            for name in names:
                path = Path(folder, name)
                found[path.relative_to(self.place).as_posix()] = path.read_bytes()
        # rclone gives an object its name only when it is whole.
        return {
            path: content
            for path, content in found.items()
            if not path.startswith(".kpucli") and "/.rclone_temp_put_" not in f"/{path}"
        }


def _find_children(process: int) -> list[int]:
    """All processes below one."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(status.parent.name))
    found = children.get(process, [])
    for child in found:
        found = found + children.get(child, [])
    return found


def _find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise TimeoutError(port)


def make_keys(folder: Path) -> None:
    """Keys for an SSH server, for another one, and for a user."""
    folder.mkdir(exist_ok=True)
    for name in ("host", "other", "user"):
        if not (folder / name).exists():
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", folder / name],
                check=True,
            )


def read_key(file: Path) -> str:
    """A public key without its comment."""
    return " ".join(file.read_text().split()[:2])


def _start_sftp(server: Server) -> None:
    keys = server.beside("kunci")
    make_keys(keys)
    Path("/run/sshd").mkdir(exist_ok=True)
    settings = keys / "sshd_config"
    settings.write_text(
        f"Port {server.port}\nListenAddress 127.0.0.1\nHostKey {keys}/host\n"
        f"AuthorizedKeysFile {keys}/user.pub\nStrictModes no\nUsePAM no\nPidFile none\n"
        "PermitRootLogin yes\nSubsystem sftp /usr/lib/openssh/sftp-server\nMaxStartups 100\n"
    )
    assert SSHD is not None
    server.spawn(SSHD, "-D", "-e", "-f", settings)
    server.settings = (
        f'url = "sftp://{getpass.getuser()}@127.0.0.1:{server.port}{server.folder}"\n'
        f'host_key = ["{read_key(keys / "host.pub")}"]\nkey_file = "{keys}/user"\n'
    )


def _start_ssh_password(server: Server) -> None:
    keys = server.beside("kunci")
    make_keys(keys)
    server.spawn_own()
    server.settings = (
        f'url = "sftp://{USER}@127.0.0.1:{server.port}/"\n'
        f'host_key = ["{read_key(keys / "host.pub")}"]\n'
    )
    server.environment = {"KPUCLI_PASSWORD_UTAMA": PASSWORD}


def _start_ftps(server: Server) -> None:
    certificate = make_certificate(server.beside("tls"))
    server.spawn_own()
    server.settings = f'url = "ftps://{USER}@localhost:{server.port}/"\n'
    server.environment = {"SSL_CERT_FILE": str(certificate), "KPUCLI_PASSWORD_UTAMA": PASSWORD}


def _start_webdav(server: Server) -> None:
    certificate = make_certificate(server.beside("tls"))
    server.spawn_own()
    server.settings = f'url = "https://{USER}@localhost:{server.port}/situs"\n'
    server.environment = {"SSL_CERT_FILE": str(certificate), "KPUCLI_PASSWORD_UTAMA": PASSWORD}


def _start_s3(server: Server) -> None:
    assert RCLONE is not None
    server.spawn(
        RCLONE, "serve", "s3", "--addr", f"127.0.0.1:{server.port}",
        "--auth-key", f"kunci,{PASSWORD}", server.folder,
        RCLONE_CONFIG="/dev/null",
    )  # fmt: skip
    _set_bucket(server)


def _start_s3_headers(server: Server) -> None:
    """With a bucket that all may read."""
    import boto3

    server.spawn_own()
    _wait_for(server.port)
    _set_bucket(server)
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{server.port}",
        region_name="us-east-1",
        aws_access_key_id=server.environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=PASSWORD,
    )
    client.create_bucket(Bucket="situs", ACL="public-read-write")


def _set_bucket(server: Server) -> None:
    server.settings = (
        f'url = "s3://situs"\nendpoint = "http://127.0.0.1:{server.port}"\nplaintext = true\n'
    )
    server.environment = {"AWS_ACCESS_KEY_ID": "kunci", "AWS_SECRET_ACCESS_KEY": PASSWORD}


def _start_folder(server: Server) -> None:
    server.settings = f'url = "file://{server.folder}"\n'


KINDS: dict[str, Callable[[Server], None]] = {
    "folder": _start_folder,
    "sftp": _start_sftp,
    "sftp-password": _start_ssh_password,
    "ftps": _start_ftps,
    "webdav": _start_webdav,
    "s3": _start_s3,
    "s3-headers": _start_s3_headers,
}


def make_certificate(folder: Path) -> Path:
    """A certificate for localhost that signs itself, with its key in the same file."""
    folder.mkdir(exist_ok=True)
    file = folder / "localhost.pem"
    if not file.exists():
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", folder / "key.pem", "-out", folder / "certificate.pem",
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip
        text = (folder / "certificate.pem").read_text() + (folder / "key.pem").read_text()
        file.write_text(text)
    return file


def serve_ftp(port: int, folder: Path) -> None:
    """FTP that takes neither passwords nor data without TLS."""
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import TLS_FTPHandler
    from pyftpdlib.servers import ThreadedFTPServer

    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(folder), perm="elradfmwMT")
    handler = TLS_FTPHandler
    handler.certfile = str(folder.with_name(f"{folder.name}.tls") / "localhost.pem")
    handler.authorizer = authorizer
    handler.tls_control_required = handler.tls_data_required = True
    ThreadedFTPServer(("127.0.0.1", port), handler).serve_forever()


def serve_webdav(port: int, folder: Path) -> None:
    """WebDAV over TLS with a password, in a share of a server."""
    from cheroot.ssl.builtin import BuiltinSSLAdapter
    from cheroot.wsgi import Server as WsgiServer
    from wsgidav.wsgidav_app import WsgiDAVApp

    settings: dict[str, Any] = {
        "provider_mapping": {"/situs": str(folder)},
        "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
        "http_authenticator": {"accept_basic": True, "accept_digest": False},
        "logging": {"enable": False},
        "verbose": 0,
    }
    certificate = str(folder.with_name(f"{folder.name}.tls") / "localhost.pem")
    server = WsgiServer(("127.0.0.1", port), WsgiDAVApp(settings), numthreads=16)
    server.ssl_adapter = BuiltinSSLAdapter(certificate, certificate)
    server.start()


def serve_sftp(port: int, folder: Path) -> None:
    """SFTP with a password, by another server than OpenSSH."""
    import asyncio

    import asyncssh

    class Guard(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    async def serve() -> None:
        await asyncssh.listen(
            "127.0.0.1",
            port,
            server_factory=Guard,
            server_host_keys=[str(folder.with_name(f"{folder.name}.kunci") / "host")],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=os.fsencode(folder)),
        )
        await asyncio.get_running_loop().create_future()

    asyncio.run(serve())


def serve_s3(port: int, _folder: Path) -> None:
    """S3 in memory, which keeps all headers."""
    from moto.server import ThreadedMotoServer

    ThreadedMotoServer("127.0.0.1", port, verbose=False).start()
    signal.pause()


_OWN = {
    "ftps": serve_ftp,
    "webdav": serve_webdav,
    "sftp-password": serve_sftp,
    "s3-headers": serve_s3,
}

if __name__ == "__main__":
    kind, port_number, place = sys.argv[1:]
    _OWN[kind](int(port_number), Path(place))
